"""Collecting: asks the sources that are due and stores what came of it, poll by poll.

The decisions are in `sources.decide`; this is the shell that claims, fetches, reads and saves.
Several collectors may run at once, beside each other and beside the pages: a source is claimed in
the database before it is asked.
"""

import asyncio
import itertools
import random
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from copyassist.errors import SourceFormatError, StoreError, UsageError
from copyassist.news.sources.answer import Answer
from copyassist.news.sources.archives import find_archives, load_archive
from copyassist.news.sources.decide import (
    Look,
    describe_health,
    find_validators,
    is_due,
    judge,
    make_poll,
    may_ask,
    next_state,
    stamp,
)
from copyassist.news.sources.own import OwnSources
from copyassist.news.sources.pasted import parse_csv_list, parse_pasted
from copyassist.news.sources.source import Page, Source
from copyassist.store.hot import HotStore
from copyassist.types.news import HotItem, Poll, PollOutcome, SourceHealth, SourceState

if TYPE_CHECKING:
    from copyassist.news.sources.fetch import Fetcher

_ARCHIVE_BATCH = 200
_THREADS = 32
_SHORT_BODY = 64 * 1024
_STOP_SECONDS = 0.1  # how often a collection looks whether it is to stop
Skipped = Literal["not_due", "claimed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectOptions:
    """How to collect. `force` asks sources that are not due, but never against a server's wish.

    `claim` is how long a source belongs to a collector that does not come back: longer than any
    look takes. `stop` ends it early: what was stored stays, sources still asked are given back.
    """

    force: bool = False
    claim: timedelta = timedelta(minutes=5)
    pause: float = 1.0
    total_seconds: float = 20.0
    read_seconds: float = 10.0
    max_bytes: int = 8 * 1024 * 1024
    attempts: int = 3
    stop: threading.Event | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """One source is done: its poll, or why it was left out."""

    source: Source
    poll: Poll | None = None
    skipped: Skipped | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """What one collection did, in the order in which the sources were done."""

    done: tuple[Progress, ...] = ()

    @property
    def polls(self) -> list[Poll]:
        """The polls that were stored."""
        return [one.poll for one in self.done if one.poll is not None]

    @property
    def rows(self) -> int:
        """How many rows the good polls saw."""
        return sum(poll.rows for poll in self.polls if poll.outcome.is_good)


OnProgress = Callable[[Progress], None]


def choose_sources(own: OwnSources, names: Sequence[str] = ()) -> list[Source]:
    """The sources of those ids, or all that are on. Raises UsageError source_unknown."""
    known = own.sources()
    for name in names:
        if name not in known:
            raise UsageError("source_unknown", source=name)
    if names:
        return [known[name] for name in dict.fromkeys(names)]
    return [source for source in known.values() if own.is_on(source)]


def collect(
    store: HotStore,
    own: OwnSources,
    sources: Sequence[Source],
    options: CollectOptions | None = None,
    *,
    on_progress: OnProgress | None = None,
) -> Collection:
    """Asks the sources once and stores what came of it. Blocks until all are done.

    A source that fails is a poll with an error, not an exception. Raises StoreError.
    """
    desk = _Desk(store, own, options or CollectOptions())
    try:
        return asyncio.run(_collect(desk, sources, on_progress))
    except* StoreError as group:
        raise _first(group) from None


def _first(group: BaseExceptionGroup[StoreError]) -> StoreError:
    found = group.exceptions[0]
    return _first(found) if isinstance(found, BaseExceptionGroup) else found


def collect_every(
    interval: timedelta,
    run: Callable[[], object],
    stop: threading.Event | None = None,
) -> None:
    """Runs `run` now and then once per interval until `stop` is set; never two at once."""
    stop = stop or threading.Event()
    while not stop.is_set():
        started = datetime.now(UTC)
        run()
        rest = interval - (datetime.now(UTC) - started)
        stop.wait(max(0.0, rest.total_seconds()))


@dataclass(slots=True)
class _Desk:
    """What a collection works with; the store is used by one thread at a time."""

    store: HotStore
    own: OwnSources
    options: CollectOptions
    lock: threading.Lock = field(default_factory=threading.Lock)


async def _collect(
    desk: _Desk, sources: Sequence[Source], on_progress: OnProgress | None
) -> Collection:
    from copyassist.news.sources.fetch import Fetcher, FetchOptions  # only where there is fetching

    options = FetchOptions(
        allowed=desk.own.allow_list(),
        pause=desk.options.pause,
        total_seconds=desk.options.total_seconds,
        read_seconds=desk.options.read_seconds,
        max_bytes=desk.options.max_bytes,
        attempts=desk.options.attempts,
    )
    done: list[Progress] = []
    # Names are resolved in threads: a few that hang must not hold up the rest.
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(_THREADS))
    async with Fetcher(options) as fetcher, asyncio.TaskGroup() as group:

        async def run(source: Source) -> None:
            progress = await _collect_one(desk, fetcher, source)
            done.append(progress)
            if on_progress is not None:
                on_progress(progress)

        tasks = [group.create_task(run(source)) for source in sources]
        if desk.options.stop is not None:
            await _watch(desk.options.stop, tasks)
    return Collection(done=tuple(done))


