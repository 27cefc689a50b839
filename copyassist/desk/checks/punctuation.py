"""Punctuation marks in heaps: platforms read them as shouting (标题夸张耸动), readers too."""

import re
from collections.abc import Iterator
from itertools import islice

from copyassist.desk.checks.family import MOST_PER_CODE, Case, Family, mark
from copyassist.types import Finding, Severity

# Allowed as they are: …… and ... and —— (standard), and ?! as one mark of surprise.
_REPEATED = re.compile(r"[！!？?]{2,}|[。，、；：,;]{2,}|[~～]{2,}|…{3,}|\.{4,}|[-—]{5,}")
_PAIR = re.compile(r"[！!？?。，、；：,;~～….\-—]{2}")  # what all of these hold: cheap to look for
_SURPRISE = re.compile("[？?][！!]")
_MANY = 3


def _find(case: Case) -> Iterator[Finding]:
    for field, text in case.texts:
        if _PAIR.search(text.raw) is None:
            continue
        heaps = (found for found in _REPEATED.finditer(text.raw) if not _is_single(found[0]))
        for found in islice(heaps, MOST_PER_CODE):
            if len(found[0]) >= _MANY and set(found[0]) == {"。"}:
                span = (field, *found.span())
                yield mark("full_stops", Severity.INFO, span, replacement="……", text=found[0][:10])
                continue
            loud = field == "title" and len(found[0]) >= _MANY and found[0][0] in "！!？?"
            yield mark(
                "repeated_punctuation",
                Severity.WARNING if loud else Severity.INFO,
                (field, *found.span()),
                replacement=_reduce(found[0]),
                text=found[0][:10],
            )


def _is_single(marks: str) -> bool:
    return _SURPRISE.fullmatch(marks) is not None


def _reduce(marks: str) -> str:
    if marks[0] == "…":
        return "……"
    if marks[0] == ".":
        return "..."
    if marks[0] in "-—":
        return "——"
    return next((mark for mark in marks if mark in "？?"), marks[0])


FAMILY = Family(id="punctuation", codes=("repeated_punctuation", "full_stops"), find=_find)
