"""Words by number: the hash of any stretch of a text at once, and tables that are looked up by it.

The hash of a stretch is the polynomial of its characters, taken from running sums, so that every
window of a text is hashed without making it a string.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
Ints = NDArray[np.int64]

_BASE = 0x9E3779B97F4A7C15
_INVERSE = pow(_BASE, -1, 1 << 64)


def encode(text: str) -> NDArray[np.uint32]:
    """The code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


class Hasher:
    """Running sums over a text; `of` gives the hash of each stretch [start, end)."""

    def __init__(self, codes: NDArray[np.uint32]) -> None:
        powers = _powers(_BASE, len(codes))[: len(codes)]
        sums = np.zeros(len(codes) + 1, np.uint64)
        np.cumsum((codes.astype(np.uint64) + np.uint64(1)) * powers, out=sums[1:])
        self._sums = sums
        self._back = _powers(_INVERSE, len(codes) + 1)

    def of(self, starts: Ints, ends: Ints) -> Hashes:
        return (self._sums[ends] - self._sums[starts]) * self._back[starts]


def _powers(base: int, count: int) -> Hashes:
    """At least `count` powers of a number, from 1 on."""
    return _make_powers(base, 1 << max(count, 1).bit_length())


@lru_cache(maxsize=32)
def _make_powers(base: int, count: int) -> Hashes:
    found = np.full(count, base, np.uint64)
    found[0] = 1
    return np.cumprod(found, dtype=np.uint64)


def hash_words(words: Sequence[str]) -> Hashes:
    """The hash of each word."""
    if not words:
        return np.zeros(0, np.uint64)
    lengths = np.array([len(word) for word in words])
    ends = np.cumsum(lengths)
    return Hasher(encode("".join(words))).of(ends - lengths, ends)


@dataclass(frozen=True, slots=True)
class HashTable:
    """Rows of numbers by word. Row 0 is that of every word that is not in it."""

    keys: Hashes
    rows: Ints
    values: NDArray[np.float32]

    @classmethod
    def build(
        cls, words: Sequence[str], values: NDArray[np.float32], rest: object = 0
    ) -> "HashTable":
        """A table of these words, `rest` for all others."""
        keys = hash_words(words)
        order = np.argsort(keys, kind="stable")
        first = np.full((1, *values.shape[1:]), rest, np.float32)
        return cls(keys[order], order + 1, np.concatenate([first, values.astype(np.float32)]))

    @classmethod
    def of(cls, table: Mapping[str, float], rest: float = 0) -> "HashTable":
        """A table of one number a word."""
        return cls.build(list(table), np.array(list(table.values()), np.float32), rest)

    def look_up(self, hashes: Hashes) -> NDArray[np.float32]:
        """The row of each hash."""
        if not len(self.keys):
            return self.values[np.zeros(len(hashes), np.int64)]
        places = np.minimum(np.searchsorted(self.keys, hashes), len(self.keys) - 1)
        found = self.keys[places] == hashes
        return self.values[np.where(found, self.rows[places], 0)]
