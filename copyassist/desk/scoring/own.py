"""What an account's own posts teach: a ridge in closed form on top of a prior, or alone.

The features are hashed grams of one and two characters and the hand features, so that any language
and topic fits into 512 buckets; what is learnt becomes one more linear view, and every explanation
stays exact. Own-history curve: +0.5 to +1.2 points from 20 to 100 posts; never more is promised.
"""

from dataclasses import dataclass, replace

import numpy as np

from copyassist.desk.scoring.features.hand import hand_groups, hand_names, measure_hand
from copyassist.desk.scoring.history import TitleShelf
from copyassist.desk.scoring.model import (
    CLIP,
    HIGH_TAIL,
    LOW_TAIL,
    Calibration,
    HandView,
    HashView,
    Model,
    measure_parts,
)
from copyassist.desk.scoring.ngrams import Floats, Ints, Laid, lay_out
from copyassist.i18n import Language
from copyassist.types import ParsedText

BUCKETS = 512
RIDGE = 25.0  # titles explain a few per cent of a post: the noise is some 25 times the signal
TRUST_POSTS = 50  # k of n / (n + k)
HAND_SHARE = 0.5  # the length of the hand features' rows beside the grams', which is 1
TESTED_SHARE = 0.3
BLOCKS = 3
TESTED_LEAST = 8
PAIRS = 20_000
# One-sided: a coin toss passes one time in ten.
SURE = 1.28
LEAST_EDGE = 0.02  # with a thousand posts less than that is certain, and still of no use


@dataclass(frozen=True, slots=True)
class Past:
    """An account's posts in one language, oldest first: titles, log ratios, features, prior.

    `prior` is the prior's expected log ratio of each post, 0 without one.
    """

    titles: tuple[ParsedText, ...]
    ratios: Floats
    features: Floats
    prior: Floats
    hand: HandView


@dataclass(frozen=True, slots=True)
class Check:
    """The rolling-origin check on the last 30 % of the account's own past.

    `before` is the share of pairs the prior alone had right (0.5 without one), `after` with own
    posts, over `posts` posts and `pairs` pairs.
    """

    before: float
    after: float
    posts: int
    pairs: int

    @property
    def helps(self) -> bool:
        """Whether own posts did better than the prior alone."""
        return self.posts >= TESTED_LEAST and self.after > self.before

    @property
    def beats_chance(self) -> bool:
        """Whether own posts alone did clearly better than a coin: Kendall's null variance."""
        if self.posts < TESTED_LEAST:
            return False
        n = self.posts
        error = np.sqrt(2 * (2 * n + 5) / (9 * n * (n - 1))) / 2
        return bool(self.after > 0.5 + max(SURE * error, LEAST_EDGE))


def collect_past(shelf: TitleShelf, language: Language, model: Model | None) -> Past:
    """The posts of a shelf as features; `model` is the prior, None without one."""
    titles = shelf.titles
    laid = lay_out(titles)
    raw = measure_hand(titles, laid, language)
    hand = _own_hand(raw, language) if model is None else model.hand
    prior: Floats = np.zeros(len(titles))
    if model is not None:
        utility = measure_parts(model, titles, laid).utility
        prior = model.calibration.effect * (utility - utility.mean() if len(titles) else utility)
    return Past(
        titles=titles,
        ratios=shelf.ratios,
        features=_measure_features(raw, laid, hand),
        prior=prior,
        hand=hand,
    )


def _own_hand(raw: Floats, language: Language) -> HandView:
    names = hand_names(language)
    scale = raw.std(axis=0) if len(raw) else np.ones(len(names))
    mean = raw.mean(axis=0) if len(raw) else np.zeros(len(names))
    zeros = np.zeros(len(names))
    return HandView(names, hand_groups(language), mean, np.where(scale > 0, scale, 1.0), zeros)


def _measure_features(raw: Floats, laid: Laid, hand: HandView) -> Floats:
    scaled = np.clip((raw - hand.mean) / hand.scale, -CLIP, CLIP)
    grams = HashView(np.ones(BUCKETS)).fill(laid)
    return np.hstack([grams, scaled * _hand_factor(hand)])


