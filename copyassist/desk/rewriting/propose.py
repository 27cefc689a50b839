"""Better titles for a draft: what mends its faults, and variants; every one through the same gates."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from rapidfuzz.distance import Levenshtein

from copyassist.desk.checks.lexicon import CATEGORIES
from copyassist.desk.review import Desk, review, review_many
from copyassist.desk.rewriting.candidate import Candidate, Fault, Rewriting, Variant
from copyassist.desk.rewriting.card import FactCard, make_card
from copyassist.desk.rewriting.front import bring_forward, is_late
from copyassist.desk.rewriting.guards import find_foreign, loses_meaning
from copyassist.desk.rewriting.kinds import UNSORTED, label_title
from copyassist.desk.rewriting.lawful import is_reported, promises_too_much, reword
from copyassist.desk.rewriting.own import fill_own, find_best, measure_fit
from copyassist.desk.rewriting.pieces import is_clean
from copyassist.desk.rewriting.shorten import shorten
from copyassist.desk.rewriting.skeletons import GOOD, fill_skeletons
from copyassist.desk.scoring import p_beats
from copyassist.text import count, title_key
from copyassist.types import Draft, Finding, PlatformForm, Purpose, Report, Severity

SHOWN = 10
OF_A_KIND = 2
OF_A_HEAD = 3
OFTEN = 2  # times that a body names what a title should begin with
FEWEST = 3  # as many are shown even where some are doubtful
ALIKE = 0.75  # of two titles, by edits: one of them is enough
MOST_JUDGED = 48
FIXES_EACH = 3
# What somebody lived through or a paper reports may say so: a hint is no fault there.
_TOLD = (Purpose.EXPERIENCE, Purpose.NEWS)
_TOO_LONG = frozenset({"title_too_long", "title_maybe_too_long", "first_line_too_long", "first_line_maybe_too_long"})


def propose(
    draft: Draft, desk: Desk, *, keyword: str = "", more: Iterable[Candidate] = (), shown: int = SHOWN
) -> Rewriting:
    """All proposals for a draft. `keyword` is what the title should begin with, "" for its own first.

    `more` are candidates from elsewhere, such as a language model: they pass the same gates.
    """
    report = review(draft, desk)
    word = keyword or _find_keyword(report)
    faults = find_faults(report, word)
    if "too_long" in faults and not keyword:
        faults = tuple(one for one in faults if one != "keyword_late")  # the limit goes first
    fixes = _fix(report, desk, faults, word) if faults else []
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


def _find_keyword(report: Report) -> str:
    """The title's topic, where the body speaks of it so often that readers will look for it."""
    card = make_card(report.draft, report.keywords)
    return card.topic if report.draft.body.count(card.topic) >= OFTEN else ""


def find_faults(report: Report, keyword: str) -> tuple[Fault, ...]:
    """What is wrong with a title that another title can mend."""
    found: list[Fault] = []
    if any(one.code in _TOO_LONG for one in report.findings):
        found.append("too_long")
    if find_violations(report) or promises_too_much(report.draft.title):
        found.append("violation")
    if is_late(report.draft.title, keyword):
        found.append("keyword_late")
    return tuple(found)


def find_violations(report: Report) -> list[Finding]:
    """The findings about wording in the title."""
    title = report.title.raw
    return [
        one
        for one in report.findings
        if one.code in CATEGORIES
        and (one.severity is not Severity.INFO or report.purpose not in _TOLD)
        and one.span is not None
        and one.span.field == "title"
        and not is_reported(title, one.span.start)
    ]


# --- mending ---------------------------------------------------------------------------------------


def _fix(report: Report, desk: Desk, faults: Sequence[Fault], keyword: str) -> list[Variant]:
    """Titles with fewer faults, those that mend most first, at most three for each fault."""
    candidates = _mend_all(report, desk, faults, keyword)
    titles = list({title_key(one.title): one for one in candidates}.values())
    reports = review_many([replace(report.draft, title=one.title) for one in titles], desk)
    found = []
    for candidate, judged in zip(titles, reports, strict=True):
        left = find_faults(judged, keyword if keyword in candidate.title else "")
        mended = tuple(one for one in faults if one not in left)
        if not mended or set(left) - set(faults) or _is_worse(report, judged):
            continue
        found.append(_judge(candidate, judged, report, desk, mended))
    return _pick_fixes(found, faults)


