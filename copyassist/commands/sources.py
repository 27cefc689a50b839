"""`copyassist sources`: the lists and feeds there are, how they fare, and the user's choices."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal

import click

from copyassist.commands.collect import Duration
from copyassist.commands.console import echo, echo_json
from copyassist.commands.session import Session
from copyassist.commands.source_text import describe_health
from copyassist.commands.spoken import SpokenGroup
from copyassist.hiding import hide_secrets
from copyassist.home import write_whole
from copyassist.news.sources.aggregators import MOST_MEGABYTES, Service, Wishes
from copyassist.types.news import SourceHealth

FILE = click.Path(path_type=Path)


@click.group("sources", cls=SpokenGroup, invoke_without_command=True)
@click.option("--all", "show_all", is_flag=True)
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)
@click.pass_context
def command(ctx: click.Context, show_all: bool, form: Literal["text", "json"]) -> None:
    """Hot lists and feeds: how they fare, switching them on and off, adding one's own."""
    if ctx.invoked_subcommand is None:
        _list(ctx.obj, show_all, form)


def _list(session: Session, show_all: bool, form: str) -> None:
    news = session.assistant.news
    sources = {source.id: source for source in news.sources()}
    lines = [line for line in news.health() if line.enabled or show_all]
    if form == "json":
        echo_json([_to_json(line) for line in lines])
        return
    for line in lines:
        name = sources[line.source].name(session.language)
        health = describe_health(session.language, line)
        echo(session.say("hot_cli.sources.line", id=line.source, name=name, health=health))
    if show_all:
        _list_missing(session)


def _to_json(line: SourceHealth) -> dict[str, object]:
    return {field.name: _plain(getattr(line, field.name)) for field in fields(line)}


def _plain(value: object) -> object:
    match value:
        case datetime():
            return value.isoformat()
        case timedelta():
            return value.total_seconds()
        case Mapping():
            return {name: _plain(inner) for name, inner in value.items()}
        case str():
            return hide_secrets(value)
    return value


def _list_missing(session: Session) -> None:
    from copyassist.news.sources.registry import WITHOUT_LIST

    echo(session.say("hot_cli.sources.missing"))
    for platform in WITHOUT_LIST:
        echo(f"  {session.say(f'sources.without_list.{platform}')}")


@command.command("enable")
@click.argument("names", metavar="SOURCE...", nargs=-1, required=True)
@click.pass_obj
def enable(session: Session, /, names: Sequence[str]) -> None:
    """Switch sources on."""
    session.assistant.news.switch(names, True)
    echo(session.say("hot_cli.sources.enabled", names=" ".join(names)))


@command.command("disable")
@click.argument("names", metavar="SOURCE...", nargs=-1, required=True)
@click.pass_obj
def disable(session: Session, /, names: Sequence[str]) -> None:
    """Switch sources off."""
    session.assistant.news.switch(names, False)
    echo(session.say("hot_cli.sources.disabled", names=" ".join(names)))


@command.command("add")
@click.argument("address")
@click.argument("lists", metavar="[LIST]...", nargs=-1)
@click.option(
    "--as", "service", type=click.Choice(["feed", "newsnow", "dailyhot", "rsshub"]), default="feed",
    show_default=True,
)  # fmt: skip
@click.option("--name", default="")
@click.option("--account", default="")
@click.option("--every", type=Duration())
@click.option("--max-mb", "megabytes", type=click.FloatRange(0, MOST_MEGABYTES, min_open=True))
@click.pass_obj
def add(
    session: Session,
    /,
    address: str,
    lists: Sequence[str],
    service: Service,
    **wished: Any,
) -> None:
    """Add a feed by its address, or lists of a newsnow, DailyHotApi or RSSHub instance by theirs."""
    every: timedelta | None = wished.pop("every")
    minutes = every / timedelta(minutes=1) if every else None
    wishes = Wishes(minutes=minutes, **wished)
    added = session.assistant.news.add(service, address, lists, wishes)
    for source in added:
        name = source.name(session.language)
        echo(session.say("hot_cli.sources.added", id=source.id, name=name))


@command.command("remove")
@click.argument("names", metavar="SOURCE...", nargs=-1, required=True)
@click.pass_obj
def remove(session: Session, /, names: Sequence[str]) -> None:
    """Take away sources of one's own."""
    session.assistant.news.remove(names)
    echo(session.say("hot_cli.sources.removed", names=" ".join(names)))


@command.command("allow")
@click.argument("hosts", metavar="HOST...", nargs=-1, required=True)
@click.option("--not", "undo", is_flag=True)
@click.pass_obj
def allow(session: Session, /, hosts: Sequence[str], undo: bool) -> None:
    """Let a host or network be asked although it is private, such as an RSSHub at home, or 198.18.0.0/15 where a proxy tool gives every name a made-up address."""
    session.assistant.news.allow(hosts, not undo)
    key = "hot_cli.sources.disallowed" if undo else "hot_cli.sources.allowed"
    echo(session.say(key, hosts=" ".join(map(hide_secrets, hosts))))


@command.command("accept")
@click.argument("name", metavar="SOURCE")
@click.pass_obj
def accept(session: Session, /, name: str) -> None:
    """Take a list that became shorter as it is."""
    session.assistant.news.accept(name)
    echo(session.say("hot_cli.sources.accepted", name=name))


@command.command("paste")
@click.argument("platform")
@click.argument("file", type=FILE, required=False)
@click.pass_obj
def paste(session: Session, /, platform: str, file: Path | None) -> None:
    """Keep a list copied from an app, or a CSV file, for a platform that publishes none."""
    news = session.assistant.news
    if file is None or str(file) == "-":
        from copyassist.reading.encodings import decode_file

        poll = news.paste(platform, decode_file(sys.stdin.buffer.read(), "-").text)
    else:
        poll = news.import_list(platform, file)
    echo(session.say("hot_cli.sources.pasted", platform=platform, rows=poll.rows))


@command.group("opml")
def opml() -> None:
    """Import and export lists of feeds."""


@opml.command("import")
@click.argument("file", type=FILE)
@click.pass_obj
def import_opml(session: Session, /, file: Path) -> None:
    """Add the feeds of an OPML file."""
    added = session.assistant.news.import_opml(file)
    echo(session.say("hot_cli.sources.opml_in", count=len(added), file=file))


@opml.command("export")
@click.argument("file", type=FILE)
@click.pass_obj
def export_opml(session: Session, /, file: Path) -> None:
    """Write the feeds that are on to an OPML file."""
    data, without = session.assistant.news.export_opml("copyassist")
    write_whole(file, data)
    echo(session.say("hot_cli.sources.opml_out", file=file))
    if without:
        names = " ".join(source.id for source in without)
        echo(session.say("hot_cli.sources.opml_without", count=len(without), names=names))
