"""在写什么: what the account writes about, what did well, what is new; as bars and as a word cloud."""

import json
from collections.abc import Sequence
from functools import lru_cache

import altair as alt
import pandas as pd

from copyassist.i18n import Language, say
from copyassist.posts.subjects import Subject
from copyassist.types import Account
from copyassist.ui.kit.charts import COLOURS, ROWS, Scheme, dress, scheme, show_chart, tooltips
from copyassist.ui.kit.cloud import lay_out
from copyassist.ui.kit.parts import card, show_card_title, show_empty, show_note
from copyassist.ui.kit.sentences import words
from copyassist.ui.kit.session import get_assistant, language
from copyassist.ui.kit.wording import say_ratio

BARS, CLOUD = 15, 40
_WELL, _BADLY = 1.15, 0.87
_ROW_HEIGHT = 46


def show_subjects(account: Account, platform: str) -> None:
    """Draws the tab for one platform of the account."""
    found = get_assistant().posts.subjects(account, platform)
    if not found:
        show_empty("posts.subjects_none")
        return
    with card("subjects"):
        show_card_title(words("posts.subjects_title"), words("posts.subjects_note"))
        _show_bars(found[:BARS])
        _show_lists(found)
    with card("cloud"):
        show_card_title(words("posts.cloud_title"), words("posts.cloud_note"))
        _show_cloud(found[:CLOUD])


def _show_lists(found: Sequence[Subject]) -> None:
    rated = sorted(
        (one for one in found if one.ratio is not None), key=lambda one: -(one.ratio or 0)
    )
    well = [one for one in rated if (one.ratio or 0) >= _WELL][:5]
    new = [one.text for one in found if one.is_new][:8]
    between = words("posts.subjects_between")
    if well:
        listed = between.join(f"{one.text} {say_ratio(one.ratio or 0)}×" for one in well)
        show_note(words("posts.subjects_well", words=listed))
    if new:
        show_note(words("posts.subjects_new", words=between.join(new)))


def _show_bars(found: Sequence[Subject]) -> None:
    show_chart(_draw_bars(len(found), scheme(), language()), _frame(found), "posts.subjects_title")


def _frame(found: Sequence[Subject]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "text": [one.text for one in found],
            "posts": [one.posts for one in found],
            "outcome": [_judge(one) for one in found],
            "against": [_say_outcome(one) for one in found],
            "example": [one.example for one in found],
        }
    )


def _judge(subject: Subject) -> str:
    if subject.ratio is None:
        return "new" if subject.is_new else "plain"
    return "well" if subject.ratio >= _WELL else "badly" if subject.ratio <= _BADLY else "plain"


def _say_outcome(subject: Subject) -> str:
    if subject.ratio is None:
        return words("posts.subjects_is_new") if subject.is_new else "—"
    return f"{say_ratio(subject.ratio)}×"


def _colour(tone: "dict[str, str]") -> alt.Color:
    return alt.Color(
        "outcome:N",
        legend=None,
        scale=alt.Scale(
            domain=["well", "badly", "new", "plain"],
            range=[tone["up"], tone["down"], tone["text"], tone["dot"]],
        ),
    )


def _tooltip(language: Language) -> list[alt.Tooltip]:
    return tooltips(
        language,
        ("text", "posts.subjects_word"),
        ("posts", "posts.subjects_count"),
        ("against", "posts.column.against"),
        ("example", "posts.column.title"),
    )


@lru_cache(maxsize=32)
def _draw_bars(count: int, theme: Scheme, language: Language) -> str:
    tone = dict(COLOURS[theme])
    bars = (
        alt.Chart(alt.NamedData(ROWS))
        .mark_bar(cornerRadiusEnd=3)
        .encode(
            x=alt.X("posts:Q", title=say(language, "ui.posts.subjects_count")),
            y=alt.Y("text:N", title=None, sort=None),
            color=_colour(tone),
            tooltip=_tooltip(language),
        )
    )
    drawn = dress(alt.layer(bars).properties(height=max(count, 2) * 26), tone)
    return json.dumps(drawn.to_dict())


def _show_cloud(found: Sequence[Subject]) -> None:
    placed = lay_out([(one.text, float(one.posts)) for one in found])
    rows = _frame(found).set_index("text").loc[[one.text for one in placed]].reset_index()
    rows["x"] = [one.x for one in placed]
    rows["y"] = [float(one.row) for one in placed]
    rows["size"] = [one.size for one in placed]
    height = (1 + max(one.row for one in placed)) * _ROW_HEIGHT
    show_chart(_draw_cloud(height, scheme(), language()), rows, "posts.cloud_title")


@lru_cache(maxsize=32)
def _draw_cloud(height: int, theme: Scheme, language: Language) -> str:
    tone = dict(COLOURS[theme])
    last = height / _ROW_HEIGHT - 0.5
    text = (
        alt.Chart(alt.NamedData(ROWS))
        .mark_text(fontWeight="bold")
        .encode(
            x=alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, 100])),
            y=alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[last, -0.5])),
            text="text:N",
            size=alt.Size("size:Q", legend=None, scale=None),
            color=_colour(tone),
            tooltip=_tooltip(language),
        )
    )
    return json.dumps(dress(alt.layer(text).properties(height=height), tone).to_dict())
