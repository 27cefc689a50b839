"""How likely a word ends between two hanzi: a linear model over the characters around the gap.

Each n-gram around a gap (the pair across it, the pairs and triples beside it, the single characters)
has a place in one hashed table of bytes; their sum is the log odds of a boundary. It is what tells
赶｜地铁 from 黑神｜话 in a single short title, with words that no dictionary has.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BITS = 16
STEP = 0.35  # one step of a stored byte, in log odds
SURE = 4.0  # log odds beside anything that is no hanzi
_MASK = np.uint64(0xFFFFFFFFFFFF)
_FIRST, _SECOND, _LAST = np.uint64(0x9E3779B1), np.uint64(0x85EBCA77), np.uint64(0xC2B2AE35)
_SHIFT, _FOLD = np.uint64(20), np.uint64(17)
_HAN = 0x4E00

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Boundaries:
    """The table of 2 ** BITS bytes and the bias."""

    table: NDArray[np.int8]
    bias: float

    def measure(self, codes: NDArray[np.uint32]) -> Floats:
        """The log odds of a boundary before each character, and after the last."""
        padded = pad(codes)
        han = padded >= _HAN
        between = np.flatnonzero(han[1:-2] & han[2:-1])  # the gaps between two hanzi
        odds = np.full(len(codes) + 1, SURE, np.float32)
        found = np.zeros(len(between), np.float32)
        for column in hash_grams(padded, between + 1):
            found += self.table[column]
        odds[between] = found * STEP + self.bias
        return odds


def pad(codes: NDArray[np.uint32]) -> NDArray[np.uint64]:
    """Code points with two line breaks before and after."""
    padded = np.full(len(codes) + 4, 10, np.uint64)
    padded[2:-2] = codes
    return padded


def hash_grams(codes: NDArray[np.uint64], gaps: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """For the gap after each of these places of `codes`: one place in the table for each n-gram."""
    before, left, right, after = (codes[gaps + step] for step in (-1, 0, 1, 2))
    grams = (
        (left, right), (before, left), (right, after), (before, left, right), (left, right, after),
        (left,), (right,),
    )  # fmt: skip
    return [_hash(seed, gram) for seed, gram in enumerate(grams, 1)]


def _hash(seed: int, gram: tuple[NDArray[np.uint64], ...]) -> NDArray[np.int64]:
    value = np.full(len(gram[0]), seed, np.uint64)
    for codes in gram:
        value = (value * _FIRST + codes * _SECOND) & _MASK
        value ^= value >> _FOLD
    value = (value * _LAST) & _MASK
    return ((value >> _SHIFT) & np.uint64((1 << BITS) - 1)).astype(np.int64)
