"""Declarative lists: one table in sources.toml names where the rows and their fields are.

A table: id, name_zh, name_en, url, and optionally platform, shape, kind, minutes, account, method,
headers, body, max_mb (of an answer, 8 otherwise), format (json | feed), updated (paths of when the
list was made), after (text before the JSON inside a page), rows and
pinned_rows (dotted paths; of several `after` or `rows` the first that is there counts), link (a template with {field paths}), labels (the platform's codes →
words), skip / pinned / advert (field path → values that mark such a row), and `fields`: title,
url, heat, label, description, category, published, id, rank: a dotted path, or several in order.
A second address of the same source is a `[[source.ways]]` table with the same keys.
"""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_args
from urllib.parse import quote

from copyassist.errors import SettingsError
from copyassist.hiding import hide_secrets
from copyassist.news.sources.aggregators import MOST_MEGABYTES
from copyassist.news.sources.reading import (
    MAX_DESCRIPTION,
    clean,
    decode_body,
    find_path,
    load_json,
    load_json_after,
    need_rows,
    number_rows,
    parse_date,
    parse_heat,
    read_rows,
    web_address,
)
from copyassist.news.sources.source import Page, Source, Way
from copyassist.resources import find_asset
from copyassist.types.news import HotItem, Shape, SourceKind

