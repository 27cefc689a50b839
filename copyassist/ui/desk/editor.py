"""The editor: titles and text, for which platform, and what else the writer tells.

A newcomer sees one field and an example to click; everything else is folded away until there is
something to show.
"""

from dataclasses import asdict

import streamlit as st

from copyassist.desk.checks.family import find_form
from copyassist.i18n import say
from copyassist.types import Purpose
from copyassist.ui.desk.editing import DraftText
from copyassist.ui.desk.facts_panel import show_facts
from copyassist.ui.desk.state import (
    ALL_PLATFORMS,
    DESK_FORM,
    DESK_PURPOSE,
    ask_for_score,
    chosen_form,
    chosen_platforms,
    editor_text,
    list_drafts,
    restore_typed,
    result,
    score_anew,
    scored_text,
    set_editor,
    start_anew,
    undo_replacement,
)
from copyassist.ui.kit.accounts import account_label, current_account
from copyassist.ui.kit.choices import choose_one
from copyassist.ui.kit.components import keep_draft
from copyassist.ui.kit.parts import show_note
from copyassist.ui.kit.platforms import (
    DESK_PLATFORM,
    default_platform,
    list_platforms,
    name_platform,
    writer_platforms,
)
from copyassist.ui.kit.sentences import label, markup, words
from copyassist.ui.kit.session import get_assistant, language

EXAMPLES = 3


def is_newcomer() -> bool:
    """Whether nothing is here yet: no account, no draft, nothing scored."""
    return result() is None and not get_assistant().posts.accounts() and not list_drafts()


def show_editor() -> None:
    """The fields, the choices, the button."""
    with st.container(key="desk_form", border=True):
        st.text_area(
            words("desk.titles"),
            key="desk_title",
            height=100,
            placeholder=words("desk.titles_hint"),
            on_change="ignore",
            persist_state="session",
        )
        # What stands below keeps its place, whatever is shown here: while a long run goes on, a
        # browser shows the old things in their old places.
        with st.container():
            if result() is None and not editor_text().title.strip():
                _show_examples()
        with st.expander(label("desk.rest")) if is_newcomer() else st.container():
            _show_rest()
        _show_buttons()
        _show_judge()


def _show_examples() -> None:
    show_note(words("desk.examples"))
    with st.container(gap="xxsmall", key="desk_examples"):
        for number in range(1, EXAMPLES + 1):
            title = words(f"desk.example.title{number}")
            st.button(
                label(f"desk.example.title{number}"),
                key=f"example_{number}",
                icon=":material/arrow_right_alt:",
                type="tertiary",
                on_click=_try_example,
                args=(title,),
            )


def _try_example(title: str) -> None:
    set_editor(DraftText(title=title, body=editor_text().body))
    ask_for_score()


def _show_rest() -> None:
    st.text_area(
        words("desk.body"),
        key="desk_body",
        height=220,
        placeholder=words("desk.body_hint"),
        on_change="ignore",
        persist_state="session",
    )
    _show_choices()
    show_facts(score_anew)


def _show_choices() -> None:
    mine = writer_platforms()
    first, second = st.columns(2)
    with first:
        choose_one(
            words("desk.platform"),
            [ALL_PLATFORMS, *list_platforms(mine)],
            DESK_PLATFORM,
            lambda id: (
                words("desk.all_platforms", count=len(mine))
                if id == ALL_PLATFORMS
                else name_platform(id)
            ),
            first=default_platform(),
            on_change=score_anew,
        )
    with second:
        choose_one(
            words("desk.purpose"),
            [purpose.value for purpose in Purpose],
            DESK_PURPOSE,
            lambda purpose: words(f"purpose.{purpose}"),
            on_change=score_anew,
            help=label("desk.purpose_help"),
        )
    _show_form()


def _show_form() -> None:
    """The form of post, where the one platform has several; its digest, where it takes one."""
    platforms = chosen_platforms()
    if len(platforms) != 1:
        return
    platform = get_assistant().platforms[platforms[0]]
    first, second = st.columns(2)
    with first:
        if len(platform.forms) > 1:
            choose_one(
                words("desk.form"),
                [form.id for form in platform.forms],
                DESK_FORM,
                lambda id: say(language(), f"platforms.forms.{id}"),
                on_change=score_anew,
            )
    form = find_form(platform, chosen_form())
    with second:
        if any(limit.field == "digest" for limit in form.limits):
            st.text_input(
                words("desk.digest"),
                key="desk_digest",
                on_change=score_anew,
                persist_state="session",
            )


def _show_buttons() -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            label("desk.score"),
            key="desk_score",
            type="primary",
            shortcut="Ctrl+Enter",
            on_click=ask_for_score,
        )
        if result() is not None or st.session_state.get("desk_undo"):
            st.button(
                label("desk.undo"),
                key="desk_undo_button",
                disabled=not st.session_state.get("desk_undo"),
                on_click=undo_replacement,
            )
        if result() is not None:
            st.button(label("desk.new"), key="desk_new", type="tertiary", on_click=start_anew)
    # On a narrow screen the results, and the note above them, are far below the fields.
    st.html(f'<p class="ca-outdated-hint">{markup("desk.outdated_here")}</p>')


def _show_judge() -> None:
    account = current_account()
    if is_newcomer():
        return
    if account is None:
        show_note(words("desk.no_account"))
    elif account.relation == "followed":
        show_note(words("desk.followed", name=account.name))
    else:
        show_note(words("desk.account", name=account_label(account)))


def keep_typed() -> None:
    """Keeps in the browser what is typed, and marks a result that is no longer of that text."""
    fresh = not st.session_state.get("desk_seen")
    st.session_state["desk_seen"] = True
    scored = scored_text()
    keep_draft(
        asdict(editor_text()),
        asdict(scored) if scored else None,
        fresh=fresh,
        on_restore=restore_typed,
    )
