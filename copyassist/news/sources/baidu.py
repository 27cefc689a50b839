"""Baidu's hot search board: the API, then the object inside the page's comment."""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from copyassist.news.sources.reading import (
    MAX_DESCRIPTION,
    clean,
    find_path,
    format_error,
    load_json,
    load_json_after,
    need_rows,
    number_rows,
    parse_heat,
    read_rows,
    web_address,
)
from copyassist.news.sources.source import Source, Way
from copyassist.types.news import HotItem

ID = "baidu"
_PAGE_MARK = "<!--s-data:"
# 1 and 3 as our recorded board shows them; projects disagree on the rest, so those have no label.
_LABELS = {"1": "新", "3": "热"}


def parse(body: bytes, source: str = ID) -> list[HotItem]:
    """The rows of api/board (data.cards[0].content), pinned rows first."""
    return _parse(load_json(body, source), source)


def parse_page(body: bytes) -> list[HotItem]:
    """The rows of the object that the board's HTML page carries in a comment."""
    data = load_json_after(body, _PAGE_MARK, ID)
    framed = data if find_path(data, "data.cards") else {"data": find_path(data, "data") or data}
    return _parse(framed, ID)


def _parse(data: Any, source: str) -> list[HotItem]:
    if find_path(data, "success") is False:
        raise format_error(source, "success: true", find_path(data, "error"))
    card = find_path(data, "data.cards.0")
    path = "content.0.content" if find_path(card, "content.0.content") is not None else "content"
    rows = read_rows(need_rows(card, path, source), partial(_read_row, source=source), source)
    top = find_path(card, "topContent")
    above = [
        _read_row(row, source=source, pinned=True)
        for row in (top if isinstance(top, list) else ())
        if isinstance(row, Mapping)
    ]
    return number_rows([*(row for row in above if row.title), *rows])


def _read_row(row: Mapping[str, Any], *, source: str, pinned: bool = False) -> HotItem:
    heat = row.get("hotScore")
    return HotItem(
        source=source,
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


def _make_board(tab: str, name_zh: str, name_en: str) -> Source:
    """Another tab of the board. What its rows are like is not described, so it is off at first."""
    name = f"baidu-{tab}"
    return Source(
        id=name,
        name_zh=name_zh,
        name_en=name_en,
        platform="baidu",
        interval=timedelta(hours=1),
        ways=(
            Way(
                url=f"https://top.baidu.com/api/board?platform=pc&tab={tab}",
                parse=partial(parse, source=name),
                shape="unseen",
            ),
        ),
    )


BOARDS = (
    _make_board("movie", "百度电影榜", "Baidu films"),
    _make_board("teleplay", "百度电视剧榜", "Baidu series"),
    _make_board("novel", "百度小说榜", "Baidu novels"),
    _make_board("car", "百度汽车榜", "Baidu cars"),
    _make_board("game", "百度游戏榜", "Baidu games"),
)
