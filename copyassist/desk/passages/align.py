"""Which passages two texts share, also where one was edited: seeds, joined and held to a measure.

Seeding, extension and filtering as in Sanchez-Perez, Sidorov, Gelbukh: A Winning Approach to Text
Alignment for Text Reuse Detection (PAN at CLEF 2014), with runs of three letters for seeds instead of
sentences: Chinese words of two letters that were kept leave a seed with their neighbour, and clauses
that changed places still lie near each other.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from copyassist.desk.passages.letters import Letters
from copyassist.desk.passages.prints import hash_grams

Ints = NDArray[np.int64]

SEED = 3
_OFTEN = 6  # a run of letters that comes oftener than so in one of the texts seeds nothing
_GAP = 22  # letters without a seed inside one passage
_JOIN = 45  # passages that follow each other this closely in both texts are one
_RUN = 13  # so many letters word for word are a passage by themselves
_LEAST = 18  # letters of an edited passage that stand in seeds
_DENSE = 0.42  # share of a passage's letters that stand in seeds, in both texts
_EDGE = 12  # diagonals of a thin cluster are counted in bands of so many letters
_STRAY_GAP = 2  # a seed at the edge reaches over so many letters, a longer run over more
_UNEVEN = 3.0  # one side may be so many times as long as the other


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage in two texts: letters [start, end) of the one, [other_start, other_end) of the other.

    `kept` is the share 0..1 of its letters that stand in both word for word.
    """

    start: int
    end: int
    other_start: int
    other_end: int
    kept: float


def find_passages(one: Letters, other: Letters) -> list[Passage]:
    """The passages of `one` that stand in `other` too, in order, none overlapping another in `one`."""
    places, others = _keep_longest(*find_seeds(one, other))
    if not len(places):
        return []
    found: list[Passage] = []
    for chosen in _cluster(places, others):
        passage = _measure(places[chosen], others[chosen])
        if passage is not None:
            found.append(passage)
    return _join(found)


def find_seeds(one: Letters, other: Letters) -> tuple[Ints, Ints]:
    """Where a run of SEED letters of `one` stands in `other`, sorted: at most _OFTEN for each place."""
    left, right = hash_grams(one.points, SEED), hash_grams(other.points, SEED)
    left_rank = _rank(left)
    order = np.argsort(right, kind="stable")
    lined = right[order]
    starts = np.searchsorted(lined, left, "left")
    counts = np.searchsorted(lined, left, "right") - starts
    # The rank counts how often a run came before: past _OFTEN of them a text only repeats itself.
    counts[(counts > _OFTEN) | (left_rank >= _OFTEN)] = 0
    places = np.repeat(np.arange(len(left)), counts)
    before = np.repeat(np.cumsum(counts) - counts, counts)
    others = order[np.repeat(starts, counts) + np.arange(len(places)) - before]
    return places, others


def _keep_longest(places: Ints, others: Ints) -> tuple[Ints, Ints]:
    """Of the seeds of one place those of the longest word for word run: a term that comes again
    elsewhere says nothing where its whole sentence has been found."""
    order = np.lexsort((places, others - places))
    lined, diagonal = places[order], (others - places)[order]
    heads = np.ones(len(order), bool)
    heads[1:] = (diagonal[1:] != diagonal[:-1]) | (lined[1:] != lined[:-1] + 1)
    run = np.cumsum(heads) - 1
    lengths = np.zeros(len(order), np.int64)
    lengths[order] = np.bincount(run)[run] if len(run) else 0
    kept = np.ones(len(order), bool)
    for axis in (places, others):
        longest = np.zeros(int(axis.max(initial=-1)) + 1, np.int64)
        np.maximum.at(longest, axis, lengths)
        kept &= lengths == longest[axis]
    return places[kept], others[kept]


def _rank(hashed: NDArray[np.uint64]) -> Ints:
    order = np.argsort(hashed, kind="stable")
    lined = hashed[order]
    heads = np.concatenate(([True], lined[1:] != lined[:-1]))[: len(lined)]
    starts = np.maximum.accumulate(np.where(heads, np.arange(len(lined)), 0))
    rank = np.zeros(len(lined), np.int64)
    rank[order] = np.arange(len(lined)) - starts
    return rank


def _cluster(places: Ints, others: Ints) -> list[Ints]:
    """Seeds that lie near each other in both texts: cut at gaps of the one, then of the other."""
    done: list[Ints] = []
    open_ = [(np.arange(len(places)), 0)]
    while open_:
        chosen, stable = open_.pop()
        axis = places if stable % 2 == 0 else others
        values = axis[chosen]
        order = np.argsort(values, kind="stable")
        cuts = np.flatnonzero(np.diff(values[order]) > _GAP) + 1
        if not len(cuts) and stable:
            done.append(chosen)
            continue
        parts = np.split(chosen[order], cuts)
        # The first cut is by the one text; a part that no further cut divides is done.
        step = 1 if len(cuts) == 0 else (1 if stable % 2 == 0 else 2)
        open_.extend((part, step) for part in parts if len(part) > 2)
    return done


