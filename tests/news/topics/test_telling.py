"""Two titles are two events by what differs, not only by what they share."""

import pytest

from copyassist.news.topics.merge import Engine, merge_items
from copyassist.news.topics.telling import compare_told, take_apart, unify_words
from tests.news.topics.helpers import sighting

APART = [
    ("江苏卫视跨年节目单", "浙江卫视跨年节目单"),
    ("克罗地亚世界杯33人名单", "巴西队世界杯26人名单"),
    ("林俊杰个人捐款200万", "王一博个人捐款200万"),
    ("苏超泰州vs扬州", "苏超淮安VS常州"),
    ("王者荣耀貂蝉新皮肤", "王者荣耀杨玉环新皮肤"),
    ("纪录片第12集讲了什么", "纪录片第13集讲了什么"),
    ("早报 11月26日", "早报 11月27日"),
    ("第 41 天的记录", "第 42 天的记录"),
]
TOGETHER = [
    ("演员陶玉玲去世 享年92岁", "著名电影表演艺术家陶玉玲逝世，享年92岁"),
    ("爱波斯坦的女友在狱中过VIP生活", "爱泼斯坦女友在狱中过上VIP生活"),
    ("山西山阴车间爆炸已致8死", "山西山阴生物科技公司爆炸已致8死"),
    ("王楚钦孙颖莎3:0林诗栋蒯曼", "王楚钦孙颖莎击败林诗栋蒯曼"),
    ("特朗普：提高对韩国关税", "特朗普宣布对韩国加征关税"),
]


@pytest.mark.parametrize(("one", "two"), APART)
def test_another_name_or_number_in_the_slot_is_another_event(
    engine: Engine, one: str, two: str
) -> None:
    assert len(merge_items([sighting(one, "weibo"), sighting(two, "baidu")], engine)) == 2


@pytest.mark.parametrize(("one", "two"), TOGETHER)
def test_one_event_in_other_words(engine: Engine, one: str, two: str) -> None:
    assert len(merge_items([sighting(one, "weibo"), sighting(two, "baidu")], engine)) == 1


def test_what_stands_in_many_titles_joins_none(engine: Engine) -> None:
    titles = (
        "如何以“皇上终于翻了我的绿头牌”为开头，写一个故事？",
        "如何以“我放过你，也放过我自己”为开头写一个故事？",
        "有没有适合毕业的文案？",
        "有没有适合搬家的文案？",
    )
    assert len(merge_items(list(map(sighting, titles)), engine)) == len(titles)


def test_one_word_for_one_thing() -> None:
    assert unify_words(("某人", "逝世")) == unify_words(("某人", "离世"))


def test_a_title_is_compared_with_itself(engine: Engine) -> None:
    told = [
        take_apart(text, (text,) if text else (), engine.lexicon.find_facts)
        for text in ("", "江苏卫视", "？")
    ]
    for one in told:
        for two in told:
            values, apart = compare_told(one, two)
            assert compare_told(two, one)[0] == pytest.approx(values)
            assert apart in (True, False)
        assert not compare_told(one, one)[1]
