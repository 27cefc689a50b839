"""Whether a title speaks of a word that somebody follows: the word itself, or a longer one of its kind.

Chinese writes no spaces, and cuts into words are often long (养老金, 直播间, 中国队): to match whole
words alone loses one wanted title in ten, to match any row of characters finds 天猫 for 猫. So a word
is looked for everywhere, and what is known to be another word is left out.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from types import MappingProxyType

from copyassist.resources import find_asset
from copyassist.text import normalize, segment

OTHER_WORDS = ("lexicons", "other_words.toml")
_LONG_ENOUGH = (
    3  # characters of a term that may cut through a word: such cuts are the cutter's error
)
_ASCII_EDGE = re.compile(r"[a-z0-9]")


class Title:
    """A title to look for words in: normalised, cut into words when first needed."""

    def __init__(self, raw: str) -> None:
        self.norm = normalize(raw)[0]

    @cached_property
    def tokens(self) -> tuple[tuple[int, int], ...]:
        """Where each word begins and ends in `norm`."""
        spans, place = [], 0
        for word in segment(self.norm):
            start = self.norm.index(word, place)
            place = start + len(word)
            spans.append((start, place))
        return tuple(spans)

    def has(self, term: str) -> bool:
        """Whether the term, normalised, stands here by itself or in a word of its kind."""
        start = self.norm.find(term)
        while start >= 0:
            if self._is_meant(term, start):
                return True
            start = self.norm.find(term, start + 1)
        return False

    def _is_meant(self, term: str, start: int) -> bool:
        end = start + len(term)
        if self._cuts_ascii(start) or self._cuts_ascii(end) or self._is_another(term, start):
            return False
        held = [span for span in self.tokens if span[0] < end and span[1] > start]
        if len(held) == 1:
            return len(term) > 1 or _is_kind(term, self.norm[slice(*held[0])], start - held[0][0])
        if not held or len(term) >= _LONG_ENOUGH or _ASCII_EDGE.search(term):
            return True  # spaces are in no word
        return held[0][0] == start  # 高|考生 holds 高考, 北京|东路 holds no 京东

    def _is_another(self, term: str, start: int) -> bool:
        return any(
            self.norm.startswith(word, start - place)
            for word, place in load_others().words.get(term, ())
            if start >= place
        )

    def _cuts_ascii(self, place: int) -> bool:
        """Whether a Latin word or a number runs across this place."""
        if not 0 < place < len(self.norm):
            return False
        both = self.norm[place - 1], self.norm[place]
        return all(_ASCII_EDGE.match(c) for c in both) and both[0].isdigit() == both[1].isdigit()


def _is_kind(term: str, word: str, place: int) -> bool:
    """Whether a word of several characters is a kind of a single one, or says what is done to it."""
    if word == term or word.isascii() or not "\u3400" <= term <= "\U000323af":
        return True
    others = load_others()
    if word in others.heads.get(term, ()):
        return False
    if place == len(word) - 1 and term in others.heads:
        return True
    return all(char in others.joins or char == term for char in word)


@dataclass(frozen=True, slots=True)
class OtherWords:
    """`words`: {term: (longer word, where in it the term stands), …}; `heads`: {character: words}."""

    words: Mapping[str, tuple[tuple[str, int], ...]]
    heads: Mapping[str, frozenset[str]]
    joins: frozenset[str]


@cache
def load_others() -> OtherWords:
    """The shipped words that hold another one and mean something else."""
    table = tomllib.loads(find_asset(*OTHER_WORDS).read_text("utf-8"))
    words = {
        term: tuple((word.lower(), word.index(term)) for word in others)
        for term, others in table["words"].items()
    }
    for term, entry in table["heads"].items():
        words[term] = tuple((word, word.rindex(term)) for word in entry["except"])
    heads = {term: frozenset(entry["except"]) for term, entry in table["heads"].items()}
    joins = frozenset("".join(table["joins"].split()))
    return OtherWords(MappingProxyType(words), MappingProxyType(heads), joins)
