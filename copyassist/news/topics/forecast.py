"""How likely a row is still on its list in 3 and 6 hours, and to reach the top ten within 6.

Only for lists that a model was measured on (models/forecast-*), only from looks that are recent
and close enough together, and always with what it rests on. Where the user's own last days tell how
often it came true, the odds follow them. Sentences: topics.forecast.*.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from copyassist.model_folder import named_fields
from copyassist.news.topics.describe import FEATURES, describe_last
from copyassist.news.topics.folder import load_folder
from copyassist.news.topics.forest import Forest, unpack_forest
from copyassist.news.topics.history import ListHistory
from copyassist.news.topics.looks import ListLook, make_look, thin_looks
from copyassist.news.topics.memory import TitleMemory, unpack_memory
from copyassist.news.topics.recalibrate import OwnOdds
from copyassist.resources import find_models
from copyassist.types.news import HotItem

MODELS = ("forecast-weibo", "forecast-zhihu", "forecast-kuaishou", "forecast-douyin")
MODEL = MODELS[0]
NO_CALIBRATIONS: Mapping["Target", OwnOdds] = {}
Target = Literal["listed_3", "listed_6", "top10_first", "top10_later"]
TARGETS: tuple[Target, ...] = ("listed_3", "listed_6", "top10_first", "top10_later")
TOP = 10
STALE = timedelta(hours=1)  # an older list is not "now", and its hour of the day is another
CATEGORY_FEATURES = ("category", "category_part")
ALL_FEATURES = (*FEATURES, *CATEGORY_FEATURES)

Reason = Literal["", "not_measured", "stale", "few_looks"]


@dataclass(frozen=True, slots=True)
class TargetModel:
    """One question's trees, its calibration, and how often rows of a category said yes.

    P(yes) = sigmoid(slope * score + bias). `auc` is measured on hours that it did not learn from.
    """

    forest: Forest
    slope: float
    bias: float
    categories: Mapping[str, float]
    auc: float


@dataclass(frozen=True, slots=True)
class ForecastModel:
    """The models of one list, by the question. `memory` is None for a list without one."""

    name: str
    sources: tuple[str, ...]
    targets: Mapping[Target, TargetModel]
    memory: TitleMemory | None
    manifest: Mapping[str, Any]

    @property
    def until(self) -> datetime:
        """The last hour that it was measured on."""
        return datetime.fromtimestamp(int(self.manifest["until_hour"]) * 3600, UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """A row's chances 0..1, and what they rest on.

    `top10_6` is None where the row is in the top ten already; a row seen once and one seen longer
    are two questions (top10_first, top10_later). Pinned rows and adverts have no forecast, and all
    three are None where `reason` says why. `observations` and `hours_listed` are of the row's present run in hourly looks;
    `auc` is how well each question was answered on hours the model had not seen, `until` the last of
    them. `own_rows` is how many of the user's own recent rows the odds were calibrated on, 0 for none.
    """

    source: str
    title: str
    seen_at: datetime
    observations: int = 0
    hours_listed: float = 0.0
    listed_3: float | None = None
    listed_6: float | None = None
    top10_6: float | None = None
    auc: Mapping[Target, float] | None = None
    until: datetime | None = None
    own_rows: int = 0
    reason: Reason = ""


def load_forecast_model(folder: Path | None = None) -> ForecastModel:
    """The shipped model, or that of another folder.

    Raises ModelError as `folder.load_folder` does, also where the features are of another program.
    """
    place = folder if folder is not None else find_models() / MODEL
    manifest, arrays, _ = load_folder(place)
    with named_fields(place):
        check_features(manifest, folder)
        asked = [name for name in TARGETS if name in manifest["targets"]]
        targets = {name: _unpack_target(name, arrays, manifest) for name in asked}
        sources = tuple(manifest["sources"])
        return ForecastModel(manifest["name"], sources, targets, unpack_memory(arrays), manifest)


def check_features(manifest: Mapping[str, Any], folder: Path | None) -> None:
    """Raises ModelError `model_features` where a manifest names other features than this code."""
    from copyassist.errors import ModelError

    if tuple(manifest["features"]) != ALL_FEATURES:
        path = str(folder if folder is not None else MODEL)
        found, here = len(manifest["features"]), len(ALL_FEATURES)
        raise ModelError("model_features", path=path, what="features", found=found, expected=here)


def _unpack_target(
    name: Target, arrays: Mapping[str, Any], manifest: Mapping[str, Any]
) -> TargetModel:
    about = manifest["targets"][name]
    calibration = about["calibration"]
    return TargetModel(
        unpack_forest(arrays, name),
        float(calibration["slope"]),
        float(calibration["bias"]),
        {name: float(share) for name, share in about["categories"].items()},
        float(about["metrics"]["auc"]["value"]),
    )


def add_categories(
    measured: NDArray[np.float32], categories: Sequence[str], known: Mapping[str, float]
) -> NDArray[np.float32]:
    """The features with those of the rows' categories behind them. Shape (rows, ALL_FEATURES)."""
    whole = [known.get(category, np.nan) for category in categories]
    part = [known.get(category.partition("-")[0] + "-", np.nan) for category in categories]
    columns = np.array([whole, part], dtype=np.float32).T.reshape(len(categories), 2)
    return np.concatenate([measured, columns], axis=1)


def measure_chances(
    model: TargetModel, measured: NDArray[np.float32], categories: Sequence[str]
) -> NDArray[np.float64]:
    """Calibrated probabilities 0..1 of described rows. Shape (rows,)."""
    return to_chances(model, measure_scores(model, measured, categories))


