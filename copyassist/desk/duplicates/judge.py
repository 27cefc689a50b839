"""How likely one title repeats another, and in which way: a small network over measures of the pair.

Made by training/title_judge.py: `same` from edits of every kind that writers make, against the
look-alikes of real indexes; `told` from questions whose own authors asked them anew in other words.
"""

import io
import lzma
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from copyassist.desk.duplicates.similarity import (
    FEATURES,
    Commonness,
    Side,
    measure_pairs,
)
from copyassist.resources import find_asset
from copyassist.types import Likeness

Floats = NDArray[np.float64]

ASSET = ("titles", "judge.npz.xz")
# From this chance on a title is called a repeat of the other. Chosen on titles of the kinds that the
# network was fitted on, none of them fitted on; `python -m benchmarks duplicates` says what it costs.
THRESHOLD = 0.5
TOLD = 0.5  # the same for "asks or tells the same in other words"
_LIMIT = 4.0  # measures farther from the usual than so many deviations count as that far
_REORDERED_LETTERS = 0.9
_REORDERED_RATIO = 0.82
_PATTERN_SHARED = 0.45  # of the characters, with the rarest words exchanged

# Masses and counts are taken by their logarithm.
LOGARITHMIC = frozenset(
    name
    for name in FEATURES
    if name.startswith(("gone_", "words_", "length_", "bare_run", "numbers_", "latin_"))
    or name in ("shared_mass", "shared_run", "pieces")
)


@dataclass(frozen=True, slots=True, eq=False)
class PairNetwork:
    """Layers of a network with rectified units; several are averaged."""

    layers: tuple[tuple[tuple[Floats, Floats], ...], ...]

    def score(self, rows: Floats) -> Floats:
        """The chance 0..1 of every row."""
        total = np.zeros(len(rows))
        for member in self.layers:
            value = rows
            for weights, bias in member[:-1]:
                value = np.maximum(value @ weights + bias, 0)
            weights, bias = member[-1]
            total += (value @ weights + bias)[:, 0]
        chances: Floats = 1 / (1 + np.exp(-np.clip(total / len(self.layers), -30, 30)))
        return chances


class Verdict(NamedTuple):
    """What was found of many pairs: the chance that they are one title, that they tell the same in
    other words, and the measures behind it."""

    same: Floats
    told: Floats
    measures: Floats


@dataclass(frozen=True, slots=True, eq=False)
class TitleJudge:
    """Judges pairs of titles by their folded keys."""

    table: Commonness
    mean: Floats
    scale: Floats
    same: PairNetwork
    told: PairNetwork

    def judge(self, ones: Sequence[Side], twos: Sequence[Side]) -> Verdict:
        """What each pair is; nothing here depends on what else is indexed."""
        measures = measure_pairs(self.table, ones, twos)
        rows = scale_measures(measures, self.mean, self.scale)
        return Verdict(self.same.score(rows), self.told.score(rows), measures)


def scale_measures(measures: Floats, mean: Floats, scale: Floats) -> Floats:
    """Measures as the networks take them."""
    return np.clip((take_logarithms(measures) - mean) / scale, -_LIMIT, _LIMIT)


def take_logarithms(measures: Floats) -> Floats:
    """Measures with masses and counts by their logarithm."""
    chosen = [place for place, name in enumerate(FEATURES) if name in LOGARITHMIC]
    rows = measures.copy()
    rows[:, chosen] = np.log1p(rows[:, chosen])
    return rows


def name_relation(measures: Sequence[float], same: float, told: float) -> Likeness:
    """The kind of a pair whose keys differ, for people."""
    found = dict(zip(FEATURES, measures, strict=True))
    if same >= THRESHOLD:
        least = min(found["letters_one"], found["letters_two"])
        moved = least >= _REORDERED_LETTERS and found["ratio"] < _REORDERED_RATIO
        return "reordered" if moved else "edited"
    if told >= TOLD and not _is_pattern(found):
        return "same_event"
    return "same_pattern" if _is_pattern(found) else "unrelated"


def _is_pattern(found: Mapping[str, float]) -> bool:
    """Much is said alike, and what it is said of is another thing."""
    alike = min(found["letters_one"], found["letters_two"]) >= _PATTERN_SHARED
    other = found["word_swapped"] > 0 or (found["numbers_one"] > 0 and found["numbers_two"] > 0)
    return alike and other


@cache
def load_judge(path: Path | None = None) -> TitleJudge:
    """The shipped judge, or the one at `path`. A missing file raises FileNotFoundError."""
    packed = (path or find_asset(*ASSET)).read_bytes()
    with np.load(io.BytesIO(lzma.decompress(packed)), allow_pickle=False) as stored:
        arrays = dict(stored)
    return TitleJudge(
        table=Commonness(arrays["grams"], arrays["words"], arrays["swaps"]),
        mean=arrays["mean"].astype(np.float64),
        scale=arrays["scale"].astype(np.float64),
        same=_unpack(arrays, "same"),
        told=_unpack(arrays, "told"),
    )


def pack_network(network: PairNetwork, name: str) -> dict[str, NDArray[Any]]:
    """The network as arrays of the asset."""
    arrays: dict[str, NDArray[Any]] = {}
    for number, member in enumerate(network.layers):
        for depth, (weights, bias) in enumerate(member):
            arrays[f"{name}_{number}_{depth}_weights"] = weights.astype(np.float16)
            arrays[f"{name}_{number}_{depth}_bias"] = bias.astype(np.float16)
    return arrays


def _unpack(arrays: Mapping[str, Any], name: str) -> PairNetwork:
    members: list[tuple[tuple[Floats, Floats], ...]] = []
    while f"{name}_{len(members)}_0_weights" in arrays:
        layers: list[tuple[Floats, Floats]] = []
        while (start := f"{name}_{len(members)}_{len(layers)}") + "_weights" in arrays:
            parts = (arrays[f"{start}_weights"], arrays[f"{start}_bias"])
            layers.append((parts[0].astype(np.float64), parts[1].astype(np.float64)))
        members.append(tuple(layers))
    return PairNetwork(tuple(members))
