"""The facade: what the command line and the pages may ask for, each part in its wing.

`desk` reviews drafts, `posts` keeps accounts and what they published, `news` follows hot lists and
topics, `batch` judges files of titles. A part is loaded when it is first asked for, so that a score
does not pay for the others.
"""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from copyassist.desk.drafting import Drafting
from copyassist.ground import PLATFORM_FOLDER, Ground
from copyassist.posts.shelf import Shelf
from copyassist.settings import Settings
from copyassist.store import Store
from copyassist.types import Platform

if TYPE_CHECKING:  # loaded by the parts that use them
    from copyassist.batch.batches import Batches
    from copyassist.news.newsroom import Newsroom


class Assistant:
    """One user's copyassist. Opens the store when it is first needed, and keeps it open."""

    def __init__(self, settings: Settings) -> None:
        self.ground = Ground(settings)
        self.desk = Drafting(self.ground)
        self.posts = Shelf(self.ground, self.desk)

    @cached_property
    def news(self) -> "Newsroom":
        """Hot lists and feeds, and the topics that they make."""
        from copyassist.news.newsroom import Newsroom

        return Newsroom(self.ground, self.posts.rated_everywhere)

    @cached_property
    def batch(self) -> "Batches":
        """Files of titles."""
        from copyassist.batch.batches import Batches

        return Batches(self.ground, self.desk)

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

    def copy_platform(self, platform: str) -> Path:
        """A copy of the platform's profile for the user to edit; its path."""
        return self.ground.copy_platform(platform)

    def change_settings(self, **changes: Any) -> None:
        """Saves changed settings; only what is changed is saved."""
        self.ground.change_settings(**changes)

    # --- everything in one file ------------------------------------------------------------------

    def backup(self, path: Path) -> None:
        """Writes database, settings and edited platform rules to one zip file."""
        extra = {
            f"{PLATFORM_FOLDER}/{f.name}": f for f in self.ground.platform_folder.glob("*.toml")
        }
        if self.ground.settings.file.is_file():
            extra[self.ground.settings.file.name] = self.ground.settings.file
        self.ground.store.backup(path, extra)

    def restore(self, path: Path) -> None:
        """Replaces everything by a backup: database, settings and edited platform rules."""
        others = self.ground.store.restore(path)
        for name, data in others.items():
            folder, _, file = name.rpartition("/")
            if name == self.ground.settings.file.name or (
                folder == PLATFORM_FOLDER and Path(file).name == file and file.endswith(".toml")
            ):
                goal = self.ground.settings.home / name
                goal.parent.mkdir(parents=True, exist_ok=True)
                goal.write_bytes(data)
        self.ground.forget_platforms()
