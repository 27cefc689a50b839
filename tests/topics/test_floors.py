"""Quality floors on the labelled sets; `python -m benchmarks topics` prints the tables."""

from pathlib import Path

from copyassist.topics.merge import Engine, Merger, measure_same_event
from copyassist.training.merge_figures import (
    load_day,
    load_moment,
    load_pairs,
    measure_bcubed,
    measure_moment,
    measure_recall,
)


def test_the_labelled_moment(bench_data: Path, engine: Engine) -> None:
    moment = load_moment(bench_data)
    merger = Merger(engine)
    merger.absorb(moment.items)
    topics = [merger.find_topic(item.title) for item in moment.items]
    assert measure_moment(moment, topics).f1 >= 0.95


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
