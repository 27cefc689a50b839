"""The trailing median: what counts in it, what never does."""

from datetime import timedelta

import pytest

from copyassist.desk.scoring import choose_metric, measure_usual, rate_posts
from copyassist.platforms import load_platforms
from copyassist.types import MetricValue, Post
from tests.desk.scoring.helpers import METRIC, NOW, post


def rate(posts: list[Post], metric: str = METRIC):  # type: ignore[no-untyped-def]
    return rate_posts(posts, metric, mature_days=14, now=NOW)


def test_usual_is_the_median_of_earlier_posts() -> None:
    posts = [post(value, 100 - i) for i, value in enumerate([10, 20, 30, 40, 1000, 60])]
    rated = rate(posts)
    assert [r.usual for r in rated[:5]] == [None] * 5
    assert rated[5].usual == pytest.approx(30)
    assert rated[5].ratio == pytest.approx(61 / 31)


def test_own_outcome_never_counts_in_its_usual() -> None:
    values = [10, 20, 30, 40, 50, 60]
    low = rate([post(v, 100 - i) for i, v in enumerate(values)])[-1]
    values[-1] = 10**9
    high = rate([post(v, 100 - i) for i, v in enumerate(values)])[-1]
    assert low.usual == high.usual


def test_later_posts_never_count() -> None:
    posts = [post(10, 100 - i) for i in range(10)]
    before = rate(posts)[6]
    after = rate([*posts, *(post(9999, 50 - i) for i in range(20))])[6]
    assert (before.usual, before.ratio) == (after.usual, after.ratio)


def test_only_the_last_twenty_count() -> None:
    posts = [post(1, 200 - i) for i in range(30)] + [post(100, 100 - i) for i in range(20)]
    assert rate([*posts, post(100, 20)])[-1].usual == pytest.approx(100)


def test_order_of_the_list_does_not_matter() -> None:
    posts = [post(value, 100 - value) for value in range(1, 12)]
    forward, backward = rate(posts), rate(posts[::-1])
    assert [r.usual for r in forward] == [r.usual for r in backward[::-1]]


def test_kinds_have_their_own_usual() -> None:
    posts = [post(10, 100 - i, kind="图文") for i in range(6)]
    posts += [post(1000, 90 - i, kind="视频") for i in range(6)]
    assert rate(posts)[-1].usual == pytest.approx(1000)
    assert rate(posts)[6].usual is None


def test_bounds_and_young_and_future_posts_are_left_out() -> None:
    old = [post(10, 100 - i) for i in range(5)]
    odd = [post(100_000, 60, bound="at_least"), post(9999, 3), post(9999, -5), post(None, 50)]
    undated = Post(title="无", platform="x", published_at=None, metrics={METRIC: MetricValue(9.0)})
    rated = rate([*old, *odd, undated, post(10, 15)])
    assert rated[-1].usual == pytest.approx(10)
    assert rated[5].value is None
    assert rated[5].ratio is None
    assert not rated[6].mature
    assert not rated[7].mature
    assert not rated[9].mature


def test_zero_reads_are_a_figure() -> None:
    rated = rate([post(0, 100 - i) for i in range(8)])
    assert rated[-1].usual == 0
    assert rated[-1].ratio == pytest.approx(1)


def test_rates_are_compared_as_ratios() -> None:
    posts = [
        Post(
            title="题",
            platform="wechat",
            published_at=NOW - timedelta(days=100 - i),
            metrics={"delivery_read_rate": MetricValue(0.02 if i < 6 else 0.04)},
        )
        for i in range(7)
    ]
    rated = rate(posts, "delivery_read_rate")
    assert rated[-1].usual == pytest.approx(0.02)
    assert rated[-1].ratio == pytest.approx(2)


def test_rank_share_says_how_ordinary_a_post_is() -> None:
    posts = [post(10, 100 - i) for i in range(10)] + [post(1000, 40)]
    rated = rate(posts)
    assert rated[-1].rank_share == 1
    assert rated[6].rank_share == pytest.approx(5 / 6)


def test_metric_is_the_first_that_enough_posts_have() -> None:
    platform = load_platforms(None)["xiaohongshu"]
    first, second = platform.target_metrics[:2]
    posts = [
        Post(title="题", platform="xiaohongshu", published_at=NOW, metrics={second: MetricValue(3)})
        for _ in range(10)
    ]
    assert choose_metric(posts, platform) == second
    assert choose_metric([], platform) == ""
    few = Post(
        title="题", platform="xiaohongshu", published_at=NOW, metrics={first: MetricValue(3)}
    )
    assert choose_metric([*posts, few], platform) == second
    assert choose_metric([*posts, few], platform, first) == second
    assert choose_metric([*posts, few, few, few], platform) == first


def test_usual_now_of_the_newest_twenty() -> None:
    rated = rate([post(10, 200 - i) for i in range(20)] + [post(50, 100 - i) for i in range(20)])
    assert measure_usual(rated) == pytest.approx(50)
    assert measure_usual(rated[:4]) == pytest.approx(10)
    assert measure_usual([]) is None


def test_hundred_thousand_posts_are_rated() -> None:
    posts = [post(i % 97, 1000 - i // 100) for i in range(100_000)]
    assert sum(r.ratio is not None for r in rate(posts)) > 90_000
