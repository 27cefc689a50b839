"""Every source reads its own shape and says what is wrong with any other."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copyassist.errors import SourceFormatError
from copyassist.i18n import LANGUAGES, load_area
from copyassist.news.sources.kuaishou import parse as parse_kuaishou
from copyassist.news.sources.registry import CODED, WITHOUT_LIST, shipped_sources
from copyassist.news.sources.source import Page, Way
from copyassist.types.news import HotItem
from tests.news.sources.shapes import FEED, KUAISHOU, SHAPES, Shape

HTML = "<!DOCTYPE html><html><title>403 访问受限</title></html>".encode()
cases = pytest.mark.parametrize("shape", SHAPES, ids=[shape.name for shape in SHAPES])


def way_of(shape: Shape) -> Way:
    return shipped_sources()[shape.source].ways[shape.way]


def read(shape: Shape, body: bytes) -> list[HotItem]:
    return way_of(shape).read(Page(body=body))


def by_title(items: list[HotItem]) -> dict[str, HotItem]:
    return {item.title: item for item in items}


def test_no_way_is_forgotten() -> None:
    written = {(shape.source, shape.way) for shape in SHAPES} | {("kuaishou", 0)}
    feeds = {
        (source.id, number)
        for source in shipped_sources().values()
        for number, way in enumerate(source.ways)
        if way.parse_page is not None
    }
    all_ways = {
        (source.id, number)
        for source in shipped_sources().values()
        for number in range(len(source.ways))
    }
    assert written | feeds == all_ways
    assert {source.id for source in CODED} <= set(shipped_sources())


@cases
def test_reads_its_shape(shape: Shape) -> None:
    items = read(shape, shape.body())
    assert tuple(item.title for item in items) == shape.titles
    assert {item.source for item in items} == {shape.source}
    ranks = [item.rank for item in items if item.ordinary]
    assert ranks == list(range(1, len(ranks) + 1))
    assert all(item.rank is None for item in items if not item.ordinary)
    assert all(item.url.startswith("http") or not item.url for item in items)


@cases
def test_empty_list_is_valid_and_empty(shape: Shape) -> None:
    items = read(shape, shape.body([]))
    assert [item for item in items if not item.pinned] == []


@cases
@pytest.mark.parametrize("rows", [{"a": 1}, None, "text", 7, [1, 2, 3], [{}], [None], [{"x": []}]])
def test_wrong_types_are_an_error(shape: Shape, rows: Any) -> None:
    body = shape.frame.replace("@ROWS@", json.dumps(rows)).encode()
    with pytest.raises(SourceFormatError) as caught:
        read(shape, body)
    assert caught.value.params["source"] == shape.source
    assert caught.value.params["expected"]
    assert caught.value.params["found"]


@cases
@pytest.mark.parametrize(
    "body", [HTML, b"", b"{}", b"[]", b"null", b"\xff\xfe\x00", b"[" * 100_000, b"1" * 10_000]
)
def test_anything_else_is_an_error(shape: Shape, body: bytes) -> None:
    with pytest.raises(SourceFormatError):
        read(shape, body)


@cases
@pytest.mark.parametrize("share", [0.3, 0.6, 0.8])
def test_truncated_answer_is_an_error(shape: Shape, share: float) -> None:
    body = shape.body()
    with pytest.raises(SourceFormatError):
        read(shape, body[: int(len(body) * share)])


@cases
def test_one_bad_row_does_not_cost_the_list(shape: Shape) -> None:
    good = read(shape, shape.body([*shape.rows, {"nothing": 1}]))
    assert tuple(item.title for item in good) == shape.titles


def test_pinned_and_advertised_rows_are_kept_apart() -> None:
    found: dict[str, list[HotItem]] = {}
    for shape in SHAPES:
        found.setdefault(shape.source, []).extend(read(shape, shape.body()))
    weibo, douyin = by_title(found["weibo"]), by_title(found["douyin"])
    assert weibo["置顶的话题"].pinned
    assert weibo["某新品上市"].advert
    assert douyin["置顶的话题"].pinned
    assert douyin["某新品上市"].advert
    for source in ("baidu", "toutiao", "tencent"):
        assert any(item.pinned for item in found[source]), source
    assert any(item.advert for item in found["bilibili-search"])
    assert any(item.advert for item in found["zhihu"])


def test_numbers_times_and_words_of_the_platforms() -> None:
    found = {shape.name: by_title(read(shape, shape.body())) for shape in SHAPES}
    oil, exam = "油价或迎二连涨", "高考今日开考"
    assert found["weibo-1"][oil].category == "财经"
    assert found["weibo-1"][oil].published_at is not None
    assert found["zhihu-0"][oil].heat == 6_170_000
    assert found["zhihu-0"][exam].heat is None
    assert found["zhihu-0"][exam].heat_text == "热度累计中"
    assert found["zhihu-1"][oil].url == "https://www.zhihu.com/question/438275588"
    assert found["baidu-0"][oil].label == "热"
    assert found["toutiao-0"][oil].external_id == "7682375308184387610"
    assert found["toutiao-0"][oil].heat == 13_830_954
    assert found["toutiao-0"][oil].label == "热"
    assert found["tencent-0"][oil].description == "长标题 摘要"
    assert found["ifeng-0"][oil].url == "https://news.ifeng.com/c/1"
    assert found["bilibili-popular-0"][oil].url == "https://www.bilibili.com/video/BV1"
    assert found["sina-0"][oil].heat == 1_230_000
    assert found["36kr-0"][oil].published_at == found["thepaper-0"][oil].published_at


def test_kuaishou_page() -> None:
    items = parse_kuaishou(KUAISHOU)
    assert [(item.title, item.rank, item.pinned) for item in items] == [
        ("置顶的话题", None, True),
        ("油价或迎二连涨", 1, False),
    ]
    assert items[1].heat == 1_234_000
    assert items[1].url == "https://www.kuaishou.com/short-video/3x2j99cp7cg3vjy"
    for body in (HTML, KUAISHOU[:200], KUAISHOU.replace(b"visionHotRank", b"x"), b""):
        with pytest.raises(SourceFormatError):
            parse_kuaishou(body)


def test_feed_ways() -> None:
    ways = [
        (source, way)
        for source in shipped_sources().values()
        for way in source.ways
        if way.parse_page is not None
    ]
    assert {source.id for source, _ in ways} == {"ithome", "sspai", "google-trends"}
    for source, way in ways:
        items = way.read(Page(body=FEED, url="https://a.cn/rss"))
        assert [item.title for item in items] == ["油价或迎二连涨", "高考今日开考"]
        assert (items[0].rank is None) == (source.kind == "feed")


def test_unseen_shapes_are_off_by_default() -> None:
    for source in shipped_sources().values():
        assert source.on_by_default == (source.shape != "unseen")
    assert shipped_sources()["weibo"].shape == "recorded"
    assert shipped_sources()["douyin"].shape == "documented"
    assert not shipped_sources()["csdn"].on_by_default


def test_every_source_has_names_and_an_address() -> None:
    for source in shipped_sources().values():
        assert source.name("zh")
        assert source.name("en")
        assert all(way.url.startswith("https://") for way in source.ways)
    assert "xiaohongshu" in WITHOUT_LIST


def test_platforms_without_a_list_say_so_in_both_languages() -> None:
    for language in LANGUAGES:
        told = {key for key in load_area(language, "sources") if key.startswith("without_list.")}
        assert told == {f"without_list.{platform}" for platform in WITHOUT_LIST}


def test_every_failure_has_a_sentence_in_both_languages() -> None:
    package = Path(__file__).parents[3] / "copyassist" / "news"
    files = [*(package / "sources").glob("*.py"), package / "collecting.py"]
    text = "".join(path.read_text("utf-8") for path in files)
    codes = set(
        re.findall(r'(?:PollOutcome\.\w+, |error=|SourceFormatError\(\s*)"(source_\w+)"', text)
    )
    assert len(codes) >= 10
    for language in LANGUAGES:
        assert {f"error.{code}" for code in codes} <= set(load_area(language, "sources"))


json_values = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(st.sampled_from(SHAPES), st.lists(json_values, max_size=6), st.data())
def test_no_row_can_break_a_reader(shape: Shape, values: list[Any], data: st.DataObject) -> None:
    """Known field names with any values at all: an error that says so, or items."""
    names = [name for row in shape.rows for name in row]
    rows = [{data.draw(st.sampled_from(names)): value, **shape.rows[0]} for value in values]
    rows += [{**shape.rows[0], data.draw(st.sampled_from(names)): value} for value in values]
    try:
        items = read(shape, shape.body(rows))
    except SourceFormatError:
        return
    for item in items:
        assert item.title
        assert len(item.title) <= 300
        assert item.heat is None or item.heat >= 0


ODD: tuple[Any, ...] = (None, 7, -1.5, True, "x", "\ud83d", [], [7], [[]], {}, {"a": 7}, 10**400)


def with_odd_places(value: Any) -> Iterator[Any]:
    """The value with one place of it after the other holding each odd value."""
    yield from ODD
    keys = (
        value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    )
    for key in keys:
        for other in with_odd_places(value[key]):
            copy = value.copy()
            copy[key] = other
            yield copy


@cases
def test_no_value_in_any_place_can_break_a_reader(shape: Shape) -> None:
    try:
        answer = json.loads(shape.body())
    except ValueError:
        pytest.skip("a page's data is not the whole of the answer")
    for broken in with_odd_places(answer):
        with suppress(SourceFormatError):
            assert all(item.title for item in read(shape, json.dumps(broken).encode()))
