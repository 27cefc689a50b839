"""Keyword groups match words, and TrendRadar's file can be brought along."""

from pathlib import Path

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from copyassist.errors import InputError
from copyassist.news.topics.subscriptions import (
    Term,
    Title,
    load_subscriptions,
    parse_subscriptions,
    write_subscriptions,
)

FILE = """# 我的订阅
[GLOBAL_FILTER]
抽奖
/广告$/

[WORD_GROUPS]

[新能源]
比亚迪
蔚来 => NIO
/固态电?池/
+电池
!二手
@10

AI
人工智能

+高考
+作文
"""


@pytest.mark.parametrize(
    ("term", "title", "found"),
    [
        ("黄金", "黄金价格再创新高", True),
        ("黄金", "黄金周出游人数公布", False),
        ("ai", "AI眼镜卖爆了", True),
        ("ai", "收到一封EMAIL", False),
        ("ai", "用Ai写作业", True),
        ("苹果", "苹果发布新手机", True),
        ("养老", "养老金上涨", True),
        ("养老", "赡养老人的义务", False),
        ("直播", "直播间里的人", True),
        ("游戏", "孩子爱打游戏怎么办", True),
        ("高考", "高考生看过来", True),
        ("京东", "北京东路堵车", False),
        ("日本", "今日本地天气", False),
        ("a股", "A股三大指数集体收涨", True),
        ("猫", "小猫和猫咪打架", True),
        ("猫", "天猫双十一", False),
        ("猫", "大熊猫幼崽", False),
        ("猫", "天猫送了一只猫", True),  # another word beside it takes nothing away
        ("车", "电动车上牌", True),
        ("米", "三百平米的房子", False),
        ("葡萄", "葡萄牙队出局", False),
        ("保险", "保险箱被盗", False),
        ("保险", "保险费涨了", True),
        ("中考", "期中考试成绩", False),
        ("谷爱凌", "谷爱凌夺得银牌", True),
        ("iphone", "iPhone18Pro八大亮点", True),
        ("5", "15岁少年破纪录", False),
        ("世界杯", "世界杯禁止携带水瓶", True),
        ("高考", "2026年全国高考作文题", True),
        ("特斯拉", "特斯拉ModelY降价", True),
        ("臺灣", "台湾花莲地震", False),  # terms are normalised when they are read
        ("二手", "二手手机涨价", True),
    ],
)
def test_words_not_pieces(term: str, title: str, found: bool) -> None:
    assert Title(title).has(term) is found


def test_groups() -> None:
    found = parse_subscriptions(FILE)
    assert [group.name for group in found.groups] == ["新能源", "AI 人工智能", "高考 作文"]
    assert found.groups[0].limit == 10
    cases = {
        "比亚迪电池工厂开工": ["新能源"],
        "比亚迪销量公布": [],
        "蔚来换电池站破三千座": ["新能源"],
        "蔚来二手电池怎么估价": [],
        "固态电池量产时间定了": ["新能源"],
        "人工智能进课堂": ["AI 人工智能"],
        "高考作文押题大会": ["高考 作文"],
        "高考首日": [],
        "人工智能抽奖": [],
        "人工智能广告": [],
    }
    assert {title: list(found.find_groups([title])) for title in cases} == cases


def test_an_exclusion_counts_for_its_own_group_only() -> None:
    found = parse_subscriptions("手机\n!二手\n\n二手\n")
    assert list(found.find_groups(["二手手机涨价"])) == ["二手"]


def test_a_block_of_exclusions_alone_counts_for_all() -> None:
    found = parse_subscriptions("[手机]\n华为\n\n!预测\n!广告\n")
    assert [group.name for group in found.groups] == ["手机"]
    assert list(found.find_groups(["华为新机"])) == ["手机"]
    assert found.find_groups(["华为新机销量预测"]) == {}


def test_marks_may_be_typed_in_full_width() -> None:
    wide = parse_subscriptions("［全角］\n手机＝＞Handy\n＋华为\n！二手\n＠5\n")
    assert wide == parse_subscriptions("[全角]\n手机=>Handy\n+华为\n!二手\n@5\n")
    assert wide.groups[0].limit == 5


def test_the_terms_that_matched_are_told_by_their_shown_names() -> None:
    found = parse_subscriptions(FILE).find_groups(["蔚来换电池", "无关"])
    assert [term.shown for term in found["新能源"]] == ["电池", "NIO"]


