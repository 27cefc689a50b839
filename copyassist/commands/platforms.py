"""`copyassist platforms`: every platform's limits, with source and date."""

import click

from copyassist.commands.console import echo
from copyassist.commands.session import Session
from copyassist.commands.spoken import SpokenCommand
from copyassist.types import Limit, Platform


@click.command("platforms", cls=SpokenCommand)
@click.argument("platform", required=False)
@click.option("--copy", is_flag=True)
@click.pass_obj
def command(session: Session, platform: str | None, copy: bool) -> None:
    """Platform limits, each with source and date."""
    assistant = session.assistant
    if platform is None:
        for profile in assistant.platforms.values():
            others = _list_names(session, profile)
            echo("\t".join([profile.id, profile.name(session.language), *others]))
        return
    profile = assistant.platform(platform)
    if copy:
        path = assistant.copy_platform(profile.id)
        echo(session.say("cli.platforms.copied", path=path))
        return
    echo(f"{profile.id}\t{profile.name(session.language)}")
    for names in _list_names(session, profile):
        echo(f"  {session.say('cli.platforms.names', names=names)}")
    for form in profile.forms:
        echo(f"  {form.id}")
        for limit in form.limits:
            echo(f"    {_describe(session, limit)}")


def _list_names(session: Session, profile: Platform) -> list[str]:
    """The other names that -p takes for a platform, in one text; nothing where there are none."""
    shown = {profile.id, profile.name(session.language)}
    names = dict.fromkeys((profile.name_zh, profile.name_en, *profile.names))
    others = [name for name in names if name not in shown]
    return [session.say("cli.platforms.between").join(others)] if others else []


def _describe(session: Session, limit: Limit) -> str:
    low = "" if limit.minimum is None else f"{limit.minimum:g}"
    high = "" if limit.maximum is None else f"{limit.maximum:g}"
    return session.say(
        "cli.platforms.limit",
        field=session.say(f"cli.field.{limit.field}"),
        range=f"{low}–{high}",
        counter=session.say(f"cli.counter.{limit.counter}"),
        confidence=limit.confidence,
        source=limit.source,
        checked=limit.checked or "—",
    )
