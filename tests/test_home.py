"""The list of what is kept, and files that are written whole or not at all."""

import errno
import json
import multiprocessing
import os
import random
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from copyassist import home as home_module
from copyassist.errors import CopyAssistError, InputError, StoreError
from copyassist.home import (
    KEPT,
    changing,
    close_to_others,
    find_files,
    find_kept,
    is_restorable,
    keep_file,
    load_file,
    load_files,
    passing,
    replaced_files,
    take_back,
    write_whole,
)
from copyassist.home.passing import BEFORE, alive, is_gone, scratch, sweep
from copyassist.i18n import LANGUAGES, find_sentence
from tests.killed_writer import KINDS, live, work

KILLS = 60
POSIX = pytest.mark.skipif(os.name == "nt", reason="links and rights are others on Windows")


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        ("copyassist.db", "copyassist.db"),
        ("copyassist.db-wal", "copyassist.db-*"),
        ("sources.toml", "sources.toml"),
        ("platforms/weibo.toml", "platforms/*.toml"),
        ("batch/0123/标题.csv.parts/000001.csv", "batch/**"),
        (".copyassist-0a1b", ".copyassist-*"),
        (".copyassist-0a1b/backup.zip", ".copyassist-*/**"),
    ],
)
def test_what_is_kept_is_known(name: str, pattern: str) -> None:
    kept = find_kept(name)
    assert kept is not None
    assert kept.pattern == pattern


@pytest.mark.parametrize(
    "name",
    ["", "notes.txt", "platforms", "platforms/a/b.toml", "batch", "../settings.toml", "/etc/passwd",
     "./settings.toml", "platforms/../settings.toml", "platforms//a.toml", "settings.toml/",
     "platforms/..", "platforms/\x00.toml", "platforms/a\n.toml"],
)  # fmt: skip
def test_what_is_not_ours_is_not_known(name: str) -> None:
    assert find_kept(name) is None
    assert not is_restorable(name)


@pytest.mark.parametrize(
    "name",
    ["platforms/..\\..\\x.toml", "platforms/C:x.toml", "batch/x.csv", "copyassist.db-wal",
     ".copyassist-x"],
)  # fmt: skip
def test_a_backup_brings_only_what_it_should(name: str) -> None:
    assert not is_restorable(name)


def test_everything_that_stays_is_told_in_both_languages() -> None:
    told = [kept for kept in KEPT if kept.told]
    assert all(kept.told for kept in KEPT if kept.in_backup)
    for kept in told:
        for language in LANGUAGES:
            assert find_sentence(language, f"cli.where.{kept.told}")


def test_the_files_of_a_backup_are_found(tmp_path: Path) -> None:
    for name in ("settings.toml", "platforms/b.toml", "platforms/a.toml", "platforms/notes.txt",
                 "copyassist.db", "batch/1/x.csv"):  # fmt: skip
        keep_file(tmp_path / name, name.encode())
    assert list(find_files(tmp_path)) == ["settings.toml", "platforms/a.toml", "platforms/b.toml"]
    assert load_files(tmp_path)["platforms/a.toml"] == b"platforms/a.toml"


@POSIX
def test_a_file_that_cannot_be_read_is_not_left_out_in_silence(tmp_path: Path) -> None:
    (tmp_path / "sources.toml").symlink_to(tmp_path / "nowhere")
    with pytest.raises(InputError) as caught:
        load_files(tmp_path)
    assert caught.value.code == "file_missing"
    with pytest.raises(InputError) as folder:
        load_file(tmp_path)
    assert folder.value.code == "file_not_readable"


# --- writing -----------------------------------------------------------------------------------


