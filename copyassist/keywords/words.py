"""How much a word says: the table that training/keywords_idf.py made, and what is in no table."""

import io
import lzma
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from copyassist.resources import find_asset

TABLE = ("keywords", "weights.npz.xz")
STOPWORDS = ("keywords", "stopwords.txt")
STEPS = 255  # weights are kept as bytes: 255 is the largest

# Two hanzi or more, or a Latin word of two letters or more (with digits, as in "iphone15").
_CONTENT = re.compile(r"[\u3400-\u9fff]{2,}|(?=.*[^\W\d_])[^\W_][\w.+'’\-]+")
_BEFORE_HAN = "\u3400"


class Weights(dict[str, float]):
    """Weights by word. One that is missing gets the rarity `unknown`, more for a longer word."""

    unknown = 1.0

    def __missing__(self, word: str) -> float:
        return self.unknown * _weigh_unknown(word)


@dataclass(frozen=True, slots=True)
class WordTable:
    """Weights of words (0: never a keyword)."""

    weights: Weights

    def weigh(self, word: str) -> float:
        """How much `word` says: 0 for what can be no keyword."""
        return self.weights[word]


@cache
def load_words(path: Path | None = None) -> WordTable:
    """The shipped table, or the one at `path`. A missing file raises FileNotFoundError."""
    import numpy as np  # with the model's arithmetic it is loaded anyway

    data = lzma.decompress((path or find_asset(*TABLE)).read_bytes())
    with np.load(io.BytesIO(data), allow_pickle=False) as stored:
        words = stored["words"].tobytes().decode().split("\n")
        scaled = stored["weights"] * (float(stored["scale"]) / STEPS)
        weights = Weights(zip(words, scaled.tolist(), strict=True))
        weights.unknown = float(stored["unknown"])
    weights.update(dict.fromkeys(load_stopwords(), 0.0))
    return WordTable(weights)


@cache
def load_stopwords() -> frozenset[str]:
    """Words that are never keywords."""
    lines = find_asset(*STOPWORDS).read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@lru_cache(maxsize=20_000)
def _weigh_unknown(word: str) -> float:
    return weigh_length(word) if is_content(word) else 0.0


def is_content(word: str) -> bool:
    """Whether a word can be a keyword at all: letters, and more than one."""
    return _CONTENT.fullmatch(word) is not None


def weigh_length(word: str) -> float:
    """Longer Chinese words are oftener keywords: 1 for two characters, 1.4 from four on."""
    return 1 + 0.2 * (min(len(word), 4) - 2) if word[0] >= _BEFORE_HAN else 1.0
