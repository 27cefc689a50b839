"""Collecting from the page: the button, how far it is, and what came of it."""

from datetime import UTC, datetime, timedelta

import streamlit as st

from copyassist.i18n import say_age
from copyassist.types.news import Poll, PollOutcome
from copyassist.ui.kit.bench import find_job, put_job
from copyassist.ui.kit.parts import card, show_card_title, show_figures, show_note
from copyassist.ui.kit.session import get_assistant, language
from copyassist.ui.kit.trouble import guarded, show_error
from copyassist.ui.news.collect_job import CollectJob, Rounds, start_collecting
from copyassist.ui.news.sentences import label, markup, words

JOB = "collect"
POLL_SECONDS = 0.7
EVERY = timedelta(minutes=10)


def show_collecting() -> None:
    """The button that collects; while it works, how far it is and the button that stops it."""
    job: CollectJob | None = find_job(JOB)
    if job is not None and job.running:
        _show_progress()
        return
    if job is not None:
        _show_end(job)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(label("collect.once"), key="collect_once", type="primary", on_click=_collect)
        st.button(label("collect.every"), key="collect_every", on_click=_collect, args=(EVERY,))


@guarded
def _collect(every: timedelta | None = None) -> None:
    assistant = get_assistant()
    own = assistant.news.own
    total = sum(own.is_on(source) for source in assistant.news.sources())
    before: CollectJob | None = find_job(JOB)
    # Where nobody answered, nobody asked for patience either.
    again = before is not None and is_offline(before.progress)
    put_job(JOB, start_collecting(assistant, total, every, force=again))


@st.fragment(run_every=POLL_SECONDS)
def _show_progress() -> None:
    job: CollectJob | None = find_job(JOB)
    if job is None:
        st.rerun()
    rounds = job.progress
    if not job.running or rounds.ended != st.session_state.get("collect_rounds", 0):
        st.session_state["collect_rounds"] = rounds.ended if job.running else 0
        st.rerun()
    with card("collecting"):
        if rounds.next_at is None:
            show_card_title(words("collect.running"))
            st.progress(min(1.0, len(rounds.asked) / max(1, job.total)))
        else:
            wait = rounds.next_at - datetime.now(UTC)
            show_card_title(words("collect.waiting", wait=say_age(language(), wait)))
            _show_failure(rounds)
        _show_counts(rounds, job.total)
        if job.error is not None:  # of the round before: the next one comes all the same
            show_error(job.error)
        stopping = job.stopping.is_set()
        st.button(
            label("collect.stopping" if stopping else "collect.stop"),
            key="collect_stop",
            disabled=stopping,
            on_click=job.stop,
        )


def _show_counts(rounds: Rounds, total: int) -> None:
    polls = _find_polls(rounds)
    good = sum(poll.outcome.is_good for poll in polls)
    show_figures(
        [
            (f"{len(rounds.asked)} / {total}", words("collect.done")),
            (str(good), words("collect.good")),
            (str(len(polls) - good), words("collect.failed")),
        ]
    )


def _show_end(job: CollectJob) -> None:
    with card("collected"):
        if job.error is not None:
            show_error(job.error)
        elif job.failed:
            st.error(label("collect.broken"))
        elif not job.stopping.is_set() and _show_failure(job.progress):
            return
        else:
            _show_done(job)


def _show_done(job: CollectJob) -> None:
    if job.stopping.is_set():
        show_card_title(words("collect.stopped"))
    elif _find_polls(job.progress):
        show_card_title(words("collect.finished"))
    else:
        show_card_title(words("collect.not_due"))
    _show_counts(job.progress, job.total)
    skipped = sum(one.poll is None for one in job.progress.asked)
    if skipped:
        show_note(words("collect.skipped", count=skipped))


def _show_failure(rounds: Rounds) -> bool:
    """Says that no list was brought, why, and what to do; whether that is so."""
    polls = _find_polls(rounds)
    if not polls or any(poll.outcome.is_good for poll in polls):
        return False
    kind = "offline" if is_offline(rounds) else "nothing"
    st.html(
        f'<div class="ca-stale part" role="alert"><b>{markup(f"collect.{kind}", count=len(polls))}</b>'
        f" {markup(f'collect.{kind}_do')}</div>"
    )
    return True


def is_offline(rounds: Rounds) -> bool:
    """Whether sources were asked and not one of them could be reached."""
    polls = _find_polls(rounds)
    return bool(polls) and all(poll.outcome is PollOutcome.NETWORK for poll in polls)


def _find_polls(rounds: Rounds) -> list[Poll]:
    return [one.poll for one in rounds.asked if one.poll is not None]
