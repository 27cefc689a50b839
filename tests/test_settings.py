"""Settings: flag > environment > file > default, written whole, wrong values named."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from copyassist.errors import SettingsError
from copyassist.home import find_home
from copyassist.reading.zones import CHINA, find_zone, show_moment
from copyassist.settings import (
    load_saved,
    load_settings,
    load_usable,
    save_settings,
)


def environment(home: Path, **others: str) -> dict[str, str]:
    return {"COPYASSIST_HOME": str(home), **others}


def test_defaults_are_chinese_and_local(tmp_path: Path) -> None:
    settings = load_settings(environment(tmp_path))
    assert settings.language == "zh"
    assert settings.home == tmp_path
    assert settings.database_url == ""


def test_what_is_saved_is_loaded_again(tmp_path: Path) -> None:
    settings = replace(
        load_settings(environment(tmp_path)),
        language="en",
        default_account="我的号",
        platforms=("wechat", "zhihu"),
        target_metrics={"wechat": "push_views"},
        ignored=("absolute_term:zui",),
    )
    save_settings(settings)
    assert load_settings(environment(tmp_path)) == settings
    assert [path.name for path in tmp_path.iterdir()] == ["settings.toml"]


def test_flag_beats_environment_beats_file(tmp_path: Path) -> None:
    save_settings(replace(load_settings(environment(tmp_path)), language="en"))
    assert load_settings(environment(tmp_path)).language == "en"
    with_environment = environment(tmp_path, COPYASSIST_LANG="zh")
    assert load_settings(with_environment).language == "zh"
    assert load_settings(with_environment, language="en").language == "en"


@pytest.mark.parametrize(
    "text",
    [
        "language = 'fr'",
        "timezone = 'Asia/Nowhere'",
        "timezone = 8",
        "platforms = 'wechat'",
        "language = [",
        "ignored = [1]",
    ],
)
def test_a_wrong_file_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "settings.toml").write_text(text, "utf-8")
    with pytest.raises(SettingsError) as caught:
        load_settings(environment(tmp_path))
    assert str(tmp_path) in str(caught.value.params["path"])


def test_the_zone_is_chinas_unless_said_otherwise(tmp_path: Path) -> None:
    assert load_settings(environment(tmp_path)).zone is CHINA
    save_settings(replace(load_settings(environment(tmp_path)), timezone="UTC"))
    assert load_settings(environment(tmp_path)).zone is UTC
    chosen = load_settings(environment(tmp_path, COPYASSIST_TIMEZONE="Asia/Tokyo"))
    assert (
        show_moment(datetime(2026, 6, 4, 16, tzinfo=UTC), chosen.zone) == "2026-06-05 01:00 UTC+9"
    )
    for name in ("../etc/passwd", "", "A" * 5000, "Asia"):
        assert find_zone(name) is None


def test_home_has_a_place_on_every_system() -> None:
    assert find_home({}).name == "copyassist"


def test_what_a_later_version_chose_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("language = 'en'\nshine = 3\n[colours]\nmine = 'red'\n", "utf-8")
    settings = load_saved(tmp_path)
    assert settings.unknown == {"shine": 3, "colours": {"mine": "red"}}
    save_settings(replace(settings, default_account="甲"))
    again = load_saved(tmp_path)
    assert again.unknown == settings.unknown
    assert (again.language, again.default_account) == ("en", "甲")


def test_what_can_be_used_is_used_beside_what_cannot(home: Path) -> None:
    home.mkdir()
    (home / "settings.toml").write_text('language = "fr"\ndefault_account = "甲"\n', "utf-8")
    settings, faults = load_usable(home, {})
    assert (settings.language, settings.default_account) == ("zh", "甲")
    assert [(fault.code, fault.params["name"]) for fault in faults] == [
        ("settings_bad_value", "language")
    ]


def test_a_bad_variable_is_blamed_on_the_variable_and_on_no_line_of_the_file(home: Path) -> None:
    environment = {"COPYASSIST_HOME": str(home), "COPYASSIST_LANG": "klingon"}
    with pytest.raises(SettingsError) as caught:
        load_settings(environment)
    assert (caught.value.code, caught.value.params["name"]) == (
        "given_bad_value",
        "COPYASSIST_LANG",
    )
    assert load_settings(environment, language="en").language == "en"


def test_a_file_nested_without_end_is_a_mistake_of_the_file(home: Path) -> None:
    home.mkdir()
    (home / "settings.toml").write_text("a = " + "[" * 5000, "utf-8")
    with pytest.raises(SettingsError):
        load_settings({"COPYASSIST_HOME": str(home)})


def test_a_home_of_nobody_is_a_mistake_of_the_setting() -> None:
    with pytest.raises(SettingsError) as caught:
        find_home({"COPYASSIST_HOME": "~no-such-user-of-ours/x"})
    assert caught.value.code == "home_unknown"
