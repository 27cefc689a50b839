"""Full-width and half-width characters in the wrong places of a Chinese text."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby, islice

from copyassist.desk.checks.family import MOST_PER_CODE, Case, Family, FieldName, mark
from copyassist.text.typography import Correction, find_corrections
from copyassist.types import Finding, Severity

# What a correction begins with: cheap to look for, and plain Chinese titles hold none of it.
_EITHER = re.compile("[,!?;:.Ａ-Ｚａ-ｚ０-９：]")
_WIDE = re.compile("[Ａ-Ｚａ-ｚ０-９]+")
# Beside quotation marks AutoCorrect leaves them.
_BESIDE_QUOTES = re.compile('(?<=[\u4e00-\u9fff])[,!?;:](?=[“”"「」『』《（])')
_FULL = str.maketrans(",!?;:", "，！？；：")


def _find(case: Case) -> Iterator[Finding]:
    for field, text in case.texts:
        if _EITHER.search(text.raw) is None:
            continue
        wide = [found.span() for found in _WIDE.finditer(text.raw)]
        yield from islice(_find_marks(field, text.raw, wide), MOST_PER_CODE)
        yield from islice(_find_wide(field, text.raw), MOST_PER_CODE)


def _find_marks(field: FieldName, raw: str, wide: list[tuple[int, int]]) -> Iterator[Finding]:
    letters = {index for span in wide for index in range(*span)}
    corrections = {one.start: one for one in find_corrections(raw)}
    for beside in _BESIDE_QUOTES.finditer(raw):
        full = Correction(*beside.span(), beside[0].translate(_FULL))
        corrections.setdefault(full.start, full)
    found = (one for start, one in sorted(corrections.items()) if start not in letters)
    for _, run in groupby(enumerate(found), key=lambda pair: pair[1].start - pair[0]):
        start, end, better = _join([one for _, one in run])
        yield mark(
            "halfwidth_punctuation",
            Severity.INFO,
            (field, start, end),
            replacement=better,
            text=raw[start:end],
            better=better,
        )


def _join(run: list[Correction]) -> Correction:
    return Correction(run[0].start, run[-1].end, "".join(one.better for one in run))


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
