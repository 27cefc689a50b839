"""The charts, with their colours for the light and the dark theme."""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Literal, NamedTuple

import altair as alt
import pandas as pd
import streamlit as st

from copyassist.desk.scoring.results import Bin
from copyassist.i18n import Language, find_sentence, say
from copyassist.types import RatedPost
from copyassist.ui.kit.sentences import words
from copyassist.ui.kit.session import language
from copyassist.ui.kit.wording import say_against_usual, say_day, say_ordinary

FONT = "PingFang SC, HarmonyOS Sans SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif"
# text, quiet line, up, down, marks: readable on both backgrounds, and told apart by place or
# shape as well as by colour.
Scheme = Literal["light", "dark"]
Tone = Mapping[str, str]
COLOURS: Mapping[Scheme, Tone] = MappingProxyType(
    {
        "light": MappingProxyType(
            {
                "text": "#22262a",
                "line": "#dcd8cc",
                "up": "#0f6b5c",
                "down": "#b0601f",
                "dot": "#3f7f96",
            }
        ),
        "dark": MappingProxyType(
            {
                "text": "#e6e4df",
                "line": "#3a3f44",
                "up": "#45b39c",
                "down": "#e29a5c",
                "dot": "#7fb9cd",
            }
        ),
    }
)
ROWS = "rows"
RATIO_TICKS = [0.01, 0.03, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 100]
SHAPES = ["circle", "triangle-up"]  # final figures, figures still growing
ROW_HEIGHT = 34  # pixels: a name, and its bar below it


def scheme() -> Scheme:
    """The theme that the reader's browser shows."""
    return "dark" if st.context.theme.type == "dark" else "light"


class Reason(NamedTuple):
    """A reason's name, its points, and its evidence for the pointer that rests on it."""

    name: str
    points: float
    proof: str


def show_contributions(named: Sequence[Reason]) -> None:
    """Bars of points to the left and right of zero, each with its figure at its end."""
    reach = max(0.1, *(abs(one.points) for one in named))
    rows = pd.DataFrame(
        {
            "order": range(len(named)),
            "name": [one.name for one in named],
            "share": [one.points / reach for one in named],
            "figure": [f"{one.points:+.1f}" for one in named],
            "proof": [one.proof for one in named],
        }
    )
    _show(_draw_contributions(len(named), scheme(), language()), rows, "reasons.title")


def show_posts(rated: Sequence[RatedPost], metric: str) -> None:
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
    _show(_draw_posts(metric, scheme(), language()), rows, "posts.chart_title")


# Altair checks every part of a chart against its schema, which costs more than all else on the
# page: a chart is drawn once for each theme and language, and filled with data each time.


@lru_cache(maxsize=64)
def _draw_contributions(count: int, theme: Scheme, language: Language) -> str:
    tone = COLOURS[theme]
    base = alt.Chart(alt.NamedData(ROWS)).encode(
        y=alt.Y("order:O", axis=None, scale=alt.Scale(paddingInner=0, paddingOuter=0)),
        x=alt.X("share:Q", axis=None, scale=alt.Scale(domain=[-1.25, 1.25])),
        tooltip=_tooltips(
            language,
            ("name", "reasons.reason"),
            ("figure", "reasons.points"),
            ("proof", "reasons.proof"),
        ),
    )
    positive = alt.datum.share >= 0
    bars = base.mark_bar(height=7, yOffset=8, cornerRadius=2).encode(
        color=alt.condition(positive, alt.value(tone["up"]), alt.value(tone["down"]))
    )
    zero = _one_place(0).mark_rule(color=tone["line"]).encode(x=alt.X("at:Q", axis=None))
    names = base.mark_text(
        align="left", baseline="middle", yOffset=-5, color=tone["text"], limit=1000
    ).encode(x=alt.value(0), text="name:N")
    figures = base.mark_text(
        align="right", baseline="middle", yOffset=-5, color=tone["text"], fontWeight="bold"
    ).encode(x=alt.value("width"), text="figure:N")
    chart = alt.layer(zero, bars, names, figures).properties(height=ROW_HEIGHT * count)
    return json.dumps(dress(chart, tone).to_dict())


@lru_cache(maxsize=64)
def _draw_posts(metric: str, theme: Scheme, language: Language) -> str:
    tone = COLOURS[theme]
    usual = (
        _one_place(1)
        .mark_rule(color=tone["up"], strokeDash=[5, 4], strokeWidth=1.5)
        .encode(y="at:Q")
    )
    named = find_sentence(language, f"metrics.{metric}") or metric
    dots = (
        alt.Chart(alt.NamedData(ROWS))
        .mark_point(size=46, filled=True, opacity=0.75, color=tone["dot"])
        .encode(
            x=alt.X("day:T", title=None, axis=alt.Axis(format="%y-%m", labelOverlap=True)),
            y=alt.Y(
                "ratio:Q",
                title=say(language, "ui.chart.ratio", metric=named),
                scale=alt.Scale(type="log"),
                axis=alt.Axis(values=RATIO_TICKS, labelExpr="datum.value + '×'"),
            ),
            shape=alt.Shape(
                "mature:N", legend=None, scale=alt.Scale(domain=[True, False], range=SHAPES)
            ),
            tooltip=_tooltips(
                language,
                ("title", "posts.column.title"),
                ("date", "posts.column.day"),
                ("against", "posts.column.against"),
                ("ordinary", "posts.column.ordinary"),
            ),
        )
    )
    return json.dumps(dress(alt.layer(usual, dots).properties(height=320), tone).to_dict())


def show_calibration(bins: Sequence[Bin]) -> None:
    """What the score said against what happened; on the dashed line both are the same."""
    rows = pd.DataFrame(
        {
            "stated": [one.stated for one in bins],
            "observed": [one.observed for one in bins],
            "posts": [one.posts for one in bins],
        }
    )
    _show(_draw_calibration(scheme(), language()), rows, "record.calibration_alt")


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


def _show(drawn: str, rows: pd.DataFrame, name: str) -> None:
    spec = json.loads(drawn)
    spec["datasets"] = {**spec.get("datasets", {}), ROWS: rows}
    st.vega_lite_chart(spec=spec, width="stretch", theme=None, alt=words(name))


def _one_place(at: float) -> alt.Chart:
    """A chart for a rule: on the posts themselves it would be drawn once for each."""
    return alt.Chart(alt.InlineData(values=[{"at": at}]))


def _tooltips(language: Language, *columns: tuple[str, str]) -> list[alt.Tooltip]:
    return [alt.Tooltip(f"{column}:N", title=say(language, f"ui.{key}")) for column, key in columns]


def dress(chart: alt.LayerChart | alt.FacetChart, tone: Tone) -> alt.LayerChart:
    """The chart in our font and in the colours of the theme."""
    dressed: alt.LayerChart = (
        chart.configure(background="transparent", font=FONT, padding=4)
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=tone["text"],
            titleColor=tone["text"],
            gridColor=tone["line"],
            domainColor=tone["line"],
            tickColor=tone["line"],
            labelFontSize=12,
            titleFontWeight="normal",
            gridOpacity=0.6,
        )
        .configure_text(fontSize=13)
    )
    return dressed
