"""The record on the account's last 30 %: nothing tested was learnt from, few posts say nothing."""

from copyassist.desk.context import Context
from copyassist.desk.scoring import rate_posts
from copyassist.desk.scoring.results import Results, review_results
from copyassist.platforms import load_platforms
from copyassist.types import Post
from tests.desk.scoring.helpers import METRIC, NOW, models, post
from tests.desk.scoring.test_own import silent, telling


def review(posts: list[Post], platform: str = "xiaohongshu") -> Results:
    context = Context(platform=load_platforms(None)[platform], now=NOW, posts=tuple(posts))
    rated = rate_posts(posts, METRIC, mature_days=14, now=NOW)
    return review_results(models(), context, rated)


def test_record_of_an_account_whose_titles_tell() -> None:
    found = review(telling(150))
    assert found.tested >= 40
    assert found.pairs_right is not None
    assert found.pairs_right.low < found.pairs_right.value < found.pairs_right.high
    assert found.pairs_right.value > 0.6
    assert found.coverage is not None
    assert 0.5 < found.coverage <= 1
    assert sum(b.posts for b in found.bins) == found.tested
    assert {"kind", "hour", "weekday", "words"} == set(found.groups)


def test_groups_have_intervals_or_say_that_posts_are_too_few() -> None:
    for groups in review(silent(80)).groups.values():
        for group in groups:
            if group.ratio is None:
                assert group.posts < 10
            else:
                assert group.ratio.low <= group.ratio.value <= group.ratio.high


def test_too_few_posts_have_no_record() -> None:
    for posts in ([], [post(10, 100)], telling(20)):
        found = review(posts)
        assert found.tested == 0
        assert found.pairs_right is None
        assert found.bins == ()


def test_own_posts_alone_have_a_record_too() -> None:
    found = review(silent(60), platform="wechat")
    assert found.tested >= 10
    assert found.pairs_right is not None
    assert found.pairs_right.low < 0.5 < found.pairs_right.high  # titles that tell nothing
