"""Data sets read from files in the shapes of the real ones: bases, pairs, lessons, folds."""

import csv
import gzip
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from copyassist.errors import InputError
from copyassist.reading.zones import CHINA
from copyassist.training.datasets import load_notes, load_upworthy

START = datetime(2025, 1, 1, 12, tzinfo=CHINA)
CRAWLED = int((START + timedelta(days=300)).timestamp() * 1000)


def write_notes(folder: Path, likes: list[int], *, account: str = "a") -> None:
    (folder / "splits").mkdir(parents=True, exist_ok=True)
    names = ("account", "type", "title", "posted_at", "crawl_ts_ms", "liked", "collected")
    names += ("comments", "shares", "desc_chars", "n_images", "tags")
    with gzip.open(folder / "xhs_notes.csv.gz", "wt", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        for day, value in enumerate(likes):
            when = (START + timedelta(days=day)).strftime("%Y-%m-%d %H:%M")
            row = [account, "video" if day % 2 else "normal", f"第{day}天", when, CRAWLED, value]
            writer.writerow([*row, value, value, value, 100, 3, "甲,乙"])
    (folder / "splits" / "xhs_account_fold.csv").write_text(f"account,fold\n{account},2\n")


def test_base_is_the_median_of_the_five_to_twenty_before(tmp_path: Path) -> None:
    write_notes(tmp_path, [1, 2, 3, 4, 5, 100, 7])
    found = load_notes(tmp_path)
    assert len(found.titles) == 2
    assert found.target[0] == pytest.approx(np.log(101 / 4))
    assert found.target[1] == pytest.approx(np.log1p(7) - np.median(np.log1p([1, 2, 3, 4, 5, 100])))


def test_young_and_untitled_notes_are_left_out(tmp_path: Path) -> None:
    write_notes(tmp_path, [5] * 300)
    found = load_notes(tmp_path)
    assert len(found.titles) == 300 - 13 - 5  # the last 13 are under 14 days old, 5 have no base


def test_pairs_are_near_in_time_and_ordered(tmp_path: Path) -> None:
    write_notes(tmp_path, list(range(200)))
    found = load_notes(tmp_path)
    assert found.when is not None
    gap = np.abs(found.when[found.pairs.left] - found.when[found.pairs.right])
    assert gap.max() <= 90 * 86_400
    assert len(found.pairs) <= 4_000
    assert (found.pairs.gap > 0).all()
    assert set(found.pairs.fold.tolist()) == {2}
    assert (found.lessons.weight > 0).all()
    assert len(found.lessons.without(2).left) == 0


def test_facts_are_read(tmp_path: Path) -> None:
    write_notes(tmp_path, list(range(10)))
    facts = load_notes(tmp_path).facts
    assert facts["n_tags"].tolist() == [2.0] * 5
    assert facts["hour"].tolist() == [12.0] * 5
    assert set(facts["video"].tolist()) == {0.0, 1.0}


def test_missing_file_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        load_upworthy(tmp_path)
    assert caught.value.code == "data_missing"


def write_tests(folder: Path) -> None:
    from pyarrow import Table, parquet

    (folder / "splits").mkdir(parents=True)
    columns = ("clickability_test_id", "eyecatcher_id", "headline", "impressions", "clicks")
    rows = [
        ("t1", "i", "A better headline", 1000, 60),
        ("t1", "i", "A worse headline", 1000, 20),
        ("t1", "i", "A worse headline", 1000, 22),
        ("t1", "j", "Another image", 1000, 50),
        ("t9", "i", "A test of one headline", 1000, 50),
    ]
    table = {name: [row[at] for row in rows] for at, name in enumerate(columns)}
    parquet.write_table(Table.from_pydict(table), folder / "upworthy_exploratory.parquet")
    stories = "clickability_test_id,story,fold\nt1,0,0\nt2,1,-1\n"
    (folder / "splits" / "upworthy_test_story_fold.csv").write_text(stories)
    heads = "clickability_test_id,eyecatcher_id,headline_1,headline_2,higher_CTR\n"
    confirmatory = folder / "upworthy_winner_pairs_confirmatory.csv"
    confirmatory.write_text(heads + "t2,x,Loser here,Winner here,2.0\n")
    (folder / "upworthy_winner_pairs_exploratory.csv").write_text(heads)


def test_arms_are_summed_and_paired_within_image(tmp_path: Path) -> None:
    write_tests(tmp_path)
    found = load_upworthy(tmp_path)
    assert len(found.pairs) == 1
    left, right = int(found.pairs.left[0]), int(found.pairs.right[0])
    assert (found.titles[left], found.titles[right]) == ("A better headline", "A worse headline")
    assert found.pairs.p[0] < 0.001


def test_winner_pairs_teach_but_are_never_tested(tmp_path: Path) -> None:
    write_tests(tmp_path)
    found = load_upworthy(tmp_path)
    left, right = int(found.lessons.left[-1]), int(found.lessons.right[-1])
    assert (found.titles[left], found.titles[right]) == ("Winner here", "Loser here")
    assert found.lessons.fold.tolist() == [0, -1]
    assert found.fold[left] == -1
    assert len(found.lessons.without(0).left) == 1
