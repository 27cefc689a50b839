"""查重: a text or a file held against what was published, the matches side by side."""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from copyassist.desk.duplicates import THRESHOLD
from copyassist.errors import CopyAssistError
from copyassist.i18n import say, say_day
from copyassist.repeats.checking import AGAINST, CheckedText, EarlierText, Repeat, RepeatGroup
from copyassist.repeats.corpus import CorpusText
from copyassist.repeats.documents import ENDINGS, parse_plain, parse_texts
from copyassist.types import CopiedPassage
from copyassist.ui.kit.accounts import own_account
from copyassist.ui.kit.escape import as_html
from copyassist.ui.kit.page import PageSpec
from copyassist.ui.kit.parts import (
    card,
    show_card_title,
    show_demo_notice,
    show_empty,
    show_figures,
    show_header,
    show_note,
)
from copyassist.ui.kit.sentences import label, words
from copyassist.ui.kit.session import get_assistant, language
from copyassist.ui.kit.trouble import show_error

KEPT = "repeats_result"
_SHOWN = 200  # texts drawn
_AROUND = 600  # letters of a passage drawn


def show() -> None:
    """Draws the page."""
    show_header("repeats")
    show_demo_notice(own_account())
    with card("repeats_text"):
        show_card_title(words("repeats.text"))
        st.text_area(
            words("repeats.text"), key="repeats_typed", height=180, label_visibility="collapsed",
            placeholder=words("repeats.placeholder"),
        )  # fmt: skip
        uploaded = st.file_uploader(
            words("repeats.file"), type=[ending[1:] for ending in ENDINGS], key="repeats_file"
        )
        _show_choices()
        asked = st.button(label("repeats.run"), type="primary", key="repeats_run")
    if asked:
        try:
            st.session_state[KEPT] = _check(uploaded)
        except CopyAssistError as error:
            st.session_state.pop(KEPT, None)
            show_error(error)
            return
    found = st.session_state.get(KEPT)
    if found is None:
        show_empty("repeats.empty", steps=3)
        return
    checked, groups, texts = found
    _show_groups(groups, texts)
    _show_texts(checked)


PAGE = PageSpec("repeats", ":material/content_copy:", show)


def _show_choices() -> None:
    names = [*AGAINST, *get_assistant().repeats.corpora()]
    st.multiselect(
        words("repeats.against"),
        names,
        default=list(AGAINST),
        format_func=lambda name: say(language(), f"dup.group.{name}") if name in AGAINST else name,
        key="repeats_against",
    )


def _check(
    uploaded: object,
) -> tuple[list[CheckedText], list[RepeatGroup], list[CorpusText]] | None:
    """What was found of the uploaded file, else of what was typed; None without either."""
    name = getattr(uploaded, "name", "")
    if name:
        texts = parse_texts(name, Path(name), uploaded.getvalue())  # type: ignore[attr-defined]
    else:
        typed = str(st.session_state.get("repeats_typed", ""))
        if not typed.strip():
            return None
        texts = parse_plain("", Path(words("repeats.typed")), typed)
    against: Sequence[str] = st.session_state.get("repeats_against") or AGAINST
    repeats = get_assistant().repeats
    checked = repeats.check(texts, own_account(), against, passages=True)
    groups = repeats.group([text.title for text in texts]) if len(texts) > 1 else []
    return checked, groups, texts


def _show_groups(groups: Sequence[RepeatGroup], texts: Sequence[CorpusText]) -> None:
    if len(texts) < 2:
        return
    with card("repeats_groups"):
        show_card_title(words("repeats.within"))
        if not groups:
            show_note(words("repeats.within_none"))
            return
        rows = [
            f'<li><div class="t">{as_html(texts[group.first].title)}</div>'
            + "".join(
                f'<div class="d">= {as_html(f"{texts[place].title}  [{texts[place].place}]")}</div>'
                for place in group.others
            )
            + "</li>"
            for group in groups[:_SHOWN]
        ]
        st.html(f'<ul class="ca-list">{"".join(rows)}</ul>')


def _show_texts(checked: Sequence[CheckedText]) -> None:
    found = [one for one in checked if one.is_repeat(THRESHOLD)]
    show_note(say(language(), "dup.summary", texts=len(checked), found=len(found)))
    shown = checked if len(checked) == 1 else found
    for number, one in enumerate(shown[:_SHOWN]):
        with card(f"repeats_{number}"):
            show_card_title(one.title, one.place)
            _show_repeats(one.repeats)
            if one.share is not None:
                _show_share(one)


def _show_repeats(repeats: Sequence[Repeat]) -> None:
    if not repeats:
        show_note(say(language(), "dup.no_title"))
        return
    rows = [
        f'<li><div class="t"><span class="ca-tag ca-{_gravity(one)}">'
        f"{as_html(words(f'matches.relation.{one.relation}'))}</span>{as_html(one.text.title)}</div>"
        f'<div class="d">{as_html(words("matches.same", percent=round(100 * one.same)))}'
        f" · {as_html(_where(one.text))}</div></li>"
        for one in repeats
    ]
    st.html(f'<ul class="ca-list">{"".join(rows)}</ul>')


def _gravity(repeat: Repeat) -> str:
    if repeat.relation in ("identical", "disguised"):
        return "error"
    return "warning" if repeat.same >= THRESHOLD else "info"


def _show_share(one: CheckedText) -> None:
    share = one.share
    if share is None:
        return
    show_figures(
        [
            (f"{share.share:.0%}", words("repeats.share")),
            (f"{len(share.passages)}", words("repeats.passages")),
            (f"{share.counted:,}", words("repeats.counted")),
        ]
    )
    show_note(words("repeats.definition"))
    for passage in share.passages:
        _show_passage(passage, one.sources[passage.source])


def _show_passage(passage: CopiedPassage, source: EarlierText) -> None:
    left, right = st.columns(2)
    with left:
        show_note(words("repeats.here", start=passage.start + 1, end=passage.end))
        st.html(f'<p class="ca-p">{as_html(passage.text[:_AROUND])}</p>')
    with right:
        show_note(f"{source.title} · {_where(source)}")
        st.html(f'<p class="ca-p">{as_html(passage.other_text[:_AROUND])}</p>')


def _where(text: EarlierText) -> str:
    group = say(language(), f"dup.group.{text.group}")
    day = say_day(text.when) if text.when else ""
    return " · ".join(part for part in (group, text.where, day) if part)
