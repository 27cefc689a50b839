"""Collecting: asks the sources that are due and stores what came of it, poll by poll.

The decisions are in `sources.decide`; this is the shell that claims, fetches, reads and saves.
Several collectors may run at once, beside each other and beside the pages: a source is claimed in
the database before it is asked.
"""

import asyncio
import logging
import random
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Literal

from copyassist.errors import CopyAssistError, UsageError
from copyassist.home.passing import alive, is_gone
from copyassist.news.sources.decide import (
    SourceLook,
    describe_health,
    forget_wrong_clock,
    is_due,
    make_poll,
    may_ask,
    next_state,
    stamp,
)
from copyassist.news.sources.look import fail_look, look_at, trace
from copyassist.news.sources.own import OwnSources
from copyassist.news.sources.source import Source
from copyassist.store.hot import HotStore
from copyassist.types.news import Poll, PollOutcome, SourceHealth, SourceState

if TYPE_CHECKING:
    from copyassist.news.sources.fetch import Fetcher, FetchOptions

LOGGER = logging.getLogger("copyassist.collecting")
_THREADS = 32
_STOP_SECONDS = 0.1  # how often a collection looks whether it is to stop
Skipped = Literal["not_due", "claimed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectOptions:
    """How to collect. `force` asks sources that are not due, but never against a server's wish.

    `claim` is how long a source belongs to a collector of another machine that does not come back:
    longer than any look takes; of one that died here, others take it over. `stop` ends it early:
    what was stored stays, sources still asked are given back.
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
class SourceProgress:
    """One source is done: its poll, or why it was left out."""

    source: Source
    poll: Poll | None = None
    skipped: Skipped | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """What one collection did, in the order in which the sources were done."""

    done: tuple[SourceProgress, ...] = ()

    @property
    def polls(self) -> list[Poll]:
        """The polls that were stored."""
        return [one.poll for one in self.done if one.poll is not None]

    @property
    def rows(self) -> int:
        """How many rows the good polls saw."""
        return sum(poll.rows for poll in self.polls if poll.outcome.is_good)


OnProgress = Callable[[SourceProgress], None]


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
    try:
        with alive(own.path.parent) as name:
            desk = _Collecting(store, own, options or CollectOptions(), name)
            return asyncio.run(_collect(desk, sources, on_progress))
    except* CopyAssistError as group:
        raise _first(group) from None


def _first(group: BaseExceptionGroup[CopyAssistError]) -> CopyAssistError:
    found = group.exceptions[0]
    return _first(found) if isinstance(found, BaseExceptionGroup) else found


def collect_every(
    interval: timedelta,
    run: Callable[[], object],
    stop: threading.Event | None = None,
    *,
    on_trouble: Callable[[CopyAssistError], None] | None = None,
) -> None:
    """Runs `run` now and then once per interval until `stop` is set; never two at once.

    A round that cannot be done (a database that is busy, a full disk, a file that is being edited)
    is told to `on_trouble`, and the next one comes in its time. The waiting does not look at the
    clock on the wall, which may be set.
    """
    stop = stop or threading.Event()
    while not stop.is_set():
        started = time.monotonic()
        try:
            run()
        except CopyAssistError as error:
            if on_trouble is None:
                raise
            on_trouble(error)
        stop.wait(max(0.0, interval.total_seconds() - (time.monotonic() - started)))


class _Threads(ThreadPoolExecutor):
    """Threads that nobody waits for once the round is over: one may be reading without end."""

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002
        """Ends without waiting, whatever is asked for."""
        super().shutdown(wait=False, cancel_futures=True)


@dataclass(slots=True)
class _Collecting:
    """What a collection works with; the store is used by one thread at a time."""

    store: HotStore
    own: OwnSources
    options: CollectOptions
    name: str  # by which other collectors find out whether this one still runs
    lock: threading.Lock = field(default_factory=threading.Lock)


async def _collect(
    desk: _Collecting, sources: Sequence[Source], on_progress: OnProgress | None
) -> Collection:
    from copyassist.news.sources.fetch import Fetcher  # only where there is fetching

    done: list[SourceProgress] = []
    # Names are resolved in threads: a few that hang must not hold up the rest.
    asyncio.get_running_loop().set_default_executor(_Threads(_THREADS))
    options = _limits(desk.own, desk.options)
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


def _limits(own: OwnSources, options: CollectOptions) -> "FetchOptions":
    from copyassist.news.sources.fetch import FetchOptions

    return FetchOptions(
        allowed=own.allow_list(),
        pause=options.pause,
        total_seconds=options.total_seconds,
        read_seconds=options.read_seconds,
        max_bytes=options.max_bytes,
        attempts=options.attempts,
    )


async def _watch(stop: threading.Event, tasks: Sequence[asyncio.Task[None]]) -> None:
    """Ends with the tasks, or ends them when the user does."""
    while not all(task.done() for task in tasks):
        if stop.is_set():
            for task in tasks:
                task.cancel()
        await asyncio.wait(tasks, timeout=_STOP_SECONDS)


async def _collect_one(desk: _Collecting, fetcher: "Fetcher", source: Source) -> SourceProgress:
    taken = await _claim_aside(desk, source)
    if not isinstance(taken, SourceState):
        return SourceProgress(source=source, skipped=taken)
    try:
        look = await look_at(fetcher, source, taken)
    except Exception as error:
        # Whatever goes wrong with one source is told of that source, and never ends the others.
        LOGGER.info("the source %s failed: %s", source.id, trace())
        look = fail_look(PollOutcome.NETWORK, error)
    except BaseException:
        await asyncio.to_thread(desk.store.release, source.id, desk.name)
        raise
    return SourceProgress(
        source=source, poll=await asyncio.to_thread(_save, desk, source, taken, look)
    )


async def _claim_aside(desk: _Collecting, source: Source) -> SourceState | Skipped:
    """Claims in a thread. Stopped meanwhile, what the thread claims is given back."""
    claiming = asyncio.ensure_future(asyncio.to_thread(_claim, desk, source))
    try:
        return await asyncio.shield(claiming)
    except asyncio.CancelledError:
        if isinstance(await claiming, SourceState):
            await asyncio.to_thread(desk.store.release, source.id, desk.name)
        raise


def _claim(desk: _Collecting, source: Source) -> SourceState | Skipped:
    now = datetime.now(UTC)
    with desk.lock:
        state = desk.store.claim(
            source.id,
            now,
            now + desk.options.claim,
            desk.name,
            partial(is_gone, desk.own.path.parent),
        )
        if state is None:
            return "claimed"
        state = forget_wrong_clock(state, now)
        asks = any(may_ask(source, state, way, now) for way in range(len(source.ways)))
        if asks and (desk.options.force or is_due(source, state, now)):
            return state
        desk.store.release(source.id, desk.name)
        return "not_due"


def _save(desk: _Collecting, source: Source, state: SourceState, look: SourceLook) -> Poll:
    after = next_state(source, state, look, jitter=random.random())  # noqa: S311 - spreads tries
    items = look.items if look.outcome is PollOutcome.GOOD else ()
    with desk.lock:
        if look.made is not None:  # it is history, and stands at its own time
            desk.store.save_archive(source.id, [(look.made, stamp(look.items, look.made))])
        return desk.store.save_poll(
            make_poll(source, state, look), items, after, only_new=source.kind == "feed"
        )


def try_sources(
    own: OwnSources,
    sources: Sequence[Source],
    states: Mapping[str, SourceState],
    options: CollectOptions | None = None,
) -> dict[str, SourceLook | None]:
    """Asks the sources once and stores nothing: what each gave, by id.

    None for a source whose server wishes not to be asked yet.
    """
    return asyncio.run(_try_all(own, sources, states, options or CollectOptions()))


async def _try_all(
    own: OwnSources,
    sources: Sequence[Source],
    states: Mapping[str, SourceState],
    options: CollectOptions,
) -> dict[str, SourceLook | None]:
    from copyassist.news.sources.fetch import Fetcher

    asyncio.get_running_loop().set_default_executor(_Threads(_THREADS))
    async with Fetcher(_limits(own, options)) as fetcher:

        async def ask(source: Source) -> SourceLook | None:
            # Without the last good list: an answer of "not modified" would tell nothing.
            known = states.get(source.id) or SourceState(source=source.id)
            state = replace(known, last_good=None)
            now = datetime.now(UTC)
            if not any(may_ask(source, state, way, now) for way in range(len(source.ways))):
                return None
            try:
                return await look_at(fetcher, source, state)
            except Exception as error:
                return fail_look(PollOutcome.NETWORK, error)

        looks = await asyncio.gather(*map(ask, sources))
    return {source.id: look for source, look in zip(sources, looks, strict=True)}


def find_health(store: HotStore, own: OwnSources) -> list[SourceHealth]:
    """The health line of every source, in the order of the list."""
    states = store.states()
    return [
        describe_health(source, states.get(source.id), enabled=own.is_on(source))
        for source in own.sources().values()
    ]
