"""复盘: how the score did on the account's own last posts, and what did better than usual."""

from dataclasses import replace
from functools import partial

import streamlit as st

from copyassist.posts.record import Record, Section, describe_record, head_record
from copyassist.types import Account
from copyassist.ui.kit.escape import as_html
from copyassist.ui.kit.parts import (
    card,
    show_card_title,
    show_empty,
    show_note,
    show_table,
    show_text,
)
from copyassist.ui.kit.sentences import label, words
from copyassist.ui.kit.session import get_assistant, language
from copyassist.ui.posts.charts import show_calibration

KEPT = "record_kept"


def show_record(account: Account, platform: str) -> None:
    """Draws the tab for one platform of the account."""
    with st.spinner(label("record.working")):
        record = _find_record(account, platform)
    if not record.rated:
        show_empty("posts.empty", steps=3, name=account.name)
        return
    head = head_record(language(), record)
    loud = account.is_demo or account.relation == "followed"
    if loud:
        st.html(f'<div class="ca-demo" role="note">{as_html(head.lines[0])}</div>')
    for line in head.lines[loud:]:
        show_note(line)
    for section in describe_record(language(), record):
        _show_section(section)
    st.download_button(
        label("record.export"),
        data=partial(_write_page, record),
        file_name="copyassist-record.html",
        mime="text/html",
        key="record_export",
        on_click="ignore",
    )


def _find_record(account: Account, platform: str) -> Record:
    """The record, kept until the posts or the settings change, as the desk itself is."""
    desk = get_assistant().desk.open(account, platform)
    kept = st.session_state.get(KEPT)
    if kept is None or kept[0] is not desk:
        kept = st.session_state[KEPT] = (desk, get_assistant().posts.record(account, platform))
    found: Record = kept[1]
    meetings = get_assistant().posts.meetings(account, platform, found.rated)
    return replace(found, meetings=meetings)  # drafts are marked while posts stay as they are


def _show_section(section: Section) -> None:
    with card(f"record_{section.key}"):
        show_card_title(section.heading)
        for line in section.lines:
            show_text(line)
        if section.bins:
            picture, table = st.columns(2, gap="large", vertical_alignment="center")
            with picture:
                show_calibration(section.bins)
            with table:
                _show_rows(section)
        elif section.rows:
            _show_rows(section)
        elif section.columns:
            show_note(words("record.none"))


def _show_rows(section: Section) -> None:
    cells = [[as_html(cell) for cell in row] for row in section.rows]
    show_table(section.columns, cells, numeric=_figures(section))


def _figures(section: Section) -> frozenset[int]:
    """The columns of figures: all but the name, the day and the verdict."""
    last = len(section.columns) - (0 if section.bins or section.key in ("best", "worst") else 1)
    first = 2 if section.key in ("verdicts", "best", "worst", "published") else 1
    return frozenset(range(first, last))


def _write_page(record: Record) -> bytes:
    from copyassist.posts.record.page import write_page  # for the one click in a hundred

    return write_page(language(), [record]).encode()
