"""All that can be mended at once: what would change, and one button; one step back undoes it."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from copyassist.desk.wording import word_what
from copyassist.types import Finding, Report
from copyassist.ui.desk.editing import DraftText, Judged, replace_title
from copyassist.ui.desk.state import change_text, editor_text, visible_findings
from copyassist.ui.kit.escape import as_html, shorten
from copyassist.ui.kit.sentences import label, markup
from copyassist.ui.kit.session import get_assistant, language
from copyassist.ui.kit.trouble import guarded

MOST_SHOWN = 40
BESIDE = 4  # characters shown on either side of a change


def show_tidying(report: Report, line: int) -> None:
    """The preview and its button; nothing where nothing is offered."""
    shown = replace(report, findings=tuple(visible_findings(report)))
    if not any(one.replacement is not None for one in shown.findings):
        return
    mended, made = get_assistant().desk.tidy(shown)
    if not made:
        return
    with st.popover(label("tidy.title", count=len(made)), key="tidy"):
        st.html(f'<ul class="ca-list">{"".join(_rows(report, made))}</ul>')
        if mended.title.raw != report.title.raw:
            st.html(f'<div class="ca-edit"><div class="t">{as_html(mended.title.raw)}</div></div>')
        st.button(
            label("tidy.apply"),
            key="tidy_apply",
            type="primary",
            on_click=partial(_apply, report, line, (mended.title.raw, mended.draft.body)),
        )


def _rows(report: Report, made: Sequence[Finding]) -> list[str]:
    rows = []
    for one in made[:MOST_SHOWN]:
        new = one.replacement or ""
        before, old, after = _quote(report, one)
        change = markup(
            "tidy.change",
            old=shorten(f"{before}{old}{after}", 40),
            new=shorten(f"{before}{new}{after}", 40),
        )
        what = as_html(word_what(language(), one))
        rows.append(f'<li><div class="t">{change}</div><div class="d">{what}</div></li>')
    if len(made) > MOST_SHOWN:
        rows.append(f"<li>{markup('tidy.more', count=len(made) - MOST_SHOWN)}</li>")
    return rows


def _quote(report: Report, finding: Finding) -> tuple[str, str, str]:
    """What is changed with what stands beside it, where it still stands there.

    What a second round found lies in a text that is no longer the judged one: it goes alone.
    """
    span, told = finding.span, str(finding.params.get("text", ""))
    if span is None:
        return "", told, ""
    source = report.title.raw if span.field == "title" else report.draft.body
    found = source[span.start : span.end]
    if told and not found.startswith(told):
        return "", told, ""
    around = source[max(0, span.start - BESIDE) : span.start], source[span.end : span.end + BESIDE]
    return around[0], found, around[1]


@guarded
def _apply(report: Report, line: int, mended: tuple[str, str]) -> None:
    """Puts the mended title and text into the editor, where what was judged still stands there."""
    now = editor_text()
    judged = Judged(title=report.draft.title, body=report.draft.body, line=line)
    changed = replace_title(now, judged, mended[0])
    if changed is None or now.body != report.draft.body:
        change_text(now, None)
        return
    change_text(now, DraftText(title=changed.title, body=mended[1]))