def _measure(places: Ints, others: Ints) -> Passage | None:
    """The passage of a cluster; None where its seeds are too thin to be one."""
    for _ in range(4):
        places, others = _trim_both(places, others)
        start, end = int(places.min()), int(places.max()) + SEED
        other_start, other_end = int(others.min()), int(others.max()) + SEED
        covered = _cover(places, start, end)
        other_covered = _cover(others, other_start, other_end)
        long_run = _longest(covered) >= _RUN
        dense = min(covered.mean(), other_covered.mean())
        lengths = sorted((end - start, other_end - other_start))
        if dense >= _DENSE and lengths[1] <= _UNEVEN * lengths[0]:
            break
        chosen = _densest(places, others)
        if len(chosen) in (0, len(places)):
            return None
        places, others = places[chosen], others[chosen]
    else:
        return None
    if covered.sum() < _LEAST and not long_run:
        return None
    return Passage(start, end, other_start, other_end, float(covered.mean()))


def _trim_both(places: Ints, others: Ints) -> tuple[Ints, Ints]:
    while True:
        kept = _trim(places) & _trim(others)
        if kept.all() or not kept.any():
            return places, others
        places, others = places[kept], others[kept]


def _trim(places: Ints) -> NDArray[np.bool_]:
    """Which seeds are not stray ones at the edges: few letters behind a gap that is longer."""
    order = np.unique(places)
    cuts = np.flatnonzero(np.diff(order) > SEED) + 1
    firsts = order[np.concatenate(([0], cuts))]
    lasts = order[np.concatenate((cuts, [len(order)])) - 1] + SEED
    low, high = 0, len(firsts) - 1
    while low < high and _is_stray(lasts[low] - firsts[low], firsts[low + 1] - lasts[low]):
        low += 1
    while low < high and _is_stray(lasts[high] - firsts[high], firsts[high] - lasts[high - 1]):
        high -= 1
    kept: NDArray[np.bool_] = (places >= firsts[low]) & (places < lasts[high])
    return kept


def _is_stray(size: int, gap: int) -> bool:
    return gap > _STRAY_GAP * (size - SEED + 1) ** 2


def _cover(places: Ints, start: int, end: int) -> NDArray[np.bool_]:
    covered = np.zeros(end - start + SEED, bool)
    for step in range(SEED):
        covered[places - start + step] = True
    return covered[: end - start]


def _longest(covered: NDArray[np.bool_]) -> int:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], covered.astype(np.int8), [0]))))
    return int((edges[1::2] - edges[::2]).max(initial=0))


def _densest(places: Ints, others: Ints) -> Ints:
    """The seeds of a thin cluster that lie on the busiest band of diagonals."""
    diagonals = others - places
    low = int(diagonals.min())
    counts = np.bincount((diagonals - low) // _EDGE)
    pairs = counts[:-1] + counts[1:] if len(counts) > 1 else counts
    best = int(pairs.argmax())
    band = (diagonals - low) // _EDGE
    return np.flatnonzero((band == best) | (band == best + 1))


def _join(found: list[Passage]) -> list[Passage]:
    """Passages that follow each other closely become one; of two that overlap the longer stays."""
    joined: list[Passage] = []
    for passage in sorted(found, key=lambda one: (one.start, -one.end)):
        last = joined[-1] if joined else None
        if last is None or passage.start - last.end > _JOIN:
            joined.append(passage)
            continue
        near = max(passage.other_start - last.other_end, last.other_start - passage.other_end)
        if near <= _JOIN:
            joined[-1] = _unite(last, passage)
        elif passage.start >= last.end:
            joined.append(passage)
        elif passage.end > last.end:
            cut = passage.start + (last.end - passage.start)
            if passage.end - cut >= _RUN:
                shift = min(cut - passage.start, passage.other_end - passage.other_start - 1)
                joined.append(
                    Passage(
                        cut,
                        passage.end,
                        passage.other_start + shift,
                        passage.other_end,
                        passage.kept,
                    )
                )
    return joined


def _unite(one: Passage, two: Passage) -> Passage:
    start, end = min(one.start, two.start), max(one.end, two.end)
    kept = one.kept * (one.end - one.start) + two.kept * (two.end - two.start)
    return Passage(
        start,
        end,
        min(one.other_start, two.other_start),
        max(one.other_end, two.other_end),
        min(kept / max(end - start, 1), 1.0),
    )
