"""How good utilities are: pairs in the right order, ranks inside an account, calibration.

Every figure is meant for utilities of titles whose story or account was not learned from.
Intervals are 95 % bootstraps over whole clusters (stories, accounts).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from copyassist.desk.scoring.ngrams import Floats, Ints
from copyassist.errors import InputError
from copyassist.training.datasets import Dataset, Lessons, Pairs

DRAWS = 1_000
RANKED_LEAST = 10  # an account with fewer notes has no rank correlation worth the name


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured figure with its 95 % interval."""

    value: float
    low: float
    high: float


def pairs_right(utility: Floats, pairs: Pairs) -> Floats:
    """1 for each pair in the right order, 0.5 for a tie, 0 otherwise."""
    margin = utility[pairs.left] - utility[pairs.right]
    return np.asarray((margin > 0) + 0.5 * (margin == 0))


def check_split(dataset: Dataset, tested: Ints, lessons: Lessons) -> None:
    """Refuses figures of a split that leaks. `tested` are rows that the figures will be of.

    Raises InputError `split_leaks` where a story or account is both tested and learned from: such
    figures flatter a model by up to 20 points (the leak test holds that) and are never reported.
    """
    learned = np.concatenate(
        [lessons.cluster, dataset.cluster[lessons.left], dataset.cluster[lessons.right]]
    )
    shared = np.intersect1d(dataset.cluster[tested], learned[learned >= 0])
    if len(shared):
        raise InputError("split_leaks", clusters=len(shared))


@dataclass(frozen=True, slots=True)
class Tally:
    """Sums by cluster from which a weighted mean and its bootstrap follow."""

    top: Floats
    bottom: Floats

    def mean(self, draws: NDArray[Any] | None = None) -> Floats:
        """The mean of all clusters, or of each row of drawn cluster counts."""
        weights = np.ones((1, len(self.top))) if draws is None else draws
        found: Floats = (weights @ self.top) / np.maximum(weights @ self.bottom, 1e-9)
        return found


def draw_clusters(size: int, seed: int = 11, draws: int = DRAWS) -> Floats:
    """How often each of `size` clusters is drawn in each bootstrap sample. Shape (draws, size)."""
    generator = np.random.default_rng(seed)
    return generator.multinomial(size, np.full(size, 1 / size), size=draws).astype(float)


def summarise(tally: Tally, draws: Floats) -> Figure:
    """The figure of a tally."""
    low, high = np.quantile(tally.mean(draws), [0.025, 0.975])
    return Figure(float(tally.mean()[0]), float(low), float(high))


Tallies = Mapping[str, Tally]


def tally_pairs(utility: Floats, pairs: Pairs, size: int) -> Tallies:
    """Pairs right: all, clear ones (tests: p < .05; notes: at least 2x), and p < .001."""
    right = pairs_right(utility, pairs)
    masks = {"all": np.ones(len(pairs), dtype=bool), "clear": pairs.clear, "strong": pairs.p < 1e-3}
    return {
        name: Tally(
            np.bincount(pairs.cluster[mask], right[mask], minlength=size).astype(float),
            np.bincount(pairs.cluster[mask], minlength=size).astype(float),
        )
        for name, mask in masks.items()
        if mask.any()
    }


def tally_ranks(utility: Floats, dataset: Dataset, size: int) -> Tallies:
    """Spearman and the AUC of the best quarter inside each account; accounts count alike."""
    sums: dict[str, Floats] = {"spearman": np.zeros(size), "auc": np.zeros(size)}
    accounts = np.zeros(size)
    for account in np.unique(dataset.group):
        rows = np.flatnonzero(dataset.group == account)
        if len(rows) < RANKED_LEAST:
            continue
        target, ranks = dataset.target[rows], rankdata(utility[rows])
        accounts[account] = 1
        sums["spearman"][account] = _correlate(ranks, rankdata(target))
        sums["auc"][account] = _auc(ranks, target >= np.quantile(target, 0.75))
    return {name: Tally(top, accounts) for name, top in sums.items()}


def _correlate(first: Floats, second: Floats) -> float:
    if first.std() == 0 or second.std() == 0:
        return 0.0
    return float(np.corrcoef(first, second)[0, 1])


def _auc(ranks: Floats, best: NDArray[np.bool_]) -> float:
    if best.all():
        return 0.5
    above = ranks[best].mean() - (best.sum() + 1) / 2
    return float(above / (~best).sum())


def measure_ece(probability: Floats, outcome: Floats, bins: int = 10) -> float:
    """Expected calibration error over equally filled bins; outcomes 0..1."""
    order = np.argsort(probability, kind="stable")
    parts = np.array_split(order, bins)
    gaps = [abs(probability[p].mean() - outcome[p].mean()) * len(p) for p in parts if len(p)]
    return float(sum(gaps) / max(1, len(order)))


def compare(ours: Tallies, baseline: Tallies, draws: Floats) -> Mapping[str, Figure]:
    """The paired difference ours - baseline of each figure, on the same drawn clusters."""
    found = {}
    for name, tally in ours.items():
        gap = tally.mean(draws) - baseline[name].mean(draws)
        low, high = np.quantile(gap, [0.025, 0.975])
        value = float(tally.mean()[0] - baseline[name].mean()[0])
        found[name] = Figure(value, float(low), float(high))
    return MappingProxyType(found)


Measurer = Callable[[Floats], Tallies]


def measurer_of(dataset: Dataset) -> Measurer:
    """What measures a data set's utilities: pairs, and ranks where accounts have many notes."""
    size = int(dataset.cluster.max(initial=0)) + 1

    def measure(utility: Floats) -> Tallies:
        pairs = tally_pairs(utility, dataset.pairs, size)
        return pairs if dataset.when is None else {**pairs, **tally_ranks(utility, dataset, size)}

    return measure
