"""What every part of the facade stands on: settings, store, platform profiles.

Each is opened when it is first needed and kept; a lock makes that safe for the threads of a server.
"""

import threading
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Unpack

from copyassist.errors import InputError, SettingsError, UsageError
from copyassist.home import (
    DATABASE,
    PACKS,
    PLATFORMS,
    SETTINGS,
    WORDS,
    changing,
    find_files,
    load_file,
    load_files,
    replaced_files,
    take_back,
)
from copyassist.home.passing import sweep
from copyassist.i18n import find_sentence
from copyassist.keywords.known import read_words
from copyassist.packs import load_packs, parse_pack, remove_pack, save_pack
from copyassist.platforms import (
    copy_platform,
    find_form_named,
    find_platform,
    load_platforms,
    parse_platform,
)
from copyassist.reading.encodings import decode_file
from copyassist.settings import (
    Settings,
    SettingsChanges,
    find_differences,
    load_saved,
    move_settings,
    save_settings,
)
from copyassist.store import Store
from copyassist.types import OwnPack, OwnWord, Platform, PlatformForm


class Ground:
    """One user's settings, store and platforms. Safe for threads."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._file = _look_at(settings.file)
        # What flag or environment say for this run alone.
        self._given = find_differences(settings, load_saved(settings.home))
        self._lock = threading.RLock()
        self._store: Store | None = None
        self._platforms: Mapping[str, Platform] | None = None
        self._packs: tuple[object, Mapping[str, OwnPack]] | None = None

    @property
    def home(self) -> Path:
        """The folder of everything that is kept."""
        return self._settings.home

    @property
    def settings(self) -> Settings:
        """What the user chose, also in another window or by another program since.

        What was given for this run alone, by flag or environment, goes on for this run.
        """
        with self._lock:
            if _look_at(self._settings.file) != self._file:
                with suppress(SettingsError):  # a file that is just being edited: as it was
                    self._read_settings()
            return self._settings

    def _read_settings(self) -> None:
        self._file = _look_at(self._settings.file)
        self._settings = replace(load_saved(self.home), **self._given)

    @property
    def store(self) -> Store:
        """The database. Raises StoreError where it cannot be used."""
        with self._lock:
            if self._store is None:
                place = self.settings.database_url or DATABASE.place(self.home)
                sweep(self.home)
                store = Store.open(place)
                try:
                    take_back(self.home, store.restored)
                except BaseException:
                    store.close()
                    raise
                self._store = store
            return self._store

    @property
    def platform_folder(self) -> Path:
        """Where the user's edited copies of the platform profiles lie."""
        return PLATFORMS.place(self.home)

    @property
    def platforms(self) -> Mapping[str, Platform]:
        """All platforms by id, the user's copies first."""
        with self._lock:
            if self._platforms is None:
                self._platforms = load_platforms(self.platform_folder)
            return self._platforms

    def platform(self, name: str) -> Platform:
        """The platform of an id or of any of its names. Raises UsageError that lists them."""
        found = find_platform(self.platforms, name)
        if found is None:
            language = self.settings.language
            known = (platform.name(language) for platform in self.platforms.values())
            raise UsageError("unknown_platform", name=name, known="、".join(known))
        return found

    def form(self, platform: Platform, name: str) -> PlatformForm:
        """The form of an id or of its Chinese or English name. Raises UsageError that lists them."""
        found = find_form_named(platform, name)
        if found is not None:
            return found
        language = self.settings.language
        known = "、".join(
            f"{form.id}（{find_sentence(language, f'platforms.forms.{form.id}')}）"
            for form in platform.forms
        )
        where = platform.name(language)
        raise UsageError("unknown_form", name=name, platform=where, known=known)

    def metric(self, platform: str) -> str:
        """The metric that the user chose for a platform, "" for the platform's own first one."""
        return self.settings.target_metrics.get(platform, "")

    def own_words(self) -> list[str]:
        """The user's own dictionary: words that are names whatever they look like; none without it."""
        path = WORDS.place(self.home)
        return read_words(decode_file(load_file(path), path.name).text) if path.is_file() else []

    def change_settings(self, **changes: Unpack[SettingsChanges]) -> None:
        """Saves changed settings.

        Only what is changed is saved: a language given for one command stays that command's.
        """
        with self._lock, changing(self.home):
            save_settings(replace(load_saved(self.home), **changes))
            self._given = {name: v for name, v in self._given.items() if name not in changes}
            self._read_settings()

    def copy_platform(self, platform: str) -> Path:
        """A copy of the platform's profile for the user to edit; its path."""
        path = copy_platform(platform, self.platform_folder)
        self.forget_platforms()
        return path

    def forget_platforms(self) -> None:
        """Reads the platform profiles again when they are next needed."""
        with self._lock:
            self._platforms = None

    @property
    def packs(self) -> Mapping[str, OwnPack]:
        """The packs of words that the user brought, by id, as the folder holds them now.

        Raises SettingsError naming a file that cannot be used.
        """
        folder = PACKS.place(self.home)
        seen = tuple((path.name, _look_at(path)) for path in sorted(folder.glob("*.toml")))
        with self._lock:
            if self._packs is None or self._packs[0] != seen:
                self._packs = seen, load_packs(self.home)
            return self._packs[1]

    def add_pack(self, name: str, words: Iterable[OwnWord], today: date) -> OwnPack:
        """Keeps a pack of words, in the place of an earlier one of that name."""
        with self._lock, changing(self.home):
            return save_pack(self.home, name, words, today=today)

    def remove_pack(self, id: str) -> None:
        """Deletes a pack of the user's, and what was said of it. Raises UsageError pack_unknown."""
        with self._lock:
            with changing(self.home):
                remove_pack(self.home, id)
            off = self.settings.packs_off
            if any(id in ids for ids in off.values()):
                kept = {name: tuple(one for one in ids if one != id) for name, ids in off.items()}
                self.change_settings(packs_off={name: ids for name, ids in kept.items() if ids})

    # --- everything in one file ------------------------------------------------------------------

    def backup(self, path: Path) -> None:
        """Writes the database and every file that a backup holds to one zip file.

        What could not be restored is told before an earlier backup is replaced: SettingsError,
        InputError, StoreError.
        """
        files = load_files(self.home)
        for name, data in files.items():
            self._check(name, data)
        self.store.backup(path, files)

    def restore(self, path: Path) -> None:
        """Replaces database and files by a backup: all of them, or nothing.

        Files that were not there when the backup was made go; where the database lies stays as
        it is on this machine. Raises InputError, StoreError.
        """
        with self._lock, self.store.unpack(path) as found:
            address = load_saved(self.home).database_url
            files = self._prepare(found.files, path, address)
            gone = [name for name in find_files(self.home) if found.would_hold(name)]
            state = self.store.restored()
            with changing(self.home), replaced_files(self.home, files, gone, state):
                self.store.replace(found)
            self.forget_platforms()
            self._read_settings()

    def _prepare(self, files: Mapping[str, bytes], path: Path, address: str) -> dict[str, bytes]:
        """The files as they are to lie here. Raises InputError backup_bad_file."""
        prepared = dict(files)
        for name, data in files.items():
            try:
                self._check(name, data)
            except SettingsError as error:
                raise InputError("backup_bad_file", path=str(path), file=name) from error
        if SETTINGS.pattern in files:
            data = files[SETTINGS.pattern]
            prepared[SETTINGS.pattern] = move_settings(data, self._settings.file, address)
        return prepared

    def _check(self, name: str, data: bytes) -> None:
        """Raises SettingsError for a file with which the program would not start."""
        if SETTINGS.fits(name):
            move_settings(data, self._settings.file, "")
        elif PACKS.fits(name):
            parse_pack(data, self.home / name)
        elif PLATFORMS.fits(name):
            parse_platform(data, self.home / name, user_edited=True)


def _look_at(file: Path) -> tuple[int, int] | None:
    """What changes when a file is written; None where there is none."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino
