"""Learns across accounts how far own posts may be trusted, and what comes of it afterwards.

The variances of own weights are those that make the accounts' pasts likeliest (EM in closed form);
slopes, the interval and the expected hit rate come from simulated desks: an account at a moment,
judged on its next posts. For the figures both are learnt on other folds than those that they judge.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from copyassist.desk.scoring.features.hand import hand_names
from copyassist.desk.scoring.model import CLIP, HIGH_TAIL, LOW_TAIL
from copyassist.desk.scoring.ngrams import Floats
from copyassist.desk.scoring.shrinkage import (
    DRIFT,
    DRIFT_POSTS,
    USUAL_POSTS,
    OwnCalibration,
    OwnPrior,
    claim_hits,
    clip_outliers,
    fit_posterior,
)
from copyassist.training.calibrate import fit_logistic, fit_power
from copyassist.training.histories import (
    COUNTS,
    Desk,
    DeskPairs,
    History,
    pair_ahead,
    place_desks,
    trail_of,
)

GRAMS = 0.15  # from 0.06 to 0.2 the figures are the same within 0.2 points
# How much of the platform's model is believed beside own posts: from 0.5 to 0.7 the figures are the
# same within 0.1 points; believing all of it costs 0.1 to 0.4.
TRUST = 0.6
STEPS = 100
LEARNT_LEAST, LEARNT_MOST = 25, 250  # posts of an account that the variances are learnt from
FIRST_VARIANCE = 0.004
LEAST_NOISE = 0.5
CLAIMED = 60  # own titles whose pairs make the claim
FLAT_LEVEL = 10.0  # the variance of an account's level: as good as unknown
UNKNOWN = OwnCalibration(1.7, 0, 1.2, 0, 0, 0, 0, 0, 0, -1.5, 1.5, 0, 1, 0, 0.05)


@dataclass(frozen=True, slots=True)
class Scales:
    """What standardises hand features and facts."""

    hand_mean: Floats
    hand_scale: Floats
    fact_mean: Floats
    fact_scale: Floats

    @classmethod
    def of(cls, histories: Sequence[History]) -> "Scales":
        """The means and spreads over all posts."""
        hand = np.concatenate([one.hand for one in histories])
        facts = np.concatenate([one.facts for one in histories])
        spreads = [np.nanstd(table, axis=0) for table in (hand, facts)]
        first, second = (np.where(spread > 0, spread, 1.0) for spread in spreads)
        return cls(hand.mean(axis=0), first, np.nanmean(facts, axis=0), second)

    def apply(self, history: History) -> Floats:
        """The features as own weights see them; a fact that is not known is 0."""
        hand = (history.hand - self.hand_mean) / self.hand_scale
        facts = np.nan_to_num((history.facts - self.fact_mean) / self.fact_scale)
        return np.clip(np.hstack([hand, facts]), -CLIP, CLIP)


def learn_level(histories: Sequence[History], scales: Scales) -> OwnPrior:
    """The variances under which the accounts' pasts, less their prior, are likeliest."""
    parts = [
        _summarise_past(one, scales.apply(one)) for one in histories if len(one) >= LEARNT_LEAST
    ]
    size = len(parts[0][1])
    variance = np.full(size, FIRST_VARIANCE)
    for _ in range(STEPS):
        total = np.zeros(size)
        spread = np.sqrt(variance)
        for squares, pull in parts:
            inverse = np.linalg.inv(np.eye(size) + spread[:, None] * squares * spread)
            weights = spread * (inverse @ (spread * pull))
            total += weights**2 + variance * np.diag(inverse)
        variance = total / len(parts)
    names = hand_names("zh")
    hand = dict(zip(names, variance[: len(names)].tolist(), strict=True))
    return OwnPrior(hand, variance[len(names) :], GRAMS, UNKNOWN, TRUST)


