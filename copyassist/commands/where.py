"""`copyassist where`: where the data lie."""

import click

from copyassist.commands.session import Session


@click.command("where")
@click.pass_obj
def command(session: Session) -> None:
    """数据放在哪里。 Where your data is kept."""
    from copyassist.ground import DATABASE_NAME, PLATFORM_FOLDER

    settings = session.settings
    database = settings.database_url or str(settings.home / DATABASE_NAME)
    for name, path in (
        ("home", settings.home),
        ("database", database),
        ("settings", settings.file),
        ("platforms", settings.home / PLATFORM_FOLDER),
    ):
        click.echo(f"{session.say(f'cli.where.{name}')}\t{path}")
