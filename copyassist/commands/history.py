"""`copyassist history`: archives of hot lists in, old sightings out."""

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from copyassist.commands.collect import Duration
from copyassist.commands.console import echo
from copyassist.commands.session import Session, fail
from copyassist.commands.spoken import SpokenGroup
from copyassist.errors import CopyAssistError

if TYPE_CHECKING:
    from copyassist.news.brought import HistoryReceipt


@click.group("history", cls=SpokenGroup)
def command() -> None:
    """The history of hot lists: load archives, delete what is old."""


@command.command("import")
@click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option("--source", default="")
@click.pass_obj
def import_(session: Session, /, files: tuple[Path, ...], source: str) -> int:
    """Load archives: CSV (also .gz), JSON by day or by hour, files or folders. Can be repeated."""
    codes: list[int] = []

    def tell(receipt: "HistoryReceipt") -> None:
        echo(_describe(session, receipt))

    def tell_trouble(_: Path, error: CopyAssistError) -> None:
        codes.append(fail(error, session.language))

    receipts = session.assistant.news.import_history(
        files, source, on_file=tell, on_trouble=tell_trouble
    )
    rows, new = sum(one.rows for one in receipts), sum(one.new for one in receipts)
    echo(session.say("hot_cli.history.summary", files=len(receipts), new=new, rows=rows))
    if codes:
        echo(session.say("hot_cli.history.failed", count=len(codes)), err=True)
    return max(codes, default=0)


def _describe(session: Session, receipt: "HistoryReceipt") -> str:
    key = f"hot_cli.history.{_find_kind(receipt)}"
    return session.say(
        key,
        file=receipt.file.name,
        source=receipt.source,
        snapshots=receipt.snapshots,
        new=receipt.new,
        rows=receipt.rows,
        described=receipt.described,
    )


def _find_kind(receipt: "HistoryReceipt") -> str:
    """What is to be said of a file; where it adds nothing, why."""
    if receipt.whole_days:
        return "whole_day"
    if receipt.described:
        return "described"
    if not receipt.snapshots:
        return "empty"
    return "file" if receipt.new else "known"


@command.command("forget")
@click.option("--older-than", "age", type=Duration(), required=True)
@click.pass_obj
def forget(session: Session, /, age: timedelta) -> None:
    """Delete what was seen longer ago."""
    count = session.assistant.news.forget(age)
    echo(session.say("hot_cli.history.forgotten", count=count))
