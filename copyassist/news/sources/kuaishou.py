"""Kuaishou's hot list, inside the state object of its home page."""

from collections.abc import Mapping
from typing import Any

from copyassist.news.sources.reading import (
    clean,
    find_path,
    format_error,
    load_json_after,
    need_rows,
    number_rows,
    parse_heat,
    read_rows,
)
from copyassist.news.sources.source import Source, Way
from copyassist.types.news import HotItem

ID = "kuaishou"
_MARK = "window.__APOLLO_STATE__="
_LIST = '$ROOT_QUERY.visionHotRank({"page":"home"})'
_PINNED_MARK = "置顶"


def parse(body: bytes) -> list[HotItem]:
    """The rows that visionHotRank points to, in its order."""
    client = find_path(load_json_after(body, _MARK, ID), "defaultClient")
    if not isinstance(client, Mapping) or not isinstance(client.get(_LIST), Mapping):
        raise format_error(ID, f"defaultClient: {_LIST}", client)
    pointers = need_rows(client[_LIST], "items", ID)
    rows = [client.get(str(find_path(pointer, "id"))) for pointer in pointers]
    return number_rows(read_rows(rows, _read_row, ID))


def _read_row(row: Mapping[str, Any]) -> HotItem | None:
    label, heat = clean(row.get("tagType"), 20), clean(row.get("hotValue"), 40)
    video = clean(find_path(row, "photoIds.json.0"), 60)
    return HotItem(
        source=ID,
        title=clean(row.get("name")),
        url=f"https://www.kuaishou.com/short-video/{video}" if video.isalnum() else "",
        heat=parse_heat(heat),
        heat_text=heat,
        label="" if label == _PINNED_MARK else label,
        pinned=label == _PINNED_MARK,
        external_id=clean(row.get("id"), 200),
    )


SOURCE = Source(
    id=ID,
    name_zh="快手热榜",
    name_en="Kuaishou hot list",
    platform="kuaishou",
    ways=(Way(url="https://www.kuaishou.com/?isHome=1", parse=parse),),
)
