"""Connections and what can go wrong with them."""

import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from copyassist.errors import StoreError
from copyassist.home import make_folder

BUSY_MILLISECONDS = 30_000  # how long a writer waits: an import of 100,000 posts takes a while

_CODES = {
    sqlite3.SQLITE_BUSY: "store_locked",
    sqlite3.SQLITE_LOCKED: "store_locked",
    sqlite3.SQLITE_CORRUPT: "store_corrupt",
    sqlite3.SQLITE_NOTADB: "store_corrupt",
    sqlite3.SQLITE_FULL: "store_full",
    sqlite3.SQLITE_READONLY: "store_unwritable",
    sqlite3.SQLITE_CANTOPEN: "store_unwritable",
    sqlite3.SQLITE_PERM: "store_unwritable",
    sqlite3.SQLITE_IOERR: "store_unwritable",
}


# What begins as an address does and is none: nobody means a file of that name. One letter is the
# drive of a path on Windows.
_HALF_AN_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+]+:(?!//)")


def find_url(where: str | Path) -> URL:
    """The database URL of a URL or of the path of an SQLite file. Raises StoreError store_bad_url."""
    if isinstance(where, Path):
        return URL.create("sqlite", database=str(where))
    if half := _HALF_AN_ADDRESS.match(where):
        raise StoreError("store_bad_url", url=f"{half[0]}…")
    if "://" not in where:
        return URL.create("sqlite", database=where)
    try:
        return make_url(where)
    except (ArgumentError, ValueError):  # the second for a port; its text holds the password
        # Where a login begins and ends in what is no address, nobody can tell.
        raise StoreError("store_bad_url", url=f"{where.partition('://')[0]}://…") from None


def find_file(url: URL) -> Path | None:
    """The SQLite file of an address; None for a server's or one in memory."""
    if url.get_backend_name() != "sqlite" or not url.database or url.query:
        return None
    return None if url.database == ":memory:" else Path(url.database)


def make_engine(url: URL) -> Engine:
    """An engine whose SQLite connections wait for each other and keep foreign keys.

    Raises StoreError for an unknown kind of database or a folder that cannot be made.
    """
    file = find_file(url)
    if file is not None:
        make_folder(file.parent)
    try:
        engine = create_engine(url)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        raise StoreError("store_bad_url", url=url.render_as_string()) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def make_reader(file: Path, refusal: StoreError) -> Engine:
    """An engine that only reads an SQLite file: for a folder or a disk that takes nothing.

    Who wants to write is told `refusal`, which said so in the first place.
    """
    log = file.with_name(f"{file.name}-wal")
    # Without a log beside it nobody is at it: only then may SQLite do without the files that it
    # shares with other programs, which it cannot make here.
    still = not log.exists() or log.stat().st_size == 0
    address = f"file:{quote(str(file))}"
    query = {"mode": "ro", "uri": "true"} | ({"immutable": "1"} if still else {})
    url = URL.create("sqlite", database=address, query=query)
    engine = create_engine(url, execution_options={"refusal": refusal})
    event.listen(engine, "connect", _keep_keys)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


@contextmanager
def named_errors(engine: Engine) -> Iterator[None]:
    """Turns the database's errors into StoreErrors that say what to do."""
    where = find_file(engine.url) or engine.url.host or engine.url.database
    refusal = engine.get_execution_options().get("refusal")
    try:
        yield
    except DBAPIError as error:
        code = find_code(error)
        if refusal is not None and code == "store_unwritable":
            raise StoreError(refusal.code, **refusal.params) from error
        raise StoreError(code, path=str(where), reason=str(error.orig)) from error
    except sqlite3.Error as error:
        raise StoreError(_sqlite_code(error), path=str(where), reason=str(error)) from error


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one state of the database. Raises StoreError."""
    with named_errors(engine), engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A connection whose changes are kept all or none, with the lock from the start. StoreError."""
    with (
        named_errors(engine),
        engine.connect().execution_options(writes=True) as connection,
        connection.begin(),
    ):
        yield connection


def find_code(error: DBAPIError) -> str:
    """The code of a database error: store_locked, store_corrupt, store_full …"""
    if isinstance(error.orig, sqlite3.Error):
        return _sqlite_code(error.orig)
    return "store_unreachable" if error.connection_invalidated else "store_failed"


def _sqlite_code(error: sqlite3.Error) -> str:
    extended = getattr(error, "sqlite_errorcode", None) or 0
    return _CODES.get(extended & 0xFF, "store_failed")


def _prepare_sqlite(connection: Any, record: object) -> None:
    _keep_keys(connection, record)
    _use_write_ahead_log(connection)
    # What was told as saved outlasts a power failure, which NORMAL does not promise.
    connection.execute("PRAGMA synchronous = FULL")


def _keep_keys(connection: Any, _record: object) -> None:
    # None: no hidden BEGIN of the driver's own, `_begin_sqlite` says which kind it is.
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
    connection.execute("PRAGMA foreign_keys = ON")


def _use_write_ahead_log(connection: Any) -> None:
    # The switch does not wait for its lock as everything else does: two processes that make the
    # database at one moment would find it locked.
    deadline = time.monotonic() + BUSY_MILLISECONDS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if _sqlite_code(error) != "store_locked" or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes the lock at once: a read that becomes a write could otherwise find that
    # another process wrote in between, and would fail instead of waiting.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
