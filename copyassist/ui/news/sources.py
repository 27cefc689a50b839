"""The sources behind the topics: how they fare, on and off, collecting, pasting a list."""

from datetime import UTC, datetime, timedelta

import streamlit as st

from copyassist.i18n import say, say_age
from copyassist.news.sources.registry import WITHOUT_LIST
from copyassist.news.sources.source import Source
from copyassist.types.news import SourceHealth
from copyassist.ui.kit.escape import as_html, as_markdown
from copyassist.ui.kit.parts import card, show_card_title, show_figures, show_note
from copyassist.ui.kit.platforms import platform_name
from copyassist.ui.kit.session import get_assistant, language
from copyassist.ui.kit.trouble import guarded, show_error
from copyassist.ui.news.collect_job import CollectJob, Rounds, start_collecting
from copyassist.ui.news.sentences import describe_source_error, label, markup, words

JOB_KEY = "collect_job"
POLL_SECONDS = 0.7
EVERY = timedelta(minutes=10)
SHOWN_STALE = 4
NAME_WIDTH = 230  # pixels: the longest name of a shipped source, on one line


# --- collecting ----------------------------------------------------------------------------------


def show_collecting() -> None:
    """The button that collects; while it works, how far it is and the button that stops it."""
    job: CollectJob | None = st.session_state.get(JOB_KEY)
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
    st.session_state[JOB_KEY] = start_collecting(assistant, total, every)


@st.fragment(run_every=POLL_SECONDS)
def _show_progress() -> None:
    job: CollectJob = st.session_state[JOB_KEY]
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
    polls = [one.poll for one in rounds.asked if one.poll is not None]
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
            return
        if job.failed:
            st.error(label("collect.broken"))
            return
        stopped = job.stopping.is_set()
        show_card_title(words("collect.stopped" if stopped else "collect.finished"))
        _show_counts(job.progress, job.total)
        skipped = sum(one.poll is None for one in job.progress.asked)
        if skipped:
            show_note(words("collect.skipped", count=skipped))


# --- health --------------------------------------------------------------------------------------


def show_health() -> None:
    """A warning that names the sources whose list is not fresh; nothing while all are."""
    now = datetime.now(UTC)
    assistant = get_assistant()
    names = {source.id: source.name(language()) for source in assistant.news.sources()}
    tried = [one for one in assistant.news.health() if one.enabled and one.last_try is not None]
    stale = [one for one in tried if one.is_stale(now)]
    if not stale:
        return
    shown = [f"{names[one.source]} ({_say_last(one, now)})" for one in stale[:SHOWN_STALE]]
    rest = len(stale) - len(shown)
    said = as_html(words("health.stale", count=len(stale), total=len(tried)))
    listed = as_html(say(language(), "hot.comma").join(shown))
    more = markup("health.more", count=rest) if rest else ""
    st.html(f'<div class="ca-stale part" role="status"><b>{said}</b> {listed}{more}</div>')


def _say_last(one: SourceHealth, now: datetime) -> str:
    if one.last_good is None:
        return say(language(), "sources.health.never_good")
    age = say_age(language(), now - one.last_good)
    return words("health.age", age=age)


def show_sources() -> None:
    """Every source with its health and its switch, and the form for a pasted list."""
    assistant, now = get_assistant(), datetime.now(UTC)
    sources = {source.id: source for source in assistant.news.sources()}
    health = assistant.news.health()
    show_note(words("sources.note"))
    _show_paste()
    with card("sources"):
        on = sum(one.enabled for one in health)
        show_card_title(words("sources.title"), words("sources.count", on=on, total=len(health)))
        for one in sorted(health, key=lambda one: _rank_health(one, now)):
            _show_source(sources[one.source], one, now)
    with st.expander(label("sources.missing")):
        rows = "".join(
            f"<li>{as_html(say(language(), f'sources.without_list.{id}'))}</li>"
            for id in WITHOUT_LIST
        )
        st.html(f'<ul class="ca-list">{rows}</ul>')


def _rank_health(one: SourceHealth, now: datetime) -> tuple[bool, bool]:
    """What needs the reader comes first: in trouble, then on, then off."""
    return not one.enabled, not (one.enabled and one.last_try is not None and one.is_stale(now))


def _show_source(source: Source, one: SourceHealth, now: datetime) -> None:
    with st.container(key=f"source_{source.id}", horizontal=True, vertical_alignment="center"):
        key = f"on_{source.id}"
        st.session_state[key] = one.enabled
        st.toggle(
            as_markdown(source.name(language())),
            key=key,
            on_change=_switch,
            args=(source.id,),
            width=NAME_WIDTH,
        )
        st.html(f'<div class="ca-health">{health_html(one, now)}</div>', width="stretch")


@guarded
def _switch(id: str) -> None:
    get_assistant().news.switch([id], bool(st.session_state[f"on_{id}"]))


def health_html(one: SourceHealth, now: datetime) -> str:
    """A source's health line: a mark with its word, last good, error, next try, shape."""
    parts = [f'<span class="ca-tag {tone}">{markup(f"health.{state}")}</span>'
             for state, tone in [_find_state(one, now)]]  # fmt: skip
    if one.last_good is not None:
        age = say_age(language(), now - one.last_good)
        parts.append(
            as_html(say(language(), "sources.health.last_good", age=age, rows=one.good_rows))
        )
    if one.error:
        parts.append(f"<b>{describe_source_error(one.error, one.params)}</b>")
    if one.enabled and one.next_try is not None and one.next_try > now:
        wait = say_age(language(), one.next_try - now)
        parts.append(as_html(say(language(), "sources.health.next_try", wait=wait)))
    parts.append(f"<small>{as_html(say(language(), f'sources.shape.{one.shape}'))}</small>")
    return " ".join(parts)


def _find_state(one: SourceHealth, now: datetime) -> tuple[str, str]:
    if not one.enabled:
        return "off", "ca-none"
    if one.last_try is None:
        return "untried", "ca-none"
    if one.is_stale(now):
        return "old", "ca-error"
    if one.error:
        return "trouble", "ca-warning"
    return "fresh", "ca-info"


# --- pasting -------------------------------------------------------------------------------------


def _show_paste() -> None:
    profiles = get_assistant().platforms
    names = {id: platform_name(profile) for id, profile in profiles.items()}
    with st.expander(label("paste.title")):
        show_note(words("paste.note"))
        with st.form("paste_list", border=False, clear_on_submit=False):
            st.selectbox(
                words("paste.platform"), list(names), key="paste_platform",
                format_func=names.__getitem__,
            )  # fmt: skip
            st.text_area(
                words("paste.text"), key="paste_text", height=160, placeholder=words("paste.hint")
            )
            st.form_submit_button(label("paste.save"), type="primary", on_click=_paste)


@guarded
def _paste() -> None:
    platform, text = st.session_state["paste_platform"], st.session_state["paste_text"]
    poll = get_assistant().news.paste(platform, text)
    st.session_state["paste_text"] = ""
    st.toast(label("paste.done", count=poll.rows))
