"""When a server may be asked again, from its headers."""

from datetime import UTC, datetime, timedelta

import pytest

from copyassist.news.sources.caching import MAX_WAIT, find_not_before

NOW = datetime(2026, 6, 4, 3, 28, 22, tzinfo=UTC)
LATER = "Thu, 04 Jun 2026 04:28:22 GMT"


@pytest.mark.parametrize(
    ("status", "headers", "seconds"),
    [
        (200, {}, None),
        (200, {"cache-control": "max-age=600"}, 600),
        (200, {"cache-control": 'public, MAX-AGE="600"'}, 600),
        (200, {"cache-control": "max-age=600", "age": "100"}, 500),
        (200, {"cache-control": "max-age=600", "age": "700"}, None),
        (200, {"cache-control": "no-cache, max-age=600"}, None),
        (200, {"cache-control": "no-store, max-age=600"}, None),
        (200, {"cache-control": "max-age=0", "expires": LATER}, None),
        (200, {"cache-control": "max-age=x", "expires": "0"}, None),
        (304, {"expires": LATER}, 3600),
        (200, {"expires": LATER, "date": "Thu, 04 Jun 2026 04:18:22 GMT"}, 600),
        (200, {"expires": "0"}, None),
        (200, {"expires": "Thu, 01 Jan 1970 00:00:00 GMT"}, None),
        (200, {"retry-after": "600"}, None),
        (429, {"retry-after": "600"}, 600),
        (503, {"retry-after": LATER}, 3600),
        (429, {"retry-after": "soon"}, None),
        (429, {"retry-after": "-5"}, None),
        (429, {"retry-after": "60", "cache-control": "max-age=600"}, 600),
        (429, {"retry-after": "9" * 30}, MAX_WAIT.total_seconds()),
    ],
)
def test_waits(status: int, headers: dict[str, str], seconds: float | None) -> None:
    expected = None if seconds is None else NOW + timedelta(seconds=seconds)
    assert find_not_before(status, headers, NOW) == expected
