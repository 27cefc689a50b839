"""Titles that say nothing."""

from collections.abc import Iterator

from copyassist.desk.checks.family import Case, Family, mark
from copyassist.text import has_words
from copyassist.types import Finding, Severity


def _find(case: Case) -> Iterator[Finding]:
    title = case.parsed.title
    if has_words(title.norm):
        return
    if title.norm.strip():
        yield mark("title_only_symbols", Severity.WARNING, ("title", 0, len(title.raw)))
        return
    body = case.parsed.body
    if case.form.has_title:
        yield Finding(code="title_empty", severity=_judge_missing_title(case))
    elif body is None or not body.norm.strip():
        yield Finding(code="text_empty", severity=Severity.ERROR)


def _judge_missing_title(case: Case) -> Severity:
    """A minimum of 0 says that the title may be empty; without a minimum nobody knows."""
    minimums = [limit.minimum for limit in case.form.limits if limit.field == "title"]
    stated = [minimum for minimum in minimums if minimum is not None]
    if not stated:
        return Severity.WARNING
    return Severity.ERROR if max(stated) > 0 else Severity.INFO


FAMILY = Family(
    id="emptiness", codes=("title_empty", "title_only_symbols", "text_empty"), find=_find
)
