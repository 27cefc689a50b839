"""`copyassist backup FILE` and `copyassist restore FILE`: everything in one zip file."""

from pathlib import Path

import click

from copyassist.commands.session import Session
from copyassist.errors import UsageError


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("-y", "--yes", is_flag=True, help="覆盖已有文件 / overwrite the file")
@click.pass_obj
def command(session: Session, file: Path, yes: bool) -> None:
    """把全部数据和设置备份成一个 zip 文件。 Write all data and settings to one zip file."""
    if file.exists() and not yes:
        raise UsageError("file_exists", path=str(file))
    session.assistant.backup(file)
    click.echo(session.say("store.backed_up", file=str(file), size=_show_size(file)))


@click.command("restore")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("-y", "--yes", is_flag=True, help="不询问 / without asking")
@click.pass_obj
def restore_command(session: Session, file: Path, yes: bool) -> None:
    """用备份替换现有的全部数据。 Replace everything by a backup."""
    if not yes and not click.confirm(session.say("store.ask_restore"), default=False):
        click.echo(session.say("store.not_restored"))
        return
    session.assistant.restore(file)
    accounts = session.assistant.posts.accounts()
    click.echo(session.say("store.restored", file=str(file), accounts=len(accounts)))


def _show_size(file: Path) -> str:
    return f"{file.stat().st_size / 1024**2:.1f} MB"
