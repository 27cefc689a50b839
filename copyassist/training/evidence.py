"""How often "more of it" won, for each hand feature: what a reason's evidence line says."""

from collections.abc import Mapping

import numpy as np

from copyassist.desk.scoring.features.hand import hand_names, measure_hand
from copyassist.desk.scoring.ngrams import Floats
from copyassist.training.datasets import Dataset
from copyassist.training.fit import Corpus
from copyassist.training.measure import Tally, draw_clusters, summarise

LEAST_PAIRS = 100


def measure_evidence(dataset: Dataset, corpus: Corpus) -> Mapping[str, Mapping[str, float]]:
    """Win rate, 95 % cluster interval and pairs by feature, over pairs that differ in it.

    Features of fewer than 100 such pairs are left out: they prove nothing.
    """
    values = measure_hand(corpus.titles, corpus.laid, corpus.language)
    names = hand_names(corpus.language)
    draws = draw_clusters(int(dataset.pairs.cluster.max()) + 1, draws=400)
    found = {}
    for column, name in enumerate(names):
        row = _measure_one(values[:, column], dataset, draws)
        if row["pairs"] >= LEAST_PAIRS:
            found[name] = row
    return found


def _measure_one(values: Floats, dataset: Dataset, draws: Floats) -> Mapping[str, float]:
    pairs = dataset.pairs
    gap = values[pairs.left] - values[pairs.right]
    differ = np.abs(gap) > 1e-9
    size = draws.shape[1]
    cluster = pairs.cluster[differ]
    won = np.bincount(cluster, (gap[differ] > 0).astype(float), minlength=size)
    # accounts with thousands of pairs must not speak for all: each counts by the root of its pairs
    counts = np.bincount(cluster, minlength=size).astype(float)
    root = np.sqrt(np.maximum(counts, 1))
    figure = summarise(Tally(won / root, counts / root), draws)
    return {
        "win_rate": round(figure.value, 4),
        "low": round(figure.low, 4),
        "high": round(figure.high, 4),
        "pairs": int(differ.sum()),
    }
