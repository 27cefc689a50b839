"""What is wrong with a title that another title can mend."""

from copyassist.desk.checks.lexicon import CATEGORIES
from copyassist.desk.rewriting.candidate import Fault
from copyassist.desk.rewriting.card import make_card
from copyassist.desk.rewriting.front import is_late
from copyassist.desk.rewriting.lawful import is_reported, promises_too_much
from copyassist.types import Finding, Purpose, Report, Severity

OFTEN = 2  # times that a body names what a title should begin with
# A hint is a fault only where it is about a promise, and not where somebody tells what they lived
# through or a paper reports.
_PROMISES = ("absolute_term", "guarantee")
_TOLD = (Purpose.EXPERIENCE, Purpose.NEWS)
_TOO_LONG = frozenset(
    {"title_too_long", "title_maybe_too_long", "first_line_too_long", "first_line_maybe_too_long"}
)


def find_keyword(report: Report) -> str:
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
        and (one.severity is not Severity.INFO or _is_promise(one, report))
        and one.span is not None
        and one.span.field == "title"
        and not is_reported(title, one.span.start)
    ]


def _is_promise(finding: Finding, report: Report) -> bool:
    return finding.code.startswith(_PROMISES) and report.purpose not in _TOLD


def find_in_title(report: Report) -> list[Finding]:
    """The findings about the title: in it, about its length, about earlier ones like it."""
    return [
        one
        for one in report.findings
        if (one.span is not None and one.span.field == "title")
        or one.code.startswith(("title_", "first_line_", "duplicate_"))
    ]


def repeats(report: Report) -> bool:
    """Whether the account published such a title before."""
    return any(one.kind in ("identical", "near") for one in report.matches)
