"""What a title is about: its words without those that any title may have (后悔, 三样, 怎么, 一定)."""

import re
import tomllib
from functools import cache

from copyassist.desk.scoring.features.hand import TOPIC_CLASSES, WORDS_FILE
from copyassist.keywords.words import load_words
from copyassist.resources import find_asset
from copyassist.types import ParsedText

LEAST_WEIGHT = 4.0  # of a word in the table of keywords: below are 便宜, 三件, 方法
_COUNTED = re.compile("[0-9一二两三四五六七八九十百千万几半每第这那]")
_HAN = re.compile("[\u3400-\u9fff]{3,}")


def find_topic_words(title: ParsedText) -> frozenset[str]:
    """The words that say what a title is about; a known word inside a longer one counts too."""
    found: set[str] = set()
    for word in title.words:
        if len(word) > 1 and word.isalnum() and weigh_topic(word):
            found.add(word)
            found |= _find_parts(word)
    return frozenset(found)


@cache
def weigh_topic(word: str) -> float:
    """How much a word says about the topic, 0 for one of any title."""
    if _COUNTED.match(word) or any(phrase in word for phrase in _load_patterns()):
        return 0.0
    weight = load_words().weigh(word)
    return weight if weight >= LEAST_WEIGHT else 0.0


def _find_parts(word: str) -> set[str]:
    """Known words of two hanzi inside a longer one: 吐司 in 吐司边."""
    if not _HAN.fullmatch(word):
        return set()
    known = load_words().weights
    pairs = {word[at : at + 2] for at in range(len(word) - 1)}
    return {pair for pair in pairs if pair in known and weigh_topic(pair)}


@cache
def _load_patterns() -> tuple[str, ...]:
    """Phrases of two characters and more of the word classes that are no topics."""
    table = tomllib.loads(find_asset("lexicons", WORDS_FILE).read_text("utf-8"))["zh"]
    kept = (*TOPIC_CLASSES, "audience")
    return tuple(
        phrase
        for name, phrases in table.items()
        if name not in kept
        for phrase in phrases
        if len(phrase) > 1
    )
