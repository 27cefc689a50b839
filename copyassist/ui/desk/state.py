"""The desk's memory within a browser session: the editor's text, the last reports, undo."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from copyassist.errors import UsageError
from copyassist.store import SavedDraft
from copyassist.types import Account, Comparison, Draft, Finding, Purpose, Report
from copyassist.ui.desk.editing import (
    DraftText,
    Judged,
    is_same_draft,
    push_undo,
    replace_finding,
    replace_title,
    split_titles,
)
from copyassist.ui.desk.facts_panel import read_facts
from copyassist.ui.kit.accounts import ACCOUNT_KEY, own_account
from copyassist.ui.kit.choices import read_choice, set_choice
from copyassist.ui.kit.log import timed
from copyassist.ui.kit.platforms import DESK_PLATFORM, default_platform, writer_platforms
from copyassist.ui.kit.sentences import label
from copyassist.ui.kit.session import get_assistant
from copyassist.ui.kit.trouble import guarded

ALL_PLATFORMS = "*"
MAX_TITLES = 12
DRAFT_PARAM = "draft"
DESK_PURPOSE = "desk_purpose"
DESK_FORM = "desk_form_of_post"
ASKED_KEY = "desk_asked"
IGNORED_KEY = "desk_ignored_rule"
KEPT_KEY = "desk_kept"  # (number, text): the draft that the editor's text is kept as
KEPT_SHOWN = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskResult:
    """What the last scoring said: one comparison a platform, each over the same titles.

    `lines[i]` is the line of the title field that title i stood on.
    """

    text: DraftText
    platform: str
    purpose: Purpose
    account: Account | None
    comparisons: tuple[Comparison, ...]
    lines: tuple[int, ...]
    dropped: int = 0


def editor_text() -> DraftText:
    """What stands in the editor, as far as the browser has told us."""
    return DraftText(
        title=st.session_state.get("desk_title") or "", body=st.session_state.get("desk_body") or ""
    )


def set_editor(text: DraftText) -> None:
    """Puts a text into the editor. Only before its widgets are drawn: in a callback."""
    st.session_state["desk_title"] = text.title
    st.session_state["desk_body"] = text.body


def start_anew() -> None:
    """Empties the editor for another draft; undo brings the text back. A callback."""
    now = editor_text()
    st.session_state["desk_undo"] = push_undo(st.session_state.get("desk_undo", []), now)
    set_editor(DraftText())
    st.session_state["desk_seo_keyword"] = ""
    for key in ("desk_result", KEPT_KEY, IGNORED_KEY, "desk_seo"):
        st.session_state.pop(key, None)
    st.query_params.pop(DRAFT_PARAM, None)


def result() -> DeskResult | None:
    """The last scoring, None before the first."""
    found = st.session_state.get("desk_result")
    return found if isinstance(found, DeskResult) else None


def scored_text() -> DraftText | None:
    """What the result on the page is about, None where there is none."""
    found = result()
    return found.text if found else None


def ask_for_score() -> None:
    """Remembers that a score is wanted: the page gives it where it can show that it works."""
    st.session_state[ASKED_KEY] = True


def score_anew() -> None:
    """The same where something is scored already: what it is for has changed. A callback."""
    if result() is not None:
        ask_for_score()


@guarded
def score_draft() -> None:
    """Scores what stands in the editor and keeps it among the recent drafts."""
    st.session_state["desk_ignored"] = frozenset()
    found = _review(editor_text())
    if found is None:
        return
    st.session_state["desk_pick"] = None
    st.session_state.pop(IGNORED_KEY, None)
    _keep(found)


def _keep(found: DeskResult) -> None:
    """Keeps what was scored among the recent drafts, in the place of what it was before."""
    reports = [report for comparison in found.comparisons for report in comparison.reports]
    draft = Draft(
        title=found.text.title,
        body=found.text.body,
        platform=found.comparisons[0].reports[0].platform.id,
        purpose=found.purpose,
        form=found.comparisons[0].reports[0].draft.form,
    )
    desk = get_assistant().desk
    number = desk.save_draft(draft, reports, found.account)
    before = st.session_state.get(KEPT_KEY)
    st.session_state[KEPT_KEY] = (number, found.text)
    st.query_params[DRAFT_PARAM] = str(number)
    if before is None or not is_same_draft(before[1], found.text):
        return
    older = _find_kept(before[0])
    if older is not None and not older.published_on:  # what is published waits for its post
        with suppress(UsageError):  # deleted meanwhile
            desk.forget_draft(before[0])


def rescore() -> None:
    """Scores the editor's text again after a change that the pages themselves made."""
    if result() is not None and (found := _review(editor_text())) is not None:
        _keep(found)


