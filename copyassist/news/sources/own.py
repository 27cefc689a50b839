"""The user's own sources and choices, in one file that they may edit: sources.toml in their folder.

Beside `[[source]]` tables it holds `enabled` and `disabled` (ids) and `allowed` (hosts, addresses
or networks that may be asked although they are not public).
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from copyassist.errors import SettingsError, UsageError
from copyassist.home import SOURCES, keep_file
from copyassist.news.sources.addresses import AllowList
from copyassist.news.sources.json_list import parse_tables, read_source, unreadable
from copyassist.news.sources.registry import all_sources
from copyassist.news.sources.source import Source

_KEYS = {"source", "enabled", "disabled", "allowed"}


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnSources:
    """The file's content; `tables` are its sources as they stand in it."""

    path: Path
    tables: tuple[Mapping[str, Any], ...] = ()
    enabled: frozenset[str] = frozenset()
    disabled: frozenset[str] = frozenset()
    allowed: tuple[str, ...] = ()

    def sources(self) -> Mapping[str, Source]:
        """Every source there is by id. Raises SettingsError for a table that cannot be read."""
        return all_sources(
            tuple(read_source(t, str(self.path), from_user=True) for t in self.tables)
        )

    def is_on(self, source: Source) -> bool:
        """Whether the source is asked when none is named."""
        if source.id in self.disabled:
            return False
        return source.on_by_default or source.id in self.enabled

    def allow_list(self) -> AllowList:
        """The private addresses that may be asked."""
        return AllowList.of(self.allowed)

    def find(self, name: str) -> Source:
        """The source of that id. Raises UsageError source_unknown."""
        found = self.sources().get(name)
        if found is None:
            raise UsageError("source_unknown", source=name)
        return found

    def switch(self, name: str, on: bool) -> "OwnSources":
        """The choices with one source switched on or off. Raises UsageError source_unknown."""
        self.find(name)
        one = {name}
        if on:
            return replace(self, enabled=self.enabled | one, disabled=self.disabled - one)
        return replace(self, enabled=self.enabled - one, disabled=self.disabled | one)

    def add(self, table: Mapping[str, Any]) -> "OwnSources":
        """The choices with a source added, or replaced where its id is there already."""
        read_source(table, str(self.path), from_user=True)
        kept = tuple(known for known in self.tables if known.get("id") != table["id"])
        return replace(self, tables=(*kept, table))

    def tell_apart(self, table: Mapping[str, Any]) -> dict[str, Any]:
        """The table with a number behind its id and name where that id is another address's.

        Ids leave much out: logins and keys, the host of a service, how an address is spelt. A
        table replaces only the one that asks the very same address.
        """
        ids = (f"{table['id']}-{n}" if n > 1 else table["id"] for n in itertools.count(1))
        addresses = {one["id"]: one.get("url") for one in self.tables}
        for number, name in enumerate(ids, 1):
            if addresses.get(name, table["url"]) != table["url"]:
                continue
            if name not in addresses and (known := self._find_numbered(table)):
                return known
            return self._name_apart({**table, "id": name}, str(number) if number > 1 else "")
        raise AssertionError("there is always another number")

    def _find_numbered(self, table: Mapping[str, Any]) -> dict[str, Any] | None:
        """The table as it was numbered when its address was added before."""
        known = re.compile(rf"{re.escape(table['id'])}-(\d+)")
        for one in self.tables:
            if one.get("url") == table["url"] and (found := known.fullmatch(one["id"])):
                return self._name_apart({**table, "id": one["id"]}, found[1])
        return None

    def _name_apart(self, table: Mapping[str, Any], mark: str) -> dict[str, Any]:
        others = [one for one in self.tables if one["id"] != table["id"]]
        named = {
            key: f"{table[key]} {mark}"
            for key in ("name_zh", "name_en")
            if mark and table[key] in [one.get(key) for one in others]
        }
        return {**table, **named}

    def remove(self, name: str) -> "OwnSources":
        """The choices without one of the user's sources. Raises UsageError source_unknown."""
        kept = tuple(table for table in self.tables if table.get("id") != name)
        if len(kept) == len(self.tables):
            raise UsageError("source_not_own", source=name)
        one = {name}
        return replace(self, tables=kept, enabled=self.enabled - one, disabled=self.disabled - one)

    def allow(self, host: str, allowed: bool = True) -> "OwnSources":
        """The choices with a host or network allowed, or no longer so."""
        kept = tuple(entry for entry in self.allowed if entry != host)
        return replace(self, allowed=(*kept, host) if allowed else kept)


def load_own(folder: Path) -> OwnSources:
    """The user's choices; none where there is no file. Raises SettingsError for a bad one."""
    path = SOURCES.place(folder)
    data = _read_file(path)
    for fault in _find_faults(data, path):
        raise fault
    return OwnSources(
        path=path,
        tables=tuple(data.get("source", ())),
        enabled=frozenset(data.get("enabled", ())),
        disabled=frozenset(data.get("disabled", ())),
        allowed=tuple(data.get("allowed", ())),
    )


def find_faults(folder: Path) -> list[SettingsError]:
    """Every mistake in the file that `load_own` would refuse; else ids that hide one another."""
    path = SOURCES.place(folder)
    try:
        faults = list(_find_faults(_read_file(path), path))
    except SettingsError as error:
        return [error]
    return faults or list(_find_doubles(load_own(folder)))


def _find_doubles(own: OwnSources) -> Iterator[SettingsError]:
    for name, count in Counter(str(table["id"]) for table in own.tables).items():
        if count > 1:
            yield SettingsError("sources_double_id", path=str(own.path), source=name)


def _read_file(path: Path) -> dict[str, Any]:
    try:
        return parse_tables(path.read_bytes(), path)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise unreadable(path, error) from error


def _find_faults(data: Mapping[str, Any], path: Path) -> Iterator[SettingsError]:
    for key, value in data.items():
        inside = Mapping if key == "source" else str
        whole = isinstance(value, list) and all(isinstance(one, inside) for one in value)
        if key not in _KEYS or not whole:
            yield SettingsError("sources_bad_key", path=str(path), field=key)
    tables = data.get("source", ())
    for table in tables if isinstance(tables, list) else ():
        if isinstance(table, Mapping):
            try:
                read_source(table, str(path), from_user=True)
            except SettingsError as error:
                yield error


def save_own(own: OwnSources) -> None:
    """Writes the file whole or not at all. Raises StoreError where the disk refuses."""
    import tomli_w  # writing is rare

    values: dict[str, Sequence[Any]] = {
        "enabled": sorted(own.enabled),
        "disabled": sorted(own.disabled),
        "allowed": list(own.allowed),
        "source": [dict(table) for table in own.tables],
    }
    text = tomli_w.dumps({key: value for key, value in values.items() if value})
    keep_file(own.path, text.encode())
