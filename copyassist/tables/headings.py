"""Which row holds the headings, what export that is, and what each column means."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from copyassist.errors import InputError, UsageError
from copyassist.tables.aliases import FIELD_PATTERNS, find_metric, is_thing
from copyassist.tables.cells import (
    Cell,
    is_missing,
    parse_duration,
    parse_number,
    parse_text_cell,
    parse_time,
)
from copyassist.tables.forms import FORMS, GENERIC, GENERIC_DAY, ExportForm
from copyassist.tables.metrics import FIELDS, METRICS
from copyassist.tables.table import Table

_HEADER_ROWS = 12  # notices and titles may come first
_DETAIL_ROWS = 40  # a file about one post has its keys below one another
_SAMPLE_ROWS = 30
_SCALES = {"十": 10.0, "百": 100.0, "千": 1e3, "k": 1e3, "万": 1e4, "w": 1e4, "亿": 1e8}
_COUNTED = "次/人|人次|次|人|个|条|篇|元|赞|播放|阅读"
_UNIT = re.compile(
    rf"[(\[【](?:单位[:：]?)?(?P<scale>[十百千万亿wk]?)(?:{_COUNTED}|秒|s|%|百分比)?[)\]】]$"
)
_REMARK = re.compile(
    r"[(\[【](?:必填|选填|可选|可空|请填写?[^)]*|注[^)]*|手动|自动|7天|七天|30天)[)\]】]$"
)
_SAID_UNIT = re.compile(rf"单位[:：]?(?P<scale>[十百千万亿wk])(?:{_COUNTED})?")
_LONGEST_HEADING = 40
_ANY_PRESENT = datetime(2026, 1, 1, tzinfo=UTC)  # whether "3天前" is a time depends on none
_KNOWS_POSTS = 10  # more than a row of metrics' names alone can score


@dataclass(frozen=True, slots=True)
class Column:
    """A column that is used: its place, its heading as written, and the field or metric it is.

    `scale` is what its bare numbers are multiples of: 10,000 under 阅读量（万）.
    """

    index: int
    heading: str
    name: str
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is read. `header` is the row of headings among the table's rows, -1 for none.

    `needs_mapping`: no column could be taken for the title; `guess` then says which may be what.
    """

    form: ExportForm
    header: int
    headings: tuple[str, ...]
    columns: tuple[Column, ...]
    needs_mapping: bool = False
    guess: Mapping[str, str] | None = None

    @property
    def unused(self) -> tuple[str, ...]:
        """The headings that nothing is read from."""
        used = {column.index for column in self.columns}
        return tuple(h for index, h in enumerate(self.headings) if h and index not in used)

    def find(self, name: str) -> Column | None:
        """The column of a field or metric."""
        return next((column for column in self.columns if column.name == name), None)


def find_heading_key(cell: Cell) -> str:
    """A heading without what varies: width, case, spaces, the unit in brackets at its end."""
    text = unicodedata.normalize("NFKC", parse_text_cell(cell)[: 4 * _LONGEST_HEADING]).lower()
    return _UNIT.sub("", _REMARK.sub("", "".join(text.split()).strip("*:")))


def find_scale(heading: str) -> float | None:
    """What the bare numbers below a heading are multiples of: 10,000 for 阅读量（万）, 1 for （次）.

    None where the heading names no unit.
    """
    text = _REMARK.sub("", "".join(unicodedata.normalize("NFKC", heading).lower().split()))
    found = _UNIT.search(text)
    return _SCALES.get(found["scale"], 1.0) if found else None


def find_layout(name: str, table: Table, mapping: Mapping[str, str] | None) -> Layout | None:
    """How to read the table; None where it holds nothing that looks like a table of posts or days.

    `mapping` {field or metric: heading, or number of the column from 1} overrides what the headings
    suggest. Raises UsageError import_bad_field and InputError column_missing for a mapping that
    does not fit.
    """
    if mapping:
        _check_mapping(mapping)
    if not table.rows:
        return None
    known = _find_known(table)
    if mapping:
        return _map(name, table, mapping, known)
    if known is not None:
        form, header = known
        return _lay_out(table, form, header)
    return _find_generic(table)


def guess_fields(headings: Sequence[str]) -> dict[str, int]:
    """The places of the columns that by their headings are fields: title, platform, body …"""
    return {c.name: c.index for c in _find_columns(GENERIC, headings, {}, 1) if c.name in FIELDS}


def _find_known(table: Table) -> tuple[ExportForm, int] | None:
    keys = [_keys(row) for row in table.rows[:_HEADER_ROWS]]
    for form in FORMS:
        if form.kind == "detail":
            below = (_keys(row) for row in table.rows[:_DETAIL_ROWS])
            if form.matches(frozenset().union(*below)):
                return form, 0
            continue
        for header, headings in enumerate(keys):
            if form.matches(headings):
                return form, header
    return None


def _keys(row: Sequence[Cell]) -> frozenset[str]:
    return frozenset(find_heading_key(cell) for cell in row) - {""}


