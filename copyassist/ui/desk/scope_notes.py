"""Below the problems: what the draft was taken for and how to change that, and what was checked."""

from functools import partial

import streamlit as st

from copyassist.desk.coverage_words import (
    word_coverage,
    word_lure,
    word_purpose,
    word_short,
    word_unchecked,
)
from copyassist.types import Purpose, Report
from copyassist.ui.desk.state import DESK_PURPOSE, ask_for_score
from copyassist.ui.kit.choices import set_choice
from copyassist.ui.kit.page import link_to
from copyassist.ui.kit.parts import show_note
from copyassist.ui.kit.sentences import label, words
from copyassist.ui.kit.session import language


def show_purpose(report: Report) -> None:
    """What the draft was taken for, what decided it, and the others to choose from."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="purpose"):
        show_note(word_purpose(language(), report))
        with st.popover(label("purpose_change"), key="purpose_change", type="tertiary"):
            for purpose in Purpose:
                if purpose is not report.draft.purpose:
                    st.button(
                        label(f"purpose.{purpose.value}"),
                        key=f"purpose_{purpose.value}",
                        on_click=partial(_choose, purpose),
                    )


def _choose(purpose: Purpose) -> None:
    set_choice(DESK_PURPOSE, purpose.value)
    ask_for_score()


def show_scope(report: Report) -> None:
    """Which packs were asked, of which day, and what no program can see."""
    if lure := word_lure(language(), report):
        show_note(lure)
    show_note(word_short(language(), report.coverage))
    show_note(word_unchecked(language(), report.coverage))
    if report.hidden:
        show_note(words("problems.hidden", count=len(report.hidden)))
    with st.expander(label("problems.scope"), key="scope"):
        for line in word_coverage(language(), report.coverage)[:-1]:
            show_note(line)
        link_to("preferences", label("problems.scope_settings"))
