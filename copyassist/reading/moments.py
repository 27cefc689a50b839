"""Moments as feeds, back ends and people write them. What cannot be read for certain is unknown.

Written because feedparser 6.0.14 reads 2026年6月4日 as 1 November, an epoch number as the year 1780,
CST as US Central and zone-less Beijing time as UTC, all without a word.
"""

import math
import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Literal

from copyassist.reading.clocks import CLOCK, ZONE, Parts, join, parse_clock, parse_zone
from copyassist.reading.zones import CHINA

Precision = Literal["second", "minute", "hour", "day", "month", "year"]
Origin = Literal["written", "year_assumed", "relative"]

YEARS = range(1990, 2101)
_LONGEST = 80  # characters
_EXCEL_EPOCH = datetime(1899, 12, 30)
_EXCEL_DAYS = (20_000, 80_000)  # 1954 .. 2119 as Excel counts days
_UNIX_SECONDS = (10**8, 10**11)
_SURELY_UNIX = 10**9  # seconds: 2001; in a table anything smaller is some other number
_SLACK = timedelta(hours=1)  # by which other clocks may be ahead
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january 一月", "feb february 二月", "mar march 三月", "apr april 四月",
            "may 五月", "jun june 六月", "jul july 七月", "aug august 八月",
            "sep sept september 九月", "oct october 十月", "nov november 十一月",
            "dec december 十二月",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_DAY_NAMES = {name: number for number, name in enumerate("一二三四五六日")} | {"天": 6}
_CHINESE_DAY = r"(?:(?:星期|周|礼拜)[一二三四五六日天])"
_WEEKDAY = rf"(?:(?:[A-Za-z]{{3,9}}|{_CHINESE_DAY})[.,]?\s*)?"
_MONTH = r"(?P<name>[A-Za-z]{3,9}|十[一二]?月|[一二三四五六七八九]月)"
_YEAR = r"(?P<year>\d{4}|\d{2})"  # two digits only before a time: 4 Jun 26 may be two days


def _full(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"^{pattern}{CLOCK}{ZONE}$", re.IGNORECASE)


_ABSOLUTE = (
    _full(
        r"(?P<year>\d{4})\s*[-/.年_]\s*(?P<month>\d{1,2})\s*[-/.月_]\s*(?P<day>\d{1,2})(?!\d)\s*[日号]?\s*"
        rf"(?:{_CHINESE_DAY}\s*|\({_CHINESE_DAY}\)\s*)?"
    ),
    _full(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"),
    _full(rf"{_WEEKDAY}(?P<day>\d{{1,2}})[\s-]+{_MONTH}[.,]?[\s-]+{_YEAR}"),
    _full(rf"{_WEEKDAY}{_MONTH}\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})"),
    re.compile(
        rf"^{_WEEKDAY}{_MONTH}\s+(?P<day>\d{{1,2}}){CLOCK}{ZONE}\s+(?P<year>\d{{4}})$", re.I
    ),
)
_NO_YEAR = _full(r"(?P<month>\d{1,2})\s*(?P<mark>[-/月])\s*(?P<day>\d{1,2})\s*[日号]?\s*")
_DAY_WORD = _full(r"(?P<word>今天|今日|昨天|昨日|前天|前日|yesterday|today)\s*")
_DAY_NAME = _full(r"(?:星期|周|礼拜)(?P<weekday>[一二三四五六日天])\s*")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?)?(Z)?$", re.IGNORECASE)
_AGO = re.compile(
    r"^(?P<count>\d{1,4}|半|[一两二三四五六七八九十])\s*个?\s*"
    r"(?P<unit>秒|分|小时|钟头|天|日|周|星期|礼拜|月|年)钟?\s*[以之]?前$"
)
_AGO_ENGLISH = re.compile(
    r"^(?P<count>\d{1,4}|an?)\s+(?P<unit>second|minute|hour|day|week|month|year)s?\s+ago$",
    re.IGNORECASE,
)
_COUNTS = {"半": 0.5, "两": 2, "a": 1, "an": 1} | {
    digit: number for number, digit in enumerate("一二三四五六七八九十", start=1)
}
_SECOND, _MINUTE, _HOUR, _DAY, _WEEK = (timedelta(seconds=n) for n in (1, 60, 3600, 86400, 604800))
_LENGTHS: dict[str, tuple[timedelta, Precision]] = {
    **dict.fromkeys(("秒", "second"), (_SECOND, "second")),
    **dict.fromkeys(("分", "minute"), (_MINUTE, "minute")),
    **dict.fromkeys(("小时", "钟头", "hour"), (_HOUR, "hour")),
    **dict.fromkeys(("天", "日", "day"), (_DAY, "day")),
    **dict.fromkeys(("周", "星期", "礼拜", "week"), (_WEEK, "day")),
}
_IN_MONTHS: dict[str, tuple[int, Precision]] = {
    "月": (1, "month"), "month": (1, "month"), "年": (12, "year"), "year": (12, "year"),
}  # fmt: skip
_DAYS_BACK = {
    **dict.fromkeys(("今天", "今日", "today"), 0),
    **dict.fromkeys(("昨天", "昨日", "yesterday"), 1),
    **dict.fromkeys(("前天", "前日"), 2),
}
_JUST_NOW = ("刚刚", "刚才", "just now")
_LEAD = re.compile(r"^(?:发布|发表|更新|编辑|修改|创建|回答)(?:于|时间)?\s*:?\s*")
_FREE_DAYS = (
    re.compile(r"(?<!\d)(20\d{2})(\d{2})(\d{2})(?:\d{6})?(?!\d)"),
    re.compile(r"(?<!\d)(20\d{2})[-_./年](\d{1,2})[-_./月](\d{1,2})(?!\d)"),
)


