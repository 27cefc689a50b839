"""Zhihu: the hot list of questions in both of its item shapes, and the search words' page."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from copyassist.news.sources.reading import (
    MAX_DESCRIPTION,
    clean,
    find_path,
    load_json,
    load_json_after,
    need_rows,
    number_rows,
    parse_date,
    parse_heat,
    read_rows,
    web_address,
)
from copyassist.news.sources.source import Source, Way
from copyassist.types.news import HotItem

ID = "zhihu"
SEARCH_ID = "zhihu-search"
_QUESTION = re.compile(r"api\.zhihu\.com/questions/(\d+)")
_LABELS = {"new": "新", "hot": "热", "boiling": "沸"}
_ADVERT_MARKS = ("广告", "盐选推荐")
_SEARCH_MARK = '<script id="js-initialData" type="text/json">'


def parse(body: bytes) -> list[HotItem]:
    """The questions (or videos) of a hot-list answer, old item shape or new."""
    data = load_json(body, ID)
    return number_rows(read_rows(need_rows(data, "data", ID), _read_question, ID))


def _read_question(row: Mapping[str, Any]) -> HotItem | None:
    target = find_path(row, "target")
    heat = clean(find_path(target, "metrics_area.text") or row.get("detail_text"), 40)
    return HotItem(
        source=ID,
        title=clean(find_path(target, "title_area.text") or find_path(target, "title")),
        url=_find_link(target),
        heat=parse_heat(heat),
        heat_text=heat,
        label=_LABELS.get(clean(find_path(row, "card_label.type"), 20), ""),
        advert=any(mark in heat for mark in _ADVERT_MARKS),
        description=clean(
            find_path(target, "excerpt_area.text") or find_path(target, "excerpt"), MAX_DESCRIPTION
        ),
        published_at=parse_date(find_path(target, "created")),
        external_id=clean(row.get("card_id"), 60).removeprefix("Q_"),
    )


def _find_link(target: Any) -> str:
    """The question's page; the old shape names only the API's address of it."""
    given = web_address(find_path(target, "link.url") or find_path(target, "url"))
    found = _QUESTION.search(given)
    return f"https://www.zhihu.com/question/{found[1]}" if found else given


def parse_search_page(body: bytes) -> list[HotItem]:
    """The search words inside the topsearch page; an empty list is a valid answer of it."""
    data = load_json_after(body, _SEARCH_MARK, SEARCH_ID)
    rows = need_rows(data, "initialState.topsearch.data", SEARCH_ID)
    return number_rows(read_rows(rows, _read_search, SEARCH_ID))


def _read_search(row: Mapping[str, Any]) -> HotItem | None:
    query = clean(row.get("realQuery") or row.get("queryDisplay"))
    return HotItem(
        source=SEARCH_ID,
        title=clean(row.get("queryDisplay")),
        url=web_address(row.get("redirectLink")) or _search_link(query),
        label="新" if row.get("isNew") is True else "",
        description=clean(row.get("queryDescription"), MAX_DESCRIPTION),
        external_id=query,
    )


def parse_search_words(body: bytes) -> list[HotItem]:
    """The search words of api/v4/search/top_search (top_search.words)."""
    rows = need_rows(load_json(body, SEARCH_ID), "top_search.words", SEARCH_ID)
    return number_rows(read_rows(rows, _read_word, SEARCH_ID))


def _read_word(row: Mapping[str, Any]) -> HotItem | None:
    query = clean(row.get("query") or row.get("display_query"))
    title = clean(row.get("display_query") or row.get("query"))
    return HotItem(source=SEARCH_ID, title=title, url=_search_link(query), external_id=query)


def _search_link(query: str) -> str:
    return f"https://www.zhihu.com/search?type=content&q={quote(query, safe='')}"


SOURCE = Source(
    id=ID,
    name_zh="知乎热榜",
    name_en="Zhihu hot list",
    platform="zhihu",
    ways=(
        Way(
            url="https://www.zhihu.com/api/v3/feed/topstory/hot-list-web?limit=50&desktop=true",
            parse=parse,
            shape="recorded",
        ),
        Way(
            url="https://api.zhihu.com/topstory/hot-lists/total?limit=50",
            parse=parse,
            shape="recorded",
        ),
    ),
)
SEARCH = Source(
    id=SEARCH_ID,
    name_zh="知乎热搜",
    name_en="Zhihu search words",
    platform="zhihu",
    ways=(
        Way(url="https://www.zhihu.com/topsearch", parse=parse_search_page, shape="recorded"),
        Way(url="https://www.zhihu.com/api/v4/search/top_search", parse=parse_search_words),
    ),
)
