"""What forecasts would have said in the user's own last fortnight, against what came true."""

from collections.abc import Mapping, Sequence
from typing import cast

import numpy as np
from numpy.typing import NDArray

from copyassist.news.topics.describe import describe_last
from copyassist.news.topics.forecast import ForecastModel, Target, measure_scores
from copyassist.news.topics.history import ListHistory
from copyassist.news.topics.looks import ListLook
from copyassist.news.topics.recalibrate import RECENT_DAYS, OwnOdds, fit_recent

LOOKS = 48  # of the fortnight, spread evenly: a day's odds should not cost seconds
AHEAD: Mapping[Target, int] = {"listed_3": 3, "listed_6": 6}


def calibrate_own(model: ForecastModel, looks: Sequence[ListLook]) -> dict[Target, OwnOdds]:
    """The calibrations that a list's own looks ask for, hourly and oldest first; none where too few.

    Only looks that another one follows at exactly that hour count: that nobody looked is no fall.
    """
    listed = {int(look.hours): {row.title for row in look.rows} for look in looks}
    asked = [n for n, look in enumerate(looks) if _is_followed(look, listed)]
    chosen = set(asked[:: max(1, len(asked) // LOOKS)])
    if not chosen or looks[-1].hours - looks[0].hours < 24 * RECENT_DAYS / 2:
        return {}
    history = ListHistory(model.memory)
    said: dict[Target, list[tuple[float, float]]] = {name: [] for name in AHEAD}
    for place, look in enumerate(looks):
        history.absorb(look)
        if place in chosen:
            for name, ahead in AHEAD.items():
                later = listed.get(int(look.hours) + ahead)
                if later is not None:
                    said[name] += _compare(model, name, history, later)
    found = {name: _fit(pairs) for name, pairs in said.items()}
    return {name: one for name, one in found.items() if one is not None}


def _is_followed(look: ListLook, listed: Mapping[int, set[str]]) -> bool:
    return any(int(look.hours) + ahead in listed for ahead in AHEAD.values())


def _compare(
    model: ForecastModel, name: Target, history: ListHistory, later: set[str]
) -> list[tuple[float, float]]:
    rows = history.last.rows
    scores = measure_scores(
        model.targets[name], describe_last(history), [row.category for row in rows]
    )
    return [
        (score, float(row.title in later))
        for row, score in zip(rows, scores.tolist(), strict=True)
        if row.rank is not None
    ]


def _fit(pairs: Sequence[tuple[float, float]]) -> OwnOdds | None:
    if not pairs:
        return None
    scores, truth = (cast(NDArray[np.float64], column) for column in np.array(pairs).T)
    return fit_recent(scores, truth)
