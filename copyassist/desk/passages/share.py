"""How much of a text is its own: what stands in none of the texts that it was compared with.

The share of own text (原创度) is 1 - copied / counted: `counted` are the letters without quotations
and boilerplate, `copied` those of them that lie in a passage found in an earlier text.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from copyassist.desk.passages.align import Passage, find_passages
from copyassist.desk.passages.apart import find_apart, unite
from copyassist.desk.passages.letters import Letters, find_letters
from copyassist.types import CopiedPassage, OwnShare

_OVERLAP = 0.7  # a passage that lies this much in longer ones of other texts is not shown again
_LEAST_OUTSIDE = 10  # letters of a passage outside quotations and boilerplate


@dataclass(frozen=True, slots=True)
class Earlier:
    """A text that may hold passages: whose it is (a number of the caller's) and its text."""

    number: int
    text: str


def measure_share(
    body: str, earlier: Sequence[Earlier], learnt: frozenset[int] = frozenset()
) -> OwnShare:
    """The passages of `body` that stand in the earlier texts, and the share of its own text."""
    letters = find_letters(body)
    apart = find_apart(letters, learnt)
    counted = np.ones(len(letters), bool)
    for start, end in apart:
        counted[start:end] = False
    copied = np.zeros(len(letters), bool)
    found: list[tuple[Passage, Earlier, Letters]] = []
    for one in earlier:
        other = find_letters(one.text)
        for passage in find_passages(letters, other):
            if counted[passage.start : passage.end].sum() >= _LEAST_OUTSIDE:
                found.append((passage, one, other))
    found.sort(key=lambda one: one[0].start - one[0].end)
    shown: list[CopiedPassage] = []
    for passage, one, other in found:
        inside = copied[passage.start : passage.end]
        if inside.mean() < _OVERLAP:
            shown.append(_show(passage, one, (letters, other)))
        inside[:] = True
    total = int(counted.sum())
    share = 1.0 if total == 0 else 1 - float((copied & counted).sum()) / total
    return OwnShare(
        share=share,
        letters=len(letters),
        counted=total,
        passages=tuple(sorted(shown, key=lambda one: one.start)),
        apart=tuple(letters.span(start, end) for start, end in unite(apart)),
    )


def _show(passage: Passage, one: Earlier, texts: tuple[Letters, Letters]) -> CopiedPassage:
    start, end = texts[0].span(passage.start, passage.end)
    other_start, other_end = texts[1].span(passage.other_start, passage.other_end)
    return CopiedPassage(
        source=one.number,
        start=start,
        end=end,
        other_start=other_start,
        other_end=other_end,
        text=texts[0].raw[start:end],
        other_text=texts[1].raw[other_start:other_end],
        kept=passage.kept,
    )