async def _watch(stop: threading.Event, tasks: Sequence[asyncio.Task[None]]) -> None:
    """Ends with the tasks, or ends them when the user does."""
    while not all(task.done() for task in tasks):
        if stop.is_set():
            for task in tasks:
                task.cancel()
        await asyncio.wait(tasks, timeout=_STOP_SECONDS)


async def _collect_one(desk: _Desk, fetcher: "Fetcher", source: Source) -> Progress:
    taken = await asyncio.to_thread(_claim, desk, source)
    if not isinstance(taken, SourceState):
        return Progress(source=source, skipped=taken)
    try:
        look = await _look(fetcher, source, taken)
    except BaseException:
        await asyncio.to_thread(desk.store.release, source.id)
        raise
    return Progress(source=source, poll=await asyncio.to_thread(_save, desk, source, taken, look))


def _claim(desk: _Desk, source: Source) -> SourceState | Skipped:
    now = datetime.now(UTC)
    with desk.lock:
        state = desk.store.claim(source.id, now, now + desk.options.claim)
        if state is None:
            return "claimed"
        asks = any(may_ask(source, state, way, now) for way in range(len(source.ways)))
        if asks and (desk.options.force or is_due(state, now)):
            return state
        desk.store.release(source.id)
        return "not_due"


async def _look(fetcher: "Fetcher", source: Source, state: SourceState) -> Look:
    """Tries the source's ways in order; the first that gives rows ends it."""
    answers: dict[str, Answer] = {}
    failed: list[Look] = []
    for number, way in enumerate(source.ways):
        now = datetime.now(UTC)
        if not may_ask(source, state, number, now):
            continue
        answer = await fetcher.fetch(way, find_validators(source, state, number))
        answers[way.url] = answer
        look = await _read_aside(source, state, number, answer)
        if look.outcome.is_good:
            return replace(look, answers=answers)
        failed.append(look)
    # The first way is the best one: its failure is the one to tell.
    return replace(failed[0], answers=answers)


async def _read_aside(source: Source, state: SourceState, way: int, answer: Answer) -> Look:
    """Feeds and long answers are read in a thread; for a short list the way there costs more."""
    short = answer.page is None or len(answer.page.body) < _SHORT_BODY
    if short and source.ways[way].parse is not None:
        return _read(source, state, way, answer)
    return await asyncio.to_thread(_read, source, state, way, answer)


def _read(source: Source, state: SourceState, way: int, answer: Answer) -> Look:
    seen_at = answer.page.seen_at if answer.page else datetime.now(UTC)
    look = Look(way=way, seen_at=seen_at, outcome=answer.outcome)
    if answer.outcome is PollOutcome.SAME:
        return look
    if answer.page is None:
        return replace(look, error=answer.error, params=answer.params)
    return _read_page(source, state, look, answer.page)


