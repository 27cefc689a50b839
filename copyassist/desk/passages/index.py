"""Which of many texts share a passage with a new one: an index of fingerprints.

A fingerprint that many texts have is boilerplate or an everyday phrase and finds nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from copyassist.desk.passages.letters import Letters, find_letters
from copyassist.desk.passages.prints import find_prints

Ints = NDArray[np.int64]

MOST = 12  # texts that are then compared letter by letter
_COMMON = 64  # texts: a fingerprint of more of them says nothing
_LEAST = 2  # fingerprints in common, unless the new text has hardly more itself


@dataclass(frozen=True, slots=True, eq=False)
class PrintIndex:
    """`prints` are sorted; `owners[i]` is the number of the text that prints[i] is of."""

    prints: NDArray[np.uint32]
    owners: NDArray[np.int32]
    texts: int

    @classmethod
    def build(cls, bodies: Iterable[str]) -> "PrintIndex":
        """The index of texts by their place; those without letters have no fingerprints."""
        return cls.of_prints([find_prints(find_letters(body)) for body in bodies])

    @classmethod
    def of_prints(cls, found: Sequence[NDArray[np.uint32]]) -> "PrintIndex":
        """The index of texts whose fingerprints are known."""
        lengths = np.fromiter(map(len, found), np.int64, len(found))
        prints = np.concatenate(found) if found else np.zeros(0, np.uint32)
        packed = prints.astype(np.uint64) << np.uint64(32)
        packed |= np.repeat(np.arange(len(found), dtype=np.uint64), lengths)
        packed.sort()
        return cls(
            (packed >> np.uint64(32)).astype(np.uint32),
            (packed & np.uint64(0xFFFFFFFF)).astype(np.int32),
            len(found),
        )

    def find(self, prints: NDArray[np.uint32], most: int = MOST) -> list[tuple[int, float]]:
        """The texts that share most with a text of these fingerprints, with their weight."""
        starts = np.searchsorted(self.prints, prints, "left")
        counts = np.searchsorted(self.prints, prints, "right") - starts
        kept = np.flatnonzero((counts > 0) & (counts <= _COMMON))
        starts, counts = starts[kept], counts[kept]
        before = np.repeat(np.cumsum(counts) - counts, counts)
        places = np.repeat(starts, counts) + np.arange(int(counts.sum())) - before
        owners = np.asarray(self.owners[places], np.int64)
        if not len(owners):
            return []
        weights = np.bincount(owners, np.repeat(1 / np.sqrt(counts), counts))
        shared = np.bincount(owners)
        good = np.flatnonzero(shared >= min(_LEAST, max(len(prints) // 4, 1)))
        order = good[np.argsort(-weights[good], kind="stable")][:most]
        return [(int(owner), float(weights[owner])) for owner in order]


def count_work(letters: Letters) -> int:
    """How many fingerprints a look-up reads at most: a bound that a test holds."""
    return len(find_prints(letters)) * _COMMON
