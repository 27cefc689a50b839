"""The card of being found and read: the keyword, the checks with their lights, previews, related words."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from copyassist.desk.seo import SeoReport
from copyassist.desk.seo.result import LIGHTS, Light, SeoCheck, TitlePreview
from copyassist.desk.seo.wording import (
    word_check,
    word_counts,
    word_earlier,
    word_light,
    word_origin,
    word_place,
    word_preview,
)
from copyassist.types import Report, Span
from copyassist.ui.kit.components import show_copy_button
from copyassist.ui.kit.escape import as_html, as_markdown
from copyassist.ui.kit.parts import card, show_card_title, show_note
from copyassist.ui.kit.sentences import Sentences
from copyassist.ui.kit.session import get_assistant, language
from copyassist.ui.kit.trouble import guarded

KEYWORD_KEY = "desk_seo_keyword"
CHOICES = 5
_SAY = Sentences("seo")
_KEPT = "desk_seo"


def read_seo(report: Report) -> SeoReport:
    """The hints of a report for the keyword in the field; kept until one of them changes."""
    keyword = str(st.session_state.get(KEYWORD_KEY) or "").strip()
    kept = st.session_state.get(_KEPT)
    if isinstance(kept, tuple) and kept[0] is report and kept[1] == keyword:
        found: SeoReport = kept[2]
        return found
    found = get_assistant().desk.assess(report, keyword=keyword)
    st.session_state[_KEPT] = (report, keyword, found)
    return found


def find_long_sentences(report: Report) -> tuple[Span, ...]:
    """Where the too long sentences of the body are, for the marked text."""
    if not report.draft.body:
        return ()
    checks = read_seo(report).checks
    return next((one.spans for one in checks if one.code == "sentence_length"), ())


def show_seo(report: Report) -> None:
    """The card. Without a keyword and a body there is nothing to say."""
    if not report.title.raw.strip() and not report.draft.body.strip():
        return
    seo = read_seo(report)
    with card("seo"):
        show_card_title(_SAY.words("ui.title"), word_counts(language(), seo))
        _show_fields(seo)
        for light in LIGHTS:
            _show_checks([check for check in seo.checks if check.light == light], light)
        _show_previews(seo.previews)
        _show_related(seo)
        _show_earlier(seo)
        show_copy_button(seo.copy, "copy_all", _SAY.words("ui.copy_all"))


def _show_fields(seo: SeoReport) -> None:
    focus = seo.focus
    hint = _SAY.words("ui.keyword_hint", keyword=focus.text) if focus and focus.proposed else None
    st.text_input(
        _SAY.words("ui.keyword"), key=KEYWORD_KEY, placeholder=hint, persist_state="session"
    )
    if focus is None:
        show_note(_SAY.words("ui.none"))
        return
    if focus.synonyms:
        show_note(_SAY.words("ui.synonyms", synonyms="、".join(focus.synonyms)))
    others = [word for word in focus.choices if word != focus.text][:CHOICES]
    if others:
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            show_note(_SAY.words("ui.choices"))
            for number, word in enumerate(others, 1):
                st.button(
                    as_markdown(word),
                    key=f"seo_focus_{number}",
                    type="tertiary",
                    on_click=partial(choose_keyword, word),
                )


@guarded
def choose_keyword(word: str) -> None:
    """Takes another word as the focus. A callback."""
    st.session_state[KEYWORD_KEY] = word


def _show_checks(checks: Sequence[SeoCheck], light: Light) -> None:
    """Problems stand open; what is good, or cannot be told, is folded away."""
    if not checks:
        return
    rows = "".join(_check(check) for check in checks)
    html = f'<ul class="ca-list ca-seo">{rows}</ul>'
    if light in ("red", "orange"):
        st.html(html)
        return
    with st.expander(_SAY.label("ui.good" if light == "green" else "ui.grey", count=len(checks))):
        st.html(html)


def _check(check: SeoCheck) -> str:
    said = word_check(language(), check)
    return (
        f'<li class="{check.light}"><div class="t"><span class="ca-light {check.light}">'
        f"{as_html(word_light(language(), check.light))}</span>{as_html(said.name)}</div>"
        f'<div>{as_html(said.said)}</div><div class="d">{as_html(said.source)}</div></li>'
    )


def _show_previews(previews: Sequence[TitlePreview]) -> None:
    if not previews:
        return
    st.html(f'<h4 class="ca-h4">{_SAY.markup("ui.previews")}</h4>')
    shown = "".join(_preview(preview) for preview in previews)
    st.html(f'<div class="ca-previews">{shown}</div>')
    show_note(_SAY.words("ui.previews_note"))


def _preview(preview: TitlePreview) -> str:
    lines = "<br>".join(as_html(line) for line in preview.lines)
    below = f'<div class="s">{as_html(preview.summary)}</div>' if preview.summary else ""
    state = "cut" if preview.hidden else "whole"
    return (
        f'<figure class="{as_html(preview.place)} {state}"><figcaption>'
        f"{as_html(word_place(language(), preview))}</figcaption>"
        f'<div class="l">{lines}</div>{below}'
        f'<div class="d">{as_html(word_preview(language(), preview))}</div></figure>'
    )


def _show_related(seo: SeoReport) -> None:
    if not seo.related:
        return
    st.html(f'<h4 class="ca-h4">{_SAY.markup("ui.related")}</h4>')
    rows = "".join(
        f'<li><div class="t">{as_html(word.text)}</div>'
        f'<div class="d">{as_html(word_origin(language(), word))}</div></li>'
        for word in seo.related
    )
    st.html(f'<ul class="ca-list">{rows}</ul>')


def _show_earlier(seo: SeoReport) -> None:
    """The posts that the keyword was used in, folded away."""
    if not seo.earlier:
        return
    with st.expander(_SAY.label("ui.used", count=len(seo.earlier))):
        rows = "".join(
            f'<li><div class="t">{as_html(one.post.title)}</div>'
            f'<div class="d">{as_html(word_earlier(language(), one))}</div></li>'
            for one in seo.earlier
        )
        st.html(f'<ul class="ca-list">{rows}</ul>')
