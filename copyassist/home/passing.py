"""What lies in a folder only while something is written or runs: drafts, locks, signs of life.

Whoever is killed leaves some of it behind; it is known by its name and goes at the next start.
"""

import errno
import json
import os
import platform
import secrets
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from copyassist.errors import StoreError

APP = "copyassist"
PASSING = f".{APP}-"  # how the name of everything begins that passes
LOCK = f"{PASSING}lock"
BEFORE = f"{PASSING}before"  # the files as they were before a restore that is under way
_ALIVE = f"{PASSING}alive-"
_HELD = "held"  # in a folder that passes: locked by the program that fills it
_JUST_NOW, _LONG_AGO = 60, 3600  # seconds; a half-written file is nobody's after an hour


@contextmanager
def drafted(goal: Path) -> Iterator[Path]:
    """A name beside `goal` that nobody else has; what still lies there at the end goes."""
    draft = goal.with_name(f"{PASSING}{secrets.token_hex(8)}")
    try:
        yield draft
    finally:
        with suppress(OSError):
            draft.unlink()


@contextmanager
def scratch(goal: Path) -> Iterator[Path]:
    """A folder beside `goal` for what is on its way there; it goes at the end.

    Beside it, not in the system's own place: a rename must stay within one disk. Raises StoreError.
    """
    try:
        folder = tempfile.TemporaryDirectory(dir=goal.parent, prefix=PASSING)
        held = (Path(folder.name) / _HELD).open("xb")
    except OSError as error:
        raise refused(goal, error) from error
    with folder as name, held:
        with suppress(OSError):  # a disk without locks: the folder is swept when it is old
            lock(held, wait=False)
        yield Path(name)
        held.close()  # before its folder goes: Windows removes no open file


def sweep(folder: Path) -> None:
    """Removes what killed programs left half done; what a living one holds stays."""
    for path in folder.glob(f"{PASSING}*"):
        with suppress(OSError):  # one that cannot be removed keeps no other
            if path.name not in (LOCK, BEFORE) and _is_abandoned(path):
                shutil.rmtree(path) if path.is_dir() else path.unlink()


def _is_abandoned(path: Path) -> bool:
    # The difference, as the clock may have been set meanwhile. What was just made is not held yet.
    age = abs(time.time() - path.stat().st_mtime)
    held = path / _HELD if path.is_dir() else path
    if (held != path and held.exists()) or path.name.startswith(_ALIVE):
        return age > _JUST_NOW and not _is_held(held)
    return age > _LONG_AGO


def _is_held(path: Path) -> bool:
    try:
        with path.open("rb+") as file:
            lock(file, wait=False)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return False


@contextmanager
def alive(home: Path) -> Iterator[str]:
    """A name by which other programs find out whether this one still runs; "" where they cannot.

    The system ends it when the process dies. See `is_gone`.
    """
    path = home / f"{_ALIVE}{secrets.token_hex(8)}"
    try:
        file = path.open("xb")
    except OSError:
        yield ""
        return
    try:
        with file:
            try:
                lock(file, wait=False)
            except OSError:  # a disk without locks
                yield ""
                return
            yield json.dumps([platform.node(), str(home), path.name])
    finally:
        with suppress(OSError):
            path.unlink()


def is_gone(home: Path, name: str) -> bool:
    """Whether the program of that name (`alive`) ran here and does no more."""
    known = [platform.node(), str(home)]
    try:
        *where, file = json.loads(name)
    except (ValueError, TypeError):
        return False
    if where != known or not isinstance(file, str) or Path(file).name != file:
        return False  # of another machine or folder: nobody can tell from here
    return not _is_held(home / file)


def lock(file: IO[bytes], *, wait: bool) -> None:
    """Holds a file for whoever opened it until it is closed.

    Raises OSError where another holds it and we do not wait; on Windows waiting ends after 10 s.
    """
    if os.name == "nt":
        import msvcrt  # Windows only

        mode = msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK  # type: ignore[attr-defined,unused-ignore]
        msvcrt.locking(file.fileno(), mode, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        import fcntl  # everywhere else

        fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))


def refused(path: Path, error: OSError) -> StoreError:
    """What to tell the user when the disk does not take a file."""
    full = error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
    code = "file_disk_full" if full else "file_unwritable"
    return StoreError(code, path=str(path), reason=error.strerror or str(error))
