"""Under the title: what mends it, and other ways to say it, each to pick or to set beside it."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from copyassist.desk.rewriting.candidate import Rewriting, Variant
from copyassist.desk.rewriting.kinds import label_title
from copyassist.desk.rewriting.wording import (
    word_did,
    word_dropped,
    word_faults,
    word_kinds,
    word_why,
)
from copyassist.i18n import say
from copyassist.types import Report
from copyassist.ui.desk.editing import split_titles
from copyassist.ui.desk.model_panel import kept_titles, show_model
from copyassist.ui.desk.state import MAX_TITLES, add_title, apply_title, editor_text
from copyassist.ui.kit.escape import as_html
from copyassist.ui.kit.parts import card, show_card_title, show_note, show_text
from copyassist.ui.kit.sentences import label, words
from copyassist.ui.kit.session import get_assistant, language

SHOWN = 6


def show_rewriting(report: Report, line: int) -> None:
    """The card of proposals for the judged title, which stands on `line` of the title field."""
    if not report.title.raw.strip():
        return
    more = kept_titles(report)
    found = get_assistant().desk.rewrite(
        report.draft, report.account, more=more, shown=SHOWN + len(more)
    )
    kinds = word_kinds(language(), label_title(report.title.raw))
    with card("rewriting"):
        show_card_title(
            words("rewriting.title"), say(language(), "rewriting.text.kinds", kinds=kinds)
        )
        _show_faults(report, line, found)
        if not found.variants:
            key = "none" if report.draft.body else "need_body"
            show_note(words(f"rewriting.{key}"))
        _show_all(report, line, found, found.variants, "variant")
        if said := word_dropped(language(), found.dropped):
            show_note(said)
        if more:
            show_note(say(language(), "rewriting.text.ai"))
        show_model(report)


def _show_faults(report: Report, line: int, found: Rewriting) -> None:
    if found.fine:
        show_note(say(language(), "rewriting.text.fine"))
        return
    faults = word_faults(language(), found, found.faults)
    show_text(say(language(), "rewriting.text.faults", faults=faults))
    if not found.fixes:
        show_note(say(language(), "rewriting.text.no_fix"))
    _show_all(report, line, found, found.fixes, "fix")


def _show_all(
    report: Report, line: int, found: Rewriting, variants: Sequence[Variant], name: str
) -> None:
    room = len(split_titles(editor_text().title)) < MAX_TITLES
    for number, one in enumerate(variants, 1):
        with st.container(key=f"rewriting_{name}_{number}", gap="small"):
            st.html(_describe(found, one, number))
            with st.container(horizontal=True, gap="small"):
                st.button(
                    label("edits.use"),
                    key=f"use_{name}_{number}",
                    on_click=partial(apply_title, report, line, one.title),
                )
                if room:
                    st.button(
                        label("rewriting.beside"),
                        key=f"beside_{name}_{number}",
                        type="tertiary",
                        on_click=partial(add_title, one.title),
                    )


def _describe(found: Rewriting, one: Variant, number: int) -> str:
    said = [word_kinds(language(), one.kinds), word_did(language(), one.candidate)]
    if one.mends:
        faults = word_faults(language(), found, one.mends)
        said.append(say(language(), "rewriting.text.mends", faults=faults))
    if one.report.score.value is not None:
        said.append(say(language(), "rewriting.text.score", value=one.report.score.value))
    if one.marks:
        said.append(say(language(), "rewriting.text.warning"))
    return (
        f'<div class="ca-edit"><span class="n">{number}</span><div><div class="t">{as_html(one.title)}</div>'
        f'<div class="d">{as_html(" · ".join(said))}</div>'
        f'<div class="d">{as_html(word_why(language(), one.candidate))}</div></div></div>'
    )
