"""Lists of objects in JSON, as spiders and interfaces give them, as tables."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from copyassist.errors import InputError
from copyassist.tables.cells import Cell
from copyassist.tables.table import Table, check_size

_DEEPEST = 6  # levels above the list, and inside a record
_LONGEST_LIST = 2_000  # characters of a list that becomes one cell


def parse_json(name: str, text: str) -> Table:
    """The longest list of objects in a document, or the objects of its lines.

    What is inside an object is a column of its own: {"stats": {"likes": 3}} has stats.likes.
    Raises InputError file_unreadable, table_too_large.
    """
    records, lines = _load(name, text)
    headings: dict[str, None] = {}
    flat = [dict(_flatten(record)) for record in records]
    for record in flat:
        headings.update(dict.fromkeys(record))
    check_size(name, len(flat) + 1, len(headings))
    rows: list[list[Cell]] = [list(headings)]
    rows += [[record.get(heading) for heading in headings] for record in flat]
    return Table("", rows, [0, *lines])


def _load(name: str, text: str) -> tuple[list[Mapping[str, Any]], list[int]]:
    text = text.lstrip("\ufeff")
    try:
        records = _find_records(json.loads(text), _DEEPEST)
    except RecursionError as error:
        raise InputError("file_unreadable", name=name, reason="JSON") from error
    except ValueError as error:
        return _load_lines(name, text, error)
    return records, list(range(1, len(records) + 1))


def _load_lines(
    name: str, text: str, error: ValueError
) -> tuple[list[Mapping[str, Any]], list[int]]:
    records: list[Mapping[str, Any]] = []
    lines: list[int] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            if not records:
                raise InputError("file_unreadable", name=name, reason=str(error)[:200]) from error
            record = {"": line}  # told as a row that is no post
        if isinstance(record, Mapping):
            records.append(record)
            lines.append(number)
    return records, lines


def _find_records(found: Any, depth: int) -> list[Mapping[str, Any]]:
    if isinstance(found, list):
        records = [one for one in found if isinstance(one, Mapping)]
        if records or depth == 0:
            return records
        return max((_find_records(one, depth - 1) for one in found), key=len, default=[])
    if isinstance(found, Mapping) and depth:
        lists = [_find_records(one, depth - 1) for one in found.values()]
        lists = [one for one in lists if one]
        if lists and not any(_is_plain(value) for value in found.values() if value is not None):
            return max(lists, key=len)
        longest = max(lists, key=len, default=[])
        return longest if len(longest) > 1 else [found]
    return []


def _is_plain(value: object) -> bool:
    return not isinstance(value, list | Mapping)


def _flatten(
    record: Mapping[str, Any], prefix: str = "", depth: int = 0
) -> Iterator[tuple[str, Cell]]:
    for name, value in record.items():
        heading = f"{prefix}{name}"
        if isinstance(value, Mapping) and depth < _DEEPEST:
            yield from _flatten(value, f"{heading}.", depth + 1)
        else:
            yield heading, _as_cell(value)


def _as_cell(value: Any) -> Cell:
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Sequence) and all(isinstance(one, str) for one in value):
        return "、".join(value)[:_LONGEST_LIST]
    return json.dumps(value, ensure_ascii=False)[:_LONGEST_LIST]
