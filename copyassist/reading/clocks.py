"""Times of day and zones as they stand behind a date: 下午3:20, 15时39分, 3:39:28 PM, GMT+8, CST."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Literal, NamedTuple

ClockPrecision = Literal["second", "minute", "hour", "day"]
Parts = Mapping[str, str | None]

_MORNING = ("上午", "凌晨", "早上", "早晨", "清晨")
_NOON = ("中午",)
_AFTERNOON = ("下午", "午后", "傍晚")
_EVENING = ("晚上", "晚间", "夜间", "夜里", "深夜")
_HALVES = "|".join((*_MORNING, *_NOON, *_AFTERNOON, *_EVENING))
_EARLIEST_EVENING = 5  # "晚上1点" is after midnight, of a day that cannot be told
_LATEST_NOON = 2  # "中午1:30" is 13:30

# What `parse_clock` and `parse_zone` read, by the names of the groups.
CLOCK = (
    rf"(?:[T\s,]*(?P<half>{_HALVES})?\s*(?P<hour>\d{{1,2}})\s*[:时点]\s*"
    r"(?:(?P<minute>\d{1,2})(?:\s*[:分]\s*(?P<second>\d{1,2})(?:[.,]\d{1,9})?)?\s*[秒分]?)?"
    r"\s*(?P<late>[ap]\.?m\.?|上午|下午)?)?"
)
_OFFSET = r"(?P<sign>[+-])(?P<zh>\d{1,2}):?(?P<zm>\d{2})?(?:\s+(?P<same>[A-Za-z]{3,4}))?"
ZONE = (
    rf"\s*(?:(?P<zname>[A-Za-z]{{1,4}})?\s*(?:{_OFFSET})?)"
    r"\s*(?:\([A-Za-z /_]{1,40}\)|\[[A-Za-z/_+-]{1,40}\])?"
)
# CST is China Standard Time here; the other American names keep their RFC 822 meaning.
_ZONES = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "cst": 8, "bjt": 8, "hkt": 8, "sgt": 8, "jst": 9, "kst": 9,
    "est": -5, "edt": -4, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
}  # fmt: skip
_FARTHEST_ZONE = 14  # hours from UTC that a zone may be


class Clock(NamedTuple):
    """A time of day; hour 24 is the end of the day, and nothing but 24:00:00 has it."""

    hour: int
    minute: int
    second: int
    precision: ClockPrecision


def parse_clock(parts: Parts) -> Clock | None:
    """The time that the groups of CLOCK hold, midnight where none is written.

    None for what no clock shows, and for what may be one of two.
    """
    if parts["hour"] is None:
        return Clock(0, 0, 0, "day")
    hour = _find_hour(int(parts["hour"]), parts["half"] or "", (parts["late"] or "").lower())
    minute, second = int(parts["minute"] or 0), int(parts["second"] or 0)
    second = 59 if second == 60 else second  # a leap second
    ends = hour == 24 and not minute and not second
    if hour is None or minute > 59 or second > 59 or (hour > 23 and not ends):
        return None
    precision: ClockPrecision = "hour" if parts["minute"] is None else "minute"
    return Clock(hour, minute, second, "second" if parts["second"] is not None else precision)


def _find_hour(hour: int, half: str, late: str) -> int | None:
    half = half or {"a": "上午", "p": "下午"}.get(late[:1], late)
    if half in _AFTERNOON:
        return hour + 12 if hour < 12 else hour
    if half in _EVENING:
        return hour if hour > 12 else hour + 12 if _EARLIEST_EVENING <= hour < 12 else None
    if half in _NOON:
        return hour + 12 if 1 <= hour <= _LATEST_NOON else hour if 10 <= hour <= 14 else None
    if half in _MORNING and hour == 12:
        return 0 if half in ("上午", "凌晨") else None
    return hour


def parse_zone(parts: Parts, default: tzinfo) -> tzinfo | None:
    """The zone that the groups of ZONE name; `default` where none is; None for an unknown one."""
    name, sign, same = (parts["zname"] or "").lower(), parts["sign"], parts["same"]
    if (name and name not in _ZONES) or (same and same.lower() not in _ZONES):
        return None
    if sign is None:
        return timezone(timedelta(hours=_ZONES[name])) if name else default
    if name and _ZONES[name] != 0:
        return None
    hours, minutes = int(parts["zh"] or 0), int(parts["zm"] or 0)
    if hours > _FARTHEST_ZONE or minutes > 59:
        return None
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(offset if sign == "+" else -offset)


def join(day: tuple[int, int, int], clock: Clock, zone: tzinfo) -> datetime | None:
    """The UTC moment of a year, month and day with a time; None for a day that never was."""
    try:
        start = datetime(*day, tzinfo=zone)
        shift = timedelta(hours=clock.hour, minutes=clock.minute, seconds=clock.second)
        return (start + shift).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
