"""Better titles for a draft: what mends its faults, and variants; every one through the same gates."""

from collections import Counter
from collections.abc import Iterable, Sequence

from rapidfuzz.distance import Levenshtein

from copyassist.desk.review import Desk, review
from copyassist.desk.rewriting.candidate import Candidate, Rewriting, Variant
from copyassist.desk.rewriting.card import MOST_BODY, FactCard, make_card
from copyassist.desk.rewriting.faults import find_faults, find_keyword
from copyassist.desk.rewriting.fixing import fix
from copyassist.desk.rewriting.gates import (
    find_cheap_gate,
    find_gate,
    judge,
    judge_titles,
    make_fitting,
)
from copyassist.desk.rewriting.kinds import LONGEST, UNSORTED
from copyassist.desk.rewriting.own import fill_own, find_best
from copyassist.desk.rewriting.skeletons import GOOD, fill_skeletons
from copyassist.text import title_key
from copyassist.types import Draft, Report

SHOWN = 10
OF_A_KIND = 2
OF_A_HEAD = 3
FEWEST = 3  # as many are shown even where some are doubtful
ALIKE = 0.75  # of two titles, by edits: one of them is enough
MOST_JUDGED = 48


def propose(
    draft: Draft,
    desk: Desk,
    *,
    keyword: str = "",
    more: Iterable[Candidate] = (),
    shown: int = SHOWN,
) -> Rewriting:
    """All proposals for a draft. `keyword` is what the title should begin with, "" for its own first.

    `more` are candidates from elsewhere, such as a language model: they pass the same gates.
    """
    report = review(draft, desk)
    if len(draft.title) > LONGEST:
        return Rewriting(report=report, faults=("too_long",), fixes=(), variants=())
    word = keyword or find_keyword(report)
    faults = find_faults(report, word)
    if "too_long" in faults and not keyword:
        faults = tuple(one for one in faults if one != "keyword_late")  # the limit goes first
    fixes = fix(report, desk, faults, word) if faults else []
    dropped: Counter[str] = Counter()
    variants = _vary(report, desk, more, dropped)
    given = {title_key(one.title) for one in fixes}
    others = [one for one in variants if title_key(one.title) not in given]
    return Rewriting(
        report=report,
        faults=faults,
        fixes=tuple(fixes),
        variants=tuple(others[:shown]),
        keyword=word,
        dropped=dict(dropped),
    )


def _vary(
    report: Report, desk: Desk, more: Iterable[Candidate], dropped: Counter[str]
) -> list[Variant]:
    draft = report.draft
    card = make_card(draft, report.keywords)
    best = find_best(desk.rated)
    made = (
        [*fill_own(card, best), *fill_skeletons(card)] if draft.body else list(fill_skeletons(card))
    )
    candidates = _pass_cheap_gates([*more, *made], card, draft, desk, dropped)
    reports = judge_titles(draft, [one.title for one in candidates], desk)
    found = []
    for candidate, judged in zip(candidates, reports, strict=True):
        gate = find_gate(report, judged)
        if gate:
            dropped[gate] += 1
            continue
        found.append(judge(candidate, judged, report, desk, ()))
    chosen = _spread(found, draft.title, frozenset(card.kinds), dropped)
    good = [one for one in chosen if one.candidate.weight >= GOOD]
    return chosen[:FEWEST] if len(good) < FEWEST else good


def _pass_cheap_gates(
    candidates: Sequence[Candidate], card: FactCard, draft: Draft, desk: Desk, dropped: Counter[str]
) -> list[Candidate]:
    counted = "" if card.body_count is None else card.body_count.text
    source = f"{draft.title}\n{draft.body[:MOST_BODY]}\n{counted}"
    fits = make_fitting(desk, draft)
    kept: dict[str, Candidate] = {}
    for one in sorted(candidates, key=lambda one: -one.weight):
        gate = find_cheap_gate(one, card, source, fits)
        if gate:
            dropped[gate] += 1
        else:
            kept.setdefault(title_key(one.title), one)
    kept.pop(title_key(draft.title), None)
    return list(kept.values())[:MOST_JUDGED]


def _name_kind(one: Variant, keeps: frozenset[str]) -> str:
    """The type that a variant counts as: its first that the given title has not, else how it was made."""
    kinds = [kind for kind in one.kinds if kind not in keeps]
    return kinds[0] if kinds else f"{next(iter(one.kinds), UNSORTED)}:{one.candidate.code}"


def _spread(
    found: Sequence[Variant], given: str, keeps: frozenset[str], dropped: Counter[str]
) -> list[Variant]:
    """The best first, at most two of a type, none like another, no claim twice."""
    kinds: Counter[str] = Counter()
    used: Counter[object] = Counter()
    chosen: list[Variant] = []
    for one in sorted(found, key=_worth, reverse=True):
        kind = _name_kind(one, keeps)
        params = one.candidate.params
        claim, head = params.get("sentence", one.title), params.get("head", one.title)
        if kinds[kind] >= OF_A_KIND or used[claim] or used[head] >= OF_A_HEAD:
            dropped["kind"] += 1
            continue
        if any(_alike(one.title, other) for other in [given, *(two.title for two in chosen)]):
            dropped["alike"] += 1
            continue
        kinds[kind] += 1
        used.update({claim, head})
        chosen.append(one)
    return chosen


def _worth(one: Variant) -> float:
    """What a variant is ranked by: the score where there is one, else the fit to the best posts.

    What is doubtful by its making comes last.
    """
    made = one.candidate.weight
    value = one.report.score.value
    sure = 100.0 if made >= GOOD else 0.0
    return sure + (value / 10 if value is not None else 3.0 * one.fit + made)


def _alike(first: str, second: str) -> bool:
    return Levenshtein.normalized_similarity(first, second) >= ALIKE
