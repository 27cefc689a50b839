"""The facade: what the command line and the pages may ask for, each part in its wing.

`desk` reviews drafts, `posts` keeps accounts and what they published, `news` follows hot lists and
topics, `batch` judges files of titles, `repeats` tells what was published before. A part is loaded when it is first asked for, so that a score
does not pay for the others.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from copyassist.desk.drafting import Drafting
from copyassist.desk.rule_choices import RuleChoices
from copyassist.ground import Ground
from copyassist.once import Once
from copyassist.posts.shelf import Shelf
from copyassist.settings import Settings, SettingsChanges
from copyassist.store import Store
from copyassist.types import Platform, PlatformForm

if TYPE_CHECKING:  # loaded by the parts that use them
    from copyassist.batch.batches import Batches
    from copyassist.news.newsroom import Newsroom
    from copyassist.repeats.checks import Repeats


class Assistant:
    """One user's copyassist. Opens the store when it is first needed, and keeps it open."""

    def __init__(self, settings: Settings) -> None:
        self.ground = Ground(settings)
        self.desk = Drafting(self.ground)
        self.posts = Shelf(self.ground, self.desk)
        self._news = Once(self._open_news)
        self._batch = Once(self._open_batch)
        self._repeats = Once(self._open_repeats)

    @property
    def rules(self) -> RuleChoices:
        """Packs of rules, and what the writer does not want to hear of."""
        return self.desk.rules

    @property
    def news(self) -> "Newsroom":
        """Hot lists and feeds, and the topics that they make."""
        return self._news.get()

    def _open_news(self) -> "Newsroom":
        from copyassist.news.newsroom import Newsroom

        return Newsroom(self.ground, self.posts.rated_everywhere)

    @property
    def batch(self) -> "Batches":
        """Files of titles."""
        return self._batch.get()

    def _open_batch(self) -> "Batches":
        from copyassist.batch.batches import Batches

        return Batches(self.ground, self.desk)

    @property
    def repeats(self) -> "Repeats":
        """What was published before, and corpora that texts are held against."""
        return self._repeats.get()

    def _open_repeats(self) -> "Repeats":
        from copyassist.repeats.checks import Repeats

        return Repeats(self.ground)

    # --- the ground ------------------------------------------------------------------------------

    @property
    def settings(self) -> Settings:
        """What the user chose."""
        return self.ground.settings

    @property
    def store(self) -> Store:
        """The database. Raises StoreError where it cannot be used."""
        return self.ground.store

    @property
    def platforms(self) -> Mapping[str, Platform]:
        """All platforms by id, the user's copies first."""
        return self.ground.platforms

    def platform(self, name: str) -> Platform:
        """The platform of an id or of its Chinese or English name. Raises UsageError."""
        return self.ground.platform(name)

    def form(self, platform: Platform, name: str) -> PlatformForm:
        """The form of a platform by its id or name. Raises UsageError."""
        return self.ground.form(platform, name)

    def copy_platform(self, platform: str) -> Path:
        """A copy of the platform's profile for the user to edit; its path."""
        return self.ground.copy_platform(platform)

    def change_settings(self, **changes: Unpack[SettingsChanges]) -> None:
        """Saves changed settings; only what is changed is saved."""
        self.ground.change_settings(**changes)

    # --- everything in one file ------------------------------------------------------------------

    def backup(self, path: Path) -> None:
        """Writes the database and all files that are kept to one zip file."""
        self.ground.backup(path)

    def restore(self, path: Path) -> None:
        """Replaces everything by a backup: all of it, or nothing."""
        self.ground.restore(path)
