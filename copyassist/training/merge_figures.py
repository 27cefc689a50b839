"""How well same events are found, on the labelled sets in $COPYASSIST_BENCH_DATA/events.

The moment and the day are there to be tuned on, and are fitted on (training/merge.py); the pairs are
not, and neither are the days of corpora/topics/event_days.csv of the part "judged".
"""

import csv
import json
from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from copyassist.types.news import HotItem

Floats = NDArray[np.float64]

MOMENT = "events/moment_2026-06-04_labelled.csv"
PAIRS = "events/title_pairs_labelled.csv"
DAY = "events/day_2021-05-20.items.json", "events/day_2021-05-20.labels.json"
# Pairs in the population by bigram Jaccard (docs/facts/trends.md#merging); identical titles are found by anybody.
POPULATION = {
    "0.8-1": 379,
    "0.6-0.8": 1521,
    "0.4-0.6": 2759,
    "0.3-0.4": 2802,
    "0.2-0.3": 7224,
    "0.1-0.2": 27064,
}
IDENTICAL = 2319
SAMPLES = 500


class Figure(NamedTuple):
    """Precision, recall and F1, each 0..1."""

    precision: float
    recall: float
    f1: float


def make_figure(right: float, said: float, true: float) -> Figure:
    """From counts of pairs rightly said, said, and true."""
    precision, recall = right / max(said, 1e-9), right / max(true, 1e-9)
    return Figure(precision, recall, 2 * precision * recall / max(precision + recall, 1e-9))


class Moment(NamedTuple):
    """One complete moment: its rows, and the cross-platform pairs (places) of one event."""

    items: list[HotItem]
    true: set[tuple[int, int]]


def load_moment(data: Path) -> Moment:
    """122 rows of three platforms with 16 cross-platform pairs of one event."""
    with (data / MOMENT).open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    now = datetime(2026, 6, 4, 3, tzinfo=UTC)
    items = [
        HotItem(source=r["platform"], title=r["title"], description=r["description"], seen_at=now)
        for r in rows
    ]
    groups = [row["same_event_group"] for row in rows]
    true = {(i, j) for i, j in find_cross(items) if groups[i] and groups[i] == groups[j]}
    return Moment(items, true)


def find_cross(items: Sequence[HotItem]) -> list[tuple[int, int]]:
    """All pairs of places, smaller first, whose rows are of two platforms."""
    return [
        (i, j)
        for i in range(len(items))
        for j in range(i + 1, len(items))
        if items[i].source != items[j].source
    ]


def measure_moment(moment: Moment, topics: Sequence[Hashable]) -> Figure:
    """The figure of a grouping: the topic of each row."""
    said = {(i, j) for i, j in find_cross(moment.items) if topics[i] == topics[j]}
    return make_figure(len(said & moment.true), len(said), len(moment.true))


def measure_moment_scores(moment: Moment, scores: Floats) -> tuple[Figure, float]:
    """The best figure of any threshold on scores of `find_cross`, fitted on the rows judged."""
    true = np.array([pair in moment.true for pair in find_cross(moment.items)])
    order = np.argsort(-scores, kind="stable")
    right = np.cumsum(true[order])
    figures = [make_figure(r, n, len(moment.true)) for n, r in enumerate(right.tolist(), 1)]
    best = max(range(len(figures)), key=lambda n: figures[n].f1)
    return figures[best], float(scores[order][best])


class TitlePairs(NamedTuple):
    """Labelled cross-platform pairs, and how many pairs of the population each stands for."""

    one: list[str]
    two: list[str]
    same: NDArray[np.bool_]
    weight: Floats


def load_pairs(data: Path) -> TitlePairs:
    """146 pairs drawn by their likeness; S is the same event."""
    with (data / PAIRS).open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    drawn = Counter(row["bin"] for row in rows)
    return TitlePairs(
        [row["title_a"] for row in rows],
        [row["title_b"] for row in rows],
        np.array([row["label"] == "S" for row in rows]),
        np.array([POPULATION[row["bin"]] / drawn[row["bin"]] for row in rows]),
    )


def measure_recall(pairs: TitlePairs, scores: Floats, precision: float = 0.9) -> float:
    """The largest population-weighted recall at that precision or better, over all thresholds.

    Identical titles count as found.
    """
    order = np.argsort(-scores, kind="stable")
    weight, same = pairs.weight[order], pairs.same[order]
    right = IDENTICAL + np.cumsum(weight * same)
    said = IDENTICAL + np.cumsum(weight)
    true = IDENTICAL + (weight * same).sum()
    good = np.where(right / said >= precision, right / true, IDENTICAL / true)
    return float(good.max())


