"""Archives of hot lists, so that history exists on the first day.

Read are: CSV files (plain or .gz) of Weibo's hourly list with heat, Zhihu's with heat, and any
list with commit_time, rank and title; CSV files that describe topics; JSON days named
YYYY-MM-DD.json with [{title, url}]; JSON hours named HH.json in a folder of the day, or
YYYY-MM-DD_HH.json, with title, hot, category and ads.
"""

import csv
import gzip
import io
import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Any, cast

from copyassist.errors import InputError, UsageError
from copyassist.news.sources.reading import (
    MAX_DESCRIPTION,
    clean,
    number_rows,
    parse_date,
    parse_heat,
    web_address,
)
from copyassist.news.sources.registry import shipped_sources
from copyassist.reading.encodings import decode, find_encoding
from copyassist.reading.zones import CHINA
from copyassist.types.news import HotItem

SUFFIXES = (".csv", ".csv.gz", ".json")
_WEIBO_FLAGS = {1: "新", 2: "热", 4: "爆", 16: "沸"}
_ZHIHU_LABELS = {"new": "新", "hot": "热", "boiling": "沸"}
_DAY = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_HOUR = re.compile(r"^(?:\d{4}-\d{2}-\d{2}_)?(\d{2})$")
_DISPLAY_TIME = re.compile(r"display_time(?:=|%3D)(\d{10})")
_DAY_END = timedelta(hours=23, minutes=59, seconds=59)
_BLOCK = 1 << 20  # bytes
_WORDS = re.compile(r"[a-z0-9]+|[\u4e00-\u9fff]+")
Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A list at one moment. Without a moment it only describes topics: no row was seen then.

    `whole_day`: everything that was on the list on a day. Nobody looked at the end of that day, so it
    only describes.
    """

    source: str
    when: datetime
    items: tuple[HotItem, ...]
    describes: bool = False
    whole_day: bool = False


def find_archives(paths: Iterable[Path]) -> list[Path]:
    """The archive files of files and folders, folders searched whole, in the order of names.

    Raises InputError file_missing.
    """
    found: list[Path] = []
    for path in paths:
        if not path.exists():
            raise InputError("file_missing", path=str(path))
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        found += [one for one in inside if one.is_file() and one.name.lower().endswith(SUFFIXES)]
        if path.is_file() and path not in found:
            raise InputError("history_unknown_form", file=str(path), columns=path.suffix)
    return list(dict.fromkeys(found))


def load_archive(path: Path, source: str = "", own: Collection[str] = ()) -> Iterator[Snapshot]:
    """The snapshots of one archive file, in its order, a few at a time.

    `source` is the list it is of, "" to tell from the columns or the path; `own` are the ids of
    lists that are known besides the shipped ones. Raises InputError for
    a file that is damaged or of no known form, UsageError history_needs_source.
    """
    if path.name.lower().endswith(".json"):
        yield from _load_json(path, source, own)
    else:
        yield from _load_csv(path, source, own)


def find_source(path: Path, columns: Iterable[str] = (), own: Collection[str] = ()) -> str:
    """The list an archive is of, from its columns and the names in its path.

    The longest id that a name holds is meant: weibo-hot-search, where there is such a list, and
    not weibo. Raises UsageError where no name holds an id, or one holds two.
    """
    ids = {tuple(_WORDS.findall(name.lower())): name for name in (*shipped_sources(), *own)}
    platform = _find_platform(columns)
    if platform:
        named = _find_ids(path.name, ids)
        # A list of the user's own may have the columns of the platform's archive.
        return next((name for name in named if platform in _WORDS.findall(name)), platform)
    for part in reversed(path.parts[-4:]):
        named = _find_ids(part, ids)
        if len(named) == 1:
            return named[0]
        if named:
            break
    raise UsageError("history_needs_source", file=str(path))


def _find_platform(columns: Iterable[str]) -> str:
    if {"realpos", "display_time"} <= set(columns) or {"max_hot", "discuss"} <= set(columns):
        return "weibo"
    return "zhihu" if "question_id" in columns else ""


def _find_ids(name: str, ids: Mapping[tuple[str, ...], str]) -> list[str]:
    """The ids that stand in a name as whole words, the longest at each place."""
    words, found, place = tuple(_WORDS.findall(name.lower())), dict[str, None](), 0
    while place < len(words):
        ends = range(len(words), place, -1)
        end = next((end for end in ends if words[place:end] in ids), place)
        if end > place:
            found[ids[words[place:end]]] = None
        place = max(end, place + 1)
    return list(found)


# --- CSV -----------------------------------------------------------------------------------------


def _load_csv(path: Path, source: str, own: Collection[str]) -> Iterator[Snapshot]:
    with _named(path), _open_text(path) as lines:
        reader = csv.DictReader(lines, restval="")
        columns = [name.strip().lower() for name in reader.fieldnames or ()]
        reader.fieldnames = columns
        read = _choose_reader(columns)
        if read is None:
            shown = ", ".join(columns)[:200]
            raise InputError("history_unknown_form", file=str(path), columns=shown)
        yield from _group(reader, source or find_source(path, columns, own), read)


RowReader = Callable[[Cells, str], tuple[datetime | None, HotItem]]


def _choose_reader(columns: Iterable[str]) -> RowReader | None:
    known = set(columns)
    if {"title", "display_time", "realpos"} <= known:
        return _read_weibo
    if {"title", "heat_wan", "commit_time"} <= known:
        return _read_zhihu
    if {"title", "commit_time", "rank"} <= known:
        return _read_ranked
    if {"title", "date", "description"} <= known:
        return _read_described
    return None


def _group(rows: Iterable[Cells], source: str, read: RowReader) -> Iterator[Snapshot]:
    """Rows of one moment stand together; rows without a title or a moment are left out."""
    when: datetime | None = None
    items: list[HotItem] = []
    for row in rows:
        moment, item = read(row, source)
        if moment is None or not item.title:
            continue
        if moment != when and when is not None:
            yield _snapshot(source, when, items, read)
            items = []
        when = moment
        items.append(item)
    if when is not None:
        yield _snapshot(source, when, items, read)


def _snapshot(source: str, when: datetime, items: list[HotItem], read: RowReader) -> Snapshot:
    describes = read is _read_described
    return Snapshot(source=source, when=when, items=tuple(items), describes=describes)


def _read_weibo(row: Cells, source: str) -> tuple[datetime | None, HotItem]:
    rank, advert = _whole(row["realpos"]), (_whole(row.get("ads", "")) or 0) > 0
    title = clean(row["title"])
    item = HotItem(
        source=source,
        title=title,
        rank=None if advert else rank,
        heat=parse_heat(row.get("hot")) or None,
        label=_WEIBO_FLAGS.get(_whole(row.get("flag", "")) or 0, ""),
        advert=advert,
        pinned=rank is None and not advert,
        category=clean(row.get("category"), 40),
        external_id=title,
    )
    return _moment(row["display_time"]), item


def _read_zhihu(row: Cells, source: str) -> tuple[datetime | None, HotItem]:
    heat, number = parse_heat(row["heat_wan"]), _whole(row.get("question_id", ""))
    item = HotItem(
        source=source,
        title=clean(row["title"]),
        url=f"https://www.zhihu.com/question/{number}" if number else "",
        rank=_whole(row.get("rank", "")),
        heat=None if heat is None else heat * 10_000,
        label=_ZHIHU_LABELS.get(row.get("label", ""), ""),
        external_id=str(number or ""),
    )
    return _moment(row.get("capture_time", "")) or _moment(row["commit_time"]), item


def _read_ranked(row: Cells, source: str) -> tuple[datetime | None, HotItem]:
    title = clean(row["title"])
    key = clean(row.get("id"), 200) or title
    item = HotItem(source=source, title=title, rank=_whole(row["rank"]), external_id=key)
    return _moment(row["commit_time"]), item


def _read_described(row: Cells, source: str) -> tuple[datetime | None, HotItem]:
    title = clean(row["title"])
    item = HotItem(
        source=source,
        title=title,
        description=clean(row["description"], MAX_DESCRIPTION),
        category=clean(row.get("category"), 40),
        external_id=title,
    )
    return parse_date(row["date"]), item


def _whole(text: str) -> int | None:
    number = parse_heat(text)
    return int(number) if number is not None else None


def _moment(text: str) -> datetime | None:
    return parse_date(text.strip())


# --- JSON ----------------------------------------------------------------------------------------


def _load_json(path: Path, source: str, own: Collection[str]) -> Iterator[Snapshot]:
    with _named(path):
        rows = json.loads(decode(path.read_bytes()).text)
    if not isinstance(rows, list):
        raise InputError("history_unknown_form", file=str(path), columns=type(rows).__name__)
    named = source or find_source(path, own=own)
    items = [_read_json(row, named) for row in rows if isinstance(row, Mapping)]
    items = [item for item in items if item.title]
    hour = _HOUR.match(path.stem)
    when = _find_moment(path, rows, int(hour[1]) if hour else None)
    if when is None:
        raise InputError("history_without_time", file=str(path))
    # A day's file is everything that was on the list that day: its order is no rank, and no look.
    listed = number_rows(_mark_pinned(items)) if hour else items
    if listed:
        day = hour is None
        yield Snapshot(source=named, when=when, items=tuple(listed), describes=day, whole_day=day)


def _read_json(row: Mapping[str, Any], source: str) -> HotItem:
    title = clean(row.get("title"))
    return HotItem(
        source=source,
        title=title,
        url=web_address(row.get("url")),
        heat=parse_heat(row.get("hot")) or None,
        advert=row.get("ads") is True,
        description=clean(row.get("description"), MAX_DESCRIPTION),
        category=clean(row.get("category"), 40),
        external_id=title,
    )


def _mark_pinned(items: Iterable[HotItem]) -> Iterator[HotItem]:
    """In an hour's list with heat, a row without any that is no advert was put there."""
    kept = list(items)
    has_heat = any(item.heat for item in kept)
    for item in kept:
        yield replace(item, pinned=has_heat and item.heat is None and not item.advert)


