"""The last weeks of one hot list, look by look: what each title did, and how high the bar was."""

import math
from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from copyassist.news.topics.climate import Climate
from copyassist.news.topics.looks import LABELS, ListLook, ListRow
from copyassist.news.topics.memory import TitleMemory, find_slots, measure_outcome

KEEP_HOURS = 168.0  # a week: the longest rhythm that the features look back on
RUN_BREAK_HOURS = 6.0  # absent for longer, a title that comes back begins a new run
OUTCOME_HOURS = 12.0  # after which a title's run is remembered
NEIGHBOUR_HOURS = 24.0
NEIGHBOUR_SIMILARITY = 0.25  # share of a title's rarer pairs of characters that another has too
CUTOFF_RANK = 45  # the last ranks are often fresh rows whose heat says little


class Seen(NamedTuple):
    """A title in one look. Rank and log heat are NaN where there is none."""

    hours: float
    rank: float
    heat: float
    label: float


class Level(NamedTuple):
    """How high the bar was: log heats of rank 45, 10 and 1, and the titles of one look."""

    hours: float
    cutoff: float
    tenth: float
    top: float
    titles: frozenset[str]


@dataclass(slots=True)
class Track:
    """What one title did. `seen[run_start:]` is its present run; `recalled` what its characters
    promised when the run began."""

    grams: frozenset[str]
    slots: NDArray[np.int64]
    seen: deque[Seen] = field(default_factory=deque)
    run_start: int = 0
    runs: int = 1
    neighbours: dict[str, float] = field(default_factory=dict)
    recalled: list[float] = field(default_factory=list)

    @property
    def run(self) -> list[Seen]:
        """The sightings of the present run, oldest first, at least one."""
        return [self.seen[i] for i in range(self.run_start, len(self.seen))]


