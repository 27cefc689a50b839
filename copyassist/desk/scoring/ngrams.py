"""Hashed n-grams of many titles at once: the arithmetic under every text view.

Titles are laid end to end in one array of code points. A gram is a 64-bit polynomial hash of its
code points, so that a vocabulary is a sorted array of integers, training and running share one
piece of code, and nothing depends on Python's string hash. Two different grams of a vocabulary of
100,000 share a hash with a probability of about 3e-10.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray

from copyassist.types import ParsedText

Floats = NDArray[np.floating[Any]]
Ints = NDArray[np.signedinteger[Any]]
Keys = NDArray[np.uint64]

BASE = np.uint64(0x9E3779B97F4A7C15)
WORD_BASE = np.uint64(0xC2B2AE3D27D4EB4F)
MIX = np.uint64(0xFF51AFD7ED558CCD)
EDGE = "\x02"  # stands before and after every title, so that grams know the edges


@dataclass(frozen=True, slots=True)
class Laid:
    """Titles laid end to end, each between two EDGE characters.

    `codes[i]` is a code point, `owner[i]` the title it belongs to, `starts[t]` the index of title
    t's first EDGE (one more entry for the end). `word_starts`, `word_ends` are half-open ranges of
    the words in `codes`, `word_owner` their titles.
    """

    codes: Keys
    owner: Ints
    starts: Ints
    word_starts: Ints
    word_ends: Ints
    word_owner: Ints

    @property
    def size(self) -> int:
        """How many titles there are."""
        return len(self.starts) - 1


@dataclass(frozen=True, slots=True)
class Grams:
    """Occurrences of grams: the hash, the title, and the range of `codes` that it covers."""

    keys: Keys
    owner: Ints
    begin: Ints
    end: Ints


def lay_out(titles: Sequence[ParsedText]) -> Laid:
    """Lays the normalised titles end to end. Any string is fine, the empty one too."""
    text = EDGE + (EDGE + EDGE).join(title.norm for title in titles) + EDGE if titles else ""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    lengths = np.array([len(title.norm) + 2 for title in titles], dtype=np.int64)
    starts = np.zeros(len(titles) + 1, dtype=np.int64)
    np.cumsum(lengths, out=starts[1:])
    owner = np.repeat(np.arange(len(titles)), lengths)
    spans = _find_words(titles, starts)
    return Laid(codes.astype(np.uint64), owner, starts, *spans)


def _find_words(titles: Sequence[ParsedText], starts: Ints) -> tuple[Ints, Ints, Ints]:
    begins: list[int] = []
    ends: list[int] = []
    counts: list[int] = []
    for title, offset in zip(titles, (starts[:-1] + 1).tolist(), strict=True):
        before = len(begins)
        if "".join(title.words) == title.norm:  # no spaces: each word begins where one ends
            edges = list(accumulate(map(len, title.words), initial=offset))
            begins += edges[:-1]
            ends += edges[1:]
        else:
            _find_spaced_words(title, offset, begins, ends)
        counts.append(len(begins) - before)
    owner = np.repeat(np.arange(len(titles)), counts)
    return np.array(begins, dtype=np.int64), np.array(ends, dtype=np.int64), owner


def _find_spaced_words(title: ParsedText, offset: int, begins: list[int], ends: list[int]) -> None:
    norm, at = title.norm, 0
    for word in title.words:
        found = norm.find(word, at)
        if found < 0:  # a word that normalisation changed: it has no place to point at
            continue
        at = found + len(word)
        begins.append(offset + found)
        ends.append(offset + at)


def char_grams(laid: Laid, low: int, high: int) -> Grams:
    """All grams of `low`..`high` neighbouring characters, edges included from length 2 on."""
    hashed = laid.codes.copy()
    parts = []
    for size in range(1, high + 1):
        if size > 1:
            hashed = hashed[:-1] * BASE + laid.codes[size - 1 :]
        if size >= low and len(hashed):
            parts.append(_whole_grams(laid, hashed, size))
    return _joined(parts)


def _whole_grams(laid: Laid, hashed: Keys, size: int) -> Grams:
    begin = np.flatnonzero(laid.owner[: len(hashed)] == laid.owner[size - 1 :])
    if size == 1:
        begin = begin[laid.codes[begin] != ord(EDGE)]
    keys = _mixed(hashed[begin] + np.uint64(size))
    return Grams(keys, laid.owner[begin], begin, begin + size)


@dataclass(frozen=True, slots=True)
class Counted:
    """Grams with a value each: a gram of a title counts once, and a title's values have length 1."""

    grams: Grams
    values: Floats


