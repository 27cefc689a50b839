"""设置: language and accounts, what the score predicts, what is ignored, rules, and the data."""

import pandas as pd
import streamlit as st

from copyassist.ui.kit.choices import choose_many, choose_one, read_choice, set_choice
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
from copyassist.ui.kit.platforms import list_platforms, metric_name, name_platform, platform_name
from copyassist.ui.kit.sentences import label, words
from copyassist.ui.kit.session import forget_session, get_assistant, language
from copyassist.ui.kit.trouble import guarded
from copyassist.ui.settings.accounts import show_accounts
from copyassist.ui.settings.data import backup_bytes, limit_rows, restore_bytes
from copyassist.ui.settings.rules import show_exemptions, show_packs

RESTORE = "restore_file"


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
        show_packs()
        show_exemptions()
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
        with st.expander(label("data.restore")):
            _show_restore()


def _show_restore() -> None:
    show_note(words("data.restore_note"))
    uploaded = st.file_uploader(
        words("data.restore_file"), type=["zip"], key=RESTORE, label_visibility="collapsed"
    )
    if uploaded is None:
        return
    st.warning(label("data.restore_sure", file=uploaded.name))
    st.button(label("data.restore_button"), key="restore_everything", on_click=_restore_everything)


@guarded
def _restore_everything() -> None:
    uploaded = st.session_state.get(RESTORE)
    if uploaded is None:
        return
    assistant = get_assistant()
    restore_bytes(assistant, uploaded.getvalue())
    forget_session()
    st.toast(label("data.restored", accounts=len(assistant.posts.accounts())))


def _show_platforms() -> None:
    assistant = get_assistant()
    with card("mine"):
        show_card_title(words("mine.title"))
        set_choice("my_platforms", list(assistant.settings.platforms))
        choose_many(
            words("mine.label"),
            list_platforms(),
            "my_platforms",
            name_platform,
            on_change=_save_platforms,
            placeholder=words("mine.hint"),
        )
        show_note(words("mine.note"))


@guarded
def _save_platforms() -> None:
    chosen = tuple(read_choice("my_platforms", ()))
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
            known = assistant.posts.metrics(id)  # likes, completion …: whatever the exports have
            options = list(dict.fromkeys(["", *platform.target_metrics, *known, chosen]))
            set_choice(f"metric_{id}", chosen)
            choose_one(
                platform_name(platform),
                options,
                f"metric_{id}",
                _name_metric,
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
    if chosen := read_choice(f"metric_{platform}"):
        metrics[platform] = chosen
    assistant.change_settings(target_metrics=metrics)


def _show_limits() -> None:
    assistant = get_assistant()
    with card("limits"):
        show_card_title(words("limits.title"), words("limits.note"))
        chosen = choose_one(
            words("limits.platform"),
            list_platforms(assistant.settings.platforms),
            "limits_platform",
            name_platform,
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
