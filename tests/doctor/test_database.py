"""The database: whether it can be read, is whole and of this version, and what it holds."""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

import pytest

from copyassist.store import Store
from copyassist.store.looking import looking
from copyassist.store.schema import HEAD, REVISIONS
from copyassist.types import Draft
from copyassist.types.news import HotItem, Poll, PollOutcome

from .looking import DAY, NOW, POSIX, codes, look, look_at_all, make_post, picture

NAMES = ("database", "schema", "integrity", "contents", "future", "written")

HOLDER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
for statement in sys.argv[2:]:
    connection.execute(statement)
print("ready", flush=True)
sys.stdin.read()
"""


@contextmanager
def held(path: Path, *statements: str) -> Iterator[subprocess.Popen[bytes]]:
    """Another program that has done these statements and still has the database open."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path), *statements],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == b"ready"
        try:
            yield other
        finally:
            other.kill()


def execute(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def look_at_store(home: Path) -> list[tuple[str, str]]:
    return [found for name in NAMES for found in codes(look(home, name))]


# --- sound -------------------------------------------------------------------------------------


def test_no_database_is_no_trouble(home: Path) -> None:
    assert look_at_store(home) == [("ok", "database_absent")]
    assert not home.exists()


def test_a_used_store_is_fine_and_counted(used: Path) -> None:
    found = ["database", "schema", "sound", "contents", "no_future"]
    assert look_at_store(used) == [("ok", code) for code in found]
    (contents,) = look(used, "contents")
    values = contents.values
    assert (values["accounts"], values["posts"], values["drafts"], values["polls"]) == (1, 2, 0, 0)


def test_a_store_in_use_is_read_with_what_is_only_in_its_log(store: Store, used: Path) -> None:
    store.add_account("刚加的")
    assert (used / "copyassist.db-wal").stat().st_size > 0
    (contents,) = look(used, "contents")
    assert contents.values["accounts"] == 2


# --- nothing is changed ------------------------------------------------------------------------


def test_nothing_is_made_where_nothing_is(tmp_path: Path) -> None:
    home = tmp_path / "a" / "home"
    look_at_all(home)
    assert list(tmp_path.iterdir()) == []


def test_a_closed_database_is_left_as_it_is(used: Path) -> None:
    before = picture(used)
    look_at_all(used)
    assert picture(used) == before
    assert [path.name for path in used.iterdir()] == ["copyassist.db"]


def test_a_database_in_use_is_left_as_it_is(used: Path) -> None:
    add = "INSERT INTO accounts (name, relation, is_demo) VALUES ('乙', 'own', 0)"
    with held(used / "copyassist.db", add):
        before = picture(used)
        look_at_all(used)
        assert picture(used) == before


def test_a_database_that_a_killed_program_left_is_read_and_left_as_it_is(used: Path) -> None:
    add = "INSERT INTO accounts (name, relation, is_demo) VALUES ('乙', 'own', 0)"
    with held(used / "copyassist.db", add) as other:
        other.kill()
        other.wait()
    before = picture(used)
    assert len(before) == 3
    (contents,) = look(used, "contents")
    assert contents.values["accounts"] == 2
    look_at_all(used)
    assert picture(used) == before


def test_a_log_that_was_copied_without_its_index_is_read_too(used: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    copy.mkdir()
    add = "INSERT INTO accounts (name, relation, is_demo) VALUES ('乙', 'own', 0)"
    with held(used / "copyassist.db", add):
        for name in ("copyassist.db", "copyassist.db-wal"):
            shutil.copy(used / name, copy / name)
    before = picture(copy)
    (contents,) = look(copy, "contents")
    assert contents.values["accounts"] == 2
    look_at_all(copy)
    assert picture(copy) == before


def test_what_is_opened_to_look_cannot_be_written(used: Path) -> None:
    with looking(used / "copyassist.db") as found, found._engine.connect() as connection:
        for statement in ("DELETE FROM posts", "CREATE TABLE x (y)"):
            with pytest.raises(Exception, match="readonly"):
                connection.exec_driver_sql(statement)


# --- broken ------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [0, 1, 50])
def test_an_empty_file_is_told(home: Path, size: int) -> None:
    home.mkdir()
    (home / "copyassist.db").write_bytes(b"\x00" * size)
    assert look_at_store(home) == [("trouble", "store_emptied")]


@pytest.mark.parametrize("data", [b"PK\x03\x04" * 100, b"SQLite format 3\x00" + b"x" * 900])
def test_a_file_that_is_no_database_is_told(home: Path, data: bytes) -> None:
    home.mkdir()
    (home / "copyassist.db").write_bytes(data)
    assert look_at_store(home) == [("trouble", "store_corrupt")]


def test_a_folder_in_its_place_is_told(home: Path) -> None:
    (home / "copyassist.db").mkdir(parents=True)
    assert look_at_store(home) == [("trouble", "store_unwritable")]


@POSIX
def test_a_link_that_leads_nowhere_is_told(home: Path) -> None:
    home.mkdir()
    (home / "copyassist.db").symlink_to(home / "nowhere.db")
    assert look_at_store(home) == [("trouble", "store_unwritable")]


def test_a_damaged_page_is_told(used: Path) -> None:
    path = used / "copyassist.db"
    with closing(sqlite3.connect(path)) as connection:
        query = "SELECT rootpage FROM sqlite_master WHERE name = 'posts'"
        page = connection.execute(query).fetchone()[0]
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    data = bytearray(path.read_bytes())
    data[(page - 1) * size : (page - 1) * size + 200] = b"\xee" * 200
    path.write_bytes(data)
    (result,) = look(used, "integrity")
    assert result.state == "trouble"
    assert result.code in ("damaged", "store_corrupt")
    assert result.todo == "restore"
    assert [one for one in look_at_store(used) if one[0] == "trouble"] == [("trouble", result.code)]


def test_a_file_cut_short_is_told(used: Path) -> None:
    path = used / "copyassist.db"
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    troubles = [code for state, code in look_at_store(used) if state == "trouble"]
    assert len(troubles) == 1  # told once


def test_text_that_is_no_text_is_told(used: Path) -> None:
    execute(used / "copyassist.db", "UPDATE accounts SET name = CAST(x'c3ff' AS TEXT)")
    (result,) = look(used, "contents")
    assert (result.state, result.code, result.todo) == ("trouble", "store_failed", "restore")
    assert "decode" in str(result.values["reason"])


def test_a_state_that_is_no_json_is_told_of_the_store(store: Store, used: Path) -> None:
    store.hot.set_usual_rows("weibo", 3)
    execute(used / "copyassist.db", "UPDATE source_states SET ways = '{'")
    assert codes(look(used, "sources")) == [("trouble", "store_corrupt")]


def test_a_damaged_list_of_tables_is_told_once(used: Path) -> None:
    path = used / "copyassist.db"
    data = path.read_bytes()
    path.write_bytes(data.replace(b"CREATE TABLE accounts", b"CREATE TABLE \xd5\xff\xfeounts", 1))
    assert look_at_store(used) == [("trouble", "store_corrupt")]


def test_a_newer_schema_is_told(used: Path) -> None:
    execute(used / "copyassist.db", "UPDATE alembic_version SET version_num = '9999'")
    (result,) = look(used, "schema")
    assert (result.state, result.code, result.todo) == ("trouble", "schema_newer", "upgrade")
    assert result.values["found"] == "9999"


def test_an_older_schema_is_noted_and_not_brought_up_to_date(used: Path) -> None:
    old = REVISIONS[0]
    path = used / "copyassist.db"
    execute(path, f"UPDATE alembic_version SET version_num = '{old}'", "DROP TABLE visits")
    before = picture(used)
    (result,) = look(used, "schema")
    assert (result.state, result.code) == ("note", "schema_older")
    assert (result.values["found"], result.values["head"]) == (old, HEAD)
    assert picture(used) == before
    assert look(used, "contents") == look(used, "sources") == []  # told already


def test_a_database_of_another_program_is_told(home: Path) -> None:
    home.mkdir()
    execute(home / "copyassist.db", "CREATE TABLE photos (id)")
    assert codes(look(home, "schema")) == [("trouble", "store_foreign")]


def test_a_database_without_tables_is_noted(home: Path) -> None:
    home.mkdir()
    execute(home / "copyassist.db", "CREATE TABLE x (y)", "DROP TABLE x")
    assert codes(look(home, "schema")) == [("note", "schema_empty")]


def test_tables_and_columns_that_are_missing_are_named(used: Path) -> None:
    path = used / "copyassist.db"
    execute(path, "DROP TABLE visits", "ALTER TABLE drafts DROP COLUMN reports")
    (result,) = look(used, "schema")
    assert (result.state, result.values["gaps"]) == ("trouble", ["visits", "drafts.reports"])


@POSIX
def test_a_database_that_another_program_writes_all_the_time_is_told(used: Path) -> None:
    with held(used / "copyassist.db", "BEGIN IMMEDIATE"):
        assert codes(look(used, "database")) == [("trouble", "database_locked")]
    assert codes(look(used, "database")) == [("ok", "database")]


@POSIX
@pytest.mark.parametrize("journal", ["DELETE", "WAL"])
def test_a_database_that_nobody_else_may_read_is_told(used: Path, journal: str) -> None:
    statements = (
        f"PRAGMA journal_mode = {journal}",
        "PRAGMA locking_mode = EXCLUSIVE",
        "BEGIN EXCLUSIVE",
        "DELETE FROM drafts",
        "INSERT INTO accounts (name, relation, is_demo) VALUES ('乙', 'own', 0)",
        *(["COMMIT"] if journal == "WAL" else []),
    )
    with held(used / "copyassist.db", *statements):
        assert look_at_store(used) == [("trouble", "store_locked")]


def test_an_address_that_is_none_is_told_without_its_password(home: Path) -> None:
    address = {"COPYASSIST_DATABASE_URL": "nosuch://me:hunter2-secret@db.example/x"}
    (result,) = look(home, "database", address)
    assert (result.state, result.code) == ("trouble", "store_bad_url")
    assert "hunter2" not in str(result)


# --- what it holds -----------------------------------------------------------------------------


def test_a_default_account_that_is_not_there_is_told(used: Path) -> None:
    found = look(used, "contents", {"COPYASSIST_ACCOUNT": "别人"})
    assert codes(found) == [("trouble", "default_account"), ("ok", "contents")]
    assert found[0].values["known"] == ["小满的厨房"]
    found = look(used, "contents", {"COPYASSIST_ACCOUNT": "小满的厨房"})
    assert codes(found) == [("ok", "contents")]


def test_a_default_account_without_a_database_is_told(home: Path) -> None:
    found = look(home, "contents", {"COPYASSIST_ACCOUNT": "别人"})
    assert codes(found) == [("trouble", "default_account")]


def test_posts_and_lists_of_the_future_are_noted(store: Store, used: Path) -> None:
    account = store.account("小满的厨房")
    store.save_posts([make_post("明年见", NOW + 300 * DAY)], account.id)
    store.hot.save_archive("weibo", [(NOW + 400 * DAY, [HotItem(source="weibo", title="甲")])])
    found = look(used, "future")
    assert codes(found) == [("note", "future_published"), ("note", "future_archives")]
    assert [one.values["latest"] for one in found] == [NOW + 300 * DAY, NOW + 400 * DAY]


def poll(when: datetime) -> Poll:
    return Poll(source="weibo", seen_at=when, outcome=PollOutcome.GOOD, rows=1)


def test_a_look_at_a_list_in_the_future_says_that_the_clock_is_wrong(
    store: Store, used: Path
) -> None:
    store.hot.save_poll(poll(NOW), [HotItem(source="weibo", title="甲")])
    assert look(used, "written", now=NOW + DAY) == []
    store.hot.save_poll(poll(NOW + 9 * DAY), [HotItem(source="weibo", title="甲")])
    (result,) = look(used, "written", now=NOW + DAY)
    assert (result.state, result.code, result.todo) == ("trouble", "clock_behind", "clock")
    assert result.values["latest"] == NOW + 9 * DAY


def test_a_draft_or_an_import_of_the_future_says_so_too(store: Store, used: Path) -> None:
    store.save_draft(Draft(title="标题", platform="weibo"))
    (result,) = look(used, "written", now=NOW - 3000 * DAY)
    assert result.code == "clock_behind"


def test_a_number_that_is_no_time_is_no_stack_trace(used: Path) -> None:
    execute(used / "copyassist.db", f"UPDATE posts SET published_at = {2**62}")
    (result,) = look(used, "future")
    assert (result.state, result.code) == ("note", "future_published")
