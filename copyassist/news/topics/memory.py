"""How titles with these characters did lately: best rank, hours on the list, top ten or not.

Names and words come and go on a hot list; what a title is worth depends on how its words did in
the last weeks more than on how they did last year. Each pair and triple of characters remembers
the average of its titles, with older ones fading (half in 10 days, half in 40 days). What a title
did counts from twelve hours after it was first seen, so nothing is known before its time.
"""

import math
import zlib
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from copyassist.text import title_key

SLOTS = 1 << 18  # characters share a slot once in ten, and then mix what they know
HALF_LIVES = (10 * 24.0, 40 * 24.0)  # hours
OUTCOMES = 3
COUNT_STEPS = 12  # of the packed counts, a doubling
FAINT = 0.05  # slots with less than this many faded titles say nothing
FEATURES = tuple(
    f"memory_{name}_{days}"
    for days in (10, 40)
    for name in ("rank", "hours", "top", "known", "titles")
)


class Outcome(NamedTuple):
    """What a title did within twelve hours: -ln(best rank), ln(1 + hours), 1 for the top ten."""

    rank: float
    hours: float
    top: float


def measure_outcome(best_rank: int, hours: float) -> Outcome:
    """An outcome as it is remembered."""
    return Outcome(-math.log(best_rank), math.log1p(hours), float(best_rank <= 10))


# The average outcome of all titles, 2024-11 .. 2025-12: outcomes are remembered against it.
MEAN = np.array([-2.9, 0.9, 0.27])


def find_slots(title: str) -> NDArray[np.int64]:
    """The slots of a title's pairs and triples of characters."""
    key = title_key(title)
    pieces = {key[i : i + n] for n in (2, 3) for i in range(len(key) - n + 1)} or {key}
    return np.array(sorted({zlib.crc32(p.encode()) % SLOTS for p in pieces}), dtype=np.int64)


class TitleMemory:
    """The slots: faded counts and sums, on a clock that starts at `start` (epoch hours)."""

    def __init__(self, start: float) -> None:
        self.start = start
        self.counts = np.zeros((len(HALF_LIVES), SLOTS))
        self.sums = np.zeros((len(HALF_LIVES), SLOTS, OUTCOMES))

    def learn(self, hours: float, slots: NDArray[np.int64], outcome: Outcome) -> None:
        """Remember what a title first seen at `hours` did."""
        value = np.array(outcome) - MEAN
        for place, half in enumerate(HALF_LIVES):
            weight = 2.0 ** ((hours - self.start) / half)
            self.counts[place, slots] += weight
            self.sums[place, slots] += weight * value

    def recall(self, hours: float, slots: NDArray[np.int64]) -> list[float]:
        """The values of `FEATURES` for a title at `hours`; 0 where nothing is remembered."""
        found: list[float] = []
        for place, half in enumerate(HALF_LIVES):
            fade = 2.0 ** (-(hours - self.start) / half)
            counts = self.counts[place, slots] * fade
            strong = counts > FAINT
            means = self.sums[place, slots] * fade / np.maximum(counts, 1e-9)[:, None]
            # Slots that few titles share tell most; those of one or two titles tell it badly.
            weights = counts / (counts + 4) / np.sqrt(1 + counts) * strong
            average = weights @ means / max(float(weights.sum()), 1e-6)
            known = float((counts > 0.3).mean())
            found += [*average.tolist(), known, float(np.log1p(counts).mean())]
        return found

    def fade_to(self, hours: float) -> None:
        """Move the clock's start, so that weights do not grow without end."""
        for place, half in enumerate(HALF_LIVES):
            fade = 2.0 ** (-(hours - self.start) / half)
            self.counts[place] *= fade
            self.sums[place] *= fade
        self.start = hours

    def copy(self) -> "TitleMemory":
        """A memory that learns by itself from here on."""
        other = TitleMemory(self.start)
        other.counts, other.sums = self.counts.copy(), self.sums.copy()
        return other


def pack_memory(memory: TitleMemory) -> dict[str, NDArray[Any]]:
    """The memory as arrays of a model folder, a byte a number: faint slots are dropped."""
    strong = memory.counts > FAINT
    counts = np.where(strong, memory.counts, FAINT)
    steps = np.clip(np.round(COUNT_STEPS * np.log2(counts / FAINT)), 1, 255)
    means = np.divide(
        memory.sums, counts[:, :, None], where=strong[:, :, None], out=np.zeros_like(memory.sums)
    )
    scale = np.abs(means).max(axis=(0, 1)) / 127 + 1e-12
    return {
        "memory_start": np.array(memory.start),
        "memory_counts": np.where(strong, steps, 0).astype(np.uint8),
        "memory_means": np.round(means / scale).astype(np.int8),
        "memory_scale": scale.astype(np.float32),
    }


def unpack_memory(arrays: Mapping[str, Any]) -> TitleMemory | None:
    """The memory that `pack_memory` packed, None where a folder has none."""
    if "memory_start" not in arrays:
        return None
    memory = TitleMemory(float(arrays["memory_start"]))
    steps = arrays["memory_counts"].astype(np.float64)
    memory.counts = np.where(steps > 0, FAINT * 2 ** (steps / COUNT_STEPS), 0.0)
    scale = arrays["memory_scale"].astype(np.float64)
    memory.sums = arrays["memory_means"].astype(np.float64) * scale * memory.counts[:, :, None]
    return memory