def measure_scores(
    model: TargetModel, measured: NDArray[np.float32], categories: Sequence[str]
) -> NDArray[np.float64]:
    """The trees' raw sums of described rows. Shape (rows,)."""
    return model.forest.score(add_categories(measured, categories, model.categories))


def to_chances(
    model: TargetModel, scores: NDArray[np.float64], own: OwnOdds | None = None
) -> NDArray[np.float64]:
    """Probabilities 0..1 of raw sums, by the user's own calibration where there is one."""
    slope, bias = (own.slope, own.bias) if own is not None else (model.slope, model.bias)
    chances: NDArray[np.float64] = 1 / (1 + np.exp(-(slope * scores + bias)))
    return chances


def order_hours(three: float, six: float) -> tuple[float, float]:
    """The chances of 3 and 6 hours: the later is never likelier; both give way by half."""
    return (three, six) if six <= three else ((three + six) / 2, (three + six) / 2)


class Forecaster:
    """Forecasts the rows of one list from its looks.

    `looks` may be of any closeness (a poll every ten minutes is fine) and order; about two weeks
    of them serve best, two looks within the last hours are the least.
    """

    NEEDED = 2
    NEEDED_HOURS = 3

    def __init__(
        self, model: ForecastModel, own: Mapping[Target, OwnOdds] = NO_CALIBRATIONS
    ) -> None:
        self._model = model
        self._own = own

    def forecast(self, source: str, looks: Iterable[ListLook], now: datetime) -> list[Forecast]:
        """One forecast for every row of the newest look at or before `now`, in list order."""
        past = [look for look in looks if look.hours <= now.timestamp() / 3600]
        if not past:
            return []
        thinned = thin_looks(past)
        last = thinned[-1]
        reason = self._find_reason(source, thinned, now)
        if reason:
            return [_refuse(source, row.title, last, reason) for row in last.rows]
        history = ListHistory(self._model.memory)
        for look in thinned:
            history.absorb(look)
        return self.forecast_last(source, history)

    def forecast_last(self, source: str, history: ListHistory) -> list[Forecast]:
        """The rows of a history's newest look, whatever its age. For replays and benchmarks."""
        look = history.last
        measured = describe_last(history)
        categories = [row.category for row in look.rows]
        chances = {
            name: to_chances(
                target, measure_scores(target, measured, categories), self._own.get(name)
            ).tolist()
            for name, target in self._model.targets.items()
        }
        return [
            self._describe(source, history, place, {n: c[place] for n, c in chances.items()})
            for place in range(len(look.rows))
        ]

    def _describe(
        self, source: str, history: ListHistory, place: int, chances: Mapping[Target, float]
    ) -> Forecast:
        look = history.last
        row = look.rows[place]
        run = history.tracks[row.title].run
        outside = row.rank is not None and row.rank > TOP
        question: Target = "top10_first" if len(run) == 1 else "top10_later"
        three, six = order_hours(chances["listed_3"], chances["listed_6"])
        return Forecast(
            source=source,
            title=row.title,
            seen_at=_to_time(look),
            observations=len(run),
            hours_listed=run[-1].hours - run[0].hours,
            listed_3=three if row.rank else None,
            listed_6=six if row.rank else None,
            top10_6=chances.get(question) if outside else None,
            auc={name: target.auc for name, target in self._model.targets.items()},
            until=self._model.until,
            own_rows=min((one.rows for one in self._own.values()), default=0),
        )

    def _find_reason(self, source: str, looks: Sequence[ListLook], now: datetime) -> Reason:
        if source not in self._model.sources:
            return "not_measured"
        if now - _to_time(looks[-1]) > STALE:
            return "stale"
        near = [look for look in looks if looks[-1].hours - look.hours <= self.NEEDED_HOURS]
        return "few_looks" if len(near) < self.NEEDED else ""


def _refuse(source: str, title: str, look: ListLook, reason: Reason) -> Forecast:
    return Forecast(source=source, title=title, seen_at=_to_time(look), reason=reason)


def _to_time(look: ListLook) -> datetime:
    return datetime.fromtimestamp(look.hours * 3600, UTC)


def make_looks(items: Iterable[HotItem]) -> list[ListLook]:
    """The looks of one list from its stored sightings, in the order of each poll's rows."""
    polls: dict[datetime, list[HotItem]] = {}
    for item in items:
        polls.setdefault(item.seen_at, []).append(item)
    return [make_look(rows) for _, rows in sorted(polls.items())]


def describe_odds(chance: float) -> tuple[str, dict[str, int]]:
    """How a probability is said: a key below topics.odds and its parameters.

    No more exact than the calibration is: under 2 % hardly, 1 in 2 to 1 in 50 below the half, tenths
    above it, over 98 % almost certain.
    """
    if chance < 0.02:
        return "topics.odds.hardly", {"percent": 2}
    if chance > 0.98:
        return "topics.odds.nearly", {"percent": 98}
    if chance < 0.45:
        return "topics.odds.one_in", {"one_in": _round_odds(1 / chance)}
    return "topics.odds.in_ten", {"count": min(9, round(10 * chance))}


def _round_odds(one_in: float) -> int:
    """1 in 2..9 as it is, then to 5, then to 10: finer steps would pretend."""
    if one_in < 9.5:
        return max(2, round(one_in))
    step = 5 if one_in < 30 else 10
    return step * round(one_in / step)
