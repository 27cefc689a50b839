"""今日热点: the events of now across platforms, one event's page, and the sources behind them."""

from datetime import UTC, datetime

import streamlit as st

from copyassist.i18n import say, say_age, say_moment
from copyassist.news.board.views import Board, Order, TopicView, Wanted
from copyassist.news.board.wording import say_stale
from copyassist.ui.kit.accounts import own_account
from copyassist.ui.kit.choices import choose_many, choose_one
from copyassist.ui.kit.escape import as_html
from copyassist.ui.kit.log import timed
from copyassist.ui.kit.page import PageSpec
from copyassist.ui.kit.parts import card, show_demo_notice, show_header, show_note
from copyassist.ui.kit.session import get_assistant, language
from copyassist.ui.kit.trouble import guarded
from copyassist.ui.news.cards import topic_html
from copyassist.ui.news.collecting import show_collecting
from copyassist.ui.news.report import show_report
from copyassist.ui.news.sentences import label, markup, words
from copyassist.ui.news.sources import show_health, show_sources
from copyassist.ui.news.subscriptions import show_subscriptions
from copyassist.ui.news.topic import TOPIC_PARAM, open_topic, show_topic
from copyassist.ui.news.writing import write_about

FIRST = 30
MORE = 30
VISIT_SECONDS = 60
ALL = ""


def show() -> None:
    """Draws the page."""
    show_header("hot")
    show_demo_notice(own_account())
    _note_visit()
    if wanted := st.query_params.get(TOPIC_PARAM):
        show_topic(wanted)
        return
    # With a key the open tab stays open, whatever is told above it.
    topics, sources, subscriptions = st.tabs(
        [label("tab.topics"), label("tab.sources"), label("tab.subscriptions")],
        key=f"hot_tabs_{language()}",
        on_change="rerun",
    )
    with topics:
        _show_topics()
    with sources:
        show_sources()
    with subscriptions:
        show_subscriptions()


PAGE = PageSpec("hot", ":material/whatshot:", show)


def _note_visit() -> None:
    """Once a minute at most: every click draws the page anew."""
    now = datetime.now(UTC)
    last = st.session_state.get("hot_visit")
    if last is None or (now - last).total_seconds() > VISIT_SECONDS:
        st.session_state["hot_visit"] = now
        get_assistant().news.topics.visit(now)


def _show_topics() -> None:
    show_collecting()
    with st.spinner(label("working")), timed("hot"):
        board = get_assistant().news.topics.board(account=own_account())
    if board.moment is None:
        show_empty_board()
        return
    if board.stale:
        said = as_html(say_stale(language(), board))
        st.html(f'<div class="ca-stale" role="alert">{said}</div>')
    show_health()
    wanted = _show_filters(board)
    with timed("hot filtered"):
        chosen = get_assistant().news.topics.board(account=own_account(), wanted=wanted)
    _show_summary(chosen)
    _show_list(chosen)


def show_empty_board() -> None:
    """What to do where no list was ever seen."""
    items = "".join(f"<li>{markup(f'empty.step{n}')}</li>" for n in range(1, 4))
    st.html(
        f'<div class="ca-empty"><b>{markup("empty.title")}</b>'
        f'<div class="ca-muted">{markup("empty.text")}</div><ol>{items}</ol></div>'
    )


# --- filters -------------------------------------------------------------------------------------


def _show_filters(board: Board) -> Wanted:
    with st.container(key="hot_filters"):
        first, second, third, fourth = st.columns([3, 2, 2, 2])
        with first:
            platforms = _choose_platforms(board)
        with second:
            category = _choose_one("category", board.categories)
        with third:
            group = _choose_one("group", board.groups)
        with fourth:
            order = choose_one(
                words("filter.order"),
                list(Order),
                "hot_order",
                lambda order: say(language(), f"hot.order.{order}"),
            )
        with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
            search = st.text_input(
                words("filter.words"), key="hot_words", placeholder=words("filter.words_hint")
            )
            only_new = st.toggle(
                label("filter.new"), key="hot_only_new", disabled=board.since_visit is None
            )
            hide = st.toggle(label("filter.hide"), key="hot_hide", disabled=not board.account)
    return Wanted(
        sources=frozenset(platforms),
        category=category,
        group=group,
        words=search.strip(),
        only_new=only_new and board.since_visit is not None,
        hide_written=hide and bool(board.account),
        order=order or Order.PLACE,
    )


def _choose_platforms(board: Board) -> list[str]:
    return choose_many(
        words("filter.platforms"),
        board.platforms,
        "hot_platforms",
        lambda id: board.name(id, language()),
        placeholder=words("filter.all"),
    )


def _choose_one(name: str, options: tuple[str, ...]) -> str:
    return str(
        choose_one(
            words(f"filter.{name}"),
            [ALL, *options],
            f"hot_{name}",
            lambda one: one or words("filter.all"),
            disabled=not options,
        )
    )


# --- the list ------------------------------------------------------------------------------------


def _show_summary(board: Board) -> None:
    moment = say_moment(board.moment or board.now, board.zone)
    parts = [words("summary", moment=moment, total=board.total, shown=len(board.topics))]
    if board.since_visit is not None:
        new = sum(view.new for view in board.topics)
        age = say_age(language(), board.now - board.since_visit)
        parts.append(words("summary_new", count=new, age=age))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        show_note(" · ".join(parts))
        show_report(own_account())
        if board.since_visit is not None and any(view.new for view in board.topics):
            st.button(label("mark_seen"), key="hot_mark_seen", type="tertiary", on_click=_mark_seen)


@guarded
def _mark_seen() -> None:
    get_assistant().news.topics.mark_seen()


def _show_list(board: Board) -> None:
    if not board.topics:
        show_note(say(language(), "hot.no_match", total=board.total))
        return
    shown = int(st.session_state.get("hot_shown", FIRST))
    for view in board.topics[:shown]:
        _show_row(board, view)
    left = len(board.topics) - shown
    if left > 0:
        st.button(
            label("more", count=min(MORE, left), left=left), key="hot_more", on_click=_show_more
        )


def _show_more() -> None:
    st.session_state["hot_shown"] = int(st.session_state.get("hot_shown", FIRST)) + MORE


def _show_row(board: Board, view: TopicView) -> None:
    with card(f"topic_{view.id}"):
        said, actions = st.columns([6, 1], gap="small")
        said.html(topic_html(board, view))
        with actions, st.container(horizontal=True, gap="small"):
            if st.button(label("write"), key=f"write_{view.id}", type="primary"):
                write_about(view)
            st.button(label("open"), key=f"open_{view.id}", on_click=open_topic, args=(view.id,))
            if view.url:
                st.link_button(label("original"), view.url, type="tertiary")
