"""Which topics of the board are shown, and in what order."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from copyassist.news.board.views import Order, TopicView, Wanted
from copyassist.news.sources.source import Source
from copyassist.news.topics.trend import TrendKind

_RISING_FIRST = (TrendKind.RISING, TrendKind.NEW, TrendKind.BACK, TrendKind.STEADY)


def sort_topics(views: Sequence[TopicView], order: Order) -> list[TopicView]:
    """The topics in the order asked for; equal ones by their places on the lists."""
    placed = sorted(views, key=lambda view: (-view.weight, view.id))
    match order:
        case Order.NEW:
            return sorted(placed, key=lambda view: view.trend.first_seen, reverse=True)
        case Order.RISING:
            return sorted(placed, key=lambda view: _rank_trend(view.trend.kind))
        case Order.RELEVANT:
            return sorted(placed, key=lambda view: -(view.closeness.value if view.closeness else 0))
        case _:
            return placed


def _rank_trend(kind: TrendKind) -> int:
    return _RISING_FIRST.index(kind) if kind in _RISING_FIRST else len(_RISING_FIRST)


def is_new(view: TopicView, previous: datetime | None) -> bool:
    """Whether a topic was first seen after the last visit."""
    return previous is not None and view.trend.first_seen > previous


def is_wanted(view: TopicView, wanted: Wanted, sources: Mapping[str, Source]) -> bool:
    """Whether a topic is among those that the user asked for."""
    if wanted.only_new and not view.new:
        return False
    if wanted.hide_written and view.mine:
        return False
    if wanted.category and view.category != wanted.category:
        return False
    if wanted.group and wanted.group not in view.groups:
        return False
    if wanted.mine and not view.groups:
        return False
    if wanted.words and not any(wanted.words.casefold() in t.casefold() for t in view.titles):
        return False
    return not wanted.sources or any(
        {source, sources[source].platform if source in sources else source} & wanted.sources
        for source in view.sources
    )


def count_names(names: Iterable[str]) -> tuple[str, ...]:
    """The names that occur, the most frequent first."""
    counts: dict[str, int] = {}
    for name in names:
        if name:
            counts[name] = counts.get(name, 0) + 1
    return tuple(sorted(counts, key=lambda name: (-counts[name], name)))
