"""The sightings of 48 hours, merged into topics, with what each title did on each list."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import NamedTuple

from copyassist.news.topics.merge import WINDOW, Choice, Engine, Merger
from copyassist.news.topics.trend import HeatScale, Look, Trend, measure_trend
from copyassist.text import title_key
from copyassist.types.news import HotItem, Poll

PAST = timedelta(days=7)  # a feed may show a few days' entries; those of last year are no news
NO_CATEGORY = ("", "暂无", "其他", "其它", "未知")  # what lists write where they know none


@dataclass(slots=True)
class _Title:
    """What one title did: its newest row and its looks on each list, oldest first."""

    last: dict[str, HotItem] = field(default_factory=dict)
    looks: dict[str, list[Look]] = field(default_factory=dict)


class TopicFacts(NamedTuple):
    """A topic from its sightings: titles, the newest best row and the looks on each list."""

    id: str
    titles: tuple[str, ...]
    items: Mapping[str, HotItem]
    looks: Mapping[str, Sequence[Look]]
    first_seen: datetime
    last_seen: datetime

    @property
    def category(self) -> str:
        """The category that most of the lists give it, "" where none does."""
        named = Counter(item.category for item in self.items.values())
        for nothing in NO_CATEGORY:
            del named[nothing]
        return named.most_common(1)[0][0] if named else ""

    @property
    def description(self) -> str:
        """The longest description that a list gives it."""
        return max((item.description for item in self.items.values()), key=len, default="")


class Window:
    """The last 48 hours up to the newest sighting.

    `known` and `choices` are as for a Merger. Polls are absorbed in order of time.
    """

    def __init__(
        self,
        engine: Engine | Callable[[], Engine],
        known: Mapping[str, str],
        choices: Iterable[Choice] = (),
    ) -> None:
        self.merger = Merger(engine, known=known, choices=choices)
        self.polls: dict[str, list[datetime]] = {}
        self.newest: datetime | None = None
        self._titles: dict[str, _Title] = {}
        self._keys: dict[str, str] = {}

    @property
    def keys(self) -> Mapping[str, str]:
        """The keys of the titles as the lists wrote them, to be kept."""
        return self._keys

    def rows(self) -> Iterator[tuple[str, list[tuple[str, HotItem, Sequence[Look]]]]]:
        """Every title's key with each list's newest row and looks, to be kept."""
        for key, title in self._titles.items():
            yield key, [(s, title.last[s], looks) for s, looks in title.looks.items()]

    def restore(
        self,
        keys: Mapping[str, str],
        rows: Mapping[str, Sequence[tuple[str, HotItem, list[Look]]]],
    ) -> None:
        """Take over what an earlier run kept."""
        self._keys = dict(keys)
        for key, lists in rows.items():
            title = self._titles[key] = _Title()
            for source, last, looks in lists:
                title.last[source], title.looks[source] = last, looks

    def absorb(self, items: Sequence[HotItem], polls: Iterable[Poll]) -> None:
        """Add sightings and the good polls that they came from, oldest first."""
        for poll in polls:
            self.polls.setdefault(poll.source, []).append(poll.seen_at)
            self.newest = max(poll.seen_at, self.newest or poll.seen_at)
        items = [item for item in items if not is_past(item)]
        self.merger.absorb(_pick_telling(items))
        for item in items:
            if not item.advert:
                self._note(item)
        if self.newest is not None:
            self._forget(self.newest - WINDOW)

    def groups(self) -> dict[str, TopicFacts]:
        """Every topic of the window by id; topics that were only ever adverts are left out."""
        found = {}
        for group in self.merger.groups():
            known = [t for t in map(title_key, group.titles) if t in self._titles]
            if known:
                items, looks = self._gather(known)
                found[group.id] = TopicFacts(
                    group.id, group.titles, items, looks, group.first_seen, group.last_seen
                )
        return found

    def measure_trend(
        self, topic: TopicFacts, scales: Mapping[str, HeatScale], feeds: Collection[str]
    ) -> Trend:
        """The topic's trend; on a feed an entry is seen once, and absence says nothing."""
        polls = {source: times for source, times in self.polls.items() if source not in feeds}
        return measure_trend(topic.looks, polls, scales)

    def lists(self, topic: TopicFacts, feeds: Collection[str]) -> bool:
        """Whether the newest look at any list saw the topic: what its trend would say, at no cost."""
        return any(
            source in feeds or looks[-1].at >= self.polls[source][-1]
            for source, looks in topic.looks.items()
            if self.polls.get(source)
        )

    def _note(self, item: HotItem) -> None:
        key = self._keys.get(item.title)
        if key is None:
            key = self._keys[item.title] = title_key(item.title)
        if not key:
            return
        title = self._titles.setdefault(key, _Title())
        looks = title.looks.setdefault(item.source, [])
        look = Look(item.seen_at, item.rank, item.heat)
        if looks and looks[-1].at == look.at:
            if _is_better(look, looks[-1]):
                looks[-1], title.last[item.source] = look, item
            return
        if looks and looks[-1].at > look.at:
            return  # known already: polls are absorbed again where several share a second
        looks.append(look)
        title.last[item.source] = _with_description(item, title.last.get(item.source))

    def _gather(
        self, keys: Sequence[str]
    ) -> tuple[Mapping[str, HotItem], Mapping[str, Sequence[Look]]]:
        """The titles' looks as one topic's: of several rows in one look, the best."""
        if len(keys) == 1:
            one = self._titles[keys[0]]
            return one.last, one.looks
        items: dict[str, HotItem] = {}
        best: dict[str, dict[datetime, Look]] = {}
        for key in keys:
            title = self._titles[key]
            for source, looks in title.looks.items():
                at = best.setdefault(source, {})
                for look in looks:
                    if look.at not in at or _is_better(look, at[look.at]):
                        at[look.at] = look
                if source not in items or _is_newer(title.last[source], items[source]):
                    items[source] = title.last[source]
        return items, {s: [at[when] for when in sorted(at)] for s, at in best.items()}

    def _forget(self, before: datetime) -> None:
        for source, times in list(self.polls.items()):
            self.polls[source] = [when for when in times if when >= before]
        for key, title in list(self._titles.items()):
            for source, looks in list(title.looks.items()):
                if looks[0].at < before:
                    title.looks[source] = [look for look in looks if look.at >= before]
                if not title.looks[source]:
                    del title.looks[source], title.last[source]
            if not title.looks:
                del self._titles[key]
        self._keys = {raw: key for raw, key in self._keys.items() if key in self._titles}


