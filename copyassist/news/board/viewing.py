"""Makes views of topics from the window: places, trend, weight, keywords."""

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from copyassist.keywords import Extractor, build_extractor
from copyassist.keywords.known import learn_names
from copyassist.news.board.views import Place, TopicView, Wanted
from copyassist.news.board.window import TopicFacts, Window, is_recent
from copyassist.news.sources.source import DEFAULT_INTERVAL, Source
from copyassist.news.topics.trend import HeatScale, Trend
from copyassist.once import Once
from copyassist.text import parse
from copyassist.types import Draft

KEYWORDS = 5
LEAST_CHANCE = 0.15  # of a keyword that is shown
MOST_TITLES = 3  # others of a topic that its keywords are drawn from
UNRANKED = 0.2  # what a place without a rank weighs, against 1 for the first place
STALE_SHARE = 0.2  # of a place's weight is left on a list that was not seen lately
LEAST_STALE = timedelta(hours=1)


class ViewMaker:
    """Views of one state of the topics, each made once. `moment` is what "now" means in them."""

    def __init__(
        self,
        window: Window,
        topics: Mapping[str, TopicFacts],
        scales: Mapping[str, HeatScale],
        feeds: frozenset[str],
        sources: Mapping[str, Source],
    ) -> None:
        self.topics = topics
        self.moment = window.newest or datetime.min.replace(tzinfo=UTC)
        self._window = window
        self._scales = scales
        self._feeds = feeds
        self._sources = sources
        self._trends: dict[str, Trend] = {}
        self._keywords: dict[str, tuple[str, ...]] = {}
        self._extractor = Once(self._build_extractor)

    def views(self, wanted: Wanted) -> Iterator[TopicView]:
        """The topics on the lists now, or those that appeared or were seen since a moment."""
        for id, topic in self.topics.items():
            if wanted.since is not None:
                shown = topic.first_seen >= wanted.since
            elif wanted.within is not None:
                shown = topic.last_seen >= self.moment - wanted.within
            else:
                shown = self._window.lists(topic, self._feeds)
                shown = shown and is_recent(topic, self._feeds, self.moment)
            if shown:
                view = self.view(id)
                if view is not None:
                    yield view

    def view(self, id: str) -> TopicView | None:
        """The view of one topic, None for an id that the last 48 hours do not have."""
        topic = self.topics.get(id)
        if topic is None:
            return None
        trend = self._trend(topic)
        places = tuple(self._place(topic, one.source, trend) for one in trend.platforms)
        return TopicView(
            id=id,
            title=places[0].item.title,
            titles=topic.titles,
            places=places,
            trend=trend,
            weight=sum(map(self._weigh, places)),
            keywords=self._find_keywords(topic, places[0].item.title),
            category=topic.category,
            description=topic.description,
        )

    def related(self, id: str) -> list[tuple[TopicView, float]]:
        """Other topics of the same theme with a strength 0..1, strongest first."""
        found = [
            (self.view(other), strength) for other, strength in self._window.merger.find_related(id)
        ]
        return [(view, strength) for view, strength in found if view is not None]

    def _trend(self, topic: TopicFacts) -> Trend:
        found = self._trends.get(topic.id)
        if found is None:
            found = self._window.measure_trend(topic, self._scales, self._feeds)
            self._trends[topic.id] = found
        return found

    def _place(self, topic: TopicFacts, source: str, trend: Trend) -> Place:
        polls = () if source in self._feeds else tuple(self._window.polls.get(source, ()))
        return Place(
            trend=next(one for one in trend.platforms if one.source == source),
            item=topic.items[source],
            looks=tuple(topic.looks[source]),
            polls=polls,
            stale=self._is_stale(source),
        )

    def _is_stale(self, source: str) -> bool:
        """As SourceHealth.is_stale, at the moment that is shown."""
        times = self._window.polls.get(source)
        known = self._sources.get(source)
        interval = known.interval if known else DEFAULT_INTERVAL
        return not times or self.moment - times[-1] > max(3 * interval, LEAST_STALE)

    def _weigh(self, place: Place) -> float:
        if not place.listed:
            return 0.0
        rank = place.trend.rank
        weight = UNRANKED if rank is None else 1 / math.log2(rank + 1)
        return weight * (STALE_SHARE if place.stale else 1.0)

    def _build_extractor(self) -> Extractor:
        """One that knows the names that several topics share."""
        titles = [title for topic in self.topics.values() for title in topic.titles]
        return build_extractor(dict.fromkeys(learn_names(titles), "hot"))

    def _find_keywords(self, topic: TopicFacts, title: str) -> tuple[str, ...]:
        """What the shown title is about; its other titles and its description say what matters."""
        found = self._keywords.get(topic.id)
        if found is None:
            others = [other for other in topic.titles if other != title][:MOST_TITLES]
            body = "\n".join([*others, topic.description])
            parsed = parse(Draft(title=title, body=body, platform=""))
            keywords = self._extractor.get().extract(parsed, 2 * KEYWORDS)
            named = [one.text for one in keywords if (one.chance or 0) >= LEAST_CHANCE] or [
                one.text for one in keywords[:1]
            ]
            found = tuple(_without_overlaps(named)[:KEYWORDS])
            self._keywords[topic.id] = found
        return found


def _without_overlaps(words: Sequence[str]) -> list[str]:
    """The words without those that contain an earlier one, or are contained in it."""
    kept: list[str] = []
    for word in words:
        if not any(word in other or other in word for other in kept):
            kept.append(word)
    return kept
