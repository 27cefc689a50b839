"""What the writer does not want to hear of: once, always for this account, or as an allowed word.

Each is told in the corner of the page, with the way back; a hint that was ignored twice is offered for silence.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import streamlit as st

from copyassist.desk.coverage_words import word_exemption
from copyassist.types import Exemption, Finding, Report
from copyassist.ui.desk.state import IGNORED_KEY, finding_identity, rescore
from copyassist.ui.kit.accounts import own_account
from copyassist.ui.kit.escape import shorten
from copyassist.ui.kit.parts import show_note
from copyassist.ui.kit.sentences import label, words
from copyassist.ui.kit.session import get_assistant, language
from copyassist.ui.kit.trouble import guarded

LONGEST_WORD = 40
LONGEST_REASON = 100


@dataclass(frozen=True, slots=True)
class Silenced:
    """What was just hidden: this once by its identity, or for good by an exemption.

    `offer` would hide it for good: there where a hint was ignored twice.
    """

    identity: tuple[str, str] = ("", "")
    exemption: Exemption | None = None
    offer: Exemption | None = None


def show_ignoring(report: Report, number: int, finding: Finding) -> None:
    """The buttons of one finding: this once, and behind the second one what holds for good."""
    st.button(
        label("problems.ignore_once"),
        key=f"once_{number}",
        type="tertiary",
        on_click=partial(ignore_once, report, finding),
    )
    with st.popover(label("problems.ignore_always"), key=f"more_{number}", type="tertiary"):
        st.text_input(
            words("problems.reason"),
            key=f"reason_{number}",
            max_chars=LONGEST_REASON,
            placeholder=words("problems.reason_hint"),
        )
        always = exempt_rule(report, finding)
        account = own_account()
        who = words("problems.for_account", name=account.name) if account else ""
        st.button(
            label("problems.ignore_rule", account=who),
            key=f"always_{number}",
            on_click=_keep(always, number),
        )
        _, word = finding_identity(report, finding)
        if 1 < len(word) <= LONGEST_WORD and finding.span is not None:
            allowed = Exemption(word=word, account=always.account)
            st.button(
                label("problems.allow_word", word=shorten(word, 20), account=who),
                key=f"allow_{number}",
                on_click=_keep(allowed, number),
            )


def exempt_rule(report: Report, finding: Finding) -> Exemption:
    """What would hide the finding's rule for the account that is written for."""
    account = own_account()
    _, word = finding_identity(report, finding)
    name = account.name if account else ""
    return Exemption(rule=finding.key, word=word[:LONGEST_WORD], account=name)


@guarded
def ignore_once(report: Report, finding: Finding) -> None:
    """Hides a finding until the draft is scored anew. A callback."""
    ignored: frozenset[tuple[str, str]] = st.session_state.get("desk_ignored", frozenset())
    identity = finding_identity(report, finding)
    st.session_state["desk_ignored"] = ignored | {identity}
    twice = get_assistant().rules.note_ignored(finding)
    offer = exempt_rule(report, finding) if twice else None
    st.session_state[IGNORED_KEY] = Silenced(identity, offer=offer)


def _keep(exemption: Exemption, number: int) -> Callable[[], None]:
    """Keeps an exemption with the reason that was typed beside it. A callback."""

    @guarded
    def keep() -> None:
        reason = str(st.session_state.get(f"reason_{number}") or "")
        st.session_state[f"reason_{number}"] = ""
        with_reason = Exemption(
            rule=exemption.rule, word=exemption.word, account=exemption.account, reason=reason
        )
        _exempt(with_reason)

    return keep


@guarded
def _silence() -> None:
    """Takes up the offer of the corner. A callback."""
    told = st.session_state.get(IGNORED_KEY)
    if isinstance(told, Silenced) and told.offer is not None:
        _exempt(told.offer)


def _exempt(exemption: Exemption) -> None:
    kept = get_assistant().rules.exempt(exemption)
    rescore()
    st.session_state[IGNORED_KEY] = Silenced(exemption=kept)


@guarded
def _show_again() -> None:
    """Takes the last one back. A callback."""
    told = st.session_state.pop(IGNORED_KEY, None)
    if not isinstance(told, Silenced):
        return
    if told.exemption is None:
        ignored: frozenset[tuple[str, str]] = st.session_state.get("desk_ignored", frozenset())
        st.session_state["desk_ignored"] = ignored - {told.identity}
        return
    get_assistant().rules.take_back(told.exemption)
    rescore()


def _close() -> None:
    st.session_state.pop(IGNORED_KEY, None)


def show_silenced() -> None:
    """In the corner, what is no longer shown, and the way back: a toast of Streamlit's has no button."""
    told = st.session_state.get(IGNORED_KEY)
    if not isinstance(told, Silenced):
        return
    with st.container(key="desk_toast", horizontal=True, vertical_alignment="center"):
        show_note(_say(told))
        st.button(label("desk.show_again"), key="desk_show_again", on_click=_show_again)
        if told.offer is not None:
            st.button(label("desk.silence"), key="desk_silence", on_click=_silence)
        st.button(label("desk.toast_done"), key="desk_toast_done", type="tertiary", on_click=_close)


def _say(told: Silenced) -> str:
    if told.exemption is not None:
        what = word_exemption(language(), told.exemption)
        key = "desk.ignored_for" if told.exemption.account else "desk.ignored_always"
        return words(key, what=what, account=told.exemption.account)
    if told.offer is not None:
        return words("desk.ignored_twice", what=word_exemption(language(), told.offer))
    return words("desk.ignored_once")
