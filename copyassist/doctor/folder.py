"""The user's folder: whether it can be used, who can read it, and how much room there is."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from copyassist.doctor.result import CheckResult, failed, fine, note, trouble
from copyassist.doctor.surroundings import Surroundings
from copyassist.errors import SettingsError
from copyassist.home import DATABASE, KEPT, PLATFORMS, find_home
from copyassist.home.passing import PASSING

MEGABYTE = 1_000_000
TIGHT = 1000 * MEGABYTE  # free bytes from which on it is told
FULL = 100 * MEGABYTE  # free bytes below which a collection or a backup may not fit
_OTHERS_ENTER, _OTHERS_READ = 0o001, 0o004
_OLD = 3600  # seconds: nothing is written for so long
_LOCK = f"{PASSING}lock"  # stays: it is locked, not its being there


def check_home(here: Surroundings) -> Iterator[CheckResult]:
    """Whether the folder is there, and can be read and written."""
    try:
        home = find_home(here.environment)
    except SettingsError as error:
        yield failed(error, "home_elsewhere")
        return
    path = str(home)
    if not home.exists():
        ground = find_ground(home)
        if home.is_symlink():
            yield trouble("home_link", "home_link", path=path)
        elif not ground.is_dir() or not may(ground, os.W_OK | os.X_OK):
            yield trouble("home_impossible", "home_elsewhere", path=path, ground=str(ground))
        else:
            yield fine("home_absent", path=path)
    elif not home.is_dir():
        yield trouble("home_no_folder", "home_no_folder", path=path)
    elif not may(home, os.R_OK | os.X_OK):
        yield trouble("home_unreadable", "home_rights", path=path)
    elif not may(home, os.W_OK):
        yield trouble("home_unwritable", "home_rights", path=path)
    else:
        yield from _check_entries(home)


def _check_entries(home: Path) -> Iterator[CheckResult]:
    bad = [
        str(entry)
        for entry in sorted(home.iterdir())
        if any(kept.place(home) == entry for kept in KEPT if kept.told)
        and not may(entry, os.R_OK | os.W_OK | (os.X_OK if entry.is_dir() else 0))
    ]
    for path in bad:
        yield trouble("entry_unusable", "home_rights", path=path)
    if not bad:
        yield fine("home", path=str(home))


def check_permissions(here: Surroundings) -> Iterator[CheckResult]:
    """Whether other accounts of this computer can read what is kept."""
    if os.name == "nt" or not here.home.is_dir():
        return
    folders = (here.home, *here.home.resolve().parents)
    entered = all(folder.stat().st_mode & _OTHERS_ENTER for folder in folders)
    places = (kept.place(here.home) for kept in KEPT if kept.told)
    open_to_all = [
        place.name for place in places if place.exists() and place.stat().st_mode & _OTHERS_READ
    ]
    if entered and open_to_all:
        yield note("permissions_open", "permissions", path=str(here.home), files=open_to_all)
    else:
        yield fine("permissions")


def check_disk(here: Surroundings) -> Iterator[CheckResult]:
    """Whether there is room to write: a backup needs as much again as the database."""
    ground = find_ground(here.home)
    free = shutil.disk_usage(ground).free
    database = DATABASE.place(here.home)
    size = database.stat().st_size if database.is_file() else 0
    values = {"megabytes": free / MEGABYTE, "path": str(ground)}
    if free < FULL:
        yield trouble("disk_full", "disk", **values)
    elif free < max(TIGHT, 2 * size):
        yield note("disk_tight", "disk", **values)
    else:
        yield fine("disk", **values)


def check_leftovers(here: Surroundings) -> Iterator[CheckResult]:
    """What a program that was killed left behind while it wrote."""
    found = []
    for folder in (here.home, PLATFORMS.place(here.home)):
        entries = sorted(folder.iterdir()) if folder.is_dir() else []
        for entry in entries:
            ours = entry.name.startswith(PASSING) and entry.name != _LOCK
            if ours and here.now.timestamp() - entry.lstat().st_mtime > _OLD:
                found.append(entry)
    if found:
        names = [str(entry.relative_to(here.home)) for entry in found]
        size = sum(map(_measure, found)) / MEGABYTE
        yield note("leftovers", "leftovers", path=str(here.home), files=names, megabytes=size)
    elif here.home.is_dir():
        yield fine("no_leftovers")


def find_ground(path: Path) -> Path:
    """The nearest folder above, or the path itself, that is there."""
    return next((one for one in (path, *path.parents) if one.exists()), Path(path.anchor or "."))


def may(path: Path, what: int) -> bool:
    """Whether this program may do so with the path."""
    effective = os.access in os.supports_effective_ids
    return os.access(path, what, effective_ids=effective)


def _measure(path: Path) -> int:
    if path.is_symlink() or path.is_file():
        return path.lstat().st_size
    return sum(one.lstat().st_size for one in path.rglob("*") if one.is_file())
