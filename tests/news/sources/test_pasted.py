"""Lists as people copy them out of apps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copyassist.errors import InputError
from copyassist.news.sources.pasted import parse_csv_list, parse_pasted


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
    ],
)
def test_lines(line: str, title: str, heat: float | None, label: str) -> None:
    (item,) = parse_pasted(line, "xiaohongshu")
    assert (item.title, item.heat, item.label, item.rank) == (title, heat, label, 1)


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
