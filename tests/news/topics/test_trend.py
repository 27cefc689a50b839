"""What a topic's looks say about where it is heading."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from copyassist.news.topics.trend import (
    Look,
    PlatformTrend,
    TrendKind,
    find_looks,
    make_scale,
    measure_platform,
    measure_trend,
)
from tests.news.topics.helpers import START, sighting


def at(hours: float) -> datetime:
    return START + timedelta(hours=hours)


def judge(
    ranks: Sequence[int | None], heats: Sequence[float | None] | None = None
) -> PlatformTrend:
    """A platform looked at every half hour; None where a look did not see the topic."""
    polls = [at(i / 2) for i in range(len(ranks))]
    heats = heats or [None] * len(ranks)
    looks = [
        Look(poll, rank, heat)
        for poll, rank, heat in zip(polls, ranks, heats, strict=True)
        if rank is not None
    ]
    return measure_platform("weibo", looks, polls, make_scale(float(i) for i in range(1000)))


@pytest.mark.parametrize(
    ("ranks", "kind"),
    [
        ([None, 8], TrendKind.NEW),
        ([8], TrendKind.NEW),
        ([None, 8, 8], TrendKind.NEW),
        ([20, 12], TrendKind.RISING),
        ([20, 19], TrendKind.NEW),
        ([3, 1], TrendKind.RISING),
        ([2, 1], TrendKind.NEW),
        ([8, 8, 8, 8], TrendKind.STEADY),
        ([8, 9, 8, 7], TrendKind.STEADY),
        ([8, 12, 20, 30], TrendKind.FALLING),
        ([8, 12, 20, None], TrendKind.GONE),
        ([8, *[None] * 7, 9], TrendKind.BACK),
        ([8, None, 8, 8], TrendKind.STEADY),
        ([8, *[None] * 7, 20, 9], TrendKind.RISING),
        ([30, 5, 5, 5, 5, 5, 5, 5, 5, 5], TrendKind.STEADY),
    ],
)
def test_ranks(ranks: list[int | None], kind: TrendKind) -> None:
    assert judge(ranks).kind is kind


def test_one_sighting_never_rises() -> None:
    for rank in range(1, 51):
        found = judge([None, rank], [None, 999.0])
        assert found.kind is TrendKind.NEW
        assert found.rank_change is found.heat_change is found.compared_with is None


def test_heat_decides_where_the_rank_stands_still() -> None:
    assert judge([5, 5, 5, 5], [100, 200, 400, 600]).kind is TrendKind.RISING
    assert judge([5, 5, 5, 5], [600, 500, 400, 300]).kind is TrendKind.FALLING
    assert judge([5, 5, 5, 5], [600, 600, 600, 610]).kind is TrendKind.STEADY
    assert judge([5, 5, 5, 6], [100, 200, 400, 600]).kind is TrendKind.STEADY


def test_heat_is_a_share_of_the_platforms_own_heats() -> None:
    scale = make_scale([10, 20, 30, 40, None])
    assert [scale.find_percentile(h) for h in (5, 10, 25, 99)] == [0, 0, 0.5, 1]
    assert scale.find_percentile(None) is None
    assert make_scale([]).find_percentile(3.0) is None
    assert len(make_scale(map(float, range(100_000))).levels) <= 2_500


def test_without_looks_between_nothing_was_missed() -> None:
    looks = [Look(at(0), 9, None), Look(at(9), 9, None)]
    assert measure_platform("weibo", looks, [at(0), at(9)]).kind is not TrendKind.BACK
    assert measure_platform("weibo", looks, [at(0), at(4), at(9)]).kind is TrendKind.BACK


def test_platforms_are_weighed_not_added() -> None:
    polls = {name: [at(0), at(1)] for name in ("weibo", "baidu", "zhihu")}
    rising = [Look(at(0), 20, 1e3), Look(at(1), 5, 2e3)]
    falling = [Look(at(0), 5, 9e9), Look(at(1), 20, 1e9)]
    one = measure_trend({"weibo": rising, "baidu": falling}, polls)
    assert one.kind is TrendKind.STEADY
    assert one.observations == 4
    two = measure_trend({"weibo": rising, "baidu": falling, "zhihu": rising}, polls)
    assert two.kind is TrendKind.RISING
    assert [p.rank for p in two.platforms] == [5, 5, 20]


def test_gone_only_where_it_is_gone_everywhere() -> None:
    polls = {"weibo": [at(0), at(1)], "baidu": [at(0), at(1)]}
    looks = {"weibo": [Look(at(0), 3, None)], "baidu": [Look(at(0), 3, None), Look(at(1), 3, None)]}
    both = measure_trend(looks, polls)
    assert both.kind is TrendKind.STEADY
    assert [p.source for p in both.listed] == ["baidu"]
    assert measure_trend({"weibo": looks["weibo"]}, polls).kind is TrendKind.GONE


def test_a_topic_needs_a_look() -> None:
    with pytest.raises(ValueError, match="without looks"):
        measure_trend({"weibo": []}, {})


def test_the_best_row_of_a_look_counts_and_adverts_do_not() -> None:
    items = [
        sighting("甲", rank=9, heat=5.0),
        sighting("乙", rank=4, heat=7.0),
        sighting("丙", rank=1, advert=True),
        sighting("乙", hours=1, rank=None, pinned=True),
        sighting("乙", "baidu", hours=1, rank=2),
    ]
    found = find_looks(items)
    assert [(look.rank, look.heat) for look in found["weibo"]] == [(4, 7.0), (None, None)]
    assert [look.rank for look in found["baidu"]] == [2]
