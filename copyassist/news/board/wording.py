"""Topics in words: where they stand, where they are heading, and what that rests on.

Plain text everywhere; whoever shows it as HTML or Markdown escapes it.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta, tzinfo

from copyassist.i18n import Language, say, say_age, say_moment
from copyassist.news.board.views import Board, Chance, Place, Resembled, TopicView, Written
from copyassist.news.topics.forecast import describe_odds
from copyassist.news.topics.trend import Trend, TrendKind
from copyassist.reading.zones import CHINA

# A shape beside the word, so that colour is never the only sign.
SIGNS = {
    TrendKind.NEW: "✦",
    TrendKind.RISING: "↑",
    TrendKind.STEADY: "→",
    TrendKind.FALLING: "↓",
    TrendKind.BACK: "↻",
    TrendKind.GONE: "–",
}


def say_trend(language: Language, trend: Trend) -> str:
    """Where a topic is heading, with its sign."""
    return f"{SIGNS[trend.kind]} {say(language, f'topics.trend.{trend.kind}')}"


def say_basis(language: Language, trend: Trend) -> str:
    """How many observations a trend rests on."""
    if trend.observations == 1:
        return say(language, "topics.trend.basis_one")
    return say(language, "topics.trend.basis", observations=trend.observations)


def say_place(language: Language, board: Board, place: Place) -> str:
    """A list and the rank on it: "Weibo #3", with what happened there, and when where that is long ago."""
    said = _say_rank(language, board, place)
    if not (place.stale and place.listed):
        return said
    age = say_age(language, board.now - place.trend.last_seen)
    return say(language, "hot.place.as_of", place=said, age=age)


def _say_rank(language: Language, board: Board, place: Place) -> str:
    name, trend = board.name(place.source, language), place.trend
    if not place.listed:
        if trend.best_rank is None:
            return say(language, "hot.place.left", list=name)
        return say(language, "topics.trend.left", platform=name, rank=trend.best_rank)
    if trend.rank is None:
        key = "hot.place.pinned" if place.item.pinned else "hot.place.listed"
        return say(language, key, list=name)
    return say(language, "hot.place.rank", list=name, rank=trend.rank)


def say_move(language: Language, board: Board, place: Place) -> str:
    """How a topic rose or fell on a list, "" where it did neither."""
    trend, name = place.trend, board.name(place.source, language)
    if trend.kind not in (TrendKind.RISING, TrendKind.FALLING):
        return ""
    if trend.compared_with is None or not trend.rank_change or trend.rank is None:
        return ""
    hours = say_hours(trend.last_seen - trend.compared_with)
    key = "moved_up" if trend.rank_change > 0 else "moved_down"
    return say(
        language,
        f"topics.trend.{key}",
        platform=name,
        hours=hours,
        places=abs(trend.rank_change),
        rank=trend.rank,
    )


def say_heat(language: Language, place: Place) -> str:
    """The heat against the list's own, "" where it is unknown."""
    share = place.trend.heat_percentile
    return "" if share is None else say(language, "topics.trend.heat", share=round(100 * share))


def say_chance(language: Language, chance: Chance) -> str:
    """A forecast in one sentence."""
    key, params = describe_odds(chance.chance)
    odds = say(language, key, **params)
    return say(language, f"topics.forecast.{chance.what}", hours=chance.hours, odds=odds)


def say_chance_basis(language: Language, board: Board, chances: Sequence[Chance]) -> str:
    """What forecasts rest on: the observations, and how well each does on which list."""
    chance = chances[0]
    first = say(language, f"topics.forecast.{chance.basis}", **chance.params)
    each = f"%{say(language, 'hot.comma')}".join(str(round(100 * one.auc)) for one in chances)
    name = board.name(chance.source, language)
    until = f"{chance.until:%Y-%m}" if chance.until else "—"
    said = say(
        language,
        "hot.join",
        one=first,
        two=say(language, "topics.forecast.measured", list=name, auc=each, until=until),
    )
    if not chance.own_rows:
        return said
    own = say(language, "topics.forecast.own", rows=chance.own_rows)
    return say(language, "hot.join", one=said, two=own)


def say_no_chance(language: Language, view: TopicView) -> str:
    """Why there is no forecast, "" where there is one."""
    none = view.no_chance
    return say(language, f"topics.forecast.{none.reason}", **none.params) if none else ""


def say_written(language: Language, written: Written, zone: tzinfo = CHINA) -> str:
    """Who wrote about it, and when."""
    if not written.own:
        return say(
            language, "topics.relevance.covered", account=written.account, title=written.title
        )
    if written.published_at is None:
        return say(language, "topics.relevance.written_undated", title=written.title)
    day = written.published_at.astimezone(zone).strftime("%Y-%m-%d")
    return say(language, "topics.relevance.written", date=day, title=written.title)


def say_closeness(language: Language, view: TopicView) -> str:
    """How close a topic is to the account's best posts, and by which words; "" without a judge."""
    close = view.closeness
    if close is None:
        return ""
    said = say(language, f"topics.relevance.{close.kind}")
    if close.words:
        words = say(language, "topics.relevance.words", words=say_list(language, close.words))
        said = say(language, "hot.join", one=said, two=words)
    if close.kind != "far" and close.nearest:
        said = say(language, "hot.join", one=said, two=say_resembled(language, close.nearest[0]))
    return said


def say_resembled(language: Language, one: Resembled) -> str:
    """The post that a topic resembles most, and how that one did."""
    if one.ratio is None:
        return say(language, "topics.relevance.like", title=one.title)
    times = f"{one.ratio:.1f}".removesuffix(".0")
    return say(language, "topics.relevance.like_did", title=one.title, times=times)


def say_list(language: Language, names: tuple[str, ...]) -> str:
    """Names one after another."""
    return say(language, "hot.comma").join(names)


def say_hours(length: timedelta) -> str:
    """A length of time in hours, one decimal where it matters."""
    hours = length / timedelta(hours=1)
    return f"{hours:.1f}".removesuffix(".0")


def say_stale(language: Language, board: Board) -> str:
    """That nothing newer was seen, since when, and what to do; "" while the board is fresh."""
    if not board.stale or board.moment is None or board.age is None:
        return ""
    age = say_age(language, board.age)
    return say(language, "hot.stale", moment=say_moment(board.moment, board.zone), age=age)


def find_lines(language: Language, board: Board, view: TopicView) -> Iterator[str]:
    """Everything about a topic, a line each, the most useful first."""
    places = (say_place(language, board, place) for place in view.listed or view.places)
    yield " · ".join(places)
    trend = say_trend(language, view.trend)
    said = [trend, say_basis(language, view.trend), say_move(language, board, view.leading)]
    yield " · ".join(filter(None, said))
    if view.chances:
        yield " · ".join(say_chance(language, chance) for chance in view.chances)
        yield say_chance_basis(language, board, view.chances)
    if closeness := say_closeness(language, view):
        yield closeness
    for written in view.written:
        yield say_written(language, written, board.zone)
    if view.keywords:
        yield say(language, "hot.keywords", words=say_list(language, view.keywords))
    if view.groups:
        yield say(language, "hot.groups", names=say_list(language, view.groups))
