"""The chart of the desk: what each reason adds to a score or takes from it."""

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import altair as alt
import pandas as pd

from copyassist.i18n import Language
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

ROW_HEIGHT = 34  # pixels: a name, and its bar below it


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
    show_chart(_draw_contributions(len(named), scheme(), language()), rows, "reasons.title")


@lru_cache(maxsize=64)
def _draw_contributions(count: int, theme: Scheme, language: Language) -> str:
    tone = COLOURS[theme]
    base = alt.Chart(alt.NamedData(ROWS)).encode(
        y=alt.Y("order:O", axis=None, scale=alt.Scale(paddingInner=0, paddingOuter=0)),
        x=alt.X("share:Q", axis=None, scale=alt.Scale(domain=[-1.25, 1.25])),
        tooltip=tooltips(
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
    zero = one_place(0).mark_rule(color=tone["line"]).encode(x=alt.X("at:Q", axis=None))
    names = base.mark_text(
        align="left", baseline="middle", yOffset=-5, color=tone["text"], limit=1000
    ).encode(x=alt.value(0), text="name:N")
    figures = base.mark_text(
        align="right", baseline="middle", yOffset=-5, color=tone["text"], fontWeight="bold"
    ).encode(x=alt.value("width"), text="figure:N")
    chart = alt.layer(zero, bars, names, figures).properties(height=ROW_HEIGHT * count)
    return json.dumps(dress(chart, tone).to_dict())
