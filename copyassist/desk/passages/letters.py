"""A text as the run of its letters, with the way back: what passages are looked for in.

Punctuation, spaces, case, width, Traditional characters and variants make no difference.
"""

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from copyassist.desk.duplicates.fold import VARIANTS
from copyassist.text import normalize, repair

Ints = NDArray[np.int64]

_RUN = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True, eq=False)
class Letters:
    """`points` are the code points of the letters, `places` where each stands in the raw text.

    `places` has one entry more than `points`: the end of the last letter.
    """

    raw: str
    points: NDArray[np.uint32]
    places: Ints

    def __len__(self) -> int:
        return len(self.points)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The raw range of the letters [start, end)."""
        if start >= end:
            return int(self.places[start]), int(self.places[start])
        last = int(self.places[end - 1])
        following = int(self.places[end])
        return int(self.places[start]), min(following, last + 1) if following > last else last + 1

    def range(self, start: int, end: int) -> tuple[int, int]:
        """The letters that stand in the raw range [start, end)."""
        bounds = np.searchsorted(self.places[:-1], [start, end])
        return int(bounds[0]), int(bounds[1])


def find_letters(raw: str) -> Letters:
    """The letters of a text. Never raises."""
    mended, _ = repair(raw)
    norm, offsets = normalize(mended)
    folded = norm.translate(VARIANTS)
    codes = np.frombuffer(folded.encode("utf-32-le", "surrogatepass"), np.uint32)
    kept = np.zeros(len(codes), bool)
    for run in _RUN.finditer(folded):
        kept[run.start() : run.end()] = True
    chosen = np.flatnonzero(kept)
    places = chosen if offsets is None else np.asarray(offsets, np.int64)[chosen]
    return Letters(mended, codes[chosen], np.append(places, len(mended)).astype(np.int64))
