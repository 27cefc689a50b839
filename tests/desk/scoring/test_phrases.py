"""Reasons are said in units that a reader would say, and still add up."""

import pytest

from copyassist.desk.scoring.phrases import join_phrases
from copyassist.desk.scoring.saying import is_phrase, tells_something
from copyassist.types import Contribution, Keyword


def piece(text: str, points: float) -> Contribution:
    return Contribution(feature="piece", group="topic", points=points, text=text)


def keyword(text: str) -> Keyword:
    return Keyword(text=text, weight=1.0, in_title=True, in_body=False)


def test_the_words_of_a_keyword_are_one_reason() -> None:
    found = join_phrases(
        [piece("蓝色", -3.0), piece("圣诞树", -2.0), piece("照片", 1.5)],
        [keyword("蓝色圣诞树"), keyword("照片")],
    )
    assert [(one.text, one.points) for one in found] == [("蓝色圣诞树", -5.0), ("照片", 1.5)]


def test_what_is_no_unit_or_too_small_goes_into_the_rest_and_nothing_is_lost() -> None:
    given = [piece("总算", 2.0), piece("照片", 3.0), piece("蛋糕", 0.4)]
    found = join_phrases(given, [keyword("照片"), keyword("蛋糕")])
    assert [(one.feature, one.text) for one in found] == [("piece", "照片"), ("rest", "")]
    assert sum(one.points for one in found) == pytest.approx(5.4)


def test_nothing_stays_nothing() -> None:
    assert join_phrases([], []) == ()


def test_the_strongest_stays_where_all_is_small() -> None:
    (found,) = join_phrases([piece("照片", 0.3)], [keyword("照片")])
    assert found.text == "照片"


@pytest.mark.parametrize(
    ("text", "said"),
    [("蓝色圣诞树", True), ("哈哈总算", False), ("夏天救", False), ("sample sale", True)],
)
def test_phrases_that_a_reader_would_say(text: str, said: bool) -> None:
    assert is_phrase(text) is said


def test_words_that_say_something_alone() -> None:
    assert tells_something("好吃")
    assert tells_something("照片", things=True)
    assert not tells_something("照片")
    assert not tells_something("算是")
    assert not tells_something("总算", things=True)
