"""Forecasts: the trees are read right, nothing is known before its time, and doubt is said."""

import json
import math
from datetime import timedelta

import numpy as np
import pytest

from copyassist.i18n import find_sentence
from copyassist.news.topics.climate import Climate
from copyassist.news.topics.describe import FEATURES, describe_last
from copyassist.news.topics.forecast import (
    ALL_FEATURES,
    TARGETS,
    Forecaster,
    ForecastModel,
    describe_odds,
    load_forecast_model,
    make_looks,
)
from copyassist.news.topics.history import ListHistory
from copyassist.news.topics.looks import ListLook, ListRow, make_look, thin_looks
from copyassist.news.topics.memory import (
    TitleMemory,
    find_slots,
    measure_outcome,
    pack_memory,
    unpack_memory,
)
from copyassist.resources import find_models
from tests.news.topics.helpers import START, sighting

NIGHT = START.timestamp() / 3600


@pytest.fixture(scope="module")
def model() -> ForecastModel:
    return load_forecast_model()


def look(hours: float, titles: str, step: float = 0.9) -> ListLook:
    """A list of one-letter titles, heat falling by rank."""
    rows = (ListRow(t * 3, i + 1, 1e6 * step**i) for i, t in enumerate(titles))
    return ListLook(NIGHT + hours, tuple(rows))


def values(history: ListHistory, title: str) -> dict[str, float]:
    place = [row.title for row in history.last.rows].index(title)
    return dict(zip(FEATURES, describe_last(history)[place].tolist(), strict=True))


def absorb(*looks: ListLook) -> ListHistory:
    history = ListHistory()
    for one in looks:
        history.absorb(one)
    return history


def test_golden_cases(model: ForecastModel) -> None:
    golden = json.loads((find_models() / "forecast-weibo" / "golden.json").read_text("utf-8"))
    rows = np.array(
        [[math.nan if v is None else v for v in case["row"]] for case in golden], dtype=np.float32
    )
    for name in TARGETS:
        found = model.targets[name].forest.score(rows)
        assert found.tolist() == pytest.approx([case["scores"][name] for case in golden], abs=1e-8)


def test_the_model_is_small_and_measured(model: ForecastModel) -> None:
    folder = find_models() / "forecast-weibo"
    assert sum(path.stat().st_size for path in folder.iterdir()) <= 5_000_000
    assert tuple(model.manifest["features"]) == ALL_FEATURES
    for name in TARGETS:
        metrics = model.manifest["targets"][name]["metrics"]
        assert metrics["auc"]["low"] < metrics["auc"]["value"] < metrics["auc"]["high"]


def test_what_a_row_has_been_through() -> None:
    history = absorb(look(0, "abcdef"), look(1, "bacdef"), look(2.0, "cbadxe"))
    a = values(history, "aaa")
    assert (a["rank"], a["first_rank"], a["best_rank"]) == (3, 1, 1)
    assert (a["age"], a["observations"], a["hours_since_best"]) == (2, 3, 2)
    assert (a["rank_1"], a["rank_2"], a["there_3"]) == (1, 2, pytest.approx(math.nan, nan_ok=True))
    assert a["heat_2"] == pytest.approx(2 * math.log(0.9), abs=1e-5)
    x = values(history, "xxx")
    assert (x["observations"], x["there_1"], x["age"]) == (1, 0, 0)
    assert math.isnan(x["heat_1"])
    assert values(history, "eee")["fresh_above"] == 1


def test_a_title_that_returns_begins_a_new_run() -> None:
    history = absorb(look(0, "ab"), look(4, "b"), look(8, "ba"))
    a = values(history, "aaa")
    assert (a["observations"], a["runs"], a["absent_before"]) == (1, 2, 8)
    near = values(absorb(look(0, "ab"), look(3, "b"), look(5, "ba")), "aaa")
    assert (near["observations"], near["runs"]) == (2, 1)


def test_pinned_rows_and_adverts_have_no_rank() -> None:
    rows = (
        ListRow("置顶", None, None),
        ListRow("甲", 1, 9e5, "热", "社会-民生"),
        ListRow("广告", None, 1e3),
    )
    history = ListHistory()
    history.absorb(ListLook(NIGHT, rows))
    found = values(history, "甲")
    assert (found["adverts"], found["position"], found["label"]) == (2, 2, 2)
    assert math.isnan(values(history, "置顶")["rank"])


def test_looks_come_in_order() -> None:
    with pytest.raises(ValueError, match="order"):
        absorb(look(1, "a"), look(1, "b"))


def test_thinned_to_hours() -> None:
    dense = [look(i / 6, "ab") for i in range(25)]
    assert [one.hours - NIGHT for one in thin_looks(reversed(dense))] == pytest.approx(
        [0, 1, 2, 3, 4]
    )
    assert thin_looks([]) == []
    sparse = [look(0, "a"), look(2.7, "a"), look(5, "a")]
    assert thin_looks(sparse) == sparse


