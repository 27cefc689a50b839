"""`copyassist platforms`: every platform's limits, with source and date."""

import click

from copyassist.commands.console import echo
from copyassist.commands.session import Session
from copyassist.commands.spoken import SpokenCommand
from copyassist.types import Limit


@click.command("platforms", cls=SpokenCommand)
@click.argument("platform", required=False)
@click.option("--copy", is_flag=True)
@click.pass_obj
def command(session: Session, platform: str | None, copy: bool) -> None:
    """Platform limits, each with source and date."""
    assistant = session.assistant
    if platform is None:
        for profile in assistant.platforms.values():
            echo(f"{profile.id}\t{profile.name(session.language)}")
        return
    profile = assistant.platform(platform)
    if copy:
        path = assistant.copy_platform(profile.id)
        echo(session.say("cli.platforms.copied", path=path))
        return
    echo(f"{profile.id}\t{profile.name(session.language)}")
    for form in profile.forms:
        echo(f"  {form.id}")
        for limit in form.limits:
            echo(f"    {_describe(session, limit)}")


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
