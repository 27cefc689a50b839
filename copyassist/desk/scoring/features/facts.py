"""What is known beside the title, where the writer gives it: kind, images, length, tags, hour.

A fact that is not given adds nothing: its share is measured against the training set's average.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from copyassist.desk.scoring.ngrams import Floats

HOURS = ((0, 2), (2, 5), (5, 8), (8, 11), (11, 13), (13, 17), (17, 20), (20, 22), (22, 24))


@dataclass(frozen=True, slots=True)
class FactColumn:
    """One column that a fact is bent into, so that a linear model can follow a curve."""

    fact: str
    measure: Callable[[Floats], Floats]


def _log_above(knot: float) -> Callable[[Floats], Floats]:
    return lambda values: np.asarray(np.maximum(np.log1p(np.maximum(values, 0)) - knot, 0.0))


def _at_most(bound: float) -> Callable[[Floats], Floats]:
    return lambda values: np.asarray(values <= bound, dtype=float)


def _between(low: float, high: float) -> Callable[[Floats], Floats]:
    return lambda values: np.asarray((values >= low) & (values < high), dtype=float)


COLUMNS: tuple[FactColumn, ...] = (
    FactColumn("video", lambda values: values),
    FactColumn("n_images", _log_above(0)),
    FactColumn("n_images", _at_most(1)),
    FactColumn("n_images", _log_above(1.6)),
    FactColumn("n_images", _log_above(2.3)),
    FactColumn("body_chars", _log_above(0)),
    FactColumn("body_chars", _at_most(20)),
    FactColumn("body_chars", _log_above(4)),
    FactColumn("body_chars", _log_above(5.5)),
    FactColumn("body_chars", _log_above(6.3)),
    FactColumn("n_tags", _log_above(0)),
    FactColumn("n_tags", _at_most(0)),
    FactColumn("n_tags", _log_above(1.8)),
    FactColumn("weekend", lambda values: values),
    *(FactColumn("hour", _between(*hours)) for hours in HOURS),
)
# video and weekend are 0 or 1, hour 0..24 in Beijing time, the others counts.
FACTS: tuple[str, ...] = ("video", "n_images", "body_chars", "n_tags", "weekend", "hour")


def measure_facts(given: Sequence[Mapping[str, float]]) -> Floats:
    """One row a draft, one column of COLUMNS each; NaN where the fact is not given."""
    values = {
        fact: np.array([row.get(fact, np.nan) for row in given], dtype=float) for fact in FACTS
    }
    columns = [
        np.where(np.isnan(values[c.fact]), np.nan, c.measure(values[c.fact])) for c in COLUMNS
    ]
    return np.stack(columns, axis=1)


def sum_by_fact(shares: Floats) -> Floats:
    """The shares of columns summed by fact. Shape (drafts, facts); NaN counts as 0."""
    member = np.array([[float(c.fact == fact) for fact in FACTS] for c in COLUMNS])
    return np.asarray(np.nan_to_num(shares) @ member)
