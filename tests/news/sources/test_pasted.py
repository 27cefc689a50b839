"""Lists as people copy them out of apps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copyassist.errors import InputError
from copyassist.news.sources.csv_list import parse_csv_list
from copyassist.news.sources.pasted import parse_pasted


@pytest.mark.parametrize(
    ("line", "title", "heat", "label"),
    [
        ("高考今日开考", "高考今日开考", None, ""),
        ("1. 高考今日开考", "高考今日开考", None, ""),
        ("1、高考今日开考 123万", "高考今日开考", 1_230_000, ""),
        ("12 高考今日开考 热 98.5w", "高考今日开考", 985_000, "热"),
        ("3\t高考今日开考\t2345678", "高考今日开考", 2_345_678, ""),
        ("#高考今日开考# 新", "高考今日开考", None, "新"),
        ("第4名 高考今日开考 1.2亿热度", "高考今日开考", 120_000_000, ""),
        ("NO.5 高考今日开考", "高考今日开考", None, ""),
        ("高考今日开考 https://a.cn/1", "高考今日开考", None, ""),
        ("2026年世界杯 开幕", "2026年世界杯 开幕", None, ""),
        ("618 大促", "618 大促", None, ""),
        ("iPhone 18 发布", "iPhone 18 发布", None, ""),
        ("<b>高考</b>今日开考", "高考今日开考", None, ""),
        ("3. 小米发布 手机 18", "小米发布 手机 18", None, ""),
        ("狂飙 2", "狂飙 2", None, ""),
        ("定档 2028", "定档 2028", None, ""),
        ("中国移动 10086", "中国移动 10086", None, ""),
        ("这台电视 8K", "这台电视 8K", None, ""),
        ("充电器 65W", "充电器 65W", None, ""),
        ("单曲循环 3 次", "单曲循环 3 次", None, ""),
        ("吐司机 2.5亿次播放", "吐司机", 250_000_000, ""),
        ("吐司机 播放 88万", "吐司机", 880_000, ""),
        ("吐司机 剧集 5678", "吐司机", 5678, ""),
        ("吐司机\t567", "吐司机", 567, ""),
        ("吐司机 1,234", "吐司机", 1234, ""),
        ("吐司机 热 567", "吐司机", 567, "热"),
        ("- 蛋挞怎么做", "蛋挞怎么做", None, ""),
        ("• 蛋挞怎么做", "蛋挞怎么做", None, ""),
        ("· 2. 蛋挞怎么做", "蛋挞怎么做", None, ""),
        ("①蛋挞怎么做", "蛋挞怎么做", None, ""),
        ("3️⃣ 蛋挞怎么做", "蛋挞怎么做", None, ""),
        ("二、蛋挞", "蛋挞", None, ""),
        ("（三）蛋挞", "蛋挞", None, ""),
        ("一、二线城市房价", "一、二线城市房价", None, ""),
        ("3.15晚会曝光", "3.15晚会曝光", None, ""),
        ("1.5万亿国债", "1.5万亿国债", None, ""),
        ("12:30开播", "12:30开播", None, ""),
        ("3、4月天气", "3、4月天气", None, ""),
        ("10 名学生获奖", "10 名学生获奖", None, ""),
        ("10名学生获奖", "10名学生获奖", None, ""),
        ("5 月起这些新规施行", "5 月起这些新规施行", None, ""),
        ("第一名是怎么炼成的", "第一名是怎么炼成的", None, ""),
        ("C++ 怎么学", "C++ 怎么学", None, ""),
    ],
)
def test_lines(line: str, title: str, heat: float | None, label: str) -> None:
    (item,) = parse_pasted(line, "xiaohongshu")
    assert (item.title, item.heat, item.label, item.rank) == (title, heat, label, 1)


def test_a_pasted_list_keeps_its_titles_whole() -> None:
    text = "1. 小米发布 手机 18\n2. 狂飙 2\n3. 定档 2028\n4. 吐司机 2.5亿次播放\n- 蛋挞怎么做\n一、面包\n"
    assert [(item.title, item.heat) for item in parse_pasted(text, "x")] == [
        ("小米发布 手机 18", None),
        ("狂飙 2", None),
        ("定档 2028", None),
        ("吐司机", 250_000_000),
        ("蛋挞怎么做", None),
        ("面包", None),
    ]


def test_a_column_of_heats_is_one_where_most_rows_end_with_it() -> None:
    rows = ["高考开考 98765", "油价上调 54321", "台风登陆 20w", "狂飙 2", "定档 2028", "降温 987"]
    found = {item.title: item.heat for item in parse_pasted("\n".join(rows * 1), "x")}
    assert found["高考开考 98765"] is None  # three of six are no column
    rows = [f"第{n}条新闻 {99999 - n}" for n in range(20)] + rows
    found = {item.title: item.heat for item in parse_pasted("\n".join(rows), "x")}
    assert (found["高考开考"], found["台风登陆"], found["降温"]) == (98765, 200_000, 987)
    assert (found["狂飙 2"], found["定档 2028"]) == (None, None)


def test_a_number_in_its_turn_is_a_rank() -> None:
    tight = parse_pasted("1.2026年高考\n2.5月新规\n3.618大促\n4.甲乙丙", "x")
    assert [item.title for item in tight] == ["2026年高考", "5月新规", "618大促", "甲乙丙"]
    loose = parse_pasted("3.15晚会\n3.15曝光\n3.15名单\n甲乙", "x")
    assert [item.title for item in loose] == ["3.15晚会", "3.15曝光", "3.15名单", "甲乙"]
    bare = parse_pasted("11 甲乙\n12 丙丁\n13 天气\n30 岁\n36 氪", "x")
    assert [item.title for item in bare] == ["甲乙", "丙丁", "天气", "30 岁", "36 氪"]
    mixed = parse_pasted("36 氪获融资\n甲乙\n丙丁", "x")
    assert mixed[0].title == "36 氪获融资"


def test_a_number_that_is_a_title() -> None:
    first, second = parse_pasted("1\n1917\n123万\n2\n高考\n8765\n", "x")
    assert (first.title, first.heat) == ("1917", 1_230_000)
    assert (second.title, second.heat) == ("高考", 8765)


def test_one_row_over_several_lines() -> None:
    text = "1\n高考今日开考\n爆\n123万\n\n2\n油价或迎二连涨\n新\n"
    first, second = parse_pasted(text, "weibo")
    assert (first.title, first.label, first.heat, first.rank) == (
        "高考今日开考",
        "爆",
        1_230_000,
        1,
    )
    assert (second.title, second.label, second.rank) == ("油价或迎二连涨", "新", 2)


def test_links_of_markdown() -> None:
    (item,) = parse_pasted("- [高考今日开考](https://a.cn/1) 88万", "x")
    assert item.url == "https://a.cn/1"
    assert item.heat == 880_000


def test_adverts_are_marked() -> None:
    first, second = parse_pasted("某新品上市 商\n高考今日开考", "x")
    assert (first.advert, first.rank) == (True, None)
    assert second.rank == 1


@pytest.mark.parametrize("text", ["", "\n \n", "1\n2\n3\n", "https://a.cn/only"])
def test_nothing_in_it(text: str) -> None:
    assert parse_pasted(text, "x") == []


def test_repeated_titles_count_once() -> None:
    assert [i.title for i in parse_pasted("甲乙\n丙丁\n甲乙\n", "x")] == ["甲乙", "丙丁"]


@pytest.mark.parametrize(
    "run", [" ", "\t", "\u3000", "1", "1,", " 1", "[", "[a](http://", "热", "第"]
)
def test_a_line_of_any_length_is_read(run: str) -> None:
    for text in (run * 30_000 + "x", f"甲{run * 30_000}x 12万 热"):
        assert len(parse_pasted(text, "x")) <= 1


def test_csv_of_any_line_ends() -> None:
    items = parse_csv_list(b"title\ra1\rb2", "x", "x.csv")
    assert [item.title for item in items] == ["a1", "b2"]


def test_csv_with_a_cell_that_never_ends() -> None:
    with pytest.raises(InputError) as caught:
        parse_csv_list(b'title\n"' + b"a" * 200_000, "x", "x.csv")
    assert caught.value.params["name"] == "x.csv"


@given(st.text(max_size=300))
def test_never_raises(text: str) -> None:
    for item in parse_pasted(text, "x"):
        assert item.title


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("separator", [",", "\t"])
def test_csv(encoding: str, separator: str) -> None:
    rows = (
        ("排名", "标题", "热度", "链接"),
        ("2", "甲", "12万", "https://a.cn/1"),
        ("5", "乙", "", ""),
    )
    data = "\n".join(separator.join(row) for row in rows).encode(encoding)
    first, second = parse_csv_list(data, "wechat", "x.csv")
    assert (first.title, first.rank, first.heat, first.url) == ("甲", 2, 120_000, "https://a.cn/1")
    assert (second.rank, second.heat) == (5, None)


def test_csv_without_ranks_is_counted() -> None:
    items = parse_csv_list(b"title\na1\nb2\n", "wechat", "x.csv")
    assert [item.rank for item in items] == [1, 2]


def test_csv_without_titles() -> None:
    with pytest.raises(InputError) as caught:
        parse_csv_list(b"a,b\n1,2\n", "wechat", "x.csv")
    assert caught.value.params["columns"] == "a, b"


@pytest.mark.parametrize(
    "data", [b"title\ra1\rb2\r", b"title\r\na1\rb2", b"title,heat\ra1,1\rb2,2"]
)
def test_a_lone_cr_ends_a_line_of_a_csv(data: bytes) -> None:
    assert [item.title for item in parse_csv_list(data, "wechat", "x.csv")] == ["a1", "b2"]


def test_a_csv_whose_cell_never_ends_is_named() -> None:
    data = b'title\n"' + b"a" * 200_000
    with pytest.raises(InputError) as caught:
        parse_csv_list(data, "wechat", "x.csv")
    assert caught.value.code == "file_unreadable"
