"""Everything in one file: a zip with the database and the other files of the user's folder.

What is in it is looked at before anything is replaced: a backup is another program's word.
"""

import json
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect

from copyassist.errors import InputError, StoreError
from copyassist.home import (
    DATABASE,
    KEPT,
    is_restorable,
    replace_whole,
)
from copyassist.home.passing import refused, scratch, sweep
from copyassist.store.engine import find_url, make_engine, named_errors
from copyassist.store.migrate import prepare_schema
from copyassist.store.schema import REVISIONS, metadata

ABOUT = "backup.json"
VERSION = 2  # the first one had no backup.json, and knew neither sources nor subscriptions
_LARGEST = 20 * 1024**3  # bytes of a database: beyond any real account, a bomb is refused
_LARGEST_FILES = 64 * 1024**2  # bytes of all other files together
_OWN_TABLES = frozenset({*metadata.tables, "alembic_version"})
_BROKEN = (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, zlib.error)


@dataclass(frozen=True, slots=True)
class Backup:
    """An unpacked backup that was found sound: its database at the present schema, its files by name.

    `knows` are the patterns of files that it would hold if there had been any; a backup of the
    first version says nothing of that.
    """

    path: Path
    database: Path
    files: Mapping[str, bytes]
    knows: tuple[str, ...]

    def would_hold(self, name: str) -> bool:
        """Whether a file of that name was not there when the backup was made."""
        known = (kept for kept in KEPT if kept.pattern in self.knows)
        return name not in self.files and any(kept.fits(name) for kept in known)


def write_backup(engine: Engine, path: Path, files: Mapping[str, bytes]) -> None:
    """Writes the database and `files` to `path`, whole or not at all.

    A damaged database is told before an earlier backup at `path` is touched: StoreError
    store_corrupt; file_disk_full or file_unwritable where the disk refuses.
    """
    _require_sqlite(engine)
    sweep(path.parent)
    with scratch(path) as folder:
        copy = folder / DATABASE.pattern
        with named_errors(engine):
            with engine.connect() as connection, closing(sqlite3.connect(copy)) as target:
                _raw(connection).backup(target)
                target.execute("PRAGMA journal_mode = DELETE")  # one file, without -wal beside it
            if not _is_sound(copy):
                where = str(engine.url.database)
                raise StoreError("store_corrupt", path=where, reason="quick_check")
        packed = folder / "backup.zip"
        try:
            _pack(packed, copy, files)
            replace_whole(packed, path)
        except OSError as error:
            raise refused(path, error) from error


@contextmanager
def unpacked(engine: Engine, path: Path) -> Iterator[Backup]:
    """The backup, unpacked and looked at; it is gone afterwards. Nothing is changed.

    Raises InputError backup_unreadable for a file that is no sound backup, file_missing or
    file_not_readable, StoreError store_newer for a later program's.
    """
    _require_sqlite(engine)
    with scratch(Path(engine.url.database or DATABASE.pattern)) as folder:
        copy = folder / DATABASE.pattern
        files, knows = _unpack(path, copy)
        _check(path, copy)
        yield Backup(path, copy, files, knows)


def replace_database(engine: Engine, backup: Backup, counters: Mapping[str, int]) -> None:
    """Replaces the whole database in one step; `counters` are rows of `meta` that it has then.

    Readers see either the database of before or the restored one with its counters.
    """
    with closing(sqlite3.connect(backup.database)) as source:
        row = (
            "INSERT INTO meta VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
        )
        with source:
            source.executemany(row, counters.items())
        with named_errors(engine), engine.connect() as connection:
            source.backup(_raw(connection))


def load_counter(backup: Backup, name: str) -> int:
    """A row of `meta` in the backup, 0 where it has none."""
    with closing(sqlite3.connect(backup.database)) as source:
        found = source.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    return int(found[0]) if found else 0


def _require_sqlite(engine: Engine) -> None:
    if engine.dialect.name != "sqlite":
        raise StoreError("backup_needs_sqlite", backend=engine.dialect.name)


def _raw(connection: Connection) -> sqlite3.Connection:
    raw = connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)  # noqa: S101 - _require_sqlite has looked
    return raw


