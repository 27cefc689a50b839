"""How far a sentence reads like one that breaks a rule, where no construction says so, or only one does.

Weights of pieces of one to three characters, learnt from sentences (`training.breach_manner`). What
reads like a breach is pointed out without a rule that names it; what a rule finds in a sentence that
reads like a report, a question or a recipe is not.
"""

import json
import lzma
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import add

from copyassist.resources import find_asset

_DIGITS = re.compile(r"\d+")
_CLAUSE = re.compile(r"[^,、:;。!?\s|]+")
_SHORTEST = 6


@dataclass(frozen=True, slots=True)
class Reading:
    """How a sentence reads (0: as likely a breach as not), like a breach of which category, and
    where most of all: [start, end) in the sentence.
    """

    value: float
    category: str
    start: int
    end: int


def list_pieces(norm: str) -> set[str]:
    """The pieces of a normalised sentence, each once; numbers are all the same, marks are none."""
    return {piece for piece in _cut(norm) if piece.isalnum()}


def _cut(norm: str) -> set[str]:
    """All pieces, those with marks too, which weigh nothing."""
    plain = _DIGITS.sub("0", norm)
    pairs = list(map(add, plain, plain[1:]))
    return {*plain, *pairs, *map(add, pairs, plain[2:])}


@lru_cache(maxsize=8192)
def measure_reading(norm: str) -> float:
    """How far a normalised sentence reads like a breach."""
    model = _load()
    weights = model.weights
    return (model.bias + sum(weights[piece] for piece in weights.keys() & _cut(norm))) / 100


def read_sentence(norm: str, least: float) -> Reading | None:
    """How a normalised sentence reads, and where; None below `least` and for what is too short."""
    if len(norm) < _SHORTEST or (value := measure_reading(norm)) < least:
        return None
    model = _load()
    votes: dict[str, int] = {}
    for piece in model.weights.keys() & _cut(norm):
        if (weight := model.weights[piece]) > 0 and piece in model.kinds:
            kind = model.kinds[piece]
            votes[kind] = votes.get(kind, 0) + weight
    if not votes:
        return None
    letter = max(votes, key=lambda kind: (votes[kind], kind))
    start, end = max(_list_clauses(norm), key=lambda place: _weigh(norm[place[0] : place[1]]))
    return Reading(value, model.categories[letter], start, end)


def _list_clauses(norm: str) -> Iterator[tuple[int, int]]:
    found = [clause.span() for clause in _CLAUSE.finditer(norm)]
    yield from found or [(0, len(norm))]


def _weigh(clause: str) -> int:
    weights = _load().weights
    return sum(max(0, weights[piece]) for piece in weights.keys() & _cut(clause))


@dataclass(frozen=True, slots=True)
class _Model:
    """Hundredths by piece; the letter of the category that a piece speaks for; names by letter."""

    bias: int
    weights: Mapping[str, int]
    kinds: Mapping[str, str]
    categories: Mapping[str, str]


@cache
def _load() -> _Model:
    packed = find_asset("lexicons", "breach_manner.json.xz").read_bytes()
    table = json.loads(lzma.decompress(packed))
    return _Model(table["bias"], table["weights"], table["kinds"], table["categories"])
