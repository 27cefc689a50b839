"""From sightings to topics: the same event across platforms, with ids that stay.

A `Merger` holds the titles of the last 48 hours. Each poll is absorbed by itself: titles already
known cost nothing, new ones are compared with those that share rare pairs of characters, and only
the groups that a new title could join are grouped anew, from their titles up: an early mistake is
mended when more is known. A history read at once gives nearly the groups that polls give one by
one (a test says how nearly).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import blake2s
from itertools import combinations, product
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np

from copyassist.model_folder import named_fields
from copyassist.news.topics.cluster import group_nodes
from copyassist.news.topics.lexicon import MODEL, Lexicon, load_lexicon, measure_terms
from copyassist.news.topics.postings import Postings
from copyassist.news.topics.similarity import PairModel, Sides, load_pair_model, measure_same
from copyassist.resources import find_models
from copyassist.text import title_key
from copyassist.types.news import HotItem

WINDOW = timedelta(hours=48)
EDGE = 0.05  # weaker pairs are not kept: they hardly move an average
NEAR = 0.75  # of the cut: topics this close to a new title are grouped anew with it
CHUNK = 1000  # new titles compared at a time: bounds the memory of a long import


class Choice(NamedTuple):
    """What the user said of two titles, by their keys: they belong together, or they do not."""

    one: str
    two: str
    verdict: Literal["join", "split"]


class Engine(NamedTuple):
    """What pairs are judged by: the tables and the model."""

    lexicon: Lexicon
    model: PairModel


def load_engine(folder: Path | None = None) -> Engine:
    """The shipped engine, or that of another model folder. Raises ModelError."""
    lexicon, loaded = load_lexicon(folder)
    with named_fields(folder if folder is not None else find_models() / MODEL):
        return Engine(lexicon, load_pair_model(loaded.arrays, loaded.manifest))


@dataclass(slots=True)
class Node:
    """One title, however many sources show it."""

    key: str
    title: str
    description: str
    first_seen: datetime
    last_seen: datetime
    sides: Sides | None = None
    topic: str = ""
    edges: dict[int, float] = field(default_factory=dict)
    compared: bool = False


class TitleGroup(NamedTuple):
    """A topic as the merger knows it: a stable id and its titles, first seen first."""

    id: str
    titles: tuple[str, ...]
    first_seen: datetime
    last_seen: datetime


class Merger:
    """The titles of the last 48 hours in groups, one group an event.

    `known` gives the topic ids of titles (by `title_key`) from an earlier run, `choices` what the
    user joined and split; both survive a restart that way. `absorb` takes polls in order of time.
    A poll of 600 rows takes at most 0.1 s against 48 hours of history. `engine` may be what makes
    one: it is asked for when there is something to compare.
    """

    def __init__(
        self,
        engine: Engine | Callable[[], Engine],
        *,
        known: Mapping[str, str] | None = None,
        choices: Iterable[Choice] = (),
        window: timedelta = WINDOW,
    ) -> None:
        self._made = engine
        self._window = window
        self._known = dict(known or {})
        self._nodes: dict[int, Node] = {}
        self._numbers: dict[str, int] = {}
        self._members: dict[str, set[int]] = {}
        self._postings = Postings()
        self._choices: dict[frozenset[str], Choice] = {}
        self.choose(choices)

    @property
    def _engine(self) -> Engine:
        if not isinstance(self._made, Engine):
            self._made = self._made()
        return self._made

    def nodes(self) -> Sequence[tuple[int, Node]]:
        """Every title of the window by its number, to be kept."""
        return list(self._nodes.items())

    def restore(self, nodes: Sequence[tuple[int, Node]]) -> None:
        """Take over the titles of an earlier run, already compared and grouped."""
        numbers = {old: self._postings.next_number() for old, _ in sorted(nodes)}
        for old, node in nodes:
            number = numbers[old]
            node.edges = {numbers[other]: chance for other, chance in node.edges.items()}
            node.compared = True
            self._nodes[number], self._numbers[node.key] = node, number
            self._members.setdefault(node.topic, set()).add(number)

    def absorb(self, items: Iterable[HotItem]) -> None:
        """Add one poll, or many. Items need `seen_at`; titles without text are left out."""
        touched: set[int] = set()
        latest: datetime | None = None
        for item in items:
            latest = item.seen_at if latest is None else max(latest, item.seen_at)
            number = self._note(item)
            if number is not None and not self._nodes[number].compared:
                touched.add(number)
        if latest is None:
            return
        touched |= self._forget(latest - self._window)
        touched &= self._nodes.keys()
        fresh = [n for n in sorted(touched) if not self._nodes[n].compared]
        for start in range(0, len(fresh), CHUNK):
            self._compare(fresh[start : start + CHUNK])
        self._regroup(touched)

    def choose(self, choices: Iterable[Choice]) -> None:
        """Remember what the user joined or split; a later choice on the same pair replaces it."""
        touched: set[int] = set()
        for choice in choices:
            self._choices[frozenset((choice.one, choice.two))] = choice
            pair = (choice.one, choice.two)
            touched |= {self._numbers[key] for key in pair if key in self._numbers}
        self._regroup(touched)

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Everything the user chose, to be kept."""
        return tuple(self._choices.values())

    @property
    def known(self) -> Mapping[str, str]:
        """The topic id of every title in the window, to be kept for the next run."""
        return {node.key: node.topic for node in self._nodes.values()}

    def find_topic(self, title: str) -> str | None:
        """The id of the topic that a title belongs to, None for a title not in the window."""
        number = self._numbers.get(title_key(title))
        return None if number is None else self._nodes[number].topic

    def groups(self) -> list[TitleGroup]:
        """All topics, the one seen first at the top."""
        found = [self._describe(id_) for id_ in self._members]
        return sorted(found, key=lambda g: (g.first_seen, g.id))

    def _describe(self, id_: str) -> TitleGroup:
        nodes = [self._nodes[n] for n in sorted(self._members[id_])]
        nodes.sort(key=lambda node: node.first_seen)
        titles = tuple(node.title for node in nodes)
        return TitleGroup(id_, titles, nodes[0].first_seen, max(n.last_seen for n in nodes))

    def find_related(self, id_: str, limit: int = 10) -> list[tuple[str, float]]:
        """Other topics of the same theme with a strength 0..1, strongest first.

        The strength is the likeness of the two most alike titles: a hub and its stories are
        related, and so are two stories of one theme.
        """
        best: dict[str, float] = {}
        for number in self._members.get(id_, ()):
            for other, chance in self._nodes[number].edges.items():
                topic = self._nodes[other].topic
                if topic != id_ and chance >= self._engine.model.theme:
                    best[topic] = max(chance, best.get(topic, 0.0))
        return sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))[:limit]

    # --- titles coming and going ---------------------------------------------------------------

    def _note(self, item: HotItem) -> int | None:
        key = title_key(item.title)
        if not key:
            return None
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = self._postings.next_number()
            node = Node(key, item.title, item.description, item.seen_at, item.seen_at)
            self._nodes[number] = node
            return number
        node = self._nodes[number]
        node.first_seen = min(node.first_seen, item.seen_at)
        node.last_seen = max(node.last_seen, item.seen_at)
        if item.description and not node.description:
            node.description, node.sides, node.compared = item.description, None, False  # anew
        return number

    def _forget(self, before: datetime) -> set[int]:
        """Drops titles not seen since; gives the titles that stood in a topic with them."""
        gone = [n for n, node in self._nodes.items() if node.last_seen < before]
        left: set[int] = set()
        for number in gone:
            node = self._nodes.pop(number)
            del self._numbers[node.key]
            for other in node.edges:
                del self._nodes[other].edges[number]
            if node.topic:
                members = self._members[node.topic]
                members.discard(number)
                left |= members
                if not members:
                    del self._members[node.topic]
        self._postings.drop(gone)
        return {n for n in left if n in self._nodes}

    def _compare(self, fresh: Sequence[int]) -> None:
        for number, node in self._nodes.items():
            if node.compared and node.sides is None:  # of an earlier run
                node.sides = self._measure(node)
                self._postings.add(number, node.sides.full)
        for number in fresh:
            node = self._nodes[number]
            for other in node.edges:
                del self._nodes[other].edges[number]
            node.edges = {}
            node.sides, node.compared = self._measure(node), True
            self._postings.add(number, node.sides.full)
        pairs = self._postings.find_pairs(fresh, {n: self._sides(n).full for n in fresh})
        chances = measure_same(
            self._engine.model,
            self._engine.lexicon,
            [self._sides(a) for a, _ in pairs],
            [self._sides(b) for _, b in pairs],
        )
        for (a, b), chance in zip(pairs, chances.tolist(), strict=True):
            if chance >= EDGE:
                self._nodes[a].edges[b] = self._nodes[b].edges[a] = chance

    def _measure(self, node: Node) -> Sides:
        title = measure_terms(self._engine.lexicon, node.title)
        if not node.description or title_key(node.description) == node.key:
            return Sides(title, title)
        full = measure_terms(self._engine.lexicon, node.title, node.description)
        return Sides(title, full)

    def _sides(self, number: int) -> Sides:
        sides = self._nodes[number].sides
        if sides is None:
            raise RuntimeError(f"title {number} was not measured")
        return sides

    # --- grouping ------------------------------------------------------------------------------

    def _regroup(self, touched: set[int]) -> None:
        """Group anew the touched titles and every topic that one of them could join.

        Topics farther away stay as they are: some new title would have to be like them on average
        before a group of new titles could be.
        """
        if not touched:
            return
        cut = self._engine.model.same
        joined, split = self._find_choices("join"), self._find_choices("split")
        start = set(touched)
        for one, two in joined:
            if one in touched or two in touched:
                start |= {one, two}
        topics = {self._nodes[number].topic for number in start}
        for number in touched:
            topics |= self._find_near(self._nodes[number], NEAR * cut)
        for topic in topics:
            start |= self._members.get(topic, set())
        few = self._engine.model.few
        groups = group_nodes(sorted(start), self._edges(), cut, joined=joined, split=split, few=few)
        self._name(groups)

    def _find_near(self, node: Node, least: float) -> set[str]:
        """The topics that a title is on average at least this much like."""
        sums: dict[str, float] = {}
        for other, chance in node.edges.items():
            topic = self._nodes[other].topic
            sums[topic] = sums.get(topic, 0.0) + chance
        found = {t for t, total in sums.items() if t and total >= least * len(self._members[t])}
        return found

    def _edges(self) -> Mapping[int, Mapping[int, float]]:
        return {number: node.edges for number, node in self._nodes.items()}

    def _find_choices(self, verdict: str) -> frozenset[tuple[int, int]]:
        found = set()
        for choice in self._choices.values():
            one, two = self._numbers.get(choice.one), self._numbers.get(choice.two)
            if choice.verdict == verdict and one is not None and two is not None and one != two:
                found.add((min(one, two), max(one, two)))
        return frozenset(found)

    def _name(self, groups: Sequence[Sequence[int]]) -> None:
        """Give each group the id that most of its titles had; the larger claim wins an id."""
        claims = sorted(
            (
                (-count, first, place, id_)
                for place, members in enumerate(groups)
                for id_, (count, first) in self._count_ids(members).items()
            ),
        )
        ids: dict[int, str] = {}
        taken = {self._nodes[n].topic for n in self._nodes} - {
            self._nodes[n].topic for members in groups for n in members
        }
        for _, _, place, id_ in claims:
            if place not in ids and id_ not in taken:
                ids[place] = id_
                taken.add(id_)
        self._assign(groups, ids, taken)

    def _count_ids(self, members: Sequence[int]) -> dict[str, tuple[int, datetime]]:
        found: dict[str, tuple[int, datetime]] = {}
        for number in members:
            node = self._nodes[number]
            id_ = node.topic or self._known.get(node.key, "")
            if id_:
                count, first = found.get(id_, (0, node.first_seen))
                found[id_] = count + 1, min(first, node.first_seen)
        return found

    def _assign(
        self, groups: Sequence[Sequence[int]], ids: Mapping[int, str], taken: set[str]
    ) -> None:
        for members in groups:
            for number in members:
                self._members.get(self._nodes[number].topic, set()).discard(number)
        for place, members in enumerate(groups):
            id_ = ids.get(place) or self._make_id(members, taken)
            taken.add(id_)
            self._members[id_] = set(members)
            for number in members:
                self._nodes[number].topic = id_
        self._members = {id_: members for id_, members in self._members.items() if members}

    def _make_id(self, members: Sequence[int], taken: set[str]) -> str:
        first = min((self._nodes[n] for n in members), key=lambda node: (node.first_seen, node.key))
        for attempt in range(len(taken) + 1):
            seed = f"{first.key}\n{first.first_seen.isoformat()}\n{attempt}"
            id_ = blake2s(seed.encode(), digest_size=6).hexdigest()
            if id_ not in taken:
                return id_
        raise RuntimeError("no free topic id")


