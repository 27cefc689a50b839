"""What a source is: where to ask, how to read the answer, what is known of its shape."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

from copyassist.hiding import hide_secrets
from copyassist.types import Language
from copyassist.types.news import HotItem, Shape, SourceKind

NO_HEADERS: Mapping[str, str] = MappingProxyType({})
DEFAULT_INTERVAL = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What came back from a source: the decoded body and what a parser may need beside it.

    `url` is the address that answered, after redirects; `seen_at` is when it did; `cached` is how
    long the answer lay in a cache.
    """

    body: bytes
    url: str = ""
    content_type: str = ""
    seen_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    cached: timedelta = timedelta()


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One address that gives the list. `{now_ms}` in `body` becomes the time of asking.

    Exactly one of `parse` (a pure function of the bytes) and `parse_page` (a feed, which also
    needs its address, charset and the time for "3小时前") is set. `find_updated` reads what the answer
    says of when its list was made. `max_bytes` is a limit of its own, 0 for the usual one.
    """

    url: str
    parse: Callable[[bytes], list[HotItem]] | None = None
    parse_page: Callable[[Page], list[HotItem]] | None = None
    shape: Shape = "documented"
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=lambda: NO_HEADERS)
    body: str = ""
    find_updated: Callable[[Page], datetime | None] | None = None
    max_bytes: int = 0

    @property
    def place(self) -> str:
        """The address as it is kept and told, without logins and keys; one for each address."""
        hidden = hide_secrets(self.url)
        if hidden == self.url:
            return hidden
        mark = hashlib.blake2b(self.url.encode(), digest_size=8).hexdigest()
        return f"{hidden} {mark}"

    def read(self, page: Page) -> list[HotItem]:
        """The rows of the answer. Raises SourceFormatError for a shape it does not know."""
        if self.parse_page is not None:
            return self.parse_page(page)
        if self.parse is None:
            raise TypeError("a way needs a parser")
        return self.parse(page.body)

    def find_made(self, page: Page) -> datetime:
        """When the list was made, by what the answer says, or the caches before it by the hour."""
        cached = (page.seen_at - page.cached).replace(minute=0, second=0, microsecond=0)
        said = self.find_updated(page) if self.find_updated else None
        return min(said or page.seen_at, cached if page.cached else page.seen_at, page.seen_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A hot list or feed. `ways` are tried in order until one gives rows.

    `platform` is the id of the platform whose public it shows ("" for feeds of no platform), so
    that two lists of one platform count as one. `interval` is how often it is asked at most.
    `account` names the followed account whose feed this is, "" otherwise.
    """

    id: str
    name_zh: str
    name_en: str
    ways: tuple[Way, ...]
    platform: str = ""
    kind: SourceKind = "list"
    interval: timedelta = DEFAULT_INTERVAL
    account: str = ""
    from_user: bool = False

    @property
    def shape(self) -> Shape:
        """How well the first way's answer is known."""
        return self.ways[0].shape

    @property
    def on_by_default(self) -> bool:
        """Unseen shapes wait for the user to switch them on; what the user added is wanted."""
        return self.from_user or self.shape != "unseen"

    def name(self, language: Language) -> str:
        """The source's name in the user's language."""
        return self.name_zh if language == "zh" else self.name_en
