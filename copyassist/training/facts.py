"""The view of what is known beside the title: fitted alone, added to the title's utility."""

import numpy as np
from scipy import sparse

from copyassist.desk.scoring.features.facts import measure_facts
from copyassist.desk.scoring.model import CLIP, FactsView
from copyassist.desk.scoring.ngrams import Floats
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


def _columns(dataset: Dataset) -> Floats:
    names = list(dataset.facts)
    rows = zip(*(dataset.facts[name].tolist() for name in names), strict=True)
    return measure_facts([dict(zip(names, row, strict=True)) for row in rows])
