"""The recorded answers of real sites, and the same ones broken."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from copyassist.errors import SourceFormatError
from copyassist.news.sources import baidu, douyin, tencent, weibo, zhihu
from copyassist.news.sources.aggregators import make_table
from copyassist.news.sources.json_list import read_source
from copyassist.news.sources.registry import shipped_sources
from copyassist.news.sources.source import Page
from copyassist.types.news import HotItem


@dataclass(frozen=True, slots=True)
class Recorded:
    file: str
    parse: Callable[[bytes], list[HotItem]]
    rows: int
    first: str
    pinned: int = 0


def parse_toutiao(body: bytes) -> list[HotItem]:
    return shipped_sources()["toutiao"].ways[0].read(Page(body=body))


def parse_newsnow(body: bytes) -> list[HotItem]:
    table = make_table("newsnow", "https://news.example.com", "weibo")
    return read_source(table, "x").ways[0].read(Page(body=body))


RECORDED = (
    Recorded("hotnews_raw/realtime.json", baidu.parse, 51, "100秒看大国外交的繁忙五月", 1),
    Recorded("hotnews_raw/weibo.json", weibo.parse, 51, "100秒看大国外交的繁忙五月", 1),
    Recorded("hotnews_raw/tencent.json", tencent.parse, 20, "更好担负起新的文化使命", 1),
    Recorded("zhihu/hot-question-2021-01-08.json", zhihu.parse, 50, "如何看待宝宝霜"),
    Recorded("zhihu/hot-question-2025-04-20.json", zhihu.parse, 30, "2025 澳门世界杯男单决赛"),
    Recorded("zhihu/hot-video-2021-01-08.json", zhihu.parse, 15, "婴儿用抑菌霜后成大头娃娃"),
    Recorded("zhihu/hot-search-2021-01-08.html", zhihu.parse_search_page, 30, "电视剧版《赘婿》被抵制"),
    Recorded("zhihu/hot-search-2026-08-18.html", zhihu.parse_search_page, 26, "披荆斩棘"),
    Recorded("zhihu/hot-search-2021-01-08.json", zhihu.parse_search_words, 10, "电视剧版《赘婿》被抵制"),
    Recorded("retyped/douyin_hot_search_2026-08-22_excerpt.json", douyin.parse, 8, "运油20A歼16等已全部抵达埃及"),
    Recorded("retyped/douyin_billboard_word_2026-09-10_excerpt.json", douyin.parse_billboard, 3,
             "青岛货轮火灾已造成20人遇难"),
    Recorded("retyped/weibo_hot_band_2026-08-13_row.json", weibo.parse_hot_band, 1, "A股直线跳水原因"),
    Recorded("retyped/toutiao_hot_board_mixed_types.json", parse_toutiao, 2, "曝DeepSeek正筹备科创板IPO"),
    Recorded("retyped/newsnow_weibo_shape.json", parse_newsnow, 2, "青岛货轮火灾造成重大人员伤亡"),
)  # fmt: skip
recordings = pytest.mark.parametrize("one", RECORDED, ids=[one.file for one in RECORDED])


def load(bench_data: Path, one: Recorded) -> bytes:
    return (bench_data / "payloads" / one.file).read_bytes()


@recordings
def test_recorded_answer(bench_data: Path, one: Recorded) -> None:
    items = one.parse(load(bench_data, one))
    assert len(items) == one.rows
    assert items[0].title.startswith(one.first)
    assert sum(item.pinned for item in items) == one.pinned
    ranks = [item.rank for item in items if item.ordinary]
    assert ranks == list(range(1, len(ranks) + 1))
    assert len({(item.external_id, item.title) for item in items}) == len(items)


@recordings
@pytest.mark.parametrize("share", [0.05, 0.3, 0.5, 0.7])
def test_truncated(bench_data: Path, one: Recorded, share: float) -> None:
    """Cut anywhere before the end of the list. (A page may be cut after its data: that is whole.)"""
    body = load(bench_data, one)
    end = (
        body.index(b"</script>", body.find(b"js-initialData"))
        if one.file.endswith("html")
        else len(body)
    )
    with pytest.raises(SourceFormatError):
        one.parse(body[: int(end * share)])


@recordings
def test_wrong_types(bench_data: Path, one: Recorded) -> None:
    """Every list of the answer turned into an object: no row can be where it was."""
    text = load(bench_data, one).decode()
    with pytest.raises(SourceFormatError):
        one.parse(text.replace("[", '{"0":').replace("]", "}").encode())


@recordings
def test_numbers_for_objects(bench_data: Path, one: Recorded) -> None:
    if one.file.endswith("html"):
        pytest.skip("a page's data is not the whole of the answer")
    data = json.loads(load(bench_data, one))
    with pytest.raises(SourceFormatError):
        one.parse(json.dumps({name: 7 for name in data}).encode())


def test_empty_search_page_of_2026_08_22(bench_data: Path) -> None:
    body = (bench_data / "payloads/zhihu/hot-search-2026-08-22.html").read_bytes()
    assert zhihu.parse_search_page(body) == []


def test_details_of_one_moment(bench_data: Path) -> None:
    board = baidu.parse((bench_data / "payloads/hotnews_raw/realtime.json").read_bytes())
    assert (board[1].title, board[1].heat, board[1].label) == ("今晚油价将调整", 7808391, "新")
    assert board[1].description.startswith("6月4日24时")
    search = weibo.parse((bench_data / "payloads/hotnews_raw/weibo.json").read_bytes())
    assert (search[1].title, search[1].heat, search[1].rank) == ("NBA总决赛", 1136119, 1)
    news = tencent.parse((bench_data / "payloads/hotnews_raw/tencent.json").read_bytes())
    assert news[1].title == "500万改造体育场 跑道多处破损"
    assert news[1].published_at == datetime(2026, 6, 4, 0, 9, 11, tzinfo=UTC)
    old = zhihu.parse((bench_data / "payloads/zhihu/hot-question-2021-01-08.json").read_bytes())
    assert old[0].heat == 46_060_000
    assert old[0].external_id == "438275588"
