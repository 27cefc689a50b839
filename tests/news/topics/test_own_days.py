"""Odds that follow the user's own days, and never contradict each other."""

import numpy as np
import pytest

from copyassist.news.topics.forecast import (
    MODELS,
    ForecastModel,
    load_forecast_model,
    order_hours,
    to_chances,
)
from copyassist.news.topics.history import ListHistory
from copyassist.news.topics.looks import ListLook, ListRow
from copyassist.news.topics.own_days import calibrate_own
from copyassist.news.topics.recalibrate import ENOUGH, fit_recent
from copyassist.resources import find_models

START = 490_000.5


def look(hours: float, titles: list[str]) -> ListLook:
    rows = (ListRow(title, rank, 9e5 / rank) for rank, title in enumerate(titles, 1))
    return ListLook(START + hours, tuple(rows))


def test_six_hours_are_never_likelier_than_three() -> None:
    assert order_hours(0.8, 0.5) == (0.8, 0.5)
    assert order_hours(0.5, 0.6) == (pytest.approx(0.55), pytest.approx(0.55))


def test_recent_days_move_the_odds() -> None:
    rng = np.random.default_rng(3)
    scores = rng.normal(0, 1.5, 4000)
    truth = (rng.random(4000) < 1 / (1 + np.exp(-(0.7 * scores - 1)))).astype(np.float64)
    found = fit_recent(scores, truth)
    assert found is not None
    assert found.slope == pytest.approx(0.7, abs=0.1)
    assert found.bias == pytest.approx(-1, abs=0.1)


def test_too_few_days_leave_them() -> None:
    few = np.zeros(ENOUGH - 1)
    assert fit_recent(few, np.arange(len(few)) % 2.0) is None
    assert fit_recent(np.zeros(2 * ENOUGH), np.ones(2 * ENOUGH)) is None
    assert fit_recent(np.zeros(0), np.zeros(0)) is None


def test_that_nobody_looked_is_no_fall() -> None:
    history = ListHistory()
    for hours in (0, 1, 12, 13):  # asleep from 1 to 12
        history.absorb(look(hours, ["甲乙丙", "丁戊己"]))
    track = history.tracks["甲乙丙"]
    assert (track.runs, len(track.run)) == (1, 4)
    for hours, titles in ((14, ["丁戊己"]), (21, ["丁戊己"]), (22, ["甲乙丙"])):
        history.absorb(look(hours, titles))
    assert history.tracks["甲乙丙"].runs == 2


@pytest.fixture(scope="module")
def weibo() -> ForecastModel:
    return load_forecast_model()


def test_a_fortnight_of_looks_calibrates(weibo: ForecastModel) -> None:
    names = [f"第{n}号话题的事" for n in range(400)]
    looks = [look(hour, names[hour // 2 : hour // 2 + 30]) for hour in range(24 * 8)]
    found = calibrate_own(weibo, looks)
    assert set(found) == {"listed_3", "listed_6"}
    assert all(one.rows >= ENOUGH for one in found.values())
    scores = np.array([-1.0, 0.0, 1.0])
    target = weibo.targets["listed_3"]
    assert (
        to_chances(target, scores, found["listed_3"]).tolist()
        != to_chances(target, scores).tolist()
    )
    assert calibrate_own(weibo, looks[:20]) == {}
    assert calibrate_own(weibo, []) == {}


@pytest.mark.parametrize("name", MODELS)
def test_every_list_says_until_when_it_was_measured(name: str) -> None:
    model = load_forecast_model(find_models() / name)
    assert model.sources == (name.removeprefix("forecast-"),)
    assert {"listed_3", "listed_6"} <= set(model.targets)
    assert all(0.7 <= target.auc < 1 for target in model.targets.values())
    assert model.until.year >= 2024
