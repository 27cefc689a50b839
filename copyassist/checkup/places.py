"""Where in a file something stands: pieces of text cut out of it, and lines and columns."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple


class Spot(NamedTuple):
    """A line and a column of a file, both from 1; a column counts code points."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A text that was taken out of a file; `offsets[i]` is where its character i stood, with one
    more entry for the end."""

    text: str = ""
    offsets: Sequence[int] = (0,)

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The range of the file that [start, end) of the text came from."""
        if start >= end:
            return self.offsets[start], self.offsets[start]
        return self.offsets[start], self.offsets[end - 1] + 1

    def is_whole(self, start: int, end: int) -> bool:
        """Whether nothing was left out inside the range, so that it can be written over."""
        low, high = self.raw_span(start, end)
        return high - low == end - start


def cut(raw: str, ranges: Sequence[tuple[int, int]]) -> Piece:
    """The text of some ranges of a file, in their order, without blank ends."""
    offsets = [at for start, end in ranges for at in range(start, end)]
    text = "".join(raw[start:end] for start, end in ranges)
    left = len(text) - len(text.lstrip())
    right = len(text.rstrip())
    if left >= right:
        return Piece()
    return Piece(text[left:right], (*offsets[left:right], offsets[right - 1] + 1))


class Lines:
    """The lines of a file."""

    def __init__(self, raw: str) -> None:
        self._raw = raw

    @cached_property
    def _starts(self) -> list[int]:
        starts, at = [0], 0
        for line in self._raw.splitlines(keepends=True):
            # Other marks that Python takes for a line's end are none to an editor.
            at += len(line)
            if line.endswith(("\n", "\r")):
                starts.append(at)
        return starts

    def find(self, at: int) -> Spot:
        """The line and column of an index of the file."""
        row = bisect_right(self._starts, at) - 1
        return Spot(row + 1, at - self._starts[row] + 1)
