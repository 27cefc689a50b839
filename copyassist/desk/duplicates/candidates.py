"""The arrays of an index of titles, and which of its titles share most with a new one.

Candidates come from the rarest n-grams of the new title; they are then compared whole, by shared
n-grams and by edit distance. Simhash and MinHash lose a fifth to a half of edited titles of this
length, and word fingerprints break on Traditional characters and spaces (measured on 104,000
titles); an inverted index of character n-grams keeps 97 of 100.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from copyassist.desk.duplicates.grams import encode_grams

Ints: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]

_COSINE_SHARE = 0.7  # best of .25 .. 1 for the right title first among edited questions
_WEIGHT_TOP = 255  # weights are kept as bytes
_BUDGET = 1024  # postings read per query, rarest grams first
_GRAM_CAP = 512  # postings read of one gram: what stands in more titles than that says little
_CANDIDATES = 24  # titles compared whole, per query
_LEAST_SHARED = 0.15  # of the weight of the grams read: less is one chance word
_SHARE_TOP = 0xFFFF  # shares are ordered by sixteen bits


@dataclass(frozen=True, slots=True, eq=False)
class GramPostings:
    """GramPostings of the n-grams of distinct keys. About 0.3 kB a key.

    List i holds `postings[starts[i]:starts[i + 1]]`, the numbers of the keys with gram `grams[i]`;
    `forward` is the same table by key. `lengths` and `masses` are each key's number of grams and
    sum of `squares`, the squared weights.
    """

    grams: Ints
    weights: NDArray[np.uint8]
    starts: Ints
    postings: NDArray[np.int32]
    forward_starts: Ints
    forward: NDArray[np.int32]
    lengths: Ints
    squares: Floats
    masses: Floats


def build_postings(keys: Sequence[str]) -> GramPostings:
    """The postings of distinct keys."""
    owners, codes = encode_grams(keys)
    grams = _sort_distinct(codes.copy())
    pairs = np.searchsorted(grams, codes)
    del codes  # of a million titles each of these is 180 MB
    pairs *= max(len(keys), 1)
    pairs += owners
    del owners
    pairs = _sort_distinct(pairs)
    by_gram, postings = np.divmod(pairs, max(len(keys), 1))
    gram_lengths = np.bincount(by_gram, minlength=len(grams))
    lengths = np.bincount(postings, minlength=len(keys))
    weights = _weigh(gram_lengths, len(keys))
    squares = np.square(weights.astype(np.float64))
    return GramPostings(
        grams=grams,
        weights=weights,
        starts=_cumulate(gram_lengths),
        postings=postings.astype(np.int32),
        forward_starts=_cumulate(lengths),
        forward=by_gram[np.argsort(postings, kind="stable")].astype(np.int32),
        lengths=lengths,
        squares=squares,
        masses=np.bincount(postings, squares[by_gram], len(keys)).astype(np.float64),
    )


def find_candidates(
    index: GramPostings, known: Sequence[str], keys: Sequence[str]
) -> tuple["Pairs", Floats]:
    """For each of `keys` the `known` ones that share most with it, and how alike they are, 0..1."""
    query = _look_up(index, keys)
    pairs = _find_pairs(index, query, len(keys))
    return pairs, _measure_similarity(index, query, pairs, keys, known)


def _weigh(lengths: Ints, total: int) -> NDArray[np.uint8]:
    """How much a gram says, 1.._WEIGHT_TOP: the logarithm of its rarity."""
    rarity = np.log1p(total / np.maximum(lengths, 1))
    weights: NDArray[np.uint8] = np.ceil(rarity / np.log1p(max(total, 1)) * _WEIGHT_TOP).astype(
        np.uint8
    )
    return weights


def _sort_distinct(numbers: Ints) -> Ints:
    """As np.unique, which hashes first and takes four times as long on millions."""
    numbers.sort()
    fresh = np.ones(len(numbers), np.bool_)
    fresh[1:] = numbers[1:] != numbers[:-1]
    return numbers[fresh]


def _cumulate(lengths: Ints) -> Ints:
    return np.concatenate(([0], np.cumsum(lengths)))


def _expand(starts: Ints, lengths: Ints) -> Ints:
    """The indices of all ranges [start, start + length), one after the other."""
    before = np.cumsum(lengths) - lengths
    return np.repeat(starts - before, lengths) + np.arange(int(lengths.sum()))


class _Query(NamedTuple):
    """The distinct grams of the queries, by query and number; -1 for a gram no title has."""

    owners: Ints
    grams: Ints


class Pairs(NamedTuple):
    """Candidates: query number and key number, sorted by query."""

    queries: Ints
    keys: Ints

    def pick(self, kept: NDArray[np.bool_] | Ints) -> "Pairs":
        """Some of them."""
        return Pairs(self.queries[kept], self.keys[kept])


def _look_up(index: GramPostings, keys: Sequence[str]) -> _Query:
    owners, codes = encode_grams(keys)
    order = np.lexsort((codes, owners))
    owners, codes = owners[order], codes[order]
    fresh = np.ones(len(codes), np.bool_)
    fresh[1:] = (codes[1:] != codes[:-1]) | (owners[1:] != owners[:-1])
    owners, codes = owners[fresh], codes[fresh]
    places = np.minimum(np.searchsorted(index.grams, codes), len(index.grams) - 1)
    return _Query(owners, np.where(index.grams[places] == codes, places, -1))


def _find_pairs(index: GramPostings, query: _Query, queries: int) -> Pairs:
    owners, grams, lengths = _choose_grams(index, query)
    rows = index.postings[_expand(index.starts[grams], lengths)]
    weights = index.weights[grams].astype(np.int64)
    # One sort of packed numbers brings the grams of each pair together: query, key, weight.
    packed = np.repeat(owners << 40 | weights, lengths) | rows.astype(np.int64) << 8
    packed.sort()
    pairs = packed >> 8
    heads = np.flatnonzero(np.concatenate(([True], pairs[1:] != pairs[:-1])))[: len(pairs)]
    shared = np.add.reduceat(packed & 0xFF, heads) if len(heads) else packed
    pairs = pairs[heads]
    asked = np.bincount(owners, weights, queries) * _LEAST_SHARED
    kept = np.flatnonzero(shared >= asked[pairs >> 32])
    found = Pairs(pairs[kept] >> 32, pairs[kept] & 0xFFFFFFFF)
    return found.pick(_rank(index, query, found, shared[kept], queries))


def _choose_grams(index: GramPostings, query: _Query) -> tuple[Ints, Ints, Ints]:
    """The rarest grams of each query, as far as the budget of postings goes."""
    known = query.grams >= 0
    owners, grams = query.owners[known], query.grams[known]
    lengths = np.minimum(index.starts[grams + 1] - index.starts[grams], _GRAM_CAP)
    order = np.lexsort((lengths, owners))
    owners, grams, lengths = owners[order], grams[order], lengths[order]
    before = np.cumsum(lengths) - lengths
    kept = before - before[_start_of_group(owners)] <= _BUDGET
    return owners[kept], grams[kept], lengths[kept]


def _rank(index: GramPostings, query: _Query, found: Pairs, shared: Ints, queries: int) -> Ints:
    """Positions of the `_CANDIDATES` pairs of each query that share most, for their length."""
    query_lengths = np.bincount(query.owners, minlength=queries)[found.queries]
    share = shared / (query_lengths + index.lengths[found.keys])  # at most _WEIGHT_TOP / 2
    # One sort of packed numbers: query, then the share from the top, then the position.
    packed = found.queries << 48 | (_SHARE_TOP - (share * 256).astype(np.int64)) << 32
    packed |= np.arange(len(packed))
    packed.sort()
    rank = np.arange(len(packed)) - _start_of_group(packed >> 48)
    return packed[rank < _CANDIDATES] & 0xFFFFFFFF


def _start_of_group(sorted_numbers: Ints) -> Ints:
    """For each place the first place with the same number."""
    counts = np.bincount(sorted_numbers)
    return np.repeat(np.cumsum(counts) - counts, counts)


def _measure_similarity(
    index: GramPostings, query: _Query, pairs: Pairs, keys: Sequence[str], all_known: Sequence[str]
) -> Floats:
    from rapidfuzz import fuzz, process  # a fresh account has nothing to compare with

    asked = [keys[number] for number in pairs.queries.tolist()]
    known = [all_known[number] for number in pairs.keys.tolist()]
    ratio = process.cpdist(asked, known, scorer=fuzz.ratio, dtype=np.float64) / 100.0
    return combine(_measure_cosine(index, query, pairs), ratio)


def _measure_cosine(index: GramPostings, query: _Query, pairs: Pairs) -> Floats:
    """The cosine of the weighted gram sets of each pair, 0..1."""
    lengths = index.lengths[pairs.keys]
    grams = index.forward[_expand(index.forward_starts[pairs.keys], lengths)]
    total = len(index.grams)
    asked = np.repeat(pairs.queries * total, lengths) + grams
    known = query.grams >= 0
    table = query.owners[known] * total + query.grams[known]  # sorted, as _look_up sorts codes
    places = np.minimum(np.searchsorted(table, asked), len(table) - 1)
    same = np.flatnonzero(table[places] == asked) if len(table) else places[:0]
    numbers = np.repeat(np.arange(len(lengths)), lengths)[same]
    shared = np.bincount(numbers, index.squares[grams[same]], len(lengths))
    squares = np.where(known, index.squares[query.grams], _WEIGHT_TOP**2)
    query_mass = np.bincount(query.owners, squares)[pairs.queries]
    cosine: Floats = shared / np.sqrt(query_mass * index.masses[pairs.keys])
    return cosine


def combine(cosine: Floats, ratio: Floats) -> Floats:
    """One similarity of both: rare grams decide, the edit distance keeps the order of words."""
    return _COSINE_SHARE * cosine + (1 - _COSINE_SHARE) * ratio
