"""What an account writes about: counts, outcomes, what is new."""

from datetime import UTC, datetime, timedelta

from copyassist.keywords.extract import load_extractor
from copyassist.posts.subjects import Subject, find_subjects
from copyassist.types import Post, RatedPost

START = datetime(2026, 1, 1, 4, tzinfo=UTC)


def rate(title: str, day: int, ratio: float | None) -> RatedPost:
    post = Post(title=title, platform="xiaohongshu", published_at=START + timedelta(days=day))
    return RatedPost(post=post, metric="likes", value=ratio and 100 * ratio, ratio=ratio)


def find(*posts: RatedPost) -> dict[str, Subject]:
    return {one.text: one for one in find_subjects(posts, load_extractor())}


def test_subjects_are_counted_with_how_they_did() -> None:
    found = find(
        rate("秋梨膏怎么熬", 0, 2.0),
        rate("今天又熬了秋梨膏", 10, 1.0),
        rate("秋梨膏送给妈妈", 20, 4.0),
        rate("露营装备清单", 90, 0.5),
    )
    pear = found["秋梨膏"]
    assert (pear.posts, pear.ratio, pear.is_new) == (3, 2.0, False)
    assert pear.example == "秋梨膏送给妈妈"


def test_what_only_the_last_month_has_is_new() -> None:
    found = find(
        rate("秋梨膏怎么熬", 0, 1.0),
        rate("秋梨膏送给妈妈", 40, 1.0),
        rate("拼豆太解压了", 80, None),
    )
    assert found["拼豆"].is_new
    assert found["拼豆"].ratio is None
    assert not found["秋梨膏"].is_new


def test_an_account_without_posts_has_none() -> None:
    assert find() == {}
