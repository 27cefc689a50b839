"""Reads a file of titles block by block, so that a file larger than memory can be read.

Every block but the last holds the same rows whenever the same file is read: a resumed run skips
whole blocks. A row that cannot be read comes with the code of what is wrong with it.
"""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import IO, Any

from copyassist.batch.source import TitleFile, load_json, load_sheets, parse_record
from copyassist.errors import InputError
from copyassist.tables.cells import UNCOMPUTED
from copyassist.tables.records import split_rows
from copyassist.tables.totals import is_no_item

BLOCK_ROWS = 4_096
FIRST_ROWS = 256  # of the first block; each is twice as long, so that a short file resumes too
_BLOCK_CHARS = 8_000_000  # rows with long cells come in smaller blocks
_READ_AHEAD = 0.99
_BROKEN = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class TitleRow:
    """One row: its line or row number from 1, its cells in the source's order.

    `problem` is "" or the code of a sentence (batch.row.<problem>). `readable` says whether there
    is a title to judge all the same. `raw` is the line itself, for JSON lines.
    """

    line: int
    cells: Sequence[Any]
    problem: str = ""
    readable: bool = True
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """Consecutive rows, with the share 0..1 of the file that has been read once they are done.

    `origin` is the pyarrow batch that the rows came from, None for other formats.
    """

    rows: Sequence[TitleRow]
    read: float
    origin: Any = None


def read_blocks(source: TitleFile, title: int | None = None) -> Iterator[Block]:
    """All rows of a file; `title` is the place of the titles, else the guessed one. Raises OSError or InputError where reading fails on the way."""
    if title is not None:
        source = replace(source, guess={**source.guess, "title": title})
    if source.kind == "parquet":
        yield from _read_parquet(source)
    elif source.kind == "sheet":
        yield from _cut(source, _read_sheet(source), None)
    else:
        with source.path.open("rb") as binary:
            yield from _cut(source, _read_text(source, binary), binary)


def _cut(source: TitleFile, rows: Iterator[TitleRow], binary: IO[bytes] | None) -> Iterator[Block]:
    done = 0
    block: list[TitleRow] = []
    chars = 0
    size = min(FIRST_ROWS, BLOCK_ROWS)
    for row in rows:
        block.append(row)
        chars += sum(len(cell) for cell in row.cells if isinstance(cell, str))
        if len(block) >= size or chars >= _BLOCK_CHARS:
            done += len(block)
            yield Block(block, _measure_read(source, done, binary))
            block, chars, size = [], 0, min(2 * size, BLOCK_ROWS)
    if block:
        yield Block(block, 1.0)


def _measure_read(source: TitleFile, done: int, binary: IO[bytes] | None) -> float:
    """Never quite 1: what has been read ahead is not done."""
    share = binary.tell() / source.size if binary else done / max(source.rows or 1, 1)
    return min(share, _READ_AHEAD)


def _read_text(source: TitleFile, binary: IO[bytes]) -> Iterator[TitleRow]:
    errors = "surrogateescape" if source.encoding.startswith("utf-8") else "replace"
    newline = "" if source.kind == "delimited" else None
    lines = io.TextIOWrapper(binary, source.encoding, errors=errors, newline=newline)
    try:
        read = {"lines": _read_lines, "records": _read_records}.get(source.kind, _read_table)
        for row in read(source, lines):
            yield _mend(row) if source.damaged else row
    finally:
        lines.detach()


def _mend(row: TitleRow) -> TitleRow:
    """Bytes of another encoding become U+FFFD, and the row says so."""
    cells = [_BROKEN.sub("\ufffd", c) if isinstance(c, str) else c for c in row.cells]
    if cells == list(row.cells) and not any("\ufffd" in c for c in cells if isinstance(c, str)):
        return row
    return replace(
        row, cells=cells, raw=_BROKEN.sub("\ufffd", row.raw), problem=row.problem or "bad_bytes"
    )


def _read_lines(_: TitleFile, lines: IO[str]) -> Iterator[TitleRow]:
    for number, line in enumerate(lines, start=1):
        text = line.rstrip("\r\n")
        if text.strip():
            yield TitleRow(number, (text,))


def _read_table(source: TitleFile, lines: IO[str]) -> Iterator[TitleRow]:
    width = len(source.columns)
    for line, cells, stray in split_rows(lines, source.delimiter, source.width):
        if line < source.first_line:
            continue
        if len(cells) > width:
            yield TitleRow(line, _fold_in(cells, width), "too_many_cells", readable=False)
        else:
            full = cells + [""] * (width - len(cells))
            yield _check(source, TitleRow(line, full, "stray_quote" if stray else ""))


def _check(source: TitleFile, row: TitleRow) -> TitleRow:
    """A row that is a total or the headings once more is no title; nor is a formula without value."""
    title = source.guess.get("title", 0)
    cell = row.cells[title] if title < len(row.cells) else ""
    if UNCOMPUTED in row.cells:
        known = [None if one == UNCOMPUTED else one for one in row.cells]
        if cell == UNCOMPUTED:
            return replace(row, cells=known, problem="formula", readable=False)
        row = replace(row, cells=known)
    day = source.guess.get("published_at")
    if is_no_item(row.cells, title, day, source.columns[title]):
        return replace(row, problem="total", readable=False)
    return row


def _fold_in(cells: list[str], width: int) -> list[str]:
    """Surplus cells are kept in the last column, as a spreadsheet user would look for them."""
    return [*cells[: width - 1], " | ".join(cells[width - 1 :])]


def _read_records(source: TitleFile, lines: IO[str]) -> Iterator[TitleRow]:
    for number, line in enumerate(lines, start=1):
        text = line.strip()
        if not text:
            continue
        record = parse_record(text)
        if record is None:
            cells = [None] * len(source.columns)
            yield TitleRow(number, cells, "bad_json", readable=False, raw=text)
        else:
            yield TitleRow(number, [record.get(name) for name in source.columns], raw=text)


def _read_sheet(source: TitleFile) -> Iterator[TitleRow]:
    width = len(source.columns)
    if source.encoding:
        table = load_json(source.path, source.encoding)
    else:
        table = load_sheets(source.path)[source.place]
    for line, cells in zip(table.lines, table.rows, strict=True):
        if line >= source.first_line:
            full = [*cells[:width], *[None] * (width - len(cells))]
            yield _check(source, TitleRow(line, full))


def _read_parquet(source: TitleFile) -> Iterator[Block]:
    import pyarrow  # only for parquet
    from pyarrow import parquet

    try:
        yield from _read_batches(source, parquet)
    except (pyarrow.ArrowException, OSError) as error:
        name = source.path.name
        raise InputError("batch_unreadable", name=name, reason=str(error)[:200]) from error


def _read_batches(source: TitleFile, parquet: Any) -> Iterator[Block]:
    done = 0
    with parquet.ParquetFile(source.path) as file:
        for batch in _cut_batches(file.iter_batches(BLOCK_ROWS)):
            columns = [column.to_pylist() for column in batch.columns]
            cells = zip(*columns, strict=True) if columns else iter(())
            rows = [TitleRow(done + number, row) for number, row in enumerate(cells, start=1)]
            done += len(rows)
            yield Block(rows, done / max(source.rows or 1, 1), batch)


def _cut_batches(batches: Iterator[Any]) -> Iterator[Any]:
    """The first batch in pieces, as the first blocks of other formats are."""
    for batch in batches:
        start, size = 0, min(FIRST_ROWS, BLOCK_ROWS)
        while start < batch.num_rows:
            yield batch.slice(start, size)
            start, size = start + size, min(2 * size, BLOCK_ROWS)
        break
    yield from batches
