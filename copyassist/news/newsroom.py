"""The facade's part for news: sources, collecting, history, topics. Each verb a few lines."""

import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from copyassist.ground import Ground
from copyassist.hiding import has_secrets, strip_secrets
from copyassist.home import changing, load_file
from copyassist.news.sources.aggregators import Service, Wishes, make_table, rename
from copyassist.news.sources.own import OwnSources, load_own, save_own
from copyassist.news.sources.source import Source
from copyassist.store.hot import HotStore
from copyassist.types import Platform
from copyassist.types.news import Poll, SourceHealth

if TYPE_CHECKING:  # loaded by the verbs that collect or show
    from copyassist.news.board.board import HotTopics, RatedPosts
    from copyassist.news.brought import HistoryReceipt, OnTrouble
    from copyassist.news.collecting import Collection, CollectOptions, OnProgress

NO_WISHES = Wishes()


class Newsroom:
    """What is seen on hot lists and feeds, how it is collected, and the topics that it makes.

    `rated_posts` gives an account's own posts with how they did.
    """

    def __init__(self, ground: Ground, rated_posts: "RatedPosts") -> None:
        self._ground = ground
        self._rated_posts = rated_posts
        self._lock = threading.Lock()
        self._topics: tuple[int, Mapping[str, Platform], HotTopics] | None = None

    @property
    def home(self) -> Path:
        """The folder that holds sources.toml."""
        return self._ground.home

    @property
    def store(self) -> HotStore:
        """What was seen. Raises StoreError where the database cannot be used."""
        return self._ground.store.hot

    @property
    def topics(self) -> "HotTopics":
        """What the lists mean: topics with trend and forecast, subscriptions, splits and joins.

        What it has in memory is made anew once a backup was restored, by whatever program, and
        when the platforms' rules were read again.
        """
        from copyassist.news.board.board import HotTopics  # collecting needs none of it

        store, profiles = self._ground.store, self._ground.platforms
        restored = store.restored()
        with self._lock:
            if (
                self._topics is None
                or self._topics[0] < restored
                or self._topics[1] is not profiles
            ):
                made = HotTopics(
                    self.home,
                    store,
                    profiles,
                    self._rated_posts,
                    lambda: self._ground.settings.zone,
                )
                self._topics = restored, profiles, made
            return self._topics[2]

    @property
    def own(self) -> OwnSources:
        """The user's sources and choices, as the file says now. Raises SettingsError."""
        return load_own(self.home)

    def sources(self) -> list[Source]:
        """Every source there is, in order."""
        return list(self.own.sources().values())

    def health(self) -> list[SourceHealth]:
        """One line per source: shape, last good, error, next try."""
        from copyassist.news.collecting import find_health

        return find_health(self.store, self.own)

    # --- choices -------------------------------------------------------------------------------

    def switch(self, names: Sequence[str], on: bool) -> None:
        """Switches sources on or off. Raises UsageError source_unknown: nothing is then changed."""
        with changing(self.home):
            own = self.own
            for name in names:
                own = own.switch(name, on)
            save_own(own)

    def allow(self, hosts: Sequence[str], allowed: bool = True) -> None:
        """Lets hosts or networks be asked although they are private, or no longer so."""
        with changing(self.home):
            own = self.own
            for host in hosts:
                own = own.allow(host, allowed)
            save_own(own)

    def accept(self, name: str) -> None:
        """Takes the source's list as it is now, however short. Raises UsageError."""
        self.store.set_usual_rows(self.own.find(name).id, 0)

    def add(
        self, service: Service, address: str, lists: Sequence[str] = (), wishes: Wishes = NO_WISHES
    ) -> list[Source]:
        """Adds sources at an address. Returns what was added.

        Raises UsageError source_bad_address, source_needs_list; SettingsError.
        """
        tables = []
        for what in lists or ("",):
            table = make_table(service, address, what)
            table = rename(table, name=wishes.name, account=wishes.account)
            if wishes.minutes:
                table["minutes"] = wishes.minutes
            if wishes.megabytes:
                table["max_mb"] = wishes.megabytes
            tables.append(table)
        with changing(self.home):
            return _add(self.own, tables)

    def remove(self, names: Sequence[str]) -> None:
        """Takes the user's own sources away; what was seen on them stays. Raises UsageError."""
        with changing(self.home):
            own = self.own
            for name in names:
                own = own.remove(name)
            save_own(own)

    def import_opml(self, path: Path) -> list[Source]:
        """Adds the feeds of an OPML file that are not there yet. Raises InputError."""
        from copyassist.news.sources.opml import parse_opml

        outlines = parse_opml(load_file(path), str(path))
        with changing(self.home):
            own = self.own
            known = {way.url for source in own.sources().values() for way in source.ways}
            known |= {strip_secrets(url) for url in known}  # as we export them
            new = [outline for outline in outlines if outline.url not in known]
            return _add(own, [rename(make_table("feed", o.url), name=o.title) for o in new])

    def export_opml(self, title: str) -> tuple[bytes, list[Source]]:
        """The feeds among the sources that are on, as an OPML file, which others may see.

        Logins and keys stay here: the sources whose addresses lack theirs in the file come with it.
        """
        from copyassist.news.sources.opml import dump_opml, find_feed

        own = self.own
        chosen = [source for source in self.sources() if own.is_on(source)]
        return dump_opml(chosen, title), [one for one in chosen if has_secrets(find_feed(one))]

    # --- collecting ----------------------------------------------------------------------------

    def collect(
        self,
        names: Sequence[str] = (),
        options: "CollectOptions | None" = None,
        *,
        on_progress: "OnProgress | None" = None,
    ) -> "Collection":
        """Asks the named sources, or all that are on, once. Raises UsageError, StoreError."""
        from copyassist.news.collecting import choose_sources, collect

        own = self.own
        sources = choose_sources(own, names)
        return collect(self.store, own, sources, options, on_progress=on_progress)

    def paste(self, platform: str, text: str) -> Poll:
        """Stores a list that was copied from an app. Raises UsageError list_empty."""
        from copyassist.news.brought import save_pasted

        return save_pasted(self.store, platform, text, datetime.now(UTC))

    def import_list(self, platform: str, path: Path) -> Poll:
        """Stores a CSV list, or a copied one in a text file. Raises InputError, UsageError."""
        from copyassist.news.brought import save_csv_list, save_pasted
        from copyassist.reading.encodings import decode_file

        data, now = load_file(path), datetime.now(UTC)
        if path.suffix.lower() in (".csv", ".tsv"):
            return save_csv_list(self.store, platform, data, now, file=str(path))
        return save_pasted(self.store, platform, decode_file(data, str(path)).text, now)

    def import_history(
        self,
        paths: Sequence[Path],
        source: str = "",
        *,
        on_file: "Callable[[HistoryReceipt], None] | None" = None,
        on_trouble: "OnTrouble | None" = None,
    ) -> "list[HistoryReceipt]":
        """Loads archives of hot lists.

        A file that cannot be read is told to `on_trouble`, else raises InputError or UsageError.
        """
        from copyassist.news.brought import import_history
        from copyassist.news.sources.archives import load_archive

        own = [str(table["id"]) for table in self.own.tables]
        load = partial(load_archive, source=source, own=own)
        return import_history(self.store, paths, load, on_file=on_file, on_trouble=on_trouble)

    def forget(self, age: timedelta) -> int:
        """Deletes what was seen longer ago than `age`; how many polls that were."""
        return self.store.forget_before(datetime.now(UTC) - age)


def _add(own: OwnSources, tables: Sequence[Mapping[str, Any]]) -> list[Source]:
    """Keeps the choices with sources added. Raises SettingsError: nothing is then kept."""
    added = []
    for table in tables:
        numbered = own.tell_apart(table)
        own = own.add(numbered)
        added.append(numbered["id"])
    save_own(own)
    return [own.find(name) for name in added]
