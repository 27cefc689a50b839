"""One part of a corpus on the disk: arrays that are mapped, not read, when it is opened.

A part is written once, into a folder of another name, and never changed; what the corpus holds is
said by its database, so that a part that nobody names is only a left-over.
"""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from copyassist.desk.duplicates import TitleIndex
from copyassist.desk.duplicates.candidates import GramPostings, build_postings
from copyassist.desk.passages import PrintIndex
from copyassist.home.passing import PASSING

Ints = NDArray[np.int64]
_POSTINGS = (
    "grams",
    "weights",
    "starts",
    "postings",
    "forward_starts",
    "forward",
    "lengths",
    "squares",
    "masses",
)


@dataclass(frozen=True, slots=True)
class CorpusPart:
    """The titles and the fingerprints of a run of texts; rows and owners are the texts' numbers."""

    titles: TitleIndex
    bodies: PrintIndex


class StoredKeys(Sequence[str]):
    """Texts in one array of bytes; each is read when it is asked for."""

    def __init__(self, data: NDArray[np.uint8], ends: Ints) -> None:
        self._data, self._ends = data, ends

    def __len__(self) -> int:
        return len(self._ends)

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, slice):
            return [self[at] for at in range(*place.indices(len(self)))]
        start = int(self._ends[place - 1]) if place else 0
        return bytes(self._data[start : int(self._ends[place])]).decode()


class StoredNumbers(Mapping[str, int]):
    """The number of each key, by its hash."""

    def __init__(self, keys: Sequence[str], hashes: NDArray[np.uint64], order: Ints) -> None:
        self._keys, self._hashes, self._order = keys, hashes, order

    def __getitem__(self, key: str) -> int:
        hashed = hash_key(key)
        place = int(np.searchsorted(self._hashes, np.uint64(hashed)))
        while place < len(self._hashes) and int(self._hashes[place]) == hashed:
            number = int(self._order[place])
            if self._keys[number] == key:
                return number
            place += 1
        raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


def hash_key(key: str) -> int:
    """A number of 64 bits for a key, the same in every process."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "little")


def save_part(
    folder: Path,
    keys: Mapping[str, int],
    prints: Sequence[tuple[int, NDArray[np.uint32]]],
) -> None:
    """Writes a part: `keys` with the number of the newest text of each, `prints` with theirs."""
    draft = folder.with_name(f"{PASSING}{folder.name}")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    names = list(keys)
    postings = build_postings(names)
    arrays: dict[str, NDArray[Any]] = {name: getattr(postings, name) for name in _POSTINGS}
    data = [name.encode() for name in names]
    hashes = np.array([hash_key(name) for name in names], np.uint64)
    order = np.argsort(hashes, kind="stable")
    bodies = PrintIndex.of_prints([found for _, found in prints])
    numbers = np.array([number for number, _ in prints], np.int32)
    arrays |= {
        "keys": np.frombuffer(b"".join(data), np.uint8),
        "ends": np.cumsum([len(one) for one in data], dtype=np.int64),
        "rows": np.fromiter(keys.values(), np.int64, len(names)),
        "hashes": hashes[order],
        "order": order.astype(np.int64),
        "prints": bodies.prints,
        "owners": numbers[bodies.owners] if len(numbers) else bodies.owners,
    }
    for name, array in arrays.items():
        np.save(draft / f"{name}.npy", array, allow_pickle=False)
    shutil.rmtree(folder, ignore_errors=True)
    draft.rename(folder)


def load_part(folder: Path, titles: Sequence[str], texts: int) -> CorpusPart:
    """A part that `save_part` wrote. Raises OSError or ValueError where it is not whole."""
    read = {
        path.stem: np.load(path, mmap_mode="r", allow_pickle=False) for path in folder.glob("*.npy")
    }
    try:
        keys = StoredKeys(read["keys"], read["ends"])
        index = TitleIndex(
            titles=titles,
            keys=keys,
            numbers=StoredNumbers(keys, read["hashes"], read["order"]),
            rows=read["rows"],
            postings=GramPostings(**{name: read[name] for name in _POSTINGS}),
        )
        return CorpusPart(index, PrintIndex(read["prints"], read["owners"], texts))
    except KeyError as error:
        raise ValueError(f"{folder}: {error}") from error
