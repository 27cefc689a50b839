"""The card that says what the account's own posts say, with or without a score."""

import streamlit as st

from copyassist.desk.pattern_words import (
    PatternRow,
    caution_patterns,
    head_patterns,
    list_common,
    list_traits,
)
from copyassist.desk.patterns import Patterns, find_standing
from copyassist.text import parse
from copyassist.types import Report
from copyassist.ui.kit.escape import as_html
from copyassist.ui.kit.parts import card, show_card_title, show_note, show_table, show_text
from copyassist.ui.kit.sentences import label, markup, words
from copyassist.ui.kit.session import get_assistant, language


def show_patterns(report: Report) -> None:
    """Medians with and without what titles may have, where the draft stands, what the best share."""
    if report.account is None:
        return
    patterns = get_assistant().desk.patterns(report)
    with card("patterns"):
        show_card_title(words("patterns.title"), words("patterns.note"))
        if patterns is None:
            show_note(words("patterns.few"))
            return
        show_text(head_patterns(language(), patterns))
        show_note(caution_patterns(language(), patterns))
        rows = list_traits(language(), patterns, find_standing(patterns, parse(report.draft)))
        first = [row for row in rows if row.here or row.sure]
        _show_rows(first)
        _show_common(patterns)
        others = [row for row in rows if row not in first]
        if others:
            with st.expander(label("patterns.others", count=len(others))):
                _show_rows(others)


def _show_rows(rows: list[PatternRow]) -> None:
    if rows:
        columns = ("trait", "has", "others_column", "verdict")
        show_table([words(f"patterns.{one}") for one in columns], map(_row, rows))


def _row(row: PatternRow) -> list[str]:
    here = f" <small>{markup('patterns.here')}</small>" if row.here else ""
    return [as_html(row.name) + here, *map(as_html, (row.has, row.others, row.verdict))]


def _show_common(patterns: Patterns) -> None:
    show_text(words("patterns.best", best=patterns.best_posts))
    lines = "".join(f"<li>{as_html(line)}</li>" for line in list_common(language(), patterns))
    st.html(f'<ul class="ca-list">{lines}</ul>')
