"""Moments in every way that they are written: right to their precision, or unknown."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copyassist.reading.moments import Moment, find_days, parse_moment
from copyassist.reading.zones import CHINA, CHINA_HOURS

NOW = datetime(2026, 11, 27, 6, 0, tzinfo=UTC)  # a Friday, 14:00 in China
WEEKDAYS = "一二三四五六日"
MONTHS = ("一月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "十一月", "十二月")  # fmt: skip
ENGLISH = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
SECONDS = (
    "{0:%Y-%m-%d %H:%M:%S}", "{0:%Y-%m-%dT%H:%M:%S}", "{0:%Y-%m-%dT%H:%M:%S}+08:00",
    "{0:%Y-%m-%d %H:%M:%S} +0800 CST", "{0:%Y-%m-%dT%H:%M:%S}+08:00[Asia/Shanghai]",
    "{0:%Y/%m/%d %H:%M:%S}", "{0:%Y.%m.%d %H:%M:%S}", "{0:%Y年%m月%d日 %H:%M:%S}",
    "{0:%Y年%m月%d日%H时%M分%S秒}", "{0:%Y年%m月%d日} {half}{twelve}:{0:%M:%S}",
    "{0:%Y-%m-%d} {twelve}:{0:%M:%S} {0:%p}", "{0:%Y%m%d%H%M%S}", "{0:%Y%m%dT%H%M%S}",
    "{0:%d} {english} {0:%Y %H:%M:%S} CST", "{0:%d} {english} {0:%Y %H:%M:%S} +0800",
    "{0:%d} {english} {0:%Y %H:%M:%S} GMT+8", "{0:%d} {english} {0:%y %H:%M:%S} +0800",
    "{english} {0:%d}, {0:%Y %H:%M:%S}", "星期{weekday}, {0:%d} {month} {0:%Y %H:%M:%S} +0800",
    "{utc:%Y-%m-%dT%H:%M:%S}Z", "{utc:%d} {utc_english} {utc:%Y %H:%M:%S} GMT", "{epoch}",
    "{epoch}000", "发布于 {0:%Y-%m-%d %H:%M:%S}",
)  # fmt: skip
MINUTES = (
    "{0:%Y-%m-%d %H:%M}", "{0:%Y/%m/%d %H:%M}", "{0:%Y年%m月%d日 %H:%M}", "{0:%Y年%m月%d日%H点%M分}",
    "{0:%Y%m%d %H:%M}", "{0:%Y%m%d%H%M}", "{0:%Y-%m-%d} 星期{weekday} {0:%H:%M}",
    "{0:%Y-%m-%d} 周{weekday} {0:%H:%M}",
)  # fmt: skip
HOURS = ("{0:%Y年%m月%d日%H时}", "{0:%Y-%m-%d %H点}")
DAYS = (
    "{0:%Y-%m-%d}", "{0:%Y/%m/%d}", "{0:%Y.%m.%d}", "{0:%Y_%m_%d}", "{0:%Y年%m月%d日}", "{0:%Y%m%d}",
    "{english} {0:%d}, {0:%Y}",
)  # fmt: skip
LOCAL = st.datetimes(datetime(2002, 1, 1), datetime(2068, 12, 31)).map(
    lambda moment: moment.replace(microsecond=0)
)


def write(form: str, local: datetime) -> str:
    """A Chinese local time in one of the forms."""
    utc = local - timedelta(hours=CHINA_HOURS)
    half = "凌晨" if local.hour < 6 else "上午" if local.hour < 12 else "下午"
    half = "晚上" if local.hour >= 19 else half
    return form.format(
        local,
        utc=utc,
        half=half,
        twelve=local.hour % 12 or 12,
        english=ENGLISH[local.month - 1],
        utc_english=ENGLISH[utc.month - 1],
        month=MONTHS[local.month - 1],
        weekday=WEEKDAYS[local.weekday()],
        epoch=int(utc.replace(tzinfo=UTC).timestamp()),
    )


def at(text: str) -> datetime:
    """The UTC moment of a Chinese local time in ISO form."""
    return datetime.fromisoformat(text).replace(tzinfo=CHINA).astimezone(UTC)


# --- every form comes back ---------------------------------------------------------------------------


@given(LOCAL, st.sampled_from(SECONDS))
def test_a_second_comes_back(local: datetime, form: str) -> None:
    true = local.replace(tzinfo=CHINA)
    assert parse_moment(write(form, local)) == Moment(true, "second")


@given(LOCAL, st.sampled_from(MINUTES))
def test_a_minute_comes_back(local: datetime, form: str) -> None:
    true = local.replace(second=0, tzinfo=CHINA)
    assert parse_moment(write(form, local)).when == true  # type: ignore[union-attr]


@given(LOCAL, st.sampled_from(HOURS))
def test_an_hour_comes_back(local: datetime, form: str) -> None:
    true = local.replace(minute=0, second=0, tzinfo=CHINA)
    assert parse_moment(write(form, local)) == Moment(true, "hour")


@given(LOCAL, st.sampled_from(DAYS))
def test_a_day_comes_back(local: datetime, form: str) -> None:
    true = local.replace(hour=0, minute=0, second=0, tzinfo=CHINA)
    assert parse_moment(write(form, local)) == Moment(true, "day")


@given(st.timedeltas(timedelta(), timedelta(days=300)))
def test_a_day_without_its_year_comes_back(ago: timedelta) -> None:
    local = (NOW - ago).astimezone(CHINA).replace(second=0, microsecond=0)
    for form in ("{:%m-%d %H:%M}", "{:%m/%d %H:%M}", "{:%m月%d日 %H:%M}", "{:%m月%d日%H点%M分}"):
        assert parse_moment(form.format(local), now=NOW) == Moment(local, "minute", "year_assumed")
    day = local.replace(hour=0, minute=0)
    assert parse_moment(f"{local:%m月%d日}", now=NOW) == Moment(day, "day", "year_assumed")


@given(st.timedeltas(timedelta(), timedelta(days=6)))
def test_a_day_of_the_week_comes_back(ago: timedelta) -> None:
    local = (NOW - ago).astimezone(CHINA).replace(second=0, microsecond=0)
    for word in ("周", "星期", "礼拜"):
        text = f"{word}{WEEKDAYS[local.weekday()]} {local:%H:%M}"
        assert parse_moment(text, now=NOW) == Moment(local, "minute", "relative")


@given(st.integers(1, 999))
def test_a_while_ago_comes_back(count: int) -> None:
    for unit, length, precision in (
        ("分钟前", timedelta(minutes=1), "minute"), ("小时前", timedelta(hours=1), "hour"),
        ("个小时前", timedelta(hours=1), "hour"), ("天前", timedelta(days=1), "day"),
        ("周前", timedelta(weeks=1), "day"), (" hours ago", timedelta(hours=1), "hour"),
    ):  # fmt: skip
        found = parse_moment(f"{count}{unit}", now=NOW)
        assert found == Moment(NOW - count * length, precision, "relative")  # type: ignore[arg-type]


# --- by name -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "local"),
    [
        ("2026-11-26 中午1:30", "2026-11-26 13:30"),
        ("2026-11-26 中午12:30", "2026-11-26 12:30"),
        ("2026-11-26 中午11:40", "2026-11-26 11:40"),
        ("2026-11-26 晚间8:05", "2026-11-26 20:05"),
        ("2026-11-26 傍晚6点", "2026-11-26 18:00"),
        ("2026-11-26 凌晨12:30", "2026-11-26 00:30"),
        ("2026-11-26 上午12:30", "2026-11-26 00:30"),
        ("2026-11-26 下午12:30", "2026-11-26 12:30"),
        ("2026-11-26 下午15:30", "2026-11-26 15:30"),
        ("今天 15:30", "2026-11-27 15:30"),
        ("昨天 15:28", "2026-11-26 15:28"),
        ("昨天下午3:28", "2026-11-26 15:28"),
        ("前天 08:30", "2026-11-25 08:30"),
        ("昨天", "2026-11-26 00:00"),
        ("星期一 11:40", "2026-11-23 11:40"),
        ("周五 10:30", "2026-11-27 10:30"),
        ("周五 23:30", "2026-11-20 23:30"),
        ("01月30日", "2026-01-30 00:00"),
        ("12月30日", "2025-12-30 00:00"),
        ("01-23 18:05", "2026-01-23 18:05"),
        ("3天前", "2026-11-24 14:00"),
        ("半小时前", "2026-11-27 13:30"),
        ("两天前", "2026-11-25 14:00"),
        ("2个月前", "2026-09-27 14:00"),
        ("1年前", "2025-11-27 14:00"),
        ("刚刚", "2026-11-27 14:00"),
        ("编辑于 昨天 11:28", "2026-11-26 11:28"),
        ("发布于 3小时前", "2026-11-27 11:00"),
        ("3 hours ago", "2026-11-27 11:00"),
        ("yesterday", "2026-11-26 00:00"),
        ("Fri, 27 Nov 26 10:30:00 +0800", "2026-11-27 10:30"),
        ("Fri, 27 Nov 2026 24:00:00 +0800", "2026-11-28 00:00"),
        ("Fri, 27 Nov 2026 10:30:00 GMT+0800 (China Standard Time)", "2026-11-27 10:30"),
        ("Fri, 27 Nov 2026 02:30:00 GMT", "2026-11-27 10:30"),
        ("2026-11-27T10:30:00+08:00（Asia/Shanghai）", "2026-11-27 10:30"),
        ("十一月 27, 2026 10:30 上午", "2026-11-27 10:30"),
        ("２０２６－１１－２７ １０：３０", "2026-11-27 10:30"),
    ],
)  # fmt: skip
def test_read(text: str, local: str) -> None:
    found = parse_moment(text, now=NOW)
    assert found is not None
    assert found.when == at(local)


@pytest.mark.parametrize(
    "text",
    [
        "", "soon", "Invalid Date", "06/04/2026 11:28", "27/11/2026 10:30", "4 Jun 26", "06-04",
        "2026-13-04", "2026-02-30", "2026-02-30 10:00", "20260230", "2026年4月31日", "02-30 10:00",
        "2026-06-04 24:30", "2026-06-04 25:00", "2026-06-04 11:61", "2026-06-04T11:28:22+25:00",
        "2026-06-04 晚上1:30", "2026-06-04 中午9:30", "2026-06-04 11:28:22 XYZ", "1026-05-19",
        "3026-01-01", "0001-01-01T00:00:00Z", "Thu, 01 Jan 1970 00:00:00 GMT", "9" * 400, "46347",
        "x" * 500, "9999年前", None, True, [], -5, 46347, 10**400, float("nan"), float("inf"),
        date.min, date.max, datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC),
    ],
)  # fmt: skip
def test_unknown(text: object) -> None:
    assert parse_moment(text, now=NOW) is None


@pytest.mark.parametrize(
    "text", ["昨天 11:28", "3小时前", "周五 10:30", "06-04 11:28", "01月30日", "刚刚"]
)
def test_nothing_is_counted_from_a_present_that_was_not_given(text: str) -> None:
    assert parse_moment(text) is None


def test_a_date_can_be_told_from_its_midnight() -> None:
    assert parse_moment("2026-06-04") == Moment(at("2026-06-04"), "day")
    assert parse_moment("2026-06-04 00:00") == Moment(at("2026-06-04"), "minute")
    assert parse_moment(date(2026, 6, 4)) == Moment(at("2026-06-04"), "day")
    assert parse_moment(46347, in_table=True) == Moment(at("2026-11-21"), "day")
    assert parse_moment(46347.5, in_table=True) == Moment(at("2026-11-21 12:00"), "second")


def test_another_zone_may_be_the_usual_one() -> None:
    assert parse_moment("2026-06-04 11:28", zone=UTC) == Moment(
        datetime(2026, 6, 4, 11, 28, tzinfo=UTC), "minute"
    )
    late = datetime(2026, 6, 4, 23, 0, tzinfo=UTC)  # already the 5th in China
    assert parse_moment("今天", now=late) == Moment(at("2026-06-05"), "day", "relative")
    assert parse_moment("今天", now=late, zone=UTC) == Moment(
        datetime(2026, 6, 4, tzinfo=UTC), "day", "relative"
    )


def test_a_month_ago_is_never_a_day_that_was_not() -> None:
    march = datetime(2026, 3, 31, 4, 0, tzinfo=UTC)
    assert parse_moment("1个月前", now=march) == Moment(at("2026-02-28 12:00"), "month", "relative")


def test_days_in_a_text() -> None:
    found = list(find_days("数据_20260501-20260531_2026年6月4日_20269901"))
    assert found == [at("2026-05-01"), at("2026-05-31"), at("2026-06-04")]


@given(
    st.one_of(
        st.text(max_size=90),
        st.text("0123456789-/:.年月日时分秒上下午前天周一 TZ+GMTago", max_size=80),
        st.floats(),
        st.integers(),
        st.datetimes(),
        st.dates(),
    ),
    st.booleans(),
)
def test_anything_is_a_moment_of_our_time_or_unknown(value: object, in_table: bool) -> None:
    found = parse_moment(value, now=NOW, in_table=in_table)
    assert found is None or (found.when.tzinfo is UTC and 1989 <= found.when.year <= 2100)
