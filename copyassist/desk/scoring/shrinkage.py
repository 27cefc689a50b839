"""How far an account's own posts may move its weights: one hierarchical model, learnt across accounts.

A post's log figure is a level that drifts, plus weights of its features, plus noise. Each weight is
drawn around the prior (the platform's model, else 0) with a variance learnt over many accounts. How
much titles matter on this account in all is weighed by its own posts, over a grid around what is
usual: twelve posts barely move anything, and an account whose one kind of title always does ten
times as well is soon believed. The posterior is linear, so every explanation stays exact.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from copyassist.desk.scoring.ngrams import Floats
from copyassist.model_folder import load_manifest, named_fields

FOLDER, FORMAT = "own-posts", 1
FEWEST_POSTS = 12
MOST_POSTS = 400  # what older posts teach no longer holds, and the fit grows with their cube
# The level drifts: its variance in units of the noise, and after how many posts it has moved on.
DRIFT, DRIFT_POSTS = 0.3, 20.0
OUTLIER = 2.5  # in robust standard deviations: a viral accident teaches no more than that
LEAST_SPREAD = 0.3
# How much all own weights are stretched, and how likely each stretch is before a post is seen.
STRETCHES = 10.0 ** np.arange(-3, 2.5, 0.5)
STRETCH_WIDTH = 0.5  # decades
NOISE_POSTS = 4.0  # how many posts the guess of a usual noise is worth
MEASURED_POSTS = 100  # slopes were measured up to there
USUAL_POSTS = 30.0  # the number of posts around which slopes are stated


@dataclass(frozen=True, slots=True)
class OwnCalibration:
    """From a posterior's edges, in units of its noise, to chances, for any number of own posts.

    A slope at n posts is `slope` * (n / 30) ** `slope_power`, the same for pairs; `level`,
    `recent`, `longer`, `bias`, `trend`, `low`, `high`, `power` are those of `Calibration`. Pairs
    right are expected at 0.5 + `hit` * what the fit claims * (n / 30) ** `hit_power`; of ten
    accounts eight end within `hit_spread` of it. With all facts known slopes are `facts_slope`
    times as steep.
    """

    slope: float
    slope_power: float
    pair_slope: float
    pair_power: float
    level: float
    recent: float
    longer: float
    bias: float
    trend: float
    low: float
    high: float
    power: float
    hit: float
    hit_power: float
    hit_spread: float
    facts_slope: float = 1.0

    def slope_at(self, posts: int) -> float:
        """Logits of beating the usual, a unit of noise."""
        return self.slope * scale_posts(posts, self.slope_power)

    def pair_slope_at(self, posts: int) -> float:
        """Logits of one title beating another, a unit of noise."""
        return self.pair_slope * scale_posts(posts, self.pair_power)

    def expect_hits(self, claimed: float, posts: int) -> float:
        """The share 0.5..1 of pairs that will be right where the fit claims `claimed`."""
        return min(0.95, 0.5 + self.hit * (claimed - 0.5) * scale_posts(posts, self.hit_power))


def scale_posts(posts: int, power: float) -> float:
    """What a slope gains with the number of own posts, within what was measured."""
    return float((min(max(posts, FEWEST_POSTS), MEASURED_POSTS) / USUAL_POSTS) ** power)


@dataclass(frozen=True, slots=True)
class OwnPrior:
    """What own weights are drawn around, and how widely: variances in units of the noise's.

    `hand` is by feature, of standardised features, and `facts` by column; `grams` is that of a
    whole title's grams. `trust` is how much of what the platform's model expects is believed of an
    account with own posts: they say part of it again.
    """

    hand: Mapping[str, float]
    facts: Floats
    grams: float
    calibration: OwnCalibration
    trust: float = 1.0

    def hand_spread(self, names: tuple[str, ...]) -> Floats:
        """Standard deviations of own weights; a feature that no account showed gets a middling one."""
        middle = float(np.median(list(self.hand.values())))
        return np.asarray(np.sqrt([self.hand.get(name, middle) for name in names]))


@dataclass(frozen=True, slots=True)
class Shrinkage:
    """What was learnt across accounts: own weights around 0, and around a platform's model.

    `fact_mean` and `fact_scale` standardise facts where no model of the platform does.
    """

    alone: OwnPrior
    on_prior: OwnPrior
    fact_mean: Floats
    fact_scale: Floats
    manifest: Mapping[str, Any]


def load_shrinkage(models: Path) -> Shrinkage | None:
    """What a folder of models says about own posts, None where it says nothing. Raises ModelError."""
    folder = models / FOLDER
    if not folder.is_dir():
        return None
    with named_fields(folder):
        return read_shrinkage(load_manifest(folder, FORMAT))


def read_shrinkage(manifest: Mapping[str, Any]) -> Shrinkage:
    """The numbers of a manifest."""
    return Shrinkage(
        alone=_read_level(manifest["alone"]),
        on_prior=_read_level(manifest["on_prior"]),
        fact_mean=np.array(manifest["fact_mean"], dtype=float),
        fact_scale=np.array(manifest["fact_scale"], dtype=float),
        manifest=manifest,
    )


def _read_level(row: Mapping[str, Any]) -> OwnPrior:
    calibration = {name: float(value) for name, value in row["calibration"].items()}
    return OwnPrior(
        hand={name: float(value) for name, value in row["hand"].items()},
        facts=np.array(row["facts"], dtype=float),
        grams=float(row["grams"]),
        calibration=OwnCalibration(**calibration),
        trust=float(row["trust"]),
    )


@dataclass(frozen=True, slots=True)
class Posterior:
    """One weight a post, so that a title's edge is its kernel with the posts times `pulls`."""

    pulls: Floats
    noise: float


