"""Titles that mend the faults of a given one: lawful words, the keyword in front, the limit kept."""

from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein

from copyassist.desk.review import Desk
from copyassist.desk.rewriting.candidate import Candidate, Fault, Variant
from copyassist.desk.rewriting.faults import find_faults, find_in_title, find_violations, repeats
from copyassist.desk.rewriting.front import bring_forward
from copyassist.desk.rewriting.gates import (
    find_counter,
    is_about,
    judge,
    judge_titles,
    make_fitting,
)
from copyassist.desk.rewriting.guards import loses_meaning
from copyassist.desk.rewriting.lawful import reword
from copyassist.desk.rewriting.shorten import shorten
from copyassist.text import count, title_key
from copyassist.types import Report, Severity

FIXES_EACH = 3


def fix(report: Report, desk: Desk, faults: Sequence[Fault], keyword: str) -> list[Variant]:
    """Titles with fewer faults, those that mend most first, at most three for each fault."""
    words = [one.text for one in report.keywords if one.in_title]
    candidates = [
        one for one in _mend_all(report, desk, faults, keyword) if is_about(one.title, words)
    ]
    titles = list({title_key(one.title): one for one in candidates}.values())
    reports = judge_titles(report.draft, [one.title for one in titles], desk)
    found = []
    for candidate, judged in zip(titles, reports, strict=True):
        left = find_faults(judged, keyword if keyword in candidate.title else "")
        mended = tuple(one for one in faults if one not in left)
        if not mended or set(left) - set(faults) or _is_worse(report, judged):
            continue
        found.append(judge(candidate, judged, report, desk, mended))
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
    if new.score.evidence.wordless or repeats(new):
        return True
    known = {one.key for one in old.findings}
    return any(
        one.severity is not Severity.INFO and one.key not in known for one in find_in_title(new)
    )


def _mend_all(report: Report, desk: Desk, faults: Sequence[Fault], keyword: str) -> list[Candidate]:
    """Candidates for the faults, one after the other: lawful first, then in front, then short."""
    draft = report.draft
    fits = make_fitting(desk, draft)
    stages = [Candidate(draft.title, "", "lawful", weight=0.0)]
    if "violation" in faults:
        stages = _reword(report, desk)
    if "keyword_late" in faults:
        moved = [
            Candidate(
                title, "moved", "moved", {"keyword": keyword}, 5.0 - 0.5 * place + one.weight / 10
            )
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
                over = count(draft.title, find_counter(desk, draft)) - count(
                    title, find_counter(desk, draft)
                )
                short.append(
                    Candidate(title, "shortened", "shortened", {"less": f"{over:g}"}, weight)
                )
    return short


def _reword(report: Report, desk: Desk) -> list[Candidate]:
    """Lawful wordings; what is still none is worded again once, with what stands in it then."""
    said = {"text": _quote(report)}
    first = reword(report.draft.title, find_violations(report))[:8]
    again = []
    for judged in judge_titles(report.draft, first[:4], desk):
        if left := find_violations(judged):
            again += reword(judged.draft.title, left)[:3]
    titles = dict.fromkeys([*first, *again])
    return [
        Candidate(title, "reworded", "lawful", said, 6.0 * _measure_kept(report.draft.title, title))
        for title in titles
    ]


def _measure_kept(title: str, new: str) -> float:
    """The share of a title that a new one keeps."""
    return Levenshtein.normalized_similarity(title, new)


def _keeps(title: str, new: str, faults: Sequence[Fault]) -> bool:
    return "violation" in faults or not loses_meaning(title, new)


def _quote(report: Report) -> str:
    found = [
        report.title.raw[one.span.start : one.span.end]
        for one in find_violations(report)
        if one.span is not None
    ]
    return "、".join(dict.fromkeys(found)) or report.draft.title[:8]