def test_looks_from_sightings() -> None:
    items = [
        sighting("甲", rank=1, heat=3.0, label="新", category="社会"),
        sighting("乙", rank=None, pinned=True),
        sighting("丙", rank=2, advert=True),
        sighting("甲", hours=1, rank=1),
    ]
    first, second = make_looks(items)
    assert [(r.rank, r.heat, r.label) for r in first.rows] == [
        (1, 3.0, "新"),
        (None, None, ""),
        (None, None, ""),
    ]
    assert second.hours - first.hours == pytest.approx(1)
    with pytest.raises(ValueError, match="rows"):
        make_look([])


def test_nothing_is_known_before_its_time() -> None:
    """The same past gives the same features, whatever comes after."""
    chance = np.random.default_rng(2)
    letters = "abcdefghijklmnopqrstuvwxyz"
    past = [look(i, "".join(chance.permutation(list(letters))[:12])) for i in range(40)]
    one = describe_last(absorb(*past))
    history = absorb(*past)
    again = describe_last(history)
    history.absorb(look(40, "zyx"))
    assert np.array_equal(one, again, equal_nan=True)


def test_memory_counts_a_title_after_twelve_hours() -> None:
    history = ListHistory()
    for hour in range(30):
        history.absorb(look(hour, "abc" if hour < 5 else "def"))
    memory = history.memory
    assert memory.recall(NIGHT + 30, find_slots("aaa"))[4] > 0
    early = ListHistory()
    for hour in range(12):
        early.absorb(look(hour, "abc"))
    assert not early.memory.counts.any()


def test_memory_fades_and_packs() -> None:
    memory = TitleMemory(0.0)
    slots = find_slots("滨江大桥")
    memory.learn(0.0, slots, measure_outcome(1, 5.0))
    now, later = memory.recall(0.0, slots), memory.recall(240.0, slots)
    assert later[4] < now[4]
    assert now[0] == pytest.approx(later[0], abs=1e-9)
    packed = unpack_memory(pack_memory(memory))
    assert packed.recall(24.0, slots) == pytest.approx(memory.recall(24.0, slots), abs=1e-2)
    memory.fade_to(240.0)
    assert memory.recall(240.0, slots) == pytest.approx(later)
    assert find_slots("滨江大桥！").tolist() == slots.tolist()


def test_the_climate_is_that_of_the_days_before() -> None:
    climate = Climate()
    for hour in range(24 * 6):
        stays = hour % 24 < 6  # rows stay at night and are new every hour by day
        titles = "abcdefghij" if stays else letters_of(hour)
        climate.absorb(look(hour, titles), frozenset())
    at_night = climate.find_usual(NIGHT + 24 * 6, 3)
    by_day = climate.find_usual(NIGHT + 24 * 6 + 12, 3)
    assert at_night[0] > 0.8 > 0.2 > by_day[0]
    assert math.isnan(Climate().find_usual(NIGHT, 3)[0])


def letters_of(hour: int) -> str:
    return "".join(chr(0x4E00 + 20 * hour + i) for i in range(10))


def test_forecasts_say_when_there_is_none(model: ForecastModel) -> None:
    forecaster = Forecaster(model)
    looks = [look(h, "abcdefghijklmnop") for h in range(5)]
    now = START + timedelta(hours=4)
    reasons = {
        "": forecaster.forecast("weibo", looks, now),
        "not_measured": forecaster.forecast("baidu", looks, now),
        "stale": forecaster.forecast("weibo", looks, now + timedelta(hours=2)),
        "few_looks": forecaster.forecast("weibo", looks[-1:], now),
    }
    for reason, rows in reasons.items():
        assert {row.reason for row in rows} == {reason}
        assert len(rows) == 16
        assert all((row.listed_3 is None) == bool(reason) for row in rows)
    assert forecaster.forecast("weibo", [], now) == []
    assert forecaster.forecast("weibo", looks, START - timedelta(hours=1)) == []


def test_forecasts_are_chances(model: ForecastModel) -> None:
    looks = [look(h, "abcdefghijklmnop") for h in range(5)]
    rows = Forecaster(model).forecast("weibo", looks, START + timedelta(hours=4))
    for rank, row in enumerate(rows, 1):
        assert row.listed_3 is not None
        assert row.listed_6 is not None
        assert 0 < row.listed_6 < 1
        assert 0 < row.listed_3 < 1
        assert (row.top10_6 is None) == (rank <= 10)
        assert (row.observations, row.hours_listed) == (5, pytest.approx(4))
        assert set(row.auc or {}) == set(TARGETS)


@pytest.mark.parametrize(
    ("chance", "key", "params"),
    [
        (0.0, "hardly", {"percent": 2}),
        (0.021, "one_in", {"one_in": 50}),
        (0.07, "one_in", {"one_in": 15}),
        (0.13, "one_in", {"one_in": 8}),
        (0.25, "one_in", {"one_in": 4}),
        (0.44, "one_in", {"one_in": 2}),
        (0.5, "in_ten", {"count": 5}),
        (0.72, "in_ten", {"count": 7}),
        (0.97, "in_ten", {"count": 9}),
        (0.99, "nearly", {"percent": 98}),
    ],
)
def test_odds(chance: float, key: str, params: dict[str, int]) -> None:
    assert describe_odds(chance) == (f"topics.odds.{key}", params)
    for language in ("zh", "en"):
        sentence = find_sentence(language, f"topics.odds.{key}")  # type: ignore[arg-type]
        assert sentence is not None
        assert "{" not in sentence.format_map(params)
