"""The charts of an account's posts: against the usual, and what the score said of them."""

import json
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

import altair as alt
import pandas as pd

from copyassist.desk.scoring.results import Bin
from copyassist.i18n import Language, find_sentence, say
from copyassist.types import RatedPost
from copyassist.ui.kit.charts import (
    COLOURS,
    ROWS,
    Scheme,
    dress,
    one_place,
    scheme,
    show_chart,
    tooltips,
)
from copyassist.ui.kit.session import language
from copyassist.ui.kit.wording import say_against_usual, say_day, say_ordinary

MARKS = 14  # months that fit beside each other
STEPS = (1, 3, 6, 12, 24, 60)
RATIO_TICKS = [0.01, 0.03, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 100]
SHAPES = ["circle", "triangle-up"]  # final figures, figures still growing


def show_posts_chart(rated: Sequence[RatedPost], metric: str) -> None:
    """Each post against the usual of its time: dots on a log scale around the line of 1."""
    shown = [r for r in rated if r.ratio is not None and r.ratio > 0 and r.post.published_at]
    rows = pd.DataFrame(
        {
            "day": [r.post.published_at for r in shown],
            "ratio": [r.ratio for r in shown],
            "title": [r.post.title for r in shown],
            "against": [say_against_usual(r) for r in shown],
            "ordinary": [say_ordinary(r) or "—" for r in shown],
            "date": [say_day(r.post.published_at) for r in shown],
            "mature": [r.mature for r in shown],
        }
    )
    days = [r.post.published_at for r in shown if r.post.published_at]
    months = find_months(min(days), max(days)) if days else 1
    show_chart(_draw_posts(metric, months, scheme(), language()), rows, "posts.chart_title")


def find_months(first: datetime, last: datetime) -> int:
    """How many months lie between two marks of the time axis, so that each is named once."""
    span = 12 * (last.year - first.year) + last.month - first.month + 1
    return next((step for step in STEPS if span <= step * MARKS), STEPS[-1])


@lru_cache(maxsize=64)
def _draw_posts(metric: str, months: int, theme: Scheme, language: Language) -> str:
    tone = COLOURS[theme]
    usual = (
        one_place(1)
        .mark_rule(color=tone["up"], strokeDash=[5, 4], strokeWidth=1.5)
        .encode(y="at:Q")
    )
    named = find_sentence(language, f"metrics.{metric}") or metric
    dots = (
        alt.Chart(alt.NamedData(ROWS))
        .mark_point(size=46, filled=True, opacity=0.75, color=tone["dot"])
        .encode(
            x=alt.X("day:T", title=None, axis=_month_axis(months)),
            y=alt.Y(
                "ratio:Q",
                title=say(language, "ui.chart.ratio", metric=named),
                scale=alt.Scale(type="log"),
                axis=alt.Axis(values=RATIO_TICKS, labelExpr="datum.value + '×'"),
            ),
            shape=alt.Shape(
                "mature:N", legend=None, scale=alt.Scale(domain=[True, False], range=SHAPES)
            ),
            tooltip=tooltips(
                language,
                ("title", "posts.column.title"),
                ("date", "posts.column.day"),
                ("against", "posts.column.against"),
                ("ordinary", "posts.column.ordinary"),
            ),
        )
    )
    return json.dumps(dress(alt.layer(usual, dots).properties(height=320), tone).to_dict())


def _month_axis(months: int) -> alt.Axis:
    count = alt.TimeIntervalStep(interval="month", step=months)
    return alt.Axis(format="%Y-%m", tickCount=count, labelOverlap=True)


def show_calibration(bins: Sequence[Bin]) -> None:
    """What the score said against what happened; on the dashed line both are the same."""
    rows = pd.DataFrame(
        {
            "stated": [one.stated for one in bins],
            "observed": [one.observed for one in bins],
            "posts": [one.posts for one in bins],
        }
    )
    show_chart(_draw_calibration(scheme(), language()), rows, "record.calibration_alt")


@lru_cache(maxsize=8)
def _draw_calibration(theme: Scheme, language: Language) -> str:
    tone = COLOURS[theme]
    whole = alt.Scale(domain=[0, 1])
    axis = alt.Axis(format=".0%", values=[0, 0.25, 0.5, 0.75, 1])
    ideal = (
        alt.Chart(alt.InlineData(values=[{"at": 0}, {"at": 1}]))
        .mark_line(color=tone["up"], strokeDash=[5, 4], strokeWidth=1.5)
        .encode(x=alt.X("at:Q", scale=whole), y=alt.Y("at:Q", scale=whole))
    )
    dots = (
        alt.Chart(alt.NamedData(ROWS))
        .mark_point(size=90, filled=True, color=tone["dot"])
        .encode(
            x=alt.X(
                "stated:Q", scale=whole, axis=axis, title=say(language, "evaluate.stated_axis")
            ),
            y=alt.Y(
                "observed:Q", scale=whole, axis=axis, title=say(language, "evaluate.share_axis")
            ),
            tooltip=[
                alt.Tooltip("stated:Q", format=".0%", title=say(language, "results.bin.stated")),
                alt.Tooltip("observed:Q", format=".0%", title=say(language, "results.bin.real")),
                alt.Tooltip("posts:Q", title=say(language, "results.bin.posts")),
            ],
        )
    )
    return json.dumps(dress(alt.layer(ideal, dots).properties(height=280), tone).to_dict())
