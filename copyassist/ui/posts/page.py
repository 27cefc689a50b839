"""我的作品: every post against the account's usual, and the door through which posts come in."""

from datetime import UTC, datetime, time
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from copyassist.posts.importing import METRICS
from copyassist.reading.zones import CHINA
from copyassist.types import Account, Post, PostChanges, RatedPost
from copyassist.ui.kit.accounts import current_account, show_add_account
from copyassist.ui.kit.escape import as_markdown, shorten
from copyassist.ui.kit.files import export_bytes
from copyassist.ui.kit.grid import show_grid
from copyassist.ui.kit.offers import show_offers, show_place_for_files
from copyassist.ui.kit.page import PageSpec
from copyassist.ui.kit.parts import (
    card,
    load_demo,
    show_card_title,
    show_demo_notice,
    show_empty,
    show_figures,
    show_header,
    show_note,
)
from copyassist.ui.kit.platforms import metric_name, platform_name
from copyassist.ui.kit.sentences import label, words
from copyassist.ui.kit.session import get_assistant, language
from copyassist.ui.kit.trouble import guarded
from copyassist.ui.kit.wording import (
    say_against_usual,
    say_day,
    say_metric,
    say_number,
    say_ordinary,
    say_ratio,
)
from copyassist.ui.posts.charts import show_posts_chart
from copyassist.ui.posts.import_panel import (
    FILES_KEY,
    show_history,
    show_import,
    show_receipts,
)
from copyassist.ui.posts.record_tab import show_record
from copyassist.ui.posts.subjects_tab import show_subjects

# What a person looks at, and what a browser draws at once; the export holds everything.
CHARTED = 1500
LISTED = 3000
START_FILES = "posts_files"
TABLE_KEY = "posts_table_number"


def show() -> None:
    """Draws the page."""
    show_header("posts")
    account = current_account()
    show_demo_notice(account)
    if account is None:
        _show_start()
        return
    # A record takes a second to work out: only the open tab is drawn. The key follows the language,
    # whose labels the tabs are known by.
    names = ("posts", "subjects", "record", "import", "history")
    key, tabs = f"posts_tabs_{language()}", [label(f"posts.tab_{name}") for name in names]
    with st.container():
        show_receipts()
        if (
            st.session_state.get(key) != tabs[3]
        ):  # a file that was dropped while another tab is open
            show_offers(FILES_KEY)
    posts, subjects, record, importing, history = st.tabs(tabs, key=key, on_change="rerun")
    with posts:
        _show_posts(account)
    with subjects:
        if subjects.open:
            _show_subjects(account)
    with record:
        if record.open:
            _show_record(account)
    with importing:
        show_import(account, opened=bool(importing.open))
    with history:
        show_history(account)


PAGE = PageSpec("posts", ":material/library_books:", show)


def _show_start() -> None:
    show_offers(START_FILES)
    show_empty("posts.start")
    show_place_for_files(START_FILES, words("import.upload"))
    show_note(words("import.upload_note"))
    with st.expander(label("posts.start.other")):
        show_add_account("posts")
    st.button(label("demo.load"), key="demo_load", on_click=guarded(load_demo))


def _show_posts(account: Account) -> None:
    counts = get_assistant().posts.account_platforms(account)
    if not counts:
        show_empty("posts.empty", steps=3, name=account.name)
        return
    platform = _choose_platform(counts)
    with st.spinner(label("posts.working")):
        desk = get_assistant().desk.open(account, platform)  # kept until the posts change
    metric, rated = desk.context.metric, list(desk.rated)
    _show_summary(rated, metric)
    with card("chart"):
        show_card_title(words("posts.chart_title"), words("posts.chart_note"))
        if any(one.ratio is not None for one in rated):
            show_posts_chart(rated[-CHARTED:], metric)
        else:
            show_note(words("posts.chart_none", metric=metric_name(metric)))
    with card("table"):
        _show_table(account, rated, metric)


def _show_subjects(account: Account) -> None:
    counts = get_assistant().posts.account_platforms(account)
    if not counts:
        show_empty("posts.empty", steps=3, name=account.name)
        return
    show_subjects(account, _choose_platform(counts, "subjects_platform"))


def _show_record(account: Account) -> None:
    counts = get_assistant().posts.account_platforms(account)
    if not counts:
        show_empty("posts.empty", steps=3, name=account.name)
        return
    show_record(account, _choose_platform(counts, "record_platform"))


def _choose_platform(counts: dict[str, int], key: str = "posts_platform") -> str:
    platforms = get_assistant().platforms
    names = {
        id: f"{platform_name(platforms[id]) if id in platforms else id} {count}"
        for id, count in counts.items()
    }
    if st.session_state.get(key) not in names:
        st.session_state[key] = next(iter(names))
    st.segmented_control(
        words("posts.platform"),
        list(names),
        key=key,
        format_func=lambda id: as_markdown(names[id]),
        required=True,
    )
    return str(st.session_state[key])


def _show_summary(rated: list[RatedPost], metric: str) -> None:
    comparable = [one for one in rated if one.ratio is not None]
    figures = [
        (f"{len(rated):,}", words("posts.figure_count")),
        (f"{len(comparable):,}", words("posts.figure_rated")),
    ]
    mature = [one for one in comparable if one.mature]
    if mature:
        last = mature[-1]
        usual = say_number(last.usual, metric)
        figures.append((usual, words("posts.figure_usual", metric=metric_name(metric))))
        figures.append((f"{say_ratio(last.ratio or 0)}×", words("posts.figure_last")))
    show_figures(figures)
    if mature:
        last = mature[-1]
        show_note(f"{last.post.title}　{say_against_usual(last)}　{say_ordinary(last)}")
    without = sum(one.value is None for one in rated)
    if without:
        show_note(words("posts.missing", count=without, metric=metric_name(metric)))


