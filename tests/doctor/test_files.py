"""The files that a user may edit: each mistake with its file and field."""

from pathlib import Path

import pytest

from copyassist.commands.doctor_text import describe_seen
from copyassist.errors import SettingsError
from copyassist.news.sources.own import load_own
from copyassist.platforms import copy_platform

from .looking import codes, look


def write(home: Path, name: str, text: str | bytes) -> Path:
    path = home / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_no_files_are_no_trouble(home: Path) -> None:
    names = ("settings", "sources_file", "subscriptions", "platforms")
    assert [one.state for name in names for one in look(home, name)] == ["ok"] * 4


def test_every_bad_setting_is_told_with_its_name(home: Path) -> None:
    path = write(home, "settings.toml", 'language = "fr"\ncolour = 3\nplatforms = ["weibo"]\n')
    results = look(home, "settings")
    assert codes(results) == [("trouble", "settings_bad_value"), ("note", "settings_unknown")]
    assert results[0].values["name"] == "language"
    assert results[1].values["names"] == ["colour"]
    assert {one.values["path"] for one in results} == {str(path)}


@pytest.mark.parametrize(
    "text", ["language = ", b"\xff\xfe\x00", "a = 1\na = 2\n", "a = " + "[" * 5000]
)
def test_settings_that_are_no_toml_are_one_trouble(home: Path, text: str | bytes) -> None:
    write(home, "settings.toml", text)
    (result,) = look(home, "settings")
    assert (result.state, result.code) == ("trouble", "settings_unreadable")


def test_a_bad_variable_of_the_environment_is_told_by_its_name(home: Path) -> None:
    (result,) = look(home, "settings", {"COPYASSIST_LANG": "klingon"})
    assert (result.code, result.values["name"]) == ("given_bad_value", "COPYASSIST_LANG")


def test_platforms_that_there_are_not_are_noted(home: Path) -> None:
    write(home, "settings.toml", 'platforms = ["weibo", "myspace"]\n')
    noted, fine = look(home, "settings")
    assert (noted.state, noted.values["names"], fine.state) == ("note", ["myspace"], "ok")


def test_every_bad_source_is_told_with_its_field(home: Path) -> None:
    good = '[[source]]\nid = "good"\nname_zh = "好"\nurl = "https://a.example/x"\nformat = "feed"\n'
    bad = '[[source]]\nid = "bad"\nname_zh = "坏"\nurl = "ftp://a.example/x"\n'
    worse = '[[source]]\nid = "worse"\n'
    write(home, "sources.toml", f"enabled = 3\n{good}{bad}{worse}")
    results = look(home, "sources_file")
    assert (
        codes(results) == [("trouble", "sources_bad_key")] + [("trouble", "sources_bad_field")] * 2
    )
    told = [(one.values.get("source"), one.values["field"]) for one in results]
    assert told == [(None, "enabled"), ("bad", "url"), ("worse", "name_zh")]


def test_a_source_that_is_no_table_is_a_mistake_of_the_file(home: Path) -> None:
    write(home, "sources.toml", 'source = ["x", 1]\n')
    assert codes(look(home, "sources_file")) == [("trouble", "sources_bad_key")]
    with pytest.raises(SettingsError) as caught:
        load_own(home)
    assert caught.value.code == "sources_bad_key"


def test_sources_that_are_no_toml_are_one_trouble(home: Path) -> None:
    write(home, "sources.toml", "[[source")
    assert codes(look(home, "sources_file")) == [("trouble", "sources_unreadable")]
    assert look(home, "sources") == []  # told already


def test_a_mistyped_source_is_noted(home: Path) -> None:
    write(home, "sources.toml", 'enabled = ["weibbo"]\n')
    noted, fine = look(home, "sources_file")
    assert (noted.state, noted.values["names"], fine.state) == ("note", ["weibbo"], "ok")


def test_a_bad_pattern_of_the_subscriptions_is_told_with_its_line(home: Path) -> None:
    path = write(home, "subscriptions.txt", "[车]\n比亚迪\n/(/\n")
    (result,) = look(home, "subscriptions")
    assert (result.state, result.code) == ("trouble", "subscriptions_fault")
    said = describe_seen("zh", result)
    assert str(path) in said
    assert "第 3 行" in said


def test_subscriptions_that_are_a_folder_are_told(home: Path) -> None:
    (home / "subscriptions.txt").mkdir(parents=True)
    (result,) = look(home, "subscriptions")
    assert result.state == "trouble"


def test_good_subscriptions_are_counted(home: Path) -> None:
    write(home, "subscriptions.txt", "[车]\n比亚迪\n\n[房]\n房贷\n")
    (result,) = look(home, "subscriptions")
    assert (result.state, result.values["count"]) == ("ok", 2)


def test_each_bad_platform_file_is_told_with_its_field(home: Path) -> None:
    folder = home / "platforms"
    text = copy_platform("weibo", folder).read_text("utf-8")
    copy_platform("zhihu", folder)
    write(home, "platforms/weibo.toml", text.replace("name_zh", "nam_zh"))
    write(home, "platforms/douyin.toml", "[[[")
    results = look(home, "platforms")
    assert codes(results) == [
        ("trouble", "platform_file_unreadable"),
        ("trouble", "platform_field_unknown"),
    ]
    assert results[1].values["field"] == "nam_zh"
    assert str(results[1].values["path"]).endswith("weibo.toml")
