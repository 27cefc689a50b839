"""Full-width and half-width characters in the wrong places of a Chinese text."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice

from copyassist.desk.checks.family import (
    MOST_PER_CODE,
    Case,
    Family,
    FieldName,
    compile_pattern,
    mark,
)
from copyassist.types import Finding, Severity

_HAN = "\u4e00-\u9fff"
# Half-width marks after a hanzi and before one, or at the end. Colons in 3:1 and dots stay.
_HALF = f"(?<=[{_HAN}])[,!?;:](?=[{_HAN}]|\\n|$)"
_WIDE = re.compile("[Ａ-Ｚａ-ｚ０-９]+")
_EITHER = re.compile("[,!?;:Ａ-Ｚａ-ｚ０-９]")  # what both of these hold: cheap to look for
_FULL = str.maketrans(",!?;:", "，！？；：")


def _find(case: Case) -> Iterator[Finding]:
    for field, text in case.texts:
        if _EITHER.search(text.raw) is None:
            continue
        yield from islice(_find_half(field, text.raw), MOST_PER_CODE)
        yield from islice(_find_wide(field, text.raw), MOST_PER_CODE)


def _find_half(field: FieldName, raw: str) -> Iterator[Finding]:
    for found in compile_pattern(_HALF).finditer(raw):
        better = found[0].translate(_FULL)
        yield mark(
            "halfwidth_punctuation",
            Severity.INFO,
            (field, *found.span()),
            replacement=better,
            text=found[0],
            better=better,
        )


def _find_wide(field: FieldName, raw: str) -> Iterator[Finding]:
    for found in _WIDE.finditer(raw):
        better = unicodedata.normalize("NFKC", found[0])
        yield mark(
            "fullwidth_letters",
            Severity.INFO,
            (field, *found.span()),
            replacement=better,
            text=found[0],
            better=better,
        )


FAMILY = Family(id="width", codes=("halfwidth_punctuation", "fullwidth_letters"), find=_find)
