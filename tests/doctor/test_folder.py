"""The user's folder: whether it can be used, who can read it, and how much room there is."""

import os
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from copyassist.doctor import folder
from copyassist.home import PASSING

from .looking import NOW, POSIX, codes, look


class Usage(NamedTuple):
    total: int
    used: int
    free: int


def refuse(monkeypatch: pytest.MonkeyPatch, path: Path, right: int) -> None:
    """Takes a right on a path away, also from an administrator, whom the system refuses nothing."""
    path.chmod(path.stat().st_mode & ~{os.W_OK: 0o222, os.R_OK: 0o444}[right])
    real = folder.may
    monkeypatch.setattr(
        folder, "may", lambda p, what: real(p, what) and not (p == path and what & right)
    )


def test_a_home_that_is_not_there_is_no_trouble(home: Path) -> None:
    assert codes(look(home, "home")) == [("ok", "home_absent")]
    assert look(home, "permissions") == []
    assert not home.exists()


def test_a_used_home_is_fine(used: Path) -> None:
    assert codes(look(used, "home")) == [("ok", "home")]


@POSIX
def test_a_home_that_cannot_be_written_is_told(used: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse(monkeypatch, used, os.W_OK)
    assert codes(look(used, "home")) == [("trouble", "home_unwritable")]
    used.chmod(0o700)


@POSIX
def test_a_home_that_cannot_be_read_is_told(used: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse(monkeypatch, used, os.R_OK)
    assert codes(look(used, "home")) == [("trouble", "home_unreadable")]
    used.chmod(0o700)


@POSIX
def test_a_file_in_it_that_cannot_be_written_is_named(
    used: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse(monkeypatch, used / "copyassist.db", os.W_OK)
    (result,) = look(used, "home")
    assert (result.state, result.code) == ("trouble", "entry_unusable")
    assert result.values["path"] == str(used / "copyassist.db")


@POSIX
def test_a_home_that_cannot_be_made_is_told(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse(monkeypatch, home.parent, os.W_OK)
    assert codes(look(home, "home")) == [("trouble", "home_impossible")]
    home.parent.chmod(0o700)


def test_a_file_in_its_place_is_told(home: Path) -> None:
    home.write_text("", "utf-8")
    assert codes(look(home, "home")) == [("trouble", "home_no_folder")]
    assert codes(look(home / "below", "home")) == [("trouble", "home_impossible")]


def test_a_home_of_nobody_is_told(tmp_path: Path) -> None:
    (result,) = look(Path("~no-such-user-of-ours/x"), "home")
    assert (result.state, result.code) == ("trouble", "home_unknown")


@POSIX
def test_data_that_others_can_read_are_noted(used: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in (used, *used.parents):
        if path.stat().st_uid == os.geteuid() and "pytest" in str(path):
            path.chmod(0o755)
    (used / "copyassist.db").chmod(0o644)
    (result,) = look(used, "permissions")
    assert (result.state, result.code) == ("note", "permissions_open")
    assert result.values["files"] == ["copyassist.db"]
    used.chmod(0o700)
    assert codes(look(used, "permissions")) == [("ok", "permissions")]


@pytest.mark.parametrize(
    ("megabytes", "expected"),
    [(50, ("trouble", "disk_full")), (500, ("note", "disk_tight")), (5000, ("ok", "disk"))],
)
def test_little_room_on_the_disk_is_told(
    home: Path, monkeypatch: pytest.MonkeyPatch, megabytes: int, expected: tuple[str, str]
) -> None:
    free = Usage(10**12, 0, megabytes * 10**6)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: free)
    assert codes(look(home, "disk")) == [expected]


def test_what_a_killed_program_left_is_noted(used: Path) -> None:
    old, young = used / f"{PASSING}0123", used / f"{PASSING}4567"
    (old / "deep").mkdir(parents=True)
    (old / "deep" / "copy.db").write_bytes(b"x" * 3_000_000)
    young.write_bytes(b"x")
    (used / f"{PASSING}lock").write_bytes(b"")
    seconds = NOW.timestamp()
    os.utime(old, (seconds - 7200, seconds - 7200))
    os.utime(used / f"{PASSING}lock", (seconds - 7200, seconds - 7200))
    os.utime(young, (seconds - 60, seconds - 60))
    (result,) = look(used, "leftovers")
    assert (result.state, result.values["files"]) == ("note", [old.name])
    assert result.values["megabytes"] == pytest.approx(3.0)
