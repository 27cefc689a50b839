"""What every chart shares: font, colours for the light and the dark theme, rules, tooltips."""

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

import altair as alt
import pandas as pd
import streamlit as st

from copyassist.i18n import Language, say
from copyassist.ui.kit.grid import disarm_rows
from copyassist.ui.kit.sentences import words

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


def scheme() -> Scheme:
    """The theme that the reader's browser shows."""
    return "dark" if st.context.theme.type == "dark" else "light"


def show_chart(drawn: str, rows: pd.DataFrame, name: str) -> None:
    """A drawn chart, filled with its rows. `name` is the key of the sentence read out for it.

    Altair checks every part of a chart against its schema, which costs more than all else on the
    page: a chart is drawn once for each theme and language, and filled with data each time.
    """
    spec = json.loads(drawn)
    spec["datasets"] = {**spec.get("datasets", {}), ROWS: disarm_rows(rows)}
    st.vega_lite_chart(spec=spec, width="stretch", theme=None, alt=words(name))


def one_place(at: float) -> alt.Chart:
    """A chart for a rule: on the posts themselves it would be drawn once for each."""
    return alt.Chart(alt.InlineData(values=[{"at": at}]))


def tooltips(language: Language, *columns: tuple[str, str]) -> list[alt.Tooltip]:
    """What the pointer shows: (column of the rows, key of its name among the pages' sentences)."""
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
