"""`copyassist collect`: asks hot lists and feeds, once or again and again."""

import re
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from copyassist.commands.console import echo, open_console, say_above
from copyassist.commands.session import Session, fail
from copyassist.commands.source_text import describe_poll
from copyassist.commands.spoken import SpokenCommand, word_value
from copyassist.errors import CopyAssistError, OutputError

if TYPE_CHECKING:
    from copyassist.news.collecting import Collection, OnProgress, SourceProgress

_UNITS = {
    "s": 1,
    "m": 60,
    "h": 3600,
    "d": 86400,
    "秒": 1,
    "分": 60,
    "分钟": 60,
    "小时": 3600,
    "天": 86400,
}
_SHORTEST = timedelta(minutes=1)
STOPPED = 130


class Duration(click.ParamType[timedelta]):
    """10m, 2h, 30分钟, 1天: a length of time; a bare number is minutes."""

    name = "duration"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> timedelta:
        if isinstance(value, timedelta):
            return value
        found = re.fullmatch(
            r"(\d{1,6})\s*(s|m|h|d|秒|分钟|分|小时|天)?", str(value).strip().lower()
        )
        if found is None or int(found[1]) == 0:
            self.fail(word_value(ctx, "duration", value), param, ctx)
        return timedelta(seconds=int(found[1]) * _UNITS[found[2] or "m"])


@click.command("collect", cls=SpokenCommand)
@click.argument("names", metavar="[SOURCE]...", nargs=-1)
@click.option("--once", is_flag=True)
@click.option("--every", type=Duration())
@click.option("--force", is_flag=True)
@click.pass_obj
def command(
    session: Session, /, names: tuple[str, ...], once: bool, every: timedelta | None, force: bool
) -> int:
    """Collect hot lists and feeds. Safe to run beside the pages and beside itself."""
    from copyassist.news.collecting import collect_every

    with _stop_at_a_signal() as stop:
        if every is None or once:
            code = _collect(session, names, force, stop)
            return STOPPED if stop.is_set() else code
        collect_every(
            max(every, _SHORTEST),
            lambda: _collect(session, names, force, stop),
            stop,
            on_trouble=lambda error: _tell_trouble(session, error),
        )
    return 0


def _tell_trouble(session: Session, error: CopyAssistError) -> None:
    if isinstance(error, OutputError):
        raise error  # nobody reads the rounds any more
    fail(error, session.language)
    echo(session.say("hot_cli.collect.goes_on"), err=True)


def _collect(session: Session, names: Sequence[str], force: bool, stop: threading.Event) -> int:
    from copyassist.news.collecting import CollectOptions, choose_sources

    news = session.assistant.news
    count = len(choose_sources(news.own, names))
    with _show_progress(session, count) as tell:
        collection = news.collect(names, CollectOptions(force=force, stop=stop), on_progress=tell)
    _sum_up(session, collection)
    tried = collection.polls
    return int(bool(tried) and not any(poll.outcome.is_good for poll in tried))


@contextmanager
def _show_progress(session: Session, count: int) -> "Iterator[OnProgress]":
    """A bar on a terminal, one line per source everywhere."""
    if not sys.stderr.isatty():
        yield lambda done: echo(_line(session, done), err=True)
        return
    from rich.progress import Progress as Bar  # only where it is seen

    console = open_console(err=True)
    with Bar(console=console, transient=True) as bar:
        task = bar.add_task("", total=count)

        def tell(done: "SourceProgress") -> None:
            say_above(console, _line(session, done))
            bar.advance(task)

        yield tell


def _line(session: Session, done: "SourceProgress") -> str:
    name = done.source.name(session.language)
    if done.poll is None:
        return session.say(f"hot_cli.collect.{done.skipped}", name=name)
    return describe_poll(session.language, name, done.poll)


def _sum_up(session: Session, collection: "Collection") -> None:
    good = [poll for poll in collection.polls if poll.outcome.is_good]
    failed = [poll for poll in collection.polls if not poll.outcome.is_good]
    skipped = len(collection.done) - len(collection.polls)
    counts = {"good": len(good), "failed": len(failed), "skipped": skipped}
    echo(session.say("hot_cli.collect.summary", rows=collection.rows, **counts))


@contextmanager
def _stop_at_a_signal() -> Iterator[threading.Event]:
    """Ctrl-C or the system's wish ends it at once: sources still asked are given back.

    The second Ctrl-C does not wait for that either.
    """
    stop = threading.Event()
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}

    def end(number: int, _: object) -> None:
        stop.set()
        signal.signal(number, before[signal.Signals(number)])

    for number in before:
        signal.signal(number, end)
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
