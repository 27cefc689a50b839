"""From bytes to tables of cells. What a file is, its first bytes say, never its name."""

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass
from typing import Literal

from copyassist.errors import InputError
from copyassist.reading.encodings import decode_file
from copyassist.tables.cells import Cell
from copyassist.tables.table import Table, check_size

LARGEST_FILE = 200 * 1024**2  # bytes
_DELIMITERS = ("\t", ",", ";", "|")
_LOOKED_AT = 40  # lines that tell the delimiter
LONGEST_CELL = 131_072  # characters: longer, and a quotation mark was never closed
_SAMPLE = 100_000  # characters in which those lines lie
_Quoting = Literal[0, 1, 2, 3]

_HTML_START = re.compile(
    rb"\s*(?:<!--.*?-->\s*)?<(?:!doctype html|html|head|meta|body|table|style)"
)
_OTHER_FILES = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")


@dataclass(frozen=True, slots=True)
class Workbook:
    """What a file holds. `encoding` is the text's, "" for a binary workbook."""

    tables: tuple[Table, ...]
    encoding: str = ""


def parse_workbook(name: str, data: bytes) -> Workbook:
    """The tables in a file: xlsx, xls, HTML, or text in any encoding that is known.

    Raises InputError: file_empty, file_too_large, table_too_large, file_password, file_unreadable,
    file_binary.
    """
    if not data.strip(b"\x00 \t\r\n\x0b\x0c"):
        raise InputError("file_empty", name=name)
    if len(data) > LARGEST_FILE:
        raise InputError("file_too_large", name=name, limit_mb=LARGEST_FILE // 1024**2)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        from copyassist.tables.sheets import (
            parse_sheets,  # the spreadsheet library is dear
        )

        return Workbook(parse_sheets(name, data))
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        from copyassist.tables.sheet_process import read_apart  # a process of its own

        return Workbook(read_apart(name, data))
    if data.startswith(_OTHER_FILES):
        raise InputError("file_binary", name=name)
    if _HTML_START.match(data.removeprefix(b"\xef\xbb\xbf")[:2000].lower()):
        from copyassist.tables.html_tables import parse_html  # and so is the HTML library

        return Workbook(parse_html(name, data), "html")
    text, encoding = decode_file(data, name)
    return Workbook((parse_delimited(name, text),), encoding)


def parse_delimited(name: str, text: str) -> Table:
    """A table of text with tabs, commas, semicolons or bars between the cells."""
    sample = "\n".join(text[:_SAMPLE].splitlines()[:_LOOKED_AT])
    delimiter = max(_DELIMITERS, key=lambda mark: _measure_columns(sample, mark))
    try:
        return _read_rows(name, text, delimiter, csv.QUOTE_MINIMAL)
    except csv.Error:
        # A lone quotation mark swallows the rest of the file: then they are no quotes at all.
        pass
    try:
        return _read_rows(name, text, delimiter, csv.QUOTE_NONE)
    except csv.Error as error:
        raise InputError("file_unreadable", name=name, reason=str(error)) from error


def _measure_columns(sample: str, delimiter: str) -> float:
    try:
        widths = Counter(
            len(row) for row in csv.reader(io.StringIO(sample), delimiter=delimiter) if row
        )
    except csv.Error:
        return 0.0
    wide = {width: rows for width, rows in widths.items() if width > 1}
    if not wide:
        return 0.0
    # The rows that agree on a width count, more columns break ties.
    width, rows = max(wide.items(), key=lambda item: (item[1], item[0]))
    return rows / sum(widths.values()) + min(width, 99) / 1000


def _read_rows(name: str, text: str, delimiter: str, quoting: _Quoting) -> Table:
    rows: list[list[Cell]] = []
    lines: list[int] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting)
    end = cells = 0
    for row in reader:
        if quoting == csv.QUOTE_MINIMAL and max(map(len, row), default=0) > LONGEST_CELL:
            # Said here, because the csv module's own limit is one for the whole process.
            raise csv.Error("a cell without an end")
        cells += len(row)
        check_size(name, cells, 1)
        if any(row):
            rows.append(list(row))
            lines.append(end + 1)  # where the row begins: a cell may hold line breaks
        end = reader.line_num
    return Table("", rows, lines)
