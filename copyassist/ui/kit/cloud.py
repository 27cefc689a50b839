"""Where the words of a cloud stand: rows around the middle, the weightiest in the middle row."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 100.0
_LEAST, _MOST = 13.0, 40.0  # font sizes
_UNIT = 0.16  # of the width, for one point of a hanzi's font size
_GAP = 1.6  # between words, in hanzi of the smaller font
_LATIN = 0.6  # of a hanzi's width


@dataclass(frozen=True, slots=True)
class CloudWord:
    """A word of the cloud: the middle of its place, 0 to 100 across, rows from the top, font size."""

    text: str
    x: float
    row: int
    size: float


def lay_out(words: Sequence[tuple[str, float]]) -> list[CloudWord]:
    """Places the words, given weightiest first. Rows are filled in turn from the middle outwards."""
    if not words:
        return []
    top = words[0][1] or 1.0
    sized = [(text, _LEAST + (_MOST - _LEAST) * (weight / top) ** 0.7) for text, weight in words]
    rows: list[list[tuple[str, float]]] = []
    for text, size in sized:
        wanted = _measure(text, size)
        fits = (row for row in rows if sum(_measure(*one) for one in row) + wanted <= WIDTH)
        row = next(fits, None)
        if row is None:
            rows.append([(text, size)])
        else:
            row.insert(0 if len(row) % 2 else len(row), (text, size))
    return [one for at, row in enumerate(rows) for one in _place(row, _find_row(at, len(rows)))]


def _find_row(at: int, count: int) -> int:
    """The first row in the middle, the next below and above in turn."""
    middle = (count - 1) // 2
    step = (at + 1) // 2
    return middle + step if at % 2 else middle - step


def _place(row: Sequence[tuple[str, float]], number: int) -> list[CloudWord]:
    total = sum(_measure(*one) for one in row)
    left = (WIDTH - total) / 2
    placed = []
    for text, size in row:
        width = _measure(text, size)
        placed.append(CloudWord(text, left + width / 2, number, size))
        left += width
    return placed


def _measure(text: str, size: float) -> float:
    """The width of a word and the gap beside it."""
    hanzi = sum(_LATIN if char.isascii() else 1.0 for char in text)
    return hanzi * size * _UNIT + _GAP
