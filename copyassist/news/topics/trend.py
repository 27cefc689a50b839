"""Where a topic is heading: new, rising, steady, falling, back again, or gone.

Each platform is judged by itself, by how its rank moved and how its heat stands among the heats
that this platform has shown before; raw heats are never compared between platforms or added. A
movement needs two sightings: one sighting is new, or back again, and nothing more.
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from copyassist.types.news import HotItem

LOOK_BACK = timedelta(hours=3)  # movement is measured against the oldest look within this time
FRESH = timedelta(hours=1)  # a topic this young that does not move is still new
AWAY = timedelta(hours=3)  # absent from this long of looks, a topic is back again, not steady
RANK_STEP = math.log(1.3)  # 10 to 7, 30 to 23: smaller moves happen to half of all rows
LEAST_PLACES = 2
HEAT_STEP = 0.08  # of the platform's own heats lie between then and now
SAMPLE = 2000  # quantiles kept of a platform's heats


class TrendKind(StrEnum):
    """Sentences: topics.trend.<kind>."""

    NEW = "new"
    RISING = "rising"
    STEADY = "steady"
    FALLING = "falling"
    BACK = "back"
    GONE = "gone"


class Look(NamedTuple):
    """The best row of a topic in one look at one platform. `rank` is None on pinned rows."""

    at: datetime
    rank: int | None
    heat: float | None


@dataclass(frozen=True, slots=True)
class HeatScale:
    """The heats that one platform has shown, as sorted quantiles."""

    levels: tuple[float, ...]

    def find_percentile(self, heat: float | None) -> float | None:
        """The share 0..1 of the platform's own heats below this one; None where unknown."""
        if heat is None or len(self.levels) < 2:
            return None
        return bisect_left(self.levels, heat) / len(self.levels)


