"""Declarative lists: one table in sources.toml names where the rows and their fields are.

A table: id, name_zh, name_en, url, and optionally platform, shape, kind, minutes, account, method,
headers, body, format (json | feed), after (text before the JSON inside a page), rows and
pinned_rows (dotted paths; of several `after` or `rows` the first that is there counts), link (a template with {field paths}), labels (the platform's codes →
words), skip / pinned / advert (field path → values that mark such a row), and `fields`: title,
url, heat, label, description, category, published, id, rank: a dotted path, or several in order.
A second address of the same source is a `[[source.ways]]` table with the same keys.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, get_args
from urllib.parse import quote

from copyassist.errors import SettingsError
from copyassist.hiding import hide_secrets
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
from copyassist.news.sources.source import Source, Way
from copyassist.resources import find_asset
from copyassist.types.news import HotItem, Shape, SourceKind

FIELDS = ("title", "url", "heat", "label", "description", "category", "published", "id", "rank")
_SOURCE_KEYS = {"id", "name_zh", "name_en", "platform", "kind", "minutes", "account", "ways"}
_WAY_KEYS = {
    "url", "shape", "method", "headers", "body", "format", "after", "rows", "pinned_rows", "link",
    "labels", "skip", "pinned", "advert", "fields",
}  # fmt: skip
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
        tables = tomllib.loads(path.read_text("utf-8-sig")).get("source", [])
    except (OSError, ValueError) as error:
        raise SettingsError("sources_unreadable", path=str(path), reason=str(error)) from error
    return tuple(read_source(table, str(path), from_user=from_user) for table in tables)


def read_source(table: Mapping[str, Any], where: str, *, from_user: bool = False) -> Source:
    """One source from its table. Raises SettingsError for a missing, unknown or wrong field."""
    name = str(table.get("id", ""))
    for key in table:
        if key not in _SOURCE_KEYS | _WAY_KEYS:
            raise _bad(where, name, key)
    for key in ("id", "name_zh"):
        if not isinstance(table.get(key), str) or not table[key].strip():
            raise _bad(where, name, key)
    kind = table.get("kind", "list")
    minutes = table.get("minutes", 10)
    if kind not in get_args(SourceKind):
        raise _bad(where, name, "kind")
    if not isinstance(minutes, int | float) or not 1 <= minutes <= 10080:
        raise _bad(where, name, "minutes")
    ways = [table] if "url" in table else []
    return Source(
        id=name,
        name_zh=hide_secrets(table["name_zh"]),  # which an address may stand in for
        name_en=hide_secrets(str(table.get("name_en", "")) or table["name_zh"]),
        ways=tuple(read_way(way, (where, name, kind)) for way in [*ways, *table.get("ways", [])]),
        platform=str(table.get("platform", "")),
        kind=kind,
        interval=timedelta(minutes=minutes),
        account=str(table.get("account", "")),
        from_user=from_user,
    )


def read_way(table: Mapping[str, Any], place: tuple[str, str, SourceKind]) -> Way:
    """One address of a source. `place` is the file, the source's id and its kind."""
    where, name, kind = place
    shape, form = table.get("shape", "documented"), table.get("format", "json")
    if not web_address(table.get("url")):
        raise _bad(where, name, "url")
    if shape not in get_args(Shape) or form not in ("json", "feed"):
        raise _bad(where, name, "shape" if form in ("json", "feed") else "format")
    frame = {
        "url": table["url"],
        "shape": shape,
        "method": str(table.get("method", "GET")),
        "headers": dict(table.get("headers", {})),
        "body": str(table.get("body", "")),
    }
    if form == "json":
        return Way(parse=_read_list(table, place), **frame)
    from copyassist.news.sources.rss import FeedReader  # feedparser only where a feed is among them

    return Way(parse_page=FeedReader(source=name, kind=kind), **frame)


def _read_list(table: Mapping[str, Any], place: tuple[str, str, SourceKind]) -> JsonList:
    where, name, kind = place
    fields = table.get("fields", {})
    if not isinstance(fields, Mapping) or "title" not in fields or set(fields) - set(FIELDS):
        raise _bad(where, name, "fields")
    paths = {key: _texts(value) for key, value in fields.items()}
    marks = {key: dict(table.get(key, {})) for key in ("skip", "pinned", "advert")}
    return JsonList(
        source=name,
        kind=kind,
        rows=_texts(table.get("rows", "")),
        fields=paths,
        after=_texts(table.get("after", [])),
        pinned_rows=str(table.get("pinned_rows", "")),
        link=str(table.get("link", "")),
        labels={str(k): str(v) for k, v in table.get("labels", {}).items()},
        **marks,
    )


def _texts(value: object) -> tuple[str, ...]:
    """One text or several in order, as a tuple."""
    return tuple(str(v) for v in value) if isinstance(value, list) else (str(value),)


def _bad(where: str, source: str, key: str) -> SettingsError:
    return SettingsError("sources_bad_field", path=where, source=source, field=key)