@dataclass(frozen=True, slots=True)
class Moment:
    """An aware UTC time and how much of it was said.

    `precision` "day" is a date without a time: `when` is its first minute in the zone it was read
    for, and no hour may be concluded from it. `origin` tells what was written in full from what
    was counted from `now`: a year left out, or "3小时前".
    """

    when: datetime
    precision: Precision = "second"
    origin: Origin = "written"


def parse_moment(
    value: object, *, now: datetime | None = None, zone: tzinfo = CHINA, in_table: bool = False
) -> Moment | None:
    """The moment that a text, number, date or datetime names; None where it is not certain.

    A text without a zone is of `zone`; CST is China's. `now` (aware) is what "昨天 11:28", "3小时前",
    "周五 10:30" and "06-04 11:28" are counted from; without it they are unknown. `in_table` also
    reads the days that Excel counts, and takes no number below a billion for seconds.

    Unknown are 06/04/2026 and 4 Jun 26 (ambiguous), days that never were (2026-02-30), times that
    no clock shows, and years outside 1990–2100. Nothing is shifted but 24:00, the end of its day.
    """
    found = _read(value, now, zone, in_table)
    return found if found is not None and _is_of_our_time(found.when, zone) else None


def _is_of_our_time(when: datetime, zone: tzinfo) -> bool:
    return 1 < when.year < 9999 and when.astimezone(zone).year in YEARS


def find_days(text: str, zone: tzinfo = CHINA) -> Iterator[datetime]:
    """The days of this century that a text names in digits, each as its first minute in `zone`."""
    for pattern in _FREE_DAYS:
        for found in pattern.finditer(text):
            year, month, day = map(int, found.groups())
            try:
                yield datetime(year, month, day, tzinfo=zone)
            except ValueError:  # 20269901 in a file's name is a number
                continue


def _read(value: object, now: datetime | None, zone: tzinfo, in_table: bool) -> Moment | None:
    match value:
        case bool():
            return None
        case datetime():
            aware = value if value.tzinfo else value.replace(tzinfo=zone)
            return _checked(aware)
        case date():
            return _checked(datetime(value.year, value.month, value.day, tzinfo=zone), "day")
        case int() | float():
            return _read_number(value, zone, in_table)
        case str() if len(value) <= _LONGEST:
            return _read_text(value, now, zone, in_table)
    return None


def _checked(moment: datetime, precision: Precision = "second") -> Moment | None:
    try:
        return Moment(moment.astimezone(UTC), precision)
    except (ValueError, OverflowError):
        return None


def _read_text(value: str, now: datetime | None, zone: tzinfo, in_table: bool) -> Moment | None:
    text = _LEAD.sub("", unicodedata.normalize("NFKC", value).strip(), count=1)
    if found := _read_compact(text, zone):
        return found
    if re.fullmatch(r"\d{1,20}(\.\d+)?", text):
        return _read_number(float(text), zone, in_table)
    return _read_absolute(text, zone) or (_read_relative(text, now, zone) if now else None)


# --- digits ----------------------------------------------------------------------------------------