def _pick_fixes(found: Sequence[Variant], faults: Sequence[Fault]) -> list[Variant]:
    order = sorted(found, key=lambda one: (-len(one.mends), -one.candidate.weight))
    chosen: list[Variant] = []
    for fault in faults:
        having = [one for one in chosen if fault in one.mends]
        for one in order:
            if len(having) >= FIXES_EACH:
                break
            if fault in one.mends and one not in chosen:
                chosen.append(one)
                having.append(one)
    return sorted(chosen, key=lambda one: (-len(one.mends), -one.candidate.weight))


def _is_worse(old: Report, new: Report) -> bool:
    """Whether a title has a graver problem than the given one had, or one of another kind."""
    if new.score.evidence.wordless or _repeats(new):
        return True
    known = {one.key for one in old.findings}
    return any(
        one.severity is not Severity.INFO and one.key not in known for one in _in_title(new)
    )


def _in_title(report: Report) -> list[Finding]:
    return [
        one
        for one in report.findings
        if (one.span is not None and one.span.field == "title")
        or one.code.startswith(("title_", "first_line_", "duplicate_"))
    ]


def _repeats(report: Report) -> bool:
    return any(one.kind in ("identical", "near") for one in report.matches)


def _mend_all(
    report: Report, desk: Desk, faults: Sequence[Fault], keyword: str
) -> list[Candidate]:
    """Candidates for the faults, one after the other: lawful first, then in front, then short."""
    draft = report.draft
    fits = _fitting(desk, draft)
    stages = [Candidate(draft.title, "", "lawful", weight=0.0)]
    if "violation" in faults:
        stages = _reword(report, desk)
    if "keyword_late" in faults:
        moved = [
            Candidate(title, "moved", "moved", {"keyword": keyword}, 5.0 - 0.5 * place + one.weight / 10)
            for one in stages[:4]
            for place, title in enumerate(bring_forward(one.title, keyword))
            if loses_meaning(draft.title, title) in ("", "hedge") or "violation" in faults
        ]
        stages = [*stages, *moved] if "violation" in faults else moved
    if "too_long" in faults:
        stages = stages or [Candidate(draft.title, "", "shortened")]
    short: list[Candidate] = []
    for one in stages[:10]:
        if one.code and fits(one.title):
            short.append(one)
            continue
        keep = [keyword] if one.origin == "moved" else [keyword, ""]
        for place, title in enumerate(shorten(one.title, fits, [word for word in keep if word])):
            if _keeps(draft.title, title, faults):
                weight = 4.0 - 0.5 * place + one.weight / 10
                over = count(draft.title, _counter(desk, draft)) - count(title, _counter(desk, draft))
                short.append(Candidate(title, "shortened", "shortened", {"less": f"{over:g}"}, weight))
    return short


def _reword(report: Report, desk: Desk) -> list[Candidate]:
    """Lawful wordings; what is still none is worded again once, with what stands in it then."""
    said = {"text": _quote(report)}
    first = reword(report.draft.title, find_violations(report))[:8]
    again = []
    for judged in review_many([replace(report.draft, title=one) for one in first[:4]], desk):
        if left := find_violations(judged):
            again += reword(judged.draft.title, left)[:3]
    titles = dict.fromkeys([*first, *again])
    return [
        Candidate(title, "reworded", "lawful", said, 6.0 - 0.2 * place)
        for place, title in enumerate(titles)
    ]


def _keeps(title: str, new: str, faults: Sequence[Fault]) -> bool:
    return "violation" in faults or not loses_meaning(title, new)


def _quote(report: Report) -> str:
    found = [
        report.title.raw[one.span.start : one.span.end]
        for one in find_violations(report)
        if one.span is not None
    ]
    return "、".join(dict.fromkeys(found)) or report.draft.title[:8]


def _form(desk: Desk, draft: Draft) -> PlatformForm:
    platform = desk.context.platform
    return next((form for form in platform.forms if form.id == draft.form), platform.form)


