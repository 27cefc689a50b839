"""Where long work stands that a page started: it outlives the page, the browser's tab, a reload."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import streamlit as st

from copyassist.ui.kit.job import Job
from copyassist.ui.kit.session import get_assistant


@dataclass(frozen=True, slots=True)
class Bench:
    """The work of one user's folder by its name; a name has one at a time."""

    home: Path
    jobs: dict[str, Job[Any, Any]] = field(default_factory=dict)


def find_job(name: str) -> Any:
    """The work of that name that was started last, running or ended; None where there is none."""
    return _find_bench().jobs.get(name)


def put_job(name: str, job: Job[Any, Any]) -> None:
    """Puts work there, in the place of what stood there under the name."""
    _find_bench().jobs[name] = job


def clear_job(name: str) -> None:
    """Forgets work of that name."""
    _find_bench().jobs.pop(name, None)


def _find_bench() -> Bench:
    return _open_bench(str(get_assistant().settings.home))


@st.cache_resource(show_spinner=False)
def _open_bench(home: str) -> Bench:
    return Bench(Path(home))
