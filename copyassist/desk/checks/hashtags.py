"""Hashtags: whether the platform will read them as such, and how many there are."""

import re
from collections.abc import Iterator
from itertools import islice

from copyassist.desk.checks.family import MOST_PER_CODE, Case, Family, FieldName, mark
from copyassist.types import Finding, Severity

# A topic is 1..40 characters on one line; "#1" and the anchor of an address are none.
_NAME = r"(?!\d+(?!\w))[^\s#＃，。！？,!?]{1,40}"
_BEFORE = "(?<![A-Za-z0-9/&?=])"
_CLOSED = re.compile(_BEFORE + r"[#＃](?!\d+[#＃])([^#＃\s](?:[^#＃\n\r]{0,38}[^#＃\s])?)[#＃]")
_OPEN = re.compile(rf"{_BEFORE}[#＃]({_NAME})")
# On platforms of open hashes: closed out of habit, not the next topic written without a space.
_CLOSED_BY_HABIT = re.compile(_BEFORE + r"[#＃](?!\d+[#＃])([^#＃\s]{1,40})[#＃](?![^\s#＃])")
# How 小红书 stores a picked topic: #咖啡[话题]#
_STORED = re.compile(r"#([^#\n\r\[\]]{1,40})\[话题\]#")


def find_tags(raw: str, *, closed: bool) -> list[str]:
    """The names of the topics in `raw`, in order of kind. `closed`: only #话题# counts."""
    if closed:
        return _CLOSED.findall(raw)
    rest = _STORED.sub(" ", raw)
    names = _CLOSED_BY_HABIT.findall(rest) + _OPEN.findall(_CLOSED_BY_HABIT.sub(" ", rest))
    return _STORED.findall(raw) + names


def _find(case: Case) -> Iterator[Finding]:
    syntax = case.platform.tag_syntax
    if syntax == "none" or not any("#" in t.raw or "＃" in t.raw for _, t in case.texts):
        return
    for field, text in case.texts:
        if syntax == "closed_hash":
            yield from islice(_find_unclosed(field, text.raw), MOST_PER_CODE)
        elif syntax == "open_hash":
            yield from islice(_find_closed(field, text.raw), MOST_PER_CODE)
        else:
            yield from islice(_find_in_text(field, text.raw), MOST_PER_CODE)
    yield from _find_number(case)


def _find_unclosed(field: FieldName, raw: str) -> Iterator[Finding]:
    blanked = _CLOSED.sub(lambda found: " " * len(found[0]), raw)
    for found in _OPEN.finditer(blanked):
        better = f"#{found[1]}#"
        yield mark(
            "tag_unclosed",
            Severity.WARNING,
            (field, *found.span()),
            replacement=better,
            text=found[0],
            better=better,
        )


def _find_closed(field: FieldName, raw: str) -> Iterator[Finding]:
    blanked = _STORED.sub(lambda found: " " * len(found[0]), raw)
    for found in _CLOSED_BY_HABIT.finditer(blanked):
        better = f"#{found[1]} "
        yield mark(
            "tag_closed",
            Severity.INFO,
            (field, *found.span()),
            replacement=better,
            text=found[0],
            better=better.strip(),
        )


def _find_in_text(field: FieldName, raw: str) -> Iterator[Finding]:
    blanked = _CLOSED.sub(lambda found: "#" + "x" * (len(found[0]) - 1), raw)
    for found in _OPEN.finditer(blanked):
        text = raw[found.start() : found.end()]
        yield mark("tag_in_text", Severity.INFO, (field, *found.span()), text=text)


def _find_number(case: Case) -> Iterator[Finding]:
    closed = case.platform.tag_syntax == "closed_hash"
    tags = {tag for _, text in case.texts for tag in find_tags(text.raw, closed=closed)}
    most = case.platform.max_tags
    if case.platform.tag_syntax == "field" or not tags:
        return
    if most is not None and len(tags) > most:
        yield Finding(
            code="tags_too_many",
            severity=Severity.WARNING,
            params={"value": len(tags), "limit": most},
        )
    if case.platform.tags_picked:
        yield Finding(
            code="tags_picked", severity=Severity.INFO, params={"example": sorted(tags)[0]}
        )


FAMILY = Family(
    id="hashtags",
    codes=("tag_unclosed", "tag_closed", "tag_in_text", "tags_too_many", "tags_picked"),
    find=_find,
)
