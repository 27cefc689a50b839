"""Wording that advertising law or the platforms object to, from the lexicon's rows.

A headline is usually no advert, so every finding has two axes: the row's category and gravity, and
what the draft is. The same word is "forbidden" in an advert and a hint elsewhere (compliance:
Advertising Law art. 9(3), 16-18, 24, 25, 57, 58; SAMR guide No. 6 of 2023).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice

from copyassist.desk.checks.family import MOST_PER_CODE, Case, Family, FieldName, compile_pattern
from copyassist.desk.checks.lexicon_rows import LexiconRow, load_goods, load_rows, load_sale_words
from copyassist.desk.law.compose import list_heads
from copyassist.desk.law.excuses import excuses_rank
from copyassist.desk.law.finding import find_law, keep_apart
from copyassist.desk.law.unmask import unmask
from copyassist.types import Finding, ParsedText, Purpose, Severity, Span

CATEGORIES = (
    "absolute_term",
    "guarantee",
    "medical",
    "health_food",
    "food",
    "cosmetics",
    "infant",
    "alcohol_tobacco",
    "finance",
    "education",
    "property",
    "price",
    "authority",
    "superstition",
    "discrimination",
    "minors",
    "disparaging",
    "marks_missing",
    "diversion",
    "inducement",
    "imitates_notice",
    "threat_or_curse",
    "insider_or_deletion",
    "sourceless",
)
# In these fields even an article that sells nothing should not promise effects.
_GRAVE_EVERYWHERE = frozenset({"guarantee", "medical", "finance", "education"})
# The platforms' rules on titles, not the law on adverts: the same in every context.
_OF_TITLES = frozenset({"imitates_notice", "threat_or_curse", "insider_or_deletion", "sourceless"})
_FORBIDDEN, _NEEDS_BASIS = 4, 3


@dataclass(frozen=True, slots=True)
class Hit:
    """A row's match [start, end) in a text; `rest` is what of it may stay, the pattern's group."""

    row: LexiconRow
    start: int
    end: int
    rest: tuple[int, int] | None = None


def find_hits(norm: str, rows: Iterable[LexiconRow], *, advertises: bool = True) -> list[Hit]:
    """Where rows match the normalised text and nothing excuses them, without overlaps.

    `advertises`: rows of scope "goods" need no goods beside them. Within one category the longer
    of two overlapping matches stands, then the graver.
    """
    hits = [hit for row in rows for hit in islice(_find_row(norm, row, advertises), MOST_PER_CODE)]
    hits.sort(key=lambda hit: (hit.start - hit.end, -hit.row.gravity, hit.start))
    kept: list[Hit] = []
    for hit in hits:
        if not any(_collide(hit, other) for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit.start)


def _collide(one: Hit, other: Hit) -> bool:
    same = one.row.category == other.row.category
    return same and one.start < other.end and other.start < one.end


def _find_row(norm: str, row: LexiconRow, advertises: bool) -> Iterator[Hit]:
    needs_goods = row.scope == "goods" and not advertises
    for found in compile_pattern(row.pattern).finditer(norm):
        start, end = found.span()
        if start == end or _is_excused(norm, row, start, end):
            continue
        if needs_goods and not _is_beside_goods(norm, start, end):
            continue
        yield Hit(row, start, end, _find_rest(found))


def _find_rest(found: re.Match[str]) -> tuple[int, int] | None:
    if "rest" not in found.re.groupindex or found["rest"] is None:
        return None
    return found.span("rest")


# How far around a match its excuses, and the goods it may point at, are looked for.
_AROUND = 24
_BESIDE_GOODS, _BESIDE_SALE = 9, 20


def _is_beside_goods(norm: str, start: int, end: int) -> bool:
    if load_goods().search(norm, max(0, start - _BESIDE_GOODS), end + _BESIDE_GOODS):
        return True
    around = max(0, start - _BESIDE_SALE), end + _BESIDE_SALE
    return load_sale_words().search(norm, *around) is not None


def _is_excused(norm: str, row: LexiconRow, start: int, end: int) -> bool:
    if row.category == "absolute_term" and excuses_rank(norm, start, end):
        return True
    low, high = max(0, start - _AROUND), min(len(norm), end + _AROUND)
    for term in row.except_terms:
        at = norm.find(term, low, high)
        while at != -1:
            if at < end and start < at + len(term):
                return True
            at = norm.find(term, at + 1, high)
    if row.except_pattern is None:
        return False
    excuses = compile_pattern(row.except_pattern).finditer(norm, low, high)
    return any(excuse.start() < end and start < excuse.end() for excuse in excuses)


def judge(row: LexiconRow, purpose: Purpose) -> Severity:
    """How grave a row's match is in a draft of that purpose.

    Adverts: gravity 4 is forbidden, 3 careful or with proof. Elsewhere promises of health, money
    and exam results stay a warning and absolute terms are hints. Title rules look at gravity only.
    """
    if row.category in _OF_TITLES:
        return Severity.WARNING if row.gravity >= _NEEDS_BASIS else Severity.INFO
    if purpose is Purpose.AD:
        return Severity.ERROR if row.gravity >= _FORBIDDEN else Severity.WARNING
    if row.category in _GRAVE_EVERYWHERE and row.gravity >= _NEEDS_BASIS:
        return Severity.WARNING
    return Severity.INFO


# --- finding -----------------------------------------------------------------------------------


def _find(case: Case) -> Iterator[Finding]:
    findings: list[Finding] = []
    for field, text in case.texts:
        findings += _find_in_text(field, text, case.purpose)
        findings += _find_in_disguise(field, text, case.purpose)
        findings += find_law(field, text, case.purpose, case.platform.id, load_goods())
    yield from keep_apart(findings) if len(findings) > 1 else findings


def _find_in_text(field: FieldName, text: ParsedText, purpose: Purpose) -> Iterator[Finding]:
    rows = _choose_rows(text.norm, field, purpose)
    if not rows:
        return
    for hit in find_hits(text.norm, rows, advertises=_advertises(purpose)):
        span = Span(field, *text.raw_span(hit.start, hit.end))
        rest = None if hit.rest is None else text.raw[slice(*text.raw_span(*hit.rest))]
        yield _report(hit.row, span, text, purpose, rest)


def _find_in_disguise(field: FieldName, text: ParsedText, purpose: Purpose) -> Iterator[Finding]:
    for plain in unmask(text.norm):
        rows = _choose_rows(plain.text, field, purpose)
        for hit in find_hits(plain.text, rows, advertises=_advertises(purpose)):
            if plain.covers(hit.start, hit.end):
                start, end = plain.places[hit.start][0], plain.places[hit.end - 1][1]
                rest = None if hit.rest is None else plain.text[slice(*hit.rest)]
                span = Span(field, *text.raw_span(start, end))
                yield _report(hit.row, span, text, purpose, rest)


def _choose_rows(norm: str, field: FieldName, purpose: Purpose) -> tuple[LexiconRow, ...]:
    """The rows whose anchors the text holds and that are asked of such a draft."""
    anchors = _find_anchors(norm)
    if not anchors:
        return ()
    return _choose_by_anchors(anchors, field == "title", _advertises(purpose))


def _advertises(purpose: Purpose) -> bool:
    return purpose is Purpose.AD


def _find_anchors(norm: str) -> frozenset[str]:
    """All anchors in the text, overlapping ones too: 第一次过 holds both 第一 and 一次过."""
    heads = _load_anchors()
    return frozenset(
        anchor
        for head in heads.keys() & list_heads(norm)
        for anchor in heads[head]
        if anchor in norm
    )


@lru_cache(maxsize=4096)
def _choose_by_anchors(
    anchors: frozenset[str], title: bool, advertises: bool
) -> tuple[LexiconRow, ...]:
    return tuple(
        row
        for row in load_rows()
        if not anchors.isdisjoint(row.anchors)
        and (advertises or row.scope != "ad_only")
        and (title or row.category not in _OF_TITLES)
    )


@cache
def _load_anchors() -> Mapping[str, tuple[str, ...]]:
    """The anchors of all rows by their first two characters, or their only one."""
    heads: dict[str, list[str]] = {}
    for anchor in {anchor for row in load_rows() for anchor in row.anchors}:
        heads.setdefault(anchor[:2], []).append(anchor)
    return {head: tuple(anchors) for head, anchors in heads.items()}


def _report(
    row: LexiconRow, span: Span, text: ParsedText, purpose: Purpose, rest: str | None
) -> Finding:
    return Finding(
        code=row.category,
        severity=judge(row, purpose),
        span=span,
        params={"text": text.raw[span.start : span.end]},
        replacement=row.replacement if rest is None else rest,
        rule=row.id,
        basis=row.basis,
    )


FAMILY = Family(id="lexicon", codes=CATEGORIES, find=_find)
