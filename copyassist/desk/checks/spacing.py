"""Spaces in the title: at the edges, doubled, or between scripts in one place but not another."""

import re
from collections.abc import Iterator

from copyassist.desk.checks.family import Case, Family, compile_pattern, mark
from copyassist.types import Finding, Severity

_HAN = "\u4e00-\u9fff"
_SPACE = "[ \t\u00a0\u3000]"
_EDGE = re.compile(f"^{_SPACE}+|{_SPACE}+$")
_DOUBLE = re.compile(f"(?<=\\S){_SPACE}{{2,}}(?=\\S)")
_CLOSE = f"[{_HAN}][A-Za-z0-9]|[A-Za-z0-9][{_HAN}]"
_APART = rf"[{_HAN}]\ [A-Za-z0-9]|[A-Za-z0-9]\ [{_HAN}]"


def _find(case: Case) -> Iterator[Finding]:
    raw = case.parsed.title.raw
    if raw.isspace() or (" " not in raw and "\u3000" not in raw and "\t" not in raw):
        return
    for found in _EDGE.finditer(raw):
        yield mark("edge_space", Severity.INFO, ("title", *found.span()), replacement="")
    for found in _DOUBLE.finditer(raw):
        yield mark("double_space", Severity.INFO, ("title", *found.span()), replacement=" ")
    close, apart = compile_pattern(_CLOSE).search(raw), compile_pattern(_APART).search(raw)
    if close is not None and apart is not None:
        yield mark(
            "mixed_spacing",
            Severity.INFO,
            ("title", *close.span()),
            replacement=f"{close[0][0]} {close[0][1]}",
            close=close[0],
            apart=apart[0],
        )


FAMILY = Family(id="spacing", codes=("edge_space", "double_space", "mixed_spacing"), find=_find)
