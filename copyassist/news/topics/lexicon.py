"""How much each word and each pair of characters says, and which words are used alike.

Document frequencies and word vectors come from public hot-list archives (models/topics-merge). A
term is known by the CRC-32 of its UTF-8 bytes: the tables are small, hold no text, and an unknown
word meets a known one's number once in a hundred thousand.
"""

import math
import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from copyassist.model_folder import named_fields
from copyassist.news.topics.folder import Folder, load_folder
from copyassist.resources import find_models
from copyassist.text import normalize, segment

Floats = NDArray[np.float32]

MODEL = "topics-merge"
DESCRIPTION_CHARS = 120  # what follows the first sentences of a description is often another story
DESCRIPTION_WEIGHT = 0.5  # a word of the description against a word of the title
_DIGITS = re.compile(r"\d+")
_LETTER = re.compile(r"[^\W_]")
_NO_LETTER = re.compile(r"[\W_]+")
FREQUENCY_STEP = 12.0  # the tables hold round(12 * log2(documents)), one byte a term


def hash_term(term: str) -> int:
    """The number that stands for a term: 0 .. 2^32 - 1."""
    return zlib.crc32(term.encode())


@dataclass(frozen=True, slots=True)
class Terms:
    """What a title is compared by.

    `words` and `grams` are distinct term numbers with their weights (idf; half of it where only
    the description has the term); `vector` is the weighted sum of the words' vectors.
    """

    words: NDArray[np.int64]
    word_weights: Floats
    grams: NDArray[np.int64]
    gram_weights: Floats
    vector: Floats
    numbers: frozenset[str]


@dataclass(slots=True)
class Lexicon:
    """Document frequencies and word vectors, with a memory of the words already looked up."""

    documents: int
    word_keys: NDArray[np.uint32]
    word_counts: NDArray[np.uint8]
    gram_keys: NDArray[np.uint32]
    gram_counts: NDArray[np.uint8]
    vector_rows: NDArray[np.uint32]
    vectors: Floats
    _idf: dict[tuple[str, bool], tuple[int, float]] = field(default_factory=dict)

    def weigh_word(self, word: str) -> tuple[int, float]:
        """A word's number and idf, ln((documents + 1) / (documents that have it + 1))."""
        return self._weigh(word, self.word_keys, self.word_counts, word=True)

    def weigh_gram(self, gram: str) -> tuple[int, float]:
        """The same of a pair of characters."""
        return self._weigh(gram, self.gram_keys, self.gram_counts, word=False)

    def _weigh(
        self, term: str, keys: NDArray[np.uint32], counts: NDArray[np.uint8], *, word: bool
    ) -> tuple[int, float]:
        found = self._idf.get((term, word))
        if found is None:
            number = hash_term(term)
            place = int(np.searchsorted(keys, np.uint32(number)))
            known = place < len(keys) and int(keys[place]) == number
            count = 2 ** (float(counts[place]) / FREQUENCY_STEP) if known else 1.0
            found = number, math.log((self.documents + 1) / (count + 1))
            self._idf[(term, word)] = found
        return found

    def find_vectors(self, numbers: NDArray[np.int64]) -> Floats:
        """The words' vectors, shape (words, dimensions); zeros for words without one."""
        places = np.searchsorted(self.vector_rows, numbers.astype(np.uint32))
        places = np.minimum(places, len(self.vector_rows) - 1)
        known = self.vector_rows[places] == numbers
        return np.where(known[:, None], self.vectors[places], np.float32(0))


def load_lexicon(folder: Path | None = None) -> tuple[Lexicon, Folder]:
    """The shipped tables, or those of another folder, and the folder they came from.

    Raises ModelError as `load_folder` does.
    """
    place = folder if folder is not None else find_models() / MODEL
    loaded = load_folder(place)
    with named_fields(place):
        return make_lexicon(loaded.arrays, int(loaded.manifest["documents"])), loaded


def make_lexicon(arrays: Any, documents: int) -> Lexicon:
    """A lexicon from the arrays of a model folder."""
    vectors = arrays["vectors"].astype(np.float32) * arrays["vector_scale"].astype(np.float32)
    return Lexicon(
        documents,
        arrays["word_keys"],
        arrays["word_counts"],
        arrays["gram_keys"],
        arrays["gram_counts"],
        arrays["vector_rows"],
        vectors,
    )


def find_words(text: str) -> tuple[str, ...]:
    """The words of a text that have a letter or a digit in them, in order."""
    return _cut_words(normalize(text)[0])


def _cut_words(norm: str) -> tuple[str, ...]:
    return tuple(word for word in segment(norm) if _LETTER.search(word))


def find_grams(text: str) -> set[str]:
    """The pairs of neighbouring letters of a text; a text of one letter is its own pair."""
    return _cut_grams(normalize(text)[0])


def _cut_grams(norm: str) -> set[str]:
    key = _NO_LETTER.sub("", norm) or "".join(norm.split())
    return {key[i : i + 2] for i in range(len(key) - 1)} or {key}


def measure_terms(lexicon: Lexicon, title: str, description: str = "") -> Terms:
    """What a title, and a description behind it, are compared by. Never raises."""
    norm = normalize(title)[0]
    words = _weigh_all(map(lexicon.weigh_word, set(_cut_words(norm))), 1.0)
    grams = _weigh_all(map(lexicon.weigh_gram, _cut_grams(norm)), 1.0)
    if description:
        text = normalize(description[:DESCRIPTION_CHARS])[0]
        more = _weigh_all(map(lexicon.weigh_word, set(_cut_words(text))), DESCRIPTION_WEIGHT)
        words = more | words
        grams = _weigh_all(map(lexicon.weigh_gram, _cut_grams(text)), DESCRIPTION_WEIGHT) | grams
    numbers, weights = _to_arrays(words)
    vector = weights @ lexicon.find_vectors(numbers)
    return Terms(numbers, weights, *_to_arrays(grams), vector, frozenset(_DIGITS.findall(norm)))


def _weigh_all(found: Iterable[tuple[int, float]], share: float) -> dict[int, float]:
    return {number: share * idf for number, idf in found}


def _to_arrays(terms: dict[int, float]) -> tuple[NDArray[np.int64], Floats]:
    numbers = np.fromiter(terms.keys(), np.int64, len(terms))
    return numbers, np.fromiter(terms.values(), np.float32, len(terms))
