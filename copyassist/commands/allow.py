"""`copyassist allow`: words and rules that the writer does not want to hear of, with the reason."""

import click

from copyassist.commands.console import echo, print_table, show_text
from copyassist.commands.session import Session
from copyassist.commands.spoken import SpokenCommand
from copyassist.errors import UsageError
from copyassist.types import Exemption


@click.command("allow", cls=SpokenCommand)
@click.argument("word", required=False)
@click.option("-a", "--account", default="")
@click.option("--reason", default="")
@click.option("--rule", is_flag=True)
@click.option("--undo", is_flag=True)
@click.pass_obj
def command(session: Session, /, word: str | None, **options: str | bool) -> None:
    """List what is allowed, allow a word or a rule, or take that back."""
    if word is None:
        _list(session)
        return
    named, rule = str(options["account"]), bool(options["rule"])
    found = session.assistant.posts.account(named) if named else None
    name = found.name if found else ""
    if options["undo"]:
        _take_back(session, word, name)
        return
    wanted = Exemption(
        rule=word if rule else "",
        word="" if rule else word,
        account=name,
        reason=str(options["reason"]),
    )
    session.assistant.rules.exempt(wanted)
    who = show_text(name) if name else session.say("packs.everybody")
    echo(session.say("packs.allowed", word=show_text(word), account=who))


def _take_back(session: Session, word: str, account: str) -> None:
    rules = session.assistant.rules
    found = [
        one for one in rules.exemptions() if word in (one.word, one.rule) and one.account == account
    ]
    if not found:
        raise UsageError("exemption_unknown", word=word)
    for one in found:
        rules.take_back(one)
    echo(session.say("packs.disallowed", word=show_text(word)))


def _list(session: Session) -> None:
    from copyassist.desk.coverage_words import word_exemption

    found = session.assistant.rules.exemptions()
    if not found:
        echo(session.say("packs.none_allowed"))
        return
    rows = [
        (
            word_exemption(session.language, one),
            one.rule,
            one.account or session.say("packs.everybody"),
            one.reason,
            one.since.isoformat() if one.since else "—",
        )
        for one in found
    ]
    headings = ("what", "rule", "account", "reason", "since")
    print_table([session.say(f"packs.heading.{heading}") for heading in headings], rows)
