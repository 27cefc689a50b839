"""Whole seconds since 1970 UTC, the form in which the store keeps times."""

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def to_seconds(moment: datetime) -> int:
    """Seconds since 1970 UTC of an aware time, rounded down."""
    return (moment - _EPOCH) // timedelta(seconds=1)


def from_seconds(seconds: int) -> datetime:
    """The aware UTC time. Not `fromtimestamp`: that refuses times before 1970 on Windows."""
    return _EPOCH + timedelta(seconds=seconds)


SKEW = 3600  # seconds by which two clocks of one user may differ


def latest() -> int:
    """Seconds since 1970 UTC after which nothing can have been: it was kept under a wrong clock."""
    return now() + SKEW


def now() -> int:
    """The present in seconds since 1970 UTC."""
    return to_seconds(datetime.now(UTC))
