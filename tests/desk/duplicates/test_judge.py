"""The judge of pairs of titles: what is one title, what only sounds like one, and in which way."""

import numpy as np
import pytest

from copyassist.desk.duplicates import THRESHOLD, TitleIndex
from copyassist.desk.duplicates.fold import fold_key
from copyassist.desk.duplicates.grams import encode_grams
from copyassist.desk.duplicates.judge import load_judge
from copyassist.desk.duplicates.similarity import FEATURES, _find_places, make_side
from copyassist.text import parse_text


def judge(one: str, two: str) -> tuple[float, str]:
    """The chance that two titles are one, and the relation, as an index reports them."""
    found = TitleIndex.build([two]).find_many([parse_text(one)], least=0.0)[0]
    return (found[0].same, found[0].relation) if found else (0.0, "unrelated")


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("乾锅牛蛙怎么做才不腥", "干锅牛蛙怎么做才不腥"),
        ("裡外都香的十分钟早餐", "里外都香的10分钟早餐"),
        ("二〇二五年这几件事别拖", "2025年这几件事别拖"),
    ],
)
def test_variants_of_characters_and_numbers_are_one(one: str, two: str) -> None:
    assert fold_key(one) == fold_key(two)
    assert judge(one, two) == (1.0, "disguised")


@pytest.mark.parametrize("word", ["一个", "第一次", "万一", "千万", "百货"])
def test_words_that_only_look_like_numbers_stay(word: str) -> None:
    assert fold_key(word) == word


@pytest.mark.parametrize(
    ("one", "two", "relation"),
    [
        ("三百块改造出租屋，房东都想涨价！", "三百块改造出租屋,房东都想涨价", "identical"),
        ("三·百·块·改·造·出·租·屋", "三百块改造出租屋", "disguised"),
        ("三\u200b百\u200b块\u200b改造出租屋", "三百块改造出租屋", "disguised"),
        ("房东看了都想涨价：三百块改造出租屋", "三百块改造出租屋，房东看了都想涨价", "reordered"),
        ("震惊！三百块改造出租屋，房东看了都想涨价", "三百块改造出租屋，房东看了都想涨价", "edited"),
    ],
)  # fmt: skip
def test_a_repeat_is_named_by_its_way(one: str, two: str, relation: str) -> None:
    chance, named = judge(one, two)
    assert chance >= THRESHOLD
    assert named == relation


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("520想送自己一束花", "情人节想送自己一台相机"),
        ("致敬每一位铁路人", "致敬每一位核工业人"),
        ("张三加盟上海海港", "李四加盟上海海港"),
        ("云南发生4.2级地震", "新疆发生5.6级地震"),
    ],
)
def test_the_same_pattern_about_another_subject_is_no_repeat(one: str, two: str) -> None:
    chance, relation = judge(one, two)
    assert chance < THRESHOLD
    assert relation in ("same_pattern", "unrelated", "same_event")


@pytest.mark.parametrize("text", ["", "a", "囍", "🔥🔥", "的" * 3000, "！", "abc 123"])
def test_any_pair_is_judged(text: str) -> None:
    verdict = load_judge().judge([make_side(text)], [make_side("今天天气好")])
    assert verdict.measures.shape == (1, len(FEATURES))
    assert np.isfinite(verdict.measures).all()
    assert 0 <= verdict.same[0] <= 1


def test_places_of_grams_are_where_the_grams_are() -> None:
    keys = ["打工人abc的一周early早餐", "ab好a", "囍", "", "abcdef12"]
    owners, _ = encode_grams(keys)
    starts, sizes = _find_places(keys, owners)
    joined = "".join(keys)
    found = [
        joined[at : at + size] for at, size in zip(starts.tolist(), sizes.tolist(), strict=True)
    ]
    assert found[:8] == ["打工", "工人", "人a", "abc", "c的", "的一", "一周", "周e"]
    assert found[-5:] == ["abcd", "bcde", "cdef", "def1", "ef12"]
