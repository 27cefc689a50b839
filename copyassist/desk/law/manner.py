"""Whether a text talks as adverts do, by weights of its words and pairs of characters."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from operator import add

from copyassist.resources import find_asset
from copyassist.types import ParsedText


@dataclass(frozen=True, slots=True)
class Manner:
    """How far a text talks like an advert (0: as likely as not) and its weightiest word."""

    value: float
    word: str


def list_tokens(text: ParsedText) -> list[str]:
    """What is weighed: the words and the pairs of characters, each once, without marks.

    Hot lists hold no commas; what is learnt from them must not take a comma for an advert.
    """
    return [
        token for token in {*text.words, *map(add, text.norm, text.norm[1:])} if token.isalnum()
    ]


def measure_manner(text: ParsedText) -> Manner:
    """The manner of a text; the model was made by `training.advert_manner`."""
    bias, weights = _load()
    found = {token: weights[token] for token in list_tokens(text) if token in weights}
    heaviest = max(found, key=lambda token: (found[token], token), default="")
    return Manner((bias + sum(found.values())) / 100, heaviest)


@cache
def _load() -> tuple[int, Mapping[str, int]]:
    table = json.loads(find_asset("lexicons", "manner.json").read_text("utf-8"))
    return table["bias"], table["weights"]
