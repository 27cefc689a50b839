"""What a family of checks is, and what it is given."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache

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
from copyassist.types.drafts import FieldName

__all__ = [
    "MOST_PER_CODE",
    "Case",
    "Family",
    "FieldName",
    "compile_pattern",
    "find_form",
    "mark",
]

# A text of megabytes can hold a fault at every character; nobody reads more cards than this.
MOST_PER_CODE = 20


@dataclass(frozen=True, slots=True)
class Case:
    """One draft on one platform. `form` is the draft's form; `purpose` is never "auto".

    `texts` are the title and, where there is one, the body.
    """

    parsed: ParsedDraft
    platform: Platform
    form: PlatformForm
    purpose: Purpose
    texts: tuple[tuple[FieldName, ParsedText], ...] = field(init=False)

    def __post_init__(self) -> None:
        title, body = self.parsed.title, self.parsed.body
        texts = (("title", title),) if body is None else (("title", title), ("body", body))
        object.__setattr__(self, "texts", texts)  # once: every family asks for them


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
    for form in platform.forms:
        if form.id == form_id:
            return form
    return platform.form


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
