"""Douyin's hot search: the app's list, then the billboard; both are reported to need no cookie."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from copyassist.news.sources.reading import (
    clean,
    find_path,
    load_json,
    need_rows,
    number_rows,
    parse_date,
    parse_heat,
    read_rows,
)
from copyassist.news.sources.source import Source, Way
from copyassist.types.news import HotItem

ID = "douyin"
_LABELS = {
    1: "新", 3: "热", 4: "爆", 5: "首发", 7: "同城", 8: "独家", 9: "挑战", 10: "当事人", 11: "剧集",
    12: "电影", 13: "综艺", 15: "晚会", 16: "辟谣", 17: "热议", 20: "解读",
}  # fmt: skip
_ADVERT_LABEL = 2


def parse(body: bytes) -> list[HotItem]:
    """The rows of hot/search/list (data.word_list). The rising words beside it have no rank."""
    return _parse(load_json(body, ID), "data.word_list")


def parse_billboard(body: bytes) -> list[HotItem]:
    """The rows of hotsearch/billboard/word (word_list at the top level)."""
    return _parse(load_json(body, ID), "word_list")


def _parse(data: Any, path: str) -> list[HotItem]:
    return number_rows(read_rows(need_rows(data, path, ID), _read_row, ID))


def _read_row(row: Mapping[str, Any]) -> HotItem | None:
    title, sentence = clean(row.get("word")), clean(row.get("sentence_id"), 40)
    return HotItem(
        source=ID,
        title=title,
        url=f"https://www.douyin.com/hot/{quote(sentence, safe='')}" if sentence else "",
        heat=parse_heat(row.get("hot_value")) or None,
        label=_LABELS.get(row.get("label") or 0, "") if _is_code(row.get("label")) else "",
        pinned=_is_pinned(row),
        advert=bool(row.get("ad_data")) or row.get("label") == _ADVERT_LABEL,
        published_at=parse_date(row.get("event_time")),
        external_id=sentence or title,
    )


def _is_code(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_pinned(row: Mapping[str, Any]) -> bool:
    """A pinned row has no position, no heat and word_type 2 (docs/facts/sources.md#douyin)."""
    return row.get("word_type") == 2 and not find_path(row, "position") and not row.get("hot_value")


SOURCE = Source(
    id=ID,
    name_zh="抖音热榜",
    name_en="Douyin hot search",
    platform="douyin",
    ways=(
        Way(
            url="https://aweme.snssdk.com/aweme/v1/hot/search/list/?aid=1128&version_code=880",
            parse=parse,
        ),
        Way(
            url="https://www.iesdouyin.com/web/api/v2/hotsearch/billboard/word/",
            parse=parse_billboard,
        ),
    ),
)
