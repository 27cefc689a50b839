"""How long rows usually stay at this hour of the day: the last two weeks of the list itself.

Survival swings between 15 % at noon and 90 % at night, and drifts over the months. What the same
hour gave on the days before follows both.
"""

import math
from typing import NamedTuple

from copyassist.news.topics.looks import ListLook

HORIZONS = (3, 6)
DAYS = 14
FADE = 0.85  # a day
BESIDE = 0.35  # the weight of the hour before and the hour after
LEAST = 5.0  # weighted rows behind a share
BANDS = (5, 15, 25, 35, 45)
GROUPS = len(BANDS) + 3  # all rows, one for each band, first sightings, older ones


class ClimateTally(NamedTuple):
    """Rows of one look by group, and how many of them were still there later."""

    kept: tuple[int, ...]
    rows: tuple[int, ...]


def find_band(rank: int) -> int:
    """0 for ranks 1..5, up to 5 for ranks above 45."""
    return sum(rank > limit for limit in BANDS)


class Climate:
    """Survival by the hour, fed with looks in order of time."""

    def __init__(self) -> None:
        self._looks: dict[int, list[tuple[str, tuple[int, ...]]]] = {}
        self._tallies: dict[tuple[int, int], ClimateTally] = {}

    def absorb(self, look: ListLook, first: frozenset[str]) -> None:
        """Add a look; `first` are the titles that were not listed before it."""
        hour = int(look.hours)
        titles = {row.title for row in look.rows}
        for ahead in HORIZONS:
            before = self._looks.get(hour - ahead)
            if before is not None:
                self._tallies[hour - ahead, ahead] = _tally(before, titles)
        self._looks[hour] = [
            (row.title, _find_groups(row.rank, row.title in first))
            for row in look.rows
            if row.rank is not None
        ]
        for old in [h for h in self._looks if h < hour - max(HORIZONS)]:
            del self._looks[old]
        for key in [k for k in self._tallies if k[0] < hour - 24 * DAYS - 2]:
            del self._tallies[key]

    def find_usual(self, hours: float, ahead: int) -> list[float]:
        """The usual share 0..1 still listed `ahead` hours later, by group; NaN where unknown."""
        hour = int(hours)
        kept, rows = [0.0] * GROUPS, [0.0] * GROUPS
        for day in range(1, DAYS + 1):
            for beside, weight in ((0, 1.0), (-1, BESIDE), (1, BESIDE)):
                tally = self._tallies.get((hour - 24 * day + beside, ahead))
                if tally is not None:
                    share = FADE**day * weight
                    for group in range(GROUPS):
                        kept[group] += share * tally.kept[group]
                        rows[group] += share * tally.rows[group]
        return [k / n if n > LEAST else math.nan for k, n in zip(kept, rows, strict=True)]


def _find_groups(rank: int, first: bool) -> tuple[int, ...]:
    return 0, 1 + find_band(rank), GROUPS - 2 if first else GROUPS - 1


def find_usual_of(usual: list[float], rank: int | None, first: bool) -> tuple[float, float, float]:
    """The shares that concern one row: all rows, its band of ranks, first sighting or not."""
    groups = _find_groups(rank if rank is not None else 1, first)
    return usual[groups[0]], usual[groups[1]] if rank is not None else math.nan, usual[groups[2]]


def _tally(before: list[tuple[str, tuple[int, ...]]], titles: set[str]) -> ClimateTally:
    kept, rows = [0] * GROUPS, [0] * GROUPS
    for title, groups in before:
        for group in groups:
            rows[group] += 1
            kept[group] += title in titles
    return ClimateTally(tuple(kept), tuple(rows))
