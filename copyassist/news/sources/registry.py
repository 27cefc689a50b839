"""All sources by hand: those with code, then the rows of sources.toml, then the user's own."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from types import MappingProxyType

from copyassist.news.sources import baidu, douyin, google_trends, kuaishou, tencent, weibo, zhihu
from copyassist.news.sources.json_list import load_sources
from copyassist.news.sources.source import Source

CODED: tuple[Source, ...] = (
    weibo.SOURCE,
    zhihu.SOURCE,
    zhihu.SEARCH,
    baidu.SOURCE,
    *baidu.BOARDS,
    douyin.SOURCE,
    kuaishou.SOURCE,
    tencent.SOURCE,
    google_trends.SOURCE,
)

WITHOUT_LIST = (
    "wechat",
    "moments",
    "xiaohongshu",
    "channels",
    "ximalaya",
    "baijiahao",
    "dayuhao",
    "yidian",
    "dafenghao",
    "qingting",
    "lizhi",
    "meipai",
    "miaopai",
    "xigua",
    "li-video",
    "jianshu",
    "tianya",
    "weitao",
)
"""Platforms named in the product's documents whose list nobody may read (docs/facts/sources.md#platforms-without-a-list).

The sentences sources.without_list.<id> say for each why, and what to do instead: paste a list,
import a CSV, or follow accounts through a feed service.
"""


@cache
def shipped_sources() -> Mapping[str, Source]:
    """The shipped sources by id, in their order."""
    return MappingProxyType({source.id: source for source in (*CODED, *load_sources())})


def all_sources(own: tuple[Source, ...] = ()) -> Mapping[str, Source]:
    """The shipped sources and the user's; one of the user's replaces a shipped one of its id."""
    merged = dict(shipped_sources())
    for source in own:
        merged[source.id] = replace(source, from_user=True)
    return MappingProxyType(merged)