# --- packing -----------------------------------------------------------------------------------


def _pack(packed: Path, database: Path, files: Mapping[str, bytes]) -> None:
    knows = [kept.pattern for kept in KEPT if kept.in_backup]
    about = {"copyassist_backup": VERSION, "knows": knows}
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(ABOUT, json.dumps(about, indent=1))
        archive.write(database, DATABASE.pattern)
        for name, data in files.items():
            archive.writestr(name, data)


def _unpack(path: Path, copy: Path) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """The files of the backup by name, and what it knows of; its database goes to `copy`."""
    try:
        file = path.open("rb")
    except FileNotFoundError as error:
        raise InputError("file_missing", path=str(path)) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError("file_not_readable", name=str(path), reason=reason) from error
    try:
        with file, zipfile.ZipFile(file) as archive:
            _unpack_database(archive, copy)
            return _unpack_files(archive), _load_about(archive)
    except (*_BROKEN, KeyError) as error:
        raise InputError("backup_unreadable", path=str(path)) from error
    except OSError as error:
        raise refused(copy, error) from error


def _unpack_database(archive: zipfile.ZipFile, copy: Path) -> None:
    if archive.getinfo(DATABASE.pattern).file_size > _LARGEST:
        raise ValueError("no database is as large")
    with archive.open(DATABASE.pattern) as packed, copy.open("wb") as target:
        while block := packed.read(1 << 20):
            target.write(block)


def _unpack_files(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """Only what the list of the folder names: of anything else not a byte is read."""
    files: dict[str, bytes] = {}
    room = _LARGEST_FILES
    for name in dict.fromkeys(archive.namelist()):
        if name != DATABASE.pattern and is_restorable(name):
            files[name] = _read(archive, name, room)
            room -= len(files[name])
    return files


def _read(archive: zipfile.ZipFile, name: str, room: int) -> bytes:
    with archive.open(name) as packed:
        data = packed.read(room + 1)
    if len(data) > room:
        raise ValueError("too large")
    return data


def _load_about(archive: zipfile.ZipFile) -> tuple[str, ...]:
    if ABOUT not in archive.namelist():
        return ()
    about = json.loads(_read(archive, ABOUT, 1 << 16))
    knows = about.get("knows", ()) if isinstance(about, dict) else ()
    return tuple(map(str, knows)) if isinstance(knows, list) else ()


# --- looking at a database ---------------------------------------------------------------------


def _is_sound(copy: Path) -> bool:
    with closing(sqlite3.connect(copy)) as database:
        return bool(database.execute("PRAGMA quick_check").fetchone()[0] == "ok")


def _check(path: Path, copy: Path) -> None:
    """Raises where the database is not ours, and brings it to the present schema."""
    try:
        sound = _is_sound(copy)
        with closing(sqlite3.connect(copy)) as database:
            (revision,) = database.execute("SELECT version_num FROM alembic_version").fetchone()
            code = "SELECT count(*) FROM sqlite_master WHERE type IN ('trigger', 'view')"
            foreign = database.execute(code).fetchone()[0]
    except (sqlite3.Error, TypeError) as error:
        raise InputError("backup_unreadable", path=str(path)) from error
    if sound and revision not in REVISIONS:
        raise StoreError("store_newer", path=str(path), revision=revision)
    # Triggers and views would run with the next word that is written; we never make any.
    if not sound or foreign or not _bring_to_present(copy):
        raise InputError("backup_unreadable", path=str(path))


def _bring_to_present(copy: Path) -> bool:
    """Whether the database has, after migration, all tables and columns that it must have."""
    engine = make_engine(find_url(copy))
    try:
        prepare_schema(engine)
        found = inspect(engine)
        if set(found.get_table_names()) != _OWN_TABLES:
            return False
        return all(
            {column["name"] for column in found.get_columns(table.name)} == set(table.c.keys())
            for table in metadata.tables.values()
        )
    except StoreError as error:
        if error.code in ("store_failed", "store_corrupt"):  # what it lacks, the migration missed
            return False
        raise
    finally:
        engine.dispose()
