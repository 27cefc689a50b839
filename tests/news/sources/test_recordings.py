"""Recorded sources, proved without outside data: the shape of a real answer, retyped with our words.

Each file has every key of the answer that was recorded, at its place and of its type, three rows of
each list, and invented titles and figures. Where the real recordings are at hand, they are held
against these, so that a shape cannot drift from what was seen.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from copyassist.errors import SourceFormatError
from copyassist.news.sources import baidu, tencent, weibo, zhihu
from copyassist.news.sources.registry import shipped_sources
from copyassist.types.news import HotItem

FOLDER = Path(__file__).with_name("recordings")
ROWS = ("城市马拉松今日鸣枪开跑", "新版身份证办理流程公布", "夜市里的第三碗凉粉")
PINNED = "全国博物馆夜间开放"


@dataclass(frozen=True, slots=True)
class Recording:
    """A retyped answer, its reader, the real file, and what is pinned on it."""

    file: str
    parse: Callable[[bytes], list[HotItem]]
    real: str
    pinned: tuple[str, ...] = ()
    titles: tuple[str, ...] = ROWS

    @property
    def body(self) -> bytes:
        return (FOLDER / self.file).read_bytes()


RECORDINGS = (
    Recording("baidu.json", baidu.parse, "hotnews_raw/realtime.json", (PINNED,)),
    Recording("weibo.json", weibo.parse, "hotnews_raw/weibo.json", (PINNED,)),
    Recording("tencent.json", tencent.parse, "hotnews_raw/tencent.json", (ROWS[1],), (ROWS[2],)),
    Recording("zhihu_app.json", zhihu.parse, "zhihu/hot-question-2021-01-08.json"),
    Recording("zhihu_web.json", zhihu.parse, "zhihu/hot-question-2025-04-20.json"),
    Recording("zhihu_search.json", zhihu.parse_search_words, "zhihu/hot-search-2021-01-08.json"),
    Recording(
        "zhihu_search_page.html", zhihu.parse_search_page, "zhihu/hot-search-2026-08-18.html"
    ),
)
each = pytest.mark.parametrize("one", RECORDINGS, ids=[one.file for one in RECORDINGS])


@each
def test_every_row_is_read_and_pinned_ones_stand_apart(one: Recording) -> None:
    items = one.parse(one.body)
    assert tuple(item.title for item in items if item.pinned) == one.pinned
    ordinary = [item for item in items if item.ordinary]
    assert tuple(item.title for item in ordinary) == one.titles
    assert [item.rank for item in ordinary] == list(range(1, len(ordinary) + 1))
    assert all(not item.url or item.url.startswith("https://") for item in items)
    assert len({item.external_id for item in items}) == len(items)


@pytest.mark.parametrize(
    ("file", "heats"),
    [
        ("weibo.json", [1_522_894.0, 852_507.0, 719_522.0]),
        ("zhihu_app.json", [1_200_000.0, 1_100_000.0, 1_000_000.0]),
        ("zhihu_web.json", [1_200_000.0, 1_100_000.0, 1_000_000.0]),
    ],
)
def test_heats_are_read_with_their_units(file: str, heats: list[float]) -> None:
    (one,) = (known for known in RECORDINGS if known.file == file)
    assert [item.heat for item in one.parse(one.body) if item.ordinary] == heats


@each
@pytest.mark.parametrize("share", [0.05, 0.3, 0.6])
def test_cut_off_it_is_no_list(one: Recording, share: float) -> None:
    end = one.body.find(b"</script>")
    end = end if end > 0 else len(one.body)
    with pytest.raises(SourceFormatError):
        one.parse(one.body[: int(end * share)])


@each
def test_objects_where_lists_were_are_told(one: Recording) -> None:
    text = one.body.decode().replace("[", '{"0":').replace("]", "}")
    with pytest.raises(SourceFormatError):
        one.parse(text.encode())


def test_every_recorded_way_has_its_recording() -> None:
    readers = {one.parse for one in RECORDINGS}
    ways = [way for source in shipped_sources().values() for way in source.ways]
    recorded = [way for way in ways if way.shape == "recorded"]
    assert len(recorded) >= 6
    assert [way.url for way in recorded if way.parse not in readers] == []


@each
def test_the_shape_is_that_of_the_real_answer(bench_data: Path, one: Recording) -> None:
    real = dict(list_kinds(load_answer((bench_data / "payloads" / one.real).read_bytes())))
    ours = dict(list_kinds(load_answer(one.body)))
    assert ours.keys() - real.keys() == set()
    assert {place: kind for place, kind in ours.items() if not kind <= real[place]} == {}


def load_answer(body: bytes) -> Any:
    """The value of an answer; of a page the part that is read."""
    found = re.search(rb'<script id="js-initialData"[^>]*>(.*?)</script>', body, re.DOTALL)
    data = json.loads(found[1] if found else body)
    return data["initialState"]["topsearch"] if found else data


def list_kinds(data: Any, place: str = "") -> Iterator[tuple[str, set[str]]]:
    """Each place of a value with the kinds of value that stand there, the rows of a list as one."""
    kinds: dict[str, set[str]] = {}

    def walk(value: Any, here: str) -> None:
        kinds.setdefault(here, set()).add(type(value).__name__)
        if isinstance(value, dict):
            for name, below in value.items():
                walk(below, f"{here}.{name}")
        elif isinstance(value, list):
            for below in value:
                walk(below, f"{here}[]")

    walk(data, place)
    yield from kinds.items()
