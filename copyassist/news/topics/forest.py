"""Reads boosted trees from flat arrays: what scikit-learn fitted, without scikit-learn."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

LEAF = -1
STEPS = 32767
PARTS = ("feature", "threshold", "left", "right", "missing_left", "value", "roots")


@dataclass(frozen=True, slots=True)
class Forest:
    """The nodes of all trees in a row; `roots` are where trees begin.

    A row goes left where its value is at most the threshold, or where it is NaN and
    `missing_left` says so. `feature` is LEAF at leaves, whose `value` is added up; `left` and
    `right` are places in the row of nodes. `base` is the sum before the first tree.
    """

    feature: NDArray[np.int16]
    threshold: NDArray[np.float64]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    missing_left: NDArray[np.bool_]
    value: NDArray[np.float64]
    roots: NDArray[np.int32]
    base: float

    def score(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """The raw sum of every row. Shape (rows,) from (rows, features)."""
        values = rows.astype(np.float64)
        places = np.broadcast_to(self.roots, (len(rows), len(self.roots))).copy()
        owner = np.arange(len(rows))[:, None]
        while True:
            feature = self.feature[places]
            ahead = feature != LEAF
            if not ahead.any():
                return self.base + np.asarray(self.value[places].sum(axis=1))
            found = values[owner, np.where(ahead, feature, 0)]
            goes_left = (found <= self.threshold[places]) | (
                np.isnan(found) & self.missing_left[places]
            )
            step = np.where(goes_left, self.left[places], self.right[places])
            places = np.where(ahead, step, places)


def pack_forest(forest: Forest, name: str) -> dict[str, NDArray[Any]]:
    """The forest as arrays of a model folder: places as steps ahead, values in 32,767ths."""
    here = np.arange(len(forest.feature))
    leaf = forest.feature == LEAF
    scale = max(float(np.abs(forest.value).max(initial=0.0)), 1e-12) / STEPS
    return {
        f"{name}_feature": forest.feature.astype(np.int8),
        f"{name}_threshold": forest.threshold,
        f"{name}_left": np.where(leaf, 0, forest.left - here).astype(np.int16),
        f"{name}_right": np.where(leaf, 0, forest.right - here).astype(np.int16),
        f"{name}_missing_left": forest.missing_left,
        f"{name}_value": np.round(forest.value / scale).astype(np.int16),
        f"{name}_scale": np.array(scale),
        f"{name}_roots": forest.roots,
        f"{name}_base": np.array(forest.base),
    }


def unpack_forest(arrays: Mapping[str, Any], name: str) -> Forest:
    """The forest that `pack_forest` packed."""
    part = {part: arrays[f"{name}_{part}"] for part in PARTS}
    leaf = part["feature"] == LEAF
    here = np.arange(len(leaf), dtype=np.int32)
    return Forest(
        feature=part["feature"].astype(np.int16),
        threshold=part["threshold"],
        left=np.where(leaf, 0, part["left"] + here).astype(np.int32),
        right=np.where(leaf, 0, part["right"] + here).astype(np.int32),
        missing_left=part["missing_left"],
        value=part["value"] * float(arrays[f"{name}_scale"]),
        roots=part["roots"],
        base=float(arrays[f"{name}_base"]),
    )
