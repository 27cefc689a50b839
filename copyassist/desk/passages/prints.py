"""Fingerprints of a text by winnowing, to find which of many texts share a passage with it.

Schleimer, Wilkerson, Aiken: Winnowing: Local Algorithms for Document Fingerprinting (SIGMOD 2003):
of the hashes of every GRAM letters the least of each WINDOW is kept, so that whatever two texts share
of GRAM + WINDOW - 1 letters or more leaves at least one fingerprint in both.
"""

import numpy as np
from numpy.typing import NDArray

from copyassist.desk.passages.letters import Letters

GRAM = 5
WINDOW = 8
_BASE = np.uint64(0x9E3779B97F4A7C15)


def hash_grams(points: NDArray[np.uint32], size: int) -> NDArray[np.uint64]:
    """The hashes of all runs of `size` letters, in order."""
    if len(points) < size:
        return np.zeros(0, np.uint64)
    wide = points.astype(np.uint64)
    hashed = np.zeros(len(points) - size + 1, np.uint64)
    for step in range(size):
        hashed = (hashed ^ wide[step : len(wide) - size + 1 + step]) * _BASE
        hashed ^= hashed >> np.uint64(29)
    return hashed


def find_prints(letters: Letters) -> NDArray[np.uint32]:
    """The distinct fingerprints of a text, sorted; none for a text of fewer than GRAM letters."""
    hashed = (hash_grams(letters.points, GRAM) >> np.uint64(32)).astype(np.uint32)
    if len(hashed) > WINDOW:
        windows = np.lib.stride_tricks.sliding_window_view(hashed, WINDOW)
        hashed = windows.min(axis=1)
    return np.unique(hashed)
