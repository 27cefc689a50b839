"""Which platform a table is of, where no form of export and nobody says so."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from urllib.parse import urlsplit

from copyassist.tables.headings import find_heading_key
from copyassist.types import Post

# Where posts lie; the end of a host name.
HOSTS: Mapping[str, str] = MappingProxyType(
    {
        host: platform
        for platform, hosts in {
            "wechat": "mp.weixin.qq.com",
            "xiaohongshu": "xiaohongshu.com xhslink.com",
            "douyin": "douyin.com iesdouyin.com",
            "toutiao": "toutiao.com toutiaocdn.com",
            "weibo": "weibo.com weibo.cn",
            "zhihu": "zhihu.com",
            "bilibili": "bilibili.com b23.tv",
            "shipinhao": "channels.weixin.qq.com",
            "baijiahao": "baijiahao.baidu.com mbd.baidu.com",
            "kuaishou": "kuaishou.com chenzhongtech.com gifshow.com",
            "netease": "163.com",
            "sohu": "sohu.com",
            "qiehao": "new.qq.com kuaibao.qq.com",
            "douban": "douban.com",
            "jianshu": "jianshu.com",
            "xueqiu": "xueqiu.com",
        }.items()
        for host in hosts.split()
    }
)

# Headings that one platform's interfaces and spiders alone have.
_HEADINGS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("note_id", "noteid", "笔记标题", "笔记id", "笔记链接"), "xiaohongshu"),
        **dict.fromkeys(("aweme_id", "aweme_url", "aweme_type"), "douyin"),
        **dict.fromkeys(
            ("bvid", "bv号", "弹幕量", "投币量", "投币", "弹幕数", "投币数"), "bilibili"
        ),
        **dict.fromkeys(("微博正文", "微博内容", "微博id", "attitudes_count", "mblogid"), "weibo"),
        **dict.fromkeys(("在看", "在看数", "图文标题", "送达人数", "打开率"), "wechat"),
        **dict.fromkeys(("photo_id", "photoid", "photo_url"), "kuaishou"),
        **dict.fromkeys(("voteup_count", "赞同", "赞同数", "voteup"), "zhihu"),
    }
)
_SURE_SHARE = 0.6  # of the addresses
_LONGEST_TEXT = 500


def find_in_text(texts: Sequence[str], names: Mapping[str, str]) -> str:
    """The one platform that a file's name, a sheet's or a notice names, "" for none or several.

    `names` gives the id of each name, folded; short Latin ones count only as words of their own.
    """
    text = " ".join(one[:_LONGEST_TEXT] for one in texts).casefold()
    found: set[str] = set()
    for name in sorted(names, key=len, reverse=True):  # 微信视频号 before 微信
        pattern = rf"(?<![a-z]){re.escape(name)}(?![a-z])" if name.isascii() else re.escape(name)
        if re.search(pattern, text):
            found.add(names[name])
            text = re.sub(pattern, " ", text)
    return found.pop() if len(found) == 1 else ""


def find_by_address(posts: Sequence[Post]) -> str:
    """The platform where most of the posts' addresses lie."""
    hosts = Counter(_find_host(post.url) for post in posts if post.url)
    for platform, count in hosts.most_common(1):
        return platform if count >= _SURE_SHARE * hosts.total() else ""
    return ""


def _find_host(url: str) -> str:
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    ends = (host[place:] for place in range(len(host)) if place == 0 or host[place - 1] == ".")
    return next((HOSTS[end] for end in ends if end in HOSTS), "")


def find_by_headings(headings: Sequence[str], find_platform: Callable[[str], str]) -> str:
    """The platform that the headings point to, "" where none or several are meant.

    A column of accounts may be headed by the platform's own name.
    """
    keys = [find_heading_key(heading).rpartition(".")[2] for heading in headings]
    found = {find_platform(key) for key in keys} - {""}
    found = found or {_HEADINGS[key] for key in keys if key in _HEADINGS}
    return found.pop() if len(found) == 1 else ""