def _show_table(account: Account, rated: list[RatedPost], metric: str) -> None:
    show_card_title(words("posts.table_title"), words("posts.table_note"))
    newest = rated[::-1][:LISTED]
    if len(rated) > LISTED:
        show_note(words("posts.capped", count=LISTED))
    with st.container(key="posts_table"):
        chosen = _show_rows(newest, metric)
    st.download_button(
        label("posts.export"),
        data=partial(export_bytes, get_assistant(), account),
        file_name="copyassist-posts.csv",
        mime="text/csv",
        key="posts_export",
        on_click="ignore",
    )
    _show_restore()
    rows = chosen["selection"]["rows"]
    if rows and rows[0] < len(newest):
        _show_edit(newest[rows[0]].post)


def _show_rows(newest: list[RatedPost], metric: str) -> Any:
    return show_grid(
        _frame(newest, metric),
        hide_index=True,
        width="stretch",
        height=420,
        # The box that was ticked belongs to the rows as they were: after a deletion another post
        # stands there.
        key=f"posts_rows_{st.session_state.get(TABLE_KEY, 0)}",
        on_select="rerun",
        selection_mode="single-row",
        placeholder="—",
        column_config={
            words("posts.column.title"): st.column_config.TextColumn(width="medium"),
            words("posts.column.ratio"): st.column_config.NumberColumn(format="%.2f×"),
            metric_name(metric): st.column_config.NumberColumn(format="localized"),
            words("posts.column.usual"): st.column_config.NumberColumn(format="localized"),
        },
    )


def _frame(rated: list[RatedPost], metric: str) -> pd.DataFrame:
    rate = METRICS.get(metric) == "rate"
    others = sorted({name for one in rated for name in one.post.metrics} - {metric})
    columns: dict[str, list[object]] = {
        words("posts.column.title"): [one.post.title for one in rated],
        words("posts.column.ratio"): [one.ratio for one in rated],
        _heading(metric_name(metric), rate): [_rounded(one.value, rate) for one in rated],
        _heading(words("posts.column.usual"), rate): [_rounded(one.usual, rate) for one in rated],
        words("posts.column.day"): [say_day(one.post.published_at) for one in rated],
        words("posts.column.kind"): [one.post.kind for one in rated],
        words("posts.column.ordinary"): [say_ordinary(one) for one in rated],
    }
    for name in others:
        columns[metric_name(name)] = [_shown(one.post, name) for one in rated]
    return pd.DataFrame(columns).dropna(axis="columns", how="all")


def _heading(name: str, rate: bool) -> str:
    return f"{name} %" if rate else name


def _rounded(value: float | None, rate: bool) -> float | None:
    if value is None:
        return None
    return round(100 * value, 2) if rate else round(value)


def _shown(post: Post, metric: str) -> str | None:
    found = post.metrics.get(metric)
    return None if found is None else say_metric(found, metric)


# --- editing -------------------------------------------------------------------------------------


def _show_edit(post: Post) -> None:
    day = post.published_at.astimezone(CHINA).date() if post.published_at else None
    with card("edit"), st.form(f"edit_{post.id}", border=False):
        show_card_title(words("posts.edit.title", title=shorten(post.title, 60)))
        st.text_input(words("posts.edit.name"), value=post.title, key=f"edit_title_{post.id}")
        st.text_input(words("posts.edit.kind"), value=post.kind, key=f"edit_kind_{post.id}")
        st.text_input(words("posts.edit.url"), value=post.url, key=f"edit_url_{post.id}")
        st.date_input(
            words("posts.edit.day"), value=day, key=f"edit_day_{post.id}", format="YYYY-MM-DD"
        )
        with st.container(horizontal=True, gap="small"):
            st.form_submit_button(
                label("posts.edit.save"), type="primary", on_click=_save, args=(post,)
            )
            st.form_submit_button(label("posts.edit.delete"), on_click=_delete, args=(post,))


@guarded
def _save(post: Post) -> None:
    if post.id is None:
        return
    day = st.session_state[f"edit_day_{post.id}"]
    changes: PostChanges = {
        "title": st.session_state[f"edit_title_{post.id}"],
        "kind": st.session_state[f"edit_kind_{post.id}"],
        "url": st.session_state[f"edit_url_{post.id}"],
    }
    before = post.published_at.astimezone(CHINA) if post.published_at else None
    if day is None:
        changes["published_at"] = None
    elif before is None or before.date() != day:
        clock = before.time() if before else time(12)
        moment = datetime.combine(day, clock, CHINA)
        changes["published_at"] = moment.astimezone(UTC)
    get_assistant().posts.edit_post(post.id, **changes)
    st.toast(label("posts.saved"))


@guarded
def _delete(post: Post) -> None:
    if post.id is None:
        return
    get_assistant().posts.delete_post(post.id)
    st.session_state["posts_deleted"] = post.id
    st.session_state[TABLE_KEY] = st.session_state.get(TABLE_KEY, 0) + 1
    st.toast(label("posts.deleted"))


def _show_restore() -> None:
    if st.session_state.get("posts_deleted") is not None:
        st.button(label("posts.restore"), key="posts_restore", on_click=_restore)


@guarded
def _restore() -> None:
    st.session_state[TABLE_KEY] = st.session_state.get(TABLE_KEY, 0) + 1
    get_assistant().posts.restore_post(st.session_state.pop("posts_deleted"))
