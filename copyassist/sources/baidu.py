"""Baidu's hot search board: the API, then the object inside the page's comment."""

from collections.abc import Mapping
from typing import Any

from copyassist.hot_types import HotItem
from copyassist.sources.heat import parse_heat
from copyassist.sources.reading import (
    MAX_DESCRIPTION,
    clean,
    find_path,
    format_error,
    load_json,
    load_json_after,
    need_rows,
    number_rows,
    read_rows,
    web_address,
)
from copyassist.sources.source import Source, Way

ID = "baidu"
_PAGE_MARK = "<!--s-data:"
# 1 and 3 as our recorded board shows them; projects disagree on the rest, so those have no label.
_LABELS = {"1": "新", "3": "热"}


def parse(body: bytes) -> list[HotItem]:
    """The rows of api/board (data.cards[0].content), pinned rows first."""
    return _parse(load_json(body, ID))


def parse_page(body: bytes) -> list[HotItem]:
    """The rows of the object that the board's HTML page carries in a comment."""
    data = load_json_after(body, _PAGE_MARK, ID)
    return _parse(
        data if find_path(data, "data.cards") else {"data": find_path(data, "data") or data}
    )


def _parse(data: Any) -> list[HotItem]:
    if find_path(data, "success") is False:
        raise format_error(ID, "success: true", find_path(data, "error"))
    card = find_path(data, "data.cards.0")
    path = "content.0.content" if find_path(card, "content.0.content") is not None else "content"
    rows = read_rows(need_rows(card, path, ID), _read_row, ID)
    top = find_path(card, "topContent")
    pinned = [_read_row(row, pinned=True) for row in top or [] if isinstance(row, Mapping)]
    return number_rows([*pinned, *rows])


def _read_row(row: Mapping[str, Any], *, pinned: bool = False) -> HotItem:
    heat = row.get("hotScore")
    return HotItem(
        source=ID,
        title=clean(row.get("word") or row.get("query")),
        url=web_address(row.get("rawUrl") or row.get("url") or row.get("appUrl")),
        heat=parse_heat(heat),
        label=_LABELS.get(clean(row.get("hotTag"), 4), ""),
        pinned=pinned or row.get("isTop") is True,
        description=clean(row.get("desc"), MAX_DESCRIPTION),
        external_id=clean(row.get("query") or row.get("word"), 200),
    )


SOURCE = Source(
    id=ID,
    name_zh="百度热搜",
    name_en="Baidu hot search",
    platform="baidu",
    ways=(
        Way(
            url="https://top.baidu.com/api/board?platform=pc&tab=realtime",
            parse=parse,
            shape="recorded",
        ),
        Way(url="https://top.baidu.com/board?tab=realtime", parse=parse_page),
    ),
)
