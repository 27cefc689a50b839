"""Hours of moments: a day that was stated alone has none."""

from datetime import UTC, datetime, timedelta

import pytest

from copyassist.reading.moments import parse_moment
from copyassist.reading.zones import CHINA, find_hour


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("2026-05-19", None),
        ("2026年5月19日", None),
        ("2026-05-19 00:00:00", None),
        ("2026-05-19 00:00:01", 0),
        ("2026-05-19 08:30", 8),
        ("2026-05-19 23:59", 23),
    ],
)
def test_a_day_alone_has_no_hour(text: str, hour: int | None) -> None:
    found = parse_moment(text)
    assert found is not None
    assert find_hour(found.when) == hour
    assert find_hour(found.when.astimezone(UTC)) == hour


def test_midnight_is_beijings() -> None:
    assert find_hour(None) is None
    assert find_hour(datetime(2026, 5, 19, tzinfo=UTC)) == 8
    midnight = datetime(2026, 5, 19, tzinfo=CHINA)
    assert find_hour(midnight + timedelta(microseconds=1)) == 0
