"""The chart of a topic's ranks over time, a line a list."""

from itertools import pairwise

import altair as alt
import pandas as pd

from copyassist.i18n import say_moment
from copyassist.news.board.views import Board, Place, TopicView
from copyassist.ui.kit.charts import COLOURS, dress, scheme
from copyassist.ui.kit.grid import disarm_rows
from copyassist.ui.kit.session import language
from copyassist.ui.news.sentences import words

# Told apart by shape as well as by colour; readable on light and on dark.
TONES = ["#3f8f7d", "#c9762f", "#5b8fc7", "#a46bb0", "#c05a63", "#8c9440", "#5aa7b8", "#927355"]
SHAPES = ["circle", "square", "triangle-up", "diamond", "cross", "triangle-down"]
TICKS = [1, 2, 3, 5, 10, 20, 30, 50, 100]


def chart_history(board: Board, view: TopicView) -> alt.LayerChart | None:
    """Ranks by time, the first place at the top; a line breaks where the list did not have it."""
    rows = [row for place in view.places for row in _find_rows(board, place)]
    if not rows:
        return None
    tone = COLOURS[scheme()]
    base = alt.Chart(disarm_rows(pd.DataFrame(rows))).encode(
        x=alt.X(
            "at:T", title=None, axis=alt.Axis(format="%m-%d %H:%M", labelOverlap=True, tickCount=6)
        ),
        y=alt.Y(
            "rank:Q",
            title=words("topic.column.rank"),
            scale=alt.Scale(type="log", reverse=True, nice=False, domain=[0.9, _lowest(rows)]),
            axis=alt.Axis(values=TICKS),
        ),
        color=alt.Color("list:N", scale=alt.Scale(range=TONES), legend=_legend()),
    )
    lines = base.mark_line(strokeWidth=2).encode(detail="run:N")
    points = base.mark_point(size=42, filled=True).encode(
        shape=alt.Shape("list:N", scale=alt.Scale(range=SHAPES), legend=_legend()),
        tooltip=[
            alt.Tooltip("list:N", title=words("topic.column.list")),
            alt.Tooltip("time:N", title=words("topic.column.time")),
            alt.Tooltip("rank:Q", title=words("topic.column.rank")),
            alt.Tooltip("heat:N", title=words("topic.column.heat")),
        ],
    )
    chart = dress(alt.layer(lines, points).properties(height=280), tone)
    legible: alt.LayerChart = chart.configure_legend(labelColor=tone["text"], labelFontSize=12)
    return legible


def _legend() -> alt.Legend:
    return alt.Legend(title=None, orient="top", columns=2)


def _lowest(rows: list[dict[str, object]]) -> int:
    return max(12, *(int(str(row["rank"])) for row in rows)) + 1


def _find_rows(board: Board, place: Place) -> list[dict[str, object]]:
    name = board.name(place.source, language())
    runs = _number_runs(place)
    return [
        {
            # As the zone's clock shows it: a browser takes a time without zone for its own.
            "at": look.at.astimezone(board.zone).replace(tzinfo=None),
            "time": say_moment(look.at, board.zone),
            "rank": look.rank,
            "list": name,
            "run": f"{name} {run}",
            "heat": "—" if look.heat is None else f"{look.heat:,.0f}",
        }
        for look, run in zip(place.looks, runs, strict=True)
        if look.rank is not None
    ]


def _number_runs(place: Place) -> list[int]:
    """The number of the run that each look belongs to: a look without the topic ends a run."""
    runs = [0]
    for before, after in pairwise(place.looks):
        missed = any(before.at < poll < after.at for poll in place.polls)
        runs.append(runs[-1] + missed)
    return runs
