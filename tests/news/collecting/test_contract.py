"""Every list behind a real server: its own answer, then every way in which sites answer badly.

Whatever comes, the last good list stands and the source says what is wrong.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from copyassist.news.collecting import CollectOptions, collect
from copyassist.news.sources import baidu, douyin, tencent, weibo, zhihu
from copyassist.news.sources.own import OwnSources, load_own
from copyassist.news.sources.registry import shipped_sources
from copyassist.news.sources.source import Source
from copyassist.store import Store
from copyassist.store.hot import HotStore
from copyassist.types.news import Poll, PollOutcome
from tests.news.sources.shapes import KUAISHOU, SHAPES, Shape
from tests.news.sources.site import Reply, Site

HTML = "<!DOCTYPE html><html><title>访问受限</title></html>".encode()
QUICK = CollectOptions(force=True, pause=0.0, attempts=1, total_seconds=0.15, max_bytes=1_000_000)
PATIENT = replace(QUICK, total_seconds=20.0)
RECORDED: dict[str, tuple[Source, int]] = {
    "hotnews_raw/realtime.json": (baidu.SOURCE, 0),
    "hotnews_raw/weibo.json": (weibo.SOURCE, 0),
    "hotnews_raw/tencent.json": (tencent.SOURCE, 0),
    "zhihu/hot-question-2021-01-08.json": (zhihu.SOURCE, 1),
    "zhihu/hot-question-2025-04-20.json": (zhihu.SOURCE, 0),
    "zhihu/hot-search-2021-01-08.html": (zhihu.SEARCH, 0),
    "zhihu/hot-search-2026-08-18.html": (zhihu.SEARCH, 0),
    "zhihu/hot-search-2021-01-08.json": (zhihu.SEARCH, 1),
    "retyped/douyin_hot_search_2026-08-22_excerpt.json": (douyin.SOURCE, 0),
    "retyped/douyin_billboard_word_2026-09-10_excerpt.json": (douyin.SOURCE, 1),
    "retyped/weibo_hot_band_2026-08-13_row.json": (weibo.SOURCE, 1),
    "retyped/toutiao_hot_board_mixed_types.json": (shipped_sources()["toutiao"], 0),
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[HotStore]:
    with Store.open(tmp_path / "hot.db") as opened:
        yield opened.hot


def at(site: Site, source: Source, way: int) -> Source:
    """The source with one of its ways, at the site."""
    return replace(source, ways=(replace(source.ways[way], url=site.url("/list")),))


def ask(store: HotStore, own: OwnSources, source: Source, options: CollectOptions) -> Poll:
    (poll,) = collect(store, own, [source], options).polls
    return poll


def check(
    site: Site, store: HotStore, folder: Path, source: Source, bodies: dict[str, bytes]
) -> None:
    own = load_own(folder).allow("127.0.0.1")
    site.routes["/list"] = Reply(bodies["good"])
    first = ask(store, own, source, PATIENT)
    assert first.outcome is PollOutcome.GOOD, first
    good = store.latest()[source.id]
    assert len(good) == first.rows > 0
    for reply, outcome, options in variants(bodies):
        site.routes["/list"] = reply
        poll = ask(store, own, source, options)
        assert poll.outcome is outcome, (poll, reply.status)
        assert poll.error
        assert store.latest()[source.id] == good
    state = store.states()[source.id]
    assert state.last_good is not None
    assert state.failures == len(list(variants(bodies)))


def variants(bodies: dict[str, bytes]) -> Iterator[tuple[Reply, PollOutcome, CollectOptions]]:
    """429 comes last: what it asks for is obeyed."""
    yield Reply(bodies["cut"]), PollOutcome.FORMAT, PATIENT
    yield Reply(bodies["empty"]), PollOutcome.EMPTY, PATIENT
    yield Reply(HTML), PollOutcome.FORMAT, PATIENT
    yield Reply(bodies["types"]), PollOutcome.FORMAT, PATIENT
    yield Reply(HTML, status=403), PollOutcome.HTTP, PATIENT
    yield Reply(slow=True), PollOutcome.NETWORK, QUICK
    yield Reply(bodies["good"][:100], endless=True), PollOutcome.NETWORK, PATIENT
    yield Reply(status=429, headers={"Retry-After": "60"}), PollOutcome.HTTP, PATIENT


@pytest.mark.parametrize("shape", SHAPES, ids=[shape.name for shape in SHAPES])
def test_every_shape(site: Site, store: HotStore, tmp_path: Path, shape: Shape) -> None:
    bodies = {
        "good": shape.body(),
        "cut": shape.body()[: len(shape.body()) // 2],
        "empty": shape.body([]),
        "types": shape.frame.replace("@ROWS@", '{"0": {"title": 7}}').encode(),
    }
    check(site, store, tmp_path, at(site, shipped_sources()[shape.source], shape.way), bodies)


def test_kuaishou(site: Site, store: HotStore, tmp_path: Path) -> None:
    bodies = {
        "good": KUAISHOU,
        "cut": KUAISHOU[: len(KUAISHOU) // 2],
        "empty": re.sub(rb'"items":\[.*?\]', b'"items":[]', KUAISHOU),
        "types": re.sub(rb'"items":\[.*?\]', b'"items":{}', KUAISHOU),
    }
    check(site, store, tmp_path, at(site, shipped_sources()["kuaishou"], 0), bodies)


@pytest.mark.parametrize("file", RECORDED)
def test_every_recorded_answer(
    site: Site, store: HotStore, tmp_path: Path, bench_data: Path, file: str
) -> None:
    body = (bench_data / "payloads" / file).read_bytes()
    source, way = RECORDED[file]
    end = (
        body.index(b"</script>", body.index(b"js-initialData"))
        if file.endswith("html")
        else len(body)
    )
    bodies = {
        "good": body,
        "cut": body[: end // 2],
        "empty": swap_list(body, []),
        "types": swap_list(body, {"0": 7}),
    }
    check(site, store, tmp_path, at(site, source, way), bodies)


def swap_list(body: bytes, other: Any) -> bytes:
    """The answer with something else where the list of rows was."""
    text = body.decode()
    page = re.search(
        r'(<script id="js-initialData" type="text/json">)(.*?)(</script>)', text, re.DOTALL
    )
    data = json.loads(page[2] if page else text)
    rows = data["initialState"]["topsearch"]["data"] if page else find_rows(data)
    found = replace_list(data, rows, other)
    shown = json.dumps(found, ensure_ascii=False)
    return (text[: page.start(2)] + shown + text[page.end(2) :] if page else shown).encode()


def find_rows(data: Any) -> list[Any]:
    """The longest list of objects anywhere in the answer."""
    lists: list[list[Any]] = []

    def walk(value: Any) -> None:
        if isinstance(value, list) and all(isinstance(row, dict) for row in value):
            lists.append(value)
        for inner in (
            value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        ):
            walk(inner)

    walk(data)
    return max(lists, key=len)


def replace_list(value: Any, rows: list[Any], other: Any) -> Any:
    if value is rows:
        return other
    if isinstance(value, dict):
        return {name: replace_list(inner, rows, other) for name, inner in value.items()}
    if isinstance(value, list):
        return [replace_list(inner, rows, other) for inner in value]
    return value
