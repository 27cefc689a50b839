"""From breaches to findings: how grave a breach is in a draft of that purpose, and where it stands."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from copyassist.desk.law.excuses import find_excuse, split_sentences
from copyassist.desk.law.match import MOST, Breach, find_breaches, find_hidden
from copyassist.desk.law.reading import measure_reading, read_sentence
from copyassist.desk.law.rules import LawRule, find_basis
from copyassist.types import Finding, ParsedText, Purpose, Severity, Span
from copyassist.types.drafts import FieldName

# Promises of health, money and results: grave in what is no advert, too.
_GRAVE = frozenset({"medical", "health_food", "finance", "education", "infant", "guarantee"})
_FORBIDDEN, _CAREFUL = 4, 3
_UNCONFIRMED = ("conduct_unconfirmed",)
# What is broken by posts of any purpose, reports too.
_CONDUCT = frozenset(
    {"discrimination", "minors", "marks_missing", "diversion", "inducement", "superstition"}
)
# From how a sentence reads: a breach without a rule, what makes a rule's finding one that counts in
# a draft of no known purpose, and what takes from it. In bodies more is asked.
READS_LIKE, READS_LIKE_IN_BODY, RAISES, LOWERS = 1.5, 2.2, 1.2, -2.4
# Insults are short, and no advert; promises of health and money are taken back by nothing less than
# a sentence in which more speaks against a breach than for one.
_LOWERS_GRAVE = -4.0
_READING = "reads_like"
# What denies, warns, asks or reports: no sentence with one of these is pointed out without a rule.
_DISTANT = re.compile(
    r"不承诺|不保证|不代表|不代替|不能|不可|不具有|不构成|不得|不含|不收|不用|不是药|无法|警惕|谨防|骗|辟谣|罚|曝光"
    r"|怎么|如何|为什么|为何|吗|\?|医生|专家|记者|警方|法院|通报|回应|研究|目标|编号|检测报告"
)


def find_law(
    field: FieldName, text: ParsedText, purpose: Purpose, platform: str, goods: re.Pattern[str]
) -> list[Finding]:
    """The findings of the rules in one text. `goods` are names of what is sold."""
    found = []
    beside = goods.search(text.norm) is not None
    where = _Where(purpose, platform, field == "body")
    for breach in find_breaches(text.norm, platform):
        severity = judge_breach(breach, purpose, platform, beside=beside)
        severity = _weigh(severity, breach, text.norm, where)
        if severity is not None:
            found.append(report_breach(field, text, breach, severity, platform))
    for breach in find_hidden(text.norm, platform):  # masks read like nothing
        severity = judge_breach(breach, purpose, platform, beside=beside)
        if severity is not None:
            found.append(report_breach(field, text, breach, severity, platform))
    return [*found, *_find_readings(field, text, purpose, platform, found)]


class _Where(NamedTuple):
    """In what draft a breach stands."""

    purpose: Purpose
    platform: str
    in_body: bool


def _weigh(severity: Severity | None, breach: Breach, norm: str, where: _Where) -> Severity | None:
    """How the sentence reads decides where the purpose is not known to be an advert's, and, in the
    body of an advert, of what only adverts may not say: not every sentence there claims something.
    """
    purpose, platform, in_body = where
    rule = breach.rule
    if breach.asked or rule.unconfirmed or platform in rule.unconfirmed_on:
        return severity
    if purpose is Purpose.AD and not (in_body and rule.context == "ad"):
        return severity
    warned = severity is not None and severity is not Severity.INFO
    if not warned and (purpose is Purpose.NEWS or rule.gravity < _CAREFUL):
        return severity
    value = measure_reading(_cut_sentence(norm, breach.start))
    if warned:
        grave = rule.gravity >= _FORBIDDEN and rule.category in _GRAVE
        least = _LOWERS_GRAVE if grave or rule.category == "discrimination" else LOWERS
        return Severity.INFO if value < least else severity
    return Severity.WARNING if value >= RAISES else severity


def _cut_sentence(norm: str, at: int) -> str:
    """The sentence of a text in which `at` lies."""
    sentences = split_sentences(norm)
    if len(sentences) == 1:
        return norm
    return next((norm[one.start : one.end] for one in sentences if at < one.end), norm)


def _find_readings(
    field: FieldName, text: ParsedText, purpose: Purpose, platform: str, found: Sequence[Finding]
) -> list[Finding]:
    """What reads like a breach, in sentences in which no rule found one."""
    least = READS_LIKE if field == "title" else READS_LIKE_IN_BODY
    readings = []
    for sentence in split_sentences(text.norm):
        span = Span(field, *text.raw_span(sentence.start, sentence.end))
        if any(_overlap(span, one.span) and one.severity is not Severity.INFO for one in found):
            continue
        if _DISTANT.search(text.norm, sentence.start, sentence.end):
            continue
        reading = read_sentence(text.norm[sentence.start : sentence.end], least)
        if reading is None or not _holds(reading.category, purpose, platform):
            continue
        start, end = sentence.start + reading.start, sentence.start + reading.end
        if find_excuse(sentence, start, end, reading.category) is not None:
            continue
        place = Span(field, *text.raw_span(start, end))
        readings.append(
            Finding(
                code=reading.category,
                severity=Severity.WARNING,
                span=place,
                params={"text": text.raw[place.start : place.end]},
                rule=_READING,
                basis=find_basis(reading.category),
            )
        )
    return readings


def _holds(category: str, purpose: Purpose, platform: str) -> bool:
    """Whether such a category can be broken by a draft of that purpose, there."""
    if category == "diversion" and platform == "wechat":
        return False
    return purpose is not Purpose.NEWS or category in _CONDUCT


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
        if counts[one.code] < MOST and not any(_overlap(one.span, other.span) for other in kept):
            kept.append(one)
            counts[one.code] += 1
    return sorted(
        kept, key=lambda one: (one.span.field == "body", one.span.start) if one.span else (0, 0)
    )


def _rank(one: Finding) -> tuple[int, bool, int, bool, int]:
    length = one.span.end - one.span.start if one.span else 0
    body, start = (one.span.field == "body", one.span.start) if one.span else (False, 0)
    return -one.severity.rank, one.replacement is None, -length, body, start


def _overlap(one: Span | None, other: Span | None) -> bool:
    if one is None or other is None or one.field != other.field:
        return False
    return one.start < other.end and other.start < one.end
