"""The nouns of the hot topics: a topic with its places, and the board of all of them.

Times are aware UTC datetimes. Titles and descriptions come from the lists: untrusted text, to be
escaped wherever it is shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum

from copyassist.news.sources.source import Source
from copyassist.news.topics.trend import Look, PlatformTrend, Trend, TrendKind
from copyassist.reading.zones import CHINA
from copyassist.types import Language, Platform
from copyassist.types.news import HotItem

STALE = timedelta(hours=1)  # nothing newer than this: what is shown is no longer "now"


class Order(StrEnum):
    """How topics are sorted. Sentences: hot.order.<order>."""

    PLACE = "place"
    NEW = "new"
    RISING = "rising"
    RELEVANT = "relevant"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A topic on one list. `item` is its newest best row there, `looks` its sightings, oldest first.

    `polls` are the times at which the list was looked at, so that a gap can be told from absence;
    empty for feeds. `stale` says that the list itself was not seen lately.
    """

    trend: PlatformTrend
    item: HotItem
    looks: tuple[Look, ...]
    polls: tuple[datetime, ...] = ()
    stale: bool = False

    @property
    def source(self) -> str:
        """The list's id."""
        return self.trend.source

    @property
    def listed(self) -> bool:
        """Whether the newest look at the list saw the topic."""
        return self.trend.kind is not TrendKind.GONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """An earlier post on a topic: the account's own, or a followed account's."""

    account: str
    title: str
    url: str = ""
    published_at: datetime | None = None
    own: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """A forecast: `what` (still_listed, reaches_top) within `hours`, `chance` 0..1 on `source`.

    `basis` is the sentence key (topics.forecast.…) of what it rests on, with `params`; `auc` is
    how well the model orders unseen topics, 0..1, measured on hours up to `until`. `own_rows` is how
    many rows of the user's own last days the odds follow, 0 for none.
    """

    what: str
    hours: int
    chance: float
    source: str
    auc: float
    basis: str = "basis"
    params: Mapping[str, object] = field(default_factory=dict)
    until: datetime | None = None
    own_rows: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NoChance:
    """Why there is no forecast: not_measured, stale, few_looks, with the sentence's params."""

    reason: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resembled:
    """A post of the account that a topic resembles; `ratio` to its usual figure, None if unknown."""

    title: str
    url: str = ""
    ratio: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Closeness:
    """How close a topic is to an account's own best posts: a sentence key and a value 0..1.

    `nearest` are the posts that it resembles, the most alike first.
    """

    kind: str
    value: float
    words: tuple[str, ...] = ()
    nearest: tuple[Resembled, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicView:
    """One event: everything a page or a report says about it.

    `places` come listed ones first, the best ranked at the top. `titles` are all its titles, first
    seen first. `weight` orders topics and is never shown: it adds places, not heats. `groups` are
    the names of the subscriptions it matches. `new` is whether it was first seen after the last
    visit.
    """

    id: str
    title: str
    titles: tuple[str, ...]
    places: tuple[Place, ...]
    trend: Trend
    weight: float
    keywords: tuple[str, ...] = ()
    category: str = ""
    description: str = ""
    new: bool = False
    chances: tuple[Chance, ...] = ()
    no_chance: NoChance | None = None
    closeness: Closeness | None = None
    written: tuple[Written, ...] = ()
    groups: tuple[str, ...] = ()

    @property
    def listed(self) -> tuple[Place, ...]:
        """The lists that show it now."""
        return tuple(place for place in self.places if place.listed)

    @property
    def leading(self) -> Place:
        """The best place that goes the way the topic goes as a whole: what its trend rests on."""
        shown = self.listed or self.places
        alike = (place for place in shown if place.trend.kind is self.trend.kind)
        return next(alike, shown[0])

    @property
    def url(self) -> str:
        """The address of its best row that has one, "" without any."""
        return next((place.item.url for place in self.places if place.item.url), "")

    @property
    def sources(self) -> tuple[str, ...]:
        """The lists that show it now, or that showed it last."""
        return tuple(place.source for place in self.listed or self.places)

    @property
    def mine(self) -> bool:
        """Whether the account wrote about it already."""
        return any(one.own for one in self.written)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which topics are asked for. Empty means those on the lists now.

    `since` asks for topics first seen then or later, `within` for those seen in that last stretch
    before the board's moment; both include topics that are off the lists again.
    `sources` are ids of lists or of platforms. `mine` asks for topics of any subscription, `group`
    for those of one. `limit` 0 is no limit.
    """

    sources: frozenset[str] = frozenset()
    category: str = ""
    group: str = ""
    mine: bool = False
    words: str = ""
    since: datetime | None = None
    within: timedelta | None = None
    only_new: bool = False
    hide_written: bool = False
    order: Order = Order.PLACE
    limit: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The topics as of `moment`: now, or where nothing newer was seen, when a list was last seen.

    `total` is the number of topics on the lists before filtering. `since_visit` is when the visit
    before this one ended. `sources` are all sources by id. `zone` is
    the one that times are shown in.
    """

    now: datetime
    moment: datetime | None
    topics: tuple[TopicView, ...]
    total: int
    since_visit: datetime | None
    categories: tuple[str, ...]
    platforms: tuple[str, ...]
    groups: tuple[str, ...]
    sources: Mapping[str, Source]
    profiles: Mapping[str, Platform]
    account: str = ""
    zone: tzinfo = CHINA

    def name(self, source: str, language: Language) -> str:
        """What a list is called; a pasted list is called after its platform."""
        if source in self.sources:
            return self.sources[source].name(language)
        profile = self.profiles.get(source)
        return source if profile is None else profile.name(language)

    @property
    def age(self) -> timedelta | None:
        """How long ago a list was last seen, None where none ever was."""
        return None if self.moment is None else self.now - self.moment

    @property
    def stale(self) -> bool:
        """Whether what is shown is no longer "now"."""
        return self.age is not None and self.age > STALE