def _summarise_past(history: History, features: Floats) -> tuple[Floats, Floats]:
    """X'R^-1 X and X'R^-1 y of the newest posts, where R is what the features do not explain."""
    newest = slice(-LEARNT_MOST, None)
    rows = features[newest]
    steps = np.arange(len(rows))
    noise = np.eye(len(rows)) + DRIFT * np.exp(-np.abs(steps[:, None] - steps) / DRIFT_POSTS)
    noise += GRAMS * history.alike[newest, newest] + FLAT_LEVEL
    values = clip_outliers(history.logs[newest]) - TRUST * history.prior[newest]
    values = (values - values.mean()) / max(float(values.std()), LEAST_NOISE)
    both = np.linalg.solve(noise, np.column_stack([rows, values]))
    return rows.T @ both[:, :-1], rows.T @ both[:, -1]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A desk and how its next posts (`ahead`) did: edges in log units over the account's average title.

    `claimed` are the edges of its latest own titles, `trail` what `trail_of` gives.
    """

    account: int
    posts: int
    ahead: slice
    edge: Floats
    noise: float
    claimed: Floats
    trail: tuple[float, float, float]
    target: Floats
    pairs: DeskPairs


def simulate(
    histories: Sequence[History], scales: Scales, level: OwnPrior, posts: int
) -> Iterator[Outcome]:
    """Every desk with so many posts behind it, fitted as the product fits."""
    spread = np.concatenate([level.hand_spread(hand_names("zh")), np.sqrt(level.facts)])
    kernels: dict[int, Floats] = {}
    for desk in place_desks(histories, posts):
        history = histories[desk.account]
        if desk.account not in kernels:
            rows = scales.apply(history) * spread
            kernels[desk.account] = rows @ rows.T + level.grams * history.alike
        believed = replace(history, prior=level.trust * history.prior)
        yield _judge_desk(believed, desk, kernels[desk.account])


def _judge_desk(history: History, desk: Desk, kernel: Floats) -> Outcome:
    behind, ahead, prior = desk.behind, desk.ahead, history.prior
    fitted = fit_posterior(kernel[behind, behind], history.logs[behind], prior[behind])
    own = kernel[behind, behind] @ fitted.pulls + prior[behind]
    edge = kernel[ahead, behind] @ fitted.pulls + prior[ahead] - own.mean()
    return Outcome(
        account=desk.account,
        posts=desk.posts,
        ahead=ahead,
        edge=edge,
        noise=fitted.noise,
        claimed=own[-CLAIMED:],
        trail=trail_of(history, desk),
        target=history.target[ahead],
        pairs=pair_ahead(history, desk),
    )


# --- calibration -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Table:
    """Outcomes as columns, one row a post ahead."""

    posts: Floats
    edge: Floats
    noise: Floats
    trail: Floats
    target: Floats
    spread: Floats

    @classmethod
    def of(cls, outcomes: Sequence[Outcome]) -> "Table":
        """The posts whose usual is known."""
        columns: list[list[Floats]] = [[], [], [], [], [], []]
        for one in outcomes:
            known = np.isfinite(one.target)
            ones = np.ones(int(known.sum()))
            recent, longer, spread = one.trail
            columns[0].append(one.posts * ones)
            columns[1].append(one.edge[known])
            columns[2].append(one.noise * ones)
            columns[3].append(np.outer(ones, [recent, longer]))
            columns[4].append(one.target[known])
            columns[5].append(spread * ones)
        return cls(*(np.concatenate(column) for column in columns))


def calibrate_own(outcomes: Sequence[Outcome]) -> OwnCalibration:
    """Slopes, trail, interval and hit rate from simulated desks of all counts."""
    table = Table.of(outcomes)
    known = np.column_stack([np.ones(len(table.edge)), table.trail, table.edge])
    level, recent, longer, effect = np.linalg.lstsq(known, table.target, rcond=None)[0].tolist()
    del effect  # the posterior's edge is in log units already
    shift = table.trail @ np.array([recent, longer])
    residual = table.target - level - shift - table.edge
    power = fit_power(residual, table.spread)
    ends = [LOW_TAIL, 1 - HIGH_TAIL]
    low, high = np.quantile(residual / table.spread**power, ends).tolist()
    beats = (table.target > 0) + 0.5 * (table.target == 0)
    units = table.edge / table.noise
    slope, slope_power, trend, bias = _fit_slope(
        units, table.posts, np.column_stack([shift, np.ones(len(shift))]), beats
    )
    pair_slope, pair_power = fit_pair_slope(outcomes)
    partial = OwnCalibration(
        slope=slope,
        slope_power=slope_power,
        pair_slope=pair_slope,
        pair_power=pair_power,
        level=level,
        recent=recent,
        longer=longer,
        bias=bias,
        trend=trend,
        low=low,
        high=high,
        power=power,
        hit=1.0,
        hit_power=0.0,
        hit_spread=0.0,
    )
    return _fit_hits(partial, outcomes)


def _fit_slope(units: Floats, posts: Floats, others: Floats, outcome: Floats) -> list[float]:
    """Weights of P = sigmoid(slope * (n / 30) ** power * units + others): a few Newton-like rounds.

    The power is linearised: slope * units * (1 + power * log(n / 30)).
    """
    logs = np.log(posts / USUAL_POSTS)
    power = 0.0
    for _ in range(6):
        scaled = units * np.exp(power * logs)
        columns = np.column_stack([scaled, scaled * logs, others])
        slope, tilt, *rest = fit_logistic(columns, outcome)
        power = float(np.clip(power + tilt / max(slope, 1e-6), -1.0, 1.0))
    final = np.column_stack([units * np.exp(power * logs), others])
    slope, *rest = fit_logistic(final, outcome)
    return [slope, power, *rest]


def fit_pair_slope(outcomes: Sequence[Outcome]) -> tuple[float, float]:
    """The slope of P(A beats B) in units of the noise, and its power of the number of posts."""
    margins, posts = [], []
    for one in outcomes:
        gap = (one.edge[one.pairs.better] - one.edge[one.pairs.worse]) / one.noise
        margins.append(gap)
        posts.append(np.full(len(gap), float(one.posts)))
    gap, counts = np.concatenate(margins), np.concatenate(posts)
    won = np.concatenate([np.ones(len(gap)), np.zeros(len(gap))])
    nothing = np.zeros((2 * len(gap), 0))
    slope, power = _fit_slope(
        np.concatenate([gap, -gap]), np.concatenate([counts, counts]), nothing, won
    )
    return slope, power


def measure_hits(
    calibration: OwnCalibration, outcomes: Sequence[Outcome]
) -> tuple[Floats, Floats, Floats]:
    """Each desk's claim, the share of pairs right afterwards, and how many posts it had."""
    rows = []
    for one in outcomes:
        if len(one.pairs.better):
            slope = calibration.pair_slope_at(one.posts) / one.noise
            rows.append((claim_hits(one.claimed, slope), share_right(one), one.posts))
    claimed, right, posts = np.array(rows).T
    return claimed, right, posts


