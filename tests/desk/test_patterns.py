"""What own posts say without any model: medians with their numbers, honest about many looks."""

import random

import numpy as np
import pytest

from copyassist.desk.context import Context
from copyassist.desk.contract import Beside, reports_to_json
from copyassist.desk.pattern_words import caution_patterns, head_patterns, list_common, list_traits
from copyassist.desk.patterns import (
    LEAST_POSTS,
    Patterns,
    compare_ranks,
    correct,
    find_median,
    find_patterns,
    find_standing,
)
from copyassist.desk.review import prepare, review
from copyassist.desk.scoring import rate_posts
from copyassist.platforms import load_platforms
from copyassist.text import parse
from copyassist.types import Draft, Post
from tests.desk.scoring.helpers import METRIC, NOW, models, post

PLAIN = ("阳台上的薄荷又长高了", "下班路上买了一束花", "窗边的旧书架终于装满", "雨天在家煮一锅热汤")


def history(size: int, *, lift: float = 1.0) -> list[Post]:
    """Posts with and without a number in the title; those with one do `lift` times as well."""
    chooser = random.Random(5)
    found = []
    for row in range(size):
        value = 100 * chooser.lognormvariate(0, 0.5)
        plain = PLAIN[row % 4]
        title, value = (f"{plain}：{row} 个细节", value * lift) if row % 2 else (plain, value)
        found.append(post(value, 20 + size - row, title=title, kind="图文" if row % 3 else "视频"))
    return found


def look(posts: list[Post]) -> Patterns | None:
    return find_patterns(rate_posts(posts, METRIC, mature_days=14, now=NOW))


def test_below_eight_posts_nothing_is_said() -> None:
    assert look(history(LEAST_POSTS - 1)) is None
    found = look(history(LEAST_POSTS))
    assert found is not None
    assert found.posts == LEAST_POSTS
    assert found.median.low is not None
    assert find_patterns([]) is None


def test_a_strong_difference_is_found_and_counted() -> None:
    found = look(history(60, lift=10))
    assert found is not None
    [number] = [one for one in found.traits if one.dimension == "number"]
    assert number.verdict == "better"
    assert number.has.posts == number.others.posts == 30
    assert number.has.value > 5 * number.others.value
    assert number.best == 10
    assert found.common[0].dimension in ("number", "length")


def test_chance_alone_is_rarely_called_a_difference() -> None:
    chooser = random.Random(11)
    sure = 0
    for _ in range(40):
        posts = [
            post(chooser.lognormvariate(4, 1), 20 + row, title=f"{PLAIN[row % 4]}{row * 7 % 5}")
            for row in range(30)
        ]
        chooser.shuffle(posts)
        found = look(posts)
        assert found is not None
        sure += any(one.verdict != "unclear" for one in found.traits)
    assert sure <= 5


def test_the_draft_stands_where_its_title_says() -> None:
    found = look(history(24))
    assert found is not None
    draft = Draft(title="阳台上的薄荷怎么养？5 个细节", form="图文", facts={"hour": 20})
    standing = find_standing(found, parse(draft))
    assert {
        ("number", "with"),
        ("question", "with"),
        ("kind", "图文"),
        ("hour", "18-21"),
    } <= standing
    rows = list_traits("zh", found, standing)
    assert any(row.here for row in rows)
    assert len(rows) == found.looks


def test_of_two_sides_of_one_split_only_one_is_looked_at() -> None:
    found = look(history(24))
    assert found is not None
    assert sum(one.dimension == "kind" for one in found.traits) == 1


def test_holms_correction_keeps_order_and_never_lowers() -> None:
    assert correct([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert correct([]) == []
    assert correct([0.9, 0.8]) == [1.0, 1.0]


def test_ranks_that_are_parted_wholly_are_no_chance() -> None:
    values = np.arange(20.0)
    assert compare_ranks(values, values > 9) < 0.001
    assert compare_ranks(values, values % 2 == 0) > 0.5
    assert compare_ranks(np.ones(9), np.arange(9) > 4) == 1.0


def test_a_median_of_few_posts_has_no_interval() -> None:
    assert find_median(np.arange(5.0)).low is None
    six = find_median(np.arange(6.0))
    assert (six.low, six.value, six.high) == (0, 2.5, 5)
    many = find_median(np.arange(100.0))
    assert many.low is not None
    assert many.high is not None
    assert 38 <= many.low <= 41
    assert 58 <= many.high <= 61


@pytest.mark.parametrize("language", ["zh", "en"])
def test_everything_has_words(language: str) -> None:
    found = look(history(24))
    assert found is not None
    said = [head_patterns(language, found), caution_patterns(language, found)]  # type: ignore[arg-type]
    said += list_common(language, found)  # type: ignore[arg-type]
    rows = list_traits(language, found, frozenset())  # type: ignore[arg-type]
    said += [text for row in rows for text in (row.name, row.has, row.others, row.verdict)]
    assert all(said)
    assert not any("patterns." in text for text in said)


def test_the_document_holds_them_on_a_platform_without_a_model() -> None:
    posts = tuple(history(24))
    context = Context(platform=load_platforms(None)["wechat"], now=NOW, posts=posts, metric=METRIC)
    desk = prepare(context, models())
    report = review(Draft(title="5 个细节", platform="wechat"), desk)
    found = desk.patterns.get()
    [document] = reports_to_json([report], "zh", beside=[Beside(patterns=found)])["reports"]
    assert document["patterns"]["posts"] == 24
    assert document["patterns"]["looks"] == len(document["patterns"]["traits"])
    assert any(one["here"] for one in document["patterns"]["traits"])
