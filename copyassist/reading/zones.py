"""The one zone that the platforms, their exports and most of their readers live in."""

from datetime import datetime, time, timedelta, timezone

CHINA_HOURS = 8
"""Hours that China is ahead of UTC, for arithmetic on plain numbers."""

CHINA = timezone(timedelta(hours=CHINA_HOURS))
"""China has had one zone and no summer time since 1992, so a fixed offset is exact.

A named zone would need a database that Windows does not have.
"""


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
