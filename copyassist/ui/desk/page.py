"""写作台: the draft on the left, everything that can be said about it on the right."""

import streamlit as st

from copyassist.desk.seo.text_checks import SENTENCE_LONG
from copyassist.types import Comparison, Report
from copyassist.ui.desk.assignment import show_assignment, take_up_assignment
from copyassist.ui.desk.cards import show_cards
from copyassist.ui.desk.comparison import best_first, show_comparison, show_platforms
from copyassist.ui.desk.editor import is_newcomer, keep_typed, show_editor
from copyassist.ui.desk.ignoring import show_silenced
from copyassist.ui.desk.marks import mark_findings, number_findings
from copyassist.ui.desk.recent import show_recent
from copyassist.ui.desk.rewrite_card import show_rewriting
from copyassist.ui.desk.seo_card import find_long_sentences
from copyassist.ui.desk.state import (
    ASKED_KEY,
    MAX_TITLES,
    DeskResult,
    refresh_for_account,
    restore_from_url,
    result,
    score_draft,
    visible_findings,
)
from copyassist.ui.kit.accounts import own_account
from copyassist.ui.kit.components import show_copy_button
from copyassist.ui.kit.offers import show_last_receipt, show_offers, show_place_for_files
from copyassist.ui.kit.page import PageSpec
from copyassist.ui.kit.parts import (
    card,
    load_demo,
    show_card_title,
    show_demo_notice,
    show_empty,
    show_header,
    show_note,
)
from copyassist.ui.kit.platforms import platform_name
from copyassist.ui.kit.sentences import Sentences, label, markup, words
from copyassist.ui.kit.session import get_assistant
from copyassist.ui.kit.trouble import guarded, show_trouble

FILES_KEY = "desk_files"


def _prepare() -> None:
    # A topic that was just chosen goes before a draft that the address may name.
    take_up_assignment()
    restore_from_url()


def show() -> None:
    """Draws the page."""
    refresh_for_account()
    show_header("desk")
    show_demo_notice(own_account())
    with st.container():
        show_offers(FILES_KEY)
    left, right = st.columns([5, 6], gap="large")
    with right:
        _score_if_asked()
    with left:
        with st.container():
            show_assignment()
        show_editor()
        with st.container(key="desk_rewriting"):
            _show_proposals()
        with st.container():
            _show_marked()
        with st.container():
            if not is_newcomer():
                show_recent()
            if result() is not None and not _has_own_posts():
                with card("bring"):
                    show_card_title(words("desk.import.title"), words("desk.import.text"))
                    _show_place()
        keep_typed()
    with right, st.container(key="desk_results"):
        _show_results()
    show_silenced()


PAGE = PageSpec("desk", ":material/edit_note:", show, prepare=_prepare)


def _score_if_asked() -> None:
    if st.session_state.pop(ASKED_KEY, False):
        # An account of a hundred thousand posts takes seconds the first time, and is kept then.
        with st.spinner(label("desk.working")):
            score_draft()
        show_trouble()


def _picked() -> tuple[DeskResult, Comparison, Report, int] | None:
    found = result()
    if found is None:
        return None
    platforms = [c.reports[0].platform.id for c in found.comparisons]
    wanted = st.session_state.get("desk_tab", platforms[0])
    comparison = found.comparisons[platforms.index(wanted) if wanted in platforms else 0]
    row = st.session_state.get("desk_pick")
    if row is None or row >= len(comparison.reports):
        row = st.session_state["desk_pick"] = best_first(comparison)[0]
    return found, comparison, comparison.reports[row], row


def _show_proposals() -> None:
    picked = _picked()
    if picked is not None:
        found, _, report, row = picked
        show_rewriting(report, found.lines[row])


def _show_marked() -> None:
    picked = _picked()
    if picked is None:
        return
    _, _, report, _ = picked
    with card("marked"):
        show_card_title(words("marked.title"), platform_name(report.platform))
        numbered = number_findings(visible_findings(report))
        title = mark_findings(report.title.raw, "title", numbered)
        st.html(f'<div class="ca-marked" data-field="title">{title or "&nbsp;"}</div>')
        if report.draft.body:
            long = find_long_sentences(report)
            body = mark_findings(report.draft.body, "body", numbered, long)
            st.html(f'<div class="ca-marked" data-field="body">{body}</div>')
        st.html(f'<p class="ca-legend">{markup("marked.legend")}{_legend_of_long(report)}</p>')
        with st.container(horizontal=True, gap="small"):
            show_copy_button(report.title.raw, "copy_title", words("copy.title"))
            if report.draft.body:
                show_copy_button(report.draft.body, "copy_body", words("copy.body"))


def _legend_of_long(report: Report) -> str:
    if not find_long_sentences(report):
        return ""
    said = Sentences("seo").markup("ui.long_legend", limit=SENTENCE_LONG)
    return f' · <mark class="m-long">{said}</mark>'


def _show_results() -> None:
    picked = _picked()
    if picked is None:
        _show_start()
        return
    st.html(f'<div class="ca-outdated-note" role="status">{markup("desk.outdated")}</div>')
    found, comparison, report, row = picked
    if found.dropped:
        st.warning(label("desk.dropped", count=found.dropped, limit=MAX_TITLES))
    if len(found.comparisons) > 1:
        show_platforms(found)
    if len(comparison.reports) > 1:
        show_comparison(comparison)
    show_cards(report, found.lines[row])


def _show_start() -> None:
    """What comes next, and while nothing of the writer's own is here, the place for an export."""
    show_last_receipt()
    if get_assistant().posts.accounts():
        show_empty("desk.empty", steps=3)
    else:
        show_empty("desk.first" if is_newcomer() else "desk.import")
    if not _has_own_posts():
        _show_place()


def _show_place() -> None:
    show_place_for_files(FILES_KEY, words("import.upload"))
    show_note(words("import.upload_note"))
    if not get_assistant().posts.accounts():
        st.button(label("demo.load"), key="demo_load", on_click=guarded(load_demo))


def _has_own_posts() -> bool:
    """Whether there is an account that is not the simulated one."""
    return any(not account.is_demo for account in get_assistant().posts.accounts())