def make_scale(heats: Iterable[float | None]) -> HeatScale:
    """The scale of a platform from its heats of the last weeks."""
    known = sorted(heat for heat in heats if heat is not None)
    step = max(1, len(known) // SAMPLE)
    return HeatScale(tuple(known[::step]))


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformTrend:
    """A topic on one platform.

    `observations` counts the looks that saw it, in its present run. `rank_change` is places gained
    (positive: nearer the top) and `heat_change` the change of `heat_percentile` (0..1), both since
    `compared_with`; None where there is nothing to compare.
    """

    source: str
    kind: TrendKind
    observations: int
    rank: int | None
    best_rank: int | None
    heat_percentile: float | None
    first_seen: datetime
    last_seen: datetime
    rank_change: int | None = None
    heat_change: float | None = None
    compared_with: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """A topic's trend, and the platforms it rests on, best ranked first.

    `observations` counts looks at all platforms that saw the topic in its present run.
    """

    kind: TrendKind
    observations: int
    first_seen: datetime
    last_seen: datetime
    platforms: tuple[PlatformTrend, ...]

    @property
    def listed(self) -> tuple[PlatformTrend, ...]:
        """The platforms that list the topic now."""
        return tuple(p for p in self.platforms if p.kind is not TrendKind.GONE)


def find_looks(items: Iterable[HotItem]) -> dict[str, list[Look]]:
    """A topic's sightings as looks by platform, oldest first: the best row of each look.

    Adverts are left out: their place was paid for.
    """
    best: dict[tuple[str, datetime], Look] = {}
    for item in items:
        if item.advert:
            continue
        look = Look(item.seen_at, item.rank, item.heat)
        old = best.get((item.source, item.seen_at))
        if old is None or _order(look) < _order(old):
            best[item.source, item.seen_at] = look
    found: dict[str, list[Look]] = {}
    for (source, _), look in sorted(best.items(), key=lambda pair: pair[0][1]):
        found.setdefault(source, []).append(look)
    return found


def _order(look: Look) -> tuple[float, float]:
    return (math.inf if look.rank is None else look.rank, -(look.heat or 0.0))


def measure_trend(
    looks: Mapping[str, Sequence[Look]],
    polls: Mapping[str, Sequence[datetime]],
    scales: Mapping[str, HeatScale] | None = None,
) -> Trend:
    """The trend of one topic from its looks by platform (`find_looks`).

    `polls` are the times of the good looks at each platform, oldest first: without them absence
    and not having looked are the same. Raises ValueError for a topic without looks.
    """
    if not any(looks.values()):
        raise ValueError("a topic without looks has no trend")
    platforms = sorted(
        (
            measure_platform(source, seen, polls.get(source, ()), (scales or {}).get(source))
            for source, seen in looks.items()
            if seen
        ),
        key=lambda p: (p.kind is TrendKind.GONE, p.rank is None, p.rank or 0, p.source),
    )
    return Trend(
        kind=_combine(platforms),
        observations=sum(p.observations for p in platforms),
        first_seen=min(p.first_seen for p in platforms),
        last_seen=max(p.last_seen for p in platforms),
        platforms=tuple(platforms),
    )


def measure_platform(
    source: str, looks: Sequence[Look], polls: Sequence[datetime], scale: HeatScale | None = None
) -> PlatformTrend:
    """The trend on one platform. `looks` (oldest first) must not be empty."""
    scale = scale or HeatScale(())
    run, earlier = _find_run(looks, polls)
    now, then = run[-1], next(look for look in run if run[-1].at - look.at <= LOOK_BACK)
    if then is now and len(run) > 1:
        then = run[-2]
    ranks = [look.rank for look in run if look.rank is not None]
    heat, before = scale.find_percentile(now.heat), scale.find_percentile(then.heat)
    moved = then is not now
    rank_change = then.rank - now.rank if moved and then.rank and now.rank else None
    heat_change = heat - before if moved and heat is not None and before is not None else None
    return PlatformTrend(
        source=source,
        kind=_judge(run, earlier, polls, _measure_move(then, now, heat_change)),
        observations=len(run),
        rank=now.rank,
        best_rank=min(ranks, default=None),
        heat_percentile=heat,
        first_seen=run[0].at,
        last_seen=now.at,
        rank_change=rank_change,
        heat_change=heat_change,
        compared_with=then.at if moved else None,
    )


def _find_run(looks: Sequence[Look], polls: Sequence[datetime]) -> tuple[Sequence[Look], bool]:
    """The present run of looks without a long absence, and whether there was an earlier one."""
    for place in range(len(looks) - 1, 0, -1):
        last, next_ = looks[place - 1].at, looks[place].at
        if next_ - last < AWAY:
            continue
        after = bisect_right(polls, last)  # of two days of polls only those in the gap matter
        if after < len(polls) and polls[after] < next_:
            return looks[place:], True
    return looks, False


def _measure_move(then: Look, now: Look, heat_change: float | None) -> int:
    """1 up, -1 down, 0 neither. Rank decides where it moved; heat where the rank stood still."""
    if then is now:
        return 0
    if then.rank is not None and now.rank is not None:
        places = then.rank - now.rank
        steps = math.log(then.rank / now.rank)
        if abs(places) >= LEAST_PLACES and abs(steps) >= RANK_STEP:
            return 1 if places > 0 else -1
        if places * (heat_change or 0.0) < 0:
            return 0  # rank and heat disagree
    if heat_change is not None and abs(heat_change) >= HEAT_STEP:
        return 1 if heat_change > 0 else -1
    return 0


def _judge(run: Sequence[Look], earlier: bool, polls: Sequence[datetime], move: int) -> TrendKind:
    if polls and polls[-1] > run[-1].at:
        return TrendKind.GONE
    young = run[-1].at - run[0].at < FRESH
    if len(run) > 1 and move:
        return TrendKind.RISING if move > 0 else TrendKind.FALLING
    if len(run) == 1 or young:
        return TrendKind.BACK if earlier else TrendKind.NEW
    return TrendKind.STEADY


def _combine(platforms: Sequence[PlatformTrend]) -> TrendKind:
    """One word for several platforms: what more of the listing ones say; a tie is steady."""
    kinds = [p.kind for p in platforms if p.kind is not TrendKind.GONE]
    if not kinds:
        return TrendKind.GONE
    rising, falling = kinds.count(TrendKind.RISING), kinds.count(TrendKind.FALLING)
    if rising != falling:
        return TrendKind.RISING if rising > falling else TrendKind.FALLING
    if rising or TrendKind.STEADY in kinds:
        return TrendKind.STEADY
    if any(p.kind is TrendKind.GONE for p in platforms):
        return TrendKind.STEADY if TrendKind.BACK not in kinds else TrendKind.BACK
    return TrendKind.BACK if TrendKind.BACK in kinds else TrendKind.NEW
