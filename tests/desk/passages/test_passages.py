"""Passages of one text in another: what is found, where it ends, and that no text takes long."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copyassist.desk.passages import (
    Earlier,
    PrintIndex,
    find_letters,
    find_prints,
    learn_boilerplate,
    measure_share,
)
from copyassist.desk.passages.align import find_passages, find_seeds
from copyassist.desk.passages.prints import GRAM, WINDOW

COPIED = (
    "搬进这间老房子的第一天，我把窗帘全部拆下来洗了一遍，阳光照进来的时候，"
    "才发现墙角有一块水渍，房东说是去年夏天漏雨留下的，现在已经修好了。"
)
EDITED = (
    "搬进这间老房子的头一天，我把窗帘全都拆下来洗了一遍。陽光照進來的時候，"
    "我才注意到墙角有一块水渍，房东说那是去年夏天漏雨留下来的，如今已经修好。"
)
BEFORE = "春天的菜市场总是最热闹的地方，卖笋的阿姨一边剥壳一边和人讲价。"
AFTER = "傍晚骑车回家，桥头的糖水铺还亮着灯，老板娘端出最后两碗绿豆沙。"
OTHER = "显微镜下的雪花没有两片完全一样，湿度和温度决定了它们的形状。"


def find(document: str, source: str) -> list[tuple[str, str]]:
    one, other = find_letters(document), find_letters(source)
    return [
        (
            document[slice(*one.span(p.start, p.end))],
            source[slice(*other.span(p.other_start, p.other_end))],
        )
        for p in find_passages(one, other)
    ]


def test_a_passage_word_for_word_is_found_with_its_ends() -> None:
    (found,) = find(BEFORE + COPIED + AFTER, OTHER + COPIED + OTHER)
    assert found[0].rstrip("。") == COPIED.rstrip("。")
    assert found[1] == found[0]


def test_a_lightly_edited_passage_is_found_whole() -> None:
    (found,) = find(BEFORE + EDITED + AFTER, OTHER + COPIED + OTHER)
    assert len(found[0]) > 0.85 * len(EDITED)
    assert BEFORE[-8:] not in found[0]


def test_clauses_in_another_order_are_one_passage() -> None:
    clauses = COPIED.rstrip("。").split("，")
    turned = "，".join([*clauses[3:], *clauses[:3]])
    assert len(find(BEFORE + turned + AFTER, OTHER + COPIED)) == 1


def test_texts_of_their_own_share_nothing() -> None:
    assert find(BEFORE + AFTER, COPIED + OTHER) == []


@pytest.mark.parametrize("text", ["", "囍", "！！", "🔥" * 50, "的" * 200, "abc" * 400, "\0\ud800"])
def test_odd_texts_are_answered(text: str) -> None:
    for other in (text, COPIED):
        one = find_letters(text)
        assert len(find_prints(one)) <= max(len(one) - GRAM + 1, 0)
        assert all(
            0 <= p.start < p.end <= len(one) for p in find_passages(one, find_letters(other))
        )


@pytest.mark.parametrize(
    "text",
    ["哈" * 300_000, "哈啊" * 150_000, "🔥" * 100_000, "今天天气好。" * 50_000, "a1 " * 100_000],
)
def test_a_long_text_that_repeats_itself_seeds_little(text: str) -> None:
    letters = find_letters(text)
    places, _ = find_seeds(letters, letters)
    assert len(places) <= 40  # and not the square of its length
    assert len(find_prints(letters)) <= 40


def test_seeds_never_outnumber_the_letters_by_more_than_a_few() -> None:
    chooser = random.Random(4)
    text = "".join(chooser.choices("的一是在不了有和人这中大", k=20_000))
    letters = find_letters(text)
    places, _ = find_seeds(letters, letters)
    assert len(places) <= 6 * len(letters)


@given(st.text(max_size=200), st.text(max_size=200))
def test_ranges_lie_in_the_texts(one: str, two: str) -> None:
    left, right = find_letters(one), find_letters(two + one[:40])
    last = 0
    for passage in find_passages(left, right):
        assert last <= passage.start < passage.end <= len(left)
        assert 0 <= passage.other_start < passage.other_end <= len(right)
        last = passage.end


def test_what_shares_a_window_shares_a_fingerprint() -> None:
    shared = COPIED.replace("，", "")[: GRAM + WINDOW - 1]
    one = find_prints(find_letters(BEFORE + shared + AFTER))
    other = find_prints(find_letters(OTHER + shared + OTHER))
    assert set(one.tolist()) & set(other.tolist())


def test_the_index_names_the_text_that_shares_most() -> None:
    index = PrintIndex.build([BEFORE * 2, OTHER + COPIED, AFTER, ""])
    found = index.find(find_prints(find_letters(BEFORE[:9] + EDITED)))
    assert found[0][0] == 1
    assert index.find(find_prints(find_letters(""))) == []


def test_quotations_and_boilerplate_do_not_count() -> None:
    footer = "关注我们，每天一个生活小技巧。"
    posts = [f"{text}\n{footer}\n本文由老王出品，欢迎常来坐坐" for text in (BEFORE, AFTER, OTHER)]
    learnt = learn_boilerplate(posts)
    body = f"{COPIED}\n他说：“{OTHER}”\n{footer}\n本文由老王出品，欢迎常来坐坐"
    share = measure_share(body, [Earlier(n, post) for n, post in enumerate(posts)], learnt)
    assert share.share == 1
    assert share.passages == ()
    assert share.counted < share.letters
    copied = measure_share(f"{COPIED}\n{OTHER}", [Earlier(2, posts[2])], learnt)
    assert 0.5 < copied.share < 0.8
    assert copied.passages[0].source == 2
    assert copied.passages[0].text in OTHER


def test_a_text_that_was_published_is_not_its_own() -> None:
    assert measure_share(COPIED, [Earlier(0, COPIED)]).share == 0
    assert measure_share("", [Earlier(0, COPIED)]).share == 1
