"""The writer's keyword groups: typed here, or taken over from another program's file."""

import streamlit as st

from copyassist.reading.encodings import decode_file
from copyassist.ui.kit.parts import card, show_card_title, show_note
from copyassist.ui.kit.session import get_assistant
from copyassist.ui.kit.trouble import guarded
from copyassist.ui.news.sentences import label, markup, words


def show_subscriptions() -> None:
    """The groups as text, with what the marks mean, and a place for a file."""
    with card("subscriptions"):
        show_card_title(words("subscriptions.title"), words("subscriptions.note"))
        if "subscriptions_text" not in st.session_state:
            st.session_state["subscriptions_text"] = get_assistant().news.topics.subscriptions
        st.text_area(
            words("subscriptions.text"),
            key="subscriptions_text",
            height=260,
            placeholder=words("subscriptions.hint"),
        )
        st.button(
            label("subscriptions.save"), key="subscriptions_save", type="primary", on_click=_save
        )
        st.html(f'<p class="ca-muted">{markup("subscriptions.help")}</p>')
    with card("subscriptions_file"):
        show_card_title(words("subscriptions.file"))
        show_note(words("subscriptions.file_note"))
        st.file_uploader(
            words("subscriptions.file"),
            type=["txt"],
            key="subscriptions_upload",
            label_visibility="collapsed",
            on_change=_load,
        )


@guarded
def _save() -> None:
    get_assistant().news.topics.save_subscriptions(st.session_state["subscriptions_text"])
    st.toast(label("subscriptions.saved"))


@guarded
def _load() -> None:
    uploaded = st.session_state.get("subscriptions_upload")
    if uploaded is None:
        return
    text = decode_file(uploaded.getvalue(), uploaded.name).text
    get_assistant().news.topics.save_subscriptions(text)
    st.session_state["subscriptions_text"] = text
    st.toast(label("subscriptions.saved"))
