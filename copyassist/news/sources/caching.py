"""What a server's headers say about when it may be asked again."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

MAX_WAIT = timedelta(days=7)  # a mistaken header must not switch a source off for good
_ASKS_TO_WAIT = (429, 503)


def find_not_before(status: int, headers: Mapping[str, str], now: datetime) -> datetime | None:
    """The earliest time of the next request, None where nothing is said.

    The latest of Retry-After (429 and 503 only), Cache-Control max-age less Age (unless no-cache
    or no-store) and Expires, which is read against the server's own Date. Header names are lower
    case.
    """
    waits = [_read_cache_control(headers), _read_expires(headers, now)]
    if status in _ASKS_TO_WAIT:
        waits.append(_read_retry_after(headers.get("retry-after", ""), now))
    known = [wait for wait in waits if wait is not None and wait > timedelta(0)]
    return now + min(max(known), MAX_WAIT) if known else None


def find_age(headers: Mapping[str, str]) -> timedelta:
    """How long an answer lay in a cache on its way, as the cache says."""
    said = headers.get("age", "").strip()
    return _seconds(said) if said.isdecimal() else timedelta()


def _read_retry_after(value: str, now: datetime) -> timedelta | None:
    text = value.strip()
    if text.isdecimal():
        return _seconds(text)
    when = _read_http_date(text)
    return None if when is None else when - now


def _read_cache_control(headers: Mapping[str, str]) -> timedelta | None:
    wanted: dict[str, str] = {}
    for part in headers.get("cache-control", "").lower().split(","):
        name, _, value = part.strip().partition("=")
        wanted.setdefault(name, value.strip().strip('"'))
    if "no-cache" in wanted or "no-store" in wanted or not wanted.get("max-age", "").isdecimal():
        return None
    return _seconds(wanted["max-age"]) - find_age(headers)


def _read_expires(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    if "no-cache" in headers.get("cache-control", "") or "max-age" in headers.get(
        "cache-control", ""
    ):
        return None  # Cache-Control outranks Expires (RFC 9111 §5.3)
    expires = _read_http_date(headers.get("expires", ""))
    if expires is None:
        return None
    return expires - (_read_http_date(headers.get("date", "")) or now)


def _seconds(text: str) -> timedelta:
    return timedelta(seconds=min(int(text[:12]), 10**9))


def _read_http_date(text: str) -> datetime | None:
    try:
        when = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
