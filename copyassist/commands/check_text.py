"""A checkup as lines for the terminal: file, line and column first, as editors read them."""

from collections.abc import Iterator, Sequence

from copyassist.checkup.checking import Checked, Checkup, Placed, sort_findings
from copyassist.desk.coverage_words import word_coverage, word_exemption, word_lure, word_purpose
from copyassist.desk.wording import word_finding, word_what
from copyassist.i18n import Language, say
from copyassist.types import Purpose, Severity

MARKS = {"error": "✗", "warning": "!", "info": "·"}


def checkup_lines(checkup: Checkup, language: Language) -> Iterator[str]:
    """Every file with its findings, then what was checked and what cannot be."""
    for number, one in enumerate(checkup.documents):
        if number:
            yield ""
        yield from _document_lines(one, language)
    yield ""
    counts = {one.value: checkup.count(one) for one in Severity}
    yield say(language, "checkup.text.sum", files=len(checkup.documents), **counts)
    yield from word_coverage(language, checkup.coverage)


def _document_lines(checked: Checked, language: Language) -> Iterator[str]:
    report = checked.report
    title = " ".join(report.title.raw.split())
    yield f"{checked.document.name}  {title}  [{report.platform.name(language)}]"
    yield f"  {word_purpose(language, report)}"
    if report.draft.purpose is Purpose.AUTO:
        yield f"  {say(language, 'checkup.text.change_purpose')}"
    if lure := word_lure(language, report):
        yield f"  {lure}"
    for placed in sort_findings(checked.findings):
        yield from _finding_lines(placed, checked.document.name, language)
    for _, hidden in checked.hidden:
        one = hidden.exemption
        what = word_exemption(language, one)
        key = "checkup.text.exempt" if one.reason else "checkup.text.exempt_unreasoned"
        yield f"  {say(language, key, what=what, reason=one.reason)}"


def _finding_lines(placed: Placed, name: str, language: Language) -> Iterator[str]:
    finding, start = placed.finding, placed.start
    said = word_finding(language, finding)
    where = f"{name}:{start.line}:{start.column}" if start else name
    offer = ""
    if finding.replacement is not None:
        key = "cli.score.replacement" if finding.replacement else "cli.score.delete"
        offer = "  " + say(language, key, text=finding.replacement)
    level = say(language, f"cli.severity.{finding.severity}")
    yield f"  {MARKS[finding.severity.value]} {where}  {level}  {said.what}{offer}"
    yield from (f"      {line}" for line in (said.why, said.how, said.basis) if line)


def mended_lines(made: Sequence[Placed], name: str, out: str, language: Language) -> Iterator[str]:
    """What was changed in a file, and where the result is."""
    yield say(language, "checkup.text.mended", name=name, out=out, count=len(made))
    for placed in made:
        start = placed.start
        where = f"{start.line}:{start.column}" if start else ""
        old, new = placed.text or "", placed.finding.replacement or ""
        what = word_what(language, placed.finding)
        yield "  " + say(language, "checkup.text.change", where=where, old=old, new=new, what=what)
