"""The sources behind the topics: how they fare, on and off, and what may be brought by hand."""

from collections.abc import Collection
from datetime import UTC, datetime

import streamlit as st

from copyassist.i18n import say, say_age
from copyassist.news.sources.registry import WITHOUT_LIST
from copyassist.news.sources.source import Source
from copyassist.types.news import SourceHealth
from copyassist.ui.kit.escape import as_html, as_markdown
from copyassist.ui.kit.parts import card, show_card_title, show_note
from copyassist.ui.kit.session import get_assistant, language
from copyassist.ui.kit.trouble import guarded
from copyassist.ui.news.bringing import show_bringing
from copyassist.ui.news.sentences import describe_source_error, label, markup, words

SHOWN_STALE = 4
NAME_WIDTH = 230  # pixels: the longest name of a shipped source, on one line


# --- health --------------------------------------------------------------------------------------


def show_health() -> None:
    """A warning that names the sources whose list is no longer fresh, and those that never gave one."""
    now = datetime.now(UTC)
    assistant = get_assistant()
    names = {source.id: source.name(language()) for source in assistant.news.sources()}
    tried = [one for one in assistant.news.health() if one.enabled and one.last_try is not None]
    seen = [(one, one.last_good) for one in tried if one.last_good is not None]
    _warn(
        words("health.stale", total=len(tried), count=sum(one.is_stale(now) for one, _ in seen)),
        [
            f"{names[one.source]} ({words('health.age', age=say_age(language(), now - last))})"
            for one, last in seen
            if one.is_stale(now)
        ],
    )
    never = [names[one.source] for one in tried if one.last_good is None]
    _warn(words("health.never", total=len(tried), count=len(never)), never)


def _warn(said: str, sources: list[str]) -> None:
    if not sources:
        return
    listed = as_html(say(language(), "hot.comma").join(sources[:SHOWN_STALE]))
    rest = len(sources) - SHOWN_STALE
    more = markup("health.more", count=rest) if rest > 0 else ""
    st.html(f'<div class="ca-stale part" role="status"><b>{as_html(said)}</b> {listed}{more}</div>')


def show_sources() -> None:
    """Every source with its health and its switch, and the forms for what is brought by hand."""
    assistant, now = get_assistant(), datetime.now(UTC)
    sources = {source.id: source for source in assistant.news.sources()}
    health = assistant.news.health()
    own = {str(table.get("id")) for table in assistant.news.own.tables}
    show_note(words("sources.note"))
    show_bringing()
    with card("sources"):
        on = sum(one.enabled for one in health)
        show_card_title(words("sources.title"), words("sources.count", on=on, total=len(health)))
        for one in sorted(health, key=lambda one: _rank_health(one, now)):
            _show_source(sources[one.source], one, now, own)
    with st.expander(label("sources.missing")):
        rows = "".join(
            f"<li>{as_html(say(language(), f'sources.without_list.{id}'))}</li>"
            for id in WITHOUT_LIST
        )
        st.html(f'<ul class="ca-list">{rows}</ul>')


def _rank_health(one: SourceHealth, now: datetime) -> tuple[bool, bool]:
    """What needs the reader comes first: in trouble, then on, then off."""
    return not one.enabled, not (one.enabled and one.last_try is not None and one.is_stale(now))


def _show_source(source: Source, one: SourceHealth, now: datetime, own: Collection[str]) -> None:
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
        if one.error == "source_short":
            st.button(
                label("sources.accept"),
                key=f"accept_{source.id}",
                on_click=_accept,
                args=(source.id,),
            )
        if source.id in own:
            st.button(
                label("sources.remove"),
                key=f"remove_{source.id}",
                type="tertiary",
                on_click=_remove,
                args=(source.id,),
            )


@guarded
def _switch(id: str) -> None:
    get_assistant().news.switch([id], bool(st.session_state[f"on_{id}"]))


@guarded
def _accept(id: str) -> None:
    get_assistant().news.accept(id)
    st.toast(label("sources.accepted"))


@guarded
def _remove(id: str) -> None:
    get_assistant().news.remove([id])
    st.toast(label("sources.removed"))


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
    if one.last_good is None:
        return "failed", "ca-warning"
    if one.is_stale(now):
        return "old", "ca-error"
    if one.error:
        return "trouble", "ca-warning"
    return "fresh", "ca-info"
