"""From out-of-fold utilities to probabilities, log ratios and the 80 % interval."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from copyassist.desk.scoring.history import follow
from copyassist.desk.scoring.model import HIGH_TAIL, LOW_TAIL, Calibration
from copyassist.desk.scoring.ngrams import Floats, Ints
from copyassist.training.datasets import Dataset, Pairs


def fit_logistic(columns: Floats, outcome: Floats) -> list[float]:
    """Weights w of P(outcome) = sigmoid(columns @ w); outcomes 0..1, ties 0.5."""
    size = len(outcome)

    def measure_loss(weights: Floats) -> tuple[float, Floats]:
        logit = columns @ weights
        chance = 1 / (1 + np.exp(-np.clip(logit, -30, 30)))
        loss = float((np.logaddexp(0, logit) - outcome * logit).mean())
        return loss, columns.T @ (chance - outcome) / size

    start = np.zeros(columns.shape[1])
    found = minimize(measure_loss, start, jac=True, method="L-BFGS-B", options={"ftol": 1e-12}).x
    return [float(weight) for weight in found]


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
    return fit_logistic(both[:, None], won)[0]


def calibrate(utility: Floats, dataset: Dataset, rows: Ints | None = None) -> Calibration:
    """The calibration of out-of-fold utilities against targets and pairs, learnt on `rows`.

    For tests the group is the test itself and a title "beats the median" where it beats the
    average of its test, which is what an A/B test can say.
    """
    past = Past.of(utility, dataset)
    rated = np.flatnonzero(dataset.group >= 0)
    rows = rated if rows is None else np.intersect1d(rows, rated)
    edge, target, trail = past.edge[rows], past.target[rows], past.trail[rows]
    beats = (target > 0) + 0.5 * (target == 0)
    known = np.column_stack([np.ones(len(rows)), edge, trail])
    level, effect, recent, longer = np.linalg.lstsq(known, target, rcond=None)[0].tolist()
    shift = trail @ np.array([recent, longer])
    slope, trend, bias = fit_logistic(np.column_stack([edge, shift, np.ones(len(rows))]), beats)
    residual = target - known @ np.array([level, effect, recent, longer])
    spread = past.spread[rows]
    power = fit_power(residual, spread)
    ends = [LOW_TAIL, 1 - HIGH_TAIL]
    low, high = np.quantile(residual / spread**power, ends).tolist()
    pairs = dataset.pairs
    slope_of_pairs = pair_slope(utility, pairs.pick(np.isin(pairs.left, rows)))
    return Calibration(
        slope=slope,
        bias=bias,
        trend=trend,
        pair_slope=slope_of_pairs,
        effect=effect,
        level=level,
        low=low,
        high=high,
        recent=recent,
        longer=longer,
        power=power,
    )


@dataclass(frozen=True, slots=True)
class Past:
    """Each row's edge over its group's average title, its target, and its account's trail."""

    edge: Floats
    target: Floats
    trail: Floats
    spread: Floats

    @classmethod
    def of(cls, utility: Floats, dataset: Dataset) -> "Past":
        """Rows are in order of time inside each account, as `load_notes` gives them."""
        known = dataset.group >= 0
        group = np.where(known, dataset.group, dataset.group.max(initial=0) + 1)
        clean = np.where(known, np.nan_to_num(dataset.target), 0.0)
        edge = center_by_group(np.where(known, utility, 0.0), group)
        if dataset.when is None:
            nothing = np.zeros((len(clean), 2))
            return cls(edge, center_by_group(clean, group), nothing, np.ones(len(clean)))
        trail, spread = np.zeros((len(clean), 2)), np.ones(len(clean))
        for account in np.unique(group):
            rows = np.flatnonzero(group == account)
            found = follow(clean[rows])
            trail[rows], spread[rows] = found.columns()[:-1], found.spread[:-1]
        return cls(edge, clean, trail, spread)


def fit_power(residual: Floats, spread: Floats) -> float:
    """How the residuals' size grows with the account's spread, as a power of it, 0..1.5."""
    logs = np.log(spread)
    if logs.std() < 1e-9:
        return 0.0
    size = np.log(np.abs(residual) + 0.2)
    power = float(np.cov(logs, size)[0, 1] / logs.var())
    return min(1.5, max(0.0, power))


def measure_interval(
    calibration: Calibration, utility: Floats, dataset: Dataset, rows: Ints
) -> tuple[float, float]:
    """Coverage 0..1 of the pooled 80 % interval on `rows`, and its typical factor (x or /).

    As the scorer gives it, the interval ends at 0 reads: that costs no coverage.
    """
    past = Past.of(utility, dataset)
    expected = calibration.level + calibration.effect * past.edge[rows]
    expected = expected + past.trail[rows] @ np.array([calibration.recent, calibration.longer])
    scale = past.spread[rows] ** calibration.power
    low, high = expected + calibration.low * scale, expected + calibration.high * scale
    if dataset.base is not None:
        low = np.maximum(low, -dataset.base[rows])
    inside = (past.target[rows] >= low) & (past.target[rows] <= high)
    return float(inside.mean()), float(np.exp((high - low).mean() / 2))