def _find_moment(path: Path, rows: Iterable[Any], hour: int | None) -> datetime | None:
    """When the list was seen: what its links say, else the hour, else the end of the day."""
    for row in rows if hour is not None else ():
        said = _DISPLAY_TIME.search(str(row.get("url", ""))) if isinstance(row, Mapping) else None
        if said is not None:
            return datetime.fromtimestamp(int(said[1]), UTC)
    for part in (path.stem, *reversed(path.parts[:-1])):
        day = _DAY.search(part)
        if day is not None:
            return _at(day, timedelta(hours=hour) if hour is not None else _DAY_END)
    return None


def _at(day: re.Match[str], offset: timedelta) -> datetime | None:
    try:
        start = datetime(int(day[1]), int(day[2]), int(day[3]), tzinfo=CHINA)
    except ValueError:
        return None
    return (start + offset).astimezone(UTC)


# --- files ---------------------------------------------------------------------------------------


def _open_text(path: Path) -> IO[str]:
    encoding = find_encoding(lambda: _read_blocks(path)).encoding
    return io.TextIOWrapper(_open_binary(path), encoding, errors="replace", newline="")


def _open_binary(path: Path) -> IO[bytes]:
    is_packed = path.name.lower().endswith(".gz")
    return cast(IO[bytes], gzip.open(path, "rb")) if is_packed else path.open("rb")


def _read_blocks(path: Path) -> Iterator[bytes]:
    with _open_binary(path) as file:
        while block := file.read(_BLOCK):
            yield block


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Turns what a damaged file raises into an InputError that names it."""
    try:
        yield
    except (OSError, EOFError, ValueError, csv.Error, RecursionError) as error:
        raise InputError("file_unreadable", name=str(path), reason=str(error)[:200]) from error
