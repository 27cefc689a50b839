"""Everything in one file: a zip with the database and the user's settings and platform files."""

import os
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine

from copyassist.errors import InputError, StoreError
from copyassist.store.engine import named_errors
from copyassist.store.export import refused
from copyassist.store.schema import REVISIONS

DATABASE = "copyassist.db"
_LARGEST = 20 * 1024**3  # bytes unpacked: beyond any real account, a bomb is refused


def write_backup(engine: Engine, path: Path, extra: Mapping[str, Path]) -> None:
    """Writes the database and `extra` (name in the zip -> file) to `path`, whole or not at all."""
    _require_sqlite(engine)
    with _scratch(path.parent) as folder, named_errors(engine):
        copy = folder / DATABASE
        with engine.connect() as connection, closing(sqlite3.connect(copy)) as target:
            _raw(connection).backup(target)
            target.execute("PRAGMA journal_mode = DELETE")  # one file, without -wal beside it
        packed = folder / "backup.zip"
        try:
            _pack(packed, {DATABASE: copy, **extra})
            packed.replace(path)
        except OSError as error:
            raise refused(path, error) from error


def load_backup(engine: Engine, path: Path) -> dict[str, bytes]:
    """Replaces the whole database by the one in the backup; returns the other files in it.

    Raises InputError backup_unreadable for a file that is no sound backup, StoreError store_newer
    for a later program's. The database is then as it was.
    """
    _require_sqlite(engine)
    with _scratch(Path(engine.url.database or "").parent) as folder:
        copy = folder / DATABASE
        others = _unpack(path, copy)
        _check(path, copy)
        with (
            named_errors(engine),
            engine.connect() as connection,
            closing(sqlite3.connect(copy)) as source,
        ):
            source.backup(_raw(connection))
    return others


def _require_sqlite(engine: Engine) -> None:
    if engine.dialect.name != "sqlite":
        raise StoreError("backup_needs_sqlite", backend=engine.dialect.name)


def _raw(connection: Connection) -> sqlite3.Connection:
    raw = connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)  # noqa: S101 - _require_sqlite has looked
    return raw


@contextmanager
def _scratch(beside: Path) -> Iterator[Path]:
    # Beside the goal, not in the system's folder: a rename must stay within one disk.
    try:
        with tempfile.TemporaryDirectory(dir=beside, prefix=".copyassist-") as folder:
            yield Path(folder)
    except OSError as error:
        raise refused(beside, error) from error


def _pack(packed: Path, members: Mapping[str, Path]) -> None:
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, file in members.items():
            archive.write(file, name)
    with packed.open("rb+") as written:
        os.fsync(written.fileno())


def _unpack(path: Path, copy: Path) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(member.file_size for member in archive.infolist()) > _LARGEST:
                raise InputError("backup_unreadable", path=str(path))
            others = {name: archive.read(name) for name in archive.namelist() if name != DATABASE}
            with archive.open(DATABASE) as packed, copy.open("wb") as target:
                while block := packed.read(1 << 20):
                    target.write(block)
    except FileNotFoundError as error:
        raise InputError("file_missing", path=str(path)) from error
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError) as error:
        raise InputError("backup_unreadable", path=str(path)) from error
    return others


def _check(path: Path, copy: Path) -> None:
    try:
        with closing(sqlite3.connect(copy)) as database:
            sound = database.execute("PRAGMA quick_check").fetchone()[0]
            (revision,) = database.execute("SELECT version_num FROM alembic_version").fetchone()
    except (sqlite3.Error, TypeError) as error:
        raise InputError("backup_unreadable", path=str(path)) from error
    if sound != "ok":
        raise InputError("backup_unreadable", path=str(path))
    if revision not in REVISIONS:
        raise StoreError("store_newer", path=str(path), revision=revision)
