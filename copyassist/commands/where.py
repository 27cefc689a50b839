"""`copyassist where`: where the data lie, and which of them a backup holds."""

import click

from copyassist.commands.console import echo
from copyassist.commands.session import Session
from copyassist.commands.spoken import SpokenCommand
from copyassist.hiding import hide_secrets
from copyassist.home import DATABASE, KEPT


@click.command("where", cls=SpokenCommand)
@click.pass_obj
def command(session: Session) -> None:
    """Where your data is kept."""
    settings = session.settings
    echo(f"{session.say('cli.where.home')}\t{settings.home}")
    for kept in KEPT:
        if not kept.told:
            continue
        place = str(kept.place(settings.home))
        if kept is DATABASE and settings.database_url:
            place = hide_secrets(settings.database_url)
        note = "" if kept.in_backup else f"\t{session.say('cli.where.not_in_backup')}"
        echo(f"{session.say(f'cli.where.{kept.told}')}\t{place}{note}")
