"""From bytes to tables of cells. What a file is, its first bytes say, never its name."""

import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from copyassist.errors import InputError
from copyassist.reading.encodings import decode_file
from copyassist.tables.cells import Cell
from copyassist.tables.records import split_rows
from copyassist.tables.table import Table, check_size

LARGEST_FILE = 200 * 1024**2  # bytes
_DELIMITERS = ("\t", ",", ";", "|")
_LOOKED_AT = 40  # lines that tell the delimiter
_SAMPLE = 100_000  # characters in which those lines lie
_SAYS_DELIMITER = re.compile(r"sep=(.?)", re.IGNORECASE)

_HTML_START = re.compile(
    rb"\s*(?:<!--.*?-->\s*)?<(?:!doctype html|html|head|meta|body|table|style)"
)
_SHEETS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")
OTHER_FILES = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")


@dataclass(frozen=True, slots=True)
class Workbook:
    """What a file holds. `encoding` is the text's, "" for a binary workbook."""

    tables: tuple[Table, ...]
    encoding: str = ""


def is_workbook(start: bytes) -> bool:
    """Whether a file that begins so is a spreadsheet, or a page of HTML that stands for one."""
    return start.startswith(_SHEETS) or bool(
        _HTML_START.match(start.removeprefix(b"\xef\xbb\xbf")[:2000].lower())
    )


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
    if data.startswith(OTHER_FILES):
        raise InputError("file_binary", name=name)
    if _HTML_START.match(data.removeprefix(b"\xef\xbb\xbf")[:2000].lower()):
        from copyassist.tables.html_tables import parse_html  # and so is the HTML library

        return Workbook(parse_html(name, data), "html")
    text, encoding = decode_file(data, name)
    return Workbook((parse_text(name, text),), encoding)


def parse_text(name: str, text: str) -> Table:
    """A table written as text: cells between marks, or objects in JSON."""
    if text.lstrip("\ufeff \t\r\n").startswith(("[", "{")):
        from copyassist.tables.json_tables import parse_json  # rare

        try:
            return parse_json(name, text)
        except InputError as error:
            # A title may begin with [ too: then no line of it is an object.
            if error.code != "file_unreadable" or text.lstrip("\ufeff \t\r\n")[:1] == "{":
                raise
    return parse_delimited(name, text)


def parse_delimited(name: str, text: str) -> Table:
    """A table of text with tabs, commas, semicolons or bars between the cells."""
    shape = find_shape(text[:_SAMPLE])
    rows: list[list[Cell]] = []
    lines: list[int] = []
    stray: list[int] = []
    cells = 0
    for row in split_rows(io.StringIO(text, newline=""), shape.delimiter, shape.width):
        cells += len(row.cells)
        check_size(name, cells, 1)
        if row.line > shape.skipped and any(row.cells):
            rows.append(list(row.cells))
            lines.append(row.line)
        if row.stray:
            stray.append(row.line)
    return Table("", rows, lines, stray=stray)


@dataclass(frozen=True, slots=True)
class TextShape:
    """How a table of text is written: what stands between cells, and how many cells a row has.

    `skipped` lines come first that only say so ("sep=;").
    """

    delimiter: str
    width: int
    skipped: int = 0


def find_shape(sample: str) -> TextShape:
    """The shape that the first lines suggest; width 1 where they are no table."""
    lines = sample.splitlines()[:_LOOKED_AT]
    said = _SAYS_DELIMITER.fullmatch(lines[0].strip()) if lines else None
    skipped = 1 if said else 0
    known = [said[1] or "\t"] if said else _DELIMITERS
    found = [_measure(lines[skipped:], mark) for mark in known]
    (_, width), delimiter = max(zip(found, known, strict=True), key=lambda one: one[0])
    return TextShape(delimiter, width, skipped)


def _measure(lines: Sequence[str], delimiter: str) -> tuple[float, int]:
    """How well a mark divides the lines, and into how many cells most of them."""
    widths = Counter(len(row.cells) for row in split_rows(lines, delimiter))
    wide = {width: rows for width, rows in widths.items() if width > 1}
    if not wide:
        return 0.0, 1
    # The rows that agree on a width count, more columns break ties.
    width, rows = max(wide.items(), key=lambda item: (item[1], item[0]))
    return rows / sum(widths.values()) + min(width, 99) / 1000, width
