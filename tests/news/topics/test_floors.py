"""Quality floors on the labelled sets; `python -m benchmarks topics` prints the tables."""

from pathlib import Path

import numpy as np

from copyassist.news.topics.forecast import Target, load_forecast_model, measure_chances
from copyassist.news.topics.merge import Engine, Merger, measure_same_event
from copyassist.resources import find_models
from copyassist.training.forecast import measure_auc
from copyassist.training.lists import load_looks
from copyassist.training.merge_figures import (
    load_day,
    load_moment,
    load_pairs,
    measure_bcubed,
    measure_moment,
    measure_recall,
)
from copyassist.training.replay import find_truth, replay_history


def test_the_labelled_moment(bench_data: Path, engine: Engine) -> None:
    moment = load_moment(bench_data)
    merger = Merger(engine)
    merger.absorb(moment.items)
    topics = [merger.find_topic(item.title) for item in moment.items]
    assert measure_moment(moment, topics).f1 >= 0.93


def test_cross_platform_pairs(bench_data: Path, engine: Engine) -> None:
    pairs = load_pairs(bench_data)
    one, two = ([(title, "") for title in side] for side in (pairs.one, pairs.two))
    assert measure_recall(pairs, measure_same_event(engine, one, two)) >= 0.55


def test_the_labelled_day(bench_data: Path, engine: Engine) -> None:
    day = load_day(bench_data)
    merger = Merger(engine)
    merger.absorb(day.items)
    found = measure_bcubed(day, [merger.find_topic(item.title) for item in day.items])
    assert found.f1 >= 0.87


def test_the_forecasts() -> None:
    """What ships is fitted on all hours: the figures are those of the fit before, in its manifest."""
    floors: dict[str, dict[Target, float]] = {
        "weibo": {"listed_3": 0.86, "listed_6": 0.89, "top10_first": 0.69, "top10_later": 0.80},
        "zhihu": {"listed_3": 0.86, "listed_6": 0.83},
        "kuaishou": {"listed_3": 0.79, "listed_6": 0.78},
        "douyin": {"listed_3": 0.72, "listed_6": 0.72},
    }
    for source, questions in floors.items():
        model = load_forecast_model(find_models() / f"forecast-{source}")
        assert set(model.targets) == set(questions)
        assert all(model.targets[name].auc >= floor for name, floor in questions.items())


def test_the_shipped_trees_know_their_hours(bench_data: Path) -> None:
    """A week that they learned from: a mistake in packing would show."""
    model = load_forecast_model()
    last = model.manifest["until_hour"]
    looks = [one for one in load_looks(bench_data) if one.hours >= last - 500]
    replay = replay_history(looks, cut=last - 168)
    truth, asked = find_truth(replay, "listed_3")
    judged = asked & (replay.hour >= replay.cut)
    categories = [replay.category[i] for i in np.flatnonzero(judged)]
    chances = measure_chances(model.targets["listed_3"], replay.measured[judged], categories)
    assert measure_auc(truth[judged], chances) >= 0.85
