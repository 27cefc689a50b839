"""All the replacements that a report's findings offer, put in at once: what can be mended in one step.

Of two that overlap the graver goes first, then the longer; what it leaves is looked at once more.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from copyassist.types import Draft, Finding, Report, Span

ROUNDS = 4  # each may uncover a little more: three marks become two, then one


def pick_changes(findings: Iterable[Finding]) -> list[Finding]:
    """The findings that offer a replacement, without overlaps, in the order of the text."""
    offered = [one for one in findings if one.span is not None and one.replacement is not None]
    offered.sort(key=_weigh, reverse=True)
    kept: list[Finding] = []
    for one in offered:
        if not any(_overlap(one.span, other.span) for other in kept):
            kept.append(one)
    return sorted(kept, key=_start)


def _weigh(finding: Finding) -> tuple[int, int]:
    span = finding.span
    return finding.severity.rank, span.end - span.start if span else 0


def _start(finding: Finding) -> int:
    return finding.span.start if finding.span else 0


def _overlap(one: Span | None, other: Span | None) -> bool:
    if one is None or other is None or one.field != other.field:
        return False
    if one.start == one.end or other.start == other.end:
        return one.start <= other.end and other.start <= one.end
    return one.start < other.end and other.start < one.end


def put_in(text: str, field: str, changes: Sequence[Finding]) -> str:
    """The title or body with the replacements of picked findings in their places."""
    for one in sorted(changes, key=_start, reverse=True):
        if one.span is not None and one.span.field == field:
            text = text[: one.span.start] + (one.replacement or "") + text[one.span.end :]
    return text


def tidy(report: Report, review: Callable[[Draft], Report]) -> tuple[Report, tuple[Finding, ...]]:
    """The draft with all that is offered put in, judged anew, and the changes that were made."""
    made: list[Finding] = []
    for _ in range(ROUNDS):
        changes = pick_changes(report.findings)
        if not changes:
            break
        title = put_in(report.title.raw, "title", changes)
        body = put_in(report.draft.body, "body", changes)
        changed = replace(report.draft, title=title, body=body)
        if changed == report.draft:
            break
        made += changes
        report = review(changed)
    return report, tuple(made)
