"""One hot list as it was seen: looks, thinned to one an hour.

The forecast was measured on hourly looks, so that is what it is given, however often a list is
polled.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from copyassist.types.news import HotItem

LABELS = {"新": 1.0, "热": 2.0, "沸": 3.0, "爆": 4.0}


class ListRow(NamedTuple):
    """One row of a look. `rank` is 1-based among ordinary rows, None on pinned rows and adverts."""

    title: str
    rank: int | None
    heat: float | None
    label: str = ""
    category: str = ""


class ListLook(NamedTuple):
    """A whole list at one moment, top row first; `hours` is the epoch time in hours."""

    hours: float
    rows: tuple[ListRow, ...]


def make_look(items: Sequence[HotItem]) -> ListLook:
    """The look that one poll of one list gave, in the list's own order.

    Raises ValueError without items: an empty list is no look.
    """
    if not items:
        raise ValueError("a look needs rows")
    rows = (
        ListRow(i.title, i.rank if i.ordinary else None, i.heat, i.label, i.category) for i in items
    )
    return ListLook(to_hours(items[0].seen_at), tuple(rows))


def to_hours(moment: datetime) -> float:
    """Epoch hours of an aware time."""
    return moment.timestamp() / 3600


def thin_looks(looks: Iterable[ListLook]) -> list[ListLook]:
    """One look for every hour before the last one: the nearest within half an hour.

    Looks may come in any order; they leave oldest first, the last one among them.
    """
    ordered = sorted(looks, key=lambda look: look.hours)
    if not ordered:
        return []
    last = ordered[-1].hours
    best: dict[int, ListLook] = {}
    for look in ordered:
        back = round(last - look.hours)
        old = best.get(back)
        if old is None or abs(last - back - look.hours) < abs(last - back - old.hours):
            best[back] = look
    return sorted(best.values(), key=lambda look: look.hours)
