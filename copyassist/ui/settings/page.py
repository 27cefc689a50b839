"""设置: language and accounts, what the score predicts, what is ignored, rules, and the data."""

import pandas as pd
import streamlit as st

from copyassist.ui.kit.grid import show_grid
from copyassist.ui.kit.page import PageSpec
from copyassist.ui.kit.parts import (
    card,
    load_demo,
    remove_demo,
    show_card_title,
    show_header,
    show_note,
)
from copyassist.ui.kit.platforms import metric_name, platform_name
from copyassist.ui.kit.sentences import label, words
from copyassist.ui.kit.session import get_assistant, language
from copyassist.ui.kit.trouble import guarded
from copyassist.ui.settings.accounts import show_accounts
from copyassist.ui.settings.data import backup_bytes, ignored_names, limit_rows


def show() -> None:
    """Draws the page."""
    show_header("preferences")
    left, right = st.columns(2, gap="large")
    with left:
        show_accounts()
        _show_demo()
        _show_data()
    with right:
        _show_platforms()
        _show_metrics()
        _show_ignored()
    _show_limits()


PAGE = PageSpec("preferences", ":material/tune:", show)


def _show_demo() -> None:
    with card("demo"):
        show_card_title(words("demo.title"))
        show_note(words("demo.text"))
        loaded = any(account.is_demo for account in get_assistant().posts.accounts())
        if loaded:
            st.button(label("demo.remove"), key="demo_remove_here", on_click=guarded(remove_demo))
        else:
            st.button(label("demo.load"), key="demo_load", on_click=guarded(load_demo))


def _show_data() -> None:
    assistant = get_assistant()
    with card("data"):
        show_card_title(words("data.title"))
        show_note(words("data.where"))
        st.code(str(assistant.settings.home), language=None, wrap_lines=True)
        if assistant.settings.database_url:
            show_note(words("data.url"))
            return
        show_note(words("data.backup_note"))
        st.download_button(
            label("data.backup"),
            data=lambda: backup_bytes(assistant),
            file_name="copyassist-backup.zip",
            mime="application/zip",
            key="backup",
            on_click="ignore",
        )


def _show_platforms() -> None:
    assistant = get_assistant()
    names = {id: platform_name(platform) for id, platform in assistant.platforms.items()}
    with card("mine"):
        show_card_title(words("mine.title"))
        st.session_state["my_platforms"] = [
            id for id in assistant.settings.platforms if id in names
        ]
        st.multiselect(
            words("mine.label"),
            list(names),
            format_func=names.__getitem__,
            key="my_platforms",
            on_change=_save_platforms,
            placeholder=words("mine.hint"),
        )
        show_note(words("mine.note"))


@guarded
def _save_platforms() -> None:
    chosen = tuple(st.session_state["my_platforms"])
    if chosen:
        get_assistant().change_settings(platforms=chosen)


def _show_metrics() -> None:
    assistant = get_assistant()
    with card("metrics"):
        show_card_title(words("target.title"))
        show_note(words("target.note"))
        for id in assistant.settings.platforms:
            platform = assistant.platforms.get(id)
            if platform is None:
                continue
            chosen = assistant.settings.target_metrics.get(id, "")
            options = list(dict.fromkeys(["", *platform.target_metrics, chosen]))
            st.session_state[f"metric_{id}"] = chosen
            st.selectbox(
                platform_name(platform),
                options,
                format_func=_name_metric,
                key=f"metric_{id}",
                on_change=_save_metric,
                args=(id,),
            )


def _name_metric(metric: str) -> str:
    return metric_name(metric) if metric else words("target.auto")


@guarded
def _save_metric(platform: str) -> None:
    assistant = get_assistant()
    metrics = dict(assistant.settings.target_metrics)
    metrics.pop(platform, None)
    if chosen := st.session_state[f"metric_{platform}"]:
        metrics[platform] = chosen
    assistant.change_settings(target_metrics=metrics)


def _show_ignored() -> None:
    with card("ignored"):
        show_card_title(words("ignored.title"))
        named = ignored_names(get_assistant().settings.ignored, language())
        if not named:
            show_note(words("ignored.none"))
        for key, name in named:
            st.button(
                label("ignored.restore", name=name),
                key=f"restore_{key}",
                on_click=_restore,
                args=(key,),
            )


@guarded
def _restore(key: str) -> None:
    assistant = get_assistant()
    kept = tuple(one for one in assistant.settings.ignored if one != key)
    assistant.change_settings(ignored=kept)


def _show_limits() -> None:
    assistant = get_assistant()
    names = {id: platform_name(platform) for id, platform in assistant.platforms.items()}
    with card("limits"):
        show_card_title(words("limits.title"), words("limits.note"))
        mine = [id for id in assistant.settings.platforms if id in names]
        options = [*mine, *(id for id in names if id not in mine)]
        chosen = st.selectbox(
            words("limits.platform"), options, format_func=names.__getitem__, key="limits_platform"
        )
        profile = assistant.platforms[chosen]
        rows = limit_rows(profile, language(), words)
        show_grid(pd.DataFrame(rows), hide_index=True, width="stretch", placeholder="—")
        if profile.user_edited:
            show_note(words("limits.own"))
        st.button(label("limits.copy"), key="limits_copy", on_click=_copy_platform, args=(chosen,))
        if path := st.session_state.get("limits_path"):
            st.info(label("limits.copied", path=path))


@guarded
def _copy_platform(platform: str) -> None:
    st.session_state["limits_path"] = str(get_assistant().copy_platform(platform))
