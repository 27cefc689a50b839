"""The platforms' rules, one dated TOML file each; a user's copy takes the shipped file's place.

Limits change: a file names the source and date of each, and anyone can edit a copy of it. What a
file must hold is what `Platform`, `PlatformForm` and `Limit` say; an unknown name in it is an
error, because a misspelt limit would be a limit that nobody checks.
"""

import tomllib
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast, get_args

from copyassist.errors import SettingsError, UsageError
from copyassist.home import PLATFORMS, keep_file
from copyassist.i18n import LANGUAGES, find_sentence
from copyassist.resources import find_asset
from copyassist.types import Counter, CoverRule, Limit, Platform, PlatformForm, Severity, TagSyntax


def load_platforms(user_folder: Path | None = None) -> Mapping[str, Platform]:
    """All platforms by id, sorted. Files in `user_folder` are read now and go first.

    Shipped files are read when their platform is first asked for: a short command needs one of
    thirty. Raises SettingsError naming file and field for a file of the user that cannot be used.
    """
    pattern = PLATFORMS.pattern.rpartition("/")[2]
    own = sorted(user_folder.glob(pattern)) if user_folder and user_folder.is_dir() else []
    return _Shelf({path.stem: load_platform(path, user_edited=True) for path in own})


def find_platform(platforms: Mapping[str, Platform], name: str) -> Platform | None:
    """The platform of an id or of any name that people write: 公众号, 微信, 头条, B站, xhs."""
    wanted = _fold(name)
    if wanted in platforms:
        return platforms[wanted]
    for platform in platforms.values():
        if wanted in map(_fold, (platform.name_zh, platform.name_en, *platform.names)):
            return platform
    return None


def name_platforms(platforms: Mapping[str, Platform]) -> dict[str, str]:
    """The id of each platform by each of its names, width, case and spaces folded."""
    return {
        _fold(name): platform.id
        for platform in platforms.values()
        for name in (platform.id, platform.name_zh, platform.name_en, *platform.names)
    }