def test_a_topic_matches_by_any_of_its_titles() -> None:
    found = parse_subscriptions("AI\n")
    assert list(found.find_groups(["大模型发布", "又一个AI来了"])) == ["AI"]
    assert found.find_groups([]) == {}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("/(/\n", "subscription_pattern"),
        ("/a{1,99999999999999999999}/\n", "subscription_pattern"),
        (f"/{'a' * 201}/\n", "subscription_pattern"),
        ("词\n@多\n", "subscription_limit"),
    ],
)
def test_mistakes_name_their_line(text: str, code: str) -> None:
    with pytest.raises(InputError, match=code) as error:
        parse_subscriptions("\n甲\n\n" + text)
    assert error.value.params["line"] in (4, 5)


@pytest.mark.parametrize("pattern", ["(a+)+$", "(.*.*)*[=]", "(涨+)+停$", "((ab)*)*c$", "(x+x+)+y"])
def test_repeats_of_repeats_end(pattern: str) -> None:
    found = parse_subscriptions(f"/{pattern}/")
    for title in ("a" * 300 + "!", "涨" * 300, "ab" * 150, "x" * 300):
        found.find_groups([title])


@pytest.mark.parametrize("pattern", ["(a|aa)+$", "(涨|涨涨)+停$"])
def test_a_pattern_that_runs_away_is_refused_when_it_is_read(pattern: str) -> None:
    with pytest.raises(InputError, match="subscription_slow") as error:
        parse_subscriptions(f"/{pattern}/")
    assert error.value.params["text"] == f"/{pattern}/"


def test_a_pattern_that_runs_away_on_a_title_ends_with_its_name() -> None:
    runaway = Term("(x|xx)+$", "x", regex.compile("(x|xx)+$"))
    with pytest.raises(InputError, match="subscription_slow"):
        runaway.finds(Title("x" * 300 + "!"))


@pytest.mark.parametrize(
    ("pattern", "title"),
    [
        ("(?i)abc", "今天ABC上市"),
        ("abc", "今天ABC上市"),
        ("^华为(?!云)", "华为发布"),
        ("a{1,3}$", "aa"),
    ],
)
def test_patterns_find(pattern: str, title: str) -> None:
    found = parse_subscriptions(f"/{pattern}/")
    assert found.find_groups([title])
    assert parse_subscriptions(write_subscriptions(found)).find_groups([title])


BAD = """[大模型]
/(?i)claude-?\\d/ => Claude
/*坏的/
通义
@九

[只有坏的]
/(/
!广告

[咖啡]
拿铁
+/[/
"""


def test_a_bad_line_of_a_file_never_stops_the_others(tmp_path: Path) -> None:
    path = tmp_path / "frequency_words.txt"
    path.write_text(BAD, "utf-8")
    found = load_subscriptions(path)
    assert [fault.params["line"] for fault in found.faults] == [3, 5, 8, 13]
    assert [group.name for group in found.groups] == ["大模型", "咖啡"]
    titles = {"Claude5 来了": ["大模型"], "通义开源": ["大模型"], "拿铁涨价": ["咖啡"], "无关": []}
    assert {title: list(found.find_groups([title])) for title in titles} == titles
    with pytest.raises(InputError) as error:
        parse_subscriptions(BAD)
    assert error.value.params["line"] == 3


@pytest.mark.parametrize(
    "pattern", ["(?i)gpt-?\\d", "(?s:g)pt", "(?x) g p t", "(?V1)gpt", "(?u)GPT", "(?#x)gpt", "GPT"]
)
def test_flags_inside_a_pattern(pattern: str) -> None:
    found = parse_subscriptions(f"/{pattern}/ => G\n")
    assert [term.shown for term in found.find_groups(["今天GPT-5发布"])["G"]] == ["G"]


def test_files(tmp_path: Path) -> None:
    path = tmp_path / "frequency_words.txt"
    path.write_bytes("\ufeff比亚迪\r\n+电池\r\n".encode())
    assert load_subscriptions(path).groups[0].must[0].text == "电池"
    path.write_bytes("比亚迪\r\n+电池\r\n".encode("gbk"))
    assert load_subscriptions(path).groups[0].must[0].text == "电池"
    path.write_bytes(bytes(range(256)))
    with pytest.raises(InputError, match="file_binary"):
        load_subscriptions(path)
    with pytest.raises(InputError, match="subscriptions_unreadable"):
        load_subscriptions(tmp_path)


def test_written_and_read_back() -> None:
    once = parse_subscriptions(FILE)
    assert parse_subscriptions(write_subscriptions(once)) == once


@given(st.text(max_size=60))
def test_never_breaks_but_by_its_own_errors(text: str) -> None:
    try:
        found = parse_subscriptions(text)
    except InputError:
        return
    found.find_groups([text])


@given(st.text(max_size=40), st.text(min_size=1, max_size=4))
def test_a_found_word_is_in_the_title(title: str, term: str) -> None:
    parsed = Title(title)
    if parsed.has(term):
        assert term in parsed.norm
