"""What is kept in the user's folder: the one list of it, where it lies, and how it is written.

Backup, restore and `copyassist where` read the list; a test holds that nothing else is written there.
"""

import json
import os
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from copyassist.errors import InputError, SettingsError, StoreError
from copyassist.home.passing import APP, BEFORE, LOCK, PASSING, drafted, lock, refused

_NEVER_IN_A_NAME = frozenset(
    '\\:"<>|?*'
)  # of what a backup may bring: other systems read them as more


@dataclass(frozen=True, slots=True)
class Kept:
    """One kind of file in the user's folder.

    `pattern` is its path in the folder, `/` between the parts; `*` stands for any name and `**`,
    at the end, for everything below. `told` names its sentence `cli.where.…`; it is "" for what
    passes by itself. `in_backup` says whether a backup holds it.
    """

    pattern: str
    told: str = ""
    in_backup: bool = False

    def place(self, home: Path) -> Path:
        """Where it lies: the file, or the folder of all of them."""
        fixed = self.pattern.split("/*")[0]
        return home / fixed

    def fits(self, name: str) -> bool:
        """Whether the path in the folder is one of these."""
        wanted, parts = self.pattern.split("/"), name.split("/")
        if wanted[-1] == "**":
            wanted.pop()
            if len(parts) <= len(wanted):
                return False
            parts = parts[: len(wanted)]
        return len(parts) == len(wanted) and all(map(fnmatchcase, parts, wanted))


DATABASE = Kept("copyassist.db", "database", in_backup=True)
SETTINGS = Kept("settings.toml", "settings", in_backup=True)
SOURCES = Kept("sources.toml", "sources", in_backup=True)
SUBSCRIPTIONS = Kept("subscriptions.txt", "subscriptions", in_backup=True)
WORDS = Kept("words.txt", "words", in_backup=True)
PLATFORMS = Kept("platforms/*.toml", "platforms", in_backup=True)
PACKS = Kept("packs/*.toml", "packs", in_backup=True)
# Copies of what was uploaded, and results to be downloaded: the last five, then they make room.
BATCH = Kept("batch/**", "batch")
# Copies of texts that lie elsewhere, and what they are found by: to be added again where lost.
CORPORA = Kept("corpora/**", "corpora")
# What can be made anew: it may be deleted at any time.
CACHE = Kept("cache/**", "cache")
KEPT = (
    DATABASE,
    SETTINGS,
    SOURCES,
    SUBSCRIPTIONS,
    WORDS,
    PLATFORMS,
    PACKS,
    BATCH,
    CORPORA,
    CACHE,
    Kept(f"{DATABASE.pattern}-*"),  # SQLite's own: -wal, -shm, -journal
    Kept(f"{PASSING}*"),
    Kept(f"{PASSING}*/**"),
    Kept(f"{PLATFORMS.pattern.partition('/')[0]}/{PASSING}*"),
    Kept(f"{PACKS.pattern.partition('/')[0]}/{PASSING}*"),
)


def find_home(environment: Mapping[str, str] | None = None) -> Path:
    """The user's data folder: COPYASSIST_HOME, else the system's place for application data.

    Raises SettingsError home_unknown for a folder of a user whom the system does not know.
    """
    chosen = (os.environ if environment is None else environment).get("COPYASSIST_HOME", "")
    if chosen:
        try:
            return Path(chosen).expanduser().resolve()
        except (OSError, RuntimeError) as error:  # ~nobody, links in a circle
            raise SettingsError("home_unknown", path=chosen, reason=str(error)) from error
    import platformdirs  # only where the environment does not say: it costs start-up time

    return Path(platformdirs.user_data_dir(APP, appauthor=False))


def find_kept(name: str) -> Kept | None:
    """What a path in the folder is, `/` between its parts; None for what is not ours."""
    parts = name.split("/")
    if any(part in ("", ".", "..") or not part.isprintable() for part in parts):
        return None
    return next((kept for kept in KEPT if kept.fits(name)), None)


def is_restorable(name: str) -> bool:
    """Whether a name in a backup is a file that may be put into the folder, on any system."""
    kept = find_kept(name)
    return kept is not None and kept.in_backup and not _NEVER_IN_A_NAME & set(name)


def find_files(home: Path) -> Iterator[str]:
    """The names of the files that a backup holds, but for the database."""
    for kept in KEPT:
        if kept.in_backup and kept is not DATABASE:
            pattern = kept.pattern
            found = home.glob(pattern) if "*" in pattern else [home / pattern]
            # A link counts as what it leads to, and one that leads nowhere must be told.
            there = (path for path in sorted(found) if path.is_symlink() or path.is_file())
            yield from (path.relative_to(home).as_posix() for path in there)


def load_files(home: Path) -> dict[str, bytes]:
    """What a backup holds beside the database, by name. Raises InputError where one is unreadable."""
    return {name: load_file(home / name) for name in find_files(home)}


def load_file(path: Path) -> bytes:
    """The bytes of a file. Raises InputError file_missing or file_not_readable."""
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise InputError("file_missing", path=str(path)) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError("file_not_readable", name=str(path), reason=reason) from error


