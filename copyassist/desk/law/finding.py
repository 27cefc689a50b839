"""From breaches to findings: how grave a breach is in a draft of that purpose, and where it stands."""

import re
from collections import Counter
from collections.abc import Sequence

from copyassist.desk.law.match import MOST, Breach, find_breaches, find_hidden
from copyassist.desk.law.rules import LawRule
from copyassist.types import Finding, ParsedText, Purpose, Severity, Span
from copyassist.types.drafts import FieldName

# Promises of health, money and results: grave in what is no advert, too.
_GRAVE = frozenset({"medical", "health_food", "finance", "education", "infant", "guarantee"})
_FORBIDDEN, _CAREFUL = 4, 3
_UNCONFIRMED = ("conduct_unconfirmed",)


def find_law(
    field: FieldName, text: ParsedText, purpose: Purpose, platform: str, goods: re.Pattern[str]
) -> list[Finding]:
    """The findings of the rules in one text. `goods` are names of what is sold."""
    found = []
    for breach in [*find_breaches(text.norm, platform), *find_hidden(text.norm, platform)]:
        beside = goods.search(text.norm) is not None
        severity = judge_breach(breach, purpose, platform, beside=beside)
        if severity is not None:
            found.append(report_breach(field, text, breach, severity, platform))
    return found


def report_breach(
    field: FieldName, text: ParsedText, breach: Breach, severity: Severity, platform: str
) -> Finding:
    """The finding of a breach, in the raw text."""
    span = Span(field, *text.raw_span(breach.start, breach.end))
    return Finding(
        code=breach.rule.category,
        severity=severity,
        span=span,
        params={"text": text.raw[span.start : span.end]},
        rule=breach.rule.id,
        basis=_UNCONFIRMED if platform in breach.rule.unconfirmed_on else breach.rule.basis,
    )


def judge_breach(
    breach: Breach, purpose: Purpose, platform: str, *, beside: bool
) -> Severity | None:
    """How grave a breach is; None where it says nothing in such a draft.

    In adverts gravity 4 is forbidden and 3 needs care or proof. Elsewhere rules that hold for
    everybody warn, and so do promises of health, money and results; claims of quality are a hint
    beside something that is sold (`beside`). What no rule confirms is a hint anywhere.
    """
    rule = breach.rule
    if rule.unconfirmed or platform in rule.unconfirmed_on:
        return Severity.INFO
    if purpose is Purpose.AD:
        if breach.asked and rule.context == "ad":
            return Severity.INFO
        return Severity.ERROR if rule.gravity >= _FORBIDDEN else _warn(rule)
    if breach.asked:
        return None
    if rule.context == "always":
        return _warn(rule)
    if rule.context == "ad" or purpose is Purpose.NEWS:
        return None
    if rule.gravity >= _FORBIDDEN and rule.category in _GRAVE:
        return Severity.WARNING
    return Severity.INFO if beside else None


def _warn(rule: LawRule) -> Severity:
    return Severity.WARNING if rule.gravity >= _CAREFUL else Severity.INFO


def keep_apart(findings: Sequence[Finding]) -> list[Finding]:
    """Each place once: of findings that overlap the graver stands, then what can be replaced, then
    the longer; and no more of a category than anybody reads.
    """
    kept: list[Finding] = []
    counts: Counter[str] = Counter()
    for one in sorted(findings, key=_rank):
        if counts[one.code] < MOST and not any(_overlap(one, other) for other in kept):
            kept.append(one)
            counts[one.code] += 1
    return sorted(
        kept, key=lambda one: (one.span.field == "body", one.span.start) if one.span else (0, 0)
    )


def _rank(one: Finding) -> tuple[int, bool, int, bool, int]:
    length = one.span.end - one.span.start if one.span else 0
    body, start = (one.span.field == "body", one.span.start) if one.span else (False, 0)
    return -one.severity.rank, one.replacement is None, -length, body, start


def _overlap(one: Finding, other: Finding) -> bool:
    if one.span is None or other.span is None or one.span.field != other.span.field:
        return False
    return one.span.start < other.span.end and other.span.start < one.span.end
