"""What a page is, and links from one page to another."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

PAGES_KEY = "pages"


@dataclass(frozen=True, slots=True)
class PageSpec:
    """A page: its id (sentence key and address), its Material icon, and what draws it.

    `prepare` runs before the sidebar is drawn: the only place where a page may choose the account.
    """

    id: str
    icon: str
    show: Callable[[], None]
    prepare: Callable[[], None] | None = None


def link_to(page: str, text: str) -> None:
    """A link to another page; nothing where the navigation does not have it. `text` is Markdown."""
    target = st.session_state.get(PAGES_KEY, {}).get(page)
    if target is not None:
        st.page_link(target, label=text, icon=":material/arrow_forward:")
