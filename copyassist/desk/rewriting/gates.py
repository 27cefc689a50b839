"""The gates that every proposed title passes, wherever it comes from."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from copyassist.desk.checks.family import find_form
from copyassist.desk.review import Desk, review_many
from copyassist.desk.rewriting.candidate import Candidate, Fault, Variant
from copyassist.desk.rewriting.card import FactCard
from copyassist.desk.rewriting.faults import find_in_title, find_violations, repeats
from copyassist.desk.rewriting.guards import find_foreign, loses_meaning
from copyassist.desk.rewriting.kinds import label_title
from copyassist.desk.rewriting.lawful import promises_too_much
from copyassist.desk.rewriting.own import find_best, measure_fit
from copyassist.desk.rewriting.pieces import is_clean
from copyassist.desk.scoring import p_beats
from copyassist.text import count, tag_words
from copyassist.types import Counter, Draft, Limit, Report, Severity

Fits = Callable[[str], bool]
TELLING = 2_000  # signs of a body by which its purpose is told

_ABOUT = 3  # words, the weightiest first


def find_limits(desk: Desk, draft: Draft) -> list[Limit]:
    """The limits of the draft's form on its title, without those that are only a hint."""
    form = find_form(desk.context.platform, draft.form)
    return [
        one
        for one in form.limits
        if one.field in ("title", "first_line") and one.severity is not Severity.INFO
    ]


def find_counter(desk: Desk, draft: Draft) -> Counter:
    """How the platform counts a title."""
    return next((one.counter for one in find_limits(desk, draft)), "codepoints")


def make_fitting(desk: Desk, draft: Draft) -> Fits:
    """Tells whether a title keeps the form's limits."""
    limits = find_limits(desk, draft)

    def fits(title: str) -> bool:
        return all(
            one.maximum is None or count(title, one.counter) <= one.maximum for one in limits
        )

    return fits


def judge_titles(draft: Draft, titles: Sequence[str], desk: Desk) -> list[Report]:
    """The reports of other titles of a draft.

    Of the body only what tells an advert from an article is read again.
    """
    body = draft.body[:TELLING]
    return review_many([replace(draft, title=one, body=body) for one in titles], desk)


def find_cheap_gate(one: Candidate, card: FactCard, source: str, fits: Fits) -> str:
    """What stands against a candidate that nobody has judged yet; `source` is title and body."""
    if not is_clean(one.title) or "\n" in one.title:
        return "form"
    if not fits(one.title):
        return "length"
    if find_foreign(one.title, source):
        return "facts"
    if loses_meaning(card.title, one.title, source):
        return "meaning"
    if not is_about(one.title, card.words):
        return "meaning"
    return ""


def is_about(title: str, words: Sequence[str]) -> bool:
    """Whether a title is about what another one is, whose words are given, weightiest first."""
    about = words[:_ABOUT]
    parts = [part for word in about for part, _ in tag_words(word.lower()) if len(part) > 1]
    return not about or any(part in title.lower() for part in (*parts, *about))


def find_gate(old: Report, new: Report) -> str:
    """What stands against a judged title: "" where nothing does."""
    if new.score.evidence.wordless:
        return "form"
    if repeats(new):
        return "duplicate"
    known = {one.key for one in old.findings if one.severity is not Severity.ERROR}
    if any(one.key not in known for one in find_violations(new)):
        return "compliance"
    if promises_too_much(new.draft.title):
        return "compliance"
    bad = [one for one in find_in_title(new) if one.severity is not Severity.INFO]
    # What breaks a rule is offered to nobody, even where the given title breaks it too.
    return "compliance" if any(one.rule or one.key not in known for one in bad) else ""


def judge(
    candidate: Candidate, judged: Report, old: Report, desk: Desk, mends: tuple[Fault, ...]
) -> Variant:
    """A candidate with all that is known of it beside the given title."""
    best = find_best(desk.rated)
    careful = any(one.severity is Severity.WARNING for one in find_in_title(judged))
    return Variant(
        candidate=candidate,
        report=judged,
        kinds=label_title(candidate.title),
        mends=mends,
        p_better=p_beats(desk.scorer, judged.score, old.score),
        fit=measure_fit(candidate.title, best),
        marks=("warning",) if careful else (),
    )
