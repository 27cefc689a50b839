"""Sources at an address of the user's: newsnow, DailyHotApi and RSSHub instances, plain feeds.

Each gives the table of one source, in the form of sources.toml, so that the user's file can be
read and edited by hand.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import quote, urlsplit, urlunsplit

from copyassist.errors import UsageError
from copyassist.hiding import hide_secrets, strip_secrets
from copyassist.news.sources.reading import clean, web_address

Service = Literal["feed", "newsnow", "dailyhot", "rsshub"]

MOST_MEGABYTES = 64
"""No answer may be larger: it is held in memory whole."""
_MAX_SLUG = 60
_PLATFORMS = {
    "qq": "tencent", "163": "netease", "coolapk": "coolapk", "wallstreetcn": "wallstreetcn",
    "zaobao": "zaobao",
}  # fmt: skip
# Routes of RSSHub whose order is a rank; every other route is a feed in order of time.
_RANKED = re.compile(
    r"^/(weibo/search/hot|zhihu/(hot|hotlist|pin/hotlist)|baidu/top|bilibili/(hot-search|ranking|popular)"
    r"|36kr/hot-list|163/news/rank|ithome/ranking|juejin/trending|tophub|zyw/hot|douban/list|coolapk/hot)"
    r"(?=[/?#]|$)"
)
_NEWSNOW_FIELDS = {
    "title": "title",
    "url": ["url", "mobileUrl"],
    "heat": "extra.info",
    "description": "extra.hover",
    "published": ["pubDate", "extra.date"],
    "id": "id",
}
_DAILYHOT_FIELDS = {
    "title": "title",
    "url": ["url", "mobileUrl"],
    "heat": "hot",
    "description": "desc",
    "published": "timestamp",
    "id": "id",
}


def make_table(service: Service, address: str, what: str = "") -> dict[str, Any]:
    """The table of one source: `what` is a list's id, a route, or nothing for a plain feed.

    Raises UsageError source_bad_address or source_needs_list.
    """
    base = web_address(address)
    if not base:
        raise UsageError("source_bad_address", url=hide_secrets(address))
    if service != "feed" and not what.strip("/ "):
        raise UsageError("source_needs_list", service=service, url=hide_secrets(address))
    makers = {"newsnow": _newsnow, "dailyhot": _dailyhot, "rsshub": _rsshub, "feed": _feed}
    return makers[service](base, what.strip())


def _newsnow(base: str, what: str) -> dict[str, Any]:
    told = strip_secrets(what)
    return {
        "id": f"newsnow-{_slug(told)}",
        "name_zh": f"{told}（newsnow）",
        "name_en": f"{told} (newsnow)",
        "platform": _guess_platform(told),
        "url": _join(base, f"/api/s?id={quote(what, safe='')}"),
        "rows": "items",
        "fields": _NEWSNOW_FIELDS,
    }


def _dailyhot(base: str, what: str) -> dict[str, Any]:
    told = strip_secrets(what)
    return {
        "id": f"dailyhot-{_slug(told)}",
        "name_zh": f"{told}（DailyHotApi）",
        "name_en": f"{told} (DailyHotApi)",
        "platform": _guess_platform(told),
        "minutes": 60,  # its own cache lives that long
        "url": _join(base, f"/{quote(what, safe='')}"),
        "rows": "data",
        "fields": _DAILYHOT_FIELDS,
    }


def _rsshub(base: str, what: str) -> dict[str, Any]:
    route = "/" + what.strip("/")
    told = strip_secrets(route)
    ranked = _RANKED.match(told)
    return {
        "id": f"rsshub-{_slug(told)}",
        "name_zh": f"RSSHub {told}",
        "name_en": f"RSSHub {told}",
        "kind": "list" if ranked else "feed",
        "platform": _guess_platform(told.strip("/")) if ranked else "",
        "minutes": 30,
        "format": "feed",
        "url": _join(base, route),
    }


def _feed(base: str, what: str) -> dict[str, Any]:
    parts = urlsplit(strip_secrets(base))
    name = what or parts.netloc
    # A route of a public RSSHub that was pasted whole, or came in an OPML file, is ranked as well.
    ranked = "rsshub" in parts.netloc.lower() and _RANKED.match(parts.path)
    return {
        "id": f"feed-{_slug(parts.netloc + parts.path + parts.query)}",
        "name_zh": name,
        "name_en": name,
        "kind": "list" if ranked else "feed",
        "platform": _guess_platform(parts.path.strip("/")) if ranked else "",
        "minutes": 30,
        "format": "feed",
        "url": base,
    }


def _join(base: str, path: str) -> str:
    """An address below another, whose own query (a key, say) goes along."""
    parts, below = urlsplit(base), urlsplit(path)
    query = "&".join(filter(None, (below.query, parts.query)))
    place = parts.path.rstrip("/") + below.path
    return urlunsplit((parts.scheme, parts.netloc, place, query, below.fragment))


def _slug(text: str) -> str:
    """A short id; where the text is cut, a digest keeps long addresses apart."""
    whole = re.sub(r"[^a-z0-9一-鿿]+", "-", text.lower()).strip("-")
    if len(whole) <= _MAX_SLUG:
        return whole
    mark = hashlib.blake2b(text.encode(), digest_size=4).hexdigest()
    return f"{whole[: _MAX_SLUG - 9]}-{mark}"


def _guess_platform(what: str) -> str:
    first = re.split(r"[-/?#]", clean(what, 60).lower())[0]
    return _PLATFORMS.get(first, first)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the user says of sources that they add; "" and None leave it to the source.

    `name` is what it is called, `account` the followed account whose feed it is, `minutes` the
    shortest time between two looks, `megabytes` how large its answers may be.
    """

    name: str = ""
    account: str = ""
    minutes: float | None = None
    megabytes: float | None = None


def rename(table: Mapping[str, Any], *, name: str = "", account: str = "") -> dict[str, Any]:
    """The table with the user's own name, or as the feed of an account that they follow."""
    changed = dict(table)
    if name:
        changed |= {"name_zh": name, "name_en": name}
    if account:
        changed["account"] = account
    return changed
