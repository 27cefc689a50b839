"""An index of titles in memory: which earlier title does a new one repeat or resemble?

The candidates of `candidates` are judged pair by pair by `judge`, which knows nothing of the index:
a verdict is the same among fifty posts and among a million.
"""

import re
import unicodedata
from collections.abc import Sequence
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
    numbers: dict[str, int] = field(repr=False)
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
        found: list[list[Found]] = []
        for start in range(0, len(titles), _CHUNK):
            found.extend(_find_chunk(self, titles[start : start + _CHUNK], limit, least))
        return found


def _find_chunk(
    index: TitleIndex, titles: Sequence[ParsedText], limit: int, least: float
) -> list[list[Found]]:
    keys = [fold_key(title.norm) for title in titles]
    identical = np.array([index.numbers.get(key, -1) for key in keys], np.int64)
    found: list[list[Found]] = [[] for _ in keys]
    if limit < 1:
        return found
    if len(index.postings.grams):
        pairs, similarity = find_candidates(index.postings, index.keys, keys)
        kept = identical[pairs.queries] != pairs.keys
        _judge(index, keys, (pairs.pick(kept), similarity[kept]), found, least)
    for number, same in enumerate(identical.tolist()):
        if same >= 0:
            row = int(index.rows[same])
            relation = name_disguise(titles[number].raw, index.titles[row])
            found[number].append(Found(row, 1.0, "identical", 1.0, relation))
        if len(found[number]) > 1:
            found[number].sort(key=_best_first)
            del found[number][limit:]
    return found


def _best_first(found: Found) -> tuple[int, float, int]:
    rank = ("identical", "near", "similar").index(found.kind)
    # Among what is no repeat, what tells the same comes before what only sounds alike.
    return rank, -(found.same if rank == 1 else found.told + found.similarity), -found.row


def _judge(
    index: TitleIndex,
    keys: Sequence[str],
    candidates: tuple[Pairs, Floats],
    found: list[list[Found]],
    least: float,
) -> None:
    """Adds what the candidates are to what was found of each query."""
    pairs, similarity = candidates
    chosen = _choose(pairs, similarity, min(least, _LEAST_JUDGED))
    pairs, similarity = pairs.pick(chosen), np.minimum(similarity[chosen], 1.0)
    if not len(chosen):
        return
    asked = {number: make_side(keys[number]) for number in set(pairs.queries.tolist())}
    verdict = load_judge().judge(
        [asked[number] for number in pairs.queries.tolist()],
        [make_side(index.keys[number]) for number in pairs.keys.tolist()],
    )
    worth = (verdict.same >= THRESHOLD) | (similarity >= least)
    for place in np.flatnonzero(worth).tolist():
        # Rounded: the last bits depend on how many pairs were judged at once.
        same, told = (round(float(chances[place]), 4) for chances in verdict[:2])
        relation = name_relation(verdict.measures[place].tolist(), same, told)
        kind: Kind = "near" if same >= THRESHOLD else "similar"
        row = int(index.rows[pairs.keys[place]])
        found[int(pairs.queries[place])].append(
            Found(row, float(similarity[place]), kind, same, relation, told)
        )


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
