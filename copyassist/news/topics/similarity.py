"""How likely two titles tell of the same event: a logit of what they share and how they differ.

Words and pairs of characters in common (weighed by rarity), how alike the words are used that are
not in common, and numbers that agree or contradict. A description, where a source gives one, is a
second look at the pair: it may join titles that share nothing, but has to be surer of it.

A hub title (世界杯, NBA总决赛) lies wholly inside the story's title and says little by itself. Such
a pair is of one theme, never of one event, however alike the two are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from copyassist.news.topics import telling
from copyassist.news.topics.lexicon import Lexicon, Terms

Array = NDArray[np.float64]

SHARED = (
    "word_cosine",
    "gram_cosine",
    "gram_containment",
    "rarest_word",
    "gram_mass",
    "vector_cosine",
    "rest_cosine",
    "numbers_conflict",
    "numbers_shared",
)
FEATURES = (*SHARED, *telling.FEATURES)
LIKELY = -3.5  # pairs whose shared terms alone give less are not looked at again: nearly all pairs
HUB_CONTAINED = 0.85  # share of the shorter title's word mass that the longer one has too
HUB_MASS = 13.0  # a title with less word mass than this (two common words) names a theme
HUB_RATIO = 2.5  # the longer title adds at least this many times the shorter one's mass
HUB_LOGIT = -4.0
APART_LOGIT = -3.0


@dataclass(frozen=True, slots=True)
class PairModel:
    """Weights of `FEATURES`, and what the logits mean.

    `first` and `first_bias` are weights of `SHARED` alone: they say which pairs are worth a closer look.
    `extra` is how much surer descriptions must be; topics are joined while their average
    probability is at least `same`, and two titles alone where it is at least `few`; from `theme` on
    they are related.
    """

    weights: Array
    bias: float
    first: Array
    first_bias: float
    extra: float
    same: float
    few: float
    theme: float


def load_pair_model(arrays: Mapping[str, Any], manifest: Mapping[str, Any]) -> PairModel:
    """The pair model of a loaded folder."""
    cuts = {name: float(manifest["cuts"][name]) for name in ("extra", "same", "few", "theme")}
    weights, first = (np.asarray(arrays[n], dtype=np.float64) for n in ("weights", "first"))
    return PairModel(weights, float(arrays["bias"]), first, float(arrays["first_bias"]), **cuts)


@dataclass(frozen=True, slots=True)
class Sides:
    """A title's terms, and the same with its description's terms where it has one."""

    title: Terms
    full: Terms

    @property
    def described(self) -> bool:
        """Whether a description adds to the title."""
        return self.full is not self.title


def measure_same(
    model: PairModel, lexicon: Lexicon, left: Sequence[Sides], right: Sequence[Sides]
) -> Array:
    """The probability 0..1 that left[i] and right[i] tell of the same event. Shape (pairs,)."""
    if not left:
        return np.zeros(0)
    measured, hubs = measure_pairs(lexicon, [s.title for s in left], [s.title for s in right])
    logits = measured @ model.first + model.first_bias
    pairs = enumerate(zip(left, right, strict=True))
    described = [i for i, (a, b) in pairs if a.described or b.described]
    if described:
        full, _ = measure_pairs(
            lexicon, [left[i].full for i in described], [right[i].full for i in described]
        )
        more = full @ model.first + model.first_bias - model.extra
    likely = np.flatnonzero(logits >= LIKELY)
    told = [compare_sides(left[i], right[i]) for i in likely.tolist()]
    if told:
        closer = np.array([values for values, _ in told])
        logits[likely] = np.column_stack([measured[likely], closer]) @ model.weights + model.bias
    if described:
        logits[described] = np.maximum(logits[described], more)
    apart = likely[[other for _, other in told]] if told else likely
    logits[apart] = np.minimum(logits[apart], APART_LOGIT)
    logits[hubs] = np.minimum(logits[hubs], HUB_LOGIT)
    chances: Array = 1 / (1 + np.exp(-np.clip(logits, -30, 30)))
    return chances


def compare_sides(left: Sides, right: Sides) -> tuple[list[float], bool]:
    """What tells two titles apart; see `telling.compare_told`."""
    return telling.compare_told(left.title.told, right.title.told)


def measure_pairs(
    lexicon: Lexicon, left: Sequence[Terms], right: Sequence[Terms]
) -> tuple[Array, NDArray[np.bool_]]:
    """The features of pairs, shape (pairs, 9), and which pairs are a hub and one of its stories."""
    words = _share([t.words for t in left], [t.words for t in right])
    grams = _share([t.grams for t in left], [t.grams for t in right])
    word = _weigh(words, [t.word_weights for t in left], [t.word_weights for t in right])
    gram = _weigh(grams, [t.gram_weights for t in left], [t.gram_weights for t in right])
    vectors = _compare_vectors(lexicon, words, word, left, right)
    numbers = [_compare_numbers(a, b) for a, b in zip(left, right, strict=True)]
    columns = [word.cosine, gram.cosine, gram.containment, word.largest, gram.mass, *vectors]
    return np.column_stack([*columns, np.array(numbers, dtype=np.float64)]), _find_hubs(word)


@dataclass(frozen=True, slots=True)
class SharedTerms:
    """Terms that pairs have in common: `pair`, the term, and its places in the two flat lists."""

    size: int
    pair: NDArray[np.int64]
    number: NDArray[np.int64]
    left: NDArray[np.int64]
    right: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the terms in common weigh, a value a pair. `a`, `b` are the weights, a value a term."""

    cosine: Array
    containment: Array
    mass: Array
    largest: Array
    lesser: Array
    greater: Array
    a: Array
    b: Array


