"""`copyassist score TITLE…`: everything about one or a few drafts."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import click

from copyassist.commands.console import echo, echo_json
from copyassist.commands.session import Session
from copyassist.commands.spoken import SpokenCommand
from copyassist.errors import InputError, UsageError
from copyassist.types import Account, Comparison, Draft, Platform, Purpose, Report, Severity

if TYPE_CHECKING:
    from copyassist.desk.contract import Beside

# What a fact may be at most: two are yes or no, one is an hour in Beijing.
HIGHEST_FACT = MappingProxyType({"video": 1.0, "weekend": 1.0, "hour": 24.0})
MOST = 1_000_000.0
MAX_BODY_BYTES = 10_000_000


@click.command("score", cls=SpokenCommand)
@click.argument("titles", nargs=-1, required=True, metavar="TITLE…")
@click.option("--body", type=click.Path(dir_okay=False))
@click.option("-p", "--platform", default=None)
@click.option("--form", default="")
@click.option("--digest", default="")
@click.option("-a", "--account", default="")
@click.option(
    "--context",
    "purpose",
    type=click.Choice([p.value for p in Purpose]),
    default=Purpose.AUTO.value,
)
@click.option(
    "--fact",
    "facts",
    multiple=True,
    metavar="NAME=N",
)
@click.option("--published", is_flag=True)
@click.option("-k", "--keyword", default="")
@click.option("--format", "output", type=click.Choice(["text", "json"]), default="text")
@click.option(
    "--fail-on",
    type=click.Choice([s.value for s in Severity]),
    default=None,
)
@click.pass_obj
def command(
    session: Session,
    /,
    titles: Sequence[str],
    facts: Sequence[str],
    published: bool,
    **options: str | None,
) -> int:
    """Score titles; - reads them from standard input, one a line."""
    assistant = session.assistant
    account = assistant.posts.account(options["account"] or "")
    platform, why = choose_platform(session, options["platform"] or "", account)
    body = read_body(options["body"])
    purpose = Purpose(options["purpose"] or "auto")
    form = options["form"] or ""
    shared = Draft(
        title="",
        body=body,
        platform=platform.id,
        purpose=purpose,
        facts=read_facts(facts),
        form=assistant.form(platform, form).id if form else "",
        digest=options["digest"] or "",
    )
    drafts = [replace(shared, title=title) for title in _read_titles(titles)]
    if published and account is None:
        raise UsageError("import_needs_account")
    comparison = assistant.desk.compare(drafts, account)
    keyword = options["keyword"] or ""
    if options["output"] == "json":
        _print_json(session, comparison, keyword)
    else:
        if why:
            echo(why)
        _print_text(session, comparison, keyword)
    if published:
        _mark_published(session, comparison, account)
    return int(_reaches(comparison.reports, options["fail_on"]))


def _mark_published(session: Session, comparison: Comparison, account: Account | None) -> None:
    """Keeps each draft as published, so that it meets its post at the next import."""
    desk = session.assistant.desk
    for report in comparison.reports:
        number = desk.save_draft(report.draft, [report], account)
        desk.mark_draft(number, report.platform.id, account)
    echo(session.say("cli.published", drafts=len(comparison.reports)), err=True)


def choose_platform(session: Session, named: str, account: Account | None) -> tuple[Platform, str]:
    """The platform named, else the account's usual one, and a sentence that says why ("" if named).

    Raises UsageError unknown_platform.
    """
    if named:
        return session.assistant.platform(named), ""
    usual = session.assistant.posts.usual_platform(account)
    name = usual.platform.name(session.language)
    why = session.say(f"cli.usual.{usual.reason}", account=usual.account, platform=name)
    return usual.platform, why


def read_facts(given: Sequence[str]) -> dict[str, float]:
    """Facts written as name=number. Raises UsageError fact_unknown, fact_value or fact_range."""
    # A page of help does without numpy.
    from copyassist.desk.scoring.features.facts import FACTS

    facts = {}
    for text in given:
        name, _, number = (part.strip() for part in text.partition("="))
        if name not in FACTS:
            raise UsageError("fact_unknown", name=name, known=", ".join(FACTS))
        try:
            value = float(number)
        except ValueError:
            raise UsageError("fact_value", name=name, value=number) from None
        highest = HIGHEST_FACT.get(name, MOST)
        if not 0 <= value <= highest:
            raise UsageError("fact_range", name=name, value=number, highest=f"{highest:g}")
        facts[name] = value
    return facts


def _read_titles(titles: Sequence[str]) -> Iterator[str]:
    for title in titles:
        if title != "-":
            yield title
            continue
        data = sys.stdin.buffer.read(MAX_BODY_BYTES + 1)
        if len(data) > MAX_BODY_BYTES:
            raise InputError("input_too_large", name="-", limit_mb=MAX_BODY_BYTES // 1_000_000)
        lines = _decode(data, "-").splitlines()
        yield from (line for line in lines if line.strip())


def read_body(path: str | None) -> str:
    """The text of a file, "" where none is named. Raises InputError."""
    if not path:
        return ""
    try:
        with Path(path).open("rb") as file:
            data = file.read(MAX_BODY_BYTES + 1)
    except OSError as error:
        raise InputError("file_not_readable", name=path, reason=error.strerror or "") from error
    if len(data) > MAX_BODY_BYTES:
        raise InputError("input_too_large", name=path, limit_mb=MAX_BODY_BYTES // 1_000_000)
    return _decode(data, path)


def _decode(data: bytes, name: str) -> str:
    from copyassist.reading.encodings import decode_file  # most titles are arguments

    return decode_file(data, name).text


def _reaches(reports: Sequence[Report], level: str | None) -> bool:
    if level is None:
        return False
    bar = Severity(level).rank
    return any(report.worst is not None and report.worst.rank >= bar for report in reports)


def find_beside(session: Session, report: Report, keyword: str | None = None) -> "Beside":
    """Better titles, the mended draft where it needs one, what the account's own posts say.

    With a focus keyword, "" for the proposed one, also how the draft is found and read.
    """
    from copyassist.desk.contract import Beside

    desk = session.assistant.desk
    edits = desk.review_edits(report.draft, report.account)
    seo = None
    if keyword is not None:
        seo = desk.assess(report, keyword=keyword)
    return Beside(edits, desk.mend(report), desk.patterns(report), seo)


def _print_json(session: Session, comparison: Comparison, keyword: str) -> None:
    from copyassist.desk.contract import reports_to_json

    several = comparison if len(comparison.reports) > 1 else None
    beside = [find_beside(session, report, keyword) for report in comparison.reports]
    document = reports_to_json(comparison.reports, session.language, several, beside=beside)
    echo_json(document)


def _print_text(session: Session, comparison: Comparison, keyword: str) -> None:
    from copyassist.commands.report_text import comparison_lines, report_lines

    account = comparison.reports[0].account
    if account is not None and account.is_demo:
        echo(session.say("cli.demo.notice"), err=True)
    for number, report in enumerate(comparison.reports):
        if number:
            echo()
        # A title alone has little to be found by: its keywords are enough, unless one is asked for.
        asked = keyword if report.draft.body or keyword or report.draft.digest else None
        beside = find_beside(session, report, asked)
        for line in report_lines(session.language, report, session.assistant.platforms, beside):
            echo(line)
    for line in comparison_lines(session.language, comparison):
        echo(line)