def is_past(item: HotItem) -> bool:
    """Whether an entry of a feed was old when it was seen: history, no news of the day.

    A ranked row is of the day whenever it was written.
    """
    if item.published_at is None or item.rank is not None or not item.ordinary:
        return False
    return item.seen_at - item.published_at > PAST


def _pick_telling(items: Sequence[HotItem]) -> list[HotItem]:
    """Of each title the first, the last and the first described sighting, in order of time.

    The merger asks no more of them; two days of polls show a title hundreds of times.
    """
    first: dict[str, HotItem] = {}
    described: dict[str, HotItem] = {}
    last: dict[str, HotItem] = {}
    for item in items:
        first.setdefault(item.title, item)
        last[item.title] = item
        if item.description:
            described.setdefault(item.title, item)
    picked = [*first.values(), *described.values(), *last.values()]
    return sorted(picked, key=lambda item: item.seen_at)


def _is_better(look: Look, other: Look) -> bool:
    if (look.rank is None) != (other.rank is None):
        return look.rank is not None
    return (look.rank or 0, -(look.heat or 0)) < (other.rank or 0, -(other.heat or 0))


def _is_newer(item: HotItem, other: HotItem) -> bool:
    if item.seen_at != other.seen_at:
        return item.seen_at > other.seen_at
    ranks = [one.rank if one.rank is not None else 10_000 for one in (item, other)]
    return ranks[0] < ranks[1]


def _with_description(item: HotItem, before: HotItem | None) -> HotItem:
    """Some polls leave out what others gave."""
    if before is None or item.description or not before.description:
        return item
    return replace(item, description=before.description)


def is_recent(topic: TopicFacts, feeds: Collection[str], moment: datetime) -> bool:
    """Whether a topic that only feeds carry is of the last day."""
    return any(s not in feeds for s in topic.looks) or moment - topic.last_seen < timedelta(days=1)
