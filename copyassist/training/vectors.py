"""Word vectors for the "vector" view, read from corpora/word_vectors/<language>.npz.

A mean of word vectors under linear weights is a sum of one number per word, so the vectors are
needed for training alone: the model ships the numbers.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from copyassist.desk.scoring.ngrams import Floats, Keys, lay_out, word_grams
from copyassist.i18n import Language
from copyassist.resources import find_corpora
from copyassist.types import ParsedText


@dataclass(frozen=True, slots=True)
class WordVectors:
    """Vectors by the hash of their word, sorted by hash. Shape (words, dimensions)."""

    keys: Keys
    vectors: Floats


@cache
def load_vectors(language: Language) -> WordVectors:
    """The vectors of one language. Raises FileNotFoundError where there are none."""
    path = find_corpora() / "word_vectors" / f"{language}.npz"
    with np.load(path, allow_pickle=False) as npz:
        words = npz["words"].tobytes().decode().split("\n")
        vectors = npz["vectors"].astype(np.float64) * npz["scale"]
    grams = word_grams(lay_out([ParsedText(w, w, None, (w,)) for w in words]), 1)
    keys, first = np.unique(grams.keys, return_index=True)
    return WordVectors(keys, vectors[grams.owner[first]])
