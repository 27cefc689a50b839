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

from copyassist.model_folder import load_manifest, named_fields
from copyassist.news.topics.folder import FORMAT, Folder, load_folder
from copyassist.news.topics.telling import (
    UNKNOWN,
    Telling,
    WordFacts,
    take_apart,
    unify_words,
)
from copyassist.resources import find_models
from copyassist.text import normalize, segment

Floats = NDArray[np.float32]

MODEL = "topics-merge"
DESCRIPTION_CHARS = 120  # what follows the first sentences of a description is often another story
DESCRIPTION_WEIGHT = 0.5  # a word of the description against a word of the title
_DIGITS = re.compile(r"\d+")
_LETTER = re.compile(r"[^\W_]")
_NO_LETTER = re.compile(r"[\W_]+")
NAME, EVENT = 0x80, 0x7F  # a word's kind: whether it is a name, and its share of telling one event
FREQUENCY_STEP = 12.0  # the tables hold round(12 * log2(documents)), one byte a term


def hash_term(term: str) -> int:
    """The number that stands for a term: 0 .. 2^32 - 1."""
    return zlib.crc32(term.encode())


@dataclass(frozen=True, slots=True)
class Terms:
    """What a title is compared by.

    `words` and `grams` are distinct term numbers with their weights (idf; half of it where only
    the description has the term); `vector` is the weighted sum of the words' vectors. `told` is the
    title itself taken apart, without its description.
    """

    words: NDArray[np.int64]
    word_weights: Floats
    grams: NDArray[np.int64]
    gram_weights: Floats
    vector: Floats
    numbers: frozenset[str]
    told: Telling


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
    word_kinds: NDArray[np.uint8]
    _idf: dict[tuple[str, bool], tuple[int, float]] = field(default_factory=dict)
    _facts: dict[str, WordFacts] = field(default_factory=dict)

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

    def find_facts(self, word: str) -> WordFacts:
        """What is known of a word. One that is in no table is rare, and most likely a name."""
        found = self._facts.get(word)
        if found is None:
            number, idf = self.weigh_word(word)
            place = int(np.searchsorted(self.word_keys, np.uint32(number)))
            if place < len(self.word_keys) and int(self.word_keys[place]) == number:
                kind = int(self.word_kinds[place])
                latin = len(word) > 1 and word.isascii() and word.isalpha()
                found = WordFacts(idf, (kind & EVENT) / EVENT, bool(kind & NAME) or latin, True)
            else:
                name = (
                    len(word) > 1 and not word.isdigit() and (word.isalpha() or not word.isascii())
                )
                found = WordFacts(idf, UNKNOWN, name, False)
            self._facts[word] = found
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


def find_model_digest() -> str:
    """What names the shipped tables: groups made by others are not theirs. Raises ModelError."""
    return str(load_manifest(find_models() / MODEL, FORMAT)["digest"])


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
        arrays["word_kinds"],
    )


def find_words(text: str) -> tuple[str, ...]:
    """The words of a text that have a letter or a digit in them, in order."""
    return _cut_words(normalize(text)[0])


def _cut_words(norm: str) -> tuple[str, ...]:
    return unify_words(tuple(word for word in segment(norm) if _LETTER.search(word)))


def find_grams(text: str) -> set[str]:
    """The pairs of neighbouring letters of a text; a text of one letter is its own pair."""
    return _cut_grams(normalize(text)[0])


def _cut_grams(norm: str) -> set[str]:
    key = _NO_LETTER.sub("", norm) or "".join(norm.split())
    return {key[i : i + 2] for i in range(len(key) - 1)} or {key}


def measure_terms(lexicon: Lexicon, title: str, description: str = "") -> Terms:
    """What a title, and a description behind it, are compared by. Never raises."""
    norm = normalize(title)[0]
    cut = _cut_words(norm)
    words = _weigh_all(map(lexicon.weigh_word, set(cut)), 1.0)
    grams = _weigh_all(map(lexicon.weigh_gram, _cut_grams(norm)), 1.0)
    if description:
        text = normalize(description[:DESCRIPTION_CHARS])[0]
        more = _weigh_all(map(lexicon.weigh_word, set(_cut_words(text))), DESCRIPTION_WEIGHT)
        words = more | words
        grams = _weigh_all(map(lexicon.weigh_gram, _cut_grams(text)), DESCRIPTION_WEIGHT) | grams
    numbers, weights = _to_arrays(words)
    vector = weights @ lexicon.find_vectors(numbers)
    told = take_apart(norm, cut, lexicon.find_facts)
    digits = frozenset(_DIGITS.findall(norm))
    return Terms(numbers, weights, *_to_arrays(grams), vector, digits, told)


def _weigh_all(found: Iterable[tuple[int, float]], share: float) -> dict[int, float]:
    return {number: share * idf for number, idf in found}


def _to_arrays(terms: dict[int, float]) -> tuple[NDArray[np.int64], Floats]:
    numbers = np.fromiter(terms.keys(), np.int64, len(terms))
    return numbers, np.fromiter(terms.values(), np.float32, len(terms))