FIELDS = ("title", "url", "heat", "label", "description", "category", "published", "id", "rank")
UPDATED = ("updatedTime", "updateTime")
"""Where newsnow and DailyHotApi say how old the list is that they pass on."""
_MARKS = ("skip", "pinned", "advert")
_SLOT = re.compile(r"{([^{}]+)}")
Marks = Mapping[str, Sequence[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonList:
    """How to read one JSON list; calling it parses an answer."""

    source: str
    kind: SourceKind
    rows: Sequence[str]
    fields: Mapping[str, Sequence[str]]
    after: Sequence[str] = ()
    updated: Sequence[str] = UPDATED
    pinned_rows: str = ""
    link: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    skip: Marks = field(default_factory=dict)
    pinned: Marks = field(default_factory=dict)
    advert: Marks = field(default_factory=dict)

    def __call__(self, body: bytes) -> list[HotItem]:
        """The items of the answer. Raises SourceFormatError for another shape."""
        data = self._load(body)
        path = next((path for path in self.rows if find_path(data, path) is not None), self.rows[0])
        rows = [row for row in need_rows(data, path, self.source) if not self._skipped(row)]
        items = read_rows(rows, self._read_row, self.source)
        if self.pinned_rows and find_path(data, self.pinned_rows):
            items = self._read_pinned(need_rows(data, self.pinned_rows, self.source)) + items
        return number_rows(items) if self.kind == "list" else items

    def find_updated(self, page: Page) -> datetime | None:
        """When the list was made, as its frame says; None where it does not say so."""
        data = self._load(page.body)
        said = (find_path(data, path) for path in self.updated)
        return next((when for text in said if (when := parse_date(text, page.seen_at))), None)

    def _load(self, body: bytes) -> Any:
        if not self.after:
            return load_json(body, self.source)
        text = decode_body(body, self.source)
        marker = next((mark for mark in self.after if mark in text), self.after[0])
        return load_json_after(body, marker, self.source)

    def _skipped(self, row: object) -> bool:
        return isinstance(row, Mapping) and _is_marked(row, self.skip)

    def _read_pinned(self, rows: Sequence[Any]) -> list[HotItem]:
        read = [self._read_row(row, pinned=True) for row in rows if isinstance(row, Mapping)]
        return [item for item in read if item is not None]

    def _read_row(self, row: Mapping[str, Any], *, pinned: bool = False) -> HotItem | None:
        title = clean(self._find(row, "title"))
        if not title:
            return None
        heat, label = self._find(row, "heat"), clean(self._find(row, "label"), 20)
        return HotItem(
            source=self.source,
            title=title,
            url=self._find_url(row),
            heat=parse_heat(heat),
            heat_text=clean(heat, 40) if isinstance(heat, str) and not heat.isdigit() else "",
            label=self.labels.get(label, label if not self.labels else ""),
            pinned=pinned or _is_marked(row, self.pinned),
            advert=_is_marked(row, self.advert),
            description=clean(self._find(row, "description"), MAX_DESCRIPTION),
            category=clean(self._find(row, "category"), 40),
            published_at=parse_date(self._find(row, "published")),
            external_id=clean(self._find(row, "id"), 200),
        )

    def _find(self, row: Mapping[str, Any], name: str) -> Any:
        for path in self.fields.get(name, ()):
            found = find_path(row, path)
            if found not in (None, "", [], {}):
                return found[0] if isinstance(found, list) else found
        return None

    def _find_url(self, row: Mapping[str, Any]) -> str:
        if (given := web_address(self._find(row, "url"))) or not self.link:
            return given
        parts = {path: clean(find_path(row, path)) for path in _SLOT.findall(self.link)}
        if not all(parts.values()):
            return ""
        return web_address(_SLOT.sub(lambda slot: quote(parts[slot[1]], safe=""), self.link))


def _is_marked(row: Mapping[str, Any], marks: Marks) -> bool:
    """Whether a field has one of its marking values; ["*"] means any value that says something."""
    for path, values in marks.items():
        found = find_path(row, path)
        if found in values or ("*" in values and bool(found)):
            return True
    return False


def load_sources(path: Path | None = None, *, from_user: bool = False) -> tuple[Source, ...]:
    """The sources of a sources.toml file, the shipped one by default.

    Raises SettingsError naming the file, the source and the field that is wrong.
    """
    path = path or find_asset("sources.toml")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise unreadable(path, error) from error
    tables = parse_tables(data, path).get("source", [])
    if not isinstance(tables, list):
        raise _bad(str(path), "", "source")
    return tuple(read_source(table, str(path), from_user=from_user) for table in tables)


def parse_tables(data: bytes, path: Path) -> dict[str, Any]:
    """What a file of sources holds. Raises SettingsError where it is no TOML."""
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise unreadable(path, error) from error


def unreadable(path: Path, error: Exception) -> SettingsError:
    """What to tell of a file of sources that cannot be read."""
    return SettingsError("sources_unreadable", path=str(path), reason=str(error))


def read_source(table: object, where: str, *, from_user: bool = False) -> Source:
    """One source from its table. Raises SettingsError for a missing, unknown or wrong field."""
    if not isinstance(table, Mapping):
        raise _bad(where, "", "source")
    found = table.get("id")
    name = found if isinstance(found, str) else ""
    for key in ("id", "name_zh", *table):
        fits = _SOURCE_FITS.get(key) or _WAY_FITS.get(key)
        if fits is None or not fits(table.get(key)):
            raise _bad(where, name, key)
    kind: SourceKind = table.get("kind", "list")
    ways = [*([table] if "url" in table else []), *table.get("ways", [])]
    if not ways:
        raise _bad(where, name, "url")
    return Source(
        id=name,
        name_zh=hide_secrets(table["name_zh"]),  # which an address may stand in for
        name_en=hide_secrets(table.get("name_en") or table["name_zh"]),
        ways=tuple(read_way(way, (where, name, kind)) for way in ways),
        platform=table.get("platform", ""),
        kind=kind,
        interval=timedelta(minutes=table.get("minutes", 10)),
        account=table.get("account", ""),
        from_user=from_user,
    )


def read_way(table: Mapping[str, Any], place: tuple[str, str, SourceKind]) -> Way:
    """One address of a source. `place` is the file, the source's id and its kind."""
    where, name, kind = place
    for key, fits in _WAY_FITS.items():
        if (key in table or key == "url") and not fits(table.get(key)):
            raise _bad(where, name, key)
    frame = {
        "url": table["url"],
        "shape": table.get("shape", "documented"),
        "method": table.get("method", "GET"),
        "headers": dict(table.get("headers", {})),
        "body": table.get("body", ""),
        "max_bytes": round(table.get("max_mb", 0) * 1024 * 1024),
    }
    if table.get("format", "json") == "json":
        reader = _read_list(table, place)
        return Way(parse=reader, find_updated=reader.find_updated, **frame)
    from copyassist.news.sources.rss import FeedReader  # feedparser only where a feed is among them

    feed = FeedReader(source=name, kind=kind)
    return Way(parse_page=feed, find_updated=feed.find_updated, **frame)


def _read_list(table: Mapping[str, Any], place: tuple[str, str, SourceKind]) -> JsonList:
    where, name, kind = place
    if "fields" not in table:
        raise _bad(where, name, "fields")
    return JsonList(
        source=name,
        kind=kind,
        rows=_texts(table.get("rows", "")),
        fields={key: _texts(value) for key, value in table["fields"].items()},
        after=_texts(table.get("after", [])),
        updated=_texts(table.get("updated", list(UPDATED))),
        pinned_rows=table.get("pinned_rows", ""),
        link=table.get("link", ""),
        labels={str(k): str(v) for k, v in table.get("labels", {}).items()},
        **{key: dict(table.get(key, {})) for key in _MARKS},
    )


def _texts(value: str | list[str]) -> tuple[str, ...]:
    """One text or several in order, as a tuple."""
    return tuple(value) if isinstance(value, list) else (value,)


# --- what a field may hold -----------------------------------------------------------------------


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_name(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _are_texts(value: object) -> bool:
    """One text, or several."""
    return _is_text(value) or (isinstance(value, list) and all(map(_is_text, value)))


def _is_table(value: object, fits: Callable[[object], bool]) -> bool:
    return isinstance(value, Mapping) and all(map(fits, value.values()))


def _are_fields(value: object) -> bool:
    """Where the parts of a row are; its title must be among them."""
    if not isinstance(value, Mapping) or "title" not in value or set(value) - set(FIELDS):
        return False
    return _is_table(value, _are_texts)


def _are_minutes(value: object) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and 1 <= value <= 10080  # type: ignore[operator]


def _are_megabytes(value: object) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and 0 < value <= MOST_MEGABYTES  # type: ignore[operator]


def _are_tables(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(way, Mapping) for way in value)


Fits = Callable[[object], bool]
_SOURCE_FITS: Mapping[str, Fits] = MappingProxyType(
    {
        "id": _is_name,
        "name_zh": _is_name,
        "name_en": _is_text,
        "platform": _is_text,
        "kind": lambda value: value in get_args(SourceKind),
        "minutes": _are_minutes,
        "account": _is_text,
        "ways": _are_tables,
    }
)
_WAY_FITS: Mapping[str, Fits] = MappingProxyType(
    {
        "url": lambda value: bool(web_address(value)),
        "shape": lambda value: value in get_args(Shape),
        "method": _is_name,
        "headers": lambda value: _is_table(value, _is_text),
        "body": _is_text,
        "format": lambda value: value in ("json", "feed"),
        "after": _are_texts,
        "updated": _are_texts,
        "max_mb": _are_megabytes,
        "rows": lambda value: _are_texts(value) and value != [],
        "pinned_rows": _is_text,
        "link": _is_text,
        "labels": lambda value: isinstance(value, Mapping),
        **dict.fromkeys(
            _MARKS, lambda value: _is_table(value, lambda marks: isinstance(marks, list))
        ),
        "fields": _are_fields,
    }
)


def _bad(where: str, source: str, key: str) -> SettingsError:
    if not source.strip():  # it has no name to be called by
        return SettingsError("sources_bad_key", path=where, field=key)
    return SettingsError("sources_bad_field", path=where, source=source, field=key)
