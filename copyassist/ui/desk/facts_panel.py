"""What the writer may tell beside title and text. What is not filled in is not counted."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import streamlit as st

from copyassist.ui.kit.choices import choose_one, read_choice
from copyassist.ui.kit.parts import show_note
from copyassist.ui.kit.sentences import label, words

# The highest number that a field takes.
NUMBERS: Mapping[str, int] = MappingProxyType(
    {"n_images": 100, "body_chars": 100_000, "n_tags": 100, "hour": 23}
)
CHOICES = ("video", "weekend")
OPTIONS = ("", "0", "1")  # not told, no, yes


def show_facts(on_change: Callable[[], None]) -> None:
    """The fields, folded away: most drafts are scored without them. `on_change` is a callback."""
    with st.expander(label("facts.title")):
        show_note(words("facts.note"))
        columns = st.columns(2)
        for place, name in enumerate((*CHOICES, *NUMBERS)):
            with columns[place % 2]:
                _show_choice(name, on_change) if name in CHOICES else _show_number(name, on_change)


def _show_number(name: str, on_change: Callable[[], None]) -> None:
    st.number_input(
        words(f"facts.{name}"),
        min_value=0,
        max_value=NUMBERS[name],
        value=None,
        step=1,
        key=f"desk_fact_{name}",
        placeholder=words("facts.unknown"),
        on_change=on_change,
        persist_state="session",
    )


def _show_choice(name: str, on_change: Callable[[], None]) -> None:
    choose_one(
        words(f"facts.{name}"),
        OPTIONS,
        f"desk_fact_{name}",
        lambda option: words(f"facts.{name}_{option or 'unknown'}"),
        on_change=on_change,
    )


def read_facts() -> dict[str, float]:
    """The facts that were filled in, by their names."""
    facts = {}
    for name in (*CHOICES, *NUMBERS):
        told = read_choice(f"desk_fact_{name}")
        if isinstance(told, int | float) or told in ("0", "1"):
            facts[name] = float(told)
    return facts
