"""A topic taken to the desk: its title in the editor, its keywords beside it."""

from dataclasses import dataclass

import streamlit as st

from copyassist.news.board.views import TopicView
from copyassist.ui.desk.editing import DraftText, push_undo
from copyassist.ui.desk.state import editor_text, set_editor
from copyassist.ui.kit.escape import as_html
from copyassist.ui.kit.hot_words import label, words
from copyassist.ui.kit.page import PAGES_KEY, link_to
from copyassist.ui.kit.parts import card, show_card_title, show_note

KEY = "desk_topic"


@dataclass(frozen=True, slots=True)
class Assignment:
    """What the writer took up: the topic's id and title, its keywords, what the lists said."""

    topic: str
    title: str
    keywords: tuple[str, ...]
    description: str = ""


def take_up(view: TopicView) -> None:
    """Opens the desk with a topic. What stood in the editor comes back with undo."""
    st.session_state[KEY] = Assignment(view.id, view.title, view.keywords, view.description)
    now = editor_text()
    if now.title.strip() or now.body.strip():
        st.session_state["desk_undo"] = push_undo(st.session_state.get("desk_undo", []), now)
    set_editor(DraftText(title=view.title, body=""))
    st.session_state.pop("desk_result", None)
    st.switch_page(st.session_state[PAGES_KEY]["desk"])


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
