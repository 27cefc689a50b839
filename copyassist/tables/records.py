"""Lines of text as rows of cells, with quotation marks as spreadsheets write them.

Written because csv.reader trusts every mark: one that somebody typed at the beginning of a cell
and never closed swallows the rest of the file, or everything up to the next such mark.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from typing import NamedTuple

LONGEST_CELL = 131_072  # characters: longer, and a quotation mark was never closed
_MOST_STRAY = 50  # marks without an end, after which the file is one that closes none
_LOOKED_AT = 20  # lines of a cell that tell whether they are rows of their own
_FEW = 4  # lines that a cell may have and look like rows
_ARE_ROWS = 0.8  # of these lines


class TextRow(NamedTuple):
    """A row: the line at which it begins, from 1; its cells; whether a stray mark became text."""

    line: int
    cells: list[str]
    stray: bool = False


def split_rows(lines: Iterable[str], delimiter: str, width: int = 0) -> Iterator[TextRow]:
    """The rows of lines with their ends, whichever these are; blank ones are left out.

    A cell may hold line breaks between quotation marks. A mark that is never closed is text, and
    so is one whose cell would swallow whole rows of `width` cells (0: not known).
    """
    waiting: deque[str] = deque()
    source = iter(lines)
    number = strays = 0
    while (line := _next(waiting, source)) is not None:
        number += 1
        if '"' not in line:
            if line.strip():
                yield TextRow(number, _split_plain(line, delimiter))
            continue
        record = [line]
        is_open = _stays_open(line, delimiter, inside=False)
        if is_open and strays < _MOST_STRAY:
            is_open = _gather(record, waiting, source, delimiter)
        if is_open or (len(record) > 1 and _swallows(record, delimiter, width)):
            strays += 1
            waiting.extendleft(reversed(record[1:]))
            yield TextRow(number, _split_plain(line, delimiter), stray=True)
            continue
        yield TextRow(number, _split(record, delimiter))
        number += len(record) - 1


def _next(waiting: deque[str], source: Iterator[str]) -> str | None:
    return waiting.popleft() if waiting else next(source, None)


def _gather(record: list[str], waiting: deque[str], source: Iterator[str], delimiter: str) -> bool:
    """Adds lines until the cell is closed; whether it still stays open at the end or the limit."""
    length = len(record[0])
    while length <= LONGEST_CELL:
        line = _next(waiting, source)
        if line is None:
            return True
        record.append(line)
        length += len(line)
        if not _stays_open(line, delimiter, inside=True):
            return False
    return True


def _stays_open(line: str, delimiter: str, *, inside: bool) -> bool:
    """Whether a quoted cell goes on in the next line. `inside`: one was open at the beginning."""
    place = 0
    while True:
        if inside or line.startswith('"', place):
            place = _find_end(line, place if inside else place + 1)
            if place < 0:
                return True
            inside = False
        place = line.find(delimiter, place)
        if place < 0:
            return False
        place += 1


def _find_end(line: str, place: int) -> int:
    """The place after the mark that closes the cell, -1 where none does. "" is a mark in a cell."""
    while True:
        end = line.find('"', place)
        if end < 0:
            return -1
        if not line.startswith('"', end + 1):
            return end + 1
        place = end + 2


def _swallows(record: list[str], delimiter: str, width: int) -> bool:
    """Whether the lines of a cell are rows themselves: the first one, and nearly all others.

    A mark before the end of a cell or a line closes it as it should; that few lines are then rows
    by chance.
    """
    if width < 2 or record[0].count(delimiter) + 1 != width:
        return False
    last = record[-1]
    after = last[_find_end(last, 0) :].rstrip("\r\n")
    if len(record) <= _FEW and (not after or after.startswith(delimiter)):
        return False
    others = record[1 : 1 + _LOOKED_AT]
    alike = sum(line.count(delimiter) + 1 == width for line in others)
    return alike >= _ARE_ROWS * len(others)


def _split(record: list[str], delimiter: str) -> list[str]:
    """The cells of a record whose marks are closed. Not csv's: its limit is the whole process's."""
    text = "".join(record).rstrip("\r\n")
    cells: list[str] = []
    place = 0
    while True:
        start, quoted = place, ""
        if text.startswith('"', place):
            start = _find_end(text, place + 1)
            quoted = text[place + 1 : start - 1].replace('""', '"')
        end = text.find(delimiter, start)
        cells.append(quoted + (text[start:] if end < 0 else text[start:end]))
        if end < 0:
            return cells
        place = end + 1


def _split_plain(line: str, delimiter: str) -> list[str]:
    return line.rstrip("\r\n").split(delimiter)
