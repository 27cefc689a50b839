"""The board as JSON and CSV: what other programs may rely on.

The JSON's schema is `assets/hot.schema.json`. Fields are added within a version; a field that
changes its meaning or goes away makes a new one.
"""

import csv
import io
from datetime import datetime
from typing import Any

from copyassist.cells import disarm, show_cell
from copyassist.i18n import Language, say
from copyassist.news.board.views import Board, Chance, Place, TopicView, Written
from copyassist.news.board.wording import say_chance, say_place

SCHEMA = "copyassist.hot/1"
COLUMNS = (
    "title", "lists", "best_rank", "trend", "observations", "forecast", "category", "keywords",
    "first_seen", "last_seen", "closeness", "written", "groups", "url", "id",
)  # fmt: skip
Json = dict[str, Any]


def board_to_json(board: Board, language: Language) -> Json:
    """The document that `copyassist hot --format json` prints. Unknown is null; times are UTC."""
    return {
        "schema": SCHEMA,
        "language": language,
        "now": _time(board.now),
        "moment": _time(board.moment),
        "stale": board.stale,
        "account": board.account or None,
        "since_visit": _time(board.since_visit),
        "total": board.total,
        "topics": [topic_to_json(board, view, language) for view in board.topics],
    }


def topic_to_json(board: Board, view: TopicView, language: Language) -> Json:
    """One topic."""
    return {
        "id": view.id,
        "title": view.title,
        "titles": list(view.titles),
        "url": view.url or None,
        "category": view.category or None,
        "description": view.description or None,
        "keywords": list(view.keywords),
        "groups": list(view.groups),
        "new": view.new,
        "trend": {
            "kind": view.trend.kind.value,
            "observations": view.trend.observations,
            "first_seen": _time(view.trend.first_seen),
            "last_seen": _time(view.trend.last_seen),
        },
        "places": [_place(board, place, language) for place in view.places],
        "forecast": [_chance(chance) for chance in view.chances],
        "no_forecast": view.no_chance.reason if view.no_chance else None,
        "closeness": None
        if view.closeness is None
        else {
            "kind": view.closeness.kind,
            "value": view.closeness.value,
            "words": list(view.closeness.words),
            "nearest": [
                {"title": one.title, "url": one.url or None, "ratio": one.ratio}
                for one in view.closeness.nearest
            ],
        },
        "written": [_written(one) for one in view.written],
    }


def _place(board: Board, place: Place, language: Language) -> Json:
    trend = place.trend
    return {
        "list": place.source,
        "name": board.name(place.source, language),
        "listed": place.listed,
        "stale": place.stale,
        "title": place.item.title,
        "url": place.item.url or None,
        "rank": trend.rank,
        "best_rank": trend.best_rank,
        "pinned": place.item.pinned,
        "heat": place.item.heat,
        "heat_share": trend.heat_percentile,
        "label": place.item.label or None,
        "trend": trend.kind.value,
        "observations": trend.observations,
        "rank_change": trend.rank_change,
        "compared_with": _time(trend.compared_with),
        "first_seen": _time(trend.first_seen),
        "last_seen": _time(trend.last_seen),
    }


def _chance(chance: Chance) -> Json:
    return {
        "what": chance.what,
        "hours": chance.hours,
        "chance": chance.chance,
        "list": chance.source,
        "auc": chance.auc,
        "until": _time(chance.until) if chance.until else None,
        "own_rows": chance.own_rows,
    }


def _written(one: Written) -> Json:
    return {
        "account": one.account,
        "own": one.own,
        "title": one.title,
        "url": one.url or None,
        "published_at": _time(one.published_at),
    }


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def board_to_csv(board: Board, language: Language) -> str:
    """A table with a row a topic. Cells that a spreadsheet would take for a formula are disarmed."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([say(language, f"hot.column.{name}") for name in COLUMNS])
    for view in board.topics:
        cells = _cells(board, view, language)
        writer.writerow([disarm(show_cell(cells[name])) for name in COLUMNS])
    return text.getvalue()


def _cells(board: Board, view: TopicView, language: Language) -> dict[str, object]:
    comma = say(language, "hot.comma")
    ranks = [place.trend.rank for place in view.listed if place.trend.rank is not None]
    return {
        "title": view.title,
        "lists": comma.join(say_place(language, board, p) for p in view.listed or view.places),
        "best_rank": min(ranks, default=None),
        "trend": say(language, f"topics.trend.{view.trend.kind}"),
        "observations": view.trend.observations,
        "forecast": comma.join(say_chance(language, chance) for chance in view.chances),
        "category": view.category,
        "keywords": comma.join(view.keywords),
        "first_seen": _time(view.trend.first_seen),
        "last_seen": _time(view.trend.last_seen),
        "closeness": None if view.closeness is None else round(view.closeness.value, 3),
        "written": comma.join(one.title for one in view.written),
        "groups": comma.join(view.groups),
        "url": view.url,
        "id": view.id,
    }
