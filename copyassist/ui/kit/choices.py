"""Boxes to choose from whose options are said in the user's language.

A browser remembers what a box shows by the box's key alone: with one key for both languages, the
old language's word would stay in it. So a box has a key for each language, and what was chosen is
carried from one to the other.
"""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from copyassist.ui.kit.session import language

DRAWN_KEY = "boxes_drawn"


def box_key(name: str) -> str:
    """The key of a box in the language that is spoken now."""
    return name if language() == "zh" else f"{name}_{language()}"


def read_choice(name: str, default: Any = None) -> Any:
    """What the box holds, as the browser said last."""
    return st.session_state.get(_drawn().get(name, box_key(name)), default)


def set_choice(name: str, value: Any) -> None:
    """Chooses for the user. Only before the box is drawn: in a callback."""
    for key in {_drawn().get(name, box_key(name)), box_key(name)}:
        st.session_state[key] = value


def choose_one(
    text: str,
    options: Sequence[Any],
    name: str,
    say: Callable[[Any], str],
    *,
    first: Any = None,
    **more: Any,
) -> Any:
    """A box for one of `options`, each shown as `say` words it; `first` stands there at first.

    `more` goes to Streamlit's box, on_change among it.
    """
    key, shown = _take_over(name), {one: say(one) for one in options}
    if st.session_state.get(key) not in options:
        st.session_state[key] = first if first in options else next(iter(options), None)
    return st.selectbox(
        text,
        options,
        key=key,
        format_func=shown.__getitem__,
        persist_state="session",
        **more,
    )


def choose_many(
    text: str,
    options: Sequence[Any],
    name: str,
    say: Callable[[Any], str],
    **more: Any,
) -> list[Any]:
    """A box for any of `options`, each shown as `say` words it."""
    key, shown = _take_over(name), {one: say(one) for one in options}
    st.session_state[key] = [one for one in st.session_state.get(key, []) if one in options]
    return list(
        st.multiselect(
            text,
            options,
            key=key,
            format_func=shown.__getitem__,
            persist_state="session",
            **more,
        )
    )


def _take_over(name: str) -> str:
    """The box's key; where the language was switched since, with what was chosen before."""
    key, drawn = box_key(name), _drawn()
    before = drawn.get(name, key)
    if before != key and before in st.session_state:
        st.session_state[key] = st.session_state[before]
    drawn[name] = key
    return key


def _drawn() -> dict[str, str]:
    kept: dict[str, str] = st.session_state.setdefault(DRAWN_KEY, {})
    return kept
