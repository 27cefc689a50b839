"""Reads the dates of Chinese feeds. What cannot be read for certain is None, never a guess.

Written because feedparser 6.0.14 reads 2026年6月4日 as 1 November, an epoch number as the year 1780,
CST as US Central and zone-less Beijing time as UTC, all without a word.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

BEIJING = timezone(timedelta(hours=8))
"""China has had one zone and no summer time since 1992, so a fixed offset is exact."""

_EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)
_AHEAD = timedelta(days=366)  # entries dated for the future exist; centuries ahead are misreadings
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
# CST is China Standard Time here; the other American names keep their RFC 822 meaning.
_ZONES = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "cst": 8, "bjt": 8, "hkt": 8, "sgt": 8, "jst": 9, "kst": 9,
    "est": -5, "edt": -4, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
}  # fmt: skip
_CLOCK = (
    r"(?:[T\s,]*(?P<half>上午|下午|凌晨|早上|中午|晚上|晚间)?\s*"
    r"(?P<hour>\d{1,2})(?:[:时点](?P<minute>\d{1,2}))(?:[:分](?P<second>\d{1,2})(?:[.,]\d{1,9})?)?"
    r"[秒分]?\s*(?P<late>[ap]\.?m\.?)?)?"
)
_ZONE = (
    r"\s*(?P<zone>(?P<zname>[A-Za-z]{1,4})?\s*(?:(?P<sign>[+-])(?P<zh>\d{1,2}):?(?P<zm>\d{2})?)?)"
    r"\s*(?:\([A-Za-z ]{1,30}\))?"
)
_WEEKDAY = r"(?:(?:[A-Za-z]{3,9}|星期[一二三四五六日天]|周[一二三四五六日])[.,]?\s*)?"
_MONTH = r"(?P<name>[A-Za-z]{3,9}|十[一二]?月|[一二三四五六七八九]月)"


def _full(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"^{pattern}{_CLOCK}{_ZONE}$", re.IGNORECASE)


_NUMERIC = _full(r"(?P<year>\d{4})\s*(?P<sep>[-/.年])\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})[日号]?\s*"
                 + _WEEKDAY.replace("[A-Za-z]{3,9}|", ""))  # fmt: skip
_DAY_FIRST = _full(rf"{_WEEKDAY}(?P<day>\d{{1,2}})[\s-]+{_MONTH}[.,]?[\s-]+(?P<year>\d{{4}})")
_MONTH_FIRST = _full(
    rf"{_WEEKDAY}{_MONTH}\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})"
)
_C_TIME = re.compile(
    rf"^{_WEEKDAY}{_MONTH}\s+(?P<day>\d{{1,2}}){_CLOCK}{_ZONE}\s+(?P<year>\d{{4}})$", re.IGNORECASE
)
_NO_YEAR = _full(r"(?P<month>\d{1,2})\s*[-/月]\s*(?P<day>\d{1,2})日?\s*")
_DAY_WORD = _full(r"(?P<word>今天|今日|昨天|昨日|前天)\s*")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?)?(Z)?$")
_AGO = re.compile(r"^(?P<count>\d{1,4})\s*(?P<unit>秒|分钟|小时|天|周)(?:钟)?[前以之]*前$")
_AGO_UNITS = {"秒": "seconds", "分钟": "minutes", "小时": "hours", "天": "days", "周": "weeks"}
_DAYS_BACK = {"今天": 0, "今日": 0, "昨天": 1, "昨日": 1, "前天": 2}


def parse_date(value: object, now: datetime | None = None) -> datetime | None:
    """The aware UTC time of a feed's date, None where it is unknown.

    A date without a zone, and CST, are Beijing time. A date without a time is its first minute
    there. `now` (aware) is what "昨天 11:28", "3小时前" and "06-04 11:28" are counted from;
    without it they are unknown. Two-digit years and 06/04/2026 are ambiguous, so unknown. Years
    before 1995 or more than one ahead of `now` are misreadings, so unknown.
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _plausible(_from_epoch(float(value)), now)
    if not isinstance(value, str) or len(value) > 80:
        return None
    text = unicodedata.normalize("NFKC", value).strip()
    found = _read_digits(text) or _read_absolute(text) or _read_relative(text, now)
    return _plausible(found, now)


def _plausible(found: datetime | None, now: datetime | None) -> datetime | None:
    latest = (now or datetime.now(UTC)) + _AHEAD
    return found if found is not None and _EARLIEST <= found <= latest else None


