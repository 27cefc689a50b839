"""`copyassist backup FILE` and `copyassist restore FILE`: everything in one zip file."""

from pathlib import Path

import click

from copyassist.commands.console import ask, echo
from copyassist.commands.session import Session
from copyassist.commands.spoken import SpokenCommand
from copyassist.errors import UsageError


@click.command("backup", cls=SpokenCommand)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("-y", "--yes", is_flag=True)
@click.pass_obj
def command(session: Session, file: Path, yes: bool) -> None:
    """Write all data and settings to one zip file."""
    if file.exists() and not yes:
        raise UsageError("file_exists", path=str(file))
    session.assistant.backup(file)
    echo(session.say("store.backed_up", file=str(file), size=_show_size(file)))


@click.command("restore", cls=SpokenCommand)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("-y", "--yes", is_flag=True)
@click.pass_obj
def restore_command(session: Session, file: Path, yes: bool) -> None:
    """Replace everything by a backup."""
    if not yes and not ask(session.say("store.ask_restore"), default=False):
        echo(session.say("store.not_restored"))
        return
    session.assistant.restore(file)
    accounts = session.assistant.posts.accounts()
    echo(session.say("store.restored", file=str(file), accounts=len(accounts)))


def _show_size(file: Path) -> str:
    return f"{file.stat().st_size / 1024**2:.1f} MB"
