"""The demo account: believable, within the platforms' limits, and reproducible."""

import csv
import runpy
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from copyassist.platforms import load_platforms
from copyassist.posts.demo import DEMO_ACCOUNT, load_demo_posts
from copyassist.resources import find_corpora
from copyassist.text import count, title_key
from copyassist.types import Post

DEMO = find_corpora() / "demo"


@pytest.fixture(scope="module")
def posts() -> list[Post]:
    return load_demo_posts()


@pytest.fixture(scope="module")
def flaws() -> dict[str, str]:
    with (DEMO / "titles.csv").open(encoding="utf-8", newline="") as lines:
        return {row["title"]: row["flaw"] for row in csv.DictReader(lines) if row["flaw"]}


def test_the_account_has_300_posts_on_two_platforms(posts: list[Post]) -> None:
    assert Counter(post.platform for post in posts) == {"xiaohongshu": 180, "wechat": 120}
    assert {post.kind for post in posts} == {"图文", "视频", "头条", "次条"}


def test_its_name_says_that_it_is_an_example() -> None:
    assert "示例" in DEMO_ACCOUNT


def test_no_title_is_used_twice(posts: list[Post]) -> None:
    assert len({title_key(post.title) for post in posts}) == 300


def test_posts_are_dated_in_utc_oldest_first_over_fourteen_months(posts: list[Post]) -> None:
    dates = [post.published_at for post in posts]
    assert all(date is not None and date.tzinfo is UTC for date in dates)
    assert dates == sorted(dates)
    assert datetime(2026, 11, 10, tzinfo=UTC) < dates[-1] < datetime(2026, 11, 20, tzinfo=UTC)
    assert dates[-1] - dates[0] > timedelta(days=400)


def test_titles_keep_the_limits_but_for_the_deliberate_one(
    posts: list[Post], flaws: dict[str, str]
) -> None:
    too_long = {post.title for post in posts if _exceeds_limit(post)}
    assert too_long == {title for title, flaw in flaws.items() if "longer" in flaw}
    assert len(too_long) == 1


def _exceeds_limit(post: Post) -> bool:
    limits = load_platforms()[post.platform].form.limits
    return any(
        limit.maximum is not None and count(post.title, limit.counter) > limit.maximum
        for limit in limits
        if limit.field == "title"
    )


def test_the_deliberate_flaws_are_in_the_account(posts: list[Post], flaws: dict[str, str]) -> None:
    assert set(flaws) <= {post.title for post in posts}
    assert Counter(flaw.split(",")[0] for flaw in flaws.values()) == {
        "absolute term": 2,
        "near duplicate": 2,
        "longer than the platform allows": 1,
    }


def test_each_platform_has_its_own_metrics(posts: list[Post]) -> None:
    for post in posts:
        if post.platform == "wechat":
            assert set(post.metrics) == {
                *("push_views", "delivered", "delivered_read_rate", "views"),
                *("readers", "shares", "likes", "watching"),
            }
        else:
            assert set(post.metrics) == {
                *("impressions", "views", "ctr", "likes"),
                *("comments", "favourites", "shares", "follows"),
            }


def test_figures_are_consistent_with_one_another(posts: list[Post]) -> None:
    for post in posts:
        figure = {name: value.value for name, value in post.metrics.items()}
        if post.platform == "wechat":
            assert figure["push_views"] <= figure["views"]
            assert figure["readers"] <= figure["views"]
            rate = figure["push_views"] / figure["delivered"]
            assert figure["delivered_read_rate"] == pytest.approx(rate, abs=5e-5)
        else:
            assert figure["views"] == pytest.approx(
                figure["impressions"] * figure["ctr"], rel=0.02, abs=1
            )


def test_the_simulation_gives_the_committed_figures_again() -> None:
    simulate = _load_simulation()
    titles = (DEMO / "titles.csv").read_text("utf-8")
    assert simulate(titles) == (DEMO / "posts.csv").read_text("utf-8")


def test_a_row_keeps_its_figures_when_another_row_goes() -> None:
    simulate = _load_simulation()
    header, first, *others = (DEMO / "titles.csv").read_text("utf-8").splitlines()
    whole = simulate("\n".join([header, first, *others])).splitlines()
    without = simulate("\n".join([header, *others])).splitlines()
    assert without == [whole[0], *whole[2:]]


def _load_simulation() -> Callable[[str], str]:
    # run_path leaves no bytecode beside the data.
    simulate: Callable[[str], str] = runpy.run_path(str(DEMO / "simulate.py"))["simulate"]
    return simulate
