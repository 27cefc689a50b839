"""`copyassist hot`: what is worth writing about now, as text, data, a report or a feed."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from copyassist.commands.collect import Duration
from copyassist.commands.console import echo, echo_data
from copyassist.commands.session import Session
from copyassist.commands.spoken import SpokenGroup, word_value
from copyassist.errors import UsageError
from copyassist.home import write_whole
from copyassist.i18n import say_error
from copyassist.reading.zones import CHINA

if TYPE_CHECKING:
    from copyassist.news.board.views import Board

FORMATS = ("text", "json", "md", "html", "csv", "rss")
SHOWN = 30
DAY = timedelta(days=1)
_ENDINGS = {".md": "md", ".html": "html", ".htm": "html", ".json": "json", ".csv": "csv"}
_ENDINGS |= {".xml": "rss", ".rss": "rss", ".txt": "text"}


class MomentParam(click.ParamType[timedelta | datetime]):
    """6h or 30分钟: that long ago; or a date and time in ISO form, in the zone of the settings."""

    name = "moment"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> timedelta | datetime:
        if isinstance(value, timedelta | datetime):
            return value
        text = str(value).strip()
        if re.match(r"\d{4}-", text):
            try:
                moment = datetime.fromisoformat(text)
                zone = moment.tzinfo or _find_zone(ctx)
                return moment.replace(tzinfo=zone).astimezone(UTC)
            except (ValueError, OverflowError):
                self.fail(word_value(ctx, "moment", value), param, ctx)
        return Duration().convert(value, param, ctx)


def _find_zone(ctx: click.Context | None) -> tzinfo:
    session = ctx.find_object(Session) if ctx else None
    return session.settings.zone if session else CHINA


@dataclass(frozen=True, slots=True, kw_only=True)
class _Options:
    """The options that choose topics, as they were given."""

    since: timedelta | datetime | None
    at: timedelta | datetime | None
    platforms: tuple[str, ...]
    account: str
    category: str
    mine: bool
    group: str
    only_new: bool
    hide_written: bool
    limit: int | None


def _topic_options(command: Callable[..., object]) -> Callable[..., object]:
    """The options that choose topics, for the list and for the report."""
    for option in reversed(
        (
            click.option("--since", type=MomentParam()),
            click.option("--at", type=MomentParam()),
            click.option("--platform", "-p", "platforms", multiple=True),
            click.option("--relevant-to", "account", default=""),
            click.option("--category", default=""),
            click.option("--mine", is_flag=True),
            click.option("--group", default=""),
            click.option("--new", "only_new", is_flag=True),
            click.option("--hide-written", is_flag=True),
            click.option("--limit", "-n", type=click.IntRange(0), default=None),
            click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False)),
        )
    ):  # fmt: skip
        command = option(command)
    return command


@click.group("hot", cls=SpokenGroup, invoke_without_command=True)
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default=None,
)
@_topic_options
@click.pass_context
def command(
    ctx: click.Context, /, form: str | None, output: Path | None, **given: Any
) -> int | None:
    """Hot topics of all platforms in one list, with trend and forecast."""
    if ctx.invoked_subcommand is not None:
        return None
    session: Session = ctx.obj
    form = form or _guess_form(output) or "text"
    options = _Options(**given)
    if form == "rss" and not options.group and session.assistant.news.topics.find_groups():
        options = replace(options, mine=True)  # a feed of my topics, once I said which they are
    board = _find_board(session, options, SHOWN if form == "text" else 0)
    _write(session, (form, _render(session, board, form)), output, len(board.topics))
    return 0


@command.command("report")
@_topic_options
@click.option(
    "--most",
    type=click.IntRange(1),
    default=20,
    show_default=True,
)
@click.pass_obj
def report(session: Session, /, output: Path | None, most: int, **given: Any) -> int:
    """The last day's topics as one file."""
    from copyassist.news.board.report import report_to_html, report_to_markdown

    board = _find_board(session, _Options(**given), 0, seen=True)
    form = _guess_form(output) if output else "md"
    if form not in ("md", "html"):
        raise UsageError("report_form", path=str(output))
    write = report_to_html if form == "html" else report_to_markdown
    written = write(board, session.language, most).encode()
    _write(session, (form, written), output, len(board.topics))
    return 0


def _find_board(session: Session, options: _Options, shown: int, *, seen: bool = False) -> "Board":
    from copyassist.news.board.views import Order, Wanted

    assistant = session.assistant
    now = datetime.now(UTC)
    at = _before(options.at, now) or now
    account = assistant.posts.account(options.account)
    since = _before(options.since, at)
    wanted = Wanted(
        sources=frozenset(assistant.news.topics.find_sources(options.platforms)),
        category=options.category,
        mine=options.mine,
        group=assistant.news.topics.find_group(options.group),
        since=None if seen else since,
        within=(DAY if since is None else at - since) if seen else None,
        only_new=options.only_new,
        hide_written=options.hide_written,
        order=Order.RELEVANT if options.account else Order.PLACE,
        limit=shown if options.limit is None else options.limit,
    )
    for fault in assistant.news.topics.find_faults():
        echo(
            session.say("hot.subscription_fault", reason=say_error(session.language, fault)),
            err=True,
        )
    return assistant.news.topics.board(at, account, wanted)


def _before(value: timedelta | datetime | None, now: datetime) -> datetime | None:
    return now - value if isinstance(value, timedelta) else value


def _render(session: Session, board: "Board", form: str) -> bytes:
    language = session.language
    match form:
        case "json":
            from copyassist.news.board.document import board_to_json

            document = board_to_json(board, language)
            return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()
        case "csv":
            from copyassist.news.board.document import board_to_csv

            return board_to_csv(board, language).encode("utf-8-sig")
        case "rss":
            from copyassist.news.board.feed import board_to_rss

            return board_to_rss(board, language)
        case "md" | "html":
            from copyassist.news.board.report import report_to_html, report_to_markdown

            write = report_to_html if form == "html" else report_to_markdown
            return write(board, language, len(board.topics) or 1).encode()
    from copyassist.news.board.report import report_to_text

    return report_to_text(board, language).encode()


def _guess_form(output: Path | None) -> str | None:
    return _ENDINGS.get(output.suffix.lower()) if output else None


def _write(session: Session, made: tuple[str, bytes], output: Path | None, count: int) -> None:
    form, data = made
    if output is None:
        text = data.decode("utf-8-sig")
        echo(text, nl=False) if form == "text" else echo_data(text, form)
        return
    write_whole(output, data)
    echo(session.say("hot.saved", path=output, count=count), err=True)