def refresh_for_account() -> None:
    """Scores the last text again where the account was switched since."""
    last = result()
    if last is not None and last.account != own_account():
        _review(last.text)


def _review(text: DraftText) -> DeskResult | None:
    titles = split_titles(text.title)
    if not titles and not text.body.strip():
        st.session_state.pop("desk_result", None)
        return None
    assistant, account = get_assistant(), own_account()
    kept = titles[:MAX_TITLES] or [(0, "")]
    shared = Draft(
        title="",
        body=text.body,
        purpose=chosen_purpose(),
        facts=read_facts(),
        form=chosen_form(),
        digest=chosen_digest(),
    )
    with timed("scoring"):
        comparisons = tuple(
            assistant.desk.compare(
                [replace(shared, title=title, platform=platform) for _, title in kept],
                account,
            )
            for platform in chosen_platforms()
        )
    found = DeskResult(
        text=text,
        platform=read_choice(DESK_PLATFORM, ALL_PLATFORMS),
        purpose=shared.purpose,
        account=account,
        comparisons=comparisons,
        lines=tuple(line for line, _ in kept),
        dropped=max(0, len(titles) - MAX_TITLES),
    )
    st.session_state["desk_result"] = found
    return found


def chosen_platforms() -> tuple[str, ...]:
    """The platforms that the draft is for: one, or all that the writer posts on."""
    chosen = read_choice(DESK_PLATFORM) or default_platform()
    return (chosen,) if chosen in get_assistant().platforms else writer_platforms()


def chosen_form() -> str:
    """The form of post that the draft is for, "" for the platform's first, and for several."""
    platforms = chosen_platforms()
    form = str(read_choice(DESK_FORM) or "")
    others = {one.id for one in get_assistant().platforms[platforms[0]].forms[1:]}
    return form if len(platforms) == 1 and form in others else ""


def chosen_digest() -> str:
    """The digest that was typed, where the form of post takes one."""
    return st.session_state.get("desk_digest") or ""


def chosen_purpose() -> Purpose:
    """What the draft is said to be."""
    return Purpose(read_choice(DESK_PURPOSE) or Purpose.AUTO)


# --- findings ------------------------------------------------------------------------------------


def finding_identity(report: Report, finding: Finding) -> tuple[str, str]:
    """What "ignore this once" remembers: the rule, and the words it found."""
    span = finding.span
    if span is None:
        return finding.key, ""
    source = report.title.raw if span.field == "title" else report.draft.body
    return finding.key, source[span.start : span.end]


def visible_findings(report: Report) -> list[Finding]:
    """The report's findings without those ignored once."""
    ignored = st.session_state.get("desk_ignored", frozenset())
    return [f for f in report.findings if finding_identity(report, f) not in ignored]


@guarded
def apply_replacement(report: Report, line: int, finding: Finding) -> None:
    """Puts a finding's replacement into the editor and scores again. A callback."""
    now = editor_text()
    judged = Judged(title=report.title.raw, body=report.draft.body, line=line)
    change_text(now, replace_finding(now, judged, finding))


@guarded
def apply_title(report: Report, line: int, title: str) -> None:
    """Puts a better title into the editor in the place of the judged one. A callback."""
    now = editor_text()
    judged = Judged(title=report.draft.title, body=report.draft.body, line=line)
    change_text(now, replace_title(now, judged, title))


@guarded
def add_title(title: str) -> None:
    """Sets another title beside those in the editor, one a line, and scores all. A callback."""
    now = editor_text()
    lines = [line for _, line in split_titles(now.title)]
    if title not in lines:
        change_text(now, replace(now, title="\n".join([*lines, title])))


def change_text(now: DraftText, changed: DraftText | None) -> None:
    """Shows a changed text, scores it, and remembers the way back."""
    if changed is None:
        st.toast(label("desk.gone"))
        return
    st.session_state["desk_undo"] = push_undo(st.session_state.get("desk_undo", []), now)
    set_editor(changed)
    rescore()


