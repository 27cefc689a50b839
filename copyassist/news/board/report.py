"""The daily report: Markdown to paste anywhere, and HTML in one file with its charts inside."""

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from copyassist.i18n import Language, say, say_moment
from copyassist.news.board.charts import draw_bars, draw_spark
from copyassist.news.board.views import Board, TopicView
from copyassist.news.board.wording import find_lines, say_place, say_stale, say_trend
from copyassist.news.topics.trend import TrendKind
from copyassist.resources import find_asset

_MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$&^=:])")
_LINK = re.compile(r"(?i)^https?://[^\s<>\"'`()\[\]\\]+$")
_BREAKS = re.compile(r"[\s\u2028\u2029\v\f]+")

Section = tuple[str, Sequence[TopicView]]


def find_sections(board: Board, most: int) -> list[Section]:
    """The report's parts as (sentence key, topics), each topic once; empty parts are left out.

    The writer's own come first: topics of subscriptions, then the ones on several lists, rising,
    new, and the rest by their places.
    """
    taken: set[str] = set()
    sections: list[Section] = []
    lists = [view for view in board.topics if view.trend.kind is not TrendKind.GONE]
    parts = {
        "mine": [view for view in lists if view.groups],
        "several": [view for view in lists if len(view.listed) > 1],
        "rising": [view for view in lists if view.trend.kind is TrendKind.RISING],
        "new": [view for view in lists if view.trend.kind is TrendKind.NEW],
        "rest": lists,
        "gone": [view for view in board.topics if view.trend.kind is TrendKind.GONE],
    }
    for key, views in parts.items():
        left = [view for view in views if view.id not in taken][:most]
        taken |= {view.id for view in left}
        if left:
            sections.append((f"hot.report.{key}", left))
    return sections


# --- Markdown ------------------------------------------------------------------------------------


def report_to_markdown(board: Board, language: Language, most: int = 20) -> str:
    """The report as Markdown. Titles are escaped: none of them can be more than text or a link."""
    lines = [f"# {say(language, 'hot.report.title', moment=_moment(board))}", ""]
    if stale := say_stale(language, board):
        lines += [f"> **{as_markdown(stale)}**", ""]
    lines += [as_markdown(_sum_up(board, language)), ""]
    for key, views in find_sections(board, most):
        lines += [f"## {say(language, key)}", ""]
        for number, view in enumerate(views, 1):
            lines += _topic_lines(board, view, language, number)
        lines.append("")
    return "\n".join([*lines, as_markdown(say(language, "hot.report.foot")), ""])


def _topic_lines(board: Board, view: TopicView, language: Language, number: int) -> Iterator[str]:
    title = as_markdown(view.title)
    linked = f"[{title}]({view.url})" if _LINK.match(view.url) else title
    category = f" · {as_markdown(view.category)}" if view.category else ""
    yield f"{number}. **{linked}**{category}"
    for line in find_lines(language, board, view):
        yield f"   - {as_markdown(line)}"


def as_markdown(text: str) -> str:
    """The text on one line of Markdown, shown literally."""
    return _MARKS.sub(r"\\\1", _BREAKS.sub(" ", text)).strip()


# --- HTML ----------------------------------------------------------------------------------------


def report_to_html(board: Board, language: Language, most: int = 20) -> str:
    """The report as one HTML file: style and charts inside, no script, nothing from elsewhere."""
    title = html.escape(say(language, "hot.report.title", moment=_moment(board)))
    stale = say_stale(language, board)
    warning = f'<p class="stale" role="alert">{html.escape(stale)}</p>' if stale else ""
    style = find_asset("ui", "hot_report.css").read_text("utf-8")
    parts = "".join(
        f"<section><h2>{html.escape(say(language, key))}</h2>"
        f"<ol>{''.join(_topic_html(board, view, language) for view in views)}</ol></section>"
        for key, views in find_sections(board, most)
    )
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'\">"
        f"<title>{title}</title><style>{style}</style></head><body><main><h1>{title}</h1>{warning}"
        f"<p>{html.escape(_sum_up(board, language))}</p>{_charts(board, language)}{parts}"
        f"<footer>{html.escape(say(language, 'hot.report.foot'))}</footer></main></body></html>\n"
    )


def _topic_html(board: Board, view: TopicView, language: Language) -> str:
    title = html.escape(view.title)
    if _LINK.match(view.url):
        title = f'<a href="{html.escape(view.url)}" rel="noreferrer noopener">{title}</a>'
    category = f"<small>{html.escape(view.category)}</small>" if view.category else ""
    lines = "".join(f"<li>{html.escape(line)}</li>" for line in find_lines(language, board, view))
    place = view.leading
    said = html.escape(f"{say_place(language, board, place)} {say_trend(language, view.trend)}")
    spark = draw_spark(place, said)
    return (
        f'<li class="{view.trend.kind.value}"><div class="t"><b>{title}</b>{category}{spark}</div>'
        f"<ul>{lines}</ul></li>"
    )


def _charts(board: Board, language: Language) -> str:
    categories = Counter(view.category for view in board.topics if view.category)
    trends = Counter(view.trend.kind for view in board.topics)
    named = [(say(language, f"topics.trend.{kind}"), trends[kind]) for kind in TrendKind]
    charts = {"by_trend": named, "by_category": categories.most_common(10)}
    drawn = {
        key: draw_bars([(html.escape(name), count) for name, count in counts if count])
        for key, counts in charts.items()
    }
    return "".join(
        f"<figure><figcaption>{html.escape(say(language, f'hot.report.{key}'))}</figcaption>"
        f"{svg}</figure>"
        for key, svg in drawn.items()
        if svg
    )


def _moment(board: Board) -> str:
    return "—" if board.moment is None else say_moment(board.moment, board.zone)


def _sum_up(board: Board, language: Language) -> str:
    lists = {place.source for view in board.topics for place in view.listed}
    several = sum(len(view.listed) > 1 for view in board.topics)
    return say(
        language,
        "hot.report.summary",
        topics=len(board.topics),
        lists=len(lists),
        several=several,
    )


# --- text ----------------------------------------------------------------------------------------


def report_to_text(board: Board, language: Language) -> str:
    """The board as lines for a terminal. Control characters of titles are taken out."""
    return "".join(f"{_printable(line)}\n" for line in _find_text(board, language))


def _find_text(board: Board, language: Language) -> Iterator[str]:
    if board.moment is None:
        yield say(language, "hot.nothing")
        yield say(language, "hot.nothing_help")
        return
    if stale := say_stale(language, board):
        yield stale
    if not board.topics:
        yield say(language, "hot.no_match", total=board.total)
        return
    counts = {"total": board.total, "shown": len(board.topics)}
    yield say(language, "hot.head", moment=_moment(board), **counts)
    for number, view in enumerate(board.topics, 1):
        new = f"[{say(language, 'hot.new_mark')}] " if view.new else ""
        category = f"  ({view.category})" if view.category else ""
        yield f"{number:>3}. {new}{view.title}{category}"
        for line in find_lines(language, board, view):
            yield f"     {line}"


def _printable(line: str) -> str:
    return "".join(c if c.isprintable() else " " for c in line)
