"""Names of columns: found as users write them, and made different from each other."""

import re
from collections.abc import Sequence


def find_column(columns: Sequence[str], wanted: str) -> str | None:
    """The column of a name, in any case and spacing, or of a number from 1."""
    folded = {_fold(column): column for column in reversed(columns)}
    if _fold(wanted) in folded:
        return folded[_fold(wanted)]
    number = int(wanted) if wanted.isdecimal() and len(wanted) < 9 else 0
    return columns[number - 1] if 1 <= number <= len(columns) else None


def _fold(name: str) -> str:
    return re.sub(r"[\s_*：:]+", "", name).casefold()


def name_columns(header: Sequence[object]) -> tuple[str, ...]:
    """Column names that differ: an empty one gets its number, a repeated one a suffix."""
    names: list[str] = []
    for number, cell in enumerate(header, start=1):
        text = "" if cell is None else str(cell).strip().lstrip("\ufeff")
        names.append(free_name(text or f"column_{number}", names))
    return tuple(names)


def free_name(wanted: str, taken: Sequence[str]) -> str:
    """`wanted`, or the first of `wanted_2`, `wanted_3` … that is not taken, whatever the case."""
    folded = {name.casefold() for name in taken}
    name, number = wanted, 1
    while name.casefold() in folded:
        number += 1
        name = f"{wanted}_{number}"
    return name