def share_right(one: Outcome) -> float:
    """The share of a desk's pairs that its edges put in the right order."""
    margin = one.edge[one.pairs.better] - one.edge[one.pairs.worse]
    return float(((margin > 0) + 0.5 * (margin == 0)).mean())


def _fit_hits(calibration: OwnCalibration, outcomes: Sequence[Outcome]) -> OwnCalibration:
    """How much of a claim comes true, by the number of posts, and how far accounts lie apart."""
    claimed, right, posts = measure_hits(calibration, outcomes)
    shares = []
    for count in COUNTS:
        chosen = posts == count
        over = claimed[chosen] - 0.5
        shares.append(float((over * (right[chosen] - 0.5)).sum() / max((over**2).sum(), 1e-9)))
    logs = np.log(np.array(COUNTS) / USUAL_POSTS)
    power, start = np.polyfit(logs, np.log(np.maximum(shares, 0.05)), 1).tolist()
    fitted = replace(calibration, hit=float(np.exp(start)), hit_power=power)
    stated = np.array([fitted.expect_hits(c, int(n)) for c, n in zip(claimed, posts, strict=True)])
    return replace(fitted, hit_spread=_spread_by_account(right - stated, outcomes))


def _spread_by_account(miss: Floats, outcomes: Sequence[Outcome]) -> float:
    """Eight of ten accounts end within this of what was stated, over all their desks."""
    accounts = np.array([one.account for one in outcomes if len(one.pairs.better)])
    means = [abs(float(miss[accounts == a].mean())) for a in np.unique(accounts)]
    return float(np.quantile(means, 0.8))


# --- the model that ships ---------------------------------------------------------------------------


def describe_level(level: OwnPrior) -> Mapping[str, Any]:
    """A level as the manifest holds it."""
    return {
        "hand": {name: round(value, 6) for name, value in level.hand.items()},
        "facts": [round(value, 6) for value in level.facts.tolist()],
        "grams": level.grams,
        "trust": level.trust,
        "calibration": {k: round(v, 5) for k, v in asdict(level.calibration).items()},
    }


def with_prior(histories: Sequence[History], expected: Mapping[str, Floats]) -> list[History]:
    """Histories with what a model that never saw them expected, in log units.

    `expected` has a row for every post but the first five, for which nothing was expected.
    """
    found = []
    for one in histories:
        prior = np.zeros(len(one))
        known = expected.get(one.name, np.zeros(0))
        if len(known):
            prior[-len(known) :] = known - known.mean()
        found.append(replace(one, prior=prior))
    return found


def without_facts(histories: Sequence[History]) -> list[History]:
    """The same accounts as titles alone."""
    return [replace(one, facts=np.full_like(one.facts, np.nan)) for one in histories]
