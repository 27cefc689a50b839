"""`copyassist posts`: what was published, corrected or deleted by its number."""

from datetime import UTC, datetime
from typing import cast

import click

from copyassist.commands.accounts import require_account
from copyassist.commands.console import echo, print_table, show_text
from copyassist.commands.import_text import show_time
from copyassist.commands.session import Session
from copyassist.commands.spoken import SpokenGroup
from copyassist.errors import UsageError
from copyassist.posts.importing import METRICS
from copyassist.types import MetricValue, Post, PostChanges

_METRICS_SHOWN = 5
_TITLE_SHOWN = 60


@click.group("posts", cls=SpokenGroup, invoke_without_command=True)
@click.option("-a", "--account", default="")
@click.option("-p", "--platform", default=None)
@click.option("-n", "--limit", default=50, show_default=True)
@click.pass_context
def command(context: click.Context, account: str, platform: str | None, limit: int) -> None:
    """List, correct, delete posts."""
    if context.invoked_subcommand is None:
        session: Session = context.obj
        _list(session, account, platform, limit)


def _list(session: Session, account: str, platform: str | None, limit: int) -> None:
    assistant = session.assistant
    profile = assistant.platform(platform).id if platform else None
    found = assistant.posts.of(require_account(session, account), profile)[::-1]
    if not found:
        echo(session.say("accounts.no_posts"))
        return
    shown = found[:limit] if limit > 0 else found
    metrics = _choose_metrics(shown)
    headings = [session.say(f"accounts.post.{name}") for name in ("number", "time", "platform")]
    headings += [session.say("accounts.post.title")]
    headings += [session.say(f"metrics.{metric}") for metric in metrics]
    print_table(headings, [_describe(post, metrics) for post in shown])
    if len(found) > len(shown):
        echo(session.say("accounts.more_posts", shown=len(shown), posts=len(found)), err=True)


def _choose_metrics(posts: list[Post]) -> list[str]:
    """The metrics that most posts have, in the order in which metrics are known."""
    have = {name: sum(name in post.metrics for post in posts) for name in METRICS}
    known = [name for name, count in have.items() if count]
    best = sorted(known, key=lambda name: -have[name])[:_METRICS_SHOWN]
    return [name for name in known if name in best]


def _describe(post: Post, metrics: list[str]) -> list[str]:
    when = show_time(post.published_at) if post.published_at else ""
    title = show_text(post.title)
    short = title if len(title) <= _TITLE_SHOWN else title[: _TITLE_SHOWN - 1] + "…"
    figures = [show_figure(name, post.metrics.get(name)) for name in metrics]
    return [str(post.id), when, post.platform, short, *figures]


def show_figure(metric: str, found: MetricValue | None) -> str:
    """A figure for reading: 1,200, 10万+ as 100,000+, 8.8%, 72 s."""
    if found is None:
        return ""
    kind = METRICS.get(metric, "count")
    text = {
        "rate": f"{found.value:.1%}",
        "seconds": f"{found.value:,.0f} s",
        "count": f"{found.value:,.10g}" if found.value % 1 else f"{found.value:,.0f}",
    }[kind]
    return {"exact": text, "at_least": f"{text}+", "at_most": f"<{text}"}[found.bound]


@command.command("edit")
@click.argument("number", type=int)
@click.option("--title")
@click.option("--time", "published")
@click.option("--kind")
@click.option("--url")
@click.pass_obj
def edit(session: Session, /, number: int, published: str | None, **texts: str | None) -> None:
    """Correct a post; later imports leave it so."""
    changes = cast(PostChanges, {name: text for name, text in texts.items() if text is not None})
    if published is not None:
        changes["published_at"] = _parse_time(published)
    if not changes:
        raise UsageError("post_no_changes")
    post = session.assistant.posts.edit_post(number, **changes)
    echo(session.say("accounts.post_edited", number=number, title=show_text(post.title)))


def _parse_time(text: str) -> datetime | None:
    from copyassist.tables.cells import parse_time  # one form of time for files and users

    try:
        return parse_time(text, datetime.now(UTC))
    except ValueError as error:
        raise UsageError("bad_time", text=text) from error


@command.command("delete")
@click.argument("numbers", nargs=-1, required=True, type=int)
@click.pass_obj
def delete(session: Session, numbers: tuple[int, ...]) -> None:
    """Delete posts; importing again does not bring them back."""
    for number in numbers:
        session.assistant.posts.delete_post(number)
    for number in numbers:  # said when all is done: standard output may fail
        echo(session.say("accounts.post_deleted", number=number))


@command.command("restore")
@click.argument("numbers", nargs=-1, required=True, type=int)
@click.pass_obj
def restore(session: Session, numbers: tuple[int, ...]) -> None:
    """Bring deleted posts back."""
    for number in numbers:
        session.assistant.posts.restore_post(number)
    for number in numbers:
        echo(session.say("accounts.post_restored", number=number))
