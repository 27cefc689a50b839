"""The trained ranker: tables of names, boundaries and words, and a network of one hidden layer."""

import io
import lzma
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from copyassist.keywords.boundaries import Boundaries, Floats
from copyassist.keywords.features import SCHEME, Lookups, measure_candidates
from copyassist.keywords.hashing import HashTable, hash_words
from copyassist.keywords.windows import Batch, find_windows
from copyassist.keywords.words import load_words
from copyassist.model_folder import load_checked, load_manifest, named_fields
from copyassist.resources import find_models

FORMAT = 1
FOLDER = "keywords"
FILE = "tables.npz.xz"
LOGGED = frozenset(
    (
        "count", "in_title", "in_body", "inside", "alone", "most_uses", "least_uses", "weight",
        "frequent", "characters", "body_early", "title_length", "body_length",
    )
)  # fmt: skip
CLIP = 4.0
PRIOR_STEP = 1 / 8  # of a stored byte
_SURELY = 255.0  # the score of a name that somebody gave


@dataclass(frozen=True, slots=True)
class RankerNetwork:
    """One hidden layer over features that were shifted and scaled."""

    columns: tuple[str, ...]
    mean: Floats
    scale: Floats
    hidden: Floats
    bias: Floats
    out: Floats
    out_bias: float

    def score(self, features: Floats) -> Floats:
        """The log odds that a person would choose each candidate."""
        scaled = np.clip((features - self.mean) / self.scale, -CLIP, CLIP)
        active = np.maximum(scaled @ self.hidden + self.bias, 0)
        return np.asarray(active @ self.out + self.out_bias, np.float32)


@dataclass(frozen=True, slots=True)
class Ranker:
    """Everything that candidates are found and judged with."""

    tables: Lookups
    network: RankerNetwork
    whole: re.Pattern[str] | None = None

    def knowing(self, names: Sequence[str], whole: Sequence[str] = ()) -> "Ranker":
        """This ranker with more names, of the account or of the hot lists.

        Those of `whole`, the user's own, are never cut.
        """
        if not names:
            return self
        longest = sorted(whole, key=len, reverse=True)
        pattern = re.compile("|".join(map(re.escape, longest))) if longest else None
        own = self.tables.names
        keys = np.concatenate([hash_words(names), own.keys])
        values = np.concatenate([np.full(len(names), _SURELY), own.values[own.rows]])
        keys, first = np.unique(keys, return_index=True)
        rows = np.arange(1, len(keys) + 1)
        table = HashTable(keys, rows, np.concatenate([[0], values[first]]).astype(np.float32))
        return replace(self, tables=replace(self.tables, names=table), whole=pattern)

    def read(self, drafts: Sequence[tuple[str, str]]) -> Batch:
        """The candidates of normalised titles and bodies."""
        return find_windows(drafts, self.tables.names, self.whole)

    def score(self, batch: Batch) -> Floats:
        """The log odds of each candidate."""
        if not len(batch.counts):
            return np.zeros(0, np.float32)
        return self.network.score(collect(measure_candidates(batch, self.tables)))


def collect(columns: Mapping[str, Any]) -> Floats:
    """The features as one table, counts as logarithms."""
    table = np.empty((len(columns["wide"]), len(columns)), np.float32, order="F")
    for place, (name, values) in enumerate(columns.items()):
        table[:, place] = np.log1p(np.maximum(values, 0)) if name in LOGGED else values
    return table


@cache
def load_ranker(folder: Path | None = None) -> Ranker:
    """The shipped ranker, or the one of a folder. Raises ModelError."""
    folder = folder or find_models() / FOLDER
    manifest = load_manifest(folder, FORMAT)
    data = load_checked(folder, FILE, manifest)
    with named_fields(folder):
        if manifest["features"] != SCHEME:
            raise ValueError("features")
        with np.load(io.BytesIO(lzma.decompress(data)), allow_pickle=False) as stored:
            return _build({name: stored[name] for name in stored})


def _build(stored: Mapping[str, Any]) -> Ranker:
    words, names = load_words(), _split(stored["names"])
    odds = stored["priors"].astype(np.float32) * PRIOR_STEP
    tables = Lookups(
        weights=HashTable.of(words.weights, -1),
        unknown=words.weights.unknown,
        names=HashTable.build(names, stored["name_scores"].astype(np.float32)),
        boundaries=Boundaries(stored["boundaries"], float(stored["boundary_bias"])),
        priors=HashTable.build(_split(stored["prior_words"]), odds),
    )
    network = RankerNetwork(
        columns=tuple(_split(stored["columns"])),
        mean=stored["mean"].astype(np.float32),
        scale=stored["scale"].astype(np.float32),
        hidden=stored["hidden"].astype(np.float32),
        bias=stored["bias"].astype(np.float32),
        out=stored["out"].astype(np.float32),
        out_bias=float(stored["out_bias"]),
    )
    return Ranker(tables, network)


def _split(block: Any) -> list[str]:
    text = block.tobytes().decode()
    return text.split("\n") if text else []