def _share(left: Sequence[NDArray[np.int64]], right: Sequence[NDArray[np.int64]]) -> SharedTerms:
    size = len(left)
    one, two = _key(left), _key(right)
    both = np.concatenate([one, two])
    order = np.argsort(both, kind="stable")
    lined = both[order]
    hits = np.flatnonzero(lined[1:] == lined[:-1])
    keys = lined[hits]
    return SharedTerms(size, keys >> 32, keys & 0xFFFFFFFF, order[hits], order[hits + 1] - len(one))


def _key(lists: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
    lengths = np.fromiter(map(len, lists), np.int64, len(lists))
    return np.repeat(np.arange(len(lists), dtype=np.int64) << 32, lengths) + np.concatenate(lists)


def _weigh(
    shared: SharedTerms, left: Sequence[NDArray[np.float32]], right: Sequence[NDArray[np.float32]]
) -> Weighed:
    a = np.concatenate(left).astype(np.float64)[shared.left]
    b = np.concatenate(right).astype(np.float64)[shared.right]
    each = np.sqrt(a * b)
    mass: Array = np.bincount(shared.pair, each, minlength=shared.size).astype(np.float64)
    largest = np.zeros(shared.size)
    np.maximum.at(largest, shared.pair, each)
    masses = np.array([_sum_all(left), _sum_all(right)])
    lengths = np.sqrt(np.array([_sum_all(left, 2), _sum_all(right, 2)]).prod(axis=0))
    dot = np.bincount(shared.pair, a * b, minlength=shared.size)
    lesser, greater = masses.min(axis=0), masses.max(axis=0)
    cosine = dot / np.maximum(lengths, 1e-9)
    return Weighed(cosine, mass / np.maximum(lesser, 1e-9), mass, largest, lesser, greater, a, b)


def _sum_all(lists: Sequence[NDArray[np.float32]], power: int = 1) -> Array:
    lengths = np.fromiter(map(len, lists), np.int64, len(lists))
    owner = np.repeat(np.arange(len(lists)), lengths)
    flat = np.concatenate(lists).astype(np.float64)
    return np.bincount(owner, flat**power, minlength=len(lists)).astype(np.float64)


def _compare_vectors(
    lexicon: Lexicon,
    shared: SharedTerms,
    word: Weighed,
    left: Sequence[Terms],
    right: Sequence[Terms],
) -> tuple[Array, Array]:
    one = np.array([t.vector for t in left])
    two = np.array([t.vector for t in right])
    common = lexicon.find_vectors(shared.number)
    rest_one = one - _add_up(shared, common * word.a[:, None])
    rest_two = two - _add_up(shared, common * word.b[:, None])
    return _cosine(one, two), _cosine(rest_one, rest_two)


def _add_up(shared: SharedTerms, rows: Array) -> Array:
    total = np.zeros((shared.size, rows.shape[1]))
    if len(rows):
        starts = np.flatnonzero(np.diff(shared.pair, prepend=-1))
        total[shared.pair[starts]] = np.add.reduceat(rows, starts, axis=0)
    return total


def _cosine(one: Array, two: Array) -> Array:
    """Row by row; 0 where a row is nothing but rounding."""
    lengths = np.linalg.norm(one, axis=1) * np.linalg.norm(two, axis=1)
    dots = np.einsum("ij,ij->i", one, two)
    found: Array = np.where(lengths > 1e-3, dots / np.maximum(lengths, 1e-3), 0.0)
    return found


def _compare_numbers(a: Terms, b: Terms) -> tuple[float, float]:
    both = len(a.numbers & b.numbers)
    return float(bool(a.numbers and b.numbers) and not both), float(both)


def _find_hubs(word: Weighed) -> NDArray[np.bool_]:
    contained = word.containment > HUB_CONTAINED
    added = word.greater - word.mass > HUB_RATIO * word.lesser
    found: NDArray[np.bool_] = contained & added & (word.lesser < HUB_MASS)
    return found
