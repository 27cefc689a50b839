"""A checkup as SARIF 2.1.0 (OASIS), which editors and code hosts show beside the lines.

Columns count code points. What an exemption keeps back is there too, as suppressed by its reason.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from copyassist import __version__
from copyassist.checkup.checking import Checked, Checkup, Placed, sort_findings
from copyassist.checkup.documents import STDIN
from copyassist.desk.contract import coverage_to_json
from copyassist.desk.coverage_words import word_coverage
from copyassist.desk.wording import word_finding
from copyassist.i18n import Language, find_sentence
from copyassist.types import Exemption, Finding, Severity

VERSION = "2.1.0"
SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
HOME = "https://github.com/copyassist/copyassist"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}

Json = dict[str, Any]


def checkup_to_sarif(checkup: Checkup, language: Language) -> Json:
    """The log: one run with its rules, its results, and what was not looked at."""
    rules: dict[str, int] = {}
    results = [one for checked in checkup.documents for one in _results(checked, rules, language)]
    said = " ".join(word_coverage(language, checkup.coverage))
    return {
        "$schema": SCHEMA,
        "version": VERSION,
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "copyassist",
                        "version": __version__,
                        "informationUri": HOME,
                        "rules": [_rule(code, language) for code in rules],
                    }
                },
                "language": "zh-CN" if language == "zh" else "en-US",
                "columnKind": "unicodeCodePoints",
                "invocations": [
                    {
                        "executionSuccessful": True,
                        "endTimeUtc": checkup.moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
                        "toolExecutionNotifications": [
                            {"level": "note", "message": {"text": said}}
                        ],
                    }
                ],
                "artifacts": [
                    {"location": _location(checked.document.name)} for checked in checkup.documents
                ],
                "results": results,
                "properties": {"coverage": coverage_to_json(checkup.coverage, language)},
            }
        ],
    }


def _results(checked: Checked, rules: dict[str, int], language: Language) -> Iterator[Json]:
    name = checked.document.name
    for placed in sort_findings(checked.findings):
        yield _result(placed, name, rules, language)
    for placed, hidden in checked.hidden:
        kept = _result(placed, name, rules, language)
        yield kept | {"suppressions": [_suppression(hidden.exemption)]}


def _suppression(exemption: Exemption) -> Json:
    found: Json = {"kind": "external", "status": "accepted"}
    return found | ({"justification": exemption.reason} if exemption.reason else {})


def _rule(code: str, language: Language) -> Json:
    name = find_sentence(language, f"findings.{code}.name") or code
    return {"id": code, "shortDescription": {"text": name}}


def _result(placed: Placed, name: str, rules: dict[str, int], language: Language) -> Json:
    finding = placed.finding
    words = word_finding(language, finding)
    text = "\n".join(filter(None, (words.what, words.why, words.how, words.basis)))
    location = {
        "physicalLocation": {"artifactLocation": _location(name), "region": _region(placed)}
    }
    found: Json = {
        "ruleId": finding.code,
        "ruleIndex": rules.setdefault(finding.code, len(rules)),
        "level": _LEVELS[finding.severity],
        "message": {"text": text},
        "locations": [location],
        "properties": {"key": finding.key, "basis": list(finding.basis)},
    }
    fixes = list(_fixes(placed, finding, name))
    return found | ({"fixes": fixes} if fixes else {})


def _fixes(placed: Placed, finding: Finding, name: str) -> Iterable[Json]:
    if placed.start is None or finding.replacement is None:
        return
    change = {"deletedRegion": _region(placed), "insertedContent": {"text": finding.replacement}}
    yield {"artifactChanges": [{"artifactLocation": _location(name), "replacements": [change]}]}


def _region(placed: Placed) -> Json:
    if placed.start is None or placed.end is None:
        return {"startLine": 1}
    region: Json = {
        "startLine": placed.start.line,
        "startColumn": placed.start.column,
        "endLine": placed.end.line,
        "endColumn": placed.end.column,
    }
    return region | ({"snippet": {"text": placed.text}} if placed.text else {})


def _location(name: str) -> Json:
    """A file's name as a URI: relative names stay so, that hosts find them in the repository."""
    if name == STDIN:
        return {"uri": "stdin"}
    path = Path(name)
    return {"uri": path.as_uri() if path.is_absolute() else quote(path.as_posix())}