def _counter(desk: Desk, draft: Draft):  # type: ignore[no-untyped-def]
    limits = [one for one in _form(desk, draft).limits if one.field in ("title", "first_line")]
    return limits[0].counter if limits else "codepoints"


def _fitting(desk: Desk, draft: Draft):  # type: ignore[no-untyped-def]
    """Whether a title keeps the form's limits, those that are only a warning too."""
    limits = [
        one
        for one in _form(desk, draft).limits
        if one.field in ("title", "first_line") and one.severity is not Severity.INFO
    ]

    def fits(title: str) -> bool:
        return all(one.maximum is None or count(title, one.counter) <= one.maximum for one in limits)

    return fits


# --- variants --------------------------------------------------------------------------------------


def _vary(
    report: Report, desk: Desk, more: Iterable[Candidate], dropped: Counter[str]
) -> list[Variant]:
    draft = report.draft
    card = make_card(draft, report.keywords)
    best = find_best(desk.rated)
    made = [*fill_own(card, best), *fill_skeletons(card)] if draft.body else list(fill_skeletons(card))
    candidates = _pass_cheap_gates([*more, *made], card, draft, desk, dropped)
    reports = review_many([replace(draft, title=one.title) for one in candidates], desk)
    found = []
    for candidate, judged in zip(candidates, reports, strict=True):
        gate = _find_gate(report, judged)
        if gate:
            dropped[gate] += 1
            continue
        found.append(_judge(candidate, judged, report, desk, ()))
    keeps = frozenset(card.kinds) & {"warning", "question", "audience"}
    chosen = _spread(found, draft.title, keeps, dropped)
    good = [one for one in chosen if one.candidate.weight >= GOOD]
    return chosen[:FEWEST] if len(good) < FEWEST else good


def _pass_cheap_gates(
    candidates: Sequence[Candidate], card: FactCard, draft: Draft, desk: Desk, dropped: Counter[str]
) -> list[Candidate]:
    counted = "" if card.body_count is None else card.body_count.text
    source, fits = f"{draft.title}\n{draft.body}\n{counted}", _fitting(desk, draft)
    kept: dict[str, Candidate] = {}
    for one in sorted(candidates, key=lambda one: -one.weight):
        gate = _find_cheap_gate(one, card, source, fits)
        if gate:
            dropped[gate] += 1
        else:
            kept.setdefault(title_key(one.title), one)
    kept.pop(title_key(draft.title), None)
    return list(kept.values())[:MOST_JUDGED]


def _find_cheap_gate(one: Candidate, card: FactCard, source: str, fits) -> str:  # type: ignore[no-untyped-def]
    if not is_clean(one.title) or "\n" in one.title:
        return "form"
    if not fits(one.title):
        return "length"
    if find_foreign(one.title, source):
        return "facts"
    if loses_meaning(card.title, one.title, source):
        return "meaning"
    if card.words and not any(word.lower() in one.title.lower() for word in card.words):
        return "meaning"
    return ""


def _find_gate(old: Report, new: Report) -> str:
    """What stands against a judged title: "" where nothing does."""
    if new.score.evidence.wordless:
        return "form"
    if _repeats(new):
        return "duplicate"
    if find_violations(new) or promises_too_much(new.draft.title):
        return "compliance"
    known = {one.key for one in old.findings}
    bad = [one for one in _in_title(new) if one.severity is not Severity.INFO]
    return "compliance" if any(one.key not in known for one in bad) else ""


def _judge(
    candidate: Candidate, judged: Report, old: Report, desk: Desk, mends: tuple[Fault, ...]
) -> Variant:
    best = find_best(desk.rated)
    return Variant(
        candidate=candidate,
        report=judged,
        kinds=label_title(candidate.title),
        mends=mends,
        p_better=p_beats(desk.scorer, judged.score, old.score),
        fit=measure_fit(candidate.title, best),
        marks=("warning",) if judged.worst is Severity.WARNING else (),
    )


def _name_kind(one: Variant, keeps: frozenset[str]) -> str:
    """The type that a variant counts as: its first that is not what every variant must keep."""
    kinds = [kind for kind in one.kinds if kind not in keeps]
    return kinds[0] if kinds else (one.kinds[0] if one.kinds else f"{UNSORTED}:{one.candidate.code}")


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
