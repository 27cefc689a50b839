"""Quotation marks that do not close what they open: ”你好“, “你好“, and straight ones round hanzi."""

import re
from collections.abc import Iterator
from itertools import islice

from copyassist.desk.checks.family import MOST_PER_CODE, Case, Family, FieldName, mark
from copyassist.types import Finding, Severity

_ANY = re.compile('[“”"]')
_CURLY = re.compile("[“”]")
# A pair of straight ones with hanzi between, on one line and no inch or code.
_STRAIGHT = re.compile(r'(?<![A-Za-z0-9="])"([^"\n]{1,60})"(?![A-Za-z0-9"])')
_HAN = re.compile("[\u4e00-\u9fff]")


def _find(case: Case) -> Iterator[Finding]:
    for field, text in case.texts:
        if _ANY.search(text.raw):
            yield from islice(_find_turned(field, text.raw), MOST_PER_CODE)
            yield from islice(_find_straight(field, text.raw), MOST_PER_CODE)


def _find_turned(field: FieldName, raw: str) -> Iterator[Finding]:
    """In each paragraph opening and closing ones take turns; an odd number tells nothing."""
    at = 0
    for line in raw.splitlines(keepends=True):
        marks = list(_CURLY.finditer(line))
        if len(marks) % 2 == 0:
            for number, found in enumerate(marks):
                better = "“”"[number % 2]
                if found[0] != better:
                    yield _report(
                        "quote_turned",
                        field,
                        (at + found.start(), at + found.end()),
                        found[0],
                        better,
                    )
        at += len(line)


def _find_straight(field: FieldName, raw: str) -> Iterator[Finding]:
    for found in _STRAIGHT.finditer(raw):
        if _HAN.search(found[1]):
            yield _report("quote_straight", field, found.span(), found[0], f"“{found[1]}”")


def _report(code: str, field: FieldName, span: tuple[int, int], text: str, better: str) -> Finding:
    return mark(code, Severity.INFO, (field, *span), replacement=better, text=text, better=better)


FAMILY = Family(id="quotes", codes=("quote_turned", "quote_straight"), find=_find)
