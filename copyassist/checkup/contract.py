"""A checkup as JSON: the contract that other programs may rely on (docs/contracts.md)."""

import json
from typing import Any

from copyassist.checkup.checking import Checked, Checkup, Placed, sort_findings
from copyassist.checkup.places import Spot
from copyassist.desk.contract import (
    coverage_to_json,
    finding_to_json,
    hidden_to_json,
    lure_to_json,
    signs_to_json,
)
from copyassist.desk.coverage_words import word_purpose
from copyassist.i18n import Language
from copyassist.types import Purpose, Report, Severity

SCHEMA = "copyassist.check/1"

Json = dict[str, Any]


def checkup_to_json(checkup: Checkup, language: Language) -> Json:
    """The document that `copyassist check --format json` prints."""
    return {
        "schema": SCHEMA,
        "language": language,
        "checked_at": checkup.moment.isoformat(),
        "worst": checkup.worst.value if checkup.worst else None,
        "counts": {severity.value: checkup.count(severity) for severity in Severity},
        "coverage": coverage_to_json(checkup.coverage, language),
        "files": [checked_to_json(one, language) for one in checkup.documents],
    }


def checked_to_json(checked: Checked, language: Language) -> Json:
    """One file of it: also a line of `--format jsonl`."""
    report = checked.report
    return {
        "file": checked.document.name,
        "title": report.title.raw,
        "platform": report.platform.id,
        "form": report.draft.form or report.platform.form.id,
        "account": report.account.name if report.account else None,
        "purpose": purpose_to_json(report, language),
        "clickbait": lure_to_json(report),
        "publishable": report.publishable,
        "worst": report.worst.value if report.worst else None,
        "findings": [_placed(one, report, language) for one in sort_findings(checked.findings)],
        "hidden": [
            hidden_to_json(one, report, language) | _where(placed) for placed, one in checked.hidden
        ],
        "measures": [
            {
                "field": one.field,
                "counter": one.counter,
                "value": one.value,
                "minimum": one.minimum,
                "maximum": one.maximum,
                "severity": one.severity.value if one.severity else None,
            }
            for one in report.measures
        ],
    }


def purpose_to_json(report: Report, language: Language) -> Json:
    """What the draft was taken for, whether that was said, and the words that decided it."""
    return {
        "value": report.purpose.value,
        "given": report.draft.purpose is not Purpose.AUTO,
        "message": word_purpose(language, report),
        "decided_by": signs_to_json(report),
    }


def _placed(placed: Placed, report: Report, language: Language) -> Json:
    return finding_to_json(placed.finding, report, language) | _where(placed)


def _where(placed: Placed) -> Json:
    start, end = placed.start, placed.end
    return {
        "line": start.line if start else None,
        "column": start.column if start else None,
        "end_line": _line(end),
        "end_column": end.column if end else None,
    }


def _line(place: Spot | None) -> int | None:
    return place.line if place else None


def checkup_to_json_lines(checkup: Checkup, language: Language) -> str:
    """A line a file, each with the schema's name, the moment and what was checked."""
    shared = {
        "schema": SCHEMA,
        "language": language,
        "checked_at": checkup.moment.isoformat(),
        "packs": [pack.id for pack in checkup.coverage.asked],
        "rules_as_of": checkup.coverage.as_of.isoformat() if checkup.coverage.as_of else None,
    }
    documents = (shared | checked_to_json(one, language) for one in checkup.documents)
    return "".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in documents)
