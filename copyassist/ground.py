"""What every part of the facade stands on: settings, store, platform profiles.

Each is opened when it is first needed and kept; a lock makes that safe for the threads of a server.
"""

import threading
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from copyassist.errors import UsageError
from copyassist.platforms import copy_platform, load_platforms
from copyassist.settings import Settings, load_settings, save_settings
from copyassist.store import Store
from copyassist.types import Platform

DATABASE_NAME = "copyassist.db"
PLATFORM_FOLDER = "platforms"


class Ground:
    """One user's settings, store and platforms. Safe for threads."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._lock = threading.RLock()
        self._store: Store | None = None
        self._platforms: Mapping[str, Platform] | None = None

    @property
    def home(self) -> Path:
        """The folder of everything that is kept."""
        return self.settings.home

    @property
    def store(self) -> Store:
        """The database. Raises StoreError where it cannot be used."""
        with self._lock:
            if self._store is None:
                place = self.settings.database_url or self.home / DATABASE_NAME
                self._store = Store.open(place)
            return self._store

    @property
    def platform_folder(self) -> Path:
        """Where the user's edited copies of the platform profiles lie."""
        return self.home / PLATFORM_FOLDER

    @property
    def platforms(self) -> Mapping[str, Platform]:
        """All platforms by id, the user's copies first."""
        with self._lock:
            if self._platforms is None:
                self._platforms = load_platforms(self.platform_folder)
            return self._platforms

    def platform(self, name: str) -> Platform:
        """The platform of an id or of its Chinese or English name. Raises UsageError."""
        for platform in self.platforms.values():
            if name.casefold() in (platform.id, platform.name_zh, platform.name_en.casefold()):
                return platform
        raise UsageError("unknown_platform", name=name, known=" ".join(self.platforms))

    def metric(self, platform: str) -> str:
        """The metric that the user chose for a platform, "" for the platform's own first one."""
        return self.settings.target_metrics.get(platform, "")

    def change_settings(self, **changes: Any) -> None:
        """Saves changed settings.

        Only what is changed is saved: a language given for one command stays that command's.
        """
        with self._lock:
            kept = load_settings({"COPYASSIST_HOME": str(self.home)})
            save_settings(replace(kept, **changes))
            self.settings = replace(self.settings, **changes)

    def copy_platform(self, platform: str) -> Path:
        """A copy of the platform's profile for the user to edit; its path."""
        path = copy_platform(platform, self.platform_folder)
        self.forget_platforms()
        return path

    def forget_platforms(self) -> None:
        """Reads the platform profiles again when they are next needed."""
        with self._lock:
            self._platforms = None
