"""A topic taken to the desk: its title in the editor, its keywords beside it."""

import streamlit as st

from copyassist.ui.desk.editing import DraftText, push_undo
from copyassist.ui.desk.state import KEPT_KEY, ask_for_score, editor_text, set_editor
from copyassist.ui.kit.choices import set_choice
from copyassist.ui.kit.escape import as_html
from copyassist.ui.kit.handover import Assignment, pick_up
from copyassist.ui.kit.page import link_to
from copyassist.ui.kit.parts import card, show_card_title, show_note
from copyassist.ui.kit.platforms import DESK_PLATFORM
from copyassist.ui.kit.sentences import label, words

KEY = "desk_topic"


def take_up_assignment() -> None:
    """Puts what was handed over into the editor. What stood there comes back with undo."""
    handed = pick_up()
    if handed is None:
        return
    now = editor_text()
    if now.title.strip() or now.body.strip():
        st.session_state["desk_undo"] = push_undo(st.session_state.get("desk_undo", []), now)
    for key in ("desk_result", KEPT_KEY, KEY):
        st.session_state.pop(key, None)
    if isinstance(handed, Assignment):
        set_editor(DraftText(title=handed.title))
        st.session_state[KEY] = handed
        return
    set_editor(DraftText(title=handed.title, body=handed.body))
    if handed.platform:
        set_choice(DESK_PLATFORM, handed.platform)
    ask_for_score()


def show_assignment() -> None:
    """The topic that the draft is about, above the editor; nothing where there is none."""
    taken = st.session_state.get(KEY)
    if not isinstance(taken, Assignment):
        return
    with card("assignment"):
        show_card_title(words("assignment.title"), taken.title)
        chips = "".join(f"<span>{as_html(word)}</span>" for word in taken.keywords)
        if chips:
            st.html(f'<div class="ca-chips">{chips}</div>')
        if taken.description:
            show_note(taken.description)
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            link_to("hot", label("assignment.back"))
            st.button(label("assignment.drop"), key="assignment_drop", on_click=_drop)


def _drop() -> None:
    st.session_state.pop(KEY, None)
