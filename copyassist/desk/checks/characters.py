"""Characters that the platform's own title field refuses or demands."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice

from copyassist.desk.checks.family import MOST_PER_CODE, Case, Family, compile_pattern, mark
from copyassist.text import simplify
from copyassist.types import Finding, Severity

_EMOJI = re.compile(
    "(?:[\u203c\u2049\u231a\u231b\u23e9-\u23f3\u25aa-\u25ab\u25fb-\u25fe\u2600-\u2604\u260e\u2611"
    "\u2614-\u2615\u261d\u2620-\u2639\u263a\u2648-\u2653\u2663-\u2668\u267b\u267f\u2692-\u26ff"
    "\u2702\u2705\u2708-\u270d\u270f\u2712-\u2716\u271d-\u2728\u2733-\u2734\u2744\u2747\u274c"
    "\u274e\u2753-\u2757\u2763-\u2764\u2795-\u2797\u27a1\u27b0\u2b05-\u2b07\u2b1b-\u2b1c\u2b50\u2b55"
    "\U0001f000-\U0001faff]\ufe0f?\u200d?)+"
)
_HAN = "[\u4e00-\u9fff]"
_PAUSES = "，,、；;。"


_LINK = re.compile(r"(?:https?://|www\.)[^\s\u3000-\u9fff\uff00-\uffef]+", re.IGNORECASE)


def _find(case: Case) -> Iterator[Finding]:
    yield from _find_links(case)
    raw = case.parsed.title.raw.strip()
    if not raw or not case.form.has_title:
        return
    yield from _find_ending(case)
    if not case.form.title_emoji:
        yield from _find_emoji(case)
    if case.form.title_symbols is not None or case.form.title_refused:
        yield from islice(_find_symbols(case), MOST_PER_CODE)
    if not case.form.title_traditional:
        yield from islice(_find_traditional(case), MOST_PER_CODE)
    if case.form.min_han:
        yield from _find_missing_hanzi(case)


def _find_traditional(case: Case) -> Iterator[Finding]:
    """Runs of Traditional characters, with the Simplified ones in their place."""
    raw = case.parsed.title.raw
    simple = simplify(raw)
    if len(simple) != len(raw):
        return
    at = 0
    while at < len(raw):
        end = at
        while end < len(raw) and raw[end] != simple[end]:
            end += 1
        if end > at:
            better = simple[at:end]
            yield mark(
                "traditional_refused",
                case.form.character_severity,
                ("title", at, end),
                replacement=better,
                text=raw[at:end],
                better=better,
            )
        at = end + 1


def _find_links(case: Case) -> Iterator[Finding]:
    body = case.parsed.body
    if body is None or case.form.body_links:
        return
    for found in islice(_LINK.finditer(body.raw), MOST_PER_CODE):
        yield mark("link_refused", Severity.WARNING, ("body", *found.span()), text=found[0][:40])


def _find_ending(case: Case) -> Iterator[Finding]:
    raw = case.parsed.title.raw.rstrip()
    endings = case.form.title_ending
    if not endings or raw[-1] in endings:
        return
    kept = "" if raw[-1] in "。.！!，,…" else raw[-1]
    yield mark(
        "title_ending",
        case.form.character_severity,
        ("title", len(raw) - 1, len(raw)),
        replacement=kept + endings[0],
        ending=endings[0],
    )


def _find_emoji(case: Case) -> Iterator[Finding]:
    for found in islice(_EMOJI.finditer(case.parsed.title.raw), MOST_PER_CODE):
        yield mark(
            "emoji_refused",
            case.form.character_severity,
            ("title", *found.span()),
            replacement="",
            text=found[0],
        )


def _find_symbols(case: Case) -> Iterator[Finding]:
    raw = case.parsed.title.raw
    emoji = {index for found in _EMOJI.finditer(raw) for index in range(*found.span())}
    for index, char in enumerate(raw):
        if index not in emoji and _is_refused(char, case):
            yield mark(
                "symbol_refused",
                case.form.character_severity,
                ("title", index, index + 1),
                replacement=" " if char in _PAUSES else "",
                text=char,
            )


def _is_refused(char: str, case: Case) -> bool:
    if char in case.form.title_refused:
        return True
    allowed = case.form.title_symbols
    return allowed is not None and char not in allowed and unicodedata.category(char)[0] in "PS"


def _find_missing_hanzi(case: Case) -> Iterator[Finding]:
    has = len(compile_pattern(_HAN).findall(case.parsed.title.raw))
    if has < case.form.min_han:
        yield Finding(
            code="hanzi_missing",
            severity=max(case.form.character_severity, Severity.WARNING, key=lambda s: s.rank),
            params={"needed": case.form.min_han, "value": has},
        )


FAMILY = Family(
    id="characters",
    codes=(
        "title_ending",
        "emoji_refused",
        "symbol_refused",
        "hanzi_missing",
        "traditional_refused",
        "link_refused",
    ),
    find=_find,
)
