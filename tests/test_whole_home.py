"""A backup holds everything: whole homes there and back, and nothing in them that is not listed."""

import json
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from copyassist import home as home_module
from copyassist.assistant import Assistant
from copyassist.cli import cli, main
from copyassist.commands import Session
from copyassist.errors import CopyAssistError, StoreError, UsageError
from copyassist.home import DATABASE, KEPT, SETTINGS, find_kept, keep_file
from copyassist.posts.demo import DEMO_ACCOUNT
from copyassist.settings import load_settings
from copyassist.store import database as database_module
from copyassist.store.saving import Saving
from copyassist.types import Draft
from tests.news.sources.conftest import _no_proxy, site
from tests.news.sources.site import Site
from tests.whole_home import fill, list_files, snapshot

__all__ = ["_no_proxy", "site"]


def open_assistant() -> Assistant:
    return Assistant(load_settings())


@pytest.fixture
def assistant(home: Path) -> Iterator[Assistant]:
    opened = open_assistant()
    yield opened
    opened.store.close()


@pytest.fixture
def filled(assistant: Assistant, site: Site) -> Assistant:
    fill(assistant, site)
    return assistant


def held(home: Path) -> list[str]:
    """The files of a home that a backup holds."""
    return [name for name in list_files(home) if (k := find_kept(name)) and k.in_backup]


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write_members(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


# --- whole homes -------------------------------------------------------------------------------


def test_no_file_of_a_used_home_is_unknown(filled: Assistant, home: Path) -> None:
    names = list_files(home)
    assert [name for name in names if find_kept(name) is None] == []
    lying = {find_kept(name) for name in names}
    assert [kept.pattern for kept in KEPT if kept.told and kept not in lying] == []


def test_a_whole_home_is_restored_file_by_file(
    filled: Assistant, home: Path, tmp_path: Path
) -> None:
    names = held(home)
    assert names == ["copyassist.db", "packs/品牌.toml", "platforms/weibo.toml", "settings.toml", "sources.toml",
                     "subscriptions.txt", "words.txt"]  # fmt: skip
    before = snapshot(home, names)
    filled.backup(tmp_path / "all.zip")
    # Everything is changed: taken away, written over, added.
    filled.posts.remove_demo()
    filled.posts.add_account("后来的")
    filled.copy_platform("zhihu")
    filled.change_settings(language="zh", platforms=("zhihu",))
    filled.news.switch(["weibo"], True)
    (home / "subscriptions.txt").unlink()
    (home / "platforms" / "weibo.toml").write_text("id = 'x'", "utf-8")
    filled.restore(tmp_path / "all.zip")
    assert held(home) == names
    assert snapshot(home, names) == before


def test_a_home_moves_to_another_place(
    filled: Assistant, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = held(home)
    filled.backup(tmp_path / "all.zip")
    before, topics = snapshot(home, names), filled.news.topics.find_groups()
    filled.store.close()
    shutil.rmtree(home)
    monkeypatch.setenv("COPYASSIST_HOME", str(tmp_path / "other"))
    moved = open_assistant()
    moved.restore(tmp_path / "all.zip")
    assert held(tmp_path / "other") == names
    assert snapshot(tmp_path / "other", names) == before
    assert moved.news.topics.find_groups() == topics
    assert not moved.news.own.is_on(moved.news.own.find("weibo"))
    moved.store.close()


def test_a_restored_home_behaves_as_the_backed_up_one(filled: Assistant, tmp_path: Path) -> None:
    account = filled.posts.account()
    assert account is not None
    draft = Draft(title="三步做好番茄炒蛋", platform="xiaohongshu")
    report, board = filled.desk.review(draft, account), filled.news.topics.board()
    assert board.topics
    filled.backup(tmp_path / "all.zip")
    filled.posts.remove_demo()
    filled.store.hot.forget_source("wechat")
    filled.news.paste("wechat", "完全不同的一条\n")
    filled.change_settings(ignored=())
    filled.copy_platform("zhihu")
    assert filled.platforms["zhihu"].user_edited
    assert filled.posts.account() is None
    assert filled.news.topics.board().topics != board.topics
    filled.restore(tmp_path / "all.zip")
    assert filled.posts.account() == account
    assert filled.settings.ignored == ("title_long",)
    assert filled.platforms["weibo"].user_edited
    assert not filled.platforms["zhihu"].user_edited
    assert filled.desk.review(draft, account) == report
    again = filled.news.topics.board(now=board.now)
    assert [view.titles for view in again.topics] == [view.titles for view in board.topics]


def list_titles(assistant: Assistant) -> set[str]:
    return {title for view in assistant.news.topics.board().topics for title in view.titles}


def test_another_open_reader_sees_what_was_restored(
    filled: Assistant, home: Path, tmp_path: Path
) -> None:
    """The page stands open while the command line restores."""
    page = open_assistant()
    filled.backup(tmp_path / "all.zip")
    filled.store.hot.forget_source("wechat")
    filled.news.paste("wechat", "完全不同的一条\n")
    assert "完全不同的一条" in list_titles(page)
    newest, version = page.store.hot.newest(), page.store.version()
    filled.restore(tmp_path / "all.zip")
    page.news.paste("toutiao", "后来的一条\n")  # the newest poll has the number that it had before
    assert page.store.hot.newest() == newest
    assert page.store.version() > version
    assert "完全不同的一条" not in list_titles(page)
    assert "后来的一条" in list_titles(page)
    page.store.close()


def test_an_open_page_sees_the_settings_that_another_saved(home: Path) -> None:
    page, other = open_assistant(), open_assistant()
    other.change_settings(language="en", ignored=("title_long",))
    assert (page.settings.language, page.settings.ignored) == ("en", ("title_long",))
    SETTINGS.place(home).write_text("language = [", "utf-8")  # while somebody edits it
    assert page.settings.language == "en"
    SETTINGS.place(home).unlink()
    assert page.settings.language == "zh"


def test_a_default_account_that_is_not_there_is_told(home: Path) -> None:
    assistant = open_assistant()
    assistant.change_settings(default_account="不在的号")
    with pytest.raises(UsageError) as caught:
        assistant.posts.account()
    assert caught.value.code == "unknown_default_account"
    assert caught.value.params["name"] == "不在的号"
    assistant.store.close()


def test_a_demo_that_cannot_be_loaded_leaves_nothing(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a kill in the middle would: `demo --if-empty` must not take half of it for the whole."""
    assistant = open_assistant()
    monkeypatch.setattr(Saving, "save", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        assistant.posts.load_demo()
    assert assistant.posts.accounts() == []
    assert assistant.settings.default_account == ""
    monkeypatch.undo()
    monkeypatch.setenv("COPYASSIST_HOME", str(home))
    for _ in range(2):  # a second one takes the place of the first
        account, count = assistant.posts.load_demo()
        assert [one.name for one in assistant.posts.accounts()] == [account.name]
        assert len(assistant.posts.of(account)) == count
    assistant.store.close()


def test_a_flag_of_this_run_goes_on_after_a_restore(
    filled: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled.backup(tmp_path / "all.zip")
    monkeypatch.setenv("COPYASSIST_LANG", "zh")
    run = open_assistant()
    run.change_settings(default_account="")
    run.restore(tmp_path / "all.zip")
    assert run.settings.language == "zh"
    assert run.settings.default_account == DEMO_ACCOUNT
    run.store.close()


# --- counters ----------------------------------------------------------------------------------


def read_meta(home: Path) -> dict[str, int]:
    with closing(sqlite3.connect(DATABASE.place(home))) as database:
        return dict(database.execute("SELECT name, value FROM meta"))


def test_restore_touches_only_its_own_rows_of_meta(
    assistant: Assistant, home: Path, tmp_path: Path
) -> None:
    assistant.posts.add_account("小满")
    with closing(sqlite3.connect(DATABASE.place(home), isolation_level=None)) as database:
        database.execute("INSERT INTO meta VALUES ('aaa', 7), ('zzz', 8)")
    assistant.backup(tmp_path / "all.zip")
    before = read_meta(home)
    assistant.restore(tmp_path / "all.zip")
    after = read_meta(home)
    assert {name: after[name] for name in ("aaa", "zzz")} == {"aaa": 7, "zzz": 8}
    assert after["version"] > before["version"]
    assert after["restored"] == 1
    assistant.restore(tmp_path / "all.zip")
    assert read_meta(home)["restored"] == 2


def test_no_version_stands_for_two_states(
    assistant: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another program writes between the reading of the counter and the replacement."""
    assistant.backup(tmp_path / "all.zip")
    counted = database_module.Store._count
    seen = []

    def count(store: database_module.Store, name: str) -> int:
        found = counted(store, name)
        if name == "version" and not seen:
            seen.append(found)
            for number in range(5):
                store.add_account(f"同时的{number}")
            seen.append(counted(store, name))
        return found

    monkeypatch.setattr(database_module.Store, "_count", count)
    assistant.restore(tmp_path / "all.zip")
    assert assistant.posts.accounts() == []
    assert assistant.store.version() > seen[-1] > seen[0]


# --- backups of others -------------------------------------------------------------------------


def test_a_backup_of_the_first_version_is_restored(
    filled: Assistant, home: Path, tmp_path: Path
) -> None:
    """It holds database, settings and platforms, and says nothing of what it does not know."""
    filled.backup(tmp_path / "all.zip")
    files = members(tmp_path / "all.zip")
    first = {
        name: files[name] for name in (DATABASE.pattern, "settings.toml", "platforms/weibo.toml")
    }
    write_members(tmp_path / "first.zip", first)
    keep_file(home / "subscriptions.txt", "[后来的]\n房价\n".encode())
    filled.copy_platform("zhihu")
    filled.posts.remove_demo()
    filled.restore(tmp_path / "first.zip")
    assert [a.name for a in filled.posts.accounts()] == [DEMO_ACCOUNT]
    assert filled.news.topics.find_groups() == ("后来的",)
    assert filled.platforms["zhihu"].user_edited


def test_what_is_not_on_the_list_is_never_written(
    filled: Assistant, home: Path, tmp_path: Path
) -> None:
    filled.backup(tmp_path / "all.zip")
    odd = {name: b"x" for name in (
        "../evil.toml", "/evil.toml", "platforms/../../evil.toml", "platforms/sub/evil.toml",
        "platforms\\evil.toml", "evil.toml", "batch/evil.csv", "copyassist.db-wal",
        ".copyassist-evil", "platforms/C:evil.toml",
    )}  # fmt: skip
    write_members(tmp_path / "odd.zip", members(tmp_path / "all.zip") | odd)
    names = list_files(home)
    filled.restore(tmp_path / "odd.zip")
    assert list_files(home) == names
    assert not [path for path in tmp_path.rglob("*") if "evil" in path.name]


def test_the_database_of_this_machine_stays_where_it_is(
    assistant: Assistant, home: Path, tmp_path: Path
) -> None:
    assistant.posts.add_account("小满")
    assistant.backup(tmp_path / "all.zip")
    files = members(tmp_path / "all.zip")
    elsewhere = f'database_url = "sqlite:///{tmp_path}/elsewhere.db"\nlanguage = "en"\n'
    write_members(tmp_path / "odd.zip", files | {"settings.toml": elsewhere.encode()})
    assistant.restore(tmp_path / "odd.zip")
    assert load_settings().database_url == ""
    assert load_settings().language == "en"
    assert not (tmp_path / "elsewhere.db").exists()


def altered(path: Path, *statements: str) -> bytes:
    """The database of a backup after some statements."""
    copy = path.with_name("altered.db")
    copy.write_bytes(members(path)[DATABASE.pattern])
    with closing(sqlite3.connect(copy, isolation_level=None)) as database:
        for statement in statements:
            database.execute(statement)
    return copy.read_bytes()


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TABLE posts",
        "ALTER TABLE posts DROP COLUMN body",
        "CREATE TABLE more (x)",
        "CREATE VIEW more AS SELECT * FROM posts",
        "CREATE TRIGGER gone AFTER INSERT ON drafts BEGIN DELETE FROM accounts; END",
        "UPDATE alembic_version SET version_num = '0001'",
    ],
)
def test_a_database_that_is_not_ours_replaces_nothing(
    statement: str, filled: Assistant, home: Path, tmp_path: Path
) -> None:
    filled.backup(tmp_path / "all.zip")
    before = snapshot(home, held(home))
    files = members(tmp_path / "all.zip") | {"settings.toml": b"language = 'zh'\n"}
    files[DATABASE.pattern] = altered(tmp_path / "all.zip", statement)
    write_members(tmp_path / "odd.zip", files)
    with pytest.raises(CopyAssistError) as caught:
        filled.restore(tmp_path / "odd.zip")
    assert caught.value.code == "backup_unreadable"
    assert snapshot(home, held(home)) == before


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("settings.toml", b"language = 'fr'"),
        ("settings.toml", b"\xff"),
        ("settings.toml", b"language = ["),
        ("platforms/weibo.toml", b"id = 'weibo'"),
        ("platforms/weibo.toml", b"\xff"),
    ],
)
def test_a_file_that_cannot_be_used_replaces_nothing(
    name: str, data: bytes, filled: Assistant, home: Path, tmp_path: Path
) -> None:
    filled.backup(tmp_path / "all.zip")
    before = snapshot(home, held(home))
    write_members(tmp_path / "odd.zip", members(tmp_path / "all.zip") | {name: data})
    with pytest.raises(CopyAssistError) as caught:
        filled.restore(tmp_path / "odd.zip")
    assert caught.value.code == "backup_bad_file"
    assert caught.value.params["file"] == name
    assert snapshot(home, held(home)) == before


