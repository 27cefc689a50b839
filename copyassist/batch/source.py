"""What a file of titles is: its format, encoding, columns and fingerprint.

What it holds says which format it is; its name only tells lines of titles from a table of one
column. Tables are understood as the importer understands them: lines above the headings, the row
of headings, the columns by their names. One pass over the bytes gives the fingerprint that a
resumed run is checked against, and says which encoding the whole file has, not only its first page.
"""

import hashlib
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any, Literal, get_args

from copyassist.batch.columns import find_column, name_columns
from copyassist.errors import InputError
from copyassist.posts.importing.read import find_best, find_shape_key
from copyassist.reading.encodings import find_encoding
from copyassist.tables.files import (
    LARGEST_FILE,
    OTHER_FILES,
    find_shape,
    is_workbook,
    parse_text,
    parse_workbook,
)
from copyassist.tables.headings import Layout, find_layout, guess_fields
from copyassist.tables.records import split_rows
from copyassist.tables.table import Table

Format = Literal["txt", "csv", "tsv", "xlsx", "jsonl", "parquet"]
FORMATS: tuple[Format, ...] = get_args(Format)
Kind = Literal["lines", "delimited", "records", "sheet", "parquet"]
TEXT_COLUMN = "title"  # the only column of a text file

_BLOCK = 1 << 20
_HEAD = 200_000  # characters that tell what a text is
_HEAD_ROWS = 60
_MOST_COLUMNS = 2_000
_TELLING = 2  # headings that make a table of what is called a text
_SUFFIXES = {
    **{"txt": "txt", "text": "txt", "md": "txt", "csv": "csv", "tsv": "tsv", "tab": "tsv"},
    **{"xlsx": "xlsx", "xlsm": "xlsx", "xls": "xlsx", "ods": "xlsx", "html": "xlsx", "htm": "xlsx"},
    **{"jsonl": "jsonl", "ndjson": "jsonl", "json": "jsonl", "parquet": "parquet", "pq": "parquet"},
}
ENDINGS = tuple(_SUFFIXES)
"""The endings of names that files of titles usually have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleFile:
    """An inspected file. `rows` is None where only reading to the end would tell.

    `format` is the one in which its like is written, `kind` how it is read. `guess` are the places
    of the columns that look like title, platform and body. `first_line` is the line, from 1, of the
    first row; `place` is that of the sheet among all, from 0; `shape` knows a table with the same headings again. `damaged` says that some bytes do
    not belong to the encoding; those rows are read with replacement characters and reported.
    """

    path: Path
    format: Format
    size: int
    sha256: str
    columns: tuple[str, ...]
    kind: Kind = "delimited"
    encoding: str = "utf-8"
    delimiter: str = ","
    width: int = 0
    first_line: int = 2
    sheet: str = ""
    place: int = 0
    sheets: tuple[str, ...] = ()
    shape: str = ""
    guess: Mapping[str, int] = field(default_factory=dict)
    damaged: bool = False
    rows: int | None = None


def find_format(path: Path) -> Format | None:
    """The format that a file's name says, None for an unknown one."""
    return next(
        (known for known in FORMATS if known == _SUFFIXES.get(path.suffix[1:].lower())), None
    )


def inspect_source(
    path: Path, sheet: str = "", mapping: Mapping[str, str] | None = None
) -> TitleFile:
    """Look through a file.

    `sheet` names one of a workbook or gives its number from 1; `mapping` {field: heading} was given
    for a table of these headings before. Raises InputError where it cannot be read or holds no
    titles.
    """
    try:
        scan = _scan(path)
        found = _inspect(path, scan, sheet)
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError("file_not_readable", name=str(path), reason=reason) from error
    return replace(found, guess={**found.guess, **_find_mapped(found.columns, mapping or {})})


def _find_mapped(columns: Sequence[str], mapping: Mapping[str, str]) -> dict[str, int]:
    places = {name: find_column(columns, heading) for name, heading in mapping.items()}
    return {name: columns.index(found) for name, found in places.items() if found is not None}


# --- bytes -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Scan:
    size: int
    sha256: str
    start: bytes


def _read_blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            yield block


def _scan(path: Path) -> _Scan:
    digest, size, start = hashlib.sha256(), 0, b""
    for block in _read_blocks(path):
        digest.update(block)
        size += len(block)
        start = start or block[:2048]
    if size == 0:
        raise InputError("batch_empty", name=path.name)
    return _Scan(size, digest.hexdigest(), start)


# --- formats -----------------------------------------------------------------------------------


