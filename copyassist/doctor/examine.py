"""Runs every check, each by itself, and makes what they found fit to be shown to anybody."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import unquote

import copyassist
from copyassist.doctor import database, files, folder, installation, news, system
from copyassist.doctor.result import STATES, CheckResult, Group, State, Told, failed
from copyassist.doctor.surroundings import Surroundings
from copyassist.errors import StoreError
from copyassist.hiding import hide_secrets

CheckFunction = Callable[[Surroundings], Iterator[CheckResult]]
CHECKS: tuple[tuple[Group, str, CheckFunction], ...] = (
    ("installation", "python", installation.check_python),
    ("installation", "package", installation.check_package),
    ("installation", "dependencies", installation.check_dependencies),
    ("installation", "extras", installation.check_extras),
    ("installation", "program_files", installation.check_program_files),
    ("installation", "assets", installation.check_assets),
    ("installation", "models", installation.check_models),
    ("folder", "home", folder.check_home),
    ("folder", "permissions", folder.check_permissions),
    ("folder", "disk", folder.check_disk),
    ("folder", "leftovers", folder.check_leftovers),
    ("files", "settings", files.check_settings),
    ("files", "sources_file", files.check_sources_file),
    ("files", "subscriptions", files.check_subscriptions),
    ("files", "platforms", files.check_platforms),
    ("store", "database", database.check_database),
    ("store", "schema", database.check_schema),
    ("store", "integrity", database.check_integrity),
    ("store", "contents", database.check_contents),
    ("store", "future", database.check_future),
    ("sources", "sources", news.check_sources),
    ("sources", "online", news.check_online),
    ("system", "fonts", system.check_fonts),
    ("system", "console", system.check_console),
    ("system", "locale", system.check_locale),
    ("system", "proxy", system.check_proxy),
    ("system", "clock", system.check_clock),
    ("system", "written", database.check_written),
)
_LONGEST = 500  # characters of one value
_MOST = 20  # of one list
# What could move the cursor, recolour the terminal, turn the line around or break it; halves of
# characters, which no file can hold.
_UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+")
_ADDRESS = re.compile(r"(?::/*|//)[^:@/\s]*:(.*)@", re.DOTALL)
_LONG_ENOUGH = 4  # letters of a password that may be looked for in other words


@dataclass(frozen=True, slots=True)
class Examination:
    """What all checks found, in their order."""

    version: str
    moment: datetime
    online: bool
    results: tuple[CheckResult, ...]

    @property
    def state(self) -> State:
        """The worst of all."""
        return max((one.state for one in self.results), key=STATES.index, default="ok")

    def of(self, state: State) -> list[CheckResult]:
        """The results of one state."""
        return [one for one in self.results if one.state == state]


def examine(
    here: Surroundings, checks: tuple[tuple[Group, str, CheckFunction], ...] = CHECKS
) -> Examination:
    """Runs the checks. Never raises what a check raises."""
    with here:
        results = [one for check in checks for one in _run(here, *check)]
    secrets = _find_secrets(here)
    shown = tuple(replace(one, values=_clean(one.values, secrets)) for one in results)
    return Examination(copyassist.__version__, here.now, here.online, shown)


def _run(
    here: Surroundings, group: Group, name: str, check: CheckFunction
) -> Iterator[CheckResult]:
    try:
        for result in check(here):
            yield replace(result, group=group, name=name)
    except StoreError as error:
        yield replace(failed(error, database.find_todo(error)), group=group, name=name)
    except Exception as error:
        yield replace(failed(error, "report"), group=group, name=name)


# --- fit to be shown ---------------------------------------------------------------------------


def _find_secrets(here: Surroundings) -> tuple[str, ...]:
    """The database's password, as it is written and as it is meant."""
    try:
        address = _ADDRESS.search(here.settings.database_url)
    except Exception:
        return ()
    found = {address[1], unquote(address[1])} if address else set()
    return tuple(secret for secret in found if len(secret) >= _LONG_ENOUGH)


def _clean(values: Mapping[str, object], secrets: tuple[str, ...]) -> dict[str, object]:
    return {name: _clean_value(value, secrets) for name, value in values.items()}


def _clean_value(value: object, secrets: tuple[str, ...]) -> object:
    match value:
        case None | bool() | int() | float() | datetime():
            return value
        case Told():
            return Told(value.code, _clean(value.params, secrets))
        case list() | tuple():
            return [_clean_value(one, secrets) for one in value[:_MOST]]
    text = hide_secrets(str(value))
    for secret in secrets:
        text = text.replace(secret, "***")
    text = " ".join(_UNSHOWN.sub(" ", text).split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
