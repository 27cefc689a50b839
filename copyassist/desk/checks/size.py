"""Texts far beyond anything that is published."""

from collections.abc import Iterator

from copyassist.desk.checks.family import Case, Family
from copyassist.types import Finding, Severity

# The largest body limit of any platform is 50,000; a title of 1,000 is a pasted article.
_LONGEST = {"title": 1_000, "body": 200_000}


def _find(case: Case) -> Iterator[Finding]:
    for field, text in case.texts:
        if len(text.raw) > _LONGEST[field]:
            yield Finding(
                code=f"{field}_huge", severity=Severity.WARNING, params={"count": len(text.raw)}
            )


FAMILY = Family(id="size", codes=("title_huge", "body_huge"), find=_find)
