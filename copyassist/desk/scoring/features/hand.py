"""Hand features: what a person would name about a title. The same list for both languages.

Every feature is one row of `HAND` (or one word class of `headline_words.toml`), has a sentence in
both languages (`features.<name>`) and belongs to a group of the explanation.
"""

import hashlib
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from copyassist.desk.scoring.ngrams import (
    Floats,
    Grams,
    Ints,
    Laid,
    Vocabulary,
    char_grams,
    lay_out,
    word_grams,
)
from copyassist.i18n import Language
from copyassist.resources import find_asset
from copyassist.types import FeatureGroup, ParsedText

WORDS_FILE = "headline_words.toml"
SCHEME = "hand2"  # raised whenever a feature may give another number for the same title
LONGEST_PHRASE = 4
CAP = 3.0  # a third question mark says no more than a second

# Half-open ranges of code points by class; what no range names is "other". Sorted by start.
RANGES = (
    (0x20, 0x21, "space"), (0x21, 0x22, "exclamation"), (0x22, 0x23, "quote"),
    (0x23, 0x24, "hash"), (0x27, 0x28, "quote"), (0x2C, 0x2D, "comma"), (0x2D, 0x2E, "dash"),
    (0x2E, 0x2F, "stop"), (0x30, 0x3A, "digit"), (0x3A, 0x3B, "colon"), (0x3F, 0x40, "question"),
    (0x61, 0x7B, "latin"), (0x7C, 0x7D, "pipe"), (0x7E, 0x7F, "tilde"), (0x2013, 0x2016, "dash"),
    (0x2018, 0x2020, "quote"), (0x2460, 0x2500, "digit"),
    (0x2600, 0x27C0, "emoji"), (0x2B00, 0x2C00, "emoji"), (0x3001, 0x3002, "comma"),
    (0x3002, 0x3003, "stop"), (0x3008, 0x3012, "bracket"), (0x3014, 0x301C, "bracket"),
    (0x301C, 0x301D, "tilde"), (0x3400, 0x4DC0, "han"), (0x4E00, 0xA000, "han"),
    (0x1F000, 0x1FB00, "emoji"), (0x20000, 0x32000, "han"),
)  # fmt: skip
CLASSES = ("other", *sorted({name for _, _, name in RANGES}))


@dataclass(frozen=True, slots=True)
class Measured:
    """What the features are computed from: counts by character class and word class, lengths.

    `classes` are the numbers of the classes of the characters of `laid`.
    """

    chars: Mapping[str, Floats]
    words: Mapping[str, Floats]
    length: Floats
    n_words: Floats
    classes: Ints
    laid: Laid
    titles: Sequence[ParsedText]


@dataclass(frozen=True, slots=True)
class HandFeature:
    """One named number of a title; `measure` gives it for all titles at once."""

    name: str
    group: FeatureGroup
    measure: Callable[[Measured], Floats]


def _capped(name: str) -> Callable[[Measured], Floats]:
    return lambda m: np.minimum(m.chars[name], CAP)


def _share(name: str) -> Callable[[Measured], Floats]:
    return lambda m: np.asarray(m.chars[name] / np.maximum(m.length, 1))


def _width(m: Measured) -> Floats:
    """Length as Xiaohongshu counts it: a Latin letter or digit is half a character."""
    halves: Floats = m.chars["latin"] + m.chars["digit"] + m.chars["space"]
    return np.asarray(m.length - halves / 2)


def _capitals(m: Measured) -> Floats:
    """Words all in capitals, of at least two letters."""
    found = [sum(w.isupper() and len(w) > 1 for w in title.raw.split()) for title in m.titles]
    return np.asarray(np.minimum(np.array(found, dtype=float), CAP))


def _digit_runs(m: Measured) -> Floats:
    is_digit = m.classes == CLASSES.index("digit")
    begins = is_digit & ~np.concatenate([[False], is_digit[:-1]])
    counts = np.bincount(m.laid.owner[begins], minlength=m.laid.size)
    return np.asarray(np.minimum(counts, CAP), dtype=float)


def _first_is(name: str) -> Callable[[Measured], Floats]:
    def measure(m: Measured) -> Floats:
        first = np.minimum(m.laid.starts[:-1] + 1, len(m.laid.codes) - 1)
        return np.asarray(m.classes[first] == CLASSES.index(name), dtype=float)

    return measure


HAND: tuple[HandFeature, ...] = (
    HandFeature("length", "length", lambda m: np.log1p(_width(m))),
    HandFeature("very_short", "length", lambda m: (_width(m) <= 8).astype(float)),
    HandFeature("at_limit", "length", lambda m: (_width(m) >= 19).astype(float)),
    HandFeature("words", "length", lambda m: np.log1p(m.n_words)),
    HandFeature("word_length", "length", lambda m: m.length / np.maximum(m.n_words, 1)),
    HandFeature("han_share", "format", _share("han")),
    HandFeature("latin_share", "format", _share("latin")),
    HandFeature("numbers", "format", _digit_runs),
    HandFeature("starts_with_number", "format", _first_is("digit")),
    HandFeature("starts_with_emoji", "format", _first_is("emoji")),
    HandFeature("emoji", "format", lambda m: np.log1p(m.chars["emoji"])),
    HandFeature("capitals", "format", _capitals),
    HandFeature("brackets", "format", _capped("bracket")),
    HandFeature("column_mark", "format", lambda m: np.minimum(m.chars["pipe"], 1)),
    HandFeature("hash_tag", "format", lambda m: np.minimum(m.chars["hash"], 1)),
    HandFeature("question_mark", "punctuation", _capped("question")),
    HandFeature("exclamation", "punctuation", lambda m: np.minimum(m.chars["exclamation"], 1)),
    HandFeature("exclamations", "punctuation", lambda m: (m.chars["exclamation"] >= 2) * 1.0),
    HandFeature("ellipsis", "punctuation", lambda m: (m.chars["stop"] >= 3) * 1.0),
    HandFeature("commas", "punctuation", _capped("comma")),
    HandFeature("stops", "punctuation", lambda m: (m.chars["stop"] % 3) * 1.0),
    HandFeature("colon", "punctuation", lambda m: np.minimum(m.chars["colon"], 1)),
    HandFeature("quotes", "punctuation", _capped("quote")),
    HandFeature("tilde", "punctuation", lambda m: np.minimum(m.chars["tilde"], 1)),
    HandFeature("dash", "punctuation", lambda m: np.minimum(m.chars["dash"], 1)),
)

