"""The columns that batch adds to a row: contract copyassist.batch/2, documented in docs/contracts.md.

Every value is text, a number or None, so that all formats hold the same. Columns may be added
within a version; one that goes away or changes its meaning makes a new version.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from copyassist.batch.columns import free_name
from copyassist.desk.wording import pick_reasons, word_feature, word_what
from copyassist.i18n import Language, find_sentence, say
from copyassist.types import Contribution, Evidence, Finding, Measure, Report

VERSION = "copyassist.batch/2"
Cell: TypeAlias = str | float | int | None
Result: TypeAlias = tuple[Cell, ...]

_MOST_REASONS = 3


@dataclass(frozen=True, slots=True)
class ResultColumn:
    """A result column. Its meaning is the sentence batch.columns.<name>."""

    name: str
    kind: type[str] | type[float]


COLUMNS: tuple[ResultColumn, ...] = (
    ResultColumn("scored_for", str),  # platform id
    ResultColumn("score", float),  # 0..100, one decimal; empty without evidence
    ResultColumn("score_low", float),  # 80 % interval, as ratios to the account's usual
    ResultColumn("score_high", float),
    ResultColumn("score_evidence", str),  # none | prior | own | prior_and_own
    ResultColumn("worst", str),  # error | warning | info, empty without findings
    ResultColumn("finding_codes", str),  # separated by spaces, worst first
    ResultColumn("findings", str),  # the same as sentences in the user's language
    ResultColumn("length", float),  # of the title, counted the platform's way
    ResultColumn("length_limit", float),
    ResultColumn("keywords", str),  # separated by spaces, weightiest first
    ResultColumn("nearest_title", str),  # the most similar earlier title of the account
    ResultColumn("nearest_similarity", float),  # 0..1
    ResultColumn("reasons", str),  # the heaviest contributions with their points
    ResultColumn("row_problem", str),  # why a row could not be read, empty where it could
    ResultColumn("no_score", str),  # why there is no score, empty where there is one
    ResultColumn("repeats_row", float),  # the line of the earlier row whose title this one repeats
    ResultColumn("repeats_how", str),  # in which way: identical, disguised, edited, reordered
)
NAMES: tuple[str, ...] = tuple(column.name for column in COLUMNS)


def name_results(taken: Sequence[str], language: Language | None = None) -> tuple[str, ...]:
    """Names for the result columns that no original column has: words of a language, or codes."""
    names: list[str] = []
    for name in NAMES:
        wanted = name if language is None else say(language, f"batch.heading.{name}")
        names.append(free_name(wanted, [*taken, *names]))
    return tuple(names)


def word_cells(result: Result, language: Language, platform: str) -> Result:
    """Result cells for people: codes of platform, evidence and severity in words."""
    cells = list(result)
    for name, area in (("score_evidence", "evidence"), ("worst", "severity")):
        place = NAMES.index(name)
        if cells[place] is not None:
            cells[place] = say(language, f"batch.{area}.{cells[place]}")
    if cells[0] is not None:
        cells[0] = platform
    return tuple(cells)


def describe_report(report: Report, language: Language, problem: str = "") -> Result:
    """The result cells of one row that was judged."""
    score, interval = report.score, report.score.interval
    measure = _find_title_measure(report.measures)
    match = report.matches[0] if report.matches else None
    findings, worst = report.findings, report.worst
    return (
        report.platform.id,
        None if score.value is None else round(score.value, 1),
        None if interval is None else round(interval.low, 2),
        None if interval is None else round(interval.high, 2),
        score.evidence.kind,
        None if worst is None else worst.value,
        " ".join([finding.code for finding in findings]) or None,
        _word_findings(findings, language) or None,
        None if measure is None else measure.value,
        None if measure is None else measure.maximum,
        " ".join([keyword.text.replace(" ", "_") for keyword in report.keywords]) or None,
        None if match is None else match.title,
        None if match is None else round(match.similarity, 3),
        _word_reasons(score.contributions, language) or None,
        (problem and word_problem(problem, language)) or None,
        None if score.value is not None else _word_no_score(score.evidence, language),
        None,  # filled by `tell_repeat`: no report knows the other rows
        None,
    )


def tell_repeat(result: Result, line: int, relation: str, language: Language | None) -> Result:
    """The cells with the earlier row of the file that the title repeats, in words of a language."""
    cells = list(result)
    cells[NAMES.index("repeats_row")] = line
    worded = relation if language is None else say(language, f"ui.matches.relation.{relation}")
    cells[NAMES.index("repeats_how")] = worded
    return tuple(cells)


def describe_unreadable(problem: str, language: Language, platform: str = "") -> Result:
    """The result cells of a row that could not be judged."""
    empty: list[Cell] = [None] * len(COLUMNS)
    empty[NAMES.index("scored_for")] = platform or None
    empty[NAMES.index("row_problem")] = word_problem(problem, language)
    return tuple(empty)


@lru_cache(maxsize=256)
def word_problem(problem: str, language: Language) -> str:
    """A row's problem as a sentence; what is no code is a sentence already."""
    key = f"batch.row.{problem}"
    return say(language, key) if find_sentence(language, key) else problem


def _word_no_score(evidence: Evidence, language: Language) -> str:
    return say(language, f"batch.no_score.{evidence.reason}", needed=evidence.needed)


def _find_title_measure(measures: Iterable[Measure]) -> Measure | None:
    """The title's length; of several limits the one that is broken, else the first."""
    found = [measure for measure in measures if measure.field in ("title", "first_line")]
    broken = (measure for measure in found if measure.severity is not None)
    return next(broken, found[0] if found else None)


def _word_findings(findings: Sequence[Finding], language: Language) -> str:
    return "\n".join([word_what(language, finding) for finding in findings])


def _word_reasons(contributions: Sequence[Contribution], language: Language) -> str:
    heaviest = pick_reasons(contributions)[:_MOST_REASONS]
    return "; ".join(
        [f"{word_feature(language, one)} {one.points:+.1f}" for one in heaviest if one.points]
    )
