"""Quality floors on the real data, and the leak that random splits have."""

from pathlib import Path

import numpy as np
import pytest

from copyassist.errors import InputError
from copyassist.training.baselines import measure_length, measure_rules
from copyassist.training.datasets import Dataset, load_notes, load_upworthy
from copyassist.training.fit import Corpus
from copyassist.training.leak import measure_leak
from copyassist.training.measure import (
    check_split,
    draw_clusters,
    measure_ece,
    measurer_of,
    pairs_right,
    summarise,
)
from copyassist.training.recipe import XIAOHONGSHU
from copyassist.training.splits import StoryTitle, deal_folds, join_stories
from copyassist.training.train import measure_errors, parse_corpus, predict_unseen


@pytest.fixture(scope="module")
def notes(bench_data: Path) -> Dataset:
    return load_notes(bench_data / "headlines")


@pytest.fixture(scope="module")
def tests(bench_data: Path) -> Dataset:
    return load_upworthy(bench_data / "headlines")


@pytest.fixture(scope="module")
def note_corpus(notes: Dataset) -> Corpus:
    return parse_corpus(XIAOHONGSHU, notes)


def test_pairs_are_those_of_the_protocol(notes: Dataset, tests: Dataset) -> None:
    assert len(tests.pairs) == 19_964
    assert notes.pairs.clear.any()
    assert np.bincount(notes.pairs.cluster).max() <= 4_000


def test_chinese_floors(notes: Dataset, note_corpus: Corpus) -> None:
    unseen = predict_unseen(XIAOHONGSHU, notes, note_corpus)
    right = pairs_right(unseen, notes.pairs)
    assert right.mean() > 0.57
    assert right[notes.pairs.clear].mean() > 0.613
    for other in (measure_length(note_corpus), measure_rules(note_corpus)):
        assert right.mean() > pairs_right(other, notes.pairs).mean() + 0.02
    draws = draw_clusters(int(notes.cluster.max()) + 1, draws=200)
    assert summarise(measurer_of(notes)(unseen)["spearman"], draws).low > 0.12
    errors = measure_errors(unseen, notes)
    assert errors["ece_win"] < 0.02
    assert 0.75 < errors["coverage_80"] < 0.85


def test_random_utilities_are_right_half_of_the_time(tests: Dataset) -> None:
    utility = np.random.default_rng(0).normal(size=len(tests.titles))
    assert pairs_right(utility, tests.pairs).mean() == pytest.approx(0.5, abs=0.015)


def test_random_pair_split_leaks(tests: Dataset) -> None:
    from copyassist.training.recipe import UPWORTHY

    by_pair, by_story = measure_leak(tests, parse_corpus(UPWORTHY, tests), pairs=5_773)
    assert by_pair > by_story + 0.1
    assert 0.6 < by_story < 0.72


def test_evaluation_refuses_a_split_that_leaks(tests: Dataset) -> None:
    tested = np.flatnonzero(tests.fold == 0)
    check_split(tests, tested, tests.lessons.without(0))
    with pytest.raises(InputError) as caught:
        check_split(tests, tested, tests.lessons)
    assert caught.value.code == "split_leaks"


def test_stories_never_cross_the_given_folds(bench_data: Path) -> None:
    """What is joined here lies in one fold there: the given folds are at least as strict."""
    import csv

    from pyarrow import parquet

    folder = bench_data / "headlines"
    with (folder / "splits" / "upworthy_test_story_fold.csv").open(encoding="utf-8") as file:
        fold_of = {r["clickability_test_id"]: int(r["fold"]) for r in csv.DictReader(file)}
    columns = ["clickability_test_id", "eyecatcher_id", "headline"]
    table = parquet.read_table(folder / "upworthy_exploratory.parquet", columns=columns)
    rows = [
        StoryTitle(r["clickability_test_id"], r["eyecatcher_id"] or "", r["headline"])
        for r in table.to_pylist()
        if fold_of.get(r["clickability_test_id"], -1) >= 0
    ]
    folds: dict[int, set[int]] = {}
    for test, story in join_stories(rows).items():
        folds.setdefault(story, set()).add(fold_of[test])
    parted = sum(len(found) > 1 for found in folds.values())
    assert parted <= 0.01 * len(folds)


def test_stories_are_joined_by_image_text_and_near_text() -> None:
    long = "the one thing nobody told you about your morning coffee"
    rows = [
        StoryTitle("a", "i", "one headline"),
        StoryTitle("b", "i", "quite another"),
        StoryTitle("c", "j", "Quite another!"),
        StoryTitle("d", "k", long),
        StoryTitle("e", "l", long + "s"),
        StoryTitle("f", "m", "nothing in common"),
    ]
    story = join_stories(rows)
    assert story["a"] == story["b"] == story["c"]
    assert story["d"] == story["e"]
    assert len({story["a"], story["d"], story["f"]}) == 3


def test_folds_do_not_part_stories() -> None:
    stories = np.random.default_rng(0).integers(0, 50, 500)
    folds = deal_folds(stories, 5)
    assert all(len(set(folds[stories == s].tolist())) == 1 for s in np.unique(stories))
    assert np.bincount(folds).min() > 80


def test_calibration_error() -> None:
    chance = np.linspace(0.05, 0.95, 1000)
    assert measure_ece(chance, chance) < 0.001
    assert measure_ece(chance, np.full(1000, 0.5)) > 0.2
