"""Fits the boundary model: which n-grams of characters stand around the end of a word."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from copyassist.keywords.boundaries import BITS, STEP, hash_grams, pad
from copyassist.keywords.hashing import encode
from copyassist.keywords.pieces import Pieces, cut_pieces

MOST_TEXTS = 160_000
_HAN = 0x4E00
_DEAD = 0.35  # log odds that are not worth a byte
_WIDEST = 4


def fit_boundaries(texts: Iterable[str], names: Mapping[str, int]) -> dict[str, Any]:
    """The table and its bias, as arrays of a model file, from normalised titles."""
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import SGDClassifier

    grams: list[NDArray[np.int32]] = []
    ends: list[NDArray[np.bool_]] = []
    for text in texts:
        found, right = _read_gaps(text, names)
        grams.append(found)
        ends.append(right)
    columns, wanted = np.concatenate(grams), np.concatenate(ends)
    width = columns.shape[1]
    rows = csr_matrix(
        (
            np.ones(columns.size, np.float32),
            columns.ravel(),
            np.arange(0, columns.size + 1, width),
        ),
        shape=(len(columns), 1 << BITS),
    )
    model = SGDClassifier(
        loss="log_loss", alpha=3e-7, max_iter=6, tol=None, average=True, random_state=0
    )
    model.fit(rows, wanted)
    weights = np.where(np.abs(model.coef_[0]) < _DEAD, 0, model.coef_[0])
    table = np.clip(np.round(weights / STEP), -12, 12).astype(np.int8)
    return {"boundaries": table, "boundary_bias": np.float32(model.intercept_[0])}


def _read_gaps(text: str, names: Mapping[str, int]) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
    """The n-grams of each gap between hanzi of a text, and whether a word ends there."""
    codes = pad(encode(text))
    ends = np.zeros(len(text) + 1, bool)
    ends[_find_ends(text, names)] = True
    places = np.arange(1, len(text) + 2)
    between = (codes[places] >= _HAN) & (codes[places + 1] >= _HAN)
    gaps = places[between]
    if not len(gaps):
        return np.zeros((0, 7), np.int32), np.zeros(0, bool)
    return np.stack(hash_grams(codes, gaps), 1).astype(np.int32), ends[gaps - 1]


def _find_ends(text: str, names: Mapping[str, int]) -> list[int]:
    """Where words of the dictionary end, runs of them that are a name taken as one word."""
    pieces = Pieces()
    cut_pieces(text, pieces)
    found, first, total = [], 0, len(pieces.kinds)
    while first < total:
        last = min(first + _WIDEST, total) - 1
        while last > first and text[pieces.starts[first] : pieces.ends[last]] not in names:
            last -= 1
        found.append(pieces.ends[last])
        first = last + 1
    return found
