"""Trains one model and measures it honestly: every figure is of stories or accounts unseen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from copyassist.desk.scoring.model import Calibration, FactsView
from copyassist.desk.scoring.ngrams import Floats, Ints
from copyassist.text import parse_text
from copyassist.training.calibrate import Past, calibrate, measure_interval
from copyassist.training.datasets import Dataset
from copyassist.training.facts import apply_facts, fit_facts, fit_together, predict_together
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
    facts_unseen: Floats
    calibration: Calibration
    facts: FactsView | None
    figures: Mapping[str, Mapping[str, Figure]]
    errors: Mapping[str, Mapping[str, float]]


def train(recipe: Recipe, dataset: Dataset) -> Trained:
    """Fits the recipe fold by fold for the figures, then once to everything for the model."""
    corpus = parse_corpus(recipe, dataset)
    unseen = {"title": predict_unseen(recipe, dataset, corpus)}
    calibration, facts = calibrate(unseen["title"], dataset), None
    facts_unseen: Floats = np.zeros(len(dataset.titles))
    if dataset.facts:
        facts_unseen = predict_facts_unseen(dataset)
        unseen["title_and_facts"] = predict_together(unseen["title"], facts_unseen, dataset)
        rows = np.flatnonzero(dataset.group >= 0)
        together = fit_together(unseen["title"], facts_unseen, dataset, rows)
        calibration = replace(calibration, beside_facts=together.title)
        facts = fit_facts(dataset, dataset.lessons)
        facts = replace(facts, weights=facts.weights * together.facts)
    draws = draw_clusters(int(dataset.cluster.max()) + 1)
    measure = measurer_of(dataset)
    return Trained(
        recipe=recipe,
        fitted=fit_stages(recipe.stages, corpus, dataset.lessons),
        corpus=corpus,
        dataset=dataset,
        unseen=unseen["title"],
        facts_unseen=facts_unseen,
        calibration=calibration,
        facts=facts,
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
    """Calibration errors, and the pooled interval's coverage and factor (x or /).

    Cross-fitted: every fold is judged by a calibration that never saw it, then all are pooled.
    """
    folds = [np.flatnonzero(dataset.fold == f) for f in np.unique(dataset.fold) if f >= 0]
    found = [
        _judge_fold(unseen, dataset, np.setdiff1d(np.concatenate(folds), tested), tested)
        for tested in folds
    ]
    wins, posts, ranges = zip(*found, strict=True)
    errors = {"ece_win": _pooled_ece(wins)}
    if dataset.when is not None:
        sizes = np.array([len(tested) for tested in folds])
        coverage, factor = np.average(np.array(ranges), axis=0, weights=sizes)
        errors |= {"ece_beats_median": _pooled_ece(posts)}
        errors |= {"coverage_80": float(coverage), "factor_80": float(factor)}
    return {name: round(value, 4) for name, value in errors.items()}


Told = tuple[Floats, Floats]  # stated probabilities, outcomes


def _judge_fold(
    unseen: Floats, dataset: Dataset, learn: Ints, tested: Ints
) -> tuple[Told, Told, tuple[float, float]]:
    """Of one fold: P(win) of its pairs, P(beats median) of its titles, coverage and factor."""
    calibration = calibrate(unseen, dataset, learn)
    shown = dataset.pairs.pick(np.isin(dataset.pairs.left, tested))
    margin = unseen[shown.left] - unseen[shown.right]
    both = calibration.pair_slope * np.concatenate([margin, -margin])
    won = np.concatenate([np.ones(len(margin)), np.zeros(len(margin))])
    past = Past.of(unseen, dataset)
    beats = (past.target > 0) + 0.5 * (past.target == 0)
    shift = past.trail[tested] @ np.array([calibration.recent, calibration.longer])
    start = calibration.bias + calibration.trend * shift
    chance = _sigmoid(start + calibration.slope * past.edge[tested])
    width = measure_interval(calibration, unseen, dataset, tested)
    return (_sigmoid(both), won), (chance, beats[tested]), width


def _pooled_ece(parts: Sequence[Told]) -> float:
    chances, outcomes = zip(*parts, strict=True)
    return measure_ece(np.concatenate(chances), np.concatenate(outcomes))


def _sigmoid(logits: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(logits, -30, 30))))
