"""The nouns of the hot topics: one row of a list, one poll, one source's health.

Times are aware UTC datetimes. An unknown number is None, never 0. What a feed or a hot list says
is untrusted text: escape it wherever it is shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Literal

from copyassist.types.common import NO_PARAMS, Params

Shape = Literal["recorded", "documented", "unseen"]
"""recorded: a real answer of the site is among the test data; documented: only described;
unseen: guessed from other programs. Unseen sources are off until the user switches them on."""

SourceKind = Literal["list", "feed"]
"""list: the whole state of a ranking at one moment; feed: newest entries, in order of time."""

NOT_STAMPED = datetime.min.replace(tzinfo=UTC)
"""`seen_at` as a pure parser leaves it; the poll stamps its own time on every row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HotItem:
    """One sighting: one row of one list at one moment.

    `source` is the list's id (weibo, zhihu, baidu …). `rank` is 1-based among the ordinary rows:
    None for pinned rows, adverts, and lists without an order. `heat` is the platform's own number
    in single units (1.2亿 is 120,000,000), None where it gives none; scales differ between
    platforms by orders of magnitude and are never added. `heat_text` is what the platform wrote.
    `label` is its mark (新, 热, 爆 …). `external_id` is its key for the row, "" where it has none.
    """

    source: str
    title: str
    url: str = ""
    rank: int | None = None
    heat: float | None = None
    heat_text: str = ""
    label: str = ""
    pinned: bool = False
    advert: bool = False
    description: str = ""
    category: str = ""
    seen_at: datetime = NOT_STAMPED
    published_at: datetime | None = None
    external_id: str = ""

    @property
    def ordinary(self) -> bool:
        """Whether the row earned its place: neither placed by the platform nor paid for."""
        return not (self.pinned or self.advert)


class PollOutcome(StrEnum):
    """What one look at a source gave. Only GOOD, SAME and ARCHIVE polls carry sightings."""

    GOOD = "good"
    SAME = "same"  # 304, or the very same bytes: the last good list was seen again
    ARCHIVE = "archive"  # imported history
    EMPTY = "empty"  # a valid answer without rows: the last good list stands
    OLD = "old"  # a list that says itself that it is no longer of now: kept as history
    SHORT = "short"  # much shorter than usual: the last good list stands
    FORMAT = "format"  # the answer changed its shape
    HTTP = "http"  # an HTTP status that is not an answer
    NETWORK = "network"  # no answer: connection, time limit, size limit
    BLOCKED = "blocked"  # the address lies in a private network that the user has not allowed

    @property
    def is_good(self) -> bool:
        """Whether the poll saw a list that may be shown and counted."""
        return self in (PollOutcome.GOOD, PollOutcome.SAME, PollOutcome.ARCHIVE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """One look at one source. `rows` is the number of rows in the answer, stored or not.

    `error` is a sentence code ("" for a good poll) with `params`; `way` is the index of the
    address that answered, among those the source has. `id` is the store's key.
    """

    source: str
    seen_at: datetime
    outcome: PollOutcome
    rows: int = 0
    way: int = 0
    error: str = ""
    params: Params = field(default_factory=lambda: NO_PARAMS)
    id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WayState:
    """What one address of a source said last: validators to send back, and when to ask again.

    `digest` is of the last good body, so that the very same answer is known as such.
    """

    etag: str = ""
    last_modified: str = ""
    digest: str = ""
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """What is kept of a source between polls. `ways` is keyed by address.

    `usual_rows` is how long the list usually is: what "much shorter" is measured against. `way`
    is the index of the address that gave the last good list.
    """

    source: str
    last_try: datetime | None = None
    last_good: datetime | None = None
    good_rows: int = 0
    usual_rows: int = 0
    failures: int = 0
    error: str = ""
    params: Params = field(default_factory=lambda: NO_PARAMS)
    next_try: datetime | None = None
    way: int = 0
    ways: Mapping[str, WayState] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceHealth:
    """What is known of a source at one moment: the health line.

    `last_good` is when a good list was last seen and `good_rows` how many rows it had; `failures`
    counts the tries that failed since. `error` is the newest try's sentence code, "" when it was
    good. `next_try` is when the source may be asked again, None before the first try.
    """

    source: str
    shape: Shape
    enabled: bool
    interval: timedelta
    last_try: datetime | None = None
    last_good: datetime | None = None
    good_rows: int = 0
    failures: int = 0
    error: str = ""
    params: Params = field(default_factory=lambda: NO_PARAMS)
    next_try: datetime | None = None

    def is_stale(self, now: datetime) -> bool:
        """Whether the last good list is older than three intervals, and at least an hour."""
        if self.last_good is None:
            return True
        return now - self.last_good > max(3 * self.interval, timedelta(hours=1))