def _inspect(path: Path, scan: _Scan, sheet: str) -> TitleFile:
    if scan.start.startswith(b"PAR1"):
        return _inspect_parquet(path, scan)
    if is_workbook(scan.start):
        return _inspect_sheet(path, scan, sheet)
    if scan.start.startswith(OTHER_FILES):
        raise InputError("batch_format_unknown", name=path.name, known=" ".join(ENDINGS))
    found = find_encoding(lambda: _read_blocks(path))
    with path.open(encoding=found.encoding, errors="replace", newline="") as lines:
        head = lines.read(_HEAD)
    text = _Text(path, scan, found.encoding, found.damaged, head.lstrip("\ufeff"))
    if not text.head.strip():
        raise InputError("batch_empty", name=path.name)
    if text.head.lstrip().startswith(("{", "[")) and find_format(path) != "txt":
        return _inspect_json(text)
    if not _is_list(text):
        return _inspect_delimited(text)
    if find_format(path) in ("xlsx", "parquet"):
        raise InputError("batch_unreadable", name=path.name, reason="text")
    return _inspect_lines(text)


@dataclass(frozen=True, slots=True)
class _Text:
    path: Path
    scan: _Scan
    encoding: str = ""
    damaged: bool = False
    head: str = ""

    def make(self, form: Format, kind: Kind, columns: tuple[str, ...], **more: Any) -> TitleFile:
        return TitleFile(
            path=self.path,
            format=form,
            kind=kind,
            size=self.scan.size,
            sha256=self.scan.sha256,
            columns=columns,
            encoding=self.encoding,
            damaged=self.damaged,
            **more,
        )

    def table(self) -> tuple[Table, str, int]:
        """The first rows, what stands between cells, and how many of these a row has."""
        shape = find_shape(self.head)
        cut = len(self.head) == _HEAD
        rows = split_rows(io.StringIO(self.head, newline=""), shape.delimiter, shape.width)
        some = [row for row in islice(rows, _HEAD_ROWS + 1) if row.line > shape.skipped]
        some = some[:-1] if cut and len(some) <= _HEAD_ROWS else some[:_HEAD_ROWS]
        table = Table("", [row.cells for row in some], [row.line for row in some])
        return table, shape.delimiter, shape.width


def _is_list(text: _Text) -> bool:
    """Whether a text is one title a line: called so, and no table with headings for all that."""
    form = find_format(text.path)
    if form in ("csv", "tsv"):
        return False
    table, _, width = text.table()
    layout = find_layout(text.path.name, table, None) if width > 1 else None
    if layout is None or layout.needs_mapping or layout.header < 0 or not layout.find("title"):
        return True
    return form == "txt" and len({column.name for column in layout.columns}) < _TELLING


def _inspect_lines(text: _Text) -> TitleFile:
    return text.make("txt", "lines", (TEXT_COLUMN,), first_line=1, guess={"title": 0})


def _inspect_delimited(text: _Text) -> TitleFile:
    table, delimiter, width = text.table()
    if not table.rows:
        raise InputError("batch_empty", name=text.path.name)
    layout = find_layout(text.path.name, table, None)
    about = _describe(table, layout)
    form: Format = "tsv" if delimiter == "\t" else "csv"
    if width < _TELLING:
        form, delimiter = ("tsv", "\t") if find_format(text.path) == "tsv" else ("csv", ",")
    return text.make(form, "delimited", delimiter=delimiter, width=width, **about)


def _describe(table: Table, layout: Layout | None) -> dict[str, Any]:
    """What the rows of headings say: the columns, and where the first row lies."""
    header = 0 if layout is None else layout.header
    keys = table.lines[0] == 0  # of objects in JSON: headings, whatever they are called
    if not keys and (header < 0 or _is_one_column_of_titles(table)):
        width = max(map(len, table.rows))
        columns = tuple(f"column_{number}" for number in range(1, width + 1))
        guess = {"title": 0} if width == 1 else {}
        return {"columns": columns, "first_line": table.lines[0], "guess": guess}
    columns = name_columns(table.rows[header])
    lines = [*table.lines[header + 1 :], table.lines[header] + 1]
    fields = guess_fields([str(cell or "") for cell in table.rows[header]])
    guess = {name: place for name, place in fields.items() if name in ("title", "platform", "body")}
    guess |= {name: place for name, place in fields.items() if name == "published_at"}
    if len(columns) == 1:
        guess["title"] = 0
    shape = find_shape_key(layout) if layout is not None else ""
    return {"columns": columns, "first_line": lines[0], "guess": guess, "shape": shape}


def _is_one_column_of_titles(table: Table) -> bool:
    """A single column whose first cell is no heading but a title already."""
    return max(map(len, table.rows)) == 1 and not guess_fields([str(table.rows[0][0] or "")])


