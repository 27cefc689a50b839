"""Pure decisions of collecting: what is due, what an answer means, what to keep, when to ask again."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from copyassist.news.sources.answer import Answer, Validators
from copyassist.news.sources.source import Source
from copyassist.types import NO_PARAMS, Params
from copyassist.types.news import (
    HotItem,
    Poll,
    PollOutcome,
    SourceHealth,
    SourceState,
    WayState,
)

MAX_BACK_OFF = timedelta(hours=6)
_MUCH_SHORTER = 0.5  # of the usual length
_FEW = 4  # lists this short come and go
_SKEW = timedelta(minutes=5)  # two machines that share a database may be apart by that
_EARLY = 0.1  # of the interval; what a server asked for is never cut short, `may_ask` sees to that
_FORGETTING = 0.98  # a list that shrinks slowly becomes the usual one over some dozens of polls


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLook:
    """What one look at a source gave: the way that was taken last, and what it led to.

    `way` is its index; `answers` are those of every address that was asked, by `Way.place`.
    `made` is when a list that is too old was made.
    """

    way: int
    seen_at: datetime
    outcome: PollOutcome
    items: Sequence[HotItem] = ()
    error: str = ""
    params: Params = field(default_factory=lambda: NO_PARAMS)
    made: datetime | None = None
    answers: Mapping[str, Answer] = field(default_factory=dict)


def forget_wrong_clock(state: SourceState, now: datetime) -> SourceState:
    """The state without what was noted under a clock that was ahead: it binds nobody."""
    if state.last_try is None or state.last_try <= now + _SKEW:
        return state
    ways = {address: replace(way, not_before=None) for address, way in state.ways.items()}
    return replace(state, next_try=None, ways=ways)


def is_due(source: Source, state: SourceState | None, now: datetime) -> bool:
    """Whether the source may be asked now.

    After a good look a tenth of the interval early will do: who collects every ten minutes asks a
    source of ten minutes each time, though its answer came some seconds into the round before.
    """
    if state is None or state.next_try is None:
        return True
    early = timedelta() if state.failures else _EARLY * source.interval
    return state.next_try - early <= now


def find_validators(source: Source, state: SourceState, way: int) -> Validators:
    """What to send back on a way: only where the last good list came from it.

    Otherwise "not modified" would speak of a list that is not the one we have.
    """
    known = state.ways.get(source.ways[way].place)
    if known is None or state.last_good is None or state.way != way:
        return Validators()
    return Validators(etag=known.etag, last_modified=known.last_modified)


def may_ask(source: Source, state: SourceState, way: int, now: datetime) -> bool:
    """Whether the address has not asked us to wait for longer."""
    known = state.ways.get(source.ways[way].place)
    return known is None or known.not_before is None or known.not_before <= now


def judge(source: Source, state: SourceState, items: Sequence[HotItem], body: bytes) -> PollOutcome:
    """What a readable answer means: GOOD, SAME (the very same bytes), EMPTY or SHORT.

    Rows that the platform placed or was paid for do not make a list.
    """
    if not any(item.ordinary for item in items):
        return PollOutcome.EMPTY
    known = state.ways.get(source.ways[state.way].place) if state.way < len(source.ways) else None
    if known is not None and known.digest == digest(body) and state.last_good is not None:
        return PollOutcome.SAME
    short = len(items) < _MUCH_SHORTER * state.usual_rows
    if source.kind == "list" and state.usual_rows > _FEW and short:
        return PollOutcome.SHORT
    return PollOutcome.GOOD


def is_old(source: Source, age: timedelta) -> bool:
    """Whether a list of that age is no longer one of now: as with our own, after three intervals.

    A feed may rest for as long as it likes.
    """
    return source.kind == "list" and age > max(3 * source.interval, timedelta(hours=1))


def digest(body: bytes) -> str:
    """A fingerprint of a body."""
    return hashlib.blake2b(body, digest_size=16).hexdigest()


def stamp(items: Sequence[HotItem], seen_at: datetime) -> list[HotItem]:
    """The rows with the time of the poll on them."""
    return [replace(item, seen_at=seen_at) for item in items]


def make_poll(source: Source, state: SourceState, look: SourceLook) -> Poll:
    """The poll to store."""
    same = look.outcome is PollOutcome.SAME
    return Poll(
        source=source.id,
        seen_at=look.seen_at,
        outcome=look.outcome,
        rows=state.good_rows if same else len(look.items),
        way=look.way,
        error=look.error,
        params=look.params,
    )


def next_state(
    source: Source, state: SourceState, look: SourceLook, *, jitter: float = 0.5
) -> SourceState:
    """The source's state after a look. `jitter` 0..1 spreads the tries after failures.

    After a good look the next try is one interval away, after the n-th failure in a row up to
    2^(n-1) intervals (at most six hours, give or take a fifth); later where every address that
    could be asked said so.
    """
    good = look.outcome.is_good
    failures = 0 if good else state.failures + 1
    ways = _merge_ways(state.ways, look)
    places = {way.place for way in source.ways}  # others are no longer asked
    ways = {place: known for place, known in ways.items() if place in places}
    wait = source.interval if good else _back_off(source.interval, failures, jitter)
    earliest = [known.not_before for known in _find_asked(source, ways, look)]
    waits = [moment for moment in earliest if moment is not None]
    next_try = look.seen_at + wait
    if waits and len(waits) == len(earliest):
        next_try = max(next_try, min(waits))
    rows = state.good_rows if look.outcome is PollOutcome.SAME or not good else len(look.items)
    return replace(
        state,
        last_try=look.seen_at,
        last_good=look.seen_at if good else state.last_good,
        good_rows=rows,
        usual_rows=max(rows, int(_FORGETTING * state.usual_rows)) if good else state.usual_rows,
        failures=failures,
        error=look.error,
        params=look.params,
        next_try=next_try,
        way=look.way if good else state.way,
        ways=ways,
    )


def _find_asked(source: Source, ways: Mapping[str, WayState], look: SourceLook) -> list[WayState]:
    """The addresses whose wishes count: the one that answered well, else all of them."""
    if look.outcome.is_good:
        return [ways.get(source.ways[look.way].place, WayState())]
    return [ways.get(way.place, WayState()) for way in source.ways]


def _back_off(interval: timedelta, failures: int, jitter: float) -> timedelta:
    doubled = interval * (1 << min(failures - 1, 12))
    wait = min(doubled, max(MAX_BACK_OFF, interval))
    return wait * (0.8 + 0.4 * jitter)


def _merge_ways(known: Mapping[str, WayState], look: SourceLook) -> dict[str, WayState]:
    merged = dict(known)
    for address, answer in look.answers.items():
        before = merged.get(address, WayState())
        merged[address] = replace(before, not_before=answer.not_before)
        if look.outcome.is_good and answer.outcome is PollOutcome.GOOD and answer.page:
            merged[address] = WayState(
                etag=answer.validators.etag,
                last_modified=answer.validators.last_modified,
                digest=digest(answer.page.body),
                not_before=answer.not_before,
            )
    return merged


def describe_health(source: Source, state: SourceState | None, *, enabled: bool) -> SourceHealth:
    """The health line of a source."""
    state = state or SourceState(source=source.id)
    way = source.ways[state.way] if state.way < len(source.ways) else source.ways[0]
    return SourceHealth(
        source=source.id,
        shape=way.shape,
        enabled=enabled,
        interval=source.interval,
        last_try=state.last_try,
        last_good=state.last_good,
        good_rows=state.good_rows,
        failures=state.failures,
        error=state.error,
        params=state.params,
        next_try=state.next_try,
    )
