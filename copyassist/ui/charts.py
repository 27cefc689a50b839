"""The charts, with their colours for the light and the dark theme."""

from collections.abc import Sequence

import altair as alt
import pandas as pd
import streamlit as st

from copyassist.types import RatedPost
from copyassist.ui.session import metric_name, words
from copyassist.ui.wording import say_against_usual, say_day, say_ordinary

FONT = "PingFang SC, HarmonyOS Sans SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif"
# text, quiet line, up, down, marks: readable on both backgrounds, and told apart by place or
# shape as well as by colour.
LIGHT = {"text": "#22262a", "line": "#dcd8cc", "up": "#0f6b5c", "down": "#b0601f", "dot": "#3f7f96"}
DARK = {"text": "#e6e4df", "line": "#3a3f44", "up": "#45b39c", "down": "#e29a5c", "dot": "#7fb9cd"}
RATIO_TICKS = [0.01, 0.03, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 100]
ROW_HEIGHT = 34  # pixels: a name, and its bar below it


def colours() -> dict[str, str]:
    """The colours of the theme that the reader's browser shows."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def chart_contributions(named: Sequence[tuple[str, float]]) -> alt.LayerChart:
    """Bars of points to the left and right of zero, each with its figure at its end."""
    tone = colours()
    rows = pd.DataFrame(named, columns=["name", "points"])
    rows["figure"] = [f"{points:+.1f}" for points in rows["points"]]
    rows["order"] = range(len(rows))
    reach = 1.25 * max(0.1, float(rows["points"].abs().max()))
    base = alt.Chart(rows).encode(
        y=alt.Y("order:O", axis=None, scale=alt.Scale(paddingInner=0, paddingOuter=0)),
        x=alt.X("points:Q", axis=None, scale=alt.Scale(domain=[-reach, reach])),
        tooltip=[
            alt.Tooltip("name:N", title=words("reasons.reason")),
            alt.Tooltip("figure:N", title=words("reasons.points")),
        ],
    )
    positive = alt.datum.points >= 0
    bars = base.mark_bar(height=7, yOffset=8, cornerRadius=2).encode(
        color=alt.condition(positive, alt.value(tone["up"]), alt.value(tone["down"]))
    )
    zero = (
        alt.Chart(pd.DataFrame({"x": [0]}))
        .mark_rule(color=tone["line"])
        .encode(x=alt.X("x:Q", axis=None))
    )
    names = base.mark_text(
        align="left", baseline="middle", yOffset=-5, color=tone["text"], limit=1000
    ).encode(x=alt.value(0), text="name:N")
    figures = base.mark_text(
        align="right", baseline="middle", yOffset=-5, color=tone["text"], fontWeight="bold"
    ).encode(x=alt.value("width"), text="figure:N")
    return dress(
        alt.layer(zero, bars, names, figures).properties(height=ROW_HEIGHT * len(rows)), tone
    )


def chart_posts(rated: Sequence[RatedPost], metric: str) -> alt.FacetChart | alt.LayerChart:
    """Each post against the usual of its time: dots on a log scale around the line of 1."""
    tone = colours()
    usual = (
        alt.Chart(pd.DataFrame({"y": [1]}))
        .mark_rule(color=tone["up"], strokeDash=[5, 4], strokeWidth=1.5)
        .encode(y="y:Q")
    )
    shapes = alt.Scale(domain=[True, False], range=["circle", "triangle-up"])
    dots = (
        alt.Chart(_rows_of(rated))
        .mark_point(size=46, filled=True, opacity=0.75, color=tone["dot"])
        .encode(
            x=alt.X("day:T", title=None, axis=alt.Axis(format="%y-%m", labelOverlap=True)),
            y=alt.Y(
                "ratio:Q",
                title=words("chart.ratio", metric=metric_name(metric)),
                scale=alt.Scale(type="log"),
                axis=alt.Axis(values=RATIO_TICKS, labelExpr="datum.value + '×'"),
            ),
            shape=alt.Shape("mature:N", legend=None, scale=shapes),
            tooltip=_tooltips(title="title", day="date", against="said", ordinary="ordinary"),
        )
    )
    return dress(alt.layer(usual, dots).properties(height=320), tone)


def _rows_of(rated: Sequence[RatedPost]) -> pd.DataFrame:
    shown = [r for r in rated if r.ratio is not None and r.ratio > 0 and r.post.published_at]
    return pd.DataFrame(
        {
            "day": [r.post.published_at for r in shown],
            "ratio": [r.ratio for r in shown],
            "title": [r.post.title for r in shown],
            "said": [say_against_usual(r) for r in shown],
            "ordinary": [say_ordinary(r) or "—" for r in shown],
            "date": [say_day(r.post.published_at) for r in shown],
            "mature": [r.mature for r in shown],
        }
    )


def _tooltips(**columns: str) -> list[alt.Tooltip]:
    return [
        alt.Tooltip(f"{column}:N", title=words(f"posts.column.{name}"))
        for name, column in columns.items()
    ]


def dress(chart: alt.LayerChart | alt.FacetChart, tone: dict[str, str]) -> alt.LayerChart:
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
