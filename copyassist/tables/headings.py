"""Which row holds the headings, what export that is, and what each column means."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from copyassist.errors import InputError, UsageError
from copyassist.tables.cells import (
    Cell,
    is_missing,
    parse_duration,
    parse_text_cell,
    parse_time,
)
from copyassist.tables.forms import FORMS, GENERIC, GENERIC_DAY, ExportForm
from copyassist.tables.metrics import FIELD_ALIASES, FIELDS, METRIC_ALIASES, METRICS
from copyassist.tables.table import Table

_HEADER_ROWS = 12  # notices and titles may come first
_DETAIL_ROWS = 40  # a file about one post has its keys below one another
_SAMPLE_ROWS = 30
_UNIT = re.compile(r"\((?:次/人|次|人|秒|s|%|个|条|单位[^)]*)\)$")
_LONGEST_HEADING = 40
_ANY_PRESENT = datetime(2026, 1, 1, tzinfo=UTC)  # whether "3天前" is a time depends on none


@dataclass(frozen=True, slots=True)
class Column:
    """A column that is used: its place, its heading as written, and the field or metric it is."""

    index: int
    heading: str
    name: str


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is read. `header` is the row of headings among the table's rows.

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


def find_heading_key(cell: Cell) -> str:
    """A heading without what varies: width, case, spaces, the unit in brackets at its end."""
    text = unicodedata.normalize("NFKC", parse_text_cell(cell)[: 4 * _LONGEST_HEADING]).lower()
    return _UNIT.sub("", "".join(text.split()))


def find_layout(name: str, table: Table, mapping: Mapping[str, str] | None) -> Layout | None:
    """How to read the table; None where it holds nothing that looks like a table of posts or days.

    `mapping` {field or metric: heading} overrides what the headings suggest. Raises UsageError
    import_bad_field and InputError column_missing for a mapping that does not fit.
    """
    if mapping:
        _check_mapping(mapping)
    known = _find_known(table)
    if mapping:
        return _map(name, table, mapping, known)
    if known is not None:
        form, header = known
        return _lay_out(table, form, header)
    return _find_generic(table)


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
    table: Table, form: ExportForm, header: int, mapping: Mapping[str, str] | None = None
) -> Layout:
    headings = tuple(parse_text_cell(cell)[:200] for cell in table.rows[header])
    columns = tuple(_find_columns(form, headings, mapping or {}))
    return Layout(form, header, headings, columns)


def _find_columns(
    form: ExportForm, headings: Sequence[str], mapping: Mapping[str, str]
) -> Iterator[Column]:
    chosen = {find_heading_key(heading): name for name, heading in mapping.items()}
    keys = [find_heading_key(heading) for heading in headings]
    taken: set[str] = set()
    used: set[int] = set()
    aliases = METRIC_ALIASES if form.columns else {**FIELD_ALIASES, **METRIC_ALIASES}
    for source in (chosen, form.columns, aliases):
        for index, key in enumerate(keys):
            found = source.get(key, "")
            if found and index not in used and found not in taken:
                used.add(index)
                taken.add(found)
                yield Column(index, headings[index], found)


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
    wanted = {find_heading_key(heading) for heading in mapping.values()}
    form, header = known if known and known[0].kind == "posts" else (GENERIC, -1)
    if header < 0 or not wanted <= _keys(table.rows[header]):
        header = next(
            (row for row in range(min(_DETAIL_ROWS, len(table.rows))) if _has(table, row, wanted)),
            -1,
        )
    if header < 0:
        raise _column_missing(name, table, mapping)
    layout = _lay_out(table, form, header, mapping)
    if not any(column.name == "title" for column in layout.columns):
        return _ask(table, header)
    return layout


def _has(table: Table, row: int, wanted: set[str]) -> bool:
    return wanted <= _keys(table.rows[row])


def _column_missing(name: str, table: Table, mapping: Mapping[str, str]) -> InputError:
    header = _find_widest(table)
    headings = [parse_text_cell(cell) for cell in table.rows[header]] if table.rows else []
    keys = {find_heading_key(heading) for heading in headings}
    missing = [h for h in mapping.values() if find_heading_key(h) not in keys]
    return InputError(
        "column_missing",
        name=name,
        columns="、".join(missing or mapping.values()),
        known="、".join(heading for heading in headings if heading) or "—",
    )


def _find_generic(table: Table) -> Layout | None:
    aliases = {**FIELD_ALIASES, **METRIC_ALIASES}
    best, hits = -1, 0
    for row, cells in enumerate(table.rows[:_HEADER_ROWS]):
        found = {aliases[key] for key in _keys(cells) if key in aliases}
        score = len(found) + (10 if "title" in found else 0)
        if score > hits:
            best, hits = row, score
    if hits > 10:
        return _lay_out(table, GENERIC, best)
    if hits == 0:
        best = _find_widest(table)
    return _find_untitled(table, best)


def _find_untitled(table: Table, header: int) -> Layout | None:
    if not table.rows or _count_filled(table.rows[header]) < 2 or header + 1 >= len(table.rows):
        return None
    layout = _ask(table, header)
    times = "published_at" in (layout.guess or {})
    if times and "title" not in (layout.guess or {}):
        headings = layout.headings
        return Layout(GENERIC_DAY, header, headings, tuple(_find_columns(GENERIC, headings, {})))
    return layout


def _ask(table: Table, header: int) -> Layout:
    """A layout without a title: the user must say which column it is."""
    headings = tuple(parse_text_cell(cell)[:200] for cell in table.rows[header])
    columns = tuple(_find_columns(GENERIC, headings, {}))
    guess = {column.name: column.heading for column in columns if column.name != "title"}
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
    """The mean length of the texts in a column that are no numbers and no times."""
    texts = [
        parse_text_cell(cell)
        for cell in _cells(sample, index)
        if not _parses(parse_duration, cell) and not _parses(_parse_time, cell)
    ]
    return sum(map(len, texts)) / len(sample) if texts else 0.0


def _parse_time(cell: Cell) -> datetime | None:
    return parse_time(cell, _ANY_PRESENT)


def _parses(parse: object, cell: Cell) -> bool:
    assert callable(parse)  # noqa: S101 - one of the cell parsers, all of one shape
    try:
        return parse(cell) is not None
    except ValueError:
        return False
