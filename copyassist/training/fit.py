"""Fits linear utilities to pairs: sparse designs, a pairwise logit, several views summed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import minimize

from copyassist.i18n import Language
from copyassist.scoring.features.hand import measure_hand
from copyassist.scoring.model import CLIP
from copyassist.scoring.ngrams import Floats, Ints, Keys, Laid, char_grams, lay_out, word_grams
from copyassist.types import ParsedText

MAX_STEPS = 80


@dataclass(frozen=True, slots=True)
class ViewSpec:
    """How one view is built and how strongly it is held back.

    `kind` is "char", "word" or "hand"; `low`..`high` gram lengths; a gram must be in `least`
    titles of the training part; `l2` is the ridge on a loss whose weights sum to 1.
    """

    name: str
    kind: str
    l2: float
    low: int = 1
    high: int = 1
    least: int = 3


@dataclass(frozen=True, slots=True)
class Design:
    """One view of a set of titles: the matrix and what is needed to rebuild it elsewhere.

    Text views: `keys` and `idf`. The hand view: `mean` and `scale`.
    """

    spec: ViewSpec
    matrix: sparse.csr_matrix
    keys: Keys
    idf: Floats
    mean: Floats
    scale: Floats


@dataclass(frozen=True, slots=True)
class Duel:
    """Weighted pairs to learn from: row `left` did better than row `right`."""

    left: Ints
    right: Ints
    weight: Floats


@dataclass(frozen=True, slots=True)
class Corpus:
    """Parsed titles, laid out once, in one language."""

    titles: Sequence[ParsedText]
    laid: Laid
    language: Language

    @classmethod
    def of(cls, titles: Sequence[ParsedText], language: Language) -> "Corpus":
        """Lays the titles out."""
        return cls(titles, lay_out(titles), language)


def build_design(spec: ViewSpec, corpus: Corpus, learn: NDArray[np.bool_]) -> Design:
    """The view of all titles; vocabulary, idf and scale come from the rows of `learn` alone."""
    if spec.kind == "hand":
        return _hand_design(spec, corpus, learn)
    laid = corpus.laid
    grams = (
        char_grams(laid, spec.low, spec.high)
        if spec.kind == "char"
        else word_grams(laid, spec.high)
    )
    inside = learn[grams.owner]
    keys, idf = _learn_vocabulary(grams.keys[inside], grams.owner[inside], spec.least)
    columns = np.searchsorted(keys, grams.keys)
    columns[columns == len(keys)] = 0
    known = keys[columns] == grams.keys
    columns, rows = columns[known], grams.owner[known]
    norm = np.sqrt(np.bincount(rows, idf[columns] ** 2, minlength=laid.size))
    values = idf[columns] / np.maximum(norm, 1e-9)[rows]
    matrix = sparse.csr_matrix((values, (rows, columns)), shape=(laid.size, len(keys)))
    none = np.empty(0)
    return Design(spec, matrix, keys, idf, none, none)


def _learn_vocabulary(keys: Keys, owner: Ints, least: int) -> tuple[Keys, Floats]:
    both = np.unique(np.stack([keys, owner.astype(np.uint64)], axis=1), axis=0)
    known, counts = np.unique(both[:, 0], return_counts=True)
    kept = counts >= least
    titles = len(np.unique(owner))
    idf = np.log((1 + titles) / (1 + counts[kept])) + 1
    return known[kept], idf


def _hand_design(spec: ViewSpec, corpus: Corpus, learn: NDArray[np.bool_]) -> Design:
    raw = measure_hand(corpus.titles, corpus.laid, corpus.language)
    mean, scale = raw[learn].mean(axis=0), raw[learn].std(axis=0)
    scale = np.where(scale > 0, scale, 1.0)
    matrix = sparse.csr_matrix(np.clip((raw - mean) / scale, -CLIP, CLIP))
    none = np.empty(0)
    return Design(spec, matrix, none.astype(np.uint64), none, mean, scale)


def fit_pairs(matrix: sparse.csr_matrix, duel: Duel, l2: float) -> Floats:
    """Weights w that minimise mean log(1 + exp(-(x_left - x_right) w)) + l2/2 |w|^2."""
    size = matrix.shape[0]
    turned = matrix.T.tocsr()
    share = duel.weight / duel.weight.sum()

    def measure_loss(weights: Floats) -> tuple[float, Floats]:
        utility = matrix @ weights
        margin = utility[duel.left] - utility[duel.right]
        pull = -share / (1 + np.exp(np.clip(margin, -30, 30)))
        pulls = np.bincount(duel.left, pull, minlength=size)
        pulls -= np.bincount(duel.right, pull, minlength=size)
        loss = float((share * np.logaddexp(0, -margin)).sum() + 0.5 * l2 * (weights @ weights))
        return loss, turned @ pulls + l2 * weights

    start = np.zeros(matrix.shape[1])
    options = {"maxiter": MAX_STEPS, "ftol": 1e-9}
    found: Floats = minimize(measure_loss, start, jac=True, method="L-BFGS-B", options=options).x
    return found


@dataclass(frozen=True, slots=True)
class Fitted:
    """The fitted views: each design with its weights, already scaled for the sum."""

    designs: tuple[Design, ...]
    weights: tuple[Floats, ...]

    def utilities(self) -> Mapping[str, Floats]:
        """Each view's share of every title's utility."""
        return {
            design.spec.name: design.matrix @ weights
            for design, weights in zip(self.designs, self.weights, strict=True)
        }

    @property
    def utility(self) -> Floats:
        """The sum of all views."""
        total: Floats = np.sum(list(self.utilities().values()), axis=0)
        return total


def fit_views(
    specs: Sequence[ViewSpec],
    corpus: Corpus,
    duel: Duel,
    *,
    blend: Mapping[str, float],
) -> Fitted:
    """Fits each view alone; the sum is of views scaled to one standard deviation of differences.

    `blend` multiplies each view. Only titles that the pairs name teach vocabulary and scale.
    """
    learn = np.zeros(corpus.laid.size, dtype=bool)
    learn[duel.left] = learn[duel.right] = True
    designs, weights = [], []
    for spec in specs:
        design = build_design(spec, corpus, learn)
        found = fit_pairs(design.matrix, duel, spec.l2)
        utility = design.matrix @ found
        spread = float(np.std(np.concatenate([d := utility[duel.left] - utility[duel.right], -d])))
        designs.append(design)
        weights.append(found * blend[spec.name] / max(spread, 1e-9))
    return Fitted(tuple(designs), tuple(weights))
