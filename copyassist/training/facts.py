"""The view of what is known beside the title: fitted alone, added to the title's utility."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from copyassist.desk.scoring.features.facts import measure_facts
from copyassist.desk.scoring.model import CLIP, FactsView
from copyassist.desk.scoring.ngrams import Floats, Ints
from copyassist.training.calibrate import Past, fit_logistic
from copyassist.training.datasets import Dataset, Lessons
from copyassist.training.fit import fit_pairs

L2 = 0.05
# The spread of the facts' utility beside the title's: kind and length explain a little more.
SHARE = 1.15


def fit_facts(dataset: Dataset, lessons: Lessons) -> FactsView:
    """Weights of the fact columns. Every account teaches the same amount, however large it is.

    That differs from the title's lessons: a habit of one large account (a tag, an hour) would
    otherwise pass for a rule.
    """
    raw = _columns(dataset)
    learn = np.unique(np.concatenate([lessons.left, lessons.right]))
    mean, scale = raw[learn].mean(axis=0), raw[learn].std(axis=0)
    scale = np.where(scale > 0, scale, 1.0)
    scaled = np.clip((raw - mean) / scale, -CLIP, CLIP)
    counts = np.bincount(lessons.cluster)
    even = Lessons(
        lessons.left,
        lessons.right,
        lessons.cluster,
        lessons.fold,
        lessons.weight / np.sqrt(counts[lessons.cluster]),
    )
    weights = fit_pairs(sparse.csr_matrix(scaled), even, L2)
    utility = scaled @ weights
    gap = utility[lessons.left] - utility[lessons.right]
    spread = max(float(np.sqrt((gap**2).mean())), 1e-9)
    return FactsView(mean, scale, weights * SHARE / spread)


def apply_facts(view: FactsView, dataset: Dataset) -> Floats:
    """The facts' utility of every row."""
    scaled = np.clip((_columns(dataset) - view.mean) / view.scale, -CLIP, CLIP)
    return np.asarray(scaled @ view.weights)


@dataclass(frozen=True, slots=True)
class Together:
    """How title and facts count beside each other: multiples of what the title alone counts."""

    title: float
    facts: float


def fit_together(title: Floats, facts: Floats, dataset: Dataset, rows: Ints) -> Together:
    """From out-of-fold utilities of `rows`: one slope then serves the title alone and both.

    Both are taken against their account's own mean. A video's title is another than a picture's:
    part of what a title tells the facts tell too.
    """
    past = Past.of(title, dataset)
    beside = Past.of(facts, dataset)
    outcome = (past.target[rows] > 0) + 0.5 * (past.target[rows] == 0)
    others = np.column_stack([past.trail[rows], np.ones(len(rows))])
    alone = fit_logistic(np.column_stack([past.edge[rows], others]), outcome)[0]
    both = fit_logistic(np.column_stack([past.edge[rows], beside.edge[rows], others]), outcome)
    return Together(both[0] / alone, both[1] / alone)


def predict_together(title: Floats, facts: Floats, dataset: Dataset) -> Floats:
    """The utility of title and facts, each fold weighed by what the other folds taught."""
    found = np.zeros(len(title))
    for fold in np.unique(dataset.fold[dataset.fold >= 0]):
        learnt = fit_together(title, facts, dataset, np.flatnonzero(dataset.fold != fold))
        tested = dataset.fold == fold
        found[tested] = learnt.title * title[tested] + learnt.facts * facts[tested]
    return found


def _columns(dataset: Dataset) -> Floats:
    names = list(dataset.facts)
    rows = zip(*(dataset.facts[name].tolist() for name in names), strict=True)
    return measure_facts([dict(zip(names, row, strict=True)) for row in rows])
