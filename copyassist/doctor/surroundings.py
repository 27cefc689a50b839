"""What the checks look at: the folder, the environment, the clock, the database opened to read."""

import os
import sys
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from importlib.metadata import Distribution, PackageNotFoundError
from pathlib import Path
from typing import TYPE_CHECKING

from copyassist.errors import CopyAssistError, SettingsError, StoreError
from copyassist.home import DATABASE, find_home
from copyassist.home.passing import APP
from copyassist.settings import Settings, load_usable

if TYPE_CHECKING:
    from copyassist.store.looking import DatabaseLook


@dataclass(kw_only=True)
class Surroundings:
    """Whatever a check may look at; what costs something is looked at once.

    `distribution` is the package's metadata, None where it is not installed. `online` allows the
    sources to be asked. Use as a context manager: it closes the database.
    """

    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    distribution: Distribution | None = field(default_factory=lambda: find_distribution())
    encoding: str = field(default_factory=lambda: getattr(sys.stdout, "encoding", None) or "")
    online: bool = False
    _open: ExitStack = field(default_factory=ExitStack)

    def __enter__(self) -> "Surroundings":
        return self

    def __exit__(self, *_failure: object) -> None:
        self._open.close()

    @cached_property
    def home(self) -> Path:
        """The user's folder; where it cannot be found, the words that were to name it."""
        try:
            return find_home(self.environment)
        except SettingsError:
            return Path(self.environment.get("COPYASSIST_HOME", ""))

    @cached_property
    def usable(self) -> tuple[Settings, list[SettingsError]]:
        """The settings without the values that cannot be used, and those."""
        return load_usable(self.home, self.environment)

    @property
    def settings(self) -> Settings:
        """The settings without the values that cannot be used."""
        return self.usable[0]

    @property
    def place(self) -> str | Path:
        """Where the database is: a path or a URL."""
        return self.settings.database_url or DATABASE.place(self.home)

    @cached_property
    def has_database(self) -> bool:
        """Whether there is one yet. Raises StoreError for an address that is none."""
        from copyassist.store.looking import find_file

        file = find_file(self.place)
        return file is None or file.exists() or file.is_symlink()

    @property
    def lacks_database(self) -> bool:
        """Whether there is none yet, which is no trouble."""
        try:
            return not self.has_database
        except StoreError:
            return False

    @property
    def database(self) -> "DatabaseLook":
        """The database, open to read. Raises StoreError, OSError."""
        if isinstance(self._opened, Exception):
            raise self._opened
        return self._opened

    @cached_property
    def _opened(self) -> "DatabaseLook | Exception":
        """Kept also where it fails: waiting for a lock once is enough."""
        from copyassist.store.looking import looking

        try:
            return self._open.enter_context(looking(self.place))
        except (CopyAssistError, OSError) as error:
            return error

    @cached_property
    def damage(self) -> list[str]:
        """What is damaged in the database. Raises StoreError."""
        return self.readable.damage() if self.readable else []

    @property
    def readable(self) -> "DatabaseLook | None":
        """The database where it can be read; the check of the database tells why it cannot."""
        with suppress(CopyAssistError, OSError):
            return self.database if self.has_database else None
        return None


def find_distribution() -> Distribution | None:
    """What is known of the installed package; None where it is not installed."""
    try:
        return Distribution.from_name(APP)
    except PackageNotFoundError:
        return None
