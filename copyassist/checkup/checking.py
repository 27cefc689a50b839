"""Documents judged: each with its report, and every finding with its place in the file."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from copyassist.checkup.documents import Document, rewrite
from copyassist.checkup.places import Spot
from copyassist.desk.tidying import ROUNDS, pick_changes
from copyassist.types import (
    Cover,
    Coverage,
    Draft,
    Finding,
    HiddenFinding,
    Purpose,
    Report,
    Severity,
)

Judge = Callable[[Draft], Report]


@dataclass(frozen=True, slots=True)
class Placed:
    """A finding with where it begins and ends in the file; None for the whole draft."""

    finding: Finding
    start: Spot | None = None
    end: Spot | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One document with its report. `hidden` are findings that an exemption keeps back."""

    document: Document
    report: Report
    findings: tuple[Placed, ...]
    hidden: tuple[tuple[Placed, HiddenFinding], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkup:
    """Several documents checked in one go, at an aware UTC time."""

    documents: tuple[Checked, ...]
    moment: datetime
    coverage: Coverage

    @property
    def worst(self) -> Severity | None:
        """The gravest severity of all findings."""
        found = [one.report.worst for one in self.documents if one.report.worst]
        return max(found, key=lambda severity: severity.rank, default=None)

    def count(self, severity: Severity) -> int:
        """How many findings of a severity there are."""
        reports = (one.report for one in self.documents)
        return sum(one.severity is severity for report in reports for one in report.findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """What a document is judged for. `said` beats what the document's head says."""

    platform: str
    form: str = ""
    purpose: Purpose = Purpose.AUTO
    digest: str = ""
    cover: Cover | None = None


def make_draft(document: Document, aim: Aim) -> Draft:
    """The document as a draft."""
    return Draft(
        title=document.title.text,
        body=document.body.text,
        digest=aim.digest or document.head.get("digest", ""),
        cover=aim.cover,
        platform=aim.platform,
        form=aim.form,
        purpose=aim.purpose,
    )


def check_document(document: Document, aim: Aim, judge: Judge) -> Checked:
    """The document with its report."""
    return _place(document, judge(make_draft(document, aim)))


def _place(document: Document, report: Report) -> Checked:
    lines = document.lines

    def place(finding: Finding) -> Placed:
        span = finding.span
        if span is None:
            return Placed(finding)
        piece = document.piece(span.field)
        low, high = piece.raw_span(span.start, span.end)
        text = piece.text[span.start : span.end]
        return Placed(finding, lines.find(low), lines.find(high), text)

    return Checked(
        document=document,
        report=report,
        findings=tuple(map(place, report.findings)),
        hidden=tuple((place(one.finding), one) for one in report.hidden),
    )


def mend_document(checked: Checked, aim: Aim, judge: Judge) -> tuple[Checked, list[Placed]]:
    """The document with every replacement put in that its findings offer, and those that were made.

    Only what stands in one piece in the file is written over: marks inside a word are not lost.
    """
    made: list[Placed] = []
    for _ in range(ROUNDS):
        found = list(_find_changes(checked))
        if not found:
            break
        raw = checked.document.raw
        for low, high, placed in sorted(found, key=lambda one: one[:2], reverse=True):
            raw = raw[:low] + (placed.finding.replacement or "") + raw[high:]
        if raw == checked.document.raw:
            break
        made += sort_findings([placed for _, _, placed in found])
        checked = check_document(rewrite(checked.document, raw), aim, judge)
    return checked, made


def _find_changes(checked: Checked) -> Iterator[tuple[int, int, Placed]]:
    by_finding = {id(one.finding): one for one in checked.findings}
    for finding in pick_changes(checked.report.findings):
        span = finding.span
        if span is None:
            continue
        piece = checked.document.piece(span.field)
        if piece.is_whole(span.start, span.end):
            yield (*piece.raw_span(span.start, span.end), by_finding[id(finding)])


def rename(checked: Checked, name: str) -> Checked:
    """The same under another name of the file."""
    return replace(checked, document=replace(checked.document, name=name))


def sort_findings(findings: Sequence[Placed]) -> list[Placed]:
    """The findings as a reader meets them: by place, those about the whole first."""
    return sorted(findings, key=lambda one: one.start or Spot(0, 0))
