"""What is brought by hand: a copied list, a feed or a service of one's own, archives of old lists."""

import tempfile
from pathlib import Path
from typing import Any, get_args

import streamlit as st

from copyassist.home import keep_file
from copyassist.news.sources.aggregators import Service, Wishes
from copyassist.ui.kit.choices import choose_one, read_choice
from copyassist.ui.kit.parts import show_note
from copyassist.ui.kit.platforms import list_platforms, name_platform
from copyassist.ui.kit.session import get_assistant
from copyassist.ui.kit.trouble import guarded, tell_trouble
from copyassist.ui.news.sentences import label, words

SERVICES: tuple[Service, ...] = get_args(Service)
FEEDS = "opml_upload"
ARCHIVES = "history_upload"


def show_bringing() -> None:
    """The forms, folded away."""
    with st.expander(label("paste.title")):
        _show_paste()
    with st.expander(label("add.title")):
        _show_add()
    with st.expander(label("history.title")):
        _show_history()


# --- a copied list -------------------------------------------------------------------------------


def _show_paste() -> None:
    show_note(words("paste.note"))
    with st.form("paste_list", border=False, clear_on_submit=False):
        choose_one(words("paste.platform"), list_platforms(), "paste_platform", name_platform)
        st.text_area(
            words("paste.text"), key="paste_text", height=160, placeholder=words("paste.hint")
        )
        st.form_submit_button(label("paste.save"), type="primary", on_click=_paste)


@guarded
def _paste() -> None:
    platform, text = read_choice("paste_platform"), st.session_state["paste_text"]
    poll = get_assistant().news.paste(platform, text)
    st.session_state["paste_text"] = ""
    st.toast(label("paste.done", count=poll.rows))


# --- a feed or a service -------------------------------------------------------------------------


def _show_add() -> None:
    show_note(words("add.note"))
    with st.form("add_source", border=False, clear_on_submit=False):
        choose_one(
            words("add.service"), SERVICES, "add_service", lambda one: words(f"add.service_{one}")
        )
        st.text_input(
            words("add.address"), key="add_address", placeholder="https://example.com/feed.xml"
        )
        st.text_input(words("add.lists"), key="add_lists", placeholder=words("add.lists_hint"))
        st.text_input(words("add.name"), key="add_name", max_chars=60)
        st.form_submit_button(label("add.save"), type="primary", on_click=_add)
    st.file_uploader(words("add.opml"), type=["opml", "xml"], key=FEEDS, on_change=_add_feeds)


@guarded
def _add() -> None:
    state, service = st.session_state, read_choice("add_service", SERVICES[0])
    lists = state["add_lists"].split()
    if service != "feed" and not lists:
        tell_trouble(words("add.needs_list"))
        return
    wishes = Wishes(name=state["add_name"].strip())
    added = get_assistant().news.add(
        service, state["add_address"].strip(), lists if service != "feed" else (), wishes
    )
    for field in ("add_address", "add_lists", "add_name"):
        state[field] = ""
    st.toast(label("add.done", count=len(added)))


@guarded
def _add_feeds() -> None:
    uploaded = st.session_state.get(FEEDS)
    if uploaded is None:
        return
    with tempfile.TemporaryDirectory() as folder:
        (path,) = _put_down([uploaded], Path(folder))
        added = get_assistant().news.import_opml(path)
    st.toast(label("add.done", count=len(added)))


# --- archives ------------------------------------------------------------------------------------


def _show_history() -> None:
    show_note(words("history.note"))
    files = st.file_uploader(
        words("history.files"),
        type=["csv", "gz", "json"],
        accept_multiple_files=True,
        key=ARCHIVES,
        label_visibility="collapsed",
    )
    st.text_input(words("history.source"), key="history_source", placeholder="weibo")
    st.button(label("history.load"), key="history_load", disabled=not files, on_click=_load)


@guarded
def _load() -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = _put_down(st.session_state.get(ARCHIVES) or [], Path(folder))
        source = st.session_state["history_source"].strip()
        receipts = get_assistant().news.import_history(paths, source)
    rows, new = sum(one.rows for one in receipts), sum(one.new for one in receipts)
    st.toast(label("history.done", files=len(receipts), new=new, rows=rows))


def _put_down(files: list[Any], folder: Path) -> list[Path]:
    """Uploaded files as files, each under the name that it had: an archive is known by its name."""
    paths = []
    for number, one in enumerate(files):
        path = folder / str(number) / Path(one.name.replace("\\", "/")).name
        keep_file(path, one.getvalue())
        paths.append(path)
    return paths
