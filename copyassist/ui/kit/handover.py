"""A topic on its way from the hot list to the desk, which takes it up before it is drawn."""

from dataclasses import dataclass

import streamlit as st

from copyassist.ui.kit.page import PAGES_KEY

HANDED_KEY = "handed_topic"


@dataclass(frozen=True, slots=True)
class Assignment:
    """What the writer chose: the topic's id and title, its keywords, what the lists said of it."""

    topic: str
    title: str
    keywords: tuple[str, ...]
    description: str = ""


def hand_over(assignment: Assignment) -> None:
    """Opens the desk with a topic."""
    st.session_state[HANDED_KEY] = assignment
    st.switch_page(st.session_state[PAGES_KEY]["desk"])


def pick_up() -> Assignment | None:
    """The topic that waits, once; None where none does."""
    waiting = st.session_state.pop(HANDED_KEY, None)
    return waiting if isinstance(waiting, Assignment) else None
