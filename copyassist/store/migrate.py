"""Brings a database to the present schema. One query tells whether there is anything to do."""

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import OperationalError, ProgrammingError

from copyassist.errors import StoreError
from copyassist.store.engine import find_code, named_errors
from copyassist.store.schema import HEAD, REVISIONS, meta, metadata

MIGRATIONS = Path(__file__).with_name("migrations")


def prepare_schema(engine: Engine) -> None:
    """Creates or migrates the tables where needed.

    Raises StoreError store_newer for a schema of a later program, store_foreign for a database of
    another program, and the usual ones of a database that cannot be read.
    """
    with named_errors(engine):
        if _read_revision(engine) == HEAD:
            return
        # Another process may be at the same point: look again once the write lock is held.
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            _bring_to_head(connection)


def _read_revision(engine: Engine) -> str | None:
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
