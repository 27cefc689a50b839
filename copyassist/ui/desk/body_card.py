"""What of the body stands in earlier posts: the share of own text, passages side by side."""

import streamlit as st

from copyassist.types import Report
from copyassist.ui.kit.escape import as_html
from copyassist.ui.kit.parts import show_note
from copyassist.ui.kit.sentences import words

_SHOWN = 5
_LETTERS = 160


def show_own_share(report: Report) -> None:
    """The share of own text, and the longest passages with the post that they stand in."""
    share = report.own_share
    if share is None:
        return
    show_note(words("matches.own_share", percent=round(100 * share.share)))
    longest = sorted(share.passages, key=lambda one: one.start - one.end)[:_SHOWN]
    rows = [
        f'<li><div class="d">{as_html(report.passages_of[one.source].title)}</div>'
        f'<div class="t">{as_html(_cut(one.text))}</div>'
        f'<div class="d">{as_html(_cut(one.other_text))}</div></li>'
        for one in longest
    ]
    if rows:
        st.html(f'<ul class="ca-list">{"".join(rows)}</ul>')
        show_note(words("repeats.definition"))


def _cut(text: str) -> str:
    return text if len(text) <= _LETTERS else f"{text[:_LETTERS]}…"