def split_titles(out: Iterable[str], rest: Iterable[str]) -> list[Choice]:
    """The choices that keep every title of `out` away from every title of `rest`."""
    pairs = product(map(title_key, out), map(title_key, rest))
    return [Choice(one, two, "split") for one, two in pairs if one != two]


def join_titles(titles: Iterable[str]) -> list[Choice]:
    """The choices that keep all these titles together."""
    keys = sorted({title_key(title) for title in titles})
    return [Choice(one, two, "join") for one, two in combinations(keys, 2)]


def merge_items(items: Sequence[HotItem], engine: Engine) -> list[TitleGroup]:
    """The topics of a list of sightings, merged from nothing."""
    merger = Merger(engine, window=timedelta(days=36500))
    merger.absorb(items)
    return merger.groups()


def measure_same_event(
    engine: Engine, one: Sequence[tuple[str, str]], two: Sequence[tuple[str, str]]
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """The probability 0..1 that pairs of (title, description) tell of one event. Shape (pairs,)."""
    left = [_measure_sides(engine, *text) for text in one]
    right = [_measure_sides(engine, *text) for text in two]
    return measure_same(engine.model, engine.lexicon, left, right)


def _measure_sides(engine: Engine, title: str, description: str) -> Sides:
    short = measure_terms(engine.lexicon, title)
    if not description or title_key(description) == title_key(title):
        return Sides(short, short)
    return Sides(short, measure_terms(engine.lexicon, title, description))
