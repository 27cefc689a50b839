"""Looking at a home with one check, and at what lies in a folder."""

import hashlib
import os
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from copyassist.doctor import CheckResult, Examination, Surroundings, examine
from copyassist.doctor.examine import CHECKS
from copyassist.types import MetricValue, Post

NOW = datetime.now(UTC).replace(
    microsecond=0
)  # what the fixtures write is written by the real clock
DAY = timedelta(days=1)
POSIX = pytest.mark.skipif(os.name == "nt", reason="links and rights are others on Windows")


def make_post(title: str, when: datetime) -> Post:
    return Post(
        title=title, platform="weibo", published_at=when, metrics={"views": MetricValue(100.0)}
    )


def look_at_all(
    home: Path, variables: Mapping[str, str] | None = None, **other: Any
) -> Examination:
    environment = {"COPYASSIST_HOME": str(home), **(variables or {})}
    return examine(Surroundings(**{"environment": environment, "now": NOW, **other}))


def look(
    home: Path, name: str, variables: Mapping[str, str] | None = None, **other: Any
) -> list[CheckResult]:
    """What one check says of a home."""
    environment = {"COPYASSIST_HOME": str(home), **(variables or {})}
    here = Surroundings(**{"environment": environment, "now": NOW, **other})
    return list(examine(here, tuple(check for check in CHECKS if check[1] == name)).results)


def codes(results: list[CheckResult]) -> list[tuple[str, str]]:
    return [(one.state, one.code) for one in results]


def picture(folder: Path, without: str = "\0") -> dict[str, tuple[int, int, str]]:
    """Every file below, with its size, its time and its content; folders too."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.name.endswith(without):
            continue
        content = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        found[str(path)] = (path.stat().st_size, path.stat().st_mtime_ns, content)
    return found
