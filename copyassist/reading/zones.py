"""The one zone that the platforms, their exports and most of their readers live in."""

from datetime import timedelta, timezone

CHINA_HOURS = 8
"""Hours that China is ahead of UTC, for arithmetic on plain numbers."""

CHINA = timezone(timedelta(hours=CHINA_HOURS))
"""China has had one zone and no summer time since 1992, so a fixed offset is exact.

A named zone would need a database that Windows does not have.
"""
