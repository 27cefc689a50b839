"""An index of titles in memory: which earlier title does a new one repeat or resemble?

Candidates come from the rarest n-grams of the new title; they are then compared whole, by shared
n-grams and by edit distance. Simhash and MinHash lose a fifth to a half of edited titles of this
length, and word fingerprints break on Traditional characters and spaces (measured on 104,000
titles); an inverted index of character n-grams keeps 97 of 100.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from copyassist.desk.duplicates.grams import encode_grams
from copyassist.text import title_key
from copyassist.types import ParsedText

Kind: TypeAlias = Literal["identical", "near", "similar"]
Ints: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]

# From these similarities on a title is called near or similar. Measured on 84,000 titles of four
# platforms: NEAR finds .97 of edited titles (one character in ten changed, words swapped, clauses
# moved, clickbait wrapped around), and .037 of unseen titles meet a near one that is no copy.
# Of a question's title before and after its own author changed it, SIMILAR finds .83.
NEAR = 0.64
SIMILAR = 0.5
_COSINE_SHARE = 0.7  # best of .25 .. 1 for the right title first among edited questions

_WEIGHT_TOP = 255  # weights are kept as bytes
_CHUNK = 512  # queries handled at once: keeps the working arrays at a few megabytes
_BUDGET = 384  # postings read per query, rarest grams first; 8,000 find no more right ones
_GRAM_CAP = 256  # postings read of one gram: what stands in more titles than that says little
_CANDIDATES = 8  # titles compared whole, per query
_LEAST_SHARED = 0.15  # of the weight of the grams read: less is one chance word
_SHARE_TOP = 0xFFFF  # shares are ordered by sixteen bits


class Found(NamedTuple):
    """An indexed title: its row in the list the index was built from, and how alike it is, 0..1."""

    row: int
    similarity: float
    kind: Kind


@dataclass(frozen=True, slots=True, eq=False)
class TitleIndex:
    """Postings of the n-grams of distinct titles. About 0.4 kB a title.

    `keys` are the distinct titles without case, width, script and separators; `rows` the last row
    of each in the list given. Posting list i holds `postings[starts[i]:starts[i + 1]]`, the numbers
    of the keys with gram `grams[i]`; `forward` is the same table by key. `lengths` and `masses` are each key's
    number of grams and sum of `squares`, the squared weights.
    """

    keys: Sequence[str]
    numbers: dict[str, int]
    rows: Ints
    grams: Ints
    weights: NDArray[np.uint8]
    starts: Ints
    postings: NDArray[np.int32]
    forward_starts: Ints
    forward: NDArray[np.int32]
    lengths: Ints
    squares: Floats
    masses: Floats

    @classmethod
    def build(cls, titles: Sequence[str]) -> "TitleIndex":
        """Index `titles`, oldest first: of titles that are the same, the last one is reported."""
        last_rows = {title_key(title): row for row, title in enumerate(titles)}
        last_rows.pop("", None)
        keys = list(last_rows)
        owners, codes = encode_grams(keys)
        grams, gram_numbers = np.unique(codes, return_inverse=True)
        pairs = _sort_distinct(gram_numbers.astype(np.int64) * max(len(keys), 1) + owners)
        by_gram, postings = np.divmod(pairs, max(len(keys), 1))
        gram_lengths = np.bincount(by_gram, minlength=len(grams))
        lengths = np.bincount(postings, minlength=len(keys))
        weights = _weigh(gram_lengths, len(keys))
        squares = np.square(weights.astype(np.float64))
        return cls(
            keys=keys,
            numbers={key: number for number, key in enumerate(keys)},
            rows=np.fromiter(last_rows.values(), np.int64, len(keys)),
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

    def find(self, title: ParsedText, limit: int = 5) -> list[Found]:
        """The titles most like `title`, best first: the case of one of `find_many`."""
        return self.find_many([title], limit)[0]

    def find_many(
        self, titles: Sequence[ParsedText], limit: int = 5, *, least: float = SIMILAR
    ) -> list[list[Found]]:
        """For each title the indexed ones it repeats or resembles, best first, at most `limit`.

        `least` is the least similarity, 0..1, that is worth reporting.
        """
        found: list[list[Found]] = []
        for start in range(0, len(titles), _CHUNK):
            keys = [title_key(title.norm) for title in titles[start : start + _CHUNK]]
            found.extend(_find_chunk(self, keys, limit, least))
        return found


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


# --- a chunk of queries ------------------------------------------------------------------------


class _Query(NamedTuple):
    """The distinct grams of the queries, by query and number; -1 for a gram no title has."""

    owners: Ints
    grams: Ints


class _Pairs(NamedTuple):
    """Candidates: query number and key number, sorted by query."""

    queries: Ints
    keys: Ints

    def pick(self, kept: NDArray[np.bool_] | Ints) -> "_Pairs":
        return _Pairs(self.queries[kept], self.keys[kept])


def _find_chunk(index: TitleIndex, keys: list[str], limit: int, least: float) -> list[list[Found]]:
    identical = np.array([index.numbers.get(key, -1) for key in keys], np.int64)
    found: list[list[Found]] = [[] for _ in keys]
    if limit < 1:
        return found
    if len(index.grams):
        pairs, similarity = _compare(index, keys)
        kept = (similarity >= least) & (identical[pairs.queries] != pairs.keys)
        _collect(index, pairs.pick(kept), similarity[kept], found)
    for number, same in enumerate(identical.tolist()):
        if same >= 0:
            found[number].append(Found(int(index.rows[same]), 1.0, "identical"))
        if len(found[number]) > 1:
            found[number].sort(key=_best_first)
            del found[number][limit:]
    return found


def _best_first(found: Found) -> tuple[bool, float, int]:
    return found.kind != "identical", -found.similarity, -found.row


def _look_up(index: TitleIndex, keys: list[str]) -> _Query:
    owners, codes = encode_grams(keys)
    order = np.lexsort((codes, owners))
    owners, codes = owners[order], codes[order]
    fresh = np.ones(len(codes), np.bool_)
    fresh[1:] = (codes[1:] != codes[:-1]) | (owners[1:] != owners[:-1])
    owners, codes = owners[fresh], codes[fresh]
    places = np.minimum(np.searchsorted(index.grams, codes), len(index.grams) - 1)
    return _Query(owners, np.where(index.grams[places] == codes, places, -1))


def _find_candidates(index: TitleIndex, query: _Query, queries: int) -> _Pairs:
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
    found = _Pairs(pairs[kept] >> 32, pairs[kept] & 0xFFFFFFFF)
    return found.pick(_rank(index, query, found, shared[kept], queries))


def _choose_grams(index: TitleIndex, query: _Query) -> tuple[Ints, Ints, Ints]:
    """The rarest grams of each query, as far as the budget of postings goes."""
    known = query.grams >= 0
    owners, grams = query.owners[known], query.grams[known]
    lengths = np.minimum(index.starts[grams + 1] - index.starts[grams], _GRAM_CAP)
    order = np.lexsort((lengths, owners))
    owners, grams, lengths = owners[order], grams[order], lengths[order]
    before = np.cumsum(lengths) - lengths
    kept = before - before[_start_of_group(owners)] <= _BUDGET
    return owners[kept], grams[kept], lengths[kept]


def _rank(index: TitleIndex, query: _Query, found: _Pairs, shared: Ints, queries: int) -> Ints:
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


def _measure_similarity(index: TitleIndex, query: _Query, pairs: _Pairs, keys: list[str]) -> Floats:
    from rapidfuzz import fuzz, process  # a fresh account has nothing to compare with

    asked = [keys[number] for number in pairs.queries.tolist()]
    known = [index.keys[number] for number in pairs.keys.tolist()]
    ratio = process.cpdist(asked, known, scorer=fuzz.ratio, dtype=np.float64) / 100.0
    return combine(_measure_cosine(index, query, pairs), ratio)


def _measure_cosine(index: TitleIndex, query: _Query, pairs: _Pairs) -> Floats:
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


def _compare(index: TitleIndex, keys: list[str]) -> tuple[_Pairs, Floats]:
    query = _look_up(index, keys)
    pairs = _find_candidates(index, query, len(keys))
    return pairs, _measure_similarity(index, query, pairs, keys)


def _collect(
    index: TitleIndex, pairs: _Pairs, similarity: Floats, found: list[list[Found]]
) -> None:
    rows = index.rows[pairs.keys].tolist()
    values = np.minimum(similarity, 1.0).tolist()
    for asked, row, value in zip(pairs.queries.tolist(), rows, values, strict=True):
        found[asked].append(Found(row, value, "near" if value >= NEAR else "similar"))
