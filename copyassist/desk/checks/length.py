"""Lengths against the platform's limits, counted the platform's way."""

from bisect import bisect_right
from collections.abc import Iterator
from typing import Literal

from copyassist.desk.checks.family import Case, Family, FieldName, find_form
from copyassist.text import count
from copyassist.types import (
    Counter,
    Finding,
    Limit,
    Measure,
    ParsedDraft,
    Platform,
    PlatformForm,
    Severity,
    Span,
)

# What each severity of a limit is called. The gravest broken limit of a field speaks alone.
_LONG = {
    Severity.ERROR: "too_long",
    Severity.WARNING: "maybe_too_long",
    Severity.INFO: "long_hint",
}
_SHORT = {
    Severity.ERROR: "too_short",
    Severity.WARNING: "short_hint",
    Severity.INFO: "short_hint",
}


_FieldName = Literal["title", "first_line", "body", "digest"]
_FIELDS: tuple[_FieldName, ...] = ("title", "body", "digest")
_FIELDS_WITHOUT_TITLE: tuple[_FieldName, ...] = ("first_line", "body", "digest")
_LONG_KINDS = ("too_long", "maybe_too_long", "long_hint")
_SHORT_KINDS = ("too_short", "short_hint")
_NO_LIMIT = Limit(field="body", counter="codepoints", maximum=None)


def measure_lengths(parsed: ParsedDraft, platform: Platform) -> list[Measure]:
    """The counted title, body or first line beside each limit of the draft's form.

    Where the form has no title, the title is the first line of the text and counts into the body.
    A field without a limit is counted in code points, so that the length is always shown.
    """
    form = find_form(platform, parsed.draft.form)
    return [
        _measure(value, field, limit, (platform, form))
        for field, limit, value in _count_fields(parsed, form)
    ]


def _count_fields(parsed: ParsedDraft, form: PlatformForm) -> list[tuple[_FieldName, Limit, float]]:
    counted: list[tuple[_FieldName, Limit, float]] = []
    for field in _FIELDS if form.has_title else _FIELDS_WITHOUT_TITLE:
        text = _read_field(parsed, form, field)
        if text is None:
            continue
        limits = [limit for limit in form.limits if limit.field == field]
        counted += [(field, one, count(text, one.counter)) for one in limits or (_NO_LIMIT,)]
    return counted


def _read_field(parsed: ParsedDraft, form: PlatformForm, field: str) -> str | None:
    """The text that counts as the field, None where the draft does not have it (yet)."""
    title = parsed.title.raw.strip()
    body = parsed.body.raw.strip() if parsed.body is not None else ""
    if field == "title":
        return title
    if field == "digest":
        return parsed.draft.digest.strip() or None
    if field == "first_line":
        return title or body.partition("\n")[0]
    if form.has_title:
        return body or None
    return f"{title}\n{body}".strip()


def _measure(
    value: float, field: str, limit: Limit, where: tuple[Platform, PlatformForm]
) -> Measure:
    platform, form = where
    return Measure(
        platform=platform.id,
        form=form.id,
        field=field,
        counter=limit.counter,
        value=value,
        minimum=limit.minimum,
        maximum=limit.maximum,
        severity=limit.severity if _is_broken(limit, value) else None,
        confidence=limit.confidence,
    )


def _is_broken(limit: Limit, value: float) -> bool:
    if limit.maximum is not None and value > limit.maximum:
        return True
    return limit.minimum is not None and value < limit.minimum


def _find(case: Case) -> Iterator[Finding]:
    worst: dict[str, Measure] = {}
    for field, limit, value in _count_fields(case.parsed, case.form):
        # An empty text is another check's business.
        if value > 0 and _is_broken(limit, value):
            measure = _measure(value, field, limit, (case.platform, case.form))
            worst[field] = max(worst.get(field, measure), measure, key=_weigh)
    for measure in worst.values():
        yield _judge(measure, case)


def _weigh(measure: Measure) -> int:
    return -1 if measure.severity is None else measure.severity.rank


def _judge(measure: Measure, case: Case) -> Finding:
    severity = measure.severity or Severity.INFO
    if measure.maximum is not None and measure.value > measure.maximum:
        over = measure.value - measure.maximum
        stricter = severity is Severity.INFO and _counts_otherwise(measure, case)
        return Finding(
            code="title_stricter" if stricter else f"{measure.field}_{_LONG[severity]}",
            severity=severity,
            span=_find_excess(measure, case),
            params={"value": measure.value, "limit": measure.maximum, "over": over},
        )
    limit = measure.minimum or 0
    return Finding(
        code=f"{measure.field}_{_SHORT[severity]}",
        severity=severity,
        params={"value": measure.value, "limit": limit, "missing": limit - measure.value},
    )


def _counts_otherwise(measure: Measure, case: Case) -> bool:
    """Whether the title fits the platform's first way of counting, and breaks a second one."""
    counters = [one.counter for one in case.form.limits if one.field == measure.field]
    return measure.field == "title" and measure.counter != counters[0]


def _find_excess(measure: Measure, case: Case) -> Span | None:
    """What would have to go: the raw range after the last character that still fits."""
    if measure.field == "digest" or (measure.field == "body" and not case.form.has_title):
        return None  # no place in the texts; title and body together are too long
    parsed = case.parsed.body if measure.field == "body" else case.parsed.title
    if parsed is None or measure.maximum is None or not parsed.raw.strip():
        return None
    start = len(parsed.raw) - len(parsed.raw.lstrip())
    text = parsed.raw.strip()
    fitting = _count_fitting(text, measure.counter, measure.maximum)
    field: FieldName = "body" if measure.field == "body" else "title"
    return Span(field, start + fitting, start + len(text))


def _count_fitting(text: str, counter: Counter, maximum: float) -> int:
    """How many characters fit. No character counts as less than a half, so twice the limit do."""
    longest = min(len(text), int(2 * maximum) + 1)
    fits = bisect_right(range(longest + 1), maximum, key=lambda size: count(text[:size], counter))
    return fits - 1


FAMILY = Family(
    id="length",
    codes=(
        "title_stricter",
        *(
            f"{field}_{kind}"
            for field in ("title", "body", "first_line", "digest")
            for kind in (*_LONG_KINDS, *_SHORT_KINDS)
            if field in ("title", "body") or kind in _LONG_KINDS
        ),
    ),
    find=_find,
)
