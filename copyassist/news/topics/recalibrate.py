"""What a list did in the user's own last days, against what was said of it: slope and bias anew.

Lists drift over the months. Where two weeks of looks tell how often a forecast came true, the odds
follow them; where they are too few, the shipped calibration stands.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

RECENT_DAYS = 14
ENOUGH = 300  # rows whose outcome is known, and of either outcome a tenth of that
RIDGE = 20.0  # rows' worth of belief that the slope is 1 and the bias 0
STEPS = 25


class OwnOdds(NamedTuple):
    """P(yes) = sigmoid(slope * score + bias); `rows` outcomes stand behind it."""

    slope: float
    bias: float
    rows: int = 0


def fit_recent(scores: Floats, truth: Floats) -> OwnOdds | None:
    """The calibration that recent outcomes (0 or 1) ask for, None where they are too few."""
    yes = float(truth.sum())
    if len(truth) < ENOUGH or min(yes, len(truth) - yes) < ENOUGH / 10:
        return None
    columns = np.column_stack([scores, np.ones(len(scores))])
    weights = np.array([1.0, 0.0])
    belief = np.array([1.0, 0.0])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-np.clip(columns @ weights, -30, 30)))
        slope = columns.T @ (chance - truth) + RIDGE * (weights - belief)
        curve = (columns * (chance * (1 - chance))[:, None]).T @ columns + RIDGE * np.eye(2)
        step = np.linalg.solve(curve, slope)
        weights = weights - step
        if float(np.abs(step).max()) < 1e-9:
            break
    return OwnOdds(float(weights[0]), float(weights[1]), len(truth))