def _read_number(number: float, zone: tzinfo, in_table: bool) -> Moment | None:
    if not -1e15 < number < 1e15:  # an int may be too large for what follows; NaN is neither
        return None
    if in_table and _EXCEL_DAYS[0] <= number <= _EXCEL_DAYS[1]:
        # Excel keeps a time as a fraction of a day: to the second, against its rounding.
        moment = _EXCEL_EPOCH + timedelta(seconds=round(number * 86_400))
        return _checked(moment.replace(tzinfo=zone), "day" if number == int(number) else "second")
    if number == int(number) and len(str(int(number))) == 8:
        return _read_compact(str(int(number)), zone)
    least = _SURELY_UNIX if in_table else _UNIX_SECONDS[0]
    for unit in (1, 1000):
        if least <= number / unit < _UNIX_SECONDS[1]:
            return Moment(datetime.fromtimestamp(math.floor(number) // unit, UTC))
    return None


def _read_compact(text: str, zone: tzinfo) -> Moment | None:
    found = _COMPACT.match(text)
    if found is None or not text.startswith(("19", "20", "21")):
        return None
    names = ("year", "month", "day", "hour", "minute", "second")
    parts = {**dict(zip(names, found.groups(), strict=False)), "half": None, "late": None}
    return _join(parts, _day_of(parts), UTC if found[7] else zone)


# --- texts -----------------------------------------------------------------------------------------


def _read_absolute(text: str, zone: tzinfo) -> Moment | None:
    found = next((found for form in _ABSOLUTE if (found := form.match(text))), None)
    if found is None:
        return None
    parts = found.groupdict()
    if len(parts["year"] or "") == 2 and parts["hour"] is None:
        return None
    named = parse_zone(parts, zone)
    return _join(parts, _day_of(parts), named) if named else None


def _day_of(parts: Parts) -> tuple[int, int, int]:
    year = int(parts["year"] or 0)
    if len(parts["year"] or "") == 2:
        year += 2000 if year < 70 else 1900  # as RFC 2822 readers do
    name = (parts.get("name") or "").lower()
    return year, _MONTHS.get(name) or int(parts.get("month") or 0), int(parts["day"] or 0)


def _join(
    parts: Parts, day: tuple[int, int, int], zone: tzinfo, origin: Origin = "written"
) -> Moment | None:
    clock = parse_clock(parts)
    when = join(day, clock, zone) if clock else None
    return Moment(when, clock.precision, origin) if when and clock else None


def _read_relative(text: str, now: datetime, zone: tzinfo) -> Moment | None:
    if text.lower() in _JUST_NOW:
        return Moment(now.astimezone(UTC), "minute", "relative")
    for read in (_read_ago, _read_day_word, _read_day_name, _read_without_year):
        if found := read(text, now, zone):
            return found
    return None


def _read_ago(text: str, now: datetime, zone: tzinfo) -> Moment | None:
    found = _AGO.match(text) or _AGO_ENGLISH.match(text)
    if found is None:
        return None
    unit, said = found["unit"].lower(), found["count"].lower()
    count = _COUNTS[said] if said in _COUNTS else int(said)
    if unit in _LENGTHS:
        length, precision = _LENGTHS[unit]
        return Moment((now - count * length).astimezone(UTC), precision, "relative")
    months, precision = _IN_MONTHS[unit]
    local = now.astimezone(zone)
    number = local.year * 12 + local.month - 1 - int(count * months)
    year, month = divmod(number, 12)
    if year not in YEARS or count * months < 1:
        return None
    day = min(local.day, monthrange(year, month + 1)[1])
    when = local.replace(year=year, month=month + 1, day=day)
    return Moment(when.astimezone(UTC), precision, "relative")


def _read_day_word(text: str, now: datetime, zone: tzinfo) -> Moment | None:
    found = _DAY_WORD.match(text)
    if found is None:
        return None
    return _join_back(found.groupdict(), now, zone, _DAYS_BACK[found["word"].lower()])


def _read_day_name(text: str, now: datetime, zone: tzinfo) -> Moment | None:
    """The newest such day of the week that is not in the future."""
    found = _DAY_NAME.match(text)
    if found is None:
        return None
    back = (now.astimezone(zone).weekday() - _DAY_NAMES[found["weekday"]]) % 7
    here = _join_back(found.groupdict(), now, zone, back)
    if here is None or here.when <= now + _SLACK:
        return here
    return _join_back(found.groupdict(), now, zone, back + 7)


def _join_back(parts: Parts, now: datetime, zone: tzinfo, days: int) -> Moment | None:
    named = parse_zone(parts, zone)
    if named is None:
        return None
    day = (now.astimezone(named) - timedelta(days=days)).date()
    return _join(parts, (day.year, day.month, day.day), named, "relative")


def _read_without_year(text: str, now: datetime, zone: tzinfo) -> Moment | None:
    """The newest such day that is not in the future (an hour of clock error is forgiven)."""
    found = _NO_YEAR.match(text)
    if found is None or (found["hour"] is None and found["mark"] != "月"):
        return None  # 06-04 alone may be anything
    parts, named = found.groupdict(), parse_zone(found.groupdict(), zone)
    if named is None:
        return None
    month, day, year = int(found["month"]), int(found["day"]), now.astimezone(named).year
    for candidate in (year, year - 1):
        moment = _join(parts, (candidate, month, day), named, "year_assumed")
        if moment is not None and moment.when <= now + _SLACK:
            return moment
    return None
