import sqlite3
import subprocess
import sys
import traceback
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, event, inspect

from copyassist.errors import CopyAssistError, StoreError
from copyassist.store import Store, engine, migrate
from copyassist.store.schema import HEAD, REVISIONS, metadata
from copyassist.types import Account

from .tables import post, table


def open_error(where: str | Path) -> CopyAssistError:
    with pytest.raises(CopyAssistError) as caught:
        Store.open(where)
    return caught.value


def columns_of(path: Path) -> dict[str, object]:
    made = create_engine(f"sqlite:///{path}")
    found = inspect(made)
    shape: dict[str, object] = {}
    for name in found.get_table_names():
        shape[name] = (
            [(c["name"], str(c["type"]), c["nullable"]) for c in found.get_columns(name)],
            sorted(found.get_foreign_keys(name), key=lambda key: str(key["name"])),
            sorted(found.get_indexes(name), key=lambda index: str(index["name"])),
            sorted(found.get_unique_constraints(name), key=lambda key: str(key["name"])),
            found.get_pk_constraint(name)["constrained_columns"],
        )
    made.dispose()
    return shape


def test_the_migrations_and_the_schema_give_the_same_tables(tmp_path: Path) -> None:
    Store.open(tmp_path / "made.db").close()
    made = engine.make_engine(engine.find_url(tmp_path / "migrated.db"))
    with made.connect().execution_options(writes=True) as connection, connection.begin():
        migrate.migrate(connection)
    made.dispose()
    assert columns_of(tmp_path / "made.db") == columns_of(tmp_path / "migrated.db")
    assert set(columns_of(tmp_path / "made.db")) == {*metadata.tables, "alembic_version"}
    with Store.open(tmp_path / "migrated.db") as store:
        assert store.version() == 1


def test_the_revisions_are_those_of_the_migrations() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(migrate.MIGRATIONS))
    script = ScriptDirectory.from_config(config)
    assert tuple(reversed([step.revision for step in script.walk_revisions()])) == REVISIONS


