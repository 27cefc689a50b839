"""Encodings are told apart, and China's zone is named, in one place each."""

import re
from pathlib import Path

import pytest

import copyassist

PACKAGE = Path(copyassist.__file__).parent
HERE = PACKAGE / "reading"
ELSEWHERE = [path for path in sorted(PACKAGE.rglob("*.py")) if HERE not in path.parents]


@pytest.mark.parametrize("path", ELSEWHERE, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_nobody_else_guesses(path: Path) -> None:
    written = path.read_text("utf-8")
    assert not re.search(r"(decode\(|encoding=)[\"'](gb|big5|cp9)", written)
    assert not re.search(r"timedelta\(hours=8\)|ZoneInfo|Asia/Shanghai", written)