@POSIX
def test_a_file_is_replaced_whole_and_keeps_its_rights(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    write_whole(path, b"old")
    path.chmod(0o600)
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["settings.toml"]


@POSIX
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    real = tmp_path / "synced" / "settings.toml"
    keep_file(real, b"old")
    link = tmp_path / "settings.toml"
    link.symlink_to(real)
    write_whole(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


@POSIX
def test_what_is_no_file_is_simply_written_to() -> None:
    write_whole(Path(os.devnull), b"gone")
    assert not Path(os.devnull).is_file()


def _is_a_folder(path: Path) -> None:
    path.mkdir()


def _is_in_a_file(path: Path) -> None:
    path.parent.rmdir()
    path.parent.write_text("no folder")


@pytest.mark.parametrize("obstruct", [_is_a_folder, _is_in_a_file])
def test_an_obstacle_is_told(obstruct: Callable[[Path], None], tmp_path: Path) -> None:
    path = tmp_path / "home" / "settings.toml"
    path.parent.mkdir()
    obstruct(path)
    with pytest.raises(StoreError) as caught:
        keep_file(path, b"x")
    assert caught.value.code == "file_unwritable"
    assert caught.value.params["path"] == str(path)
    assert not list(tmp_path.rglob(".copyassist-*"))


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EIO])
def test_a_disk_that_fails_leaves_the_old_file(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(b"old")

    def fail(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(home_module.os, "fsync", fail)
    with pytest.raises(StoreError) as caught:
        write_whole(path, b"new")
    full = number == errno.ENOSPC
    assert caught.value.code == ("file_disk_full" if full else "file_unwritable")
    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["settings.toml"]


def test_an_interruption_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(b"old")

    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(home_module.os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["settings.toml"]


def test_writers_at_one_time_do_not_share_a_draft(tmp_path: Path) -> None:
    path = tmp_path / "sources.toml"
    contents = [bytes([65 + n]) * 200_000 for n in range(8)]
    failed: list[BaseException] = []

    def write(data: bytes) -> None:
        try:
            for _ in range(10):
                write_whole(path, data)
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=write, args=(data,)) for data in contents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert path.read_bytes() in contents
    assert [one.name for one in tmp_path.iterdir()] == ["sources.toml"]


@pytest.mark.skipif(
    "forkserver" not in multiprocessing.get_all_start_methods(), reason="no fork on this system"
)
def test_killed_sixty_times_a_file_is_old_or_new(tmp_path: Path) -> None:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.killed_writer"])
    path = tmp_path / "home" / "sources.toml"
    seen = set()
    for number in range(KILLS):
        here, there = context.Pipe(duplex=False)
        child = context.Process(target=work, args=(path, there), daemon=True)
        child.start()
        there.close()
        chance = random.Random(number)
        for _ in range(chance.randrange(1, 8)):
            here.recv()  # it has begun its next file
        for _ in range(chance.randrange(30_000)):  # a moment of no fixed length, without waiting
            pass
        child.kill()
        child.join()
        here.close()
        assert path.read_bytes() in KINDS
        seen.add(path.read_bytes()[:1])
    assert len(seen) == len(KINDS)
    left = [one.name for one in path.parent.iterdir() if one != path]
    assert all(find_kept(name) for name in left)  # what a kill leaves behind is known, and passes


# --- several files -----------------------------------------------------------------------------


def test_files_are_put_back_where_what_follows_fails(tmp_path: Path) -> None:
    keep_file(tmp_path / "settings.toml", b"old")
    keep_file(tmp_path / "platforms" / "weibo.toml", b"mine")
    new = {"settings.toml": b"new", "sources.toml": b"more"}
    seen = {}

    def replace_and_fail() -> None:
        with replaced_files(tmp_path, new, ["platforms/weibo.toml"], 0):
            seen.update(load_files(tmp_path))
            raise UnicodeError

    with pytest.raises(UnicodeError):
        replace_and_fail()
    assert seen == new
    assert load_files(tmp_path) == {"settings.toml": b"old", "platforms/weibo.toml": b"mine"}


@POSIX
def test_a_file_that_cannot_be_put_leaves_all_as_before(tmp_path: Path) -> None:
    keep_file(tmp_path / "settings.toml", b"old")
    (tmp_path / "subscriptions.txt").symlink_to(tmp_path / "no" / "folder" / "x.txt")
    new = {"settings.toml": b"new", "subscriptions.txt": b"x"}
    reached = False
    with pytest.raises(CopyAssistError) as caught, replaced_files(tmp_path, new, [], 0):
        reached = True
    assert not reached
    assert caught.value.code == "file_unwritable"
    assert (tmp_path / "settings.toml").read_bytes() == b"old"


def test_a_restore_that_was_killed_is_finished_or_taken_back(tmp_path: Path) -> None:
    new = {"settings.toml": b"new", "sources.toml": b"more"}
    for state, expected in ((7, {"settings.toml": b"old"}), (8, new)):
        for path in tmp_path.iterdir():
            path.unlink()
        keep_file(tmp_path / "settings.toml", b"old")
        killed = replaced_files(tmp_path, new, [], 7)
        killed.__enter__()
        before = (tmp_path / BEFORE).read_bytes()  # as a kill would leave it
        killed.__exit__(None, None, None)
        keep_file(tmp_path / BEFORE, before)
        take_back(tmp_path, lambda: state)  # noqa: B023 - called at once
        assert load_files(tmp_path) == expected
        assert not (tmp_path / BEFORE).exists()


# --- what passes -------------------------------------------------------------------------------

LONG_AGO = 1_700_000_000


def age(path: Path) -> None:
    os.utime(path, (LONG_AGO, LONG_AGO))


def test_what_killed_programs_left_is_swept(tmp_path: Path) -> None:
    gone = [tmp_path / ".copyassist-0a", tmp_path / ".copyassist-0b"]
    gone[0].write_bytes(b"half a file")
    gone[1].mkdir()
    (gone[1] / "held").touch()
    (gone[1] / "backup.zip").write_bytes(b"half a backup")
    fresh = tmp_path / ".copyassist-0c"
    fresh.write_bytes(b"being written")
    with alive(tmp_path), scratch(tmp_path / "backup.zip") as folder, changing(tmp_path):
        kept = {path for path in tmp_path.iterdir() if path not in gone}
        for path in (*gone, *(kept - {fresh})):
            age(path)
        sweep(tmp_path)
        assert set(tmp_path.iterdir()) == kept
        assert folder in kept
    sweep(tmp_path / "nowhere")


def test_who_runs_and_who_is_gone_is_known(tmp_path: Path) -> None:
    here, there = multiprocessing.Pipe(duplex=False)
    child = multiprocessing.get_context("spawn").Process(target=live, args=(tmp_path, there))
    child.start()
    there.close()
    name = here.recv()
    assert not is_gone(tmp_path, name)
    child.kill()
    child.join()
    assert is_gone(tmp_path, name)
    node, home, file = json.loads(name)
    for other in (["elsewhere", home, file], [node, "/elsewhere", file], [node, home, "../x"], 3):
        assert not is_gone(tmp_path, json.dumps(other))
    assert not is_gone(tmp_path, "no json")
    with alive(tmp_path) as mine:
        assert not is_gone(tmp_path, mine)
    assert is_gone(tmp_path, mine)


@POSIX
def test_what_is_made_is_its_users_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COPYASSIST_HOME", raising=False)
    chosen = tmp_path / "share" / "copyassist"
    monkeypatch.setattr(home_module, "find_home", lambda: chosen)
    chosen.mkdir(parents=True)
    chosen.chmod(0o755)
    before = os.umask(0o022)
    try:
        close_to_others()
        assert chosen.stat().st_mode & 0o777 == 0o700
        keep_file(chosen / "platforms" / "weibo.toml", b"mine")
    finally:
        os.umask(before)
    assert (chosen / "platforms").stat().st_mode & 0o777 == 0o700
    assert (chosen / "platforms" / "weibo.toml").stat().st_mode & 0o777 == 0o600
    shared = tmp_path / "team"
    shared.mkdir()
    shared.chmod(0o755)
    monkeypatch.setenv("COPYASSIST_HOME", str(shared))
    monkeypatch.setattr(home_module, "find_home", lambda: shared)
    before = os.umask(0o022)
    try:
        close_to_others()  # a folder that the user chose stays as they made it
    finally:
        os.umask(before)
    assert shared.stat().st_mode & 0o777 == 0o755


def test_what_cannot_be_put_back_is_tried_again_by_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_file(tmp_path / "settings.toml", b"old")
    keep = home_module.keep_file

    def refuse(path: Path, data: bytes) -> None:
        if data == b"old":
            raise StoreError("file_disk_full", path=str(path), reason="full")
        keep(path, data)

    monkeypatch.setattr(home_module, "keep_file", refuse)
    with pytest.raises(UnicodeError), replaced_files(tmp_path, {"settings.toml": b"new"}, [], 7):
        raise UnicodeError
    assert (tmp_path / BEFORE).exists()
    with pytest.raises(StoreError) as caught:
        take_back(tmp_path, lambda: 7)
    assert caught.value.code == "journal_unfinished"
    monkeypatch.setattr(home_module, "keep_file", keep)
    take_back(tmp_path, lambda: 7)
    assert load_files(tmp_path) == {"settings.toml": b"old"}


@pytest.mark.parametrize(
    "data", [b"", b"{", b"\xff", b"[]", b'{"state": 1}', b'{"state": 1, "files": {"a": "%"}}']
)
def test_a_damaged_record_of_a_restore_is_told(tmp_path: Path, data: bytes) -> None:
    keep_file(tmp_path / BEFORE, data)
    with pytest.raises(StoreError) as caught:
        take_back(tmp_path, lambda: 1)
    assert caught.value.code == "journal_unreadable"
    assert (tmp_path / BEFORE).read_bytes() == data


def test_a_disk_without_locks_names_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.ENOLCK, "no locks")

    monkeypatch.setattr(passing, "lock", refuse)
    with alive(tmp_path) as name:
        assert name == ""
    assert list(tmp_path.iterdir()) == []
