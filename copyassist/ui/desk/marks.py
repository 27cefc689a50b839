"""The draft's text with its findings underlined and numbered, as HTML."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from copyassist.types import Finding, Severity, Span
from copyassist.ui.kit.escape import as_html

# A body may be megabytes; the browser gets what a person reads.
MAX_SHOWN = 20_000


@dataclass(frozen=True, slots=True)
class NumberedFinding:
    """A finding with the number that its card and its place in the text share."""

    number: int
    finding: Finding


def number_findings(findings: Sequence[Finding]) -> list[NumberedFinding]:
    """The findings numbered from 1 in the order of their cards."""
    return [NumberedFinding(n, finding) for n, finding in enumerate(findings, 1)]


def mark_findings(
    raw: str, field: str, findings: Sequence[NumberedFinding], long: Sequence[Span] = ()
) -> str:
    """`raw` as escaped HTML, each finding of `field` underlined by severity and numbered.

    Spans may overlap: the text is cut at every boundary, a piece takes the gravest severity over
    it, and each number stands once, where its span ends. `long` are sentences on a ground of their
    own.
    """
    text = raw[:MAX_SHOWN]
    spans = [n for n in findings if n.finding.span is not None and n.finding.span.field == field]
    edges = {0, len(text)}
    for numbered in spans:
        edges.update(min(edge, len(text)) for edge in _ends(numbered))
    for span in long:
        edges.update((min(span.start, len(text)), min(span.end, len(text))))
    ordered = sorted(edges)
    pieces = [
        _ground(_piece(text, start, end, spans), start, end, long)
        for start, end in pairwise(ordered)
    ]
    return "".join(pieces) + ("…" if len(raw) > MAX_SHOWN else "")


def _piece(text: str, start: int, end: int, spans: Sequence[NumberedFinding]) -> str:
    over = [n for n in spans if _ends(n)[0] <= start and end <= _ends(n)[1]]
    shown = as_html(text[start:end])
    if not over:
        return shown
    worst: Severity = max((n.finding.severity for n in over), key=lambda s: s.rank)
    ending = "".join(f"<sup>{n.number}</sup>" for n in over if _ends(n)[1] == end)
    return f'<mark class="m-{worst.value}">{shown}</mark>{ending}'


def _ground(shown: str, start: int, end: int, long: Sequence[Span]) -> str:
    inside = any(span.start <= start and end <= span.end for span in long)
    return f'<mark class="m-long">{shown}</mark>' if inside else shown


def _ends(numbered: NumberedFinding) -> tuple[int, int]:
    span = numbered.finding.span
    assert span is not None  # noqa: S101  only findings with a span come here
    return span.start, span.end
