"""Pairs of titles measured from many sides at once: what they share, what differs, and how rare it is.

All measures are of the texts alone and of a table of how common pairs of characters and words are in
headlines, whatever is indexed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from copyassist.desk.duplicates.grams import encode_grams
from copyassist.text import segment

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

BUCKETS = 1 << 15
_MIX = np.uint64(0x9E3779B97F4A7C15)
_STEP = 16.0  # the tables hold round(16 * idf), one byte a bucket
_DIGITS = re.compile(r"\d+")
_LATIN = re.compile("[a-z]{2,}")
_HAN_FROM = 0x2E80

FEATURES = (
    "ratio",
    "partial",
    "cosine",
    "held_one",
    "held_two",
    "letters_one",
    "letters_two",
    "bare_one",
    "bare_two",
    "bare_run_one",
    "bare_run_two",
    "gone_one",
    "gone_two",
    "rare_one",
    "rare_two",
    "shared_mass",
    "shared_rarest",
    "shared_run",
    "pieces",
    "words_one",
    "words_two",
    "word_rarest_one",
    "word_rarest_two",
    "word_swapped",
    "words_shared",
    "replaced",
    "letters_of_words",
    "numbers_shared",
    "numbers_one",
    "numbers_two",
    "latin_one",
    "latin_two",
    "length_one",
    "length_two",
    "same_start",
    "same_end",
)


@dataclass(frozen=True, slots=True, eq=False)
class Commonness:
    """How rare pairs of characters (`grams`) and words are: one byte a bucket of a hash.

    `swaps` holds the numbers of pairs of words that writers put for each other, sorted.
    """

    grams: NDArray[np.uint8]
    words: NDArray[np.uint8]
    swaps: Ints

    def weigh_grams(self, codes: Ints) -> Floats:
        """The idf of grams by their codes."""
        return np.asarray(self.grams[find_buckets(codes)] / _STEP)

    def weigh_words(self, numbers: Ints) -> Floats:
        """The idf of words by their numbers."""
        return np.asarray(self.words[find_buckets(numbers)] / _STEP)


def find_buckets(codes: Ints) -> Ints:
    """The bucket of each code."""
    mixed = codes.astype(np.uint64) * _MIX
    found: Ints = (mixed >> np.uint64(49)).astype(np.int64)
    return found


def number_word(word: str) -> int:
    """The number that stands for a word of up to four characters, or for its ends."""
    short = word if len(word) <= 3 else word[:2] + word[-1]
    number = len(word)
    for char in short:
        number = (number << 19 | (ord(char) & 0x7FFFF)) & 0x3FFFFFFFFFFFFFFF
    return number


def number_swap(one: int, two: int) -> int:
    """The number of an unordered pair of words."""
    low, high = (one, two) if one < two else (two, one)
    return ((low * 0x9E3779B1) ^ (high * 0x85EBCA6B)) & 0x3FFFFFFFFFFFFFFF


@dataclass(frozen=True, slots=True)
class Side:
    """One title of a pair: its folded key and the words of it."""

    key: str
    words: tuple[str, ...]


def make_side(key: str) -> Side:
    """A title by its folded key."""
    return Side(key, segment(key))


def measure_pairs(table: Commonness, ones: Sequence[Side], twos: Sequence[Side]) -> Floats:
    """The features of the pairs, shape (pairs, FEATURES)."""
    if not ones:
        return np.zeros((0, len(FEATURES)))
    grams = _measure_grams(table, ones, twos)
    words = _measure_words(table, ones, twos)
    edits = _measure_edits(ones, twos)
    columns = edits | grams | words
    return np.column_stack([columns[name] for name in FEATURES])


def _measure_edits(ones: Sequence[Side], twos: Sequence[Side]) -> dict[str, Any]:
    from rapidfuzz import distance, fuzz, process  # who has nothing to compare with needs it not

    left, right = [side.key for side in ones], [side.key for side in twos]
    one = np.fromiter(map(len, left), np.float64, len(left))
    two = np.fromiter(map(len, right), np.float64, len(right))
    least = np.maximum(np.minimum(one, two), 1)

    def run(scorer: Any) -> Floats:
        found: Floats = process.cpdist(left, right, scorer=scorer, dtype=np.float64)
        return found

    return {
        "ratio": run(fuzz.ratio) / 100,
        "partial": run(fuzz.partial_ratio) / 100,
        "same_start": run(distance.Prefix.similarity) / least,
        "same_end": run(distance.Postfix.similarity) / least,
        "length_one": one,
        "length_two": two,
    }


# --- pairs of characters -----------------------------------------------------------------------


def _measure_grams(table: Commonness, ones: Sequence[Side], twos: Sequence[Side]) -> dict[str, Any]:
    size = len(ones)
    keys = [side.key for side in ones] + [side.key for side in twos]
    owners, codes = encode_grams(keys)
    weights = table.weigh_grams(codes)
    half = int(np.searchsorted(owners, size))
    pairs = np.where(owners < size, owners, owners - size)
    shared = _find_shared(pairs, codes, half)
    mass = _sum(owners, weights, 2 * size)
    held = _sum(owners, weights * shared, 2 * size)
    squares = _sum(owners, weights**2, 2 * size)
    dot = _sum(owners, weights**2 * shared, 2 * size)
    bare, run, pieces, longest = _find_bare(keys, owners, shared)
    share = held / np.maximum(mass, 1e-9)
    cosine = np.sqrt(dot[:size] * dot[size:]) / np.maximum(
        np.sqrt(squares[:size] * squares[size:]), 1e-9
    )
    rare = _largest(owners, np.where(shared, 0, weights), 2 * size)
    return {
        "cosine": cosine,
        "held_one": share[:size],
        "held_two": share[size:],
        "bare_one": bare[:size],
        "bare_two": bare[size:],
        "bare_run_one": run[:size],
        "bare_run_two": run[size:],
        "gone_one": (mass - held)[:size],
        "gone_two": (mass - held)[size:],
        "rare_one": rare[:size],
        "rare_two": rare[size:],
        "shared_mass": np.minimum(held[:size], held[size:]),
        "shared_rarest": _largest(owners, np.where(shared, weights, 0), 2 * size)[:size],
        "shared_run": longest[:size],
        "pieces": pieces[:size],
    } | _measure_letters(keys, size)


def _find_shared(pairs: Ints, codes: Ints, half: int) -> NDArray[np.bool_]:
    """Which grams the other title of the pair has too; the first `half` are of the first titles."""
    order = np.lexsort((codes, pairs))
    lined_pairs, lined_codes = pairs[order], codes[order]
    heads = np.ones(len(order), np.bool_)
    heads[1:] = (lined_pairs[1:] != lined_pairs[:-1]) | (lined_codes[1:] != lined_codes[:-1])
    groups = np.cumsum(heads) - 1
    total = int(groups[-1]) + 1 if len(groups) else 0
    first = np.bincount(groups, order < half, total) > 0
    second = np.bincount(groups, order >= half, total) > 0
    shared = np.zeros(len(order), np.bool_)
    shared[order] = (first & second)[groups]
    return shared


def _find_bare(
    keys: Sequence[str], owners: Ints, shared: NDArray[np.bool_]
) -> tuple[Floats, Floats, Floats, Floats]:
    """Of each title the share of characters in no shared gram, the longest run of them, the number
    of shared runs, and the longest shared run in characters."""
    count = len(keys)
    lengths = np.fromiter(map(len, keys), np.int64, count)
    starts = np.concatenate(([0], np.cumsum(lengths)))
    covered = np.zeros(int(starts[-1]) + 1, np.int64)
    places, sizes = _find_places(keys, owners)
    chosen = np.flatnonzero(shared)
    np.add.at(covered, places[chosen], 1)
    np.add.at(covered, places[chosen] + sizes[chosen], -1)
    bare = np.cumsum(covered)[:-1] == 0
    owner = np.repeat(np.arange(count), lengths)
    share = _sum(owner, bare, count) / np.maximum(lengths, 1)
    heads = np.ones(len(bare), np.bool_)
    heads[1:] = (bare[1:] != bare[:-1]) | (owner[1:] != owner[:-1])
    run_starts = np.flatnonzero(heads)
    run_sizes = np.diff(np.append(run_starts, len(bare))).astype(np.float64)
    run_owner, run_bare = owner[run_starts], bare[run_starts]
    longest_bare = _largest(run_owner, np.where(run_bare, run_sizes, 0), count)
    longest = _largest(run_owner, np.where(run_bare, 0, run_sizes), count)
    return share, longest_bare, _sum(run_owner, ~run_bare, count), longest


def _find_places(keys: Sequence[str], owners: Ints) -> tuple[Ints, Ints]:
    """Where each gram of `encode_grams` begins in the joined keys, and how many characters it has.

    The rules are those of `encode_grams`, in its order.
    """
    joined = "\0".join(key.replace("\0", "\ufffd") for key in keys) + "\0\0\0\0"
    points = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    first, second = points[:-3] > 0, points[1:-2] > 0
    narrow = (points > 0) & (points < _HAN_FROM)
    both = narrow[:-3] & narrow[1:-2]
    four = both & narrow[2:-1] & narrow[3:]
    after_wide = np.concatenate(([True], ~narrow[:-4]))
    wide = first & second & ~both
    piece = both & (four | after_wide) & first & second
    kept = np.flatnonzero(wide | piece)
    sizes = np.where(piece[kept], 2 + narrow[kept + 2] + (narrow[kept + 2] & narrow[kept + 3]), 2)
    return kept - owners, sizes.astype(np.int64)


def _measure_letters(keys: Sequence[str], size: int) -> dict[str, Any]:
    """Of each title the share of characters that the other has too, as often."""
    joined = "".join(keys)
    points = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.int64)
    lengths = np.fromiter(map(len, keys), np.int64, len(keys))
    owner = np.repeat(np.arange(len(keys)), lengths)
    second = owner >= size
    packed = (owner - size * second) << 21 | points
    order = np.argsort(packed, kind="stable")
    lined = packed[order]
    heads = np.ones(len(lined), np.bool_)
    heads[1:] = lined[1:] != lined[:-1]
    groups = np.cumsum(heads) - 1
    total = int(groups[-1]) + 1 if len(groups) else 0
    ones = np.bincount(groups, ~second[order], total)
    twos = np.bincount(groups, second[order], total)
    common = np.minimum(ones, twos)
    shared = np.bincount(lined[heads] >> 21, common, size)[:size]
    return {
        "letters_one": shared / np.maximum(lengths[:size], 1),
        "letters_two": shared / np.maximum(lengths[size:], 1),
    }


def _sum(owners: Ints, values: Any, size: int) -> Floats:
    return np.bincount(owners, values, size).astype(np.float64)


def _largest(owners: Ints, values: Floats, size: int) -> Floats:
    """The largest value of each owner; owners are sorted."""
    found = np.zeros(size)
    if len(owners):
        heads = np.flatnonzero(np.concatenate(([True], owners[1:] != owners[:-1])))
        found[owners[heads]] = np.maximum.reduceat(values, heads)
    return found


# --- words ---------------------------------------------------------------------------------------


def _measure_words(table: Commonness, ones: Sequence[Side], twos: Sequence[Side]) -> dict[str, Any]:
    """What the words say that stand in one of the two titles only."""
    rests = [_find_rest(one, two) for one, two in zip(ones, twos, strict=True)]
    lefts = _weigh_rests(table, [rest.one for rest in rests])
    rights = _weigh_rests(table, [rest.two for rest in rests])
    swaps = set(table.swaps.tolist())
    return {
        "words_one": lefts[0],
        "words_two": rights[0],
        "word_rarest_one": lefts[1],
        "word_rarest_two": rights[1],
        "word_swapped": np.minimum(lefts[1], rights[1]),
        "words_shared": np.array([rest.shared for rest in rests], np.float64),
        "replaced": np.array([_count_swaps(rest, swaps) for rest in rests], np.float64),
        "letters_of_words": np.array([_share_letters(rest) for rest in rests]),
    } | _compare_numbers(ones, twos)


@dataclass(frozen=True, slots=True)
class _Rest:
    """The words of each title that the other one does not hold, and how many are in both."""

    one: list[str]
    two: list[str]
    shared: int


def _find_rest(one: Side, two: Side) -> _Rest:
    first = [word for word in one.words if word not in two.key]
    second = [word for word in two.words if word not in one.key]
    return _Rest(first, second, len(one.words) - len(first))


def _weigh_rests(table: Commonness, rests: Sequence[list[str]]) -> tuple[Floats, Floats]:
    lengths = np.fromiter(map(len, rests), np.int64, len(rests))
    numbers = np.array([number_word(word) for rest in rests for word in rest], np.int64)
    owners = np.repeat(np.arange(len(rests)), lengths)
    weights = table.weigh_words(numbers)
    return _sum(owners, weights, len(rests)), _largest(owners, weights, len(rests))


def _count_swaps(rest: _Rest, swaps: set[int]) -> float:
    """The share of the differing words of the shorter side that have a known stand-in opposite."""
    if not rest.one or not rest.two:
        return 0.0
    twos = [number_word(word) for word in rest.two]
    hits = sum(
        any(number_swap(one, two) in swaps for two in twos) for one in map(number_word, rest.one)
    )
    return hits / min(len(rest.one), len(twos))


def _share_letters(rest: _Rest) -> float:
    """How many characters the differing words have in common, of the fewer."""
    if not rest.one or not rest.two:
        return 0.0
    one, two = set("".join(rest.one)), set("".join(rest.two))
    return len(one & two) / min(len(one), len(two))


def _compare_numbers(ones: Sequence[Side], twos: Sequence[Side]) -> dict[str, Any]:
    found = np.zeros((5, len(ones)))
    for place, (one, two) in enumerate(zip(ones, twos, strict=True)):
        left, right = set(_DIGITS.findall(one.key)), set(_DIGITS.findall(two.key))
        if left or right:
            found[:3, place] = len(left & right), len(left - right), len(right - left)
        left, right = set(_LATIN.findall(one.key)), set(_LATIN.findall(two.key))
        if left or right:
            found[3:, place] = len(left - right), len(right - left)
    names = ("numbers_shared", "numbers_one", "numbers_two", "latin_one", "latin_two")
    return dict(zip(names, found, strict=True))
