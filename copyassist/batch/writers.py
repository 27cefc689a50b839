"""Writes finished blocks as shards, and joins the shards to the output.

A shard of a text format is a piece of the final file, so that joining is copying. Spreadsheets are
written at the end, from shards of JSON lines.
"""

import csv
import io
import json
import re
import shutil
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any

from copyassist.batch.plan import BatchPlan
from copyassist.batch.readers import Block
from copyassist.batch.results import COLUMNS, Result
from copyassist.cells import RISKY, disarm, show_cell

SHEET_ROWS = 1_048_576
SHEET_CHARS = 32_767
_USUAL, _WIDE = 12, 44  # widths of columns, in characters of the usual font
_WIDTHS = {
    "findings": _WIDE,
    "nearest_title": _WIDE,
    "reasons": _WIDE,
    "keywords": 24,
    "no_score": 24,
}
SHEET_EXACT = 10**15  # a sheet rounds whole numbers of more digits
_BOM = b"\xef\xbb\xbf"
_SURROGATE = re.compile("[\ud800-\udfff]")
# XML cannot hold these; xlsxwriter writes others of them as _x0001_.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class Writer(ABC):
    """Turns the blocks of one plan into shards, and the shards into one file."""

    suffix = "part"

    def __init__(self, plan: BatchPlan) -> None:
        self.plan = plan

    @abstractmethod
    def write_shard(self, path: Path, block: Block, results: Sequence[Result]) -> None:
        """Write one block with its results."""

    @abstractmethod
    def join(self, shards: Sequence[Path], out: Path) -> None:
        """Write the output from all shards, in their order."""


def make_writer(plan: BatchPlan) -> Writer:
    """The writer of the plan's format."""
    kinds: dict[str, type[Writer]] = {
        "csv": _TableWriter,
        "tsv": _TableWriter,
        "jsonl": _JsonWriter,
        "parquet": _ParquetWriter,
        "xlsx": _SheetWriter,
    }
    return kinds[plan.form](plan)


def _guard(value: object) -> object:
    """A cell as the csv module is to write it."""
    text = value if isinstance(value, str) else show_cell(value)
    return disarm(text)