def _fold(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def load_platform(path: Path, *, user_edited: bool = False) -> Platform:
    """One platform's file. Raises SettingsError naming the file and the field."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from error
    return parse_platform(data, path, user_edited=user_edited)


def parse_platform(data: bytes, path: Path, *, user_edited: bool = False) -> Platform:
    """What a file holds; `path` is where it lies or shall lie. Raises SettingsError."""
    try:
        table = tomllib.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:  # neither UTF-8 nor TOML, or a bomb of depth
        raise _unreadable(path, error) from error
    platform = _Reader(path).read_platform(table, user_edited=user_edited)
    if platform.id != path.stem:
        raise _reject(path, "id", platform.id, path.stem)
    return platform


def copy_platform(platform_id: str, user_folder: Path) -> Path:
    """Puts the shipped file into `user_folder` for editing and returns where it is.

    A copy that exists already is left as it is. Raises UsageError for an unknown platform,
    StoreError where the disk refuses.
    """
    shipped = _find_shipped().get(platform_id)
    if shipped is None:
        known = ", ".join(_find_shipped())
        raise UsageError("unknown_platform", name=platform_id, known=known)
    copy = user_folder / shipped.name
    if not copy.exists():
        keep_file(copy, shipped.read_bytes())
    return copy


def find_form_named(platform: Platform, name: str) -> PlatformForm | None:
    """The form of an id or of its Chinese or English name, None for one that it has not."""
    wanted = name.strip().casefold()
    for form in platform.forms:
        names = (find_sentence(one, f"platforms.forms.{form.id}") or "" for one in LANGUAGES)
        if wanted in (form.id, *(one.casefold() for one in names)):
            return form
    return None


class _Shelf(Mapping[str, Platform]):
    """Read-only mapping of platform ids that opens shipped files on demand."""

    def __init__(self, own: Mapping[str, Platform]) -> None:
        self._own = own
        self._ids = tuple(sorted({*own, *_find_shipped()}))

    def __getitem__(self, platform_id: str) -> Platform:
        if platform_id in self._own:
            return self._own[platform_id]
        return _load_shipped(_find_shipped()[platform_id])

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)


@cache
def _find_shipped() -> Mapping[str, Path]:
    paths = sorted(find_asset("platforms").glob("*.toml"))
    return MappingProxyType({path.stem: path for path in paths})


@cache
def _load_shipped(path: Path) -> Platform:
    return load_platform(path)


# --- reading -----------------------------------------------------------------------------------


_LARGEST = 10**9  # no limit is larger; a number of thousands of digits cannot even be shown


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a field may hold, and the words that say so in a complaint."""

    expected: str
    accepts: Callable[[object], bool]


def _is_number(value: object) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and 0 <= value <= _LARGEST  # type: ignore[operator]


def _is_list_of(kind: type, value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(v, kind) for v in value)


def _one_of(*allowed: str) -> _Kind:
    return _Kind(" | ".join(allowed), lambda value: value in allowed)


_TEXT = _Kind("text", lambda value: isinstance(value, str))
_NUMBER = _Kind("number >= 0", _is_number)
_COUNT = _Kind("integer >= 0", lambda value: _is_number(value) and isinstance(value, int))
_FLAG = _Kind("true | false", lambda value: isinstance(value, bool))
_DATE = _Kind("date, such as 2026-10-01", lambda value: type(value) is date)
_TEXTS = _Kind("list of texts", lambda value: _is_list_of(str, value))
_TABLE = _Kind("a table", lambda value: isinstance(value, dict))
_TABLES = _Kind("tables", lambda value: _is_list_of(dict, value))
_SEVERITY = _one_of(*Severity)
_LIMIT: Mapping[str, _Kind] = MappingProxyType(
    {
        "field": _one_of("title", "body", "first_line", "digest", "tags"),
        "counter": _one_of(*get_args(Counter)),
        "maximum": _NUMBER,
        "minimum": _NUMBER,
        "severity": _SEVERITY,
        "confidence": _one_of("H", "M", "L"),
        "source": _TEXT,
        "checked": _DATE,
    }
)
_COVER: Mapping[str, _Kind] = MappingProxyType(
    {
        "min_width": _COUNT,
        "min_height": _COUNT,
        "max_mb": _NUMBER,
        "source": _TEXT,
        "checked": _DATE,
    }
)
_FORM: Mapping[str, _Kind] = MappingProxyType(
    {
        "id": _TEXT,
        "has_title": _FLAG,
        "limits": _TABLES,
        "title_ending": _TEXT,
        "title_symbols": _TEXT,
        "title_refused": _TEXT,
        "title_emoji": _FLAG,
        "min_han": _COUNT,
        "title_traditional": _FLAG,
        "body_links": _FLAG,
        "cover": _TABLE,
        "character_severity": _SEVERITY,
    }
)
_PLATFORM: Mapping[str, _Kind] = MappingProxyType(
    {
        "id": _TEXT,
        "name_zh": _TEXT,
        "name_en": _TEXT,
        "forms": _TABLES,
        "names": _TEXTS,
        "target_metrics": _TEXTS,
        "mature_days": _COUNT,
        "tag_syntax": _one_of(*get_args(TagSyntax)),
        "max_tags": _COUNT,
        "tags_picked": _FLAG,
    }
)
# A limit may lack either bound in the file; the record wants to be told so.
_MAY_LACK = frozenset({"maximum", "limits", "user_edited"})


class _Reader:
    """Turns the tables of one file into records; knows the file's name for its complaints."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read_platform(self, table: dict[str, Any], *, user_edited: bool) -> Platform:
        self._check(table, _PLATFORM, Platform, "")
        forms = [self._read_form(form, i) for i, form in enumerate(table["forms"], 1)]
        lists = {name: tuple(table.get(name, ())) for name in ("target_metrics", "names")}
        rest = table | {"forms": tuple(forms), **lists}
        return Platform(**rest, user_edited=user_edited)

    def _read_form(self, table: dict[str, Any], number: int) -> PlatformForm:
        where = f"forms[{number}]."
        self._check(table, _FORM, PlatformForm, where)
        limits = [
            self._read_limit(limit, f"{where}limits[{i}].")
            for i, limit in enumerate(table.get("limits", []), 1)
        ]
        made: dict[str, Any] = {"limits": (*limits,)}
        if "cover" in table:
            self._check(table["cover"], _COVER, CoverRule, f"{where}cover.")
            made["cover"] = CoverRule(**table["cover"])
        return PlatformForm(**_with_severity(table, "character_severity") | made)

    def _read_limit(self, table: dict[str, Any], where: str) -> Limit:
        self._check(table, _LIMIT, Limit, where)
        minimum, maximum = table.get("minimum"), table.get("maximum")
        if minimum is not None and maximum is not None and minimum > maximum:
            raise _reject(self.path, f"{where}minimum", minimum, f"<= {maximum}")
        return Limit(**{"maximum": None} | _with_severity(table, "severity"))

    def _check(
        self, table: dict[str, Any], kinds: Mapping[str, _Kind], record: type, where: str
    ) -> None:
        for name, value in table.items():
            if name not in kinds:
                raise SettingsError(
                    "platform_field_unknown", path=str(self.path), field=f"{where}{name}"
                )
            if not kinds[name].accepts(value):
                raise _reject(self.path, f"{where}{name}", value, kinds[name].expected)
        for item in fields(record):
            if item.default is MISSING and item.name not in _MAY_LACK | table.keys():
                raise SettingsError(
                    "platform_field_missing", path=str(self.path), field=f"{where}{item.name}"
                )


def _with_severity(table: dict[str, Any], name: str) -> dict[str, Any]:
    if name not in table:
        return table
    return table | {name: Severity(cast(str, table[name]))}


def _unreadable(path: Path, error: Exception) -> SettingsError:
    return SettingsError("platform_file_unreadable", path=str(path), reason=str(error))


def _reject(path: Path, field: str, value: object, expected: str) -> SettingsError:
    huge = isinstance(value, int) and abs(value) > _LARGEST
    shown = "…" if huge else str(value)
    return SettingsError(
        "platform_field_invalid", path=str(path), field=field, value=shown, expected=expected
    )
