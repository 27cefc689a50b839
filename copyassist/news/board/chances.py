"""Forecasts for the topics on lists that the model was measured on."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import cached_property

from copyassist.news.board.views import Chance, NoChance, TopicView
from copyassist.news.topics.forecast import (
    MODEL,
    STALE,
    Forecast,
    Forecaster,
    ForecastModel,
    load_forecast_model,
    make_looks,
)
from copyassist.resources import find_models
from copyassist.store.hot import HotStore
from copyassist.types.news import Poll

HISTORY = timedelta(days=14)
Rows = Mapping[tuple[str, str], Forecast]


class Chances:
    """The forecasts of the newest look at each list, made once per look."""

    def __init__(self, store: HotStore) -> None:
        self._store = store
        self._made: dict[str, tuple[object, dict[tuple[str, str], Forecast]]] = {}

    @cached_property
    def model(self) -> ForecastModel | None:
        """The shipped model, None where this installation goes without. Raises ModelError."""
        return load_forecast_model() if (find_models() / MODEL).is_dir() else None

    def find(self, now: datetime) -> Rows:
        """Every forecast of now by (list, title). A list without recent looks has a reason instead."""
        found: dict[tuple[str, str], Forecast] = {}
        model = self.model
        if model is not None:
            for source in model.sources:
                found |= self._find_list(model, source, now)
        return found

    def _find_list(
        self, model: ForecastModel, source: str, now: datetime
    ) -> dict[tuple[str, str], Forecast]:
        polls = self._store.polls(now - HISTORY, now + timedelta(seconds=1), sources=[source])
        if not polls:
            return {}
        last = polls[-1]
        key = (last.id, len(polls), now - last.seen_at > STALE)
        if source not in self._made or self._made[source][0] != key:
            ids = [poll.id for poll in thin_polls(polls) if poll.id is not None]
            looks = make_looks(self._store.sightings_of(ids))
            made = Forecaster(model).forecast(source, looks, now)
            self._made[source] = key, {(source, one.title): one for one in made}
        return self._made[source][1]


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
        )
        for what, hours, target, chance in answers
        if chance is not None
    ]
