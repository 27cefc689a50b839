"""What a check says: codes and values, never sentences."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from copyassist.errors import CopyAssistError
from copyassist.types.common import NO_PARAMS

State = Literal["ok", "note", "trouble"]
STATES: tuple[State, ...] = get_args(State)
Group = Literal["installation", "folder", "files", "store", "sources", "system"]
GROUPS: tuple[Group, ...] = get_args(Group)


@dataclass(frozen=True, slots=True)
class Told:
    """An error inside a sentence: its code and what fills it."""

    code: str
    params: Mapping[str, object] = field(default_factory=lambda: NO_PARAMS)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """One thing that was looked at.

    `code` names the sentence of what was seen (`doctor.seen.<code>`, or an error's own), `values`
    fill it; `todo` names what to do (`doctor.do.<todo>`), "" where nothing is to be done.
    """

    name: str = ""
    group: Group = "installation"
    state: State
    code: str
    values: Mapping[str, object] = field(default_factory=lambda: NO_PARAMS)
    todo: str = ""


def fine(code: str, **values: object) -> CheckResult:
    """All is well."""
    return CheckResult(state="ok", code=code, values=values)


def note(code: str, todo: str, **values: object) -> CheckResult:
    """Worth knowing; copyassist works."""
    return CheckResult(state="note", code=code, values=values, todo=todo)


def trouble(code: str, todo: str, **values: object) -> CheckResult:
    """Something does not work, or will not for long."""
    return CheckResult(state="trouble", code=code, values=values, todo=todo)


def failed(error: Exception, todo: str) -> CheckResult:
    """The trouble that an error tells of."""
    if isinstance(error, CopyAssistError):
        return trouble(error.code, todo, **error.params)
    if isinstance(error, ImportError):
        return trouble("import_failed", "install_all", reason=f"{type(error).__name__}: {error}")
    return trouble("check_failed", "report", reason=f"{type(error).__name__}: {error}")
