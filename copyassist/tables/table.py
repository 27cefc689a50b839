"""One table of cells, and how large it may be."""

from collections.abc import Sequence
from dataclasses import dataclass

from copyassist.errors import InputError
from copyassist.tables.cells import Cell

LARGEST_TABLE = 5_000_000  # cells, empty ones counted: about 1 GB as Python objects


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet. `lines[i]` is the number, from 1, that a spreadsheet or editor shows for row i.

    `hidden` says that the spreadsheet program does not show it; `stray` are lines in which a
    quotation mark without an end was taken as text.
    """

    name: str
    rows: Sequence[Sequence[Cell]]
    lines: Sequence[int]
    hidden: bool = False
    stray: Sequence[int] = ()


def check_size(name: str, rows: int, columns: int) -> None:
    """Raises InputError table_too_large before a table of that size is built."""
    if rows * columns > LARGEST_TABLE:
        raise InputError("table_too_large", name=name, limit=LARGEST_TABLE)
