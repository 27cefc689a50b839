"""xlsx and xls through calamine, which reads the values alone: broken styles do no harm."""

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetVisibleEnum,
)

from copyassist.errors import InputError
from copyassist.tables.cells import UNCOMPUTED, Cell
from copyassist.tables.table import Table, check_size

_LARGEST_UNPACKED = 1024**3  # bytes of all parts of an xlsx
_BLOCK = 1 << 20
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Za-z]{1,4})(\d{1,9})"')
# What zipfile and its unpackers raise where a package is damaged: also ValueError, for a place
# before its beginning.
_DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error),
    *(NotImplementedError, EOFError, OSError, ValueError, LookupError),
)
_OVERLAP = 2_000  # bytes kept between blocks, longer than the start of a cell and most formulas
# With t="str" the empty text is the result: =IF(B3="","",…).
_UNCOMPUTED = re.compile(
    rb'<(?:\w+:)?c\s(?![^>]*\bt="str")[^>]*?\br="([A-Za-z]{1,4})(\d{1,9})"[^>]*>\s*'
    rb"<(?:\w+:)?f\b[^>]*(?:/>|>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_SHEET_ENTRY = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_LINK = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')
Blanks = dict[int, set[tuple[int, int]]]


def parse_sheets(name: str, data: bytes) -> tuple[Table, ...]:
    """The sheets of a workbook. Raises InputError: file_password, file_unreadable, …_too_large."""
    blanks: Blanks = _check_package(name, data) if data.startswith(b"PK") else {}
    try:
        return tuple(_read_all(name, data, blanks))
    except PasswordError as error:
        raise InputError("file_password", name=name) from error
    except InputError:
        raise
    except MemoryError as error:
        raise InputError("file_too_large", name=name, limit_mb=_LARGEST_UNPACKED >> 20) from error
    except Exception as error:
        raise _unreadable(name, error) from error
    except BaseException as error:
        # calamine panics on some broken files; a panic is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise _unreadable(name, error) from error


def _unreadable(name: str, error: BaseException) -> InputError:
    reason = str(error).splitlines()[0] if str(error) else type(error).__name__
    return InputError("file_unreadable", name=name, reason=reason[:200])


def _read_all(name: str, data: bytes, blanks: Blanks) -> Iterator[Table]:
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        for index, (sheet_name, about) in enumerate(
            zip(book.sheet_names, book.sheets_metadata, strict=True)
        ):
            try:
                sheet = book.get_sheet_by_index(index)
            except CalamineError:
                continue  # a chart or macro sheet holds no cells
            check_size(name, sheet.total_height, sheet.total_width)
            if sheet.height:
                table = _read_sheet(sheet_name, sheet, blanks.get(index, frozenset()))
                yield replace(table, hidden=about.visible != SheetVisibleEnum.Visible)


def _read_sheet(name: str, sheet: CalamineSheet, blanks: Collection[tuple[int, int]]) -> Table:
    rows: list[list[Cell]] = [
        [None if cell == "" else cell for cell in row]
        for row in sheet.to_python(skip_empty_area=False)
    ]
    for row, column in blanks:
        if row <= len(rows) and column <= len(rows[row - 1]) and rows[row - 1][column - 1] is None:
            rows[row - 1][column - 1] = UNCOMPUTED
    _fill_merged(rows, sheet.merged_cell_ranges or [])
    kept = [index for index, row in enumerate(rows) if any(cell is not None for cell in row)]
    return Table(name, [rows[index] for index in kept], [index + 1 for index in kept])


def _fill_merged(rows: list[list[Cell]], ranges: Sequence[Any]) -> None:
    # A value merged over several rows (one date for three posts) belongs to each of them.
    for (top, left), (bottom, right) in ranges:
        if left != right or bottom == top or top >= len(rows) or left >= len(rows[top]):
            continue
        for row in rows[top + 1 : bottom + 1]:
            row[left] = rows[top][left]


def _check_package(name: str, data: bytes) -> Blanks:
    """The formulas without a value, by the number of the sheet. Raises InputError.

    A program that never opened the file in a spreadsheet writes formulas and leaves their values
    to the next who does.
    """
    # Before calamine unpacks: a bomb, or a cell at the far corner of an empty sheet, would take
    # all memory, which ends the process instead of raising.
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            if not any(part.filename.lower() == "xl/workbook.xml" for part in parts):
                raise InputError("file_unreadable", name=name, reason="xl/workbook.xml")
            if sum(part.file_size for part in parts) > _LARGEST_UNPACKED:
                raise InputError("file_too_large", name=name, limit_mb=_LARGEST_UNPACKED // 1024**2)
            blanks = {}
            places = _find_places(package)
            for part in parts:
                if _SHEET.fullmatch(part.filename):
                    rows, columns, found = _measure_sheet(package, part)
                    check_size(name, rows, columns)
                    blanks[places.get(part.filename.lower(), -1)] = found
            return blanks
    except _DAMAGED as error:
        raise _unreadable(name, error) from error
    except RuntimeError as error:  # zipfile's word for an encrypted part
        raise InputError("file_password", name=name) from error


def _find_places(package: zipfile.ZipFile) -> dict[str, int]:
    """The number, from 0, of the sheet that each part holds."""
    try:
        book = package.read("xl/workbook.xml")[:_BLOCK]
        links = package.read("xl/_rels/workbook.xml.rels")[:_BLOCK]
    except KeyError:
        return {}
    targets = {}
    for link in _LINK.findall(links):
        found = dict(_ATTRIBUTE.findall(link))
        targets[found.get(b"Id")] = found.get(b"Target", b"").decode("utf-8", "replace")
    places = {}
    for number, sheet in enumerate(_SHEET_ENTRY.findall(book)):
        target = targets.get(dict(_ATTRIBUTE.findall(sheet)).get(b"r:id"), "")
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        places[path.lower()] = number
    return places


def _measure_sheet(
    package: zipfile.ZipFile, part: zipfile.ZipInfo
) -> tuple[int, int, set[tuple[int, int]]]:
    """The last row and column that a cell names, and the cells of formulas without a value."""
    rows = columns = read = 0
    blanks: set[tuple[int, int]] = set()
    rest = b""
    with package.open(part) as stream:
        while block := stream.read(_BLOCK):
            read += len(block)
            if read > _LARGEST_UNPACKED:
                return _LARGEST_UNPACKED, 1, blanks
            for letters, digits in _CELL.findall(rest + block):
                rows = max(rows, int(digits))
                columns = max(columns, _find_column(letters))
            if b"<f" in block or b":f" in block:
                for letters, digits in _UNCOMPUTED.findall(rest + block):
                    blanks.add((int(digits), _find_column(letters)))
            rest = block[-_OVERLAP:]
    return rows, columns, blanks


def _find_column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