def _lay_out(
    table: Table, form: ExportForm, header: int, mapping: Mapping[int, str] | None = None
) -> Layout:
    headings = _name_headings(table, header)
    columns = tuple(_find_columns(form, headings, mapping or {}, _find_said_scale(table, header)))
    return Layout(form, header, headings, columns)


def _name_headings(table: Table, header: int) -> tuple[str, ...]:
    if header >= 0:
        return tuple(parse_text_cell(cell)[:200] for cell in table.rows[header])
    width = max((len(row) for row in table.rows[:_SAMPLE_ROWS]), default=0)
    return tuple(str(number) for number in range(1, width + 1))


def _find_said_scale(table: Table, header: int) -> float:
    """The unit that a notice above the headings gives for the whole table: 单位：万."""
    notices = "".join(
        parse_text_cell(cell)[:500] for row in table.rows[: max(header, 0)] for cell in row
    )
    found = _SAID_UNIT.search(unicodedata.normalize("NFKC", notices).lower().replace(" ", ""))
    return _SCALES[found["scale"]] if found else 1.0


def _find_columns(
    form: ExportForm, headings: Sequence[str], mapping: Mapping[int, str], said: float
) -> Iterator[Column]:
    keys = [find_heading_key(heading) for heading in headings]
    names: dict[int, str] = dict(mapping)
    taken = set(names.values())
    for finder in (_find_in_form(form, keys), _find_alike(form, keys)):
        for index, found in finder:
            if index not in names and (found not in taken or _may_repeat(form, found)):
                names[index] = found
                taken.add(found)
    for index, found in sorted(names.items()):
        counts = METRICS.get(found) == "count"
        own = find_scale(headings[index])
        yield Column(index, headings[index], found, (said if own is None else own) if counts else 1)


def _may_repeat(form: ExportForm, name: str) -> bool:
    """A table of articles and videos may have 阅读量 for the ones and 播放量 for the others."""
    return name == "views" and not form.columns


def _find_in_form(form: ExportForm, keys: Sequence[str]) -> Iterator[tuple[int, str]]:
    begin = keys.index(form.block) if form.block in keys else 0
    return (
        (index, form.columns[key])
        for index, key in enumerate(keys)
        if key in form.columns and index >= begin
    )


def _find_alike(form: ExportForm, keys: Sequence[str]) -> Iterator[tuple[int, str]]:
    if not form.columns or form.weak:
        used: set[int] = set()
        for name, patterns in FIELD_PATTERNS.items():
            place = _find_surest(patterns, keys, used)
            if place >= 0:
                used.add(place)
                yield place, name
    metrics = [(*found, index) for index, key in enumerate(keys) if (found := find_metric(key))]
    for name, _, index in sorted(metrics, key=lambda one: (one[1], one[2])):
        yield index, name


def _find_surest(patterns: Sequence[re.Pattern[str]], keys: Sequence[str], used: set[int]) -> int:
    for pattern in patterns:
        for index, key in enumerate(keys):
            if index not in used and pattern.fullmatch(key):
                return index
    return -1


# --- what the user says ---------------------------------------------------------------------------


def _check_mapping(mapping: Mapping[str, str]) -> None:
    for name in mapping:
        if name not in FIELDS and name not in METRICS:
            raise UsageError("import_bad_field", name=name, known=" ".join((*FIELDS, *METRICS)))


def _map(
    name: str,
    table: Table,
    mapping: Mapping[str, str],
    known: tuple[ExportForm, int] | None,
) -> Layout:
    form, header = known if known and known[0].kind == "posts" else (GENERIC, _find_header(table))
    columns = _place(table, header, mapping)
    if columns is None:
        rows = range(min(_DETAIL_ROWS, len(table.rows)))
        header = next((row for row in rows if _place(table, row, mapping) is not None), -2)
        columns = _place(table, header, mapping) if header >= 0 else None
    if columns is None:
        raise _column_missing(name, table, mapping)
    layout = _lay_out(table, form, header, columns)
    return layout if layout.find("title") else _ask(table, header)


def _place(table: Table, header: int, mapping: Mapping[str, str]) -> dict[int, str] | None:
    """Which column is to be what; None where one of them is not there."""
    headings = _name_headings(table, header)
    keys = [find_heading_key(heading) for heading in headings]
    columns: dict[int, str] = {}
    for name, said in mapping.items():
        key = find_heading_key(said)
        if key in keys:
            columns[keys.index(key)] = name
        elif said.strip().isdecimal() and 0 < int(said) <= len(headings):
            columns[int(said) - 1] = name
        else:
            return None
    return columns


def _column_missing(name: str, table: Table, mapping: Mapping[str, str]) -> InputError:
    headings = _name_headings(table, _find_widest(table)) if table.rows else ()
    keys = {find_heading_key(heading) for heading in headings}
    missing = [h for h in mapping.values() if find_heading_key(h) not in keys]
    return InputError(
        "column_missing",
        name=name,
        columns="、".join(missing or mapping.values()),
        known="、".join(heading for heading in headings if heading) or "—",
    )


# --- tables of no known form ----------------------------------------------------------------------


