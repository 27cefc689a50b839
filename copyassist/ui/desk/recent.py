"""The drafts that were scored lately: found by a word, opened again, deleted."""

import streamlit as st

from copyassist.i18n import say_moment
from copyassist.store import SavedDraft
from copyassist.ui.desk.cards import short_title
from copyassist.ui.desk.state import (
    delete_draft,
    list_drafts,
    open_draft,
    read_score,
    report_platforms,
    toggle_published,
)
from copyassist.ui.kit.parts import show_note
from copyassist.ui.kit.platforms import name_platform
from copyassist.ui.kit.sentences import label, words
from copyassist.ui.kit.session import get_assistant

SHOWN = 20
SEARCHED_FROM = 6  # drafts: fewer are seen at a glance


def show_recent() -> None:
    """The latest drafts, folded away, each once."""
    with st.expander(label("recent.title")):
        drafts = list_drafts()
        if not drafts:
            show_note(words("recent.none"))
            return
        wanted = ""
        if len(drafts) >= SEARCHED_FROM:
            wanted = st.text_input(
                words("recent.search"),
                key="recent_search",
                placeholder=words("recent.search"),
                label_visibility="collapsed",
            )
        found = [one for one in drafts if _fits(one, wanted.strip().casefold())]
        if not found:
            show_note(words("recent.no_match"))
        for kept in found[:SHOWN]:
            _show_draft(kept)
        if len(found) > SHOWN:
            show_note(words("recent.more", count=len(found) - SHOWN))


def _fits(kept: SavedDraft, wanted: str) -> bool:
    return wanted in f"{kept.draft.title}\n{kept.draft.body}".casefold()


def _show_draft(kept: SavedDraft) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            _name_draft(kept),
            key=f"recent_{kept.id}",
            type="tertiary",
            on_click=open_draft,
            args=(kept.id,),
            width="stretch",
        )
        st.button(
            label("recent.unpublish" if kept.published_on else "recent.publish"),
            key=f"recent_publish_{kept.id}",
            help=words("recent.publish_help"),
            type="tertiary",
            on_click=toggle_published,
            args=(kept.id,),
        )
        st.button(
            label("recent.delete"),
            key=f"recent_delete_{kept.id}",
            type="tertiary",
            on_click=delete_draft,
            args=(kept.id,),
        )


def _name_draft(kept: SavedDraft) -> str:
    title = short_title(kept.draft.title.strip() or kept.draft.body, 44)
    platforms = report_platforms(kept.reports)
    named = [name_platform(platforms[0])] if len(platforms) == 1 else []
    if len(platforms) > 1:
        named = [words("recent.platforms", count=len(platforms))]
    scores = [read_score(report) for report in kept.reports]
    known = [f"{score:.0f}" for score in scores if score is not None]
    if known:
        named.append(words("recent.scores", scores=" / ".join(known)))
    day = say_moment(kept.saved_at, get_assistant().settings.zone)
    told = label("recent.told", day=day, told=" · ".join(named))
    return f"{title} {told}"