PERSON_CLASSES = ("first_person", "we_person", "second_person", "third_person", "audience")
TOPIC_CLASSES = ("place", "food", "daily", "money")


def _group_of(word_class: str) -> FeatureGroup:
    if word_class in PERSON_CLASSES:
        return "person"
    return "topic" if word_class in TOPIC_CLASSES else "format"


@dataclass(frozen=True, slots=True)
class FeatureLexicon:
    """The word classes of one language as hashed phrases; `classes` names them in order."""

    classes: tuple[str, ...]
    vocabulary: Vocabulary
    class_of: Ints
    language: Language


@cache
def load_lexicon(language: Language) -> FeatureLexicon:
    """The word classes of `headline_words.toml` for one language."""
    table = tomllib.loads(find_asset("lexicons", WORDS_FILE).read_text("utf-8"))[language]
    by_key: dict[int, int] = {}
    for index, phrases in enumerate(table.values()):
        for key in _phrase_keys(phrases, language).tolist():
            by_key.setdefault(key, index)
    keys = np.array(sorted(by_key), dtype=np.uint64)
    class_of = np.array([by_key[key] for key in keys.tolist()], dtype=np.int64)
    return FeatureLexicon(tuple(table), Vocabulary.of(keys), class_of, language)


def lexicon_version() -> str:
    """What the features are made of: models are pinned to the code's scheme and the word file."""
    words = find_asset("lexicons", WORDS_FILE).read_bytes()
    return f"{SCHEME}+{hashlib.sha256(words).hexdigest()[:16]}"


def _phrase_keys(phrases: Sequence[str], language: Language) -> NDArray[np.uint64]:
    laid = lay_out([ParsedText(p, p, None, tuple(p.split())) for p in phrases])
    grams = _phrases(laid, language)
    whole = (grams.begin == laid.starts[grams.owner] + 1) & (
        grams.end == laid.starts[grams.owner + 1] - 1
    )
    return np.asarray(grams.keys[whole])


def _phrases(laid: Laid, language: Language) -> Grams:
    """Chinese phrases are runs of characters, English ones words: that is how people see them."""
    return word_grams(laid, 2) if language == "en" else char_grams(laid, 1, LONGEST_PHRASE)


def hand_names(language: Language) -> tuple[str, ...]:
    """The names of all hand features of one language, in the order of the columns."""
    return (*(f.name for f in HAND), *load_lexicon(language).classes)


def hand_groups(language: Language) -> tuple[FeatureGroup, ...]:
    """The explanation group of each hand feature, in the order of the columns."""
    words: tuple[FeatureGroup, ...] = tuple(
        _group_of(name) for name in load_lexicon(language).classes
    )
    return (*(f.group for f in HAND), *words)


def measure_hand(titles: Sequence[ParsedText], laid: Laid, language: Language) -> Floats:
    """One row a title, one column a feature, unscaled. Shape (titles, features)."""
    lexicon = load_lexicon(language)
    words = _count_words(laid, lexicon)
    n_words = np.bincount(laid.word_owner, minlength=laid.size).astype(float)
    length = (np.diff(laid.starts) - 2).astype(float)
    classes = _classes(laid)
    chars = _count_chars(laid, classes)
    measured = Measured(chars, words, length, n_words, classes, laid, titles)
    columns = [feature.measure(measured) for feature in HAND]
    columns += [np.minimum(words[name], CAP) for name in lexicon.classes]
    return np.stack(columns, axis=1) if laid.size else np.zeros((0, len(columns)))


def _classes(laid: Laid) -> Ints:
    table = _class_table()
    return table[np.minimum(laid.codes, np.uint64(len(table) - 1))].astype(np.int64)


@cache
def _class_table() -> NDArray[np.int8]:
    """The class of each code point; the last entry stands for all after it."""
    table = np.zeros(max(end for _, end, _ in RANGES) + 1, dtype=np.int8)
    for start, end, name in RANGES:
        table[start:end] = CLASSES.index(name)
    return table


def _count_chars(laid: Laid, classes: Ints) -> Mapping[str, Floats]:
    size = len(CLASSES)
    flat = np.bincount(laid.owner * size + classes, minlength=laid.size * size)
    counts = flat.reshape(laid.size, size).astype(float)
    return {name: counts[:, index] for index, name in enumerate(CLASSES)}


def _count_words(laid: Laid, lexicon: FeatureLexicon) -> Mapping[str, Floats]:
    grams = _phrases(laid, lexicon.language)
    rows = lexicon.vocabulary.find(grams.keys)
    hit = rows >= 0
    size = len(lexicon.classes)
    flat = grams.owner[hit] * size + lexicon.class_of[rows[hit]]
    counts = np.bincount(flat, minlength=laid.size * size).reshape(laid.size, size).astype(float)
    return {name: counts[:, index] for index, name in enumerate(lexicon.classes)}