@guarded
def undo_replacement() -> None:
    """Takes the last replacement back. A callback."""
    stack: list[DraftText] = st.session_state.get("desk_undo", [])
    if not stack:
        return
    set_editor(stack[-1])
    st.session_state["desk_undo"] = stack[:-1]
    rescore()


# --- what survives -------------------------------------------------------------------------------


def restore_from_url() -> None:
    """Brings back the draft that the address names, on a session's first run."""
    if st.session_state.get("desk_opened"):
        return
    st.session_state["desk_opened"] = True
    wanted = st.query_params.get(DRAFT_PARAM, "")
    if wanted.isdecimal() and "desk_title" not in st.session_state:
        open_draft(int(wanted))


@guarded
def open_draft(number: int) -> None:
    """Opens a kept draft in the editor and scores it as things stand now."""
    assistant = get_assistant()
    kept = _find_kept(number)
    if kept is None:
        st.query_params.pop(DRAFT_PARAM, None)
        return
    set_editor(DraftText(title=kept.draft.title, body=kept.draft.body))
    platforms = report_platforms(kept.reports)
    several = len(platforms) > 1
    known = kept.draft.platform in assistant.platforms
    set_choice(DESK_PLATFORM, ALL_PLATFORMS if several or not known else kept.draft.platform)
    set_choice(DESK_PURPOSE, kept.draft.purpose.value)
    st.session_state["desk_undo"] = []
    st.session_state["desk_pick"] = None
    owner = next((a.name for a in assistant.posts.accounts() if a.id == kept.account_id), None)
    if owner is not None:
        set_choice(ACCOUNT_KEY, owner)
    _review(editor_text())
    st.session_state[KEPT_KEY] = (number, editor_text())
    st.session_state.pop(IGNORED_KEY, None)
    st.query_params[DRAFT_PARAM] = str(number)


def _find_kept(number: int) -> SavedDraft | None:
    kept = get_assistant().desk.recent_drafts(limit=200)
    return next((one for one in kept if one.id == number), None)


@guarded
def toggle_published(number: int) -> None:
    """Says that a kept draft was published on its platform, or takes that back. A callback."""
    kept = _find_kept(number)
    if kept is None:
        return
    if kept.published_on:
        get_assistant().desk.mark_draft(number, "", None)
        st.toast(label("recent.unpublished"))
        return
    account = own_account()
    platforms = report_platforms(kept.reports)
    platform = platforms[0] if len(platforms) == 1 else kept.draft.platform
    get_assistant().desk.mark_draft(number, platform, account)
    said = "published" if kept.account_id or account else "published_nobody"
    st.toast(label(f"recent.{said}"))


def list_drafts() -> list[SavedDraft]:
    """The latest drafts, newest first, each text once."""
    found: dict[tuple[str, str], SavedDraft] = {}
    for kept in get_assistant().desk.recent_drafts(KEPT_SHOWN):
        found.setdefault((kept.draft.title, kept.draft.body), kept)
    return list(found.values())


@guarded
def delete_draft(number: int) -> None:
    """Forgets a kept draft; what stands in the editor stays. A callback."""
    desk = get_assistant().desk
    gone = next((one for one in desk.recent_drafts(KEPT_SHOWN) if one.id == number), None)
    if gone is None:
        return
    for one in desk.recent_drafts(KEPT_SHOWN):  # older looks at the very same text go with it
        if (one.draft.title, one.draft.body) == (gone.draft.title, gone.draft.body):
            desk.forget_draft(one.id)
    if st.session_state.get(KEPT_KEY, (None,))[0] == number:
        st.session_state.pop(KEPT_KEY)
        st.query_params.pop(DRAFT_PARAM, None)
    st.toast(label("recent.deleted"))


def restore_typed() -> None:
    """Takes in what the browser kept of a text that was never sent. A callback."""
    component: Mapping[str, Any] = st.session_state.get("desk_keeper") or {}
    kept = component.get("restored")
    if isinstance(kept, Mapping):
        set_editor(DraftText(title=str(kept.get("title", "")), body=str(kept.get("body", ""))))


def report_platforms(reports: Sequence[Mapping[str, object]]) -> list[str]:
    """The platforms of kept reports, each once."""
    return list(dict.fromkeys(str(report.get("platform", "")) for report in reports))


def read_score(report: Mapping[str, object]) -> float | None:
    """The score that a kept report gave, None where it gave none."""
    score = report.get("score")
    value = score.get("value") if isinstance(score, Mapping) else None
    return float(value) if isinstance(value, int | float) else None
