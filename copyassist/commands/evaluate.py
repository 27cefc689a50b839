"""`copyassist evaluate`: how good the score was on the account's own last posts."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from copyassist.commands.accounts import require_account
from copyassist.commands.console import echo, echo_data, print_table, show_text
from copyassist.commands.session import Session
from copyassist.commands.spoken import SpokenCommand
from copyassist.home import write_whole

if TYPE_CHECKING:
    from copyassist.posts.record import Record
    from copyassist.types import Account


@click.command("evaluate", cls=SpokenCommand)
@click.option("-a", "--account", default="")
@click.option("-p", "--platform", default=None)
@click.option("--format", "output", type=click.Choice(["text", "json", "html"]), default="text")
@click.option(
    "-o",
    "--output",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
)
@click.pass_obj
def command(
    session: Session, account: str, platform: str | None, output: str, path: Path | None
) -> None:
    """How the score did on your own posts."""
    chosen = require_account(session, account)
    records = session.assistant.posts.records(chosen, platform)
    if not records:
        echo(_say_nothing(session, chosen, platform), err=True)
        if output != "json":
            return
    if output == "text" and path is None and sys.stdout.isatty():
        for record in records:
            _print_record(session, record)
        return
    text = _write_document(session, records, output)
    if path is None:
        echo(text, nl=False) if output == "text" else echo_data(text, output)
        return
    write_whole(path, text.encode())
    echo(session.say("evaluate.saved", path=str(path)), err=True)


def _say_nothing(session: Session, account: "Account", platform: str | None) -> str:
    """That there is nothing to look back on; where it was asked for the wrong platform, which have."""
    used = session.assistant.posts.account_platforms(account)
    if platform is None or not used:
        return session.say("evaluate.no_posts")
    known = session.assistant.platforms
    names = [known[one].name(session.language) if one in known else one for one in used]
    return session.say(
        "evaluate.no_posts_there",
        account=account.name,
        platform=session.assistant.platform(platform).name(session.language),
        used=session.say("evaluate.listed").join(names),
    )


def _write_document(session: Session, records: "Sequence[Record]", output: str) -> str:
    from copyassist.posts.record import record_to_json
    from copyassist.posts.record.page import write_page
    from copyassist.posts.record.words import SCHEMA

    if output == "html":
        return write_page(session.language, records)
    if output == "json":
        document = {"schema": SCHEMA, "records": [record_to_json(record) for record in records]}
        return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    return "\n".join(line for record in records for line in _lines(session, record)) + "\n"


def _lines(session: Session, record: "Record") -> list[str]:
    """The record as plain text, tables with tabs."""
    from copyassist.posts.record import describe_record, head_record

    lines = []
    for section in (
        head_record(session.language, record),
        *describe_record(session.language, record),
    ):
        lines += ["", section.heading, *(f"  {line}" for line in section.lines)]
        if section.rows:
            lines += ["\t".join(map(show_text, row)) for row in (section.columns, *section.rows)]
    return lines


def _print_record(session: Session, record: "Record") -> None:
    from copyassist.posts.record import describe_record, head_record

    head = head_record(session.language, record)
    for section in (head, *describe_record(session.language, record)):
        echo(f"\n{section.heading}")
        for line in section.lines:
            echo(f"  {line}")
        if section.rows:
            print_table(section.columns, section.rows)
