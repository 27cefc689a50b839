"""What a family of checks is, and what it is given."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from copyassist.types import (
    Finding,
    ParsedDraft,
    ParsedText,
    Platform,
    PlatformForm,
    Purpose,
    Severity,
    Span,
)

FieldName = Literal["title", "body"]

# A text of megabytes can hold a fault at every character; nobody reads more cards than this.
MOST_PER_CODE = 20


@dataclass(frozen=True, slots=True)
class Case:
    """One draft on one platform. `form` is the draft's form; `purpose` is never "auto"."""

    parsed: ParsedDraft
    platform: Platform
    form: PlatformForm
    purpose: Purpose

    @property
    def texts(self) -> Iterator[tuple[FieldName, ParsedText]]:
        """The title and, where there is one, the body."""
        yield "title", self.parsed.title
        if self.parsed.body is not None:
            yield "body", self.parsed.body


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """A file of checks: the codes it may give, each with sentences and examples, and its finder."""

    id: str
    codes: tuple[str, ...]
    find: Callable[[Case], Iterable[Finding]]


@cache
def compile_pattern(source: str) -> re.Pattern[str]:
    """The expression, compiled (VERBOSE) when first needed: a class of all hanzi costs 1.4 ms."""
    return re.compile(source, re.VERBOSE)


def find_form(platform: Platform, form_id: str) -> PlatformForm:
    """The form of that id, the platform's first where it has none of that id."""
    return next((form for form in platform.forms if form.id == form_id), platform.form)


def mark(
    code: str,
    severity: Severity,
    span: tuple[FieldName, int, int],
    *,
    replacement: str | None = None,
    **params: object,
) -> Finding:
    """A finding about a range of the raw title or body."""
    return Finding(
        code=code, severity=severity, span=Span(*span), replacement=replacement, params=params
    )
