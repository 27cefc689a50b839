"""How much a title lures, apart from the score: 0..100, and by which constructions.

Points of kinds add up (`lures.toml`), those of later ones less and less, so that no single word makes
a title clickbait. Nothing was trained: the value orders titles, it is no probability.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache

from copyassist.resources import find_asset
from copyassist.types import Clickbait

# What is no fault by itself; it only adds to others.
_GENERAL = frozenset({"emotion", "loud", "asks_reader", "lists", "spoken", "calm"})
_FADE = 0.8
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class _Lure:
    kind: str
    points: float
    pattern: re.Pattern[str]


def measure_clickbait(norm: str) -> Clickbait:
    """The value of a normalised title, with the kinds found, the weightiest first."""
    return _measure(norm[:_LONGEST])


@lru_cache(maxsize=1024)
def _measure(norm: str) -> Clickbait:
    base, lures = _load()
    found = [(lure, len(lure.pattern.findall(norm))) for lure in lures]
    hits = sorted(
        ((lure.points * (1 + 0.25 * min(4, count - 1)), lure) for lure, count in found if count),
        key=lambda hit: -hit[0],
    )
    value = float(base)
    for place, (points, _) in enumerate(hits):
        value += points * (_FADE**place if points > 0 else 1.0)
    kinds = tuple(lure.kind for _, lure in hits if lure.kind not in _GENERAL)
    return Clickbait(max(0, min(100, round(value))), kinds)


@cache
def _load() -> tuple[int, tuple[_Lure, ...]]:
    table = tomllib.loads(find_asset("lexicons", "lures.toml").read_text("utf-8"))
    lures = tuple(
        _Lure(kind, lure["points"], re.compile(lure["pattern"]))
        for kind, lure in table.items()
        if kind != "base"
    )
    return table["base"], lures
