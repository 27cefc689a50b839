"""The user's settings, one frozen record: flag > environment > settings.toml > default."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from copyassist.errors import SettingsError
from copyassist.i18n import LANGUAGES, Language

APP = "copyassist"
FILE_NAME = "settings.toml"
DEFAULT_PLATFORMS = ("wechat", "xiaohongshu", "weibo", "toutiao", "douyin", "zhihu")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the user chose. `home` holds everything that is kept: database, settings, platforms.

    `database_url` is empty for the SQLite file in `home`. `target_metrics` overrides a platform's
    first choice; `ignored` are finding keys that the user never wants to see again; `platforms`
    are the ones the writer posts on, in their order.
    """

    home: Path
    language: Language = "zh"
    database_url: str = ""
    default_account: str = ""
    platforms: tuple[str, ...] = DEFAULT_PLATFORMS
    target_metrics: Mapping[str, str] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()

    @property
    def file(self) -> Path:
        """The settings file inside `home`."""
        return self.home / FILE_NAME


def find_home(environment: Mapping[str, str] | None = None) -> Path:
    """The user's data folder: COPYASSIST_HOME, else the system's place for application data."""
    chosen = (os.environ if environment is None else environment).get("COPYASSIST_HOME", "")
    if chosen:
        return Path(chosen).expanduser().resolve()
    import platformdirs  # only where the environment does not say: it costs start-up time

    return Path(platformdirs.user_data_dir(APP, appauthor=False))


def load_settings(environment: Mapping[str, str] | None = None, **flags: object) -> Settings:
    """Settings from flags that are not None, the environment, the file in `home`, the defaults.

    Raises SettingsError for a file that is not TOML or a value of the wrong kind.
    """
    environment = os.environ if environment is None else environment
    home = find_home(environment)
    chosen = _read_file(home / FILE_NAME)
    chosen |= _read_environment(environment)
    chosen |= {name: value for name, value in flags.items() if value is not None}
    return replace(Settings(home=home), **_checked(chosen, home / FILE_NAME))


def save_settings(settings: Settings) -> None:
    """Writes the settings file whole or not at all."""
    import tomli_w  # writing is rare: not at start-up

    values = {f.name: getattr(settings, f.name) for f in fields(settings) if f.name != "home"}
    values = {
        name: list(value) if isinstance(value, tuple) else value for name, value in values.items()
    }
    settings.home.mkdir(parents=True, exist_ok=True)
    draft = settings.file.with_suffix(".toml.new")
    draft.write_text(tomli_w.dumps(values), "utf-8")
    draft.replace(settings.file)


def _read_file(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError("settings_unreadable", path=str(path), reason=str(error)) from error
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError("settings_unreadable", path=str(path), reason=str(error)) from error


def _read_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    names = {
        "COPYASSIST_LANG": "language",
        "COPYASSIST_DATABASE_URL": "database_url",
        "COPYASSIST_ACCOUNT": "default_account",
    }
    return {setting: environment[name] for name, setting in names.items() if environment.get(name)}


def _checked(chosen: Mapping[str, Any], path: Path) -> dict[str, Any]:
    checked: dict[str, Any] = {}
    for name, value in chosen.items():
        if not _fits(name, value):
            raise SettingsError("settings_bad_value", name=name, value=value, path=str(path))
        checked[name] = tuple(value) if isinstance(value, list) else value
    return checked


def _fits(name: str, value: object) -> bool:
    match name:
        case "language":
            return value in LANGUAGES
        case "database_url" | "default_account":
            return isinstance(value, str)
        case "platforms" | "ignored":
            return isinstance(value, list | tuple) and all(isinstance(v, str) for v in value)
        case "target_metrics":
            return isinstance(value, Mapping) and all(isinstance(v, str) for v in value.values())
    return False
