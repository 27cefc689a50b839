"""Character n-grams of many titles at once, as 64-bit codes in numpy arrays.

A Han title is cut into pairs of characters. A run of letters or digits is cut into pieces of four,
since two letters of an alphabet say little: "th" stands in half of all English titles.
"""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Codes: TypeAlias = NDArray[np.int64]

# Below it lie the alphabets, digits and their signs; from it on CJK, kana and hangul.
_FIRST_WIDE = 0x2E80
_NARROW_BITS = 14  # enough for every code point below _FIRST_WIDE
_POINT_BITS = 21  # enough for every code point
_NARROW_FLAG = 1 << 60


def encode_grams(keys: Sequence[str]) -> tuple[Codes, Codes]:
    """The n-grams of `keys`: (number of the key, code of the gram), in reading order.

    A key is a title without separators and control characters. A gram that occurs twice in a
    title is there twice. Titles of one character have none.
    """
    joined = "\0".join(key.replace("\0", "\ufffd") for key in keys) + "\0\0\0\0"
    points = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.int64)
    first, second = points[:-3], points[1:-2]
    whole = (first > 0) & (second > 0)
    narrow = (points > 0) & (points < _FIRST_WIDE)
    starts = whole & ~(narrow[:-3] & narrow[1:-2])
    codes = np.where(starts, first << _POINT_BITS | second, 0)
    pieces = _find_narrow_pieces(narrow) & whole
    codes[pieces] = _encode_narrow(points, narrow, np.flatnonzero(pieces))
    kept = np.flatnonzero(starts | pieces)
    owners = np.cumsum(points == 0)[kept]
    return owners, codes[kept]


def _find_narrow_pieces(narrow: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Where a piece starts: at every place with four narrow characters, and at a run's start."""
    pair = narrow[:-3] & narrow[1:-2]
    four = pair & narrow[2:-1] & narrow[3:]
    after_wide = np.concatenate(([True], ~narrow[:-4]))
    return pair & (four | after_wide)


def _encode_narrow(points: Codes, narrow: NDArray[np.bool_], places: Codes) -> Codes:
    codes = np.full(len(places), _NARROW_FLAG, np.int64)
    inside = np.ones(len(places), np.bool_)
    for step in range(4):
        inside &= narrow[places + step]
        codes |= np.where(inside, points[places + step], 0) << (_NARROW_BITS * step)
    return codes
