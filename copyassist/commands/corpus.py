"""`copyassist corpus`: texts of others, or of one's own, that drafts are held against."""

from pathlib import Path

import click

from copyassist.commands.console import ask, echo, print_table, show_text
from copyassist.commands.session import Session
from copyassist.commands.spoken import SpokenGroup


@click.group("corpus", cls=SpokenGroup)
def command() -> None:
    """Texts that drafts are held against."""


@command.command("add")
@click.argument("name")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.pass_obj
def add(session: Session, name: str, paths: tuple[Path, ...]) -> None:
    """Add files and folders to a corpus."""
    added = session.assistant.repeats.add_corpus(name, paths)
    echo(session.say("dup.added", name=show_text(name), new=added.new, known=added.known))


@command.command("list")
@click.pass_obj
def list_(session: Session) -> None:
    """The corpora, and where their texts came from."""
    rows = [
        (name, origin, str(count))
        for name, origins in session.assistant.repeats.corpora().items()
        for origin, count in sorted(origins.items())
    ]
    if not rows:
        echo(session.say("dup.no_corpora"))
        return
    print_table([session.say(f"dup.heading.{one}") for one in ("name", "origin", "texts")], rows)


@command.command("remove")
@click.argument("name")
@click.argument("origin", required=False, default="")
@click.option("-y", "--yes", is_flag=True)
@click.pass_obj
def remove(session: Session, name: str, origin: str, yes: bool) -> None:
    """Take a corpus away, or what came from one file."""
    if not yes and not ask(session.say("dup.ask_remove", name=show_text(name)), default=False):
        echo(session.say("dup.kept"))
        return
    count = session.assistant.repeats.remove_corpus(name, origin)
    echo(session.say("dup.removed", name=show_text(name), count=count))
