"""Sightings made by hand."""

from datetime import UTC, datetime, timedelta
from typing import Any

from copyassist.types.news import HotItem

START = datetime(2026, 6, 4, tzinfo=UTC)


def sighting(title: str, source: str = "weibo", hours: float = 0, **rest: Any) -> HotItem:
    """A row as a list would give it, `hours` after START."""
    return HotItem(source=source, title=title, seen_at=START + timedelta(hours=hours), **rest)
