"""A topic's page: its history on each list, all its titles, what is related, split and join."""

import streamlit as st

from copyassist.errors import UsageError
from copyassist.news.board.views import Board, TopicView, Wanted
from copyassist.news.board.wording import say_place, say_stale
from copyassist.ui.kit.accounts import own_account
from copyassist.ui.kit.escape import as_html, as_markdown, shorten
from copyassist.ui.kit.parts import card, show_card_title, show_note, show_table, show_text
from copyassist.ui.kit.session import get_assistant, language
from copyassist.ui.kit.trouble import guarded, show_error
from copyassist.ui.news.cards import place_cells, topic_html
from copyassist.ui.news.charts import chart_history
from copyassist.ui.news.sentences import label, words
from copyassist.ui.news.writing import write_about

TOPIC_PARAM = "topic"


@guarded
def open_topic(id: str) -> None:
    """Goes to a topic's page. A callback."""
    st.query_params[TOPIC_PARAM] = id


def close_topic() -> None:
    """Goes back to the list. A callback."""
    st.query_params.pop(TOPIC_PARAM, None)


def show_topic(id: str) -> None:
    """Draws the page of one topic; a topic that is gone is told as such."""
    st.button(label("topic.back"), key="topic_back", on_click=close_topic)
    hot, account = get_assistant().news.topics, own_account()
    try:
        with st.spinner(label("working")):
            board = hot.board(account=account, wanted=Wanted(limit=1))
            view = hot.topic(id, account=account)
    except UsageError as error:
        show_error(error)
        return
    if board.stale:
        st.html(f'<div class="ca-stale" role="alert">{as_html(say_stale(language(), board))}</div>')
    _show_head(board, view)
    _show_history(board, view)
    left, right = st.columns(2, gap="large")
    with left:
        _show_titles(view)
    with right:
        _show_related(board, view)


def _show_head(board: Board, view: TopicView) -> None:
    with card("topic"):
        st.html(topic_html(board, view, full=True))
        if view.description:
            show_text(view.description)
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            if st.button(label("write"), key="topic_write", type="primary"):
                write_about(view)
            for place in view.places:
                if place.item.url:
                    name = board.name(place.source, language())
                    st.link_button(
                        label("topic.original", list=name), place.item.url, type="tertiary"
                    )


def _show_history(board: Board, view: TopicView) -> None:
    with card("history"):
        show_card_title(words("topic.history"), words("topic.history_note"))
        chart = chart_history(board, view)
        if chart is None:
            show_note(words("topic.no_history"))
        else:
            st.altair_chart(chart, width="stretch", theme=None)
        columns = ("list", "rank", "best", "trend", "looks", "heat", "since")
        show_table(
            [words(f"topic.column.{name}") for name in columns],
            [place_cells(board, place) for place in view.places],
            numeric=frozenset({1, 2, 4}),
        )


def _show_titles(view: TopicView) -> None:
    with card("titles"):
        show_card_title(words("topic.titles", count=len(view.titles)))
        rows = "".join(f"<li>{as_html(title)}</li>" for title in view.titles)
        st.html(f'<ul class="ca-list">{rows}</ul>')
        if len(view.titles) < 2:
            return
        with st.expander(label("topic.split_title")):
            show_note(words("topic.split_note"))
            with st.form("split", border=False):
                for number, title in enumerate(view.titles):
                    st.checkbox(as_markdown(shorten(title, 80)), key=f"split_{view.id}_{number}")
                st.form_submit_button(label("topic.split"), on_click=_split, args=(view,))


@guarded
def _split(view: TopicView) -> None:
    chosen = [
        title
        for number, title in enumerate(view.titles)
        if st.session_state.get(f"split_{view.id}_{number}")
    ]
    ids = get_assistant().news.topics.split(view.id, chosen)
    st.query_params[TOPIC_PARAM] = view.id if view.id in ids else ids[0]
    st.toast(label("topic.split_done"))


def _show_related(board: Board, view: TopicView) -> None:
    related = get_assistant().news.topics.related(view.id)
    with card("related"):
        show_card_title(words("topic.related"), words("topic.related_note"))
        if not related:
            show_note(words("topic.no_related"))
        for other, _ in related:
            place = (other.listed or other.places)[0]
            st.html(
                f'<p class="ca-p"><b>{as_html(other.title)}</b> '
                f'<span class="ca-muted">{as_html(say_place(language(), board, place))}</span></p>'
            )
            with st.container(horizontal=True, gap="small"):
                st.button(
                    label("open"), key=f"related_{other.id}", on_click=open_topic, args=(other.id,)
                )
                st.button(
                    label("topic.join"), key=f"join_{other.id}", on_click=_join,
                    args=(view.id, other.id),
                )  # fmt: skip


@guarded
def _join(id: str, other: str) -> None:
    st.query_params[TOPIC_PARAM] = get_assistant().news.topics.join([id, other])
    st.toast(label("topic.join_done"))