def count_once(laid: Laid, grams: Grams) -> Counted:
    """Each occurrence gets its part of its gram's one count; doubling a title changes nothing."""
    order = np.lexsort((grams.keys, grams.owner))
    keys, owner = grams.keys[order], grams.owner[order]
    new = np.ones(len(keys), dtype=bool)
    new[1:] = (keys[1:] != keys[:-1]) | (owner[1:] != owner[:-1])
    number = np.cumsum(new) - 1
    distinct = np.bincount(owner[new], minlength=laid.size)
    values = np.empty(len(keys))
    values[order] = 1 / (np.bincount(number)[number] * np.sqrt(distinct[owner]))
    return Counted(grams, values)


def word_grams(laid: Laid, high: int) -> Grams:
    """Single words and, for `high` = 2, pairs of neighbouring words."""
    single = _hash_ranges(laid, laid.word_starts, laid.word_ends)
    parts = [Grams(_mixed(single), laid.word_owner, laid.word_starts, laid.word_ends)]
    if high > 1:
        left = np.flatnonzero(laid.word_owner[:-1] == laid.word_owner[1:])
        keys = _mixed(single[left] * WORD_BASE + single[left + 1])
        begin, end = laid.word_starts[left], laid.word_ends[left + 1]
        parts.append(Grams(keys, laid.word_owner[left], begin, end))
    return _joined(parts)


def _hash_ranges(laid: Laid, begin: Ints, end: Ints) -> Keys:
    """The hash of each range, one position of all words at a time: words are short."""
    hashed = np.full(len(begin), 7, dtype=np.uint64)
    longest = int((end - begin).max(initial=0))
    for step in range(min(longest, 24)):
        inside = begin + step < end
        at = np.minimum(begin + step, len(laid.codes) - 1)
        hashed = np.where(inside, hashed * BASE + laid.codes[at], hashed)
    return hashed


def _mixed(keys: Keys) -> Keys:
    keys = keys ^ (keys >> np.uint64(33))
    keys = keys * MIX
    return keys ^ (keys >> np.uint64(29))


def _joined(parts: Sequence[Grams]) -> Grams:
    if not parts:
        empty = np.empty(0, dtype=np.int64)
        return Grams(empty.astype(np.uint64), empty, empty, empty)
    columns = zip(*((p.keys, p.owner, p.begin, p.end) for p in parts), strict=True)
    return Grams(*(np.concatenate(column) for column in columns))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The grams that a view knows: `keys` sorted; `slots` a hash table of rows, -1 where free."""

    keys: Keys
    slots: NDArray[np.int32]

    @classmethod
    def of(cls, keys: Keys) -> "Vocabulary":
        """Builds the table: linear probing at a load of at most a quarter."""
        bits = max(8, int(np.ceil(np.log2(max(1, len(keys)) * 4))))
        slots = np.full(1 << bits, -1, dtype=np.int32)
        rows = np.arange(len(keys), dtype=np.int32)
        at = _first_slots(keys, len(slots))
        while len(rows):
            free = slots[at] < 0
            slots[at[free]] = rows[free]
            lost = slots[at] != rows
            rows, at = rows[lost], (at[lost] + 1) % len(slots)
        return cls(keys, slots)

    def find(self, keys: Keys) -> Ints:
        """The row of each key, -1 for one that is not in the vocabulary."""
        found = np.full(len(keys), -1, dtype=np.int64)
        if not len(self.keys):
            return found
        open_, at = np.arange(len(keys)), _first_slots(keys, len(self.slots))
        while len(open_):
            rows = self.slots[at]
            hit = self.keys[rows] == keys[open_]
            hit &= rows >= 0
            found[open_[hit]] = rows[hit]
            more = ~hit & (rows >= 0)
            open_, at = open_[more], (at[more] + 1) % len(self.slots)
        return found


def _first_slots(keys: Keys, size: int) -> Ints:
    return (keys & np.uint64(size - 1)).astype(np.int64)
