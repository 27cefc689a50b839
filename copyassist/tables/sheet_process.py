"""Reads an old .xls in a process of its own.

On a damaged .xls calamine may ask for terabytes, and a failed allocation ends the process that
asks, or it may run for minutes. Then only this process ends. An .xlsx is guarded by its checksums
and by a look at its cells' addresses instead (sheets.py), so that it needs none.

Linux also bounds the memory that the process may ask for. Windows has no such limit, and macOS
refuses to set it; there the size of the file, the number of cells and the time are the bounds.
"""

import json
import os
import subprocess
import sys
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import Any

from copyassist.errors import InputError
from copyassist.tables.cells import Cell
from copyassist.tables.table import Table

_SECONDS = 60
_MEMORY = 3 * 1024**3  # bytes of address space: a real .xls has at most 17 million cells a sheet
_KIND = "kind"


def read_apart(name: str, data: bytes) -> tuple[Table, ...]:
    """The sheets of a workbook. Raises the InputErrors of `parse_sheets`."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    try:
        done = subprocess.run(  # noqa: S603 - this program itself; the data go by standard input
            [sys.executable, "-m", __name__],
            input=data,
            capture_output=True,
            timeout=_SECONDS,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise InputError("file_unreadable", name=name, reason=f"> {_SECONDS} s") from error
    if done.returncode != 0:
        raise InputError("file_unreadable", name=name, reason=f"xls {done.returncode}")
    answer = json.loads(done.stdout, object_hook=_revive)
    if "error" in answer:
        raise InputError(answer["error"], **{**answer["params"], "name": name})
    return tuple(Table(*sheet) for sheet in answer["sheets"])


def answer_request() -> None:
    """The other side: a workbook on standard input, its sheets as JSON on standard output."""
    from copyassist.tables.sheets import parse_sheets

    _limit_memory()
    answer: dict[str, Any]
    try:
        sheets = parse_sheets("", sys.stdin.buffer.read())
        answer = {"sheets": [(s.name, s.rows, s.lines, s.hidden) for s in sheets]}
    except InputError as error:
        answer = {"error": error.code, "params": error.params}
    sys.stdout.write(json.dumps(answer, default=_describe))


def _limit_memory() -> None:
    """Bounds the address space of this process, where the system can."""
    try:
        import resource  # not on Windows
    except ImportError:
        return
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    wanted = _MEMORY if most == resource.RLIM_INFINITY else min(_MEMORY, most)
    # macOS knows the limit and refuses it: the other bounds stand without it.
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (wanted, most))


def _describe(cell: Cell) -> dict[str, object]:
    if isinstance(cell, timedelta):
        return {_KIND: "timedelta", "value": cell.total_seconds()}
    if isinstance(cell, datetime | date | time):
        return {_KIND: type(cell).__name__, "value": cell.isoformat()}
    raise TypeError(cell)


def _revive(found: dict[str, Any]) -> Any:
    match found.get(_KIND):
        case "timedelta":
            return timedelta(seconds=found["value"])
        case "datetime":
            return datetime.fromisoformat(found["value"])
        case "date":
            return date.fromisoformat(found["value"])
        case "time":
            return time.fromisoformat(found["value"])
    return found


if __name__ == "__main__":
    answer_request()
