"""`copyassist rewrite TITLE`: what mends a title's faults, and other ways to say it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from copyassist.commands.console import ask, echo, echo_json
from copyassist.commands.score import choose_platform, read_body
from copyassist.commands.session import Session
from copyassist.commands.spoken import SpokenCommand
from copyassist.errors import InputError, UsageError
from copyassist.types import Account, Draft

if TYPE_CHECKING:
    from copyassist.desk.rewriting.candidate import Candidate
    from copyassist.desk.rewriting.llm.request import Request
    from copyassist.desk.rewriting.llm.service import Service

HELPS = ("shorten", "digest", "version")  # a page of help does without what asks a model


@click.command("rewrite", cls=SpokenCommand)
@click.argument("title", metavar="TITLE")
@click.option("--body", type=click.Path(dir_okay=False))
@click.option("-p", "--platform", default=None)
@click.option("-a", "--account", default="")
@click.option("-k", "--keyword", default="")
@click.option("-n", "--n", "shown", type=click.IntRange(1, 50), default=10)
@click.option("--llm", is_flag=True)
@click.option("--help-with", type=click.Choice(HELPS), default=None)
@click.option("-y", "--yes", is_flag=True)
@click.option("--format", "output", type=click.Choice(["text", "json"]), default="text")
@click.pass_obj
def command(
    session: Session, /, title: str, shown: int, llm: bool, yes: bool, **options: str | None
) -> int:
    """Propose better titles."""
    assistant = session.assistant
    account = assistant.posts.account(options["account"] or "")
    platform, why = choose_platform(session, options["platform"] or "", account)
    draft = Draft(title=title, body=read_body(options["body"]), platform=platform.id)
    if options["help_with"]:
        return _help_with_body(session, draft, options["help_with"], yes=yes)
    more = _ask_for_titles(session, draft, account, (shown, yes)) if llm else []
    keyword = options["keyword"] or ""
    found = assistant.desk.rewrite(draft, account, keyword=keyword, more=more, shown=shown)
    if options["output"] == "json":
        from copyassist.desk.rewriting.contract import rewriting_to_json

        echo_json(rewriting_to_json(found, session.language))
        return 0
    from copyassist.commands.rewrite_text import rewriting_lines  # JSON does without

    if why:
        echo(why)
    for line in rewriting_lines(session.language, found):
        echo(line)
    return 0


def _ask_for_titles(
    session: Session, draft: Draft, account: Account | None, how: tuple[int, bool]
) -> "Sequence[Candidate]":
    """What a language model proposes, once what is sent was seen. Raises UsageError, InputError."""
    from copyassist.desk.rewriting.llm.answer import read_titles

    service = _find_service()
    request = session.assistant.desk.request_titles(draft, account, count=how[0])
    titles = read_titles(_fetch(session, service, request, yes=how[1]))
    if not titles:
        raise InputError("llm_unreadable")
    return titles


def _find_service() -> "Service":
    from copyassist.desk.rewriting.llm.service import find_service

    service = find_service()
    if service is None:
        raise UsageError("llm_off")
    return service


def _fetch(session: Session, service: "Service", request: "Request", *, yes: bool) -> str:
    from copyassist.desk.rewriting.llm.ask import fetch_answer

    where = {"model": service.model, "base_url": service.base_url}
    echo(session.say("rewriting.model.sending", **where), err=True)
    echo(request.shown, err=True)
    if not yes and not ask(session.say("rewriting.model.ask"), err=True):
        raise UsageError("llm_not_sent")
    return fetch_answer(service, request)


def _help_with_body(session: Session, draft: Draft, help_with: str, *, yes: bool) -> int:
    """Prints another text for the body; the file stays as it is. What is new in it is said."""
    from copyassist.desk.rewriting.guards import find_foreign
    from copyassist.desk.rewriting.llm.answer import read_text
    from copyassist.desk.rewriting.llm.request import HELPS as KNOWN
    from copyassist.desk.rewriting.llm.request import ask_about_body

    if not draft.body.strip():
        raise UsageError("llm_needs_body")
    platform = session.assistant.platforms[draft.platform]
    kind = next(one for one in KNOWN if one == help_with)
    request = ask_about_body(draft.body, kind, platform)
    text = read_text(_fetch(session, _find_service(), request, yes=yes))
    name = platform.name(session.language)
    echo(session.say(f"rewriting.model.body_{kind}", platform=name), err=True)
    echo(text)
    foreign = find_foreign(text, f"{draft.title}\n{draft.body}")
    if foreign:
        echo(session.say("rewriting.model.foreign", words="、".join(foreign[:12])), err=True)
    return 0
