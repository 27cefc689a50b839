"""Weibo hot search: the side list, then the hot band; both answer without a cookie.

The mobile container and the HTML summary need a visitor's cookie that lives minutes, so they are
not asked (docs/facts/sources.md#weibo). The pinned row sits outside the list, adverts inside it.
"""

from collections.abc import Mapping
from datetime import timedelta
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
    web_address,
)
from copyassist.news.sources.source import Source, Way
from copyassist.types.news import HotItem

ID = "weibo"
_ADVERT_MARKS = ("荐", "商")


def parse(body: bytes) -> list[HotItem]:
    """The rows of ajax/side/hotSearch (data.realtime), pinned rows first."""
    return _parse(body, "data.realtime")


def parse_hot_band(body: bytes) -> list[HotItem]:
    """The rows of ajax/statuses/hot_band (data.band_list), pinned rows first."""
    return _parse(body, "data.band_list")


def _parse(body: bytes, path: str) -> list[HotItem]:
    data = load_json(body, ID)
    rows = read_rows(need_rows(data, path, ID), _read_row, ID)
    return _read_pinned(find_path(data, "data")) + number_rows(rows)


def _read_pinned(data: Any) -> list[HotItem]:
    """hotgovs holds them all in newer answers; hotgov the one of older ones, with its time."""
    many = find_path(data, "hotgovs")
    rows = many if isinstance(many, list) and many else [find_path(data, "hotgov")]
    first = find_path(data, "hotgov.stime")
    return [
        HotItem(
            source=ID,
            title=title,
            url=web_address(row.get("url")) or _link(title),
            label=clean(row.get("icon_desc"), 20),
            pinned=True,
            published_at=parse_date(first) if len(rows) == 1 else None,
            external_id=title,
        )
        for row in rows
        if isinstance(row, Mapping)
        and (title := clean(row.get("name") or row.get("word")).strip("#"))
    ]


def _read_row(row: Mapping[str, Any]) -> HotItem | None:
    word = clean(row.get("word") or row.get("note")).strip("#")
    label = clean(row.get("icon_desc") or row.get("label_name"), 20)
    return HotItem(
        source=ID,
        title=word,
        url=_link(word),
        heat=parse_heat(row.get("num")),
        heat_text=clean(row.get("flag_desc"), 20),
        label=label,
        advert=bool(row.get("is_ad")) or label in _ADVERT_MARKS,
        category=clean(row.get("category"), 40),
        published_at=parse_date(row.get("onboard_time")),
        external_id=word,
    )


def _link(word: str) -> str:
    return f"https://s.weibo.com/weibo?q={quote(f'#{word}#', safe='')}"


_HEADERS = {"Referer": "https://weibo.com/"}
SOURCE = Source(
    id=ID,
    name_zh="微博热搜",
    name_en="Weibo hot search",
    platform="weibo",
    interval=timedelta(minutes=10),
    ways=(
        Way(
            url="https://weibo.com/ajax/side/hotSearch",
            parse=parse,
            shape="recorded",
            headers=_HEADERS,
        ),
        Way(
            url="https://weibo.com/ajax/statuses/hot_band",
            parse=parse_hot_band,
            headers=_HEADERS,
        ),
    ),
)
