"""Trains one model and measures it honestly: every figure is of stories or accounts unseen."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from copyassist.scoring.model import Calibration, FactsView
from copyassist.scoring.ngrams import Floats, Ints
from copyassist.text import parse_text
from copyassist.training.calibrate import Past, calibrate, measure_interval
from copyassist.training.datasets import Dataset
from copyassist.training.facts import apply_facts, fit_facts
from copyassist.training.fit import Corpus, Fitted, fit_stages
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
    facts: FactsView | None
    figures: Mapping[str, Mapping[str, Figure]]
    errors: Mapping[str, Mapping[str, float]]


def train(recipe: Recipe, dataset: Dataset) -> Trained:
    """Fits the recipe fold by fold for the figures, then once to everything for the model."""
    corpus = parse_corpus(recipe, dataset)
    unseen = {"title": predict_unseen(recipe, dataset, corpus)}
    if dataset.facts:
        unseen["title_and_facts"] = unseen["title"] + predict_facts_unseen(dataset)
    draws = draw_clusters(int(dataset.cluster.max()) + 1)
    measure = measurer_of(dataset)
    return Trained(
        recipe=recipe,
        fitted=fit_stages(recipe.stages, corpus, dataset.lessons),
        corpus=corpus,
        dataset=dataset,
        unseen=unseen["title"],
        calibration=calibrate(unseen["title"], dataset),
        facts=fit_facts(dataset, dataset.lessons) if dataset.facts else None,
        figures={
            name: {key: summarise(tally, draws) for key, tally in measure(utility).items()}
            for name, utility in unseen.items()
        },
        errors={name: measure_errors(utility, dataset) for name, utility in unseen.items()},
    )


def parse_corpus(recipe: Recipe, dataset: Dataset) -> Corpus:
    """The data set's titles, parsed as the product parses them."""
    return Corpus.of([parse_text(title) for title in dataset.titles], recipe.language)


def predict_unseen(recipe: Recipe, dataset: Dataset, corpus: Corpus) -> Floats:
    """Each title's utility from the model that never saw its story or account. NaN in fold -1."""
    unseen = np.full(len(dataset.titles), np.nan)
    for fold in np.unique(dataset.fold[dataset.fold >= 0]):
        tested = np.flatnonzero(dataset.fold == fold)
        lessons = dataset.lessons.without(int(fold))
        check_split(dataset, tested, lessons)
        fitted = fit_stages(recipe.stages, corpus, lessons)
        unseen[tested] = fitted.utility[tested]
    return unseen


def predict_facts_unseen(dataset: Dataset) -> Floats:
    """Each note's utility from its facts, by weights that never saw its account."""
    unseen = np.zeros(len(dataset.titles))
    for fold in np.unique(dataset.fold[dataset.fold >= 0]):
        tested = np.flatnonzero(dataset.fold == fold)
        lessons = dataset.lessons.without(int(fold))
        check_split(dataset, tested, lessons)
        unseen[tested] = apply_facts(fit_facts(dataset, lessons), dataset)[tested]
    return unseen


def measure_errors(unseen: Floats, dataset: Dataset) -> Mapping[str, float]:
    """Calibration errors and the interval's coverage and factor, calibrated on other clusters.

    Half of the folds calibrates, the other half is measured, and the other way round.
    """
    halves = [np.flatnonzero(np.isin(dataset.fold, part)) for part in ((0, 2, 4), (1, 3))]
    found = [_errors_of(unseen, dataset, halves[a], halves[1 - a]) for a in (0, 1)]
    return {name: round(float(np.mean([f[name] for f in found])), 4) for name in found[0]}


def _errors_of(unseen: Floats, dataset: Dataset, learn: Ints, tested: Ints) -> Mapping[str, float]:
    calibration = calibrate(unseen, dataset, learn)
    shown = dataset.pairs.pick(np.isin(dataset.pairs.left, tested))
    margin = unseen[shown.left] - unseen[shown.right]
    both = calibration.pair_slope * np.concatenate([margin, -margin])
    won = np.concatenate([np.ones(len(margin)), np.zeros(len(margin))])
    found = {"ece_win": measure_ece(_sigmoid(both), won)}
    if dataset.when is None:
        return found
    past = Past.of(unseen, dataset)
    beats = (past.target > 0) + 0.5 * (past.target == 0)
    shift = past.trail[tested] @ np.array([calibration.recent, calibration.longer])
    start = calibration.bias + calibration.trend * shift
    chance = _sigmoid(start + calibration.slope * past.edge[tested])
    coverage, factor = measure_interval(calibration, unseen, dataset, tested)
    return {
        **found,
        "ece_beats_median": measure_ece(chance, beats[tested]),
        "coverage_80": coverage,
        "factor_80": factor,
    }


def _sigmoid(logits: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(logits, -30, 30))))
