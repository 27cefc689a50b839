"""The user's settings, one frozen record: flag > environment > settings.toml > default."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date, tzinfo
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypedDict

from copyassist.errors import SettingsError
from copyassist.home import SETTINGS, find_home, keep_file
from copyassist.i18n import LANGUAGES, Language
from copyassist.reading.zones import CHINA, CHINA_NAME, find_zone
from copyassist.types import Exemption

DEFAULT_PLATFORMS = ("wechat", "xiaohongshu", "weibo", "toutiao", "douyin", "zhihu")
# Where nothing says a platform: the one that a shipped model was measured on in Chinese.
FIRST_PLATFORM = "xiaohongshu"
_VARIABLES = MappingProxyType(
    {
        "COPYASSIST_LANG": "language",
        "COPYASSIST_DATABASE_URL": "database_url",
        "COPYASSIST_ACCOUNT": "default_account",
        "COPYASSIST_TIMEZONE": "timezone",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the user chose. `home` holds everything that is kept: database, settings, platforms.

    `database_url` is empty for the SQLite file in `home`. `target_metrics` overrides a platform's
    first choice; `ignored` are finding keys that the user never wants to see again, `exemptions` the
    same with word, account and reason; `packs_off` {account, "" for all: ids of packs that are not
    asked}; `ignored_times` {hint's key: how often it was ignored once}; `platforms` are the ones the writer posts on, in their order; `columns` are those that the user named,
    {table's shape: {field: heading}}; `timezone` is an IANA name, whatever zone the machine is in.
    `unknown` is what the file says besides, such
    as a later version's settings: it is told, and kept when the file is written.
    """

    home: Path
    language: Language = "zh"
    database_url: str = ""
    default_account: str = ""
    platforms: tuple[str, ...] = DEFAULT_PLATFORMS
    target_metrics: Mapping[str, str] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    packs_off: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ignored_times: Mapping[str, int] = field(default_factory=dict)
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    timezone: str = CHINA_NAME
    unknown: Mapping[str, Any] = field(default_factory=dict)

    @property
    def zone(self) -> tzinfo:
        """The zone in which times are shown and read."""
        return find_zone(self.timezone) or CHINA

    @property
    def file(self) -> Path:
        """The settings file inside `home`."""
        return SETTINGS.place(self.home)


_EXEMPTION_FIELDS = frozenset(one.name for one in fields(Exemption))
_CHOSEN = tuple(f.name for f in fields(Settings) if f.name not in ("home", "unknown"))


class SettingsChanges(TypedDict, total=False):
    """Some settings anew; what is not there stays."""

    language: Language
    database_url: str
    default_account: str
    platforms: tuple[str, ...]
    target_metrics: Mapping[str, str]
    ignored: tuple[str, ...]
    exemptions: tuple[Exemption, ...]
    packs_off: Mapping[str, tuple[str, ...]]
    ignored_times: Mapping[str, int]
    columns: Mapping[str, Mapping[str, str]]
    timezone: str


def load_settings(
    environment: Mapping[str, str] | None = None, *, language: str | None = None
) -> Settings:
    """Settings from the flag `language`, the environment, the file in `home`, the defaults.

    Raises SettingsError for a file that is not TOML or a value of the wrong kind.
    """
    environment = os.environ if environment is None else environment
    home = find_home(environment)
    path = SETTINGS.place(home)
    given = _read_environment(environment)
    if language:
        given["language"] = ("--lang", language)
    kept = {name: value for name, value in _read_file(path).items() if name not in given}
    chosen = _checked(kept, path)
    for name, (origin, value) in given.items():
        chosen |= _check_given(origin, name, value)
    return replace(Settings(home=home), **chosen)


def load_usable(home: Path, environment: Mapping[str, str]) -> tuple[Settings, list[SettingsError]]:
    """The settings without what cannot be used, and an error for each value that cannot."""
    path = SETTINGS.place(home)
    faults: list[SettingsError] = []
    usable: dict[str, Any] = {}
    try:
        chosen = _read_file(path)
    except SettingsError as error:
        faults.append(error)
        chosen = {}
    unknown: dict[str, Any] = {}
    for name, value in chosen.items():
        try:
            usable |= _checked({name: value}, path)
            unknown |= usable["unknown"]
        except SettingsError as error:
            faults.append(error)
    for name, (variable, value) in _read_environment(environment).items():
        try:
            usable |= _check_given(variable, name, value)
        except SettingsError as error:
            faults.append(error)
    return replace(Settings(home=home), **usable | {"unknown": unknown}), faults


