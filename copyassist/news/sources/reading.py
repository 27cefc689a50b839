"""Reads untrusted JSON and text without trusting its shape.

A list whose frame differs from what is expected raises SourceFormatError with what was expected
and what was found. Single rows that cannot be read are left out, unless they are most of the list.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from copyassist.errors import SourceFormatError
from copyassist.news.sources.heat import find_heat
from copyassist.news.sources.markup import drop_markup, unescape
from copyassist.reading.encodings import EncodingError, decode, find_declared
from copyassist.reading.moments import parse_moment
from copyassist.reading.numbers import LARGEST
from copyassist.types.news import HotItem

MAX_ROWS = 500
MAX_TITLE = 300
MAX_DESCRIPTION = 2000
MAX_URL = 2000
_EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)
_AHEAD = timedelta(days=366)  # entries dated for the future exist; centuries ahead are misreadings
_INVISIBLE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]+"
)
_SPACES = re.compile(r"\s+")
_PLACE = re.compile(r"[0-9]{1,9}")  # in a list; "²" is a digit to Python and no number
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def format_error(source: str, expected: str, found: object) -> SourceFormatError:
    """The error of a changed shape; `found` is described, never quoted at length."""
    return SourceFormatError(
        "source_format", source=source, expected=expected, found=describe(found)
    )


def describe(value: object) -> str:
    """A short technical description of an unexpected value: object(a, b), list(3), 'text…'."""
    match value:
        case None:
            return "null"
        case bool() | int() | float():
            return repr(value)[:40]
        case Mapping():
            names = [str(name)[:30] for name in list(value)[:6]]
            return f"object({', '.join(names)})"
        case list() | tuple():
            return f"list({len(value)})"
        case bytes():
            return describe(value[:400].decode("utf-8", "replace"))
        case str():
            return repr(clean(value, 60))
    return type(value).__name__


def load_json(body: bytes, source: str) -> Any:
    """The JSON value of `body`.

    Raises SourceFormatError for anything else, bombs of depth and of digits included.
    """
    text = decode_body(body, source)
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise format_error(source, "JSON", text) from error


def load_json_after(body: bytes, marker: str, source: str) -> Any:
    """The JSON value that follows `marker` inside a page or script; text after it is ignored."""
    text = decode_body(body, source)
    start = text.find(marker)
    if start < 0:
        raise format_error(source, marker, text)
    rest = text[start + len(marker) :].lstrip()
    try:
        return json.JSONDecoder().raw_decode(rest)[0]
    except (ValueError, RecursionError) as error:
        raise format_error(source, f"{marker} JSON", rest) from error


def decode_body(body: bytes, source: str, content_type: str = "") -> str:
    """The text of an answer, stray bytes as U+FFFD. Raises SourceFormatError for what is none."""
    try:
        return decode(body, find_declared(body, content_type)).text
    except EncodingError as error:
        raise format_error(source, "UTF-8 | GB18030 | Big5", body) from error


def parse_date(value: object, now: datetime | None = None) -> datetime | None:
    """The aware UTC time of a feed's date, None where it is unknown or cannot be.

    A date without a time is its first minute in China. Years before 1995 or more than one ahead of
    `now` are misreadings, so unknown. See `parse_moment` for the rest.
    """
    found = parse_moment(value, now=now)
    latest = (now or datetime.now(UTC)) + _AHEAD
    return found.when if found is not None and _EARLIEST <= found.when <= latest else None


def parse_heat(value: object) -> float | None:
    """How hot something is, in single units, None where no number says so.

    Reads 1136119, "7808391", "1234万", "2千万", "123.4w", "4606 万热度", "剧集 123", "2000+",
    "阿团 · 98.7万观看"; "热度累计中", "第24集" and "3小时前" are None. Negative, infinite and boolean
    values are None.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value) if 0 <= value <= LARGEST else None
    return find_heat(value) if isinstance(value, str) else None


def find_path(data: object, path: str) -> Any:
    """The value at a dotted path such as data.cards.0.content, None where there is none."""
    for part in path.split(".") if path else ():
        if isinstance(data, Mapping):
            data = data.get(part)
        elif isinstance(data, list) and _PLACE.fullmatch(part) and int(part) < len(data):
            data = data[int(part)]
        else:
            return None
    return data


def need_rows(data: object, path: str, source: str) -> list[Any]:
    """The list at `path`, at most MAX_ROWS of it. Raises SourceFormatError where it is missing."""
    rows = find_path(data, path)
    if not isinstance(rows, list):
        raise format_error(source, f"{path or '.'}: list", data if rows is None else rows)
    return rows[:MAX_ROWS]


def read_rows(
    rows: Sequence[Any], read_row: Callable[[Mapping[str, Any]], HotItem | None], source: str
) -> list[HotItem]:
    """The items of the rows that can be read.

    Raises SourceFormatError where less than half of them can: then the shape has changed.
    """
    items = [read_row(row) if isinstance(row, Mapping) else None for row in rows]
    good = [item for item in items if item is not None and item.title]
    if 2 * len(good) < len(rows):
        broken = next(
            row for row, item in zip(rows, items, strict=True) if not (item and item.title)
        )
        raise format_error(source, "a title in most rows", broken)
    return good


def number_rows(items: Iterable[HotItem]) -> list[HotItem]:
    """The items with ranks 1, 2, 3 … on the ordinary rows, none on pinned ones and adverts."""
    numbered: list[HotItem] = []
    rank = 0
    for item in items:
        rank += item.ordinary
        numbered.append(replace(item, rank=rank if item.ordinary else None))
    return numbered


def clean(value: object, limit: int = MAX_TITLE) -> str:
    """One line of plain text: no markup, no control characters; "" for what is not text."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value) if abs(value) < 10**30 else ""
    if not isinstance(value, str):
        return ""
    text = unescape(drop_markup(value[: 5 * limit]))
    text = clean_surrogates(_INVISIBLE.sub(" ", text))
    return _SPACES.sub(" ", text).strip()[:limit]


def clean_surrogates(text: str) -> str:
    """The text with half characters, which nothing can encode, as U+FFFD."""
    return _SURROGATE.sub("\ufffd", text)


def web_address(value: object) -> str:
    """An http(s) address, "" for anything else: a list may carry javascript: and worse."""
    if not isinstance(value, str):
        return ""
    address = value.strip()
    address = f"https:{address}" if address.startswith("//") else address
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    ok = parts.scheme in ("http", "https") and parts.netloc and len(address) <= MAX_URL
    return address if ok and not re.search(r"[\s\x00-\x1f<>\"]", address) else ""
