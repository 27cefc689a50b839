"""Dates of Chinese feeds: right or unknown, never wrong."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copyassist.news.sources.reading import parse_date

NOW = datetime(2026, 6, 4, 6, 0, tzinfo=UTC)  # 14:00 in Beijing
WHOLE = datetime(2026, 6, 4, 3, 28, 22, tzinfo=UTC)
MINUTE = datetime(2026, 6, 4, 3, 28, tzinfo=UTC)
DAY = datetime(2026, 6, 3, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # what feedparser 6.0.14 reads wrongly without a word
        ("2026年6月4日 11:28", MINUTE),
        ("2026年06月04日", DAY),
        ("2026/06/04 11:28", MINUTE),
        ("2026.06.04", DAY),
        ("1780543702", WHOLE),
        ("20260604112822", WHOLE),
        ("Thu, 4 Jun 2026 11:28:22 CST", WHOLE),
        ("2026-06-04 11:28:22", WHOLE),
        ("2026-06-04T11:28:22", WHOLE),
        # what it reads rightly
        ("Thu, 04 Jun 2026 11:28:22 +0800", WHOLE),
        ("Thu, 04 Jun 2026 11:28:22 GMT+0800", WHOLE),
        ("2026-06-04T11:28:22+08:00", WHOLE),
        ("2026-06-04T03:28:22Z", WHOLE),
        ("Thu, 04 Jun 2026 03:28:22 GMT", WHOLE),
        # what it does not read
        ("Thu, 04 Jun 2026 11:28:22 GMT+8", WHOLE),
        ("星期四, 04 六月 2026 11:28:22 +0800", WHOLE),
        ("06-04 11:28", MINUTE),
        ("昨天 11:28", MINUTE - timedelta(days=1)),
        ("前天 11:28", MINUTE - timedelta(days=2)),
        ("今天 11:28", MINUTE),
        ("3小时前", NOW - timedelta(hours=3)),
        ("5 分钟前", NOW - timedelta(minutes=5)),
        ("2天前", NOW - timedelta(days=2)),
        ("刚刚", NOW),
        ("Jun 4, 2026 11:28", MINUTE),
        # and more of the kind
        ("１７８０５４３７０２", WHOLE),
        ("1780543702000", WHOLE),
        (1780543702, WHOLE),
        (1780543702.0, WHOLE),
        ("20260604", DAY),
        ("2026年6月4日 中午1:30", datetime(2026, 6, 4, 5, 30, tzinfo=UTC)),
        ("3个小时前", NOW - timedelta(hours=3)),
        ("2026年6月4日 下午3:20", datetime(2026, 6, 4, 7, 20, tzinfo=UTC)),
        ("2026年6月4日11时28分22秒", WHOLE),
        ("Thu Jun  4 11:28:22 CST 2026", WHOLE),
        ("Thu Jun 04 11:28:22 +0800 2026", WHOLE),
        ("Wed, 03 Jun 2026 22:28:22 EST", WHOLE),
        ("2026-06-04 11:28:22.123", WHOLE),
        ("June 4th, 2026 11:28 AM", MINUTE),
        ("12-04 11:28", datetime(2025, 12, 4, 3, 28, tzinfo=UTC)),
        ("2026-06-03T22:28:22-05:00", WHOLE),
        ("2026-06-04T09:58:22+06:30", WHOLE),
    ],
)
def test_read(text: object, expected: datetime) -> None:
    assert parse_date(text, NOW) == expected


@pytest.mark.parametrize(
    "text",
    [
        "", "soon", "热", "06/04/2026 11:28", "4 Jun 26", "2026-13-04", "2026-02-30 10:00",
        "Thu, 04 Jun 2026 11:28:22 XYZ", "2026-06-04T25:00:00", "2026-06-04T11:61:00",
        "2026-06-04T11:28:22+25:00", "123456", "99999999999999999999", "1780-01-01", "3026-01-01",
        "06-04", "2026-06-04 11:28:22 CST+0800", "昨天", "x" * 500, None, True, [], {}, -5,
        float("nan"), float("inf"), 1e30,
    ],
)  # fmt: skip
def test_unknown(text: object) -> None:
    if text == "昨天":
        assert parse_date(text) is None
    else:
        assert parse_date(text, NOW) is None


@pytest.mark.parametrize("text", ["昨天 11:28", "3小时前", "06-04 11:28", "刚刚"])
def test_relative_dates_are_unknown_without_a_now(text: str) -> None:
    assert parse_date(text) is None


def test_new_year_without_a_year() -> None:
    january = datetime(2026, 1, 1, 1, 0, tzinfo=UTC)
    assert parse_date("12-31 23:50", january) == datetime(2025, 12, 31, 15, 50, tzinfo=UTC)
    assert parse_date("昨天 23:50", january) == datetime(2025, 12, 31, 15, 50, tzinfo=UTC)


@given(st.text(max_size=90))
def test_never_raises(text: str) -> None:
    found = parse_date(text, NOW)
    assert found is None or found.tzinfo is UTC


@given(st.datetimes(datetime(1996, 1, 1), datetime(2026, 12, 1)))
def test_every_way_to_write_one_moment(local: datetime) -> None:
    local = local.replace(microsecond=0)
    true = local.replace(tzinfo=UTC) - timedelta(hours=8)
    for form in (
        "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S+08:00", "%Y年%m月%d日 %H:%M:%S",
        "%Y/%m/%d %H:%M:%S", "%d %b %Y %H:%M:%S CST", "%b %d, %Y %H:%M:%S", "%Y%m%d%H%M%S",
    ):  # fmt: skip
        assert parse_date(local.strftime(form), NOW) == true, form
