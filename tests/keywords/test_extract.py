"""Keywords: what is joined, what is left out, and how they are spelt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copyassist.keywords import extract_keywords
from copyassist.keywords.extract import join_words
from copyassist.keywords.words import is_content, load_stopwords, load_words
from copyassist.text import parse
from copyassist.types import Draft, Keyword

ABSTRACT = (
    "针对城市轨道交通客流预测精度不高的问题，提出一种客流预测模型。"
    "该模型把轨道交通站点的客流与天气联系起来，客流预测的误差比原来小。"
)


def extract(title: str, body: str = "", limit: int = 8) -> list[Keyword]:
    return extract_keywords(parse(Draft(title=title, body=body)), limit)


def test_a_title_yields_its_content_words_weightiest_first() -> None:
    found = extract("打工人的一周早餐，十分钟搞定")
    assert "早餐" in [keyword.text for keyword in found]
    assert found[0].weight == 1.0
    weights = [keyword.weight for keyword in found]
    assert weights == sorted(weights, reverse=True)
    assert all(0 < weight <= 1 for weight in weights)


def test_words_that_belong_together_are_joined() -> None:
    texts = [keyword.text for keyword in extract("", ABSTRACT)]
    assert "客流预测" in texts[:3]
    assert "预测" not in texts  # it only stands inside the phrase


def test_a_keyword_is_spelt_as_the_writer_spelt_it() -> None:
    assert "Vision Pro" in [keyword.text for keyword in extract("Apple Vision Pro 正式发布")]
    assert "鍋貼" in [keyword.text for keyword in extract("外婆的鍋貼")]


def test_where_a_keyword_stands_is_said() -> None:
    found = {
        one.text: one for one in extract("露营装备怎么选", "露营装备里，帐篷最要紧。帐篷要防雨。")
    }
    tent, camping = found["帐篷"], found["露营装备" if "露营装备" in found else "露营"]
    assert (tent.in_title, tent.in_body) == (False, True)
    assert (camping.in_title, camping.in_body) == (True, True)


@pytest.mark.parametrize(
    "title", ["", "的", "！！！", "12345", "为什么我们可以这样", "🔥🔥", "how to do it"]
)
def test_a_text_without_content_has_no_keywords(title: str) -> None:
    assert extract(title) == []


def test_the_limit_holds() -> None:
    assert len(extract("", ABSTRACT, limit=3)) == 3


def test_a_very_long_body_is_read_in_part() -> None:
    found = extract("短标题", "火锅底料" * 200_000)
    assert found[0].text in {"火锅底料", "底料火锅"}


@given(st.text(max_size=60), st.text(max_size=120))
def test_any_text_gives_keywords_that_stand_in_it(title: str, body: str) -> None:
    parsed = parse(Draft(title=title, body=body))
    for keyword in extract_keywords(parsed):
        assert keyword.in_title or keyword.in_body
        place = parsed.title if keyword.in_title else parsed.body
        assert place is not None
        assert keyword.text in place.raw


def test_a_word_that_the_dictionary_cuts_off_is_mended() -> None:
    assert "螺蛳粉" in [keyword.text for keyword in extract("自己在家煮的螺蛳粉")]


def test_latin_words_are_joined_with_a_space() -> None:
    assert join_words(["vision", "pro"]) == "vision pro"
    assert join_words(["iphone", "手机", "壳"]) == "iphone手机壳"


def test_the_shipped_table_is_sane() -> None:
    table = load_words()
    assert len(table.weights) > 30_000
    assert "深度学习" in table.weights or "学习" in table.weights
    assert table.weigh("早餐") > table.weigh("第一次") > 0
    assert table.weigh("为什么") == 0
    assert table.weigh("恁般罕见词") > table.weigh("中国")
    assert {table.weights[word] for word in load_stopwords()} == {0.0}


@pytest.mark.parametrize(
    ("word", "content"),
    [
        ("早餐", True),
        ("餐", False),
        ("iphone15", True),
        ("12", False),
        ("a", False),
        ("，，", False),
    ],
)
def test_what_can_be_a_keyword(word: str, content: bool) -> None:
    assert is_content(word) is content


@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("河边的三棵老树 https://example.com/a/b?c=1", "example"),
        ("看完http://t.cn/A6abcdE这条河边步道", "A6abcdE"),
        ("合作请写信到 desk@example.com 老树咖啡馆", "desk"),
    ],
)
def test_no_part_of_an_address_is_a_keyword(title: str, word: str) -> None:
    found = [keyword.text for keyword in extract(title)]
    assert found
    assert not any(word.casefold() in text.casefold() for text in found)
    assert not any("http" in text or text in ("com", "cn") for text in found)
