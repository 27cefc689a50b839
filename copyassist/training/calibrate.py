"""From out-of-fold utilities to probabilities, log ratios and the 80 % interval."""

import numpy as np
from scipy.optimize import minimize

from copyassist.scoring.model import Calibration
from copyassist.scoring.ngrams import Floats, Ints
from copyassist.training.datasets import Dataset, Pairs

COVERAGE = 0.8


def fit_logistic(
    x: Floats, y: Floats, weight: Floats | None = None, *, with_bias: bool
) -> tuple[float, float]:
    """Slope and bias of P(y) = sigmoid(bias + slope x); outcomes 0..1, ties 0.5."""
    share = np.full(len(x), 1 / len(x)) if weight is None else weight / weight.sum()

    def measure_loss(point: Floats) -> tuple[float, Floats]:
        logit = point[0] * x + (point[1] if with_bias else 0.0)
        chance = 1 / (1 + np.exp(-np.clip(logit, -30, 30)))
        loss = float((share * (np.logaddexp(0, logit) - y * logit)).sum())
        pull = share * (chance - y)
        return loss, np.array([pull @ x, pull.sum() if with_bias else 0.0])

    found = minimize(measure_loss, np.array([0.1, 0.0]), jac=True, method="L-BFGS-B").x
    return float(found[0]), float(found[1]) if with_bias else 0.0


def center_by_group(utility: Floats, group: Ints) -> Floats:
    """Utilities less the average of their group (account, or test)."""
    sums = np.bincount(group, utility)
    centred: Floats = utility - (sums / np.maximum(np.bincount(group), 1))[group]
    return centred


def pair_slope(utility: Floats, pairs: Pairs) -> float:
    """The slope of P(A beats B) in the difference of utilities."""
    margin = utility[pairs.left] - utility[pairs.right]
    both = np.concatenate([margin, -margin])
    won = np.concatenate([np.ones(len(margin)), np.zeros(len(margin))])
    return fit_logistic(both, won, with_bias=False)[0]


def calibrate(utility: Floats, dataset: Dataset) -> Calibration:
    """The calibration of out-of-fold utilities against targets and pairs.

    For tests the group is the test itself and a title "beats the median" where it beats the
    average of its test, which is what an A/B test can say.
    """
    rated = np.flatnonzero(dataset.group >= 0)
    group, target = dataset.group[rated], dataset.target[rated]
    if dataset.when is None:
        target = center_by_group(target, group)
    edge = center_by_group(utility[rated], group)
    beats = (target > 0) + 0.5 * (target == 0)
    slope, bias = fit_logistic(edge, beats, with_bias=True)
    effect = float((edge @ (target - target.mean())) / max(edge @ edge, 1e-9))
    level = float(np.median(target - effect * edge))
    low, high = np.quantile(
        target - level - effect * edge, [(1 - COVERAGE) / 2, (1 + COVERAGE) / 2]
    )
    return Calibration(
        slope=slope,
        bias=bias,
        pair_slope=pair_slope(utility, dataset.pairs),
        effect=effect,
        level=level,
        low=float(low),
        high=float(high),
    )
