"""Forecasts for the topics on lists that the model was measured on."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from copyassist.news.board.kept_forecasts import KeptForecasts
from copyassist.news.board.views import Chance, NoChance, TopicView
from copyassist.news.topics.forecast import (
    MODELS,
    STALE,
    Forecast,
    Forecaster,
    ForecastModel,
    Target,
    load_forecast_model,
    make_looks,
)
from copyassist.news.topics.looks import thin_looks
from copyassist.news.topics.own_days import calibrate_own
from copyassist.news.topics.recalibrate import OwnOdds
from copyassist.resources import find_models
from copyassist.store.hot import HotStore
from copyassist.types.news import Poll

HISTORY = timedelta(days=14)
Rows = Mapping[tuple[str, str], Forecast]


class Chances:
    """The forecasts of the newest look at each list, made once per look."""

    def __init__(self, store: HotStore, file: Path) -> None:
        self._store = store
        self._kept = KeptForecasts(file)
        self._made: dict[str, tuple[object, dict[tuple[str, str], Forecast]]] = {}
        self._models: dict[str, ForecastModel] = {}
        self._own: dict[str, tuple[object, dict[Target, OwnOdds]]] = {}

    def find(self, now: datetime) -> Rows:
        """Every forecast of now by (list, title). A list without recent looks has a reason instead.

        Raises ModelError for a model that is not what was released.
        """
        found: dict[tuple[str, str], Forecast] = {}
        for source, folder in self._find_lists():
            found |= self._find_list(source, folder, now)
        return found

    @staticmethod
    def _find_lists() -> list[tuple[str, Path]]:
        """The lists that this installation has a model of; it may go without."""
        folders = [(name.removeprefix("forecast-"), find_models() / name) for name in MODELS]
        return [(source, folder) for source, folder in folders if folder.is_dir()]

    def _find_list(
        self, source: str, folder: Path, now: datetime
    ) -> dict[tuple[str, str], Forecast]:
        polls = self._store.polls(now - HISTORY, now + timedelta(seconds=1), sources=[source])
        if not polls:
            return {}
        last = polls[-1]
        stale = now - last.seen_at > STALE
        key = (last.id, len(polls), stale)
        if source not in self._made or self._made[source][0] != key:
            named = [str(last.id), str(len(polls)), last.seen_at.isoformat()]
            made = None if stale else self._kept.find(source, named)
            if made is None:
                made = self._forecast(source, folder, polls, now)
                if not stale:
                    self._kept.keep(source, named, made)
            self._made[source] = key, {(source, one.title): one for one in made}
        return self._made[source][1]

    def _forecast(
        self, source: str, folder: Path, polls: Sequence[Poll], now: datetime
    ) -> list[Forecast]:
        if source not in self._models:
            self._models[source] = load_forecast_model(folder)
        model = self._models[source]
        ids = [poll.id for poll in thin_polls(polls) if poll.id is not None]
        looks = make_looks(self._store.sightings_of(ids))
        if now - polls[-1].seen_at > STALE:
            return Forecaster(model).forecast(source, looks, now)
        day = polls[-1].seen_at.date()
        if source not in self._own or self._own[source][0] != day:
            self._own[source] = day, calibrate_own(model, thin_looks(looks))
        return Forecaster(model, self._own[source][1]).forecast(source, looks, now)


def thin_polls(polls: Sequence[Poll]) -> list[Poll]:
    """The newest poll, and the one nearest to each whole hour before it, oldest first."""
    last = polls[-1].seen_at
    best: dict[int, tuple[float, Poll]] = {}
    for poll in polls:
        hours = (last - poll.seen_at) / timedelta(hours=1)
        back = round(hours)
        if back not in best or abs(back - hours) < best[back][0]:
            best[back] = abs(back - hours), poll
    return [poll for _, (_, poll) in sorted(best.items(), reverse=True)]


def find_chances(
    view: TopicView, rows: Rows, now: datetime
) -> tuple[tuple[Chance, ...], NoChance | None]:
    """The topic's chances on the first list that has a forecast, or why there are none."""
    reasons: list[NoChance] = []
    for place in view.listed:
        titles = (place.item.title, *view.titles)
        found = next((rows[place.source, t] for t in titles if (place.source, t) in rows), None)
        if found is None:
            continue
        chances = tuple(_list_chances(found))
        if chances:
            return chances, None
        if found.reason:
            reasons.append(NoChance(reason=found.reason, params=_explain(found, now)))
    if not view.listed:
        return (), None
    return (), reasons[0] if reasons else NoChance(reason="not_measured")


def _explain(found: Forecast, now: datetime) -> dict[str, object]:
    match found.reason:
        case "stale":
            return {"minutes": round((now - found.seen_at) / timedelta(minutes=1))}
        case "few_looks":
            return {"needed": Forecaster.NEEDED, "hours": Forecaster.NEEDED_HOURS}
    return {}


def _list_chances(found: Forecast) -> list[Chance]:
    first = found.observations == 1
    params = {"observations": found.observations, "hours": round(found.hours_listed)}
    answers = (
        ("still_listed", 3, "listed_3", found.listed_3),
        ("still_listed", 6, "listed_6", found.listed_6),
        ("reaches_top", 6, "top10_first" if first else "top10_later", found.top10_6),
    )
    return [
        Chance(
            what=what,
            hours=hours,
            chance=chance,
            source=found.source,
            auc=(found.auc or {})[target],  # type: ignore[index]
            basis="basis_first" if first else "basis",
            params={} if first else params,
            until=found.until,
            own_rows=found.own_rows,
        )
        for what, hours, target, chance in answers
        if chance is not None
    ]
