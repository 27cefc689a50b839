"""Zones: China's, where the platforms, their exports and most of their readers live, and others."""

from datetime import UTC, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache

CHINA_HOURS = 8
"""Hours that China is ahead of UTC, for arithmetic on plain numbers."""

CHINA = timezone(timedelta(hours=CHINA_HOURS))
"""China has had one zone and no summer time since 1992, so a fixed offset is exact.

A named zone would need a database that Windows does not have.
"""

CHINA_NAME = "Asia/Shanghai"
_LONGEST_NAME = 60


@lru_cache(maxsize=16)
def find_zone(name: str) -> tzinfo | None:
    """The zone of an IANA name such as Europe/Berlin, None for one that is not known here."""
    if name in (CHINA_NAME, "UTC"):
        return CHINA if name == CHINA_NAME else UTC
    if len(name) > _LONGEST_NAME:
        return None
    from zoneinfo import ZoneInfo  # most need none

    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):  # ZoneInfoNotFoundError is a LookupError
        return None


def show_moment(moment: datetime, zone: tzinfo = CHINA) -> str:
    """Day and time in a zone, which is named by its hours from UTC: 2026-06-04 09:30 UTC+8."""
    local = moment.astimezone(zone)
    minutes = round((local.utcoffset() or timedelta()) / timedelta(minutes=1))
    hours, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else "+"
    offset = f"{sign}{hours}{f':{rest:02}' if rest else ''}" if minutes else ""
    return f"{local:%Y-%m-%d %H:%M} UTC{offset}"


def find_hour(moment: datetime | None) -> int | None:
    """The hour of the day in Beijing, 0..23; None where it is not known.

    Many exports state the day alone, and a day is kept as its midnight there: exactly 00:00:00 means
    "some time that day". A post of the very stroke of midnight goes without an hour too, which
    costs one post in tens of thousands; taken for an hour, a table of days would say that midnight
    is when to post.
    """
    if moment is None:
        return None
    there = moment.astimezone(CHINA)
    return None if there.time() == time.min else there.hour
