"""`copyassist demo`: an account to try everything on, and its removal."""

import click

from copyassist.commands.console import echo
from copyassist.commands.session import Session
from copyassist.commands.spoken import SpokenCommand


@click.command("demo", cls=SpokenCommand)
@click.option("--remove", is_flag=True)
@click.option("--if-empty", is_flag=True)
@click.pass_obj
def command(session: Session, remove: bool, if_empty: bool) -> None:
    """Load the demo account (simulated figures)."""
    assistant = session.assistant
    if remove:
        gone = assistant.posts.remove_demo()
        echo(session.say("cli.demo.removed" if gone else "cli.demo.absent"))
    elif if_empty and assistant.posts.accounts():
        echo(session.say("cli.demo.not_empty"))
    else:
        account, count = assistant.posts.load_demo()
        echo(session.say("cli.demo.loaded", account=account.name, count=count))
