"""Small browser parts that Streamlit lacks: a copy button in our words, a draft keeper, a language."""

import tomllib
from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from copyassist.i18n import Language
from copyassist.resources import find_asset
from copyassist.ui.kit.sentences import words


def show_copy_button(text: str, key: str, name: str) -> None:
    """A button called `name` that puts `text` on the clipboard. The text travels as data, never as HTML."""
    mount = st.components.v2.component(
        "copyassist.copy_button", js=_asset("copy_button.js"), css=_asset("copy_button.css")
    )
    mount(
        key=key,
        width="content",
        data={
            "text": text,
            "label": name,
            "done": words("copy.done"),
            "failed": words("copy.failed"),
        },
    )


def keep_draft(
    now: Mapping[str, str],
    scored: Mapping[str, str] | None,
    *,
    fresh: bool,
    on_restore: Callable[[], None],
) -> Any:
    """Keeps typed text in the browser tab; after a reload gives back what was not yet sent.

    `now` and `scored` are {title, body}: what stands in the editor, and what the result on the page
    is about, which is marked while the editor shows anything else. `fresh` is true on a session's
    first run. The result's `restored` is {title, body} once.
    """
    mount = st.components.v2.component("copyassist.draft_keeper", js=_asset("draft_keeper.js"))
    return mount(
        key="desk_keeper",
        data={**now, "scored": scored, "fresh": fresh},
        on_restored_change=on_restore,
    )


def take_drops(place: str) -> None:
    """Lets a file that is dropped anywhere on the page land in the place for files of that key."""
    mount = st.components.v2.component("copyassist.drops", js=_asset("drop_anywhere.js"))
    mount(key=f"drops_{place}", data={"key": place})


def say_in_our_words() -> None:
    """Says what Streamlit writes by itself, in English only, in the language of the pages."""
    theirs = tomllib.loads(_asset("streamlit_words.toml"))
    mount = st.components.v2.component("copyassist.chrome", js=_asset("chrome_words.js"))
    ours = {said: words(f"chrome.{name}") for name, said in theirs.items()}
    mount(key="chrome_words", data={"words": ours})


def set_page_language(language: Language) -> None:
    """Marks the page as Chinese or English for browsers and screen readers."""
    mount = st.components.v2.component("copyassist.language", js=_asset("page_language.js"))
    mount(key="page_language", data={"language": "zh-CN" if language == "zh" else "en"})


def _asset(name: str) -> str:
    return find_asset("ui", name).read_text("utf-8")