def _find_generic(table: Table) -> Layout | None:
    header = _find_header(table)
    if header >= 0:
        layout = _lay_out(table, GENERIC, header)
        if layout.find("title") and _score(layout) > _KNOWS_POSTS:
            return layout
    return _find_untitled(table, header)


def _find_header(table: Table) -> int:
    """The row whose cells name most; -1 where the first row holds data already."""
    scores = [
        _score(_lay_out(table, GENERIC, row)) for row in range(min(_HEADER_ROWS, len(table.rows)))
    ]
    best = max(scores, default=0)
    header = scores.index(best) if best else _find_widest(table)
    # A title that sounds like a heading is none where a day or a figure stands beside it.
    return -1 if best <= _KNOWS_POSTS + 1 and _is_data(table, header) else header


def _score(layout: Layout) -> int:
    """How much a row says as headings; 视频 or 图文 alone may be the cell of a kind."""
    found = {column.name for column in layout.columns}
    title = layout.find("title")
    if title is not None and len(found) == 1 and is_thing(find_heading_key(title.heading)):
        return 0
    return len(found) + (10 if "title" in found else 0)


def _is_data(table: Table, row: int) -> bool:
    """Whether a row that may be headings holds what the rows below hold: times, figures, addresses."""
    if row >= len(table.rows):
        return False
    below = table.rows[row + 1 : row + 1 + _SAMPLE_ROWS]
    for index, cell in enumerate(table.rows[row]):
        text = parse_text_cell(cell)
        if text.lower().startswith(("http://", "https://")):
            return True
        kinds = {find_heading_key(cell) for cell in _cells(below, index)}
        if find_metric(find_heading_key(text)) is None and any(map(is_thing, kinds)):
            return not guess_fields([text]) or is_thing(find_heading_key(text))
        if is_missing(text) or not (_parses(_parse_time, cell) or _parses(parse_number, cell)):
            continue
        others = _cells(below, index)
        if not others or any(_parses(_parse_time, o) or _parses(parse_number, o) for o in others):
            return True
    return False


def _find_untitled(table: Table, header: int) -> Layout | None:
    if not table.rows or header + 1 >= len(table.rows):
        return None
    if _count_filled(table.rows[max(header, 0)]) < 2:
        return None
    layout = _ask(table, header)
    times = "published_at" in (layout.guess or {})
    if header >= 0 and times and "title" not in (layout.guess or {}):
        columns = tuple(_find_columns(GENERIC, layout.headings, {}, 1.0))
        return Layout(GENERIC_DAY, header, layout.headings, columns)
    return layout


def _ask(table: Table, header: int) -> Layout:
    """A layout without a title: the user must say which column it is."""
    headings = _name_headings(table, header)
    columns = tuple(
        column for column in _find_columns(GENERIC, headings, {}, 1) if column.name != "title"
    )
    guess = {column.name: column.heading for column in columns}
    sample = table.rows[header + 1 : header + 1 + _SAMPLE_ROWS]
    taken = {column.index for column in columns}
    if "published_at" not in guess:
        times = [i for i in range(len(headings)) if i not in taken and _are_times(sample, i)]
        guess |= {"published_at": headings[times[0]]} if times and headings[times[0]] else {}
    texts = {
        index: _measure_text(sample, index)
        for index in range(len(headings))
        if headings[index] and headings[index] not in guess.values()
    }
    longest = max(texts, key=lambda index: texts[index], default=-1)
    if longest >= 0 and texts[longest] > 0:
        guess["title"] = headings[longest]
    return Layout(GENERIC, header, headings, columns, needs_mapping=True, guess=guess)


def _find_widest(table: Table) -> int:
    widths = [_count_filled(row) for row in table.rows[:_HEADER_ROWS]]
    return widths.index(max(widths)) if widths else 0


def _count_filled(row: Sequence[Cell]) -> int:
    return sum(1 for cell in row if parse_text_cell(cell))


def _cells(sample: Sequence[Sequence[Cell]], index: int) -> list[Cell]:
    return [
        row[index] for row in sample if index < len(row) and not is_missing(str(row[index] or ""))
    ]


def _are_times(sample: Sequence[Sequence[Cell]], index: int) -> bool:
    cells = _cells(sample, index)
    return bool(cells) and all(_parses(_parse_time, cell) for cell in cells)


def _measure_text(sample: Sequence[Sequence[Cell]], index: int) -> float:
    """The mean length of the texts in a column that are no numbers, no times and no addresses."""
    texts = [
        parse_text_cell(cell)
        for cell in _cells(sample, index)
        if not _parses(parse_duration, cell) and not _parses(_parse_time, cell)
    ]
    texts = [text for text in texts if "://" not in text]
    return sum(map(len, texts)) / len(sample) if texts else 0.0


def _parse_time(cell: Cell) -> datetime | None:
    return parse_time(cell, _ANY_PRESENT)


def _parses(parse: object, cell: Cell) -> bool:
    assert callable(parse)  # noqa: S101 - one of the cell parsers, all of one shape
    try:
        return parse(cell) is not None
    except ValueError:
        return False
