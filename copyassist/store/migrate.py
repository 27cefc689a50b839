"""Brings a database to the present schema. One query tells whether there is anything to do."""

import os
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, inspect, text
from sqlalchemy.exc import OperationalError, ProgrammingError

from copyassist.errors import StoreError
from copyassist.home.passing import drafted, refused
from copyassist.store.engine import find_code, find_file, find_url, named_errors, writing
from copyassist.store.schema import HEAD, REVISIONS, meta, metadata

MIGRATIONS = Path(__file__).with_name("migrations")
_SMALLEST = 512  # bytes: the smallest page of an SQLite database, and thus the smallest database
_LOCK = 0x636F7079  # any number of ours: the key under which PostgreSQL lets one make the tables


def prepare_schema(engine: Engine) -> None:
    """Creates or migrates the tables where needed.

    Raises StoreError store_newer for a schema of a later program, store_foreign for a database of
    another program, store_emptied for a file that lost what was in it, and the usual ones of a
    database that cannot be read.
    """
    file = find_file(engine.url)
    if file is not None:
        _make_whole(file)
    if read_revision(engine) == HEAD:
        return
    # Another process may be at the same point: look again once the write lock is held.
    with writing(engine) as connection:
        if engine.dialect.name == "postgresql":  # where beginning to write locks nothing
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        _bring_to_head(connection)


def _make_whole(file: Path) -> None:
    """Makes a database that is not there yet, whole or not at all.

    A file without content is therefore never one of ours that is being made: its content is lost.
    """
    try:
        if file.exists():
            if file.stat().st_size < _SMALLEST:
                raise StoreError("store_emptied", path=str(file), size=file.stat().st_size)
            return
        with drafted(file) as draft:
            engine = create_engine(find_url(draft))
            with named_errors(engine), engine.begin() as connection:
                _create(connection)
            engine.dispose()
            _put(draft, file)
    except OSError as error:
        raise refused(file, error) from error


def _put(draft: Path, file: Path) -> None:
    """Gives the draft its name, unless another program was there first."""
    try:
        os.link(draft, file)
    except FileExistsError:
        return
    except OSError:  # a disk without links
        if not file.exists():
            draft.rename(file)


def read_revision(engine: Engine) -> str | None:
    """The schema of the database, None where it has none of ours. Raises StoreError."""
    with named_errors(engine):
        try:
            with engine.connect() as connection:
                return _query_revision(connection)
        except (OperationalError, ProgrammingError) as error:
            if find_code(error) != "store_failed":  # locked, corrupt: not merely "no such table"
                raise
            return None


def _query_revision(connection: Connection) -> str | None:
    revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return revision


def _bring_to_head(connection: Connection) -> None:
    tables = set(inspect(connection).get_table_names())
    if not tables:
        _create(connection)
        return
    where = str(connection.engine.url.database)
    if "alembic_version" not in tables:
        raise StoreError("store_foreign", path=where)
    revision = _query_revision(connection)
    if revision not in REVISIONS:
        raise StoreError("store_newer", path=where, revision=revision)
    if revision != HEAD:
        migrate(connection)


def _create(connection: Connection) -> None:
    # A new database starts at the head, without Alembic: the first command stays quick.
    metadata.create_all(connection)
    connection.execute(
        text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
    )
    connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})
    connection.execute(meta.insert().values(name="version", value=1))


def migrate(connection: Connection, revision: str = "head") -> None:
    """Runs the migrations up to `revision` inside the connection's transaction."""
    from alembic import command  # only where the schema is behind: it costs start-up time
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
