"""xlsx and xls through calamine, which reads the values alone: broken styles do no harm."""

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from copyassist.errors import InputError
from copyassist.tables.cells import Cell
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
_OVERLAP = 300  # bytes kept between blocks, longer than the start of a cell


def parse_sheets(name: str, data: bytes) -> tuple[Table, ...]:
    """The sheets of a workbook. Raises InputError: file_password, file_unreadable, …_too_large."""
    if data.startswith(b"PK"):
        _check_package(name, data)
    try:
        return tuple(_read_all(name, data))
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


def _read_all(name: str, data: bytes) -> Iterator[Table]:
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        for index, sheet_name in enumerate(book.sheet_names):
            try:
                sheet = book.get_sheet_by_index(index)
            except CalamineError:
                continue  # a chart or macro sheet holds no cells
            check_size(name, sheet.total_height, sheet.total_width)
            if sheet.height:
                yield _read_sheet(sheet_name, sheet)


def _read_sheet(name: str, sheet: CalamineSheet) -> Table:
    rows: list[list[Cell]] = [
        [None if cell == "" else cell for cell in row]
        for row in sheet.to_python(skip_empty_area=False)
    ]
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


def _check_package(name: str, data: bytes) -> None:
    # Before calamine unpacks: a bomb, or a cell at the far corner of an empty sheet, would take
    # all memory, which ends the process instead of raising.
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            if not any(part.filename.lower() == "xl/workbook.xml" for part in parts):
                raise InputError("file_unreadable", name=name, reason="xl/workbook.xml")
            if sum(part.file_size for part in parts) > _LARGEST_UNPACKED:
                raise InputError("file_too_large", name=name, limit_mb=_LARGEST_UNPACKED // 1024**2)
            for part in parts:
                if _SHEET.fullmatch(part.filename):
                    check_size(name, *_measure_sheet(package, part))
    except _DAMAGED as error:
        raise _unreadable(name, error) from error
    except RuntimeError as error:  # zipfile's word for an encrypted part
        raise InputError("file_password", name=name) from error


def _measure_sheet(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> tuple[int, int]:
    rows = columns = read = 0
    rest = b""
    with package.open(part) as stream:
        while block := stream.read(_BLOCK):
            read += len(block)
            if read > _LARGEST_UNPACKED:
                return _LARGEST_UNPACKED, 1
            for letters, digits in _CELL.findall(rest + block):
                rows = max(rows, int(digits))
                columns = max(columns, _find_column(letters))
            rest = block[-_OVERLAP:]
    return rows, columns


def _find_column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
