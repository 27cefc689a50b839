"""Looks at a database without changing it: no file is made, none is written, nothing is migrated."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, Engine, create_engine, func, inspect, select, text
from sqlalchemy.pool import NullPool

from copyassist.errors import StoreError
from copyassist.store.accounts import load_accounts
from copyassist.store.clock import from_seconds, to_seconds
from copyassist.store.engine import find_url, named_errors, reading
from copyassist.store.hot import HotStore
from copyassist.store.schema import drafts, imports, metadata, polls, posts
from copyassist.types import Account
from copyassist.types.news import PollOutcome, SourceState

_MAGIC = b"SQLite format 3\x00"
_HEADER = 100  # bytes before the first page's content; a shorter file is no database
_WAIT_SECONDS = 1.0  # for a reader, and for the program that writes at this moment
# Where SQLite locks: the file for readers (a writer that lets nobody read holds it), and in the
# shared memory of the write-ahead log the byte that a writer holds (sqlite.org/walformat.html).
_READERS = (0x40000002, 510)
_WRITER = (120, 1)
# In a process of its own: closing a file gives back every lock that a process has on it.
_PROBE = """
import fcntl, sys, time
path, start, length, seconds = sys.argv[1], *map(float, sys.argv[2:])
with open(path, "rb") as file:
    until = time.monotonic() + seconds
    while True:
        try:
            fcntl.lockf(file, fcntl.LOCK_SH | fcntl.LOCK_NB, int(length), int(start))
            break
        except OSError:
            if time.monotonic() > until:
                sys.exit(9)
            time.sleep(0.05)
"""


@dataclass(frozen=True, slots=True)
class Contents:
    """How much a database holds. `accounts` are with their posts that are not deleted."""

    accounts: tuple[tuple[Account, int], ...]
    drafts: int
    polls: int


@dataclass(frozen=True, slots=True)
class Future:
    """Rows that lie later than a moment: how many, and the latest."""

    count: int
    latest: datetime


class DatabaseLook:
    """A database that is open to be read and never changed. Its verbs may raise StoreError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @property
    def kind(self) -> str:
        """sqlite, postgresql …"""
        return self._engine.dialect.name

    @property
    def host(self) -> str:
        """The server, "" for a file."""
        return self._engine.url.host or ""

    def states(self) -> dict[str, SourceState]:
        """What is known of each source that was ever asked."""
        with _undamaged(self._engine):
            return HotStore(self._engine).states()

    def revision(self) -> str | None:
        """The schema's number; "" for a database of another program, None for an empty one."""
        with _reading(self._engine) as connection:
            tables = set(inspect(connection).get_table_names())
            if not tables:
                return None
            if "alembic_version" not in tables:
                return ""
            return str(connection.scalar(text("SELECT version_num FROM alembic_version")) or "")

    def gaps(self) -> list[str]:
        """Tables and columns that the schema has and the database lacks."""
        with _reading(self._engine) as connection:
            there = inspect(connection)
            tables = set(there.get_table_names())
            gaps = [name for name in metadata.tables if name not in tables]
            for name, table in metadata.tables.items():
                if name in tables:
                    known = {column["name"] for column in there.get_columns(name)}
                    gaps += [
                        f"{name}.{column.name}" for column in table.c if column.name not in known
                    ]
        return gaps

    def damage(self) -> list[str]:
        """What SQLite's own check says is damaged; nothing for a server, which looks after itself."""
        if self.kind != "sqlite":
            return []
        with _reading(self._engine) as connection:
            said = connection.execute(text("PRAGMA quick_check(5)")).scalars().all()
        return [str(line) for line in said if line != "ok"]

    def contents(self) -> Contents:
        """How much there is of everything."""
        with _reading(self._engine) as connection:
            mine = posts.c.deleted_at.is_(None)
            counts = (
                select(posts.c.account_id, func.count()).where(mine).group_by(posts.c.account_id)
            )
            by_account = {int(row[0]): int(row[1]) for row in connection.execute(counts)}
            found = tuple((one, by_account.get(one.id, 0)) for one in load_accounts(connection))
            return Contents(found, _count(connection, drafts.c.id), _count(connection, polls.c.id))

    def future(self, now: datetime) -> dict[str, Future]:
        """What lies later than now, by kind; kinds without such rows are left out.

        "published" and "figures" and "archives" are what files said; "written" is what this program
        wrote down by the clock of its machine.
        """
        ours = polls.c.outcome != PollOutcome.ARCHIVE.value
        with _reading(self._engine) as connection:
            found = {
                "published": [
                    _later(connection, posts.c.published_at, now, posts.c.deleted_at.is_(None))
                ],
                "figures": [_later(connection, imports.c.as_of, now)],
                "archives": [_later(connection, polls.c.seen_at, now, ~ours)],
                "written": [
                    _later(connection, imports.c.imported_at, now),
                    _later(connection, drafts.c.saved_at, now),
                    _later(connection, polls.c.seen_at, now, ours),
                ],
            }
        return {
            kind: _join(some) for kind, parts in found.items() if (some := [p for p in parts if p])
        }


def find_file(where: str | Path) -> Path | None:
    """The SQLite file of a path or a database URL; None for a server. Raises StoreError."""
    url = find_url(where)
    if url.get_backend_name() != "sqlite" or not url.database:
        return None
    return Path(url.database)