def _from_epoch(number: float) -> datetime | None:
    if 1e8 <= number < 1e11:
        seconds = number
    elif 1e11 <= number < 1e14:
        seconds = number / 1000
    else:
        return None
    return datetime.fromtimestamp(seconds, UTC)


def _read_digits(text: str) -> datetime | None:
    if re.fullmatch(r"\d{9,10}(\.\d+)?|\d{12,13}", text):
        return _from_epoch(float(text))
    found = _COMPACT.match(text)
    if found is None:
        return None
    parts = [int(part or 0) for part in found.groups()[:6]]
    return _build(parts, UTC if found[7] else BEIJING)


def _read_absolute(text: str) -> datetime | None:
    for pattern in (_NUMERIC, _DAY_FIRST, _MONTH_FIRST, _C_TIME):
        found = pattern.match(text)
        if found is None:
            continue
        parts = found.groupdict()
        month = _MONTHS.get((parts.get("name") or "").lower()) or int(parts.get("month") or 0)
        return _with_clock(parts, int(parts["year"] or 0), month, int(parts["day"] or 0))
    return None


def _read_relative(text: str, now: datetime | None) -> datetime | None:
    if now is None:
        return None
    if text in ("刚刚", "刚才"):
        return now.astimezone(UTC)
    readers: tuple[Callable[[str, datetime], datetime | None], ...] = (
        _read_ago, _read_day_word, _read_without_year,
    )  # fmt: skip
    return next((found for read in readers if (found := read(text, now)) is not None), None)


def _read_ago(text: str, now: datetime) -> datetime | None:
    found = _AGO.match(text)
    if found is None:
        return None
    return (now - timedelta(**{_AGO_UNITS[found["unit"]]: int(found["count"])})).astimezone(UTC)


def _read_day_word(text: str, now: datetime) -> datetime | None:
    found = _DAY_WORD.match(text)
    if found is None:
        return None
    day = (now.astimezone(BEIJING) - timedelta(days=_DAYS_BACK[found["word"]])).date()
    return _with_clock(found.groupdict(), day.year, day.month, day.day)


def _read_without_year(text: str, now: datetime) -> datetime | None:
    """The newest such day that is not in the future (an hour of clock error is forgiven)."""
    found = _NO_YEAR.match(text)
    if found is None or found["hour"] is None:
        return None
    month, day, year = int(found["month"]), int(found["day"]), now.astimezone(BEIJING).year
    for candidate in (year, year - 1):
        when = _with_clock(found.groupdict(), candidate, month, day)
        if when is not None and when <= now + timedelta(hours=1):
            return when
    return None


def _with_clock(parts: dict[str, str | None], year: int, month: int, day: int) -> datetime | None:
    zone = _read_zone(parts)
    if zone is None:
        return None
    hour = _read_hour(int(parts["hour"] or 0), parts["half"] or "", (parts["late"] or "").lower())
    if hour is None:
        return None
    minute, second = int(parts["minute"] or 0), int(parts["second"] or 0)
    return _build(
        [year, month, day, hour, minute, min(second, 59) if second == 60 else second], zone
    )


def _read_hour(hour: int, half: str, late: str) -> int | None:
    afternoon = half in ("下午", "晚上", "晚间") or late.startswith("p")
    morning = half in ("上午", "凌晨", "早上") or late.startswith("a")
    if late and not 1 <= hour <= 12:
        return None
    if afternoon and hour < 12:
        return hour + 12
    return 0 if morning and hour == 12 and (late or half == "凌晨") else hour


def _read_zone(parts: dict[str, str | None]) -> timezone | None:
    """The zone that is named; Beijing where none is; None for a name that is not known."""
    name, sign = (parts["zname"] or "").lower(), parts["sign"]
    if name and name not in _ZONES:
        return None
    if sign is None:
        return timezone(timedelta(hours=_ZONES[name])) if name else BEIJING
    if name and _ZONES[name] != 0:
        return None
    hours, minutes = int(parts["zh"] or 0), int(parts["zm"] or 0)
    if hours > 14 or minutes > 59:
        return None
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(offset if sign == "+" else -offset)


def _build(parts: list[int], zone: timezone) -> datetime | None:
    try:
        return datetime(*parts, tzinfo=zone).astimezone(UTC)  # type: ignore[misc,arg-type]
    except (ValueError, OverflowError):
        return None