def _read_page(source: Source, state: SourceState, look: Look, page: Page) -> Look:
    try:
        items = stamp(source.ways[look.way].read(page), look.seen_at)
    except SourceFormatError as error:
        return replace(look, outcome=PollOutcome.FORMAT, error=error.code, params=error.params)
    outcome = judge(source, state, items, page.body)
    if outcome is PollOutcome.EMPTY:
        return replace(look, outcome=outcome, error="source_empty")
    if outcome is PollOutcome.SHORT:
        params = {"rows": len(items), "usual": state.usual_rows}
        return replace(look, outcome=outcome, items=items, error="source_short", params=params)
    return replace(look, outcome=outcome, items=items)


def _save(desk: _Desk, source: Source, state: SourceState, look: Look) -> Poll:
    after = next_state(source, state, look, jitter=random.random())  # noqa: S311 - spreads tries
    items = look.items if look.outcome is PollOutcome.GOOD else ()
    with desk.lock:
        return desk.store.save_poll(
            make_poll(source, state, look), items, after, only_new=source.kind == "feed"
        )


# --- lists that the user brings ------------------------------------------------------------------


def save_pasted(store: HotStore, platform: str, text: str, now: datetime) -> Poll:
    """Stores a list that was copied from an app as a poll of `platform`.

    Raises UsageError list_empty where the text holds no rows.
    """
    return _save_list(store, platform, parse_pasted(text, platform), now)


def save_csv_list(
    store: HotStore, platform: str, data: bytes, now: datetime, *, file: str = ""
) -> Poll:
    """Stores a CSV list as a poll of `platform`. Raises InputError or UsageError list_empty."""
    return _save_list(store, platform, parse_csv_list(data, platform, file), now)


def _save_list(store: HotStore, platform: str, items: Sequence[HotItem], now: datetime) -> Poll:
    if not items:
        raise UsageError("list_empty", platform=platform)
    poll = Poll(source=platform, seen_at=now, outcome=PollOutcome.GOOD, rows=len(items))
    return store.save_poll(poll, stamp(items, now))


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryReceipt:
    """What one archive file brought: lists seen, of them new ones, rows, topics described."""

    file: Path
    source: str = ""
    snapshots: int = 0
    new: int = 0
    rows: int = 0
    described: int = 0


def import_history(
    store: HotStore,
    paths: Sequence[Path],
    source: str = "",
    *,
    on_file: Callable[[HistoryReceipt], None] | None = None,
) -> list[HistoryReceipt]:
    """Loads archives of hot lists (see sources.archives); what is there already stays.

    Raises InputError or UsageError; the files before it, and the parts of it that were stored,
    stay, so that the same call again goes on.
    """
    receipts = []
    for path in find_archives(paths):
        receipt = _import_file(store, path, source)
        receipts.append(receipt)
        if on_file is not None:
            on_file(receipt)
    return receipts


def _import_file(store: HotStore, path: Path, source: str) -> HistoryReceipt:
    receipt = HistoryReceipt(file=path)
    snapshots = load_archive(path, source)
    while batch := list(itertools.islice(snapshots, _ARCHIVE_BATCH)):
        named = batch[0].source
        lists = [(one.when, one.items) for one in batch if not one.describes]
        told = [one for one in batch if one.describes]
        receipt = replace(
            receipt,
            source=named,
            snapshots=receipt.snapshots + len(lists),
            new=receipt.new + store.save_archive(named, lists),
            rows=receipt.rows + sum(len(items) for _, items in lists),
            described=receipt.described
            + sum(store.describe_items(named, one.items, one.when) for one in told),
        )
    return receipt


def find_health(store: HotStore, own: OwnSources) -> list[SourceHealth]:
    """The health line of every source, in the order of the list."""
    states = store.states()
    return [
        describe_health(source, states.get(source.id), enabled=own.is_on(source))
        for source in own.sources().values()
    ]