def test_a_schema_that_is_behind_is_migrated(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store.open(path) as store:
        store.add_account("甲")
    with closing(sqlite3.connect(path)) as database:
        database.execute("UPDATE alembic_version SET version_num = '0000'")
        database.commit()
    asked: list[bool] = []
    monkeypatch.setattr(migrate, "REVISIONS", ("0000", HEAD))
    monkeypatch.setattr(migrate, "migrate", lambda connection: asked.append(True))
    Store.open(path).close()
    assert asked == [True]


def test_opening_and_using_a_present_database_does_without_alembic(path: Path) -> None:
    Store.open(path).close()
    code = (
        "import sys; from copyassist.store import Store\n"
        f"with Store.open({str(path)!r}) as store: store.add_account('x'); store.accounts()\n"
        "heavy = {'alembic', 'pandas', 'pyarrow', 'python_calamine', 'lxml', 'jieba'}\n"
        "sys.exit(str(heavy & set(sys.modules)) if heavy & set(sys.modules) else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_path_with_odd_characters_is_a_path(tmp_path: Path) -> None:
    where = tmp_path / "我的 数据%20#?" / "a.db"
    with Store.open(where) as store:
        store.add_account("甲")
    assert where.is_file()
    with Store.open(f"sqlite:///{tmp_path}/url.db") as store:
        assert store.accounts() == []


@pytest.mark.parametrize(
    "where", ["postgresql://u:gehe/im@pw:x@h/x", "postgresql://u:geheim@h:port/x"]
)
def test_a_wrong_port_is_named_without_the_password(where: str) -> None:
    error = open_error(where)
    assert error.code == "store_bad_url"
    assert "gehe" not in "".join(traceback.format_exception(error))


@pytest.mark.parametrize("where", ["nonsense://x/y", "sqlite+nothing:///x", "http://[", "://"])
def test_an_address_of_no_known_database_is_named(where: str) -> None:
    assert open_error(where).code == "store_bad_url"


def test_an_unreachable_server_is_named_without_the_password() -> None:
    pytest.importorskip("psycopg", reason="the PostgreSQL driver is not installed")
    error = open_error("postgresql+psycopg://me:secret@127.0.0.1:9/db")
    assert error.code == "store_unreachable"
    assert "secret" not in str(error)


def test_a_file_that_is_no_database_is_left_alone(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"not a database, but long enough to look at" * 100)
    before = path.read_bytes()
    assert open_error(path).code == "store_corrupt"
    assert path.read_bytes() == before


def test_a_damaged_database_is_named(path: Path, store: Store, account: Account) -> None:
    store.save_import(table(*(post(f"第{i}篇") for i in range(500))), account.id, "weibo")
    store.close()
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    path.write_bytes(bytes(data))
    with pytest.raises(StoreError) as caught, Store.open(path) as damaged:
        damaged.posts(account.id)
    assert caught.value.code == "store_corrupt"


def test_the_database_of_another_program_is_left_alone(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE bookmarks (id)")
    assert open_error(path).code == "store_foreign"
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("SELECT name FROM sqlite_master").fetchall() == [("bookmarks",)]


def test_a_later_programs_database_is_left_alone(path: Path) -> None:
    Store.open(path).close()
    with closing(sqlite3.connect(path)) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
        database.commit()
    error = open_error(path)
    assert (error.code, error.params["revision"]) == ("store_newer", "9999")
    assert error.exit_code == 3


def test_a_place_that_cannot_hold_a_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert open_error(tmp_path / "file" / "a.db").code == "store_unwritable"
    assert open_error(tmp_path).code == "store_unwritable"


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BUSY_MILLISECONDS", 20)


def test_a_locked_database_is_named_and_can_still_be_read(
    impatient: None, path: Path, account: Account
) -> None:
    with Store.open(path) as store, closing(sqlite3.connect(path)) as other:
        other.isolation_level = None
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError) as caught:
            store.save_import(table(post()), account.id, "weibo")
        assert caught.value.code == "store_locked"
        assert store.posts(account.id) == []
        other.execute("ROLLBACK")
        assert store.save_import(table(post()), account.id, "weibo").new_posts == 1


def test_a_full_disk_loses_nothing(store: Store, account: Account) -> None:
    store.save_import(table(post()), account.id, "weibo")
    limit = lambda connection, *_: connection.execute("PRAGMA max_page_count = 1")  # noqa: E731
    store._engine.dispose()
    event.listen(store._engine, "connect", limit)
    big = table(*(post(f"很长的标题 {i}" * 50) for i in range(500)))
    with pytest.raises(StoreError) as caught:
        store.save_import(big, account.id, "weibo")
    assert caught.value.code == "store_full"
    assert [p.title for p in store.posts(account.id)] == ["三步做好番茄炒蛋"]
    assert len(store.imports()) == 1


def run_at_once(path: Path, *arguments: list[str]) -> list[int]:
    script = Path(__file__).with_name("other_process.py")
    both = [
        subprocess.Popen(
            [sys.executable, script, path, *more],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for more in arguments
    ]
    for process in both:
        assert process.stdout is not None
        process.stdout.readline()
    for process in both:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in both:
        process.communicate()
    return [process.returncode for process in both]


def test_two_processes_write_at_once(path: Path) -> None:
    with Store.open(path) as store:
        account = store.add_account("甲")
    assert run_at_once(path, ["0"], ["100"]) == [0, 0]
    with Store.open(path) as store:
        titles = [p.title for p in store.posts(account.id)]
        assert len(titles) == 21
        assert len(set(titles)) == 21
        assert len(store.imports()) == 20
        assert store.version() == 22


def test_two_processes_make_the_database_at_once(path: Path) -> None:
    assert run_at_once(path, [], []) == [0, 0]
    with Store.open(path) as store:
        assert store.version() == 1


@pytest.mark.parametrize("size", [0, 1, 511])
def test_an_emptied_database_is_not_a_new_one(path: Path, size: int) -> None:
    path.parent.mkdir()
    path.write_bytes(b"\x00" * size)
    assert open_error(path).code == "store_emptied"
    assert path.stat().st_size == size


def test_a_first_start_that_is_killed_leaves_no_database(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def kill(*_: object) -> None:
        raise Killed

    monkeypatch.setattr(migrate, "_put", kill)
    with pytest.raises(Killed):
        Store.open(path)
    assert not path.exists()


def test_a_database_that_another_made_meanwhile_is_used(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = migrate._put

    def come_second(draft: Path, file: Path) -> None:
        monkeypatch.setattr(migrate, "_put", put)
        with Store.open(path) as first:
            first.add_account("甲")
        put(draft, file)

    monkeypatch.setattr(migrate, "_put", come_second)
    with Store.open(path) as store:
        assert [account.name for account in store.accounts()] == ["甲"]
    assert [one.name for one in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize(
    "where", ["postgresql:me@db", "postgresql+psycopg:/me:geheim@db/x", "mysql:", "sqlite:a.db"]
)
def test_half_an_address_is_no_file(where: str, tmp_path: Path) -> None:
    error = open_error(where)
    assert error.code == "store_bad_url"
    assert "geheim" not in str(error.params["url"])
    assert not list(tmp_path.iterdir())


def test_what_cannot_be_written_can_still_be_read(path: Path, tmp_path: Path) -> None:
    with Store.open(path) as store:
        account = store.add_account("甲")
        store.save_import(table(post("一篇")), account.id, "weibo")
    path.with_name(f"{path.name}-shm").mkdir()  # what SQLite must make to write, it cannot make
    with Store.open(path) as store:
        assert [one.title for one in store.posts(account.id)] == ["一篇"]
        with pytest.raises(StoreError) as caught:
            store.add_account("乙")
        assert caught.value.code == "store_unwritable"
        assert caught.value.params["path"] == str(path)
        store.backup(tmp_path / "saved.zip")
    path.with_name(f"{path.name}-shm").rmdir()
    with Store.open(tmp_path / "other.db") as other, other.unpack(tmp_path / "saved.zip") as found:
        other.replace(found)
        assert [one.name for one in other.accounts()] == ["甲"]


def test_an_older_database_that_cannot_be_written_is_told(path: Path) -> None:
    Store.open(path).close()
    with closing(sqlite3.connect(path)) as database:
        database.execute("UPDATE alembic_version SET version_num = '0003'")
        database.commit()
    path.with_name(f"{path.name}-shm").mkdir()
    assert open_error(path).code == "store_unwritable"


def test_what_is_saved_outlasts_a_power_failure(path: Path) -> None:
    made = engine.make_engine(engine.find_url(path))
    with made.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2  # FULL
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    made.dispose()
