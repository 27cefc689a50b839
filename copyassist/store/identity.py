"""When two rows of two exports are the same post.

A post is its platform id or its address, else its normalised title with its time. Exports of one
platform disagree about what they state (a day or a second, an id or none), so a row without an id
may join a post that has one, but two different ids are always two posts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

from copyassist.reading.zones import CHINA_HOURS

_CHINA_SECONDS = CHINA_HOURS * 3600
_DAY = 24 * 3600

# Parameters that differ between two copies of one address: session, tracking, signatures.
_VOLATILE = frozenset(
    (
        *("chksm", "scene", "subscene", "sessionid", "clicktime", "enterid", "ascene", "nettype"),
        *("devicetype", "version", "lang", "exportkey", "pass_ticket", "wx_header", "mpshare"),
        *("srcid", "from", "timestamp", "wxshare_count", "poc_token", "click_id", "share_token"),
        *("xsec_token", "xsec_source", "spm_id_from", "vd_source", "share_source"),
    )
)


@dataclass(slots=True)
class Identity:
    """What names a post. `key` is the caller's: a row of the table or of the file."""

    key: int
    platform: str
    post_id: str
    url: str
    title: str
    time: int | None


class Register:
    """Finds the post that a row belongs to among those added so far."""

    def __init__(self, known: Iterable[Identity] = ()) -> None:
        self._by_id: dict[tuple[str, str], Identity] = {}
        self._by_url: dict[tuple[str, str], Identity] = {}
        self._by_title: dict[tuple[str, str], list[Identity]] = {}
        for identity in known:
            self.add(identity)

    def add(self, identity: Identity) -> None:
        """Makes a post findable by everything that names it."""
        if identity.post_id:
            self._by_id[identity.platform, identity.post_id] = identity
        if identity.url:
            self._by_url[identity.platform, identity.url] = identity
        self._by_title.setdefault((identity.platform, identity.title), []).append(identity)

    def find(self, row: Identity) -> Identity | None:
        """The same post as `row`, None where it is new."""
        if row.post_id and (found := self._by_id.get((row.platform, row.post_id))):
            return found
        found = self._by_url.get((row.platform, row.url)) if row.url else None
        if found is not None and not _differ(found.post_id, row.post_id):
            return found
        candidates = [
            known
            for known in self._by_title.get((row.platform, row.title), ())
            if not _differ(known.post_id, row.post_id) and not _differ(known.url, row.url)
        ]
        exact = (known for known in candidates if known.time == row.time)
        same_day = (known for known in candidates if _same_day(known.time, row.time))
        return next(exact, None) or next(same_day, None)

    def learn(self, known: Identity, row: Identity) -> None:
        """Adds the id and the address that `row` states and `known` lacked."""
        if row.post_id and not known.post_id:
            known.post_id = row.post_id
            self._by_id[known.platform, row.post_id] = known
        if row.url and not known.url:
            known.url = row.url
            self._by_url[known.platform, row.url] = known


def find_url_key(url: str) -> str:
    """An address without scheme, fragment and the parameters that change from copy to copy."""
    if not url:
        return ""
    try:
        parts = urlsplit(url.strip())
    except ValueError:  # an address such as http://[ is still some text that may repeat
        return url.strip()
    kept = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if name not in _VOLATILE and not name.startswith("utm_")
    ]
    query = f"?{urlencode(sorted(kept))}" if kept else ""
    return f"{parts.netloc.lower()}{parts.path.rstrip('/')}{query}"


def _differ(one: str, other: str) -> bool:
    return bool(one and other and one != other)


def is_day_of(day: int | None, time: int | None) -> bool:
    """Whether `day` is a date alone (read as its midnight in China) and `time` lies in it."""
    if day is None or time is None:
        return False
    day, time = day + _CHINA_SECONDS, time + _CHINA_SECONDS
    return day % _DAY == 0 and day // _DAY == time // _DAY


def find_day(seconds: int) -> int:
    """The day in China, counted from 1970."""
    return (seconds + _CHINA_SECONDS) // _DAY


def _same_day(one: int | None, other: int | None) -> bool:
    return is_day_of(one, other) or is_day_of(other, one)
