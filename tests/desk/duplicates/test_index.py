"""The title index: what is found, what is not, and on which texts."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copyassist.desk.duplicates import SIMILAR, THRESHOLD, TitleIndex
from copyassist.desk.duplicates.grams import encode_grams
from copyassist.text import parse_text

TITLES = [
    "打工人的一周早餐，十分钟搞定",
    "为什么我劝你不要裸辞？",
    "北京到天津的城际列车，周末怎么买票最划算",
    "三百块改造出租屋，房东看了都想涨价",
    "How I plan a week of lunches in one hour",
    "减脂期也能吃的低卡火锅底料推荐",
]


@pytest.fixture(scope="module")
def index() -> TitleIndex:
    return TitleIndex.build(TITLES)


@pytest.mark.parametrize(
    ("title", "row"),
    [
        ("打工人的一周早餐 十分钟搞定", 0),
        ("打工人的一周早餐，十分鐘搞定！！", 0),
        ("打\u200b工\u200b人的一周早餐，十分钟搞定🔥", 0),
        ("ＨＯＷ I plan a week of lunches in one hour", 4),
    ],
)
def test_the_same_title_in_another_dress_is_identical(
    index: TitleIndex, title: str, row: int
) -> None:
    assert index.find(parse_text(title))[0][:3] == (row, 1.0, "identical")


@pytest.mark.parametrize(
    ("title", "row"),
    [
        ("打工人一周早餐，十分钟就能搞定", 0),
        ("十分钟搞定，打工人的一周早餐", 0),
        ("周末怎么买票最划算：北京到天津的城际列车", 2),
        ("震惊！三百块改造出租屋，房东看了都想涨价", 3),
        ("How I planned a week of lunches in one hour", 4),
    ],
)
def test_an_edited_title_is_near(index: TitleIndex, title: str, row: int) -> None:
    found = index.find(parse_text(title))[0]
    assert (found.row, found.kind) == (row, "near")
    assert THRESHOLD <= found.same <= 1


def test_a_title_on_the_same_theme_alone_is_not_near(index: TitleIndex) -> None:
    kinds = [found.kind for found in index.find(parse_text("减脂期的早餐到底怎么吃"))]
    assert "near" not in kinds
    assert "identical" not in kinds


def test_an_unrelated_title_finds_nothing(index: TitleIndex) -> None:
    assert index.find(parse_text("深海里的鲸鱼如何睡觉")) == []


def test_of_equal_titles_the_last_row_is_reported() -> None:
    index = TitleIndex.build(["早安，世界！", "晚安", "早安 世界"])
    assert [found[:3] for found in index.find(parse_text("早安世界"))] == [(2, 1.0, "identical")]


def test_results_come_best_first_and_within_the_limit() -> None:
    index = TitleIndex.build([f"周末去杭州西湖边徒步第{number}条路线" for number in range(50)])
    found = index.find(parse_text("周末去杭州西湖边徒步第7条路线"), limit=3)
    assert [one.kind == "identical" for one in found] == [True, False, False]
    assert found[0].row == 7
    assert found[1].similarity >= found[2].similarity
    assert index.find(parse_text("周末去杭州西湖边徒步第7条路线"), limit=0) == []


@pytest.mark.parametrize("titles", [[], [""], ["", "  "], ["a"], ["!"], ["\0", "\0\0"], ["🔥"]])
def test_odd_collections_build_and_answer(titles: list[str]) -> None:
    index = TitleIndex.build(titles)
    for title in ["", "a", "今天", *titles]:
        assert len(index.find(parse_text(title))) <= 1


def test_a_title_of_one_character_or_of_symbols_is_found_again() -> None:
    index = TitleIndex.build(["囍", "!!!", "一个很普通的标题"])
    assert index.find(parse_text("囍"))[0].kind == "identical"
    assert index.find(parse_text("! ! !"))[0].row == 1


def test_many_at_once_equal_one_by_one(index: TitleIndex) -> None:
    asked = [parse_text(title) for title in [*TITLES, "", "减脂火锅底料推荐", "无关的话"]] * 100
    assert index.find_many(asked) == [index.find(title) for title in asked]


def test_a_common_phrase_does_not_hide_the_right_title() -> None:
    shuffler = random.Random(3)
    names = [
        "".join(shuffler.choices("山水风云月星河海林木花草石金玉火", k=6)) for _ in range(3000)
    ]
    index = TitleIndex.build([f"如何看待{name}有哪些值得关注的信息" for name in names])
    found = index.find(parse_text(f"怎样看待{names[1234]}，有哪些值得关注的信息？"))
    assert found[0].row == 1234
    assert found[0].kind == "near"


@given(st.lists(st.text(max_size=30), max_size=30), st.text(max_size=40))
def test_any_text_is_answered_within_range(titles: list[str], asked: str) -> None:
    index = TitleIndex.build(titles)
    for found in index.find(parse_text(asked)):
        assert 0 <= found.row < len(titles)
        assert 0 <= found.similarity <= 1
        assert found.similarity >= SIMILAR or found.same >= THRESHOLD


@given(st.lists(st.text(min_size=1, max_size=30), min_size=1, max_size=30), st.randoms())
def test_every_indexed_title_finds_itself(titles: list[str], chooser: random.Random) -> None:
    parsed = parse_text(chooser.choice(titles))
    found = TitleIndex.build([parse_text(title).raw for title in titles]).find(parsed)
    if parsed.norm.strip():
        assert found[0].kind == "identical"


def test_grams_are_pairs_of_han_and_fours_of_letters() -> None:
    owners, codes = encode_grams(["天气好", "abcdef", "好a"])
    assert owners.tolist() == [0, 0, 1, 1, 1, 2]
    assert len(set(codes.tolist())) == 6
    assert encode_grams(["天气好吗"])[1].tolist()[:2] == codes.tolist()[:2]


def test_a_short_run_of_letters_is_one_gram() -> None:
    owners, codes = encode_grams(["我的vlog", "我的ai课", "ai"])
    assert owners.tolist() == [0, 0, 0, 1, 1, 1, 1, 2]
    assert codes.tolist()[5] == codes.tolist()[7]