def _inspect_json(text: _Text) -> TitleFile:
    lines = text.head.splitlines()
    if parse_record(lines[0]) is not None and any(map(str.strip, lines[1:])):
        return _inspect_records(text)
    table = _load_document(text)
    if table is not None:
        return _make_sheet(text, [table], "jsonl")
    if any(parse_record(line) is not None for line in lines):
        return _inspect_records(text)  # lines of objects, of which the first one is damaged
    # A table or a list whose first title begins with [快讯].
    return _inspect_lines(text) if _is_list(text) else _inspect_delimited(text)


def _load_document(text: _Text) -> Table | None:
    """The list of objects that the whole text is, None where it is none."""
    if text.scan.size > LARGEST_FILE:
        raise InputError("file_too_large", name=text.path.name, limit_mb=LARGEST_FILE // 1024**2)
    try:
        json.loads(text.path.read_text(text.encoding, "replace").lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return None
    table = load_json(text.path, text.encoding)
    return table if len(table.rows) > 1 else None


def _inspect_records(text: _Text) -> TitleFile:
    keys: dict[str, None] = {}
    rows = 0
    with text.path.open(encoding=text.encoding, errors="replace") as lines:
        for line in lines:
            rows += 1
            record = parse_record(line)
            if record is not None:
                keys.update(dict.fromkeys(record))
            if len(keys) > _MOST_COLUMNS:
                raise InputError("batch_too_many_columns", name=text.path.name, limit=_MOST_COLUMNS)
    if not keys:
        raise InputError("batch_empty", name=text.path.name)
    columns = tuple(keys)
    return text.make("jsonl", "records", columns, rows=rows, guess=guess_fields(columns))


def load_json(path: Path, encoding: str) -> Table:
    """The list of objects in a document. Raises InputError."""
    if path.stat().st_size > LARGEST_FILE:
        raise InputError("file_too_large", name=path.name, limit_mb=LARGEST_FILE // 1024**2)
    return parse_text(path.name, path.read_text(encoding, "replace"))


def parse_record(line: str) -> dict[str, Any] | None:
    """The object in one line of JSON, None where there is none."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) else None


def _inspect_sheet(path: Path, scan: _Scan, sheet: str) -> TitleFile:
    return _make_sheet(_Text(path, scan), load_sheets(path), "xlsx", sheet)


def load_sheets(path: Path) -> list[Table]:
    """The sheets of a workbook or the tables of a page, held in memory as a whole."""
    if path.stat().st_size > LARGEST_FILE:
        raise InputError("file_too_large", name=path.name, limit_mb=LARGEST_FILE // 1024**2)
    return list(parse_workbook(path.name, path.read_bytes()).tables)


def _make_sheet(text: _Text, tables: Sequence[Table], form: Format, sheet: str = "") -> TitleFile:
    name = text.path.name
    table = find_sheet(text.path, tables, sheet)
    if not table.rows:
        raise InputError("batch_empty", name=name)
    about = _describe(table, find_layout(name, table, None))
    return text.make(
        form,
        "sheet",
        sheet=table.name,
        place=next(place for place, one in enumerate(tables) if one is table),
        sheets=tuple(one.name for one in tables if not one.hidden),
        rows=sum(line >= about["first_line"] for line in table.lines),
        **about,
    )


def find_sheet(path: Path, tables: Sequence[Table], wanted: str) -> Table:
    """The sheet of a name or of a number from 1, else the one that is best understood.

    Raises InputError batch_no_sheet, batch_empty.
    """
    if not tables:
        raise InputError("batch_empty", name=path.name)
    if not wanted:
        try:
            return find_best(path.name, tables)
        except InputError:  # no sheet looks like a table: the first that is shown
            return next((table for table in tables if not table.hidden), tables[0])
    shown = [table for table in tables if not table.hidden]
    named = next((table for table in tables if table.name == wanted), None)
    if named is None and wanted.isdecimal() and 0 < int(wanted[:9]) <= len(shown):
        named = shown[int(wanted) - 1]
    if named is None:
        names = "、".join(table.name for table in shown)
        raise InputError("batch_no_sheet", name=path.name, sheet=wanted, known=names)
    return named


def _inspect_parquet(path: Path, scan: _Scan) -> TitleFile:
    import pyarrow  # only for parquet
    from pyarrow import parquet

    try:
        with parquet.ParquetFile(path) as file:
            columns, rows = tuple(file.schema_arrow.names), file.metadata.num_rows
    except pyarrow.ArrowException as error:
        raise InputError("batch_unreadable", name=path.name, reason=str(error)) from error
    return TitleFile(
        path=path,
        format="parquet",
        kind="parquet",
        size=scan.size,
        sha256=scan.sha256,
        columns=columns,
        rows=rows,
        first_line=1,
        guess=guess_fields(columns),
    )