# --- writing -----------------------------------------------------------------------------------


def keep_file(path: Path, data: bytes) -> None:
    """Writes a file of the user's folder whole or not at all; the folder is made where missing.

    Raises StoreError file_disk_full or file_unwritable.
    """
    make_folder(path.parent)
    write_whole(path, data)


def make_folder(folder: Path) -> None:
    """Makes a folder that only this user may open, where it is missing. Raises StoreError."""
    try:
        for missing in reversed([one for one in (folder, *folder.parents) if not one.exists()]):
            missing.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise refused(folder, error) from error


def close_to_others(*, folder: bool = True) -> None:
    """What this program writes from now on is its user's alone; so is the folder it chose itself.

    A folder that the user chose stays as open as they made it; so does any, without `folder`.
    """
    os.umask(0o077)
    if os.name == "nt" or os.environ.get("COPYASSIST_HOME") or not folder:
        return
    home = find_home()
    if home.is_dir():
        with suppress(OSError):  # it is another user's, who decides
            if home.stat().st_mode & 0o077:
                home.chmod(0o700)


def write_whole(path: Path, data: bytes) -> None:
    """Writes a file whole or not at all: killed at any moment, it holds the old or the new bytes.

    Raises StoreError file_disk_full or file_unwritable. A link stays one: what it leads to is
    written. What is no file, such as /dev/stdout, is simply written to.
    """
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            path.write_bytes(data)
            return
        goal = Path(os.path.realpath(path))
        with drafted(goal) as draft:
            with draft.open("xb") as file:
                file.write(data)
            replace_whole(draft, goal)
    except OSError as error:
        raise refused(path, error) from error


def replace_whole(draft: Path, goal: Path) -> None:
    """Puts a finished draft of the same disk in the place of `goal`. Raises OSError."""
    with draft.open("rb+") as file:
        os.fsync(file.fileno())
    if goal.is_file():
        draft.chmod(goal.stat().st_mode & 0o777)
    draft.replace(goal)
    _sync_folder(goal.parent)


def _sync_folder(folder: Path) -> None:
    """Makes a rename outlast a power failure, where the system can: not on Windows."""
    with suppress(OSError):  # it is renamed already: to say otherwise would be wrong
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def changing(home: Path) -> Iterator[None]:
    """One at a time, of all threads and programs, reads a file of the folder, changes and keeps it.

    The system ends it when the process dies. Not to be entered twice by one thread. Raises
    StoreError where the folder cannot be written.
    """
    path = home / LOCK
    make_folder(home)
    try:
        file = path.open("ab")
    except OSError as error:
        raise refused(path, error) from error
    with file:
        try:
            lock(file, wait=True)
        except OSError as error:  # a network disk that knows no locks
            raise refused(path, error) from error
        yield


@contextmanager
def replaced_files(
    home: Path, files: Mapping[str, bytes], gone: list[str], state: int
) -> Iterator[None]:
    """Files put into the folder and others taken away; all as before where what follows fails.

    Killed in the middle, the next start takes the files back (`take_back`) where the number of the
    store's state is still `state`. Raises StoreError, and whatever is raised inside.
    """
    before = {name: _load_or_none(home / name) for name in (*files, *gone)}
    packed = {
        name: None if old is None else b64encode(old).decode() for name, old in before.items()
    }
    keep_file(home / BEFORE, json.dumps({"state": state, "files": packed}).encode())
    try:
        for name, data in files.items():
            keep_file(home / name, data)
        for name in gone:
            _remove(home / name)
        yield
    except BaseException:
        if _put_back(home, before):  # where that fails the next start tries again
            with suppress(StoreError):
                _remove(home / BEFORE)
        raise
    with suppress(StoreError):
        _remove(home / BEFORE)


def take_back(home: Path, find_state: Callable[[], int]) -> None:
    """Finishes a restore that was killed: the files of before come back unless the store is new.

    Raises StoreError.
    """
    if not (home / BEFORE).exists():
        return
    with changing(home):  # a restore that is still at it is waited for
        data = _load_or_none(home / BEFORE)
        if data is None:
            return
        state, before = _read_journal(home / BEFORE, data)
        if state == find_state() and not _put_back(home, before):
            raise StoreError("journal_unfinished", path=str(home))
        _remove(home / BEFORE)


def _read_journal(path: Path, data: bytes) -> tuple[int, dict[str, bytes | None]]:
    try:
        journal = json.loads(data)
        files = {
            str(name): None if old is None else b64decode(old, validate=True)
            for name, old in journal["files"].items()
        }
        return int(journal["state"]), files
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise StoreError("journal_unreadable", path=str(path)) from error


def _put_back(home: Path, before: Mapping[str, bytes | None]) -> bool:
    """Whether every file is as it was."""
    whole = True
    for name, old in before.items():
        try:
            _remove(home / name) if old is None else keep_file(home / name, old)
        except StoreError:
            whole = False
    return whole


def _load_or_none(path: Path) -> bytes | None:
    return load_file(path) if path.exists() else None


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise refused(path, error) from error
