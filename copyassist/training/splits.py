"""Stories: tests that must stay on one side of a split, because they share what they test.

Tests are joined by a common image, by an identical headline, and by headlines that are nearly the
same. The folds of the data sets were made this way; a test holds that none of their folds parts
what this module joins.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz.fuzz import ratio

from copyassist.desk.scoring.ngrams import Ints
from copyassist.text import title_key

NEAR = 90.0  # rapidfuzz ratio, 0..100, from which two headlines are one headline edited
BLOCK = 12  # near-identical headlines share a run this long at the start or the end
BLOCK_MOST = 60  # a run that opens more headlines than that is a phrase, not a headline


@dataclass(frozen=True, slots=True)
class StoryTitle:
    """One headline of one test with its image."""

    test: str
    image: str
    title: str


def join_stories(rows: Sequence[StoryTitle]) -> Mapping[str, int]:
    """The story of each test: the connected component by image, same and nearly same headlines."""
    parents = {row.test: row.test for row in rows}
    for tests in _shared(rows):
        for other in tests[1:]:
            _join(parents, tests[0], other)
    for first, second in _near_pairs(rows):
        _join(parents, first, second)
    roots: dict[str, int] = {}
    return {test: roots.setdefault(_root(parents, test), len(roots)) for test in parents}


def _shared(rows: Sequence[StoryTitle]) -> Iterable[list[str]]:
    """Tests that have an image or a headline in common."""
    found: dict[Hashable, list[str]] = defaultdict(list)
    for row in rows:
        if row.image:
            found["image", row.image].append(row.test)
        found["title", title_key(row.title)].append(row.test)
    return found.values()


def _near_pairs(rows: Sequence[StoryTitle]) -> Iterable[tuple[str, str]]:
    keys = {title_key(row.title): row.test for row in rows}
    blocks: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        if len(key) >= 2 * BLOCK:
            blocks["^" + key[:BLOCK]].append(key)
            blocks["$" + key[-BLOCK:]].append(key)
    for members in blocks.values():
        if len(members) > BLOCK_MOST:
            continue
        for at, first in enumerate(members):
            for second in members[at + 1 :]:
                if keys[first] != keys[second] and ratio(first, second) >= NEAR:
                    yield keys[first], keys[second]


def _root(parents: dict[str, str], test: str) -> str:
    while parents[test] != test:
        parents[test] = parents[parents[test]]
        test = parents[test]
    return test


def _join(parents: dict[str, str], first: str, second: str) -> None:
    parents[_root(parents, first)] = _root(parents, second)


def deal_folds(stories: Ints, folds: int, *, seed: int = 0) -> Ints:
    """A fold 0..folds-1 for each row so that no story is parted and folds are about as large."""
    names, counts = np.unique(stories, return_counts=True)
    order = np.random.default_rng(seed).permutation(len(names))
    order = order[np.argsort(-counts[order], kind="stable")]
    filled = np.zeros(folds, dtype=np.int64)
    fold_of = np.zeros(len(names), dtype=np.int64)
    for at in order:
        fold_of[at] = int(np.argmin(filled))
        filled[fold_of[at]] += counts[at]
    return np.asarray(fold_of[np.searchsorted(names, stories)])
