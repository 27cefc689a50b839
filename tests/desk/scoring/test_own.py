"""What own posts may change: stages, shrinkage, figures from own posts alone."""

import math

import numpy as np
import pytest

from copyassist.desk.scoring import p_beats, prepare_scorer, rate_posts
from copyassist.desk.scoring.bases import conformal_ends
from copyassist.desk.scoring.history import follow
from copyassist.desk.scoring.own import state_facts
from copyassist.desk.scoring.shrinkage import claim_hits, clip_outliers, fit_posterior
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
    assert good.value > 80
    assert bad.value < 20
    chance = p_beats(desk, good, bad)
    assert chance is not None
    assert chance > 0.9
    for score in (good, bad):
        total = math.fsum(c.points for c in score.contributions)
        assert total == pytest.approx((score.value or 0) - 50, abs=1e-6)


def two_kinds(count: int, *, seed: int = 0) -> list[Post]:
    """An account whose one kind of title always does ten times as well."""
    draw = np.random.default_rng(seed)
    posts = []
    for i in range(count):
        good = bool(draw.integers(0, 2))
        value = (1000 if good else 100) * float(np.exp(draw.normal(0, 0.3)))
        posts.append(post(value, 20 + count - i, title=(GOOD if good else BAD).format(i)))
    return posts


@pytest.mark.parametrize("platform", ["wechat", "xiaohongshu"])
@pytest.mark.parametrize("seed", range(3))
def test_two_kinds_of_titles_are_told_apart_after_32_posts(platform: str, seed: int) -> None:
    desk = scorer(two_kinds(32, seed=seed), platform=platform)
    good, bad = desk.score_many(drafts(GOOD.format(99), BAD.format(99)))
    assert (good.value or 0) >= 80
    assert (bad.value or 100) <= 20


def test_titles_that_tell_nothing_hardly_move_the_score() -> None:
    scores = scorer(silent(60), platform="wechat").score_many(drafts(GOOD.format(1), BAD.format(1)))
    for score in scores:
        assert score.value is not None
        assert 35 < score.value < 65
        assert (score.evidence.pairs_right or 1) < 0.6


@pytest.mark.parametrize("platform", ["wechat", "douyin", "toutiao"])
def test_twelve_posts_are_enough_on_any_platform(platform: str) -> None:
    few = scorer(telling(11), platform=platform).score_many(drafts(GOOD.format(1)))[0]
    assert few.value is None
    assert few.evidence.reason == "no_model"
    assert few.evidence.needed == 1
    enough = scorer(telling(12), platform=platform).score_many(drafts(GOOD.format(1)))[0]
    assert enough.value is not None
    assert enough.evidence.kind == "own"
    assert enough.interval is not None


def test_what_is_said_of_the_score_is_what_came_of_others_like_it() -> None:
    """The hit rate is an expectation over accounts, so a lucky past cannot raise it to its own."""
    evidence = scorer(telling(120)).score_many(drafts(GOOD.format(1)))[0].evidence
    assert evidence.kind == "prior_and_own"
    assert evidence.pairs_right is not None
    assert 100 * evidence.pairs_right <= float(evidence.params["high"])  # type: ignore[arg-type]
    silent_one = scorer(silent(120)).score_many(drafts(GOOD.format(1)))[0].evidence
    assert silent_one.pairs_right is not None
    assert evidence.pairs_right > silent_one.pairs_right


@pytest.mark.parametrize(
    ("posts", "reason"), [(0, "prior_no_posts"), (3, "prior_few"), (11, "prior")]
)
def test_stages_of_the_cold_start(posts: int, reason: str) -> None:
    score = scorer(telling(posts)).score_many(drafts(GOOD.format(1)))[0]
    assert score.evidence.reason == reason
    assert score.interval is not None
    assert score.interval.source == "pooled"
    assert (score.interval.low_value is None) == (posts == 0)


def test_few_posts_widen_the_interval() -> None:
    few, more = (scorer(telling(n)).score_many(drafts(GOOD.format(1)))[0].interval for n in (3, 11))
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


def test_the_posterior_is_that_of_a_plain_ridge_around_the_prior() -> None:
    """With one stretch and white noise it would be a ridge; here it lies near one, and is linear."""
    draw = np.random.default_rng(0)
    features = draw.normal(size=(60, 3)) * 0.6
    prior = features @ np.array([0.5, 0.0, 0.0])
    values = prior + features @ np.array([0.0, 1.0, 0.0]) + draw.normal(size=60) * 0.3
    fitted = fit_posterior(features @ features.T, values, prior)
    weights = features.T @ fitted.pulls
    assert weights == pytest.approx([0.0, 1.0, 0.0], abs=0.2)
    assert fitted.noise < 0.8


def test_noise_teaches_almost_nothing() -> None:
    draw = np.random.default_rng(1)
    features = draw.normal(size=(12, 3)) * 0.2
    fitted = fit_posterior(features @ features.T, draw.normal(size=12), np.zeros(12))
    assert np.abs(features.T @ fitted.pulls).max() < 0.4


def test_one_viral_accident_is_brought_near() -> None:
    values = np.array([1.0, 1.1, 0.9, 1.0, 9.0])
    assert clip_outliers(values)[:4].tolist() == values[:4].tolist()
    assert clip_outliers(values)[4] < 3


def test_claims_grow_with_the_spread_of_titles() -> None:
    assert claim_hits(np.zeros(5), 2.0) == 0.5
    assert claim_hits(np.array([0.0, 1.0]), 2.0) > claim_hits(np.array([0.0, 0.1]), 2.0)


def test_posts_state_their_facts() -> None:
    facts = state_facts(post(5, 30, kind="视频"))
    assert facts["video"] == 1.0
    assert state_facts(post(5, 30, kind="图文"))["video"] == 0.0
    assert "video" not in state_facts(post(5, 30))
    assert "n_images" not in facts


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
