"""Keywords: what is joined, what is left out, and how they are spelt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copyassist.keywords import METHODS, build_extractor, extract_by, extract_keywords
from copyassist.keywords.extract import load_extractor
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
    assert "Apple Vision Pro" in [one.text for one in extract("Apple Vision Pro 正式发布")]
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
    assert found[0].text in {"火锅底料", "底料火锅", "火锅"}


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


def test_latin_words_are_joined_with_their_space() -> None:
    assert "Vision Pro" in [keyword.text for keyword in extract("Apple 的 Vision Pro 值得买吗")]


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("早八赶地铁也要喝上的生椰拿铁，自己做才三块钱", "生椰拿铁"),
        ("粉里加一勺秋梨膏，晚上睡觉不咳嗽", "秋梨膏"),
        ("黑神话钟馗首曝，网友：这画质绝了", "黑神话"),
        ("通勤穿搭｜一周不重样的小个子显高公式", "通勤穿搭"),
        ("乌总统泽连斯基抵达柏林", "泽连斯基"),
        ("C++程序员转Rust，值得吗", "Rust"),
        ("iPhone 17用了一周，续航不行", "iPhone 17"),
        ("A股放量大涨，券商集体涨停", "A股"),
        ("3·15曝光的一次性内裤，你穿过吗", "3·15"),
    ],
)
def test_new_words_and_mixed_terms_are_whole(title: str, wanted: str) -> None:
    assert wanted in [keyword.text for keyword in extract(title)]


@pytest.mark.parametrize(
    ("title", "broken"),
    [
        ("比买的还香！自制辣椒油的秘密", "比买"),
        ("一夜没睡，我把副业做到月入过万", "一夜"),
        ("这瓶百元精华，用完毛孔真的变小了", "这瓶"),
        ("房贷利率降到百分之十五折扣？真相来了", "百分之十五"),
        ("前100位送新款耳机，直播间等你", "位送新款耳机"),
        ("个赞跳绳挑战，坚持30天瘦了8斤", "个赞跳绳"),
        ("橘别乱吃！这几种人吃橘子要当心", "橘别"),
        ("粉里加一勺秋梨膏，晚上睡觉不咳嗽", "粉里"),
        ("群吵翻了！小区该不该禁止遛大型犬", "群吵"),
        ("乌总统泽连斯基抵达柏林", "连斯基"),
        ("下雨天地铁还勤，外卖小哥也在路上", "地铁还勤"),
        ("3个方法让你早睡，第二个最管用", "3个方法"),
    ],
)
def test_cut_phrases_numerals_and_pronouns_are_none(title: str, broken: str) -> None:
    assert broken not in [keyword.text for keyword in extract(title)]


def test_why_a_keyword_was_chosen_is_said() -> None:
    found = {one.text: one for one in extract("秋梨膏怎么熬", "秋梨膏要用小火。秋梨膏熬两小时。")}
    keyword = found["秋梨膏"]
    assert keyword.count == 3
    assert "early" in keyword.reasons
    assert "often" in keyword.reasons
    assert keyword.chance is not None


def test_a_word_of_the_user_s_own_is_whole() -> None:
    parsed = parse(Draft(title="阿喏喏的小铺今天上新了三款陶杯"))
    extractor = build_extractor({"阿喏喏的小铺": "user"})
    found = {one.text: one for one in extractor.extract(parsed)}
    assert "known_user" in found["阿喏喏的小铺"].reasons


def test_many_drafts_give_what_each_gives() -> None:
    titles = ["秋梨膏怎么熬", "", "的", "iPhone 17用了一周", "打工人的一周早餐"]
    drafts = [parse(Draft(title=title)) for title in titles]
    together = load_extractor().extract_many(drafts)
    alone = [extract_keywords(one) for one in drafts]
    assert [[one.text for one in some] for some in together] == [
        [one.text for one in some] for some in alone
    ]


@pytest.mark.parametrize("method", METHODS)
def test_each_method_finds_words_that_stand_there(method: str) -> None:
    parsed = parse(Draft(title="露营装备怎么选", body="露营装备里，帐篷最要紧。帐篷要防雨。"))
    found = extract_by(method, parsed, 3)  # type: ignore[arg-type]
    assert 0 < len(found) <= 3
    assert all(one.in_title or one.in_body for one in found)
    assert found[0].weight == 1.0


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
