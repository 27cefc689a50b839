"""Quality floors on the labelled sets; `python -m benchmarks topics` prints the tables."""

from pathlib import Path

import numpy as np

from copyassist.news.topics.forecast import Target, load_forecast_model, measure_chances
from copyassist.news.topics.merge import Engine, Merger, measure_same_event
from copyassist.training.forecast import measure_auc, measure_calibration_error
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


def test_the_forecast(bench_data: Path) -> None:
    """Three weeks of the judged hours, after two weeks to warm up."""
    model = load_forecast_model()
    cut = model.manifest["cut_hour"]
    looks = [one for one in load_looks(bench_data) if cut - 336 <= one.hours < cut + 504]
    replay = replay_history(looks, memory=model.memory, cut=cut)
    floors: dict[Target, float] = {"listed_3": 0.86, "listed_6": 0.89, "top10_first": 0.66}
    for name, floor in floors.items():
        truth, asked = find_truth(replay, name)
        judged = asked & (replay.hour >= cut) & (replay.hour < cut + 504 - 6)
        categories = [replay.category[i] for i in np.flatnonzero(judged)]
        chances = measure_chances(model.targets[name], replay.measured[judged], categories)
        assert measure_auc(truth[judged], chances) >= floor
        assert measure_calibration_error(truth[judged], chances) <= 0.04