def fit_posterior(kernel: Floats, values: Floats, prior: Floats) -> Posterior:
    """What posts in order of time teach. `values` are log figures, `prior` what was expected.

    `kernel` are the covariances that the learnt variances give, in units of the noise's variance.
    """
    contrasts = _whitener(len(values))
    reduced = contrasts @ kernel @ contrasts.T
    seen = contrasts @ (clip_outliers(values) - prior)
    sizes, axes = np.linalg.eigh(reduced)
    sizes = np.maximum(sizes, 0.0)
    turned = axes.T @ seen
    spreads = 1 + STRETCHES[:, None] * sizes
    misfits = (turned**2 / spreads).sum(axis=1) + NOISE_POSTS
    degrees = NOISE_POSTS + len(values) - 1
    chance = _stretch_prior() - 0.5 * np.log(spreads).sum(axis=1) - degrees / 2 * np.log(misfits)
    chance = np.exp(chance - chance.max())
    chance /= chance.sum()
    shrunk = (chance[:, None] * STRETCHES[:, None] / spreads).sum(axis=0)
    pulls = contrasts.T @ (axes @ (shrunk * turned))
    return Posterior(np.asarray(pulls), float(np.sqrt(chance @ misfits / degrees)))


def clip_outliers(values: Floats) -> Floats:
    """Log figures with what lies far from their median brought near."""
    middle = np.median(values)
    spread = 1.4826 * np.median(np.abs(values - middle)) + LEAST_SPREAD
    return np.asarray(middle + np.clip(values - middle, -OUTLIER * spread, OUTLIER * spread))


@lru_cache(maxsize=8)  # a batch asks for one size over and over
def _whitener(size: int) -> Floats:
    """What makes the drifting noise of `size` posts white and takes their mean level out."""
    steps = np.arange(size)
    noise = np.eye(size) + DRIFT * np.exp(-np.abs(steps[:, None] - steps) / DRIFT_POSTS)
    whiten = np.linalg.inv(np.linalg.cholesky(noise))
    flat = whiten.sum(axis=1)
    flat /= np.linalg.norm(flat)
    return np.asarray(whiten - np.outer(flat, flat @ whiten))


def _stretch_prior() -> Floats:
    return np.asarray(-0.5 * (np.log10(STRETCHES) / STRETCH_WIDTH) ** 2)


def claim_hits(utility: Floats, slope: float) -> float:
    """The share of pairs of these titles that would be right if every chance were true."""
    if len(utility) < 2:
        return 0.5
    left, right = np.triu_indices(len(utility), 1)
    return float((1 / (1 + np.exp(-np.abs(slope * (utility[left] - utility[right]))))).mean())
