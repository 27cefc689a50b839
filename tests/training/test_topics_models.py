"""How the models of the topics are made."""

import csv
import gzip
from pathlib import Path

import numpy as np
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score

from copyassist.news.topics.describe import FEATURES
from copyassist.news.topics.folder import load_folder
from copyassist.news.topics.forest import pack_forest, unpack_forest
from copyassist.news.topics.lexicon import make_lexicon
from copyassist.news.topics.looks import ListLook, ListRow
from copyassist.training.archives import WEIBO, hash_title
from copyassist.training.folders import write_folder
from copyassist.training.forecast import (
    export_forest,
    judge,
    measure_auc,
    measure_calibration_error,
    measure_rates,
)
from copyassist.training.lists import load_looks
from copyassist.training.merge import count_terms, load_pairs
from copyassist.training.replay import find_truth, replay_history


def test_exported_trees_equal_scikit_learns() -> None:
    rng = np.random.default_rng(1)
    rows = rng.normal(size=(3000, 6)).astype(np.float32)
    rows[rng.random(rows.shape) < 0.15] = np.nan
    rows[:, 3] = np.round(rows[:, 3])
    truth = (np.nan_to_num(rows[:, 0]) * np.nan_to_num(rows[:, 3]) + rng.normal(size=3000)) > 0
    columns = np.array([0, 1, 3, 5])
    model = HistGradientBoostingClassifier(max_iter=40, random_state=0).fit(rows[:, columns], truth)
    forest = unpack_forest(pack_forest(export_forest(model, columns), "x"), "x")
    fresh = rng.normal(size=(500, 6)).astype(np.float32)
    fresh[rng.random(fresh.shape) < 0.3] = np.nan
    for some in (rows, fresh, np.full((2, 6), np.nan, dtype=np.float32)):
        expected = model.decision_function(some[:, columns])
        assert forest.score(some).tolist() == pytest.approx(
            expected.tolist(), abs=2e-3
        )  # values are packed


def test_the_measures() -> None:
    rng = np.random.default_rng(2)
    chances = np.round(rng.random(400), 2)
    truth = (rng.random(400) < chances).astype(np.float64)
    assert measure_auc(truth, chances) == pytest.approx(roc_auc_score(truth, chances))
    assert measure_calibration_error(truth, chances) < 0.1
    assert measure_calibration_error(truth, 1 - chances) > 0.3
    found = judge(truth, chances, np.arange(400))
    assert found["auc"]["low"] < found["auc"]["value"] < found["auc"]["high"]


def write_history(folder: Path, rows: list[dict[str, object]]) -> None:
    path = folder / WEIBO
    path.parent.mkdir(parents=True)
    names = ["date", "hour", "display_time", "realpos", "title", "hot", "ads", "category", "flag"]
    with gzip.open(path, "wt", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, restval="")
        writer.writeheader()
        writer.writerows(rows)


def test_the_weibo_archive_as_looks(tmp_path: Path) -> None:
    same = {"date": "2025-01-02", "hour": 9, "display_time": 1735780000.0, "ads": 0}
    write_history(
        tmp_path,
        [
            {**same, "hour": 10, "display_time": "", "realpos": 1.0, "title": "丙", "hot": 5},
            {
                **same,
                "realpos": 1.0,
                "title": "甲",
                "hot": 9,
                "flag": 2.0,
                "category": "社会\n 主持",
            },
            {**same, "realpos": "", "title": "置顶", "hot": 0},
            {**same, "realpos": 2.0, "ads": 1, "title": "广告", "hot": 8, "flag": 1.0},
        ],
    )
    first, second = load_looks(tmp_path)
    assert first.rows == (
        ListRow("甲", 1, 9.0, "热", "社会"),
        ListRow("置顶", None, None),
        ListRow("广告", None, 8.0, "新"),
    )
    assert first.hours == pytest.approx(1735780000 / 3600)
    assert second.hours == pytest.approx(int(first.hours) + 1.1)


def test_the_truth_is_what_came_later() -> None:
    def look(hour: int, titles: str) -> ListLook:
        rows = (ListRow(t, i + 1, 1000.0 - i) for i, t in enumerate(titles))
        return ListLook(480_000.5 + hour, tuple(rows))

    crowd = "abcdefghijk"
    looks = [look(0, crowd), look(2, "k" + crowd[:-1]), look(3, "xk"), look(9, crowd)]
    replay = replay_history(looks)
    assert replay.measured.shape == (35, len(FEATURES))
    listed, asked = find_truth(replay, "listed_3")
    at_first = [t for t, ask, hit in zip(replay.title[:11], asked, listed, strict=False) if hit]
    assert at_first == ["k"]
    assert asked.tolist() == [True] * 11 + [False] * 24
    reached, asked = find_truth(replay, "top10_first")
    assert [replay.title[i] for i in np.flatnonzero(asked)] == ["k"]
    assert reached[asked].tolist() == [1]


def test_rates_need_rows() -> None:
    rates = measure_rates(["社会-民生"] * 40 + ["体育"] * 5, np.array([1.0] * 40 + [0.0] * 5))
    assert set(rates) == {"社会-民生", "社会-"}
    assert 40 / 45 < rates["社会-民生"] < 1


def test_labels_name_titles_by_hash(tmp_path: Path) -> None:
    path = tmp_path / "pairs.csv"
    one, two = hash_title("滨江大桥合龙"), hash_title("大桥今日合龙")
    path.write_text(f"set,a,b,same\nday,{one},{two},1\nday,{one},0000000000000000,0\n")
    found = load_pairs(["滨江大桥 合龙！", "大桥今日合龙"], path)
    assert (found.left, found.right) == (["滨江大桥 合龙！"], ["大桥今日合龙"])
    assert found.same.tolist() == [1.0]


def test_terms_of_one_title_are_not_kept(tmp_path: Path) -> None:
    arrays = count_terms(["大桥合龙", "大桥通车", "港口开航"])
    arrays |= {
        "vector_rows": np.array([1], np.uint32),
        "vectors": np.ones((1, 4), np.int8),
        "vector_scale": np.array(0.5, np.float32),
        "word_kinds": np.zeros(1, np.uint8),
    }
    write_folder(tmp_path / "m", {"documents": 3}, arrays, [])
    loaded = load_folder(tmp_path / "m")
    lexicon = make_lexicon(loaded.arrays, 3)
    assert len(lexicon.gram_keys) == 1
    assert lexicon.weigh_gram("大桥")[1] == pytest.approx(np.log(4 / 3))
    assert lexicon.weigh_gram("港口")[1] == pytest.approx(np.log(4 / 2))
