"""Fonts, the terminal, proxies, the clock."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from copyassist.doctor import system

from .looking import POSIX, codes, look


def put_program(folder: Path, name: str, text: str) -> None:
    path = folder / name
    folder.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n", "utf-8")
    path.chmod(0o755)


@POSIX
@pytest.mark.parametrize(
    ("says", "expected"),
    [
        (
            "echo 'Noto Sans CJK SC,思源黑体'; echo 'Noto Sans CJK SC'; echo WenQuanYi",
            ("ok", "fonts"),
        ),
        ("true", ("note", "fonts_none")),
    ],
)
def test_fontconfig_is_asked_where_there_is_one(
    home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    says: str,
    expected: tuple[str, str],
) -> None:
    put_program(tmp_path / "bin", "fc-list", says)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    (result,) = look(home, "fonts")
    assert (result.state, result.code) == expected
    assert result.values.get("names", ["Noto Sans CJK SC", "WenQuanYi"]) == [
        "Noto Sans CJK SC",
        "WenQuanYi",
    ]


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("msyh.ttc", "fonts"),
        ("Hiragino Sans GB.ttc", "fonts"),
        ("NotoSansCJK-Regular.ttc", "fonts"),
        ("Noto Sans SC.otf", "fonts"),
        ("DejaVuSans.ttf", "fonts_none"),
        ("msyh.txt", "fonts_none"),
    ],
)
def test_elsewhere_the_folders_of_fonts_are_looked_at(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str, expected: str
) -> None:
    (tmp_path / "fonts" / "deep").mkdir(parents=True)
    (tmp_path / "fonts" / "deep" / file).write_bytes(b"")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(
        system, "_find_font_folders", lambda _: [tmp_path / "fonts", tmp_path / "no"]
    )
    assert [one.code for one in look(home, "fonts")] == [expected]


@pytest.mark.parametrize(
    ("encoding", "expected"),
    [
        ("utf-8", [("ok", "console")]),
        ("gbk", [("ok", "console")]),
        ("ascii", [("note", "console_poor")]),
        ("cp1252", [("note", "console_poor")]),
        ("no-such-code", [("note", "console_poor")]),
        ("", []),
    ],
)
def test_a_terminal_without_chinese_is_noted(
    home: Path, encoding: str, expected: list[tuple[str, str]]
) -> None:
    assert codes(look(home, "console", encoding=encoding)) == expected


def test_a_file_system_without_chinese_is_noted(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert codes(look(home, "locale")) == [("ok", "locale")]
    monkeypatch.setattr("sys.getfilesystemencoding", lambda: "ascii")
    assert codes(look(home, "locale")) == [("note", "locale_poor")]


def test_a_proxy_is_named_without_its_password(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://me:hunter2-secret@proxy.example:3128/")
    (result,) = look(home, "proxy")
    assert (result.state, result.values["names"]) == ("ok", ["http://proxy.example:3128"])
    monkeypatch.setenv("https_proxy", "socks5://me:hunter2-secret@proxy.example:1080")
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    (result,) = look(home, "proxy")
    assert (result.state, result.code) == ("note", "proxy_socks")
    assert "hunter2" not in str(result)


def test_a_clock_that_is_before_the_release_is_told(home: Path) -> None:
    (result,) = look(home, "clock", now=datetime(2020, 1, 1, tzinfo=UTC))
    assert (result.state, result.code) == ("trouble", "clock_early")
    assert codes(look(home, "clock")) == [("ok", "clock")]