def _hand_factor(hand: HandView) -> float:
    return float(HAND_SHARE / np.sqrt(len(hand.names)))


def fit_ridge(features: Floats, target: Floats) -> Floats:
    """Ridge weights around the mean, shrunk by n / (n + 50). Zeros without posts."""
    n = len(target)
    if n == 0:
        return np.zeros(features.shape[1])
    centred = features - features.mean(axis=0)
    pull = centred.T @ (target - target.mean())
    if n < features.shape[1]:  # the same solution by the smaller system
        gram = centred @ centred.T
        gram[np.diag_indices(n)] += RIDGE
        weights = centred.T @ np.linalg.solve(gram, target - target.mean())
    else:
        gram = centred.T @ centred
        gram[np.diag_indices(len(gram))] += RIDGE
        weights = np.linalg.solve(gram, pull)
    return np.asarray(weights * (n / (n + TRUST_POSTS)))


def check_past(past: Past) -> tuple[Check, Ints, Floats]:
    """Predicts the last 30 % block by block from what came before each block.

    Returns the check, the rows tested, and their predictions with own posts.
    """
    n = len(past.ratios)
    first = n - int(n * TESTED_SHARE)
    tested = np.arange(first, n)
    predicted = np.zeros(n)
    for block in np.array_split(tested, BLOCKS):
        if len(block):
            weights = fit_ridge(past.features[: block[0]], (past.ratios - past.prior)[: block[0]])
            predicted[block] = past.prior[block] + past.features[block] @ weights
    pairs = _pick_pairs(past, tested)
    before, after = (_share_right(values, past.ratios, pairs) for values in (past.prior, predicted))
    return Check(before, after, len(tested), len(pairs)), tested, predicted[tested]


def _pick_pairs(past: Past, tested: Ints) -> Ints:
    a, b = np.triu_indices(len(tested), 1)
    if len(a) > PAIRS:
        some = np.random.default_rng(5).choice(len(a), PAIRS, replace=False)
        a, b = a[some], b[some]
    pairs = np.stack([tested[a], tested[b]], axis=1)
    return np.asarray(pairs[past.ratios[pairs[:, 0]] != past.ratios[pairs[:, 1]]])


def _share_right(predicted: Floats, truth: Floats, pairs: Ints) -> float:
    if not len(pairs):
        return 0.5
    gap = predicted[pairs[:, 0]] - predicted[pairs[:, 1]]
    real = truth[pairs[:, 0]] - truth[pairs[:, 1]]
    return float(((gap * real > 0) + 0.5 * (gap == 0)).mean())


def personalise(model: Model, past: Past) -> Model:
    """The prior with what the account's own posts add, in the prior's units of utility."""
    weights = fit_ridge(past.features, past.ratios - past.prior)
    return _with_view(model, past, weights / max(model.calibration.effect, 1e-6))


def build_own(past: Past, language: Language, check: Check) -> Model:
    """A model of own posts alone; its utility is the expected log ratio."""
    weights = fit_ridge(past.features, past.ratios)
    spread = max(float(np.std(past.ratios)), 1e-6)
    # A normal with this spread: P(beats) = Phi(u / s), and a logistic of 1.7 u / s is within .01.
    low, high = np.quantile(past.ratios - np.median(past.ratios), [LOW_TAIL, 1 - HIGH_TAIL])
    calibration = Calibration(
        slope=1.7 / spread,
        bias=0.0,
        pair_slope=1.7 / (spread * np.sqrt(2)),
        effect=1.0,
        level=float(np.median(past.ratios)),
        low=float(low),
        high=float(high),
    )
    bare = Model(
        name="own",
        language=language,
        platforms=(),
        views=(),
        hand=past.hand,
        facts=None,
        calibration=calibration,
        text_reference=0.0,
        evidence={},
        pairs_right=check.after,
        causal=False,
        manifest={},
    )
    return _with_view(bare, past, weights)


def _with_view(model: Model, past: Past, weights: Floats) -> Model:
    grams, hand = weights[:BUCKETS], weights[BUCKETS:] * _hand_factor(past.hand)
    return replace(
        model,
        views=(*model.views, HashView(grams)),
        hand=replace(past.hand, weights=model.hand.weights + hand),
    )
