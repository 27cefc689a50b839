"""What `copyassist batch` says when it is done."""

from collections.abc import Iterator, Sequence

from copyassist.batch import BatchPlan, BatchSummary, BatchTally, Ranked
from copyassist.batch.results import NAMES, word_problem
from copyassist.desk.wording import word_codes
from copyassist.i18n import Language, find_sentence, say

_FINDINGS = 10
_PROBLEMS = 5


def summary_lines(language: Language, plan: BatchPlan, summary: BatchSummary) -> Iterator[str]:
    """The summary, line by line: the whole, best and worst, findings by kind, rows not read."""
    tally = summary.tally
    if summary.resumed_rows:
        yield say(language, "batch.resumed", rows=summary.resumed_rows)
    yield say(
        language,
        "batch.summary.done",
        rows=tally.rows,
        seconds=summary.seconds,
        rate=summary.rate,
        out=summary.out,
    )
    if tally.scored:
        yield say(language, "batch.summary.scored", scored=tally.scored)
    if tally.best:
        yield from _ranked_lines(language, "best", tally.best)
        yield from _ranked_lines(language, "worst", tally.worst)
    if not tally.scored and tally.rows > tally.wordless + tally.unreadable:
        yield say(language, "batch.summary.no_scores")
    yield from _blocked_lines(language, tally)
    if tally.wordless:
        yield say(language, "batch.summary.wordless", count=tally.wordless)
    if tally.repeats:
        yield say(language, "batch.summary.repeats", count=tally.repeats)
    yield from _finding_lines(language, tally)
    yield from _problem_lines(language, plan, tally)


def _ranked_lines(language: Language, end: str, rows: Sequence[Ranked]) -> Iterator[str]:
    yield say(language, f"batch.summary.{end}")
    for row in rows:
        title = " ".join(row.title.split())
        shown = say(language, "batch.summary.ranked", score=row.score, line=row.line, title=title)
        yield f"  {shown}"


def _blocked_lines(language: Language, tally: BatchTally) -> Iterator[str]:
    if not tally.blocked_count:
        return
    yield say(language, "batch.summary.blocked", count=tally.blocked_count)
    for row in tally.blocked:
        title = " ".join(row.title.split())
        why = word_codes(language, row.codes)
        shown = say(language, "batch.summary.blocked_row", line=row.line, title=title, why=why)
        yield f"  {shown}"
    if tally.blocked_count > len(tally.blocked):
        more = tally.blocked_count - len(tally.blocked)
        yield f"  {say(language, 'batch.summary.more', count=more)}"


def _finding_lines(language: Language, tally: BatchTally) -> Iterator[str]:
    if not tally.findings:
        yield say(language, "batch.summary.no_findings")
        return
    yield say(language, "batch.summary.findings")
    for code, count in tally.findings.most_common(_FINDINGS):
        name = find_sentence(language, f"findings.{code}.name") or code
        yield f"  {say(language, 'batch.summary.finding', count=count, name=name)}"


def _problem_lines(language: Language, plan: BatchPlan, tally: BatchTally) -> Iterator[str]:
    if not tally.problem_count:
        return
    column = plan.results[NAMES.index("row_problem")]
    if tally.unreadable:
        yield say(language, "batch.summary.unreadable", count=tally.unreadable, column=column)
    else:
        yield say(language, "batch.summary.problems", count=tally.problem_count, column=column)
    for problem in tally.problems[:_PROBLEMS]:
        reason = word_problem(problem.code, language)
        yield f"  {say(language, 'batch.summary.problem', line=problem.line, reason=reason)}"
    if tally.problem_count > _PROBLEMS:
        yield f"  {say(language, 'batch.summary.more', count=tally.problem_count - _PROBLEMS)}"
