"""Punctuation and widths as Chinese text has them, by AutoCorrect: a mark beside hanzi is a wide one.

Its rules for spaces are off: a space between hanzi and letters costs length, and house styles differ.
Of 40,000 ordinary titles it changes 2 %; a sample of 70, read, was right in each (docs/facts/typography.md).
"""

import json
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from functools import cache
from typing import NamedTuple

_OFF = (
    "space-word",
    "space-punctuation",
    "space-bracket",
    "space-backticks",
    "space-dash",
    "space-dollar",
    "no-space-fullwidth",
    "no-space-fullwidth-quote",
    "spellcheck",
)
_ON = ("fullwidth", "halfwidth-word", "halfwidth-punctuation")
_LONGEST = 2_000  # characters of a line compared letter by letter


class Correction(NamedTuple):
    """What stands in [start, end) of a text, and what should."""

    start: int
    end: int
    better: str


def find_corrections(raw: str) -> Iterator[Correction]:
    """What is to be changed, line by line, in order. Never raises on any text."""
    at = 0
    for line in raw.splitlines(keepends=True):
        text = line.rstrip("\r\n")
        if len(text) <= _LONGEST:
            yield from _compare(text, _load()(text), at)
        at += len(line)


def _compare(old: str, new: str, at: int) -> Iterator[Correction]:
    if old == new:
        return
    if len(old) == len(new):  # nearly always: one mark for another
        for index, (one, other) in enumerate(zip(old, new, strict=True)):
            if one != other:
                yield Correction(at + index, at + index + 1, other)
        return
    for kind, low, high, first, last in SequenceMatcher(None, old, new, False).get_opcodes():
        if kind != "equal":
            yield Correction(at + low, at + high, new[first:last])


@cache
def _load() -> Callable[[str], str]:
    import autocorrect_py  # only where a text holds a mark that may be wrong

    rules = dict.fromkeys(_OFF, 0) | dict.fromkeys(_ON, 1)
    autocorrect_py.load_config(  # type: ignore[attr-defined]  # its stub forgets it
        json.dumps({"rules": rules})
    )
    format_text: Callable[[str], str] = autocorrect_py.format
    return format_text
