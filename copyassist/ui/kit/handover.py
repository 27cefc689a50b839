"""What is on its way to the desk, which takes it up before it is drawn: a topic, or a draft."""

from dataclasses import dataclass

import streamlit as st

from copyassist.ui.kit.page import PAGES_KEY

HANDED_KEY = "handed_over"


@dataclass(frozen=True, slots=True)
class Assignment:
    """What the writer chose: the topic's id and title, its keywords, what the lists said of it."""

    topic: str
    title: str
    keywords: tuple[str, ...]
    description: str = ""


@dataclass(frozen=True, slots=True)
class HandedDraft:
    """A draft that was looked at elsewhere; `platform` is "" where it was for none in particular."""

    title: str
    body: str = ""
    platform: str = ""


def hand_over(handed: Assignment | HandedDraft) -> None:
    """Opens the desk with a topic or a draft."""
    st.session_state[HANDED_KEY] = handed
    st.switch_page(st.session_state[PAGES_KEY]["desk"])


def pick_up() -> Assignment | HandedDraft | None:
    """What waits, once; None where nothing does."""
    waiting = st.session_state.pop(HANDED_KEY, None)
    return waiting if isinstance(waiting, Assignment | HandedDraft) else None
