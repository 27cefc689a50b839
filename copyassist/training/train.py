"""Trains one model and measures it honestly: every figure is of stories or accounts unseen."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from copyassist.scoring.model import Calibration
from copyassist.scoring.ngrams import Floats
from copyassist.text import parse_text
from copyassist.training.calibrate import calibrate, center_by_group, fit_logistic, pair_slope
from copyassist.training.datasets import Dataset
from copyassist.training.fit import Corpus, Fitted, fit_views
from copyassist.training.measure import (
    Figure,
    check_split,
    draw_clusters,
    measure_ece,
    measurer_of,
    summarise,
)
from copyassist.training.recipe import Recipe


@dataclass(frozen=True, slots=True)
class Trained:
    """A model fitted to all data, with what its recipe reaches on data it did not see."""

    recipe: Recipe
    fitted: Fitted
    corpus: Corpus
    dataset: Dataset
    unseen: Floats
    calibration: Calibration
    figures: Mapping[str, Figure]
    errors: Mapping[str, float]


def train(recipe: Recipe, dataset: Dataset) -> Trained:
    """Fits the recipe fold by fold for the figures, then once to everything for the model."""
    corpus = parse_corpus(recipe, dataset)
    unseen = predict_unseen(recipe, dataset, corpus)
    calibration = calibrate(unseen, dataset)
    draws = draw_clusters(int(dataset.cluster.max()) + 1)
    tallies = measurer_of(dataset)(unseen)
    return Trained(
        recipe=recipe,
        fitted=fit_views(recipe.views, corpus, recipe.duel(dataset), blend=recipe.blend),
        corpus=corpus,
        dataset=dataset,
        unseen=unseen,
        calibration=calibration,
        figures={name: summarise(tally, draws) for name, tally in tallies.items()},
        errors=measure_errors(unseen, dataset),
    )


def parse_corpus(recipe: Recipe, dataset: Dataset) -> Corpus:
    """The data set's titles, parsed as the product parses them."""
    return Corpus.of([parse_text(title) for title in dataset.titles], recipe.language)


def predict_unseen(recipe: Recipe, dataset: Dataset, corpus: Corpus) -> Floats:
    """Each title's utility from the model that never saw its story or account. NaN in fold -1."""
    unseen = np.full(len(dataset.titles), np.nan)
    for fold in np.unique(dataset.fold[dataset.fold >= 0]):
        tested = np.flatnonzero(dataset.fold == fold)
        duel = recipe.duel(dataset, without=int(fold))
        check_split(dataset, tested, np.unique(np.concatenate([duel.left, duel.right])))
        fitted = fit_views(recipe.views, corpus, duel, blend=recipe.blend)
        unseen[tested] = fitted.utility[tested]
    return unseen


def measure_errors(unseen: Floats, dataset: Dataset) -> Mapping[str, float]:
    """ECE of P(win) and P(beats median), and the interval's coverage; calibrated across clusters.

    Half of the folds calibrates, the other half is measured, and the other way round.
    """
    halves = [np.isin(dataset.fold, part) for part in ((0, 2, 4), (1, 3))]
    found = [_errors_of(unseen, dataset, halves[a], halves[1 - a]) for a in (0, 1)]
    return {name: round(float(np.mean([f[name] for f in found])), 4) for name in found[0]}


def _errors_of(
    unseen: Floats, dataset: Dataset, learn: np.ndarray, tested: np.ndarray
) -> Mapping[str, float]:
    pairs = dataset.pairs
    slope = pair_slope(unseen, pairs.pick(learn[pairs.left]))
    shown = pairs.pick(tested[pairs.left])
    margin = unseen[shown.left] - unseen[shown.right]
    chance = 1 / (1 + np.exp(-slope * np.concatenate([margin, -margin])))
    won = np.concatenate([np.ones(len(margin)), np.zeros(len(margin))])
    found = {"ece_win": measure_ece(chance, won)}
    if dataset.when is None:
        return found
    known = dataset.group >= 0
    edge = center_by_group(np.where(known, unseen, 0.0), np.where(known, dataset.group, 0))
    beats = (dataset.target > 0) + 0.5 * (dataset.target == 0)
    slope, bias = fit_logistic(edge[learn], beats[learn], with_bias=True)
    chance = 1 / (1 + np.exp(-(bias + slope * edge[tested])))
    found["ece_beats_median"] = measure_ece(chance, beats[tested])
    return found