def load_saved(home: Path) -> Settings:
    """The settings as the file in `home` says, without environment and flags."""
    return replace(load_settings({"COPYASSIST_HOME": str(home)}), home=home)


def find_differences(settings: Settings, other: Settings) -> dict[str, Any]:
    """What `settings` say otherwise than `other` does, of what a user chooses."""
    both = {name: (getattr(settings, name), getattr(other, name)) for name in _CHOSEN}
    return {name: one for name, (one, another) in both.items() if one != another}


def save_settings(settings: Settings) -> None:
    """Writes the settings file whole or not at all. Raises StoreError where the disk refuses."""
    keep_file(settings.file, _dump(settings))


def move_settings(data: bytes, path: Path, database_url: str) -> bytes:
    """A settings file of another time or machine, with the address of the database of this one.

    The very bytes where it says so already. Raises SettingsError naming `path`.
    """
    chosen = _checked(_parse(data, path), path)
    if chosen.get("database_url", "") == database_url:
        return data
    moved = Settings(home=path.parent, **chosen | {"database_url": database_url})
    return _dump(moved)


def _dump(settings: Settings) -> bytes:
    import tomli_w  # writing is rare: not at start-up

    values = {name: getattr(settings, name) for name in _CHOSEN}
    values = {
        name: list(value) if isinstance(value, tuple) else value for name, value in values.items()
    }
    values["exemptions"] = [_write_exemption(one) for one in settings.exemptions]
    return tomli_w.dumps({**settings.unknown, **values}).encode()


def _read_file(path: Path) -> dict[str, Any]:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise SettingsError("settings_unreadable", path=str(path), reason=str(error)) from error
    return _parse(data, path)


def _parse(data: bytes, path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:  # neither UTF-8 nor TOML, or too deep
        raise SettingsError("settings_unreadable", path=str(path), reason=str(error)) from error


def _read_environment(environment: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """{setting: (variable, value)} of the variables that are set."""
    return {
        name: (variable, environment[variable])
        for variable, name in _VARIABLES.items()
        if environment.get(variable)
    }


def _check_given(origin: str, name: str, value: str) -> dict[str, Any]:
    if not _fits(name, value):
        raise SettingsError("given_bad_value", name=origin, value=value)
    return {name: value}


def _checked(chosen: Mapping[str, Any], path: Path) -> dict[str, Any]:
    unknown = {name: value for name, value in chosen.items() if name not in _CHOSEN}
    checked: dict[str, Any] = {"unknown": unknown}
    for name, value in chosen.items():
        if name in unknown:
            continue
        if not _fits(name, value):
            raise SettingsError("settings_bad_value", name=name, value=value, path=str(path))
        checked[name] = tuple(value) if isinstance(value, list) else value
    if "exemptions" in checked:
        checked["exemptions"] = tuple(Exemption(**one) for one in checked["exemptions"])
    if "packs_off" in checked:
        checked["packs_off"] = {name: tuple(ids) for name, ids in checked["packs_off"].items()}
    return checked


def _write_exemption(one: Exemption) -> dict[str, Any]:
    return {name: value for name, value in asdict(one).items() if value}


def _is_exemption(value: object) -> bool:
    """Whether a table of the file is one: a rule or a word, and texts beside it."""
    if not isinstance(value, Mapping) or not value.keys() <= _EXEMPTION_FIELDS:
        return False
    texts = {name: one for name, one in value.items() if name != "since"}
    day = value.get("since")
    return (
        all(isinstance(one, str) for one in texts.values())
        and (day is None or type(day) is date)
        and bool(value.get("rule") or value.get("word"))
    )


def _is_list_of_texts(value: object) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(one, str) for one in value)


def _fits(name: str, value: object) -> bool:
    match name:
        case "language":
            return value in LANGUAGES
        case "database_url" | "default_account":
            return isinstance(value, str)
        case "timezone":
            return isinstance(value, str) and find_zone(value) is not None
        case "platforms" | "ignored":
            return _is_list_of_texts(value)
        case "exemptions":
            return isinstance(value, list) and all(map(_is_exemption, value))
        case "packs_off":
            return isinstance(value, Mapping) and all(map(_is_list_of_texts, value.values()))
        case "ignored_times":
            return isinstance(value, Mapping) and all(type(v) is int for v in value.values())
        case "columns":
            return isinstance(value, Mapping) and all(
                isinstance(one, Mapping) and all(isinstance(v, str) for v in one.values())
                for one in value.values()
            )
        case "target_metrics":
            return isinstance(value, Mapping) and all(isinstance(v, str) for v in value.values())
    return False
