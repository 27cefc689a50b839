"""How the judge of titles is made: edits that say the same, look-alikes that do not, small arrays."""

import random
from pathlib import Path

import numpy as np
import pytest

from copyassist.desk.duplicates.fold import fold_key
from copyassist.desk.duplicates.judge import load_judge, pack_network
from copyassist.desk.duplicates.similarity import FEATURES, make_side
from copyassist.resources import find_asset
from copyassist.training.title_edits import EDITS, chain, change_subject
from copyassist.training.title_judge import (
    find_swaps,
    fit_network,
    half_of,
    make_table,
    measure_rows,
)

TITLES = [
    "如何看待成都3家火锅店被曝使用老油？网友：再也不去了",
    "三百块改造出租屋，房东看了都想涨价",
    "打工人的一周早餐，十分钟搞定",
    "How I plan a week of lunches in one hour",
]


@pytest.mark.parametrize("kind", EDITS)
def test_every_edit_leaves_a_title(kind: str) -> None:
    chooser = random.Random(1)
    for title in TITLES:
        edited = EDITS[kind](title, chooser)
        assert fold_key(edited)
        assert len(edited) < 12 * len(title)


def test_chains_and_other_subjects_change_the_title() -> None:
    chooser = random.Random(2)
    assert all(chain(title, chooser) != title for title in TITLES)
    for title in TITLES[:3]:
        other = change_subject(title, chooser, ["深圳", "奶茶"])
        assert other is None or fold_key(other) != fold_key(title)


def test_a_small_network_learns_and_packs_small() -> None:
    swaps = find_swaps([{"label": "1", "a": "如何评价这部电影", "b": "怎么评价这部电影"}])
    table = make_table(TITLES * 3, half_of(swaps, 1))
    same = measure_rows(table, [f"震惊！{title}" for title in TITLES], TITLES)
    other = measure_rows(table, TITLES, TITLES[1:] + TITLES[:1])
    assert same.shape == (4, len(FEATURES))
    spread = np.concatenate([same, other]).max(axis=0) + 1
    rows = np.concatenate([same, other] * 40) / spread
    truth = np.array(([1.0] * 4 + [0.0] * 4) * 40)
    network = fit_network(rows / 10, truth, (4,), 0.1)
    assert network.score(same / spread).mean() > network.score(other / spread).mean()
    assert sum(array.nbytes for array in pack_network(network, "same").values()) < 4000


def test_the_shipped_judge_is_small_and_sure_of_the_plain_cases() -> None:
    assert Path(find_asset("titles", "judge.npz.xz")).stat().st_size < 100_000
    judge = load_judge()
    ones = [make_side(fold_key(f"{title}，网友炸锅")) for title in TITLES]
    twos = [make_side(fold_key(title)) for title in TITLES]
    assert judge.judge(ones, twos).same.min() > 0.6
    assert judge.judge(ones, twos[1:] + twos[:1]).same.max() < 0.1
