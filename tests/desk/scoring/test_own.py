"""What own posts may change: stages, the check on the own past, figures from own posts alone."""

import math

import numpy as np
import pytest

from copyassist.desk.scoring import p_beats, prepare_scorer, rate_posts
from copyassist.desk.scoring.bases import conformal_ends
from copyassist.desk.scoring.history import follow
from copyassist.desk.scoring.own import fit_ridge
from copyassist.types import Post
from tests.desk.scoring.helpers import METRIC, NOW, drafts, post, scorer

GOOD, BAD = "北美租房避雷攻略第{}期", "周末随手拍的咖啡第{}杯"


def telling(count: int, *, seed: int = 0, flip: bool = False) -> list[Post]:
    """An account whose titles tell: guides do four times as well as coffee, or the other way."""
    draw = np.random.default_rng(seed)
    posts = []
    for i in range(count):
        good = bool(draw.integers(0, 2))
        value = (400 if good != flip else 100) * float(np.exp(draw.normal(0, 0.2)))
        posts.append(post(value, 20 + count - i, title=(GOOD if good else BAD).format(i)))
    return posts


def silent(count: int) -> list[Post]:
    """An account whose titles tell nothing."""
    draw = np.random.default_rng(1)
    titles = [GOOD, BAD, "第{}天的早餐", "{}号展览值得去", "聊聊第{}本书"]
    return [
        post(
            100 * float(np.exp(draw.normal())),
            20 + count - i,
            title=titles[int(draw.integers(0, len(titles)))].format(i),
        )
        for i in range(count)
    ]


def test_own_posts_decide_where_no_model_was_measured() -> None:
    desk = scorer(telling(80), platform="wechat")
    good, bad = desk.score_many(drafts(GOOD.format(99), BAD.format(99)))
    assert good.evidence.kind == "own"
    assert good.value is not None
    assert bad.value is not None
    assert good.value > 55 > 45 > bad.value
    assert (good.evidence.pairs_right or 0) > 0.6
    chance = p_beats(desk, good, bad)
    assert chance is not None
    assert chance > 0.6
    for score in (good, bad):
        total = math.fsum(c.points for c in score.contributions)
        assert total == pytest.approx((score.value or 0) - 50, abs=1e-6)


def test_no_number_where_own_titles_tell_nothing() -> None:
    score = scorer(silent(60), platform="wechat").score_many(drafts(GOOD.format(1)))[0]
    assert score.value is None
    assert score.evidence.reason == "own_not_proven"
    assert score.evidence.needed == 0


def test_too_few_own_posts_say_how_many_are_missing() -> None:
    score = scorer(telling(12), platform="wechat").score_many(drafts(GOOD.format(1)))[0]
    assert score.evidence.reason == "no_model"
    assert score.evidence.needed == 8


def test_the_prior_is_moved_only_where_that_helped() -> None:
    moved = scorer(telling(120, flip=True)).score_many(drafts(GOOD.format(1)))[0].evidence
    assert moved.kind == "prior_and_own"
    assert moved.params["after"] > moved.params["before"]  # type: ignore[operator]
    kept = scorer(silent(60)).score_many(drafts(GOOD.format(1)))[0].evidence
    assert kept.kind in ("prior", "prior_and_own")
    if kept.kind == "prior":
        assert kept.reason == "prior_own_no_gain"


@pytest.mark.parametrize(
    ("posts", "reason"), [(0, "prior_no_posts"), (3, "prior_few"), (12, "prior")]
)
def test_stages_of_the_cold_start(posts: int, reason: str) -> None:
    score = scorer(telling(posts)).score_many(drafts(GOOD.format(1)))[0]
    assert score.evidence.reason == reason
    assert score.interval is not None
    assert score.interval.source == "pooled"
    assert (score.interval.low_value is None) == (posts == 0)


def test_few_posts_widen_the_interval() -> None:
    few, more = (
        scorer(telling(n)).score_many(drafts(GOOD.format(1)))[0].interval for n in (3, 4 + 8)
    )
    assert few is not None
    assert more is not None
    assert few.high / few.low > 1.2 * more.high / more.low * 0.8


def test_interval_comes_from_own_residuals_from_forty_on() -> None:
    interval = scorer(telling(80)).score_many(drafts(GOOD.format(1)))[0].interval
    assert interval is not None
    assert interval.source == "own"


def test_own_interval_covers_what_it_says() -> None:
    ends = conformal_ends(np.random.default_rng(0).normal(size=400))
    assert ends[0] == pytest.approx(-1.48, abs=0.2)  # the 7 % and 87 % points of a normal
    assert ends[1] == pytest.approx(1.13, abs=0.2)


def test_no_other_account_or_platform_matters() -> None:
    """A scorer is made of one account's posts on one platform; the same input, the same score."""
    first, again = (scorer(telling(60)).score_many(drafts(GOOD.format(1)))[0] for _ in range(2))
    assert first == again


def test_trail_looks_only_back() -> None:
    ratios = np.array([1.0, 2.0, 3.0, 4.0])
    before = follow(ratios)
    after = follow(np.array([1.0, 2.0, 3.0, 400.0]))
    assert before.recent[:4].tolist() == after.recent[:4].tolist()
    assert before.spread[:4].tolist() == after.spread[:4].tolist()
    assert before.recent[0] == 0
    assert before.recent[4] == pytest.approx(2.5)


def test_ridge_is_the_same_by_either_system() -> None:
    draw = np.random.default_rng(0)
    features, target = draw.normal(size=(40, 60)), draw.normal(size=40)
    wide = fit_ridge(features, target)
    tall = fit_ridge(np.vstack([features] * 1)[:, :30], target)
    centred = features[:, :30] - features[:, :30].mean(axis=0)
    direct = np.linalg.solve(
        centred.T @ centred + 25 * np.eye(30), centred.T @ (target - target.mean())
    )
    assert tall == pytest.approx(direct * 40 / 90)
    assert wide.shape == (60,)


def test_no_posts_teach_nothing() -> None:
    assert not fit_ridge(np.zeros((0, 5)), np.zeros(0)).any()


def test_ten_thousand_posts_are_learnt_from() -> None:
    posts = [post(10 + i % 13, 30 + i // 8, title=GOOD.format(i % 50)) for i in range(10_000)]
    rated = rate_posts(posts, METRIC, mature_days=14, now=NOW)
    from copyassist.desk.context import Context
    from copyassist.platforms import load_platforms
    from tests.desk.scoring.helpers import models

    context = Context(platform=load_platforms(None)["wechat"], now=NOW, posts=tuple(posts))
    desk = prepare_scorer(models(), context, rated)
    assert desk.own_posts == 10_000
    assert len(desk.score_many(drafts(GOOD.format(1)))) == 1