def bootstrap_recall(pairs: TitlePairs, scores: Floats) -> tuple[float, float]:
    """A 95 % interval of `measure_recall`, pairs drawn anew within their bins."""
    rng = np.random.default_rng(0)
    bins = [np.flatnonzero(pairs.weight == weight) for weight in np.unique(pairs.weight)]
    found = []
    for _ in range(SAMPLES):
        drawn = np.concatenate([rng.choice(part, len(part)) for part in bins])
        some = TitlePairs([], [], pairs.same[drawn], pairs.weight[drawn])
        found.append(measure_recall(some, scores[drawn]))
    low, high = np.quantile(found, [0.025, 0.975])
    return float(low), float(high)


class Day(NamedTuple):
    """One day of titles: the event of each, and the pairs of places that are not judged."""

    items: list[HotItem]
    events: list[int]
    ignored: set[tuple[int, int]]

    @property
    def judged(self) -> list[int]:
        """The places of titles whose event has several titles."""
        counts = Counter(self.events)
        return [i for i, event in enumerate(self.events) if counts[event] > 1]


def load_day(data: Path) -> Day:
    """654 titles of Weibo, Toutiao and Zhihu on 2021-05-20, 60 events with several titles."""
    rows, labels = (json.loads((data / name).read_text("utf-8")) for name in DAY)
    now = datetime(2021, 5, 20, 4, tzinfo=UTC)
    items = [HotItem(source=source, title=title, seen_at=now) for source, title in rows]
    events = [-1 - place for place in range(len(rows))]
    for number, members in enumerate(labels["clusters"]):
        for place in members:
            events[place] = number
    ignored = {
        (i, j) for group in labels["ignore"] for i in group for j in group if events[i] != events[j]
    }
    return Day(items, events, ignored)


def measure_bcubed(day: Day, topics: Sequence[Hashable]) -> Figure:
    """BCubed over the judged titles; other titles in a topic count against it, ignored ones not."""
    shares = [share for rows in _measure_titles(day, topics).values() for share in rows]
    return _average(shares)


class Foreign(NamedTuple):
    """Of the topics shown: how many have several titles, how many of these hold a foreign one, and
    how many foreign titles there are."""

    shown: int
    several: int
    topics: int
    titles: int


def count_foreign(day: Day, topics: Sequence[Hashable]) -> Foreign:
    """What a reader sees that does not belong; pairs that are not judged count as belonging."""
    by_topic: dict[Hashable, list[int]] = defaultdict(list)
    for place, topic in enumerate(topics):
        by_topic[topic].append(place)
    several = [places for places in by_topic.values() if len(places) > 1]
    foreign = [
        len(places) - max(_count_mates(day, i, places) for i in places) for places in several
    ]
    return Foreign(len(by_topic), len(several), sum(n > 0 for n in foreign), sum(foreign))


def _count_mates(day: Day, one: int, places: Sequence[int]) -> int:
    return sum(day.events[j] == day.events[one] or (one, j) in day.ignored for j in places)


def bootstrap_bcubed(day: Day, topics: Sequence[Hashable]) -> tuple[float, float]:
    """A 95 % interval of the F, events drawn anew."""
    rng = np.random.default_rng(0)
    parts = list(_measure_titles(day, topics).values())
    found = []
    for _ in range(SAMPLES):
        drawn = [parts[i] for i in rng.integers(0, len(parts), len(parts))]
        found.append(_average([share for rows in drawn for share in rows]).f1)
    low, high = np.quantile(found, [0.025, 0.975])
    return float(low), float(high)


def _measure_titles(day: Day, topics: Sequence[Hashable]) -> dict[int, list[tuple[float, float]]]:
    """Precision and recall of each judged title, by its event."""
    by_topic: dict[Hashable, list[int]] = defaultdict(list)
    for place, topic in enumerate(topics):
        by_topic[topic].append(place)
    counts = Counter(day.events)
    found: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for i in day.judged:
        mates = [j for j in by_topic[topics[i]] if (i, j) not in day.ignored]
        right = sum(day.events[j] == day.events[i] for j in mates)
        found[day.events[i]].append((right / len(mates), right / counts[day.events[i]]))
    return found


def _average(shares: Sequence[tuple[float, float]]) -> Figure:
    p, r = (float(value) for value in np.mean(shares, axis=0))
    return Figure(p, r, 2 * p * r / (p + r))