def encode(text: str) -> bytes:
    """UTF-8; lone surrogates, which nothing can encode, become U+FFFD."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text).encode()


class _TableWriter(Writer):
    """CSV with a byte order mark, so that Excel reads it as UTF-8, and TSV."""

    suffix = "csv"

    def write_shard(self, path: Path, block: Block, results: Sequence[Result]) -> None:
        # Nearly all cells are texts without a risky sign or empty: no call for these.
        rows = (
            [
                cell
                if cell is None or (cell.__class__ is str and cell[:1] not in RISKY)
                else _guard(cell)
                for cell in (*row.cells, *result)
            ]
            for row, result in zip(block.rows, results, strict=True)
        )
        path.write_bytes(self._to_bytes(rows))

    def join(self, shards: Sequence[Path], out: Path) -> None:
        header = [disarm(name) for name in self.plan.columns]
        with out.open("wb") as joined:
            joined.write(_BOM + self._to_bytes([header]))
            _copy(shards, joined)

    def _to_bytes(self, rows: Any) -> bytes:
        text = io.StringIO(newline="")
        delimiter = "\t" if self.plan.form == "tsv" else ","
        csv.writer(text, delimiter=delimiter).writerows(rows)
        return encode(text.getvalue())


class _JsonWriter(Writer):
    """JSON lines. An object that came from JSON keeps its own text; results are added at its end."""

    suffix = "jsonl"

    def write_shard(self, path: Path, block: Block, results: Sequence[Result]) -> None:
        lines = []
        for row, result in zip(block.rows, results, strict=True):
            added = dict(zip(self.plan.results, result, strict=True))
            if row.raw and row.readable:
                start = row.raw[:-1].rstrip()
                comma = "" if start == "{" else ", "
                lines.append(f"{start}{comma}{_dump(added)[1:]}\n")
            elif row.raw:
                lines.append(f"{_dump({'unreadable': row.raw, **added})}\n")
            else:
                cells = dict(zip(self.plan.source.columns, row.cells, strict=True))
                lines.append(f"{_dump({**cells, **added})}\n")
        path.write_bytes(encode("".join(lines)))

    def join(self, shards: Sequence[Path], out: Path) -> None:
        with out.open("wb") as joined:
            _copy(shards, joined)


def _dump(value: object) -> str:
    try:
        return json.dumps(value, ensure_ascii=False, default=str, allow_nan=False)
    except ValueError:  # NaN and infinity, which JSON does not know
        known = json.loads(json.dumps(value, default=str), parse_constant=lambda _: None)
        return json.dumps(known, ensure_ascii=False)


def _copy(shards: Sequence[Path], joined: IO[bytes]) -> None:
    for shard in shards:
        with shard.open("rb") as part:
            shutil.copyfileobj(part, joined, 1 << 20)


class _ParquetWriter(Writer):
    """Parquet: columns that came from parquet keep their types, all other originals are text."""

    suffix = "parquet"

    def write_shard(self, path: Path, block: Block, results: Sequence[Result]) -> None:
        import pyarrow as pa  # only for parquet
        from pyarrow import parquet

        if block.origin is not None:
            arrays = list(block.origin.columns)
        else:
            places = range(len(self.plan.source.columns))
            arrays = [
                pa.array([_to_text(row.cells[place]) for row in block.rows], pa.string())
                for place in places
            ]
        for place, column in enumerate(COLUMNS):
            values = [result[place] for result in results]
            if column.kind is str:
                arrays.append(pa.array([_to_text(value) for value in values], pa.string()))
            else:
                arrays.append(pa.array(values, pa.float64()))
        parquet.write_table(pa.Table.from_arrays(arrays, names=list(self.plan.columns)), path)

    def join(self, shards: Sequence[Path], out: Path) -> None:
        from pyarrow import parquet  # only for parquet

        schema = parquet.read_schema(shards[0])
        with parquet.ParquetWriter(out, schema) as joined:
            for shard in shards:
                joined.write_table(parquet.read_table(shard, schema=schema))


def _to_text(value: object) -> str | None:
    return None if value is None else _SURROGATE.sub("\ufffd", show_cell(value))


class _SheetWriter(Writer):
    """xlsx: texts are written as strings, never as formulas or links; one sheet a million rows."""

    suffix = "jsonl"

    def write_shard(self, path: Path, block: Block, results: Sequence[Result]) -> None:
        rows = zip(block.rows, results, strict=True)
        lines = [f"{_dump([*row.cells, *result])}\n" for row, result in rows]
        path.write_bytes(encode("".join(lines)))

    def join(self, shards: Sequence[Path], out: Path) -> None:
        import xlsxwriter  # only for spreadsheets

        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "nan_inf_to_errors": True,
        }
        with xlsxwriter.Workbook(str(out), options) as book:
            sheet, number = None, SHEET_ROWS
            for cells in _read_cells(shards):
                if number >= SHEET_ROWS:
                    sheet, number = self._begin(book), 1
                _write_row(sheet, number, cells)
                number += 1
            if sheet is None:
                self._begin(book)
            elif number > 1:
                sheet.autofilter(0, 0, number - 1, len(self.plan.columns) - 1)

    def _begin(self, book: Any) -> Any:
        """A sheet whose headings stay in sight, with columns as wide as what they hold."""
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        own = len(self.plan.source.columns)
        for place in range(own):
            sheet.set_column(place, place, _WIDE if place == self.plan.title else _USUAL)
        for place, column in enumerate(COLUMNS, start=own):
            sheet.set_column(place, place, _WIDTHS.get(column.name, _USUAL))
        _write_row(sheet, 0, self.plan.columns)
        return sheet


def _read_cells(shards: Sequence[Path]) -> Iterator[list[Any]]:
    for shard in shards:
        with shard.open(encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)


def _write_row(sheet: Any, number: int, cells: Sequence[Any]) -> None:
    for place, cell in enumerate(cells):
        number_kept = not isinstance(cell, int) or abs(cell) < SHEET_EXACT
        if isinstance(cell, int | float) and not isinstance(cell, bool) and number_kept:
            sheet.write_number(number, place, cell)
        elif cell not in ("", None):
            text = _UNWRITABLE.sub("\ufffd", show_cell(cell))
            sheet.write_string(number, place, text[:SHEET_CHARS])
