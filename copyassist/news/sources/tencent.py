"""Tencent News' hot ranking. The first row is a header; a pinned one may follow it."""

from collections.abc import Mapping
from typing import Any

from copyassist.news.sources.reading import (
    MAX_DESCRIPTION,
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

ID = "tencent"
_HEADER = "560"


def parse(body: bytes) -> list[HotItem]:
    """The rows of gw/event/hot_ranking_list (idlist[0].newslist) without the header."""
    rows = need_rows(load_json(body, ID), "idlist.0.newslist", ID)
    real = [row for row in rows if clean(find_path(row, "articletype"), 10) != _HEADER]
    return number_rows(read_rows(real, _read_row, ID))


def _read_row(row: Mapping[str, Any]) -> HotItem | None:
    """The short title names the event; the article's own, longer one joins the description."""
    title, short = clean(row.get("title")), clean(find_path(row, "hotEvent.title"))
    abstract = clean(row.get("abstract"), MAX_DESCRIPTION)
    return HotItem(
        source=ID,
        title=short or title,
        url=web_address(row.get("url")),
        heat=parse_heat(find_path(row, "hotEvent.hotScore")),
        pinned=find_path(row, "hotEvent.is_top") in (1, "1", True),
        description=f"{title} {abstract}".strip() if title != short else abstract,
        published_at=parse_date(row.get("timestamp")) or parse_date(row.get("time")),
        external_id=clean(row.get("id"), 60),
    )


SOURCE = Source(
    id=ID,
    name_zh="腾讯新闻热点",
    name_en="Tencent News hot list",
    platform="tencent",
    ways=(
        Way(
            url="https://r.inews.qq.com/gw/event/hot_ranking_list?page_size=50",
            parse=parse,
            shape="recorded",
        ),
    ),
)
