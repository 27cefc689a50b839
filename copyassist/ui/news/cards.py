"""One topic of the list as HTML: places, trend, spark line, forecast, what it has to do with me."""

from collections.abc import Iterator

from copyassist.i18n import say, say_moment
from copyassist.news.board.charts import outline_spark
from copyassist.news.board.views import Board, Place, TopicView
from copyassist.news.board.wording import (
    SIGNS,
    say_basis,
    say_chance,
    say_chance_basis,
    say_closeness,
    say_heat,
    say_move,
    say_no_chance,
    say_place,
    say_written,
)
from copyassist.ui.kit.escape import as_html
from copyassist.ui.kit.session import language
from copyassist.ui.news.sentences import markup, words

MAX_PLACES = 6


def topic_html(board: Board, view: TopicView, *, full: bool = False) -> str:
    """The card's inside. Everything that came from a list is escaped.

    `full` also says why there is no forecast: once on the topic's page, not on every card.
    """
    parts = [_head(view), _places(board, view), _trend(board, view), *_lines(board, view)]
    if full and (reason := say_no_chance(language(), view)):
        parts.insert(3, f'<p class="d">{as_html(reason)}</p>')
    return f'<div class="ca-topic">{"".join(parts)}</div>'


def _head(view: TopicView) -> str:
    new = f'<span class="ca-tag ca-info">{markup("new")}</span>' if view.new else ""
    mine = f'<span class="ca-tag ca-none">{markup("written")}</span>' if view.mine else ""
    category = f"<small>{as_html(view.category)}</small>" if view.category else ""
    return f'<div class="head">{new}{mine}<b>{as_html(view.title)}</b>{category}</div>'


def _places(board: Board, view: TopicView) -> str:
    shown = view.listed or view.places
    chips = "".join(place_chip(board, place) for place in shown[:MAX_PLACES])
    more = len(shown) - MAX_PLACES
    rest = f'<span class="more">{markup("more_places", count=more)}</span>' if more > 0 else ""
    return f'<div class="ca-chips places">{chips}{rest}</div>'


def place_chip(board: Board, place: Place) -> str:
    """A list with the rank on it; a list that was not seen lately says so."""
    said = as_html(say_place(language(), board, place))
    label = f"<small>{as_html(place.item.label)}</small>" if place.item.label else ""
    stale = f'<b class="old">{markup("old")}</b>' if place.stale else ""
    kind = "t" if place.trend.rank is not None and place.trend.rank <= 10 else ""
    return f'<span class="{kind}">{said}{label}{stale}</span>'


def _trend(board: Board, view: TopicView) -> str:
    kind = view.trend.kind
    word = f"{SIGNS[kind]} {say(language(), f'topics.trend.{kind}')}"
    place = view.leading
    said = [say_basis(language(), view.trend), say_move(language(), board, place)]
    detail = " · ".join(as_html(one) for one in said if one)
    return (
        f'<div class="trend {kind.value}"><b>{as_html(word)}</b>{spark_html(board, place)}'
        f'<span class="d">{detail}</span></div>'
    )


def spark_html(board: Board, place: Place) -> str:
    """A spark line of the ranks on one list; nothing below two ranked looks."""
    shape = outline_spark(place)
    if not shape:
        return ""
    ranks = [str(look.rank) for look in place.looks if look.rank is not None][-8:]
    said = as_html(f"{board.name(place.source, language())} {' → '.join(ranks)}")
    return (
        f'<span class="spark" role="img" aria-label="{said}" title="{said}">'
        f'<i style="clip-path: {shape}"></i></span>'
    )


def _lines(board: Board, view: TopicView) -> Iterator[str]:
    if view.chances:
        odds = " · ".join(as_html(say_chance(language(), one)) for one in view.chances)
        basis = as_html(say_chance_basis(language(), board, view.chances))
        yield f'<p class="odds">{odds} <span class="d">{basis}</span></p>'
    said = [say_closeness(language(), view), *(say_written(language(), w) for w in view.written)]
    if view.groups:
        said.append(say(language(), "hot.groups", names="、".join(view.groups)))
    for one in filter(None, said):
        yield f'<p class="mine">{as_html(one)}</p>'
    if view.keywords:
        named = "".join(f"<span>{as_html(word)}</span>" for word in view.keywords)
        yield f'<div class="ca-chips words" aria-label="{words("keywords")}">{named}</div>'


def place_cells(board: Board, place: Place) -> list[str]:
    """A place as cells of a table: list, rank, trend, heat, since when."""
    kind = place.trend.kind
    word = as_html(f"{SIGNS[kind]} {say(language(), f'topics.trend.{kind}')}")
    stale = f' <b class="ca-old">{markup("old")}</b>' if place.stale else ""
    best = place.trend.best_rank
    return [
        as_html(board.name(place.source, language())) + stale,
        "—" if place.trend.rank is None else str(place.trend.rank),
        "—" if best is None else str(best),
        word,
        str(place.trend.observations),
        as_html(say_heat(language(), place) or "—"),
        as_html(say_moment(place.trend.first_seen, board.zone)),
    ]