@contextmanager
def looking(where: str | Path) -> Iterator[DatabaseLook]:
    """The database, open to be read. Raises StoreError where the database cannot be read at all.

    An SQLite file is not opened as the program opens it, which would make the file and the two
    beside it.
    """
    path = find_file(where)
    if path is None:
        engine = _open_server(where)
        try:
            yield DatabaseLook(engine)
        finally:
            engine.dispose()
        return
    check_header(path)
    with ExitStack() as stack:
        engine = _open_file(path, stack)
        with _reading(engine) as connection:
            connection.execute(text("SELECT count(*) FROM sqlite_master"))
        yield DatabaseLook(engine)


def check_header(path: Path) -> None:
    """Raises StoreError store_emptied, store_corrupt or store_unwritable for no SQLite file."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEADER)
    except OSError as error:
        reason = error.strerror or str(error)
        raise StoreError("store_unwritable", path=str(path), reason=reason) from error
    if len(head) < _HEADER:
        raise StoreError("store_emptied", path=str(path), size=len(head))
    if not head.startswith(_MAGIC):
        raise StoreError("store_corrupt", path=str(path), reason="file is not a database")


def is_locked(path: Path) -> bool:
    """Whether another program keeps the SQLite file from being read or written all the time.

    False where that cannot be told: on Windows.
    """
    held = [(path, *_READERS), (_beside(path, "shm"), *_WRITER)]
    return any(_is_held(file, start, length) for file, start, length in held if file.is_file())


def _later(
    connection: Connection, column: Column[int], now: datetime, *wanted: Any
) -> Future | None:
    query = select(func.count(), func.max(column)).where(column > to_seconds(now), *wanted)
    count, latest = connection.execute(query).one()
    return Future(int(count), _to_moment(int(latest))) if count else None


def _to_moment(seconds: int) -> datetime:
    try:
        return from_seconds(seconds)
    except OverflowError:  # beyond the year 9999: a number that is no time
        return datetime.max.replace(tzinfo=from_seconds(0).tzinfo)


def _join(some: list[Future]) -> Future:
    return Future(sum(one.count for one in some), max(one.latest for one in some))


def _count(connection: Connection, column: Column[int]) -> int:
    return int(connection.scalar(select(func.count(column))) or 0)


@contextmanager
def _undamaged(engine: Engine) -> Iterator[None]:
    """What is stored and makes no sense is damage: a text that is no text, a number that is none."""
    try:
        yield
    except (ValueError, TypeError, KeyError, OverflowError) as error:
        where = str(engine.url.database)
        raise StoreError("store_corrupt", path=where, reason=str(error)) from error


@contextmanager
def _reading(engine: Engine) -> Iterator[Connection]:
    with _undamaged(engine), reading(engine) as connection:
        yield connection


# --- opening -----------------------------------------------------------------------------------


def _open_server(where: str | Path) -> Engine:
    from sqlalchemy.exc import ArgumentError, NoSuchModuleError

    url = find_url(where)
    limits = {"connect_timeout": 5} if url.drivername.startswith("postgresql") else {}
    try:
        engine = create_engine(url, poolclass=NullPool, connect_args=limits)
    except ModuleNotFoundError as error:
        raise StoreError("store_no_driver", module=str(error.name)) from error
    except (ArgumentError, NoSuchModuleError) as error:
        raise StoreError("store_bad_url", url=url.render_as_string()) from error
    with named_errors(engine), engine.connect() as connection:
        connection.execute(text("SELECT 1"))
    if engine.dialect.name == "postgresql":
        return engine.execution_options(postgresql_readonly=True)
    return engine


def _open_file(path: Path, stack: ExitStack) -> Engine:
    """The file in the way that leaves no trace.

    With a log beside it and the log's index, both are read as they are. A log without an index
    would have one made: then a copy is read. Without a log nobody is at work, and SQLite is told so.
    """
    log, index = _beside(path, "wal"), _beside(path, "shm")
    written = log.exists() and log.stat().st_size > 0
    if _is_logged(path) and not written and not (log.exists() and index.exists()):
        return _open_at(path, path, "mode=ro&immutable=1")
    if written and not index.exists():
        if _is_held(path, *_READERS):
            raise StoreError("store_locked", path=str(path))
        scratch = stack.enter_context(tempfile.TemporaryDirectory(prefix="copyassist-look-"))
        return _open_at(_copy(path, log, Path(scratch)), path, "mode=rw")
    return _open_at(path, path, "mode=ro&readonly_shm=1")


def _copy(path: Path, log: Path, scratch: Path) -> Path:
    copy = scratch / "copy.db"
    shutil.copyfile(path, copy)
    shutil.copyfile(log, _beside(copy, "wal"))
    return copy


def _open_at(file: Path, path: Path, how: str) -> Engine:
    """An engine on a file; its errors name `path`."""
    address = f"{file.resolve().as_uri()}?{how}"

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(address, uri=True, timeout=_WAIT_SECONDS, check_same_thread=False)

    return create_engine(find_url(path), creator=connect, poolclass=NullPool)


def _is_logged(path: Path) -> bool:
    """Whether the file says of itself that it has a write-ahead log."""
    with path.open("rb") as file:
        return file.read(20)[18:20] == b"\x02\x02"


def _beside(path: Path, what: str) -> Path:
    return path.with_name(f"{path.name}-{what}")


def _is_held(path: Path, start: int, length: int) -> bool:
    if os.name == "nt" or not sys.executable:
        return False
    arguments = [str(path), str(start), str(length), str(_WAIT_SECONDS)]
    done = subprocess.run(  # noqa: S603 - this program's own Python
        [sys.executable, "-I", "-S", "-c", _PROBE, *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    return done.returncode == 9
