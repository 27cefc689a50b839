"""`copyassist packs`: which rules are asked, and lists of words of one's own."""

from collections.abc import Sequence
from pathlib import Path

import click

from copyassist.commands.console import ask, echo, print_table, show_text
from copyassist.commands.session import Session
from copyassist.commands.spoken import SpokenGroup
from copyassist.errors import InputError
from copyassist.packs import MOST_BYTES


@click.group("packs", cls=SpokenGroup, invoke_without_command=True)
@click.option("-a", "--account", default="")
@click.pass_context
def command(context: click.Context, account: str) -> None:
    """List packs, switch them, bring and remove lists of words."""
    if context.invoked_subcommand is None:
        _list(context.obj, _name(context.obj, account))


def _name(session: Session, account: str) -> str:
    """The named account as it is kept; "" where none was named. Raises UsageError."""
    found = session.assistant.posts.account(account) if account else None
    return found.name if found else ""


def _list(session: Session, account: str) -> None:
    from copyassist.desk.coverage_words import name_pack

    rules = session.assistant.rules
    sizes = {id: len(pack.words) for id, pack in rules.own_packs().items()}
    rows = [
        (
            pack.id,
            name_pack(session.language, pack),
            session.say("packs.on" if pack.on else "packs.off"),
            pack.as_of.isoformat() if pack.as_of else "—",
            str(sizes.get(pack.id, "")),
        )
        for pack in rules.rules(account).coverage.packs
    ]
    headings = ("id", "name", "state", "as_of", "words")
    print_table([session.say(f"packs.heading.{heading}") for heading in headings], rows)


@command.command("on")
@click.argument("packs", nargs=-1, required=True, metavar="PACK…")
@click.option("-a", "--account", default="")
@click.pass_obj
def on(session: Session, packs: Sequence[str], account: str) -> None:
    """Switch packs on."""
    _switch(session, packs, account, on=True)


@command.command("off")
@click.argument("packs", nargs=-1, required=True, metavar="PACK…")
@click.option("-a", "--account", default="")
@click.pass_obj
def off(session: Session, packs: Sequence[str], account: str) -> None:
    """Switch packs off."""
    _switch(session, packs, account, on=False)


def _switch(session: Session, packs: Sequence[str], account: str, *, on: bool) -> None:
    name = _name(session, account)
    session.assistant.rules.switch(packs, name, on=on)
    who = show_text(name) if name else session.say("packs.everybody")
    key = "packs.switched_on" if on else "packs.switched_off"
    echo(session.say(key, packs=" ".join(packs), account=who))


@command.command("add")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--name", default="")
@click.pass_obj
def add(session: Session, file: Path, name: str) -> None:
    """Bring a list of words as a pack of hints."""
    try:
        with file.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError("file_not_readable", name=str(file), reason=reason) from error
    pack, read = session.assistant.rules.import_words(name or file.stem, data, file.name)
    echo(session.say("packs.added", name=show_text(pack.name), id=pack.id, count=len(pack.words)))
    if read.dropped:
        echo(session.say("packs.dropped", count=read.dropped))


@command.command("remove")
@click.argument("pack", metavar="PACK")
@click.option("-y", "--yes", is_flag=True)
@click.pass_obj
def remove(session: Session, pack: str, yes: bool) -> None:
    """Delete a pack that was brought."""
    if not yes and not ask(session.say("packs.ask_remove", name=show_text(pack)), default=False):
        echo(session.say("packs.kept"))
        return
    session.assistant.rules.remove_pack(pack)
    echo(session.say("packs.removed", name=show_text(pack)))