def test_a_file_too_large_is_not_read(filled: Assistant, home: Path, tmp_path: Path) -> None:
    filled.backup(tmp_path / "all.zip")
    files = members(tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(DATABASE.pattern, files[DATABASE.pattern])
        archive.writestr("unknown.bin", b"x")
        archive.writestr("sources.toml", b" " * (65 * 1024**2))
    with pytest.raises(CopyAssistError) as caught:
        filled.restore(tmp_path / "bomb.zip")
    assert caught.value.code == "backup_unreadable"


def test_what_a_broken_settings_file_would_break_is_told_before_a_good_backup_goes(
    filled: Assistant, home: Path, tmp_path: Path
) -> None:
    filled.backup(tmp_path / "all.zip")
    before = (tmp_path / "all.zip").read_bytes()
    (home / "platforms" / "weibo.toml").write_text("id = [", "utf-8")
    with pytest.raises(CopyAssistError) as caught:
        filled.backup(tmp_path / "all.zip")
    assert caught.value.code == "platform_file_unreadable"
    assert (tmp_path / "all.zip").read_bytes() == before


def test_a_damaged_database_does_not_replace_a_good_backup(
    filled: Assistant, home: Path, tmp_path: Path
) -> None:
    filled.backup(tmp_path / "all.zip")
    before = (tmp_path / "all.zip").read_bytes()
    filled.store.close()
    path = DATABASE.place(home)
    damaged = bytearray(path.read_bytes())
    damaged[-40_000:] = b"\x55" * 40_000
    path.write_bytes(damaged)
    with pytest.raises(StoreError) as caught:
        open_assistant().backup(tmp_path / "all.zip")
    assert caught.value.code == "store_corrupt"
    assert (tmp_path / "all.zip").read_bytes() == before


def test_files_are_put_back_where_the_database_cannot_be_replaced(
    filled: Assistant, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled.backup(tmp_path / "all.zip")
    filled.change_settings(language="zh")
    filled.copy_platform("zhihu")
    before = snapshot(home, held(home))

    def fail(*_: object) -> None:
        raise StoreError("store_full", path="x")

    monkeypatch.setattr(database_module.Store, "replace", fail)
    with pytest.raises(StoreError):
        filled.restore(tmp_path / "all.zip")
    assert snapshot(home, held(home)) == before
    assert filled.settings.language == "zh"


# --- the command line --------------------------------------------------------------------------


def run(*arguments: str, lang: str = "en") -> str:
    result = CliRunner().invoke(cli, ["--lang", lang, *arguments], obj=Session())
    assert result.exception is None, result.exception
    return result.output


def test_where_tells_every_file_and_what_a_backup_leaves_out(home: Path) -> None:
    lines = [line.split("\t") for line in run("where").splitlines()]
    told = [kept for kept in KEPT if kept.told]
    assert [line[1] for line in lines] == [str(home), *(str(kept.place(home)) for kept in told)]
    for kept, line in zip(told, lines[1:], strict=True):
        assert ("not in a backup" in line[-1]) == (not kept.in_backup)


def test_where_hides_the_password_of_the_database(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COPYASSIST_DATABASE_URL", "postgresql://me:s3cr@t@db/desk")
    assert "s3cr" not in run("where")
    assert "postgresql://***@db/desk" in run("where")


@pytest.mark.parametrize(
    "arguments",
    [
        ["demo"],
        ["accounts", "add", "小满"],
        ["sources", "disable", "weibo"],
        ["sources", "add", "https://example.com/feed"],
        ["sources", "allow", "192.168.1.9"],
        ["platforms", "weibo", "--copy"],
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_cannot_be_written_is_a_sentence(
    lang: str,
    arguments: list[str],
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(home_module, "replace_whole", refuse)
    with pytest.raises(SystemExit) as left:
        main(["--lang", lang, *arguments])
    assert left.value.code == 3
    told = capsys.readouterr().err
    reason = {"zh": "这个磁盘只能读", "en": "the disk can only be read"}[lang]
    assert reason in told
    assert str(home) in told
    assert len(told.splitlines()) == 1


def test_settings_that_are_a_folder_are_a_sentence(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "settings.toml").mkdir(parents=True)
    with pytest.raises(SystemExit) as left:
        main(["demo"])
    assert left.value.code == 2
    assert "settings.toml" in capsys.readouterr().err


def test_platforms_that_are_a_file_are_a_sentence(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keep_file(home / "platforms", b"no folder")
    with pytest.raises(SystemExit) as left:
        main(["platforms", "weibo", "--copy"])
    assert left.value.code == 3
    assert str(home / "platforms") in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [["hot", "report", "-o", "x/a.md"], ["sources", "opml", "export", "x/a.opml"],
     ["accounts", "export", DEMO_ACCOUNT, "x/a.csv"], ["evaluate", "-o", "x/a.txt"],
     ["backup", "x/a.zip"]],
)  # fmt: skip
def test_an_output_that_cannot_be_written_is_one_sentence_and_one_code(
    arguments: list[str],
    filled: Assistant,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as left:
        main(["--lang", "en", *arguments])
    assert left.value.code == 3
    assert arguments[-1] in capsys.readouterr().err


def test_a_backup_says_what_it_knows(filled: Assistant, tmp_path: Path) -> None:
    filled.backup(tmp_path / "all.zip")
    about = json.loads(members(tmp_path / "all.zip")["backup.json"])
    assert about["knows"] == [kept.pattern for kept in KEPT if kept.in_backup]
