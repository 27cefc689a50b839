"""Names that an extractor learns from texts: an account's posts, hot lists, a corpus of the user's."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from copyassist.keywords.hashing import HashTable, Ints
from copyassist.keywords.windows import Batch, find_windows
from copyassist.text import normalize

MOST_TEXTS = 3_000
MOST_WORDS = 5_000
_LEAST_TEXTS = 3
_LEAST_NEIGHBOURS = 2  # different ones on each side: 黑神 has only 话 after it
_LEAST_SHARE = 0.7  # of a name's texts, for a longer one to swallow it


def learn_names(texts: Sequence[str], least: int = _LEAST_TEXTS) -> list[str]:
    """Runs of words that stand in `least` of the newest texts and move freely, longest first.

    Words of the dictionary are not among them: they are known anyway.
    """
    drafts = [(normalize(text)[0], "") for text in texts[-MOST_TEXTS:]]
    if not drafts:
        return []
    batch = find_windows(drafts, HashTable.of({}))
    counts = _count_free(batch)
    found: list[str] = []
    for name in sorted((one for one in counts if counts[one] >= least), key=len, reverse=True):
        if not any(
            name in longer and counts[longer] >= _LEAST_SHARE * counts[name] for longer in found
        ):
            found.append(name)
    return found


def read_words(text: str) -> list[str]:
    """The words of a user's dictionary, normalised: one a line, lines that begin with # are remarks."""
    lines = (line.strip() for line in text.splitlines())
    words = [line for line in lines if line and not line.startswith("#")]
    return [normalize(word)[0] for word in words[:MOST_WORDS]]


def _count_free(batch: Batch) -> dict[str, int]:
    """In how many texts each run of several pieces stands that has different neighbours."""
    wide = np.flatnonzero(batch.width > 0)
    place, last = batch.place[wide], batch.place[wide] + batch.width[wide]
    keys = _number_texts(batch, wide)
    left = _beside(batch, batch.starts[place] - 1, wide)
    right = _beside(batch, batch.ends[last], wide)
    texts = np.bincount(keys)
    free = (_count_different(keys, left) >= _LEAST_NEIGHBOURS) & (
        _count_different(keys, right) >= _LEAST_NEIGHBOURS
    )
    _, first = np.unique(keys, return_index=True)
    return {
        batch.spell(int(wide[at])): int(texts[key])
        for key, at in enumerate(first.tolist())
        if free[key] and texts[key] > 1
    }


def _number_texts(batch: Batch, wide: Ints) -> Ints:
    """The same number for the same text in different drafts."""
    numbers: dict[str, int] = {}
    return np.array(
        [numbers.setdefault(batch.spell(at), len(numbers)) for at in wide.tolist()], np.int64
    )


def _beside(batch: Batch, at: Ints, wide: Ints) -> Ints:
    """The character beside; an edge is a different neighbour each time."""
    codes = batch.codes[np.clip(at, 0, len(batch.codes) - 1)].astype(np.int64)
    letter = (codes >= 0x3400) | ((codes >= 48) & (codes <= 57)) | ((codes >= 97) & (codes <= 122))
    return np.where(letter & (at >= 0), codes, -1 - wide)


def _count_different(keys: Ints, values: Ints) -> NDArray[np.int64]:
    pairs = np.unique(np.stack([keys, values], 1), axis=0)
    return np.bincount(pairs[:, 0], minlength=int(keys.max(initial=-1)) + 1)
