"""What is trained for which language: data, views, pair weights. One `Recipe` per shipped model."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import numpy as np

from copyassist.i18n import Language
from copyassist.scoring.ngrams import Floats
from copyassist.training.datasets import Dataset, Pairs, load_notes, load_upworthy
from copyassist.training.fit import Duel, ViewSpec

GAP_CAP = 3.0  # a log ratio beyond 20 is a viral accident, not three times the lesson


@dataclass(frozen=True, slots=True)
class Source:
    """Where training data came from, and what that obliges to."""

    files: tuple[str, ...]
    licence: str
    attribution: str


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that decides one model. `inputs` are paths below the data folder."""

    name: str
    language: Language
    platforms: tuple[str, ...]
    causal: bool
    load: Callable[[Path], Dataset]
    weigh: Callable[[Pairs], Floats]
    views: tuple[ViewSpec, ...]
    blend: Mapping[str, float]
    source: Source

    def duel(self, dataset: Dataset, without: int | None = None) -> Duel:
        """The pairs to learn from; those of the fold `without` are left out, extra pairs too."""
        pairs = dataset.pairs
        used = pairs if without is None else pairs.pick(pairs.fold != without)
        left, right, weight = used.left, used.right, self.weigh(used)
        if dataset.extra is not None:
            extra = dataset.extra
            extra = extra if without is None else extra.pick(extra.fold != without)
            left = np.concatenate([left, extra.left])
            right = np.concatenate([right, extra.right])
            weight = np.concatenate([weight, self.weigh(extra)])
        return Duel(left, right, weight)


def weigh_notes(pairs: Pairs) -> Floats:
    """Clipped |log ratio| over the root of the account's number of pairs: accounts count alike."""
    counts = np.bincount(pairs.cluster, minlength=1)
    weights: Floats = np.minimum(pairs.gap, GAP_CAP) / np.sqrt(counts[pairs.cluster])
    return weights


def weigh_tests(pairs: Pairs) -> Floats:
    """All pairs alike."""
    return np.ones(len(pairs))


def _load_notes(data: Path) -> Dataset:
    return load_notes(data / "headlines")


def _load_upworthy(data: Path) -> Dataset:
    return load_upworthy(data / "headlines")


XIAOHONGSHU = Recipe(
    name="zh-xiaohongshu",
    language="zh",
    platforms=("xiaohongshu",),
    causal=False,
    load=_load_notes,
    weigh=weigh_notes,
    views=(
        ViewSpec("char", "char", 3e-4, 1, 3),
        ViewSpec("word", "word", 3e-4, 1, 2),
        ViewSpec("hand", "hand", 3e-3),
    ),
    blend=MappingProxyType({"char": 1.0, "word": 1.0, "hand": 1.0}),
    source=Source(
        files=("headlines/xhs_notes.csv.gz", "headlines/splits/xhs_account_fold.csv"),
        licence="Apache-2.0",
        attribution="Xiaohongshu notes with account-level metrics from Dr-Spicy/MF_KOC",
    ),
)

UPWORTHY = Recipe(
    name="en-upworthy",
    language="en",
    platforms=("upworthy",),
    causal=True,
    load=_load_upworthy,
    weigh=weigh_tests,
    views=(
        ViewSpec("char", "char", 5e-5, 2, 5),
        ViewSpec("word", "word", 5e-5, 1, 2),
        ViewSpec("hand", "hand", 1e-3),
    ),
    blend=MappingProxyType({"char": 1.0, "word": 1.0, "hand": 1.0}),
    source=Source(
        files=(
            "headlines/upworthy_exploratory.parquet",
            "headlines/upworthy_winner_pairs_exploratory.csv",
            "headlines/upworthy_winner_pairs_confirmatory.csv",
            "headlines/splits/upworthy_test_story_fold.csv",
        ),
        licence="CC-BY-4.0",
        attribution=(
            "Upworthy Research Archive: Matias, Munger, Le Quere, Ebersole 2021, Scientific Data 8,"
            " 195, doi 10.1038/s41597-021-00934-7; via elilk2/Upworthy-Analysis-Project and"
            " DDDOH/LLM_News"
        ),
    ),
)

RECIPES: tuple[Recipe, ...] = (XIAOHONGSHU, UPWORTHY)
