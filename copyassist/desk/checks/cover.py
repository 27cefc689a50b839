"""The cover picture against the form's limits, where the writer gave one. Nobody looks into the picture."""

from collections.abc import Iterator

from copyassist.desk.checks.family import Case, Family
from copyassist.types import Finding, Severity

_MEGABYTE = 1_000_000


def _find(case: Case) -> Iterator[Finding]:
    cover, rule = case.parsed.draft.cover, case.form.cover
    if cover is None or rule is None:
        return
    if cover.width < rule.min_width or cover.height < rule.min_height:
        yield Finding(
            code="cover_small",
            severity=Severity.WARNING,
            params={
                "width": cover.width,
                "height": cover.height,
                "min_width": rule.min_width,
                "min_height": rule.min_height,
            },
        )
    if rule.max_mb is not None and cover.size > rule.max_mb * _MEGABYTE:
        size = cover.size / _MEGABYTE
        yield Finding(
            code="cover_heavy",
            severity=Severity.WARNING,
            params={"size": size, "limit": rule.max_mb},
        )


FAMILY = Family(id="cover", codes=("cover_small", "cover_heavy"), find=_find)
