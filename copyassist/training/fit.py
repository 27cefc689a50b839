"""Fits linear utilities to pairs: sparse designs, a pairwise logit, several views summed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import minimize

from copyassist.desk.scoring.features.hand import HAND, measure_hand
from copyassist.desk.scoring.model import CLIP
from copyassist.desk.scoring.ngrams import (
    Floats,
    Grams,
    Ints,
    Keys,
    Laid,
    char_grams,
    lay_out,
    word_grams,
)
from copyassist.i18n import Language
from copyassist.training.datasets import Lessons
from copyassist.training.vectors import load_vectors
from copyassist.types import ParsedText

MAX_STEPS = 60
NONE = np.empty(0)


@dataclass(frozen=True, slots=True)
class ViewSpec:
    """How one view is built.

    `kind` is "char" or "word" (grams of `low`..`high`, each in at least `least` titles of the
    training part), "vector" (single words by their vectors), "hand", or "surface": the hand
    features that are no word classes.
    """

    name: str
    kind: str
    low: int = 1
    high: int = 1
    least: int = 3


@dataclass(frozen=True, slots=True)
class Stage:
    """Views fitted together, with one ridge `l2` on a loss whose weights sum to 1.

    `share` is the spread of the stage's utility beside that of the first stage.
    """

    views: tuple[ViewSpec, ...]
    l2: float
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Design:
    """One view of a set of titles: the matrix and what is needed to rebuild it elsewhere.

    Text views: `keys`, `idf`, and for "vector" the `vectors` that stand between words and matrix.
    The hand view: `mean` and `scale`.
    """

    spec: ViewSpec
    matrix: sparse.csr_matrix
    keys: Keys
    idf: Floats
    mean: Floats
    scale: Floats
    vectors: Floats | None = None

    def gram_weights(self, weights: Floats) -> Floats:
        """One weight a gram (with its idf) or a hand feature, from the fitted weights."""
        if self.spec.kind == "hand":
            return weights * _hand_share(self.matrix.shape[1])
        plain = weights if self.vectors is None else self.vectors @ weights
        return self.idf * plain


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
    if spec.kind in ("hand", "surface"):
        return _hand_design(spec, corpus, learn)
    grams = _find_grams(spec, corpus.laid)
    inside = learn[grams.owner]
    if spec.kind == "vector":
        return _vector_design(spec, corpus, grams, inside)
    keys, idf = _learn_vocabulary(grams.keys[inside], grams.owner[inside], spec.least)
    matrix = _weighted_matrix(grams, keys, idf, corpus.laid.size)
    return Design(spec, matrix, keys, idf, NONE, NONE)


def _find_grams(spec: ViewSpec, laid: Laid) -> Grams:
    if spec.kind == "char":
        return char_grams(laid, spec.low, spec.high)
    return word_grams(laid, spec.high)


def _weighted_matrix(grams: Grams, keys: Keys, idf: Floats, size: int) -> sparse.csr_matrix:
    """idf of each known gram over the root of the title's sum of squares, as the scorer does it."""
    columns = np.searchsorted(keys, grams.keys)
    columns[columns == len(keys)] = 0
    known = keys[columns] == grams.keys
    columns, rows = columns[known], grams.owner[known]
    norm = np.sqrt(np.bincount(rows, idf[columns] ** 2, minlength=size))
    values = idf[columns] / np.maximum(norm, 1e-9)[rows]
    return sparse.csr_matrix((values, (rows, columns)), shape=(size, len(keys)))


def _vector_design(
    spec: ViewSpec, corpus: Corpus, grams: Grams, inside: NDArray[np.bool_]
) -> Design:
    known = load_vectors(corpus.language)
    seen, idf_seen = _learn_vocabulary(grams.keys[inside], grams.owner[inside], 1)
    titles = len(np.unique(grams.owner[inside]))
    idf = np.full(len(known.keys), np.log(1 + titles) + 1)
    at = np.searchsorted(seen, known.keys)
    at[at == len(seen)] = 0
    found = seen[at] == known.keys
    idf[found] = idf_seen[at[found]]
    words = _weighted_matrix(grams, known.keys, idf, corpus.laid.size)
    matrix = sparse.csr_matrix(words @ known.vectors)
    return Design(spec, matrix, known.keys, idf, NONE, NONE, known.vectors)


def _learn_vocabulary(keys: Keys, owner: Ints, least: int) -> tuple[Keys, Floats]:
    both = np.unique(np.stack([keys, owner.astype(np.uint64)], axis=1), axis=0)
    known, counts = np.unique(both[:, 0], return_counts=True)
    kept = counts >= least
    titles = len(np.unique(owner))
    idf = np.log((1 + titles) / (1 + counts[kept])) + 1
    return known[kept], idf


def _hand_design(spec: ViewSpec, corpus: Corpus, learn: NDArray[np.bool_]) -> Design:
    raw = measure_hand(corpus.titles, corpus.laid, corpus.language)
    if spec.kind == "surface":
        raw = raw[:, : len(HAND)]
    mean, scale = raw[learn].mean(axis=0), raw[learn].std(axis=0)
    scale = np.where(scale > 0, scale, 1.0)
    scaled = np.clip((raw - mean) / scale, -CLIP, CLIP) * _hand_share(raw.shape[1])
    return Design(spec, sparse.csr_matrix(scaled), NONE.astype(np.uint64), NONE, mean, scale)


def _hand_share(columns: int) -> float:
    """Makes the hand view's rows about as long as the text views', which have length 1."""
    return float(1 / np.sqrt(columns))


def fit_pairs(matrix: sparse.csr_matrix, lessons: Lessons, l2: float) -> Floats:
    """Weights w that minimise mean log(1 + exp(-(x_left - x_right) w)) + l2/2 |w|^2."""
    size = matrix.shape[0]
    turned = matrix.T.tocsr()
    share = lessons.weight / lessons.weight.sum()

    def measure_loss(weights: Floats) -> tuple[float, Floats]:
        utility = matrix @ weights
        margin = utility[lessons.left] - utility[lessons.right]
        pull = -share / (1 + np.exp(np.clip(margin, -30, 30)))
        pulls = np.bincount(lessons.left, pull, minlength=size)
        pulls -= np.bincount(lessons.right, pull, minlength=size)
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


def fit_stages(stages: Sequence[Stage], corpus: Corpus, lessons: Lessons) -> Fitted:
    """Fits each stage alone; the utility is their sum, each scaled to its share.

    A stage's scale is the spread of its differences over the lessons. Only titles that the lessons
    name teach vocabulary and scale.
    """
    learn = np.zeros(corpus.laid.size, dtype=bool)
    learn[lessons.left] = learn[lessons.right] = True
    designs: list[Design] = []
    weights: list[Floats] = []
    for stage in stages:
        built = [build_design(view, corpus, learn) for view in stage.views]
        joined = sparse.hstack([design.matrix for design in built]).tocsr()
        found = fit_pairs(joined, lessons, stage.l2)
        utility = joined @ found
        gap = utility[lessons.left] - utility[lessons.right]
        found *= stage.share / max(float(np.sqrt((gap**2).mean())), 1e-9)
        cuts = np.cumsum([design.matrix.shape[1] for design in built])[:-1]
        designs += built
        weights += np.split(found, cuts)
    return Fitted(tuple(designs), tuple(weights))
