"""What a topic means to one writer: forecast, closeness, earlier posts, subscriptions."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from copyassist.errors import InputError
from copyassist.home import CACHE, SUBSCRIPTIONS, keep_file
from copyassist.news.board.chances import Chances, Rows, find_chances
from copyassist.news.board.views import Closeness, Resembled, TopicView, Written
from copyassist.news.sources.source import Source
from copyassist.news.topics.merge import Engine
from copyassist.news.topics.relevance import COVERED_WITHIN, Profile, Relevance
from copyassist.news.topics.subscriptions import (
    Subscriptions,
    load_subscriptions,
    load_text,
    parse_subscriptions,
)
from copyassist.store import Store
from copyassist.types import Account, Post, RatedPost

DAY = timedelta(days=1)
Titles = tuple[str, ...]


@dataclass(slots=True)
class _Reader:
    """One account's profile, and what was measured with it: titles do not change under it."""

    profile: Profile | None
    measured: dict[Titles, Relevance] = field(default_factory=dict)

    def measure(self, titles: Titles, moment: datetime) -> Relevance | None:
        if self.profile is None:
            return None
        if titles not in self.measured:
            self.measured[titles] = self.profile.measure(titles, moment)
        return self.measured[titles]


@dataclass(slots=True)
class _Groups:
    """The subscriptions as the file says, and the groups of titles already looked at."""

    subscriptions: Subscriptions
    found: dict[Titles, tuple[str, ...]] = field(default_factory=dict)

    def find(self, titles: Titles) -> tuple[str, ...]:
        if titles not in self.found:
            self.found[titles] = tuple(self.subscriptions.find_groups(titles))
        return self.found[titles]


@dataclass(frozen=True, slots=True)
class Judgement:
    """The judge of one account at one moment."""

    account: Account | None
    now: datetime
    moment: datetime
    reader: _Reader
    groups: _Groups
    chances: Rows
    sources: Mapping[str, Source]

    @property
    def limits(self) -> dict[str, int | None]:
        """The subscriptions' names, each with how many topics it wants at most."""
        return {group.name: group.limit for group in self.groups.subscriptions.groups}

    def judge(self, view: TopicView) -> TopicView:
        """The view with everything that depends on the writer and on the clock."""
        chances, reason = find_chances(view, self.chances, self.now)
        found = self.reader.measure(view.titles, self.moment)
        own = self._list_written(found) if found is not None else []
        return replace(
            view,
            chances=chances,
            no_chance=reason,
            closeness=_make_closeness(found),
            written=(*own, *self._list_feeds(view)),
            groups=self.groups.find(view.titles),
        )

    def _list_written(self, found: Relevance) -> list[Written]:
        name = self.account.name if self.account else ""
        mine = [_make_written(one.post, name, own=True) for one in found.written]
        others = [
            _make_written(one.post, one.account.name if one.account else "", own=False)
            for one in found.covered
        ]
        return mine + others

    def _list_feeds(self, view: TopicView) -> Iterable[Written]:
        """A followed account's feed that carries the topic has covered it."""
        for place in view.places:
            source = self.sources.get(place.source)
            if source is not None and source.account:
                yield Written(
                    account=source.account,
                    title=place.item.title,
                    url=place.item.url,
                    published_at=place.item.published_at,
                    own=False,
                )


class Judge:
    """Keeps what judging needs: profiles by the version of the posts, subscriptions by their file."""

    def __init__(
        self,
        home: Path,
        store: Store,
        engine: Callable[[], Engine],
        rated_posts: Callable[[Account], Sequence[RatedPost]],
    ) -> None:
        self._file = SUBSCRIPTIONS.place(home)
        self._store = store
        self._engine = engine
        self._rated_posts = rated_posts
        self._chances = Chances(store.hot, CACHE.place(home) / "forecasts.json")
        self._readers: dict[tuple[object, ...], _Reader] = {}
        self._groups: tuple[object, _Groups] | None = None

    def prepare(
        self,
        account: Account | None,
        now: datetime,
        moment: datetime,
        sources: Mapping[str, Source],
        board: Sequence[str] = (),
    ) -> Judgement:
        """The judge for an account; forecasts are made for `now` alone.

        `board` are the titles of now, which tell how close "close" is.

        Raises InputError for a subscription file that makes no sense, ModelError.
        """
        reader = self._find_reader(account, moment, board)
        return Judgement(
            account, now, moment, reader, self._load_groups(), self._chances.find(now), sources
        )

    def _find_reader(
        self, account: Account | None, moment: datetime, board: Sequence[str]
    ) -> _Reader:
        if account is None:
            return _Reader(None)
        version = self._store.version()
        key = (account, version, moment.date())
        if key not in self._readers:
            self._readers = {k: r for k, r in self._readers.items() if k[1] == version}
            self._readers[key] = _Reader(self._make_profile(account, moment, board))
        return self._readers[key]

    def _make_profile(self, account: Account, moment: datetime, board: Sequence[str]) -> Profile:
        followed = {
            other: recent
            for other in self._store.accounts()
            if other.relation == "followed" and other != account
            if (
                recent := [post for post in self._store.posts(other.id) if _is_recent(post, moment)]
            )
        }
        return Profile(self._engine(), self._rated_posts(account), followed, board)

    # --- subscriptions -------------------------------------------------------------------------

    @property
    def text(self) -> str:
        """The subscriptions as they are written, "" without any. Raises InputError."""
        return load_text(self._file) if self._file.exists() else ""

    def save(self, text: str) -> None:
        """Keeps subscriptions, whole or not at all.

        Raises InputError where they make no sense, StoreError where the disk refuses.
        """
        parse_subscriptions(text)
        keep_file(self._file, text.encode())

    def group_names(self) -> tuple[str, ...]:
        """The subscriptions by name."""
        return tuple(group.name for group in self._load_groups().subscriptions.groups)

    def faults(self) -> tuple[InputError, ...]:
        """What is wrong in lines of the file, which are left out."""
        return self._load_groups().subscriptions.faults

    def _load_groups(self) -> _Groups:
        """The file as it is now: the user may edit it beside the program."""
        try:
            stat = self._file.stat()
        except OSError:
            return _Groups(Subscriptions())
        stamp = (stat.st_mtime_ns, stat.st_size)
        if self._groups is None or self._groups[0] != stamp:
            self._groups = stamp, _Groups(load_subscriptions(self._file))
        return self._groups[1]


def _is_recent(post: Post, moment: datetime) -> bool:
    """A day more than counts as covered: the profile serves for a day."""
    return post.published_at is None or abs(moment - post.published_at) <= COVERED_WITHIN + DAY


def _make_closeness(found: Relevance | None) -> Closeness | None:
    if found is None or found.closeness is None:
        return None
    nearest = tuple(
        Resembled(title=one.post.title, url=one.post.url, ratio=one.ratio) for one in found.nearest
    )
    return Closeness(kind=found.level, value=found.closeness, words=found.words, nearest=nearest)


def _make_written(post: Post, account: str, *, own: bool) -> Written:
    return Written(
        account=account, title=post.title, url=post.url, published_at=post.published_at, own=own
    )
