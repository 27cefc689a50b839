"""Which titles share rare pairs of characters: the few that are worth comparing in full."""

from array import array
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from copyassist.news.topics.lexicon import Terms

COMMON = 3.5  # pairs of characters with a lower idf stand in one of thirty titles
LIKENESS = 0.07  # cosine of the two titles' pairs of characters from which they are compared
MOST = 256  # titles that one is compared with, the most alike: a flood of one title stays bounded
SHARED = 13.0  # or this much rarity in common: two rare pairs


class Postings:
    """Titles by the pairs of characters in them. Dropped titles are swept out now and then."""

    def __init__(self) -> None:
        self._lists: dict[int, array[int]] = {}
        self._lengths = np.zeros(1024, dtype=np.float64)
        self._alive = np.zeros(1024, dtype=np.bool_)
        self._grams: dict[int, NDArray[np.int64]] = {}
        self._next = 0
        self._base = 0  # no list holds a smaller number
        self._dropped = 0

    def next_number(self) -> int:
        """A number for a new title; numbers are never used again."""
        self._next += 1
        if self._next > len(self._alive):
            self._lengths = np.concatenate([self._lengths, np.zeros_like(self._lengths)])
            self._alive = np.concatenate([self._alive, np.zeros_like(self._alive)])
        return self._next - 1

    def add(self, number: int, terms: Terms) -> None:
        """Enter a title, or what has been learnt of it since."""
        known = set(self._grams.get(number, np.zeros(0, np.int64)).tolist())
        rare = terms.gram_weights >= COMMON / 2
        grams = terms.grams[rare]
        for gram in grams.tolist():
            if gram not in known:
                self._lists.setdefault(gram, array("i")).append(number)
        self._grams[number] = grams
        self._lengths[number] = np.sqrt((terms.gram_weights.astype(np.float64) ** 2).sum())
        self._alive[number] = True

    def drop(self, numbers: Iterable[int]) -> None:
        """Forget titles."""
        for number in numbers:
            self._alive[number] = False
            self._grams.pop(number, None)
            self._dropped += 1
        if self._dropped > 1000 + len(self._grams):
            self._sweep()

    def _sweep(self) -> None:
        lists: dict[int, array[int]] = {}
        for number, grams in self._grams.items():
            for gram in grams.tolist():
                lists.setdefault(gram, array("i")).append(number)
        self._lists, self._dropped = lists, 0
        self._base = min(self._grams, default=0)

    def find_pairs(self, fresh: Sequence[int], terms: Mapping[int, Terms]) -> list[tuple[int, int]]:
        """Every fresh title with each title worth comparing it to, each pair once."""
        later = set(fresh)
        pairs = []
        for number in fresh:
            for other in self.find_alike(terms[number], number):
                if other not in later or other < number:
                    pairs.append((number, other))
        return pairs

    def find_alike(self, terms: Terms, number: int = -1) -> list[int]:
        """The titles worth comparing with one that has these terms, but not title `number`."""
        found = [
            (self._lists[gram], weight)
            for gram, weight in zip(terms.grams.tolist(), terms.gram_weights.tolist(), strict=True)
            if weight >= COMMON / 2 and gram in self._lists
        ]
        lists = [np.frombuffer(numbers, dtype=np.int32) for numbers, _ in found]
        if not lists:
            return []
        others = np.concatenate(lists) - self._base
        weights = np.repeat([weight for _, weight in found], [len(one) for one in lists])
        mass = np.bincount(others, weights)
        dots = np.bincount(others, weights**2)
        length = float(np.sqrt((terms.gram_weights.astype(np.float64) ** 2).sum()))
        span = slice(self._base, self._base + len(dots))
        likely = (dots >= LIKENESS * length * self._lengths[span]) & (dots > 0)
        likely |= mass >= SHARED
        likely &= self._alive[span]
        places = np.flatnonzero(likely)
        if len(places) > MOST:
            cosines = dots[places] / np.maximum(self._lengths[span][places], 1e-9)
            places = np.sort(places[np.argsort(-cosines, kind="stable")[:MOST]])
        return [int(n) + self._base for n in places if n + self._base != number]
