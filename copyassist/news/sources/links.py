"""Which links are one: what differs between two copies of an address and means nothing."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

# Cache busters, sessions, and where a reader came from.
_VOLATILE = frozenset(
    (
        *("_", "_t", "_ts", "ts", "timestamp", "rand", "random", "rnd", "nonce", "cachebuster"),
        *("sessionid", "session_id", "phpsessid", "jsessionid", "sid", "chksm", "spm", "scene"),
        *("from", "fbclid", "gclid", "msclkid", "share_token", "share_source", "vd_source"),
        *("xsec_token", "xsec_source", "spm_id_from", "click_id", "ref", "ref_src"),
    )
)
_CLOCKS = frozenset(("t", "v", "r", "time"))
_NOW = re.compile(r"1[5-9]\d{8}(?:\d{3})?")  # seconds or milliseconds of these years
_SESSION = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)


def find_stable(link: str) -> str:
    """The link without what changes from one copy to the next; as it is where nothing does."""
    try:
        parts = urlsplit(link)
        pairs = parse_qsl(parts.query, keep_blank_values=True)
    except ValueError:
        return link
    kept = [(name, value) for name, value in pairs if not _is_volatile(name.lower(), value)]
    path = _SESSION.sub("", parts.path)
    if len(kept) == len(pairs) and path == parts.path:
        return link
    return urlunsplit(parts._replace(path=path, query=urlencode(kept)))


def _is_volatile(name: str, value: str) -> bool:
    if name in _VOLATILE or name.startswith("utm_"):
        return True
    return name in _CLOCKS and _NOW.fullmatch(value) is not None
