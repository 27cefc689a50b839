"""An index of titles in memory: which earlier title does a new one repeat or resemble?

The candidates of `candidates` are judged pair by pair by `judge`, which knows nothing of the index;
how much of what is rare in the index they share is weighed in at the end.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from copyassist.desk.duplicates.candidates import (
    Floats,
    GramPostings,
    Ints,
    Pairs,
    build_postings,
    find_candidates,
)
from copyassist.desk.duplicates.fold import fold_key
from copyassist.desk.duplicates.judge import THRESHOLD, load_judge, name_relation
from copyassist.desk.duplicates.similarity import make_side
from copyassist.types import Likeness, ParsedText

Kind: TypeAlias = Literal["identical", "near", "similar"]

# From this similarity on a title that is no repeat is worth showing beside the draft.
SIMILAR = 0.5
_JUDGED = 8  # candidates judged, per query
_LEAST_JUDGED = 0.25  # of the similarity: less was never a repeat
_CHUNK = 512  # queries handled at once: keeps the working arrays at a few megabytes
_SIMILARITY_WEIGHT, _BIAS = 8.0, 3.0
_OTHER_SUBJECT = 0.4  # of the network's own chance
_SEPARATORS = re.compile(r"[\W_]+")
_HIDDEN = re.compile("[\u200b\u200c\u2060\ufeff]")  # joiners of pictures are honest
_STRAY = 3  # so many more separators than the other title are put in to hide it


class Found(NamedTuple):
    """An indexed title: its row in the list the index was built from, and how alike it is, 0..1.

    `kind` says how grave it is, `same` the chance 0..1 that one repeats the other, `told` that both
    tell the same in other words, `relation` in which way.
    """

    row: int
    similarity: float
    kind: Kind
    same: float = 1.0
    relation: Likeness = "identical"
    told: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class TitleIndex:
    """Distinct titles by their folded `keys`; `rows` holds the last row of each in `titles`."""

    titles: Sequence[str]
    keys: Sequence[str]
    numbers: Mapping[str, int] = field(repr=False)
    rows: Ints
    postings: GramPostings

    @classmethod
    def build(cls, titles: Sequence[str]) -> "TitleIndex":
        """Index `titles`, oldest first: of titles that are the same, the last one is reported."""
        last_rows = {fold_key(title): row for row, title in enumerate(titles)}
        last_rows.pop("", None)
        keys = list(last_rows)
        return cls(
            titles=titles,
            keys=keys,
            numbers={key: number for number, key in enumerate(keys)},
            rows=np.fromiter(last_rows.values(), np.int64, len(keys)),
            postings=build_postings(keys),
        )

    def find(self, title: ParsedText, limit: int = 5) -> list[Found]:
        """The titles most like `title`, best first: the case of one of `find_many`."""
        return self.find_many([title], limit)[0]

    def find_many(
        self, titles: Sequence[ParsedText], limit: int = 5, *, least: float = SIMILAR
    ) -> list[list[Found]]:
        """For each title the indexed ones it repeats or resembles, best first, at most `limit`.

        `least` is the least similarity, 0..1, that is worth reporting of what is no repeat.
        """
        found = find_in_many([self], titles, limit, least=least)
        return [[one for _, one in hits] for hits in found]


def find_in_many(
    indexes: Sequence[TitleIndex],
    titles: Sequence[ParsedText],
    limit: int,
    *,
    least: float = SIMILAR,
) -> list[list[tuple[int, Found]]]:
    """The same over several indexes at once: (number of the index, what was found) for each title.

    The candidates of all indexes are judged together, as if they were one.
    """
    found: list[list[tuple[int, Found]]] = []
    for start in range(0, len(titles), _CHUNK):
        found.extend(_find_chunk(indexes, titles[start : start + _CHUNK], limit, least))
    return found


class _Candidates(NamedTuple):
    """Pairs of a question and a key of one of the indexes."""

    indexes: Ints
    pairs: Pairs
    similarity: Floats


def _find_chunk(
    indexes: Sequence[TitleIndex], titles: Sequence[ParsedText], limit: int, least: float
) -> list[list[tuple[int, Found]]]:
    keys = [fold_key(title.norm) for title in titles]
    found: list[list[tuple[int, Found]]] = [[] for _ in keys]
    if limit < 1:
        return found
    candidates = []
    for place, index in enumerate(indexes):
        identical = np.array([index.numbers.get(key, -1) for key in keys], np.int64)
        for number, same in enumerate(identical.tolist()):
            if same >= 0:
                row = int(index.rows[same])
                relation = name_disguise(titles[number].raw, index.titles[row])
                found[number].append((place, Found(row, 1.0, "identical", 1.0, relation)))
        if len(index.postings.grams):
            pairs, similarity = find_candidates(index.postings, index.keys, keys)
            kept = np.flatnonzero(identical[pairs.queries] != pairs.keys)
            where = np.full(len(kept), place, np.int64)
            candidates.append(_Candidates(where, pairs.pick(kept), similarity[kept]))
    if candidates:
        _judge(indexes, keys, _join(candidates), found, least)
    for one in found:
        if len(one) > 1:
            one.sort(key=_best_first)
            del one[limit:]
    return found


def _join(candidates: Sequence[_Candidates]) -> _Candidates:
    if len(candidates) == 1:
        return candidates[0]
    return _Candidates(
        np.concatenate([one.indexes for one in candidates]),
        Pairs(
            np.concatenate([one.pairs.queries for one in candidates]),
            np.concatenate([one.pairs.keys for one in candidates]),
        ),
        np.concatenate([one.similarity for one in candidates]),
    )


def _best_first(one: tuple[int, Found]) -> tuple[int, float, int]:
    found = one[1]
    rank = ("identical", "near", "similar").index(found.kind)
    # Among what is no repeat, what tells the same comes before what only sounds alike.
    return rank, -(found.same if rank == 1 else found.told + found.similarity), -found.row


def _judge(
    indexes: Sequence[TitleIndex],
    keys: Sequence[str],
    candidates: _Candidates,
    found: list[list[tuple[int, Found]]],
    least: float,
) -> None:
    """Adds what the candidates are to what was found of each query."""
    chosen = _choose(candidates.pairs, candidates.similarity, min(least, _LEAST_JUDGED))
    pairs, similarity = (
        candidates.pairs.pick(chosen),
        np.minimum(candidates.similarity[chosen], 1.0),
    )
    where = candidates.indexes[chosen].tolist()
    if not len(chosen):
        return
    asked = {number: make_side(keys[number]) for number in set(pairs.queries.tolist())}
    known = zip(where, pairs.keys.tolist(), strict=True)
    verdict = load_judge().judge(
        [asked[number] for number in pairs.queries.tolist()],
        [make_side(indexes[index].keys[number]) for index, number in known],
    )
    chances = combine_chances(verdict.same, verdict.told, similarity)
    worth = (chances >= THRESHOLD) | (similarity >= least)
    for place in np.flatnonzero(worth).tolist():
        # Rounded: the last bits depend on how many pairs were judged at once.
        same, told = round(float(chances[place]), 6), round(float(verdict.told[place]), 4)
        relation = name_relation(verdict.measures[place].tolist(), same, told)
        kind: Kind = "near" if same >= THRESHOLD else "similar"
        row = int(indexes[where[place]].rows[pairs.keys[place]])
        hit = Found(row, float(similarity[place]), kind, same, relation, told)
        found[int(pairs.queries[place])].append((where[place], hit))


def combine_chances(same: Floats, told: Floats, similarity: Floats) -> Floats:
    """The chance that a title is a repeat: both verdicts, and how much of what is rare is shared.

    Among 100,000 titles some are strangers that look like an edit. Weights chosen there, on edits of
    the kinds that the network was fitted on. What the network takes for another subject said in the
    same pattern stays below the threshold, however much it shares.
    """
    odds = _to_odds(same) + _to_odds(told) + _SIMILARITY_WEIGHT * similarity - _BIAS
    chances: Floats = 1 / (1 + np.exp(-odds))
    return np.where(same < _OTHER_SUBJECT, chances * (THRESHOLD - 0.01), chances)


def _to_odds(chances: Floats) -> Floats:
    odds: Floats = np.log((chances + 1e-5) / (1 - chances + 1e-5))
    return odds


def _choose(pairs: Pairs, similarity: Floats, least: float) -> NDArray[np.int64]:
    """The places of the pairs of each query that are most alike, at most `_JUDGED`."""
    order = np.lexsort((-similarity, pairs.queries))
    counts = np.bincount(pairs.queries)
    before = np.repeat(np.cumsum(counts) - counts, counts)
    rank = np.arange(len(order)) - before
    chosen: NDArray[np.int64] = np.sort(order[(rank < _JUDGED) & (similarity[order] >= least)])
    return chosen


def name_disguise(one: str, two: str) -> Likeness:
    """Whether titles of one key are the same to the eye, or one hides behind signs or variants."""
    bare, other = _bare(one), _bare(two)
    stray = abs(len(_SEPARATORS.findall(one)) - len(_SEPARATORS.findall(two)))
    hidden = bool(_HIDDEN.search(one)) != bool(_HIDDEN.search(two))
    return "disguised" if bare != other or stray > _STRAY or hidden else "identical"


def _bare(title: str) -> str:
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", title)).casefold()