class ListHistory:
    """Takes the looks at one list in order of time, one an hour (`looks.thin_looks`).

    A week of hourly looks takes about half a second. `memory` is what earlier weeks taught; it is
    copied, and learns on.
    """

    def __init__(self, memory: TitleMemory | None = None) -> None:
        self.tracks: dict[str, Track] = {}
        self.levels: deque[Level] = deque()
        self.climate = Climate()
        self._memory = memory.copy() if memory is not None else None
        self._looks: deque[ListLook] = deque()
        self._by_gram: dict[str, set[str]] = {}
        self._pending: deque[tuple[float, str]] = deque()

    @property
    def last(self) -> ListLook:
        """The newest look. Raises IndexError before the first."""
        return self._looks[-1]

    @property
    def memory(self) -> TitleMemory:
        """What titles are remembered by now."""
        if self._memory is None:
            raise ValueError("no look was absorbed yet")
        return self._memory

    def absorb(self, look: ListLook) -> None:
        """Add the next look. Raises ValueError where it is not later than the one before."""
        if self.levels and look.hours <= self.levels[-1].hours:
            raise ValueError("looks must be absorbed in order of time")
        if self._memory is None:
            self._memory = TitleMemory(look.hours)
        self._remember(look.hours - OUTCOME_HOURS)
        self._forget(look.hours - KEEP_HOURS)
        fresh = frozenset(row.title for row in look.rows if self._note(row, look.hours))
        self.climate.absorb(look, fresh)
        self.levels.append(measure_level(look))
        self._looks.append(look)

    def find_level(self, hours: float, within: float = 0.5) -> Level | None:
        """The level of the look nearest to a moment, if there was one within that many hours."""
        place = bisect_left(self.levels, hours, key=lambda level: level.hours)
        near = [
            level
            for level in (self.levels[i] for i in (place - 1, place) if 0 <= i < len(self.levels))
            if abs(level.hours - hours) <= within
        ]
        return min(near, key=lambda level: abs(level.hours - hours), default=None)

    def _remember(self, before: float) -> None:
        """Teach the memory what titles did that began long enough ago."""
        while self._pending and self._pending[0][0] <= before:
            began, title = self._pending.popleft()
            track = self.tracks.get(title)
            if track is None:
                continue
            seen = [s for s in track.seen if began <= s.hours <= began + OUTCOME_HOURS]
            ranks = [s.rank for s in seen if not math.isnan(s.rank)]
            if ranks:
                outcome = measure_outcome(int(min(ranks)), seen[-1].hours - began)
                self.memory.learn(began, track.slots, outcome)

    def _forget(self, before: float) -> None:
        while self.levels and self.levels[0].hours < before:
            self.levels.popleft()
            for row in self._looks.popleft().rows:
                self._forget_title(row.title, before)

    def _forget_title(self, title: str, before: float) -> None:
        track = self.tracks.get(title)
        if track is None:
            return
        while track.seen and track.seen[0].hours < before:
            track.seen.popleft()
            track.run_start = max(0, track.run_start - 1)
        if not track.seen:
            del self.tracks[title]
            for gram in track.grams:
                self._by_gram[gram].discard(title)
                if not self._by_gram[gram]:
                    del self._by_gram[gram]

    def _note(self, row: ListRow, hours: float) -> bool:
        """Enter a sighting; true where it begins a run."""
        track = self.tracks.get(row.title)
        begins = track is None or self._was_absent(track, hours)
        if track is None:
            track = self._open(row.title, hours)
        elif begins:
            track.run_start, track.runs = len(track.seen), track.runs + 1
            track.neighbours = self._find_neighbours(row.title, track.grams, hours)
        if begins:
            track.recalled = self.memory.recall(hours, track.slots)
            self._pending.append((hours, row.title))
        heat = math.log(row.heat) if row.heat and row.heat > 0 else math.nan
        rank = math.nan if row.rank is None else float(row.rank)
        if not track.seen or track.seen[-1].hours < hours:  # a title may stand twice in a look
            track.seen.append(Seen(hours, rank, heat, LABELS.get(row.label, 0.0)))
        return begins

    def _was_absent(self, track: Track, hours: float) -> bool:
        """Whether a title was gone for long: looks saw it missing; that nobody looked says nothing."""
        last = track.seen[-1].hours
        return hours - last > RUN_BREAK_HOURS and self._looks[-1].hours > last

    def _open(self, title: str, hours: float) -> Track:
        grams = frozenset(title[i : i + 2] for i in range(max(1, len(title) - 1)))
        near = self._find_neighbours(title, grams, hours)
        track = Track(grams, find_slots(title), neighbours=near)
        self.tracks[title] = track
        for gram in grams:
            self._by_gram.setdefault(gram, set()).add(title)
        return track

    def _find_neighbours(self, title: str, grams: frozenset[str], hours: float) -> dict[str, float]:
        """Titles of the last day with enough of this one's rarer pairs; noted on both sides."""
        shared: defaultdict[str, float] = defaultdict(float)
        total = 0.0
        for gram in sorted(grams):
            others = self._by_gram.get(gram, set())
            weight = (1.0 + len(others)) ** -0.5
            total += weight
            for other in others:
                shared[other] += weight
        found = {}
        for other, weight in shared.items():
            if other == title or weight < NEIGHBOUR_SIMILARITY * total:
                continue
            track = self.tracks[other]
            if hours - track.seen[-1].hours <= NEIGHBOUR_HOURS:
                found[other] = track.neighbours[title] = weight / total
        return found


def measure_level(look: ListLook) -> Level:
    """The bar of one look; NaN where no ordinary row has a heat."""
    heats = sorted(
        (math.log(r.heat) for r in look.rows if r.rank is not None and r.heat and r.heat > 0),
        reverse=True,
    )
    cutoff, tenth, top = (_pick(heats, place) for place in (CUTOFF_RANK - 1, 9, 0))
    return Level(look.hours, cutoff, tenth, top, frozenset(row.title for row in look.rows))


def _pick(heats: Sequence[float], place: int) -> float:
    return heats[min(place, len(heats) - 1)] if heats else math.nan
