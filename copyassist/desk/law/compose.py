"""How a rule is written and what it compiles to.

A rule is a construction: a disease, then a verb of curing, in one clause. Its patterns are written
with classes of words, which live in `classes.toml`:

    {disease}~8{cure}      a word of each class, at most 8 characters of one clause between them
    <保证|包你>≈12{works}   words of its own; a gap of at most 12 that may cross commas
    #                      a number, in digits or characters
    {goods?}               may be there
    <开运^(动/河)|改命>     a word of its own that is not followed by one of these
    {%term}                an expression of `classes.toml`, such as a span of time

Whatever else stands there is a regular expression over normalised text. Most titles hold no word of
any rule: pairs of characters tell, and only patterns whose every word class is there are tried.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import add

_ELEMENT = re.compile(r"\{(?P<name>[a-z][a-z0-9_]*)(?P<optional>\?)?\}|<(?P<words>[^<>=!]+)>")
# In words of a pattern's own: what is no literal, and what is one.
_NOT_BEFORE = re.compile(r"\^\(([^)]*)\)")
_SKIPPED = re.compile(r"\^\([^)]*\)|~\d+|\{[\d,]*\}|\[[^\]]*\]|.[?*]|#")
_PIECES = re.compile(r"[^\s.\\(){}\[\]+*?$^|#]+")
_MACRO = re.compile(r"\{%([a-z_]+)\}")
_GAP = re.compile(r"~(\d+)|≈(\d+)")
_NUMBER = r"(?:[\d.,]*\d|[一二两三四五六七八九十百千万几半数]+)"
# Sentences end at these; a gap never crosses them. Newlines too: a body's lines are its sentences.
_STOPS = r"。!?;\n"


@dataclass(frozen=True, slots=True)
class Construction:
    """One pattern of a rule: `needs` are the ids of the elements that must be in the text."""

    needs: frozenset[int]
    source: str


class Composer:
    """Turns written patterns into constructions, and tells which of them a text may match."""

    def __init__(self, classes: Mapping[str, str], macros: Mapping[str, str]) -> None:
        self._classes = {name: tuple(words.split()) for name, words in classes.items()}
        self._macros = macros
        self._ids: dict[tuple[str, ...], int] = {}
        # Words of one or two characters, and by their first two characters the longer ones.
        self._short: dict[str, set[int]] = {}
        self._long: dict[str, dict[str, set[int]]] = {}

    def words(self, name: str) -> tuple[str, ...]:
        """The words of a class. Raises KeyError."""
        return self._classes[name]

    def compose(self, pattern: str) -> Construction:
        """The construction of a written pattern.

        Raises KeyError for an unknown class, ValueError where no word must be there.
        """
        needs: set[int] = set()

        def replace(found: re.Match[str]) -> str:
            if found["words"]:
                words = _split(found["words"])
                source, literals = _join(words), tuple(map(_find_literal, words))
            else:
                literals = self._classes[found["name"]]
                source = _alternate(literals)
            if not found["optional"] and all(literals):
                needs.add(self.add_element(literals))
            return source + (found["optional"] or "")

        pattern = _MACRO.sub(lambda found: self._macros[found[1]], pattern)
        source = _ELEMENT.sub(replace, pattern)
        source = _GAP.sub(_write_gap, source).replace("#", _NUMBER)
        if not needs:
            raise ValueError(pattern)
        return Construction(frozenset(needs), source)

    def add_element(self, words: tuple[str, ...]) -> int:
        """The id of a set of words, none of them empty; the same words, the same id."""
        if words not in self._ids:
            number = self._ids[words] = len(self._ids)
            for word in words:
                home = self._short if len(word) < 3 else self._long.setdefault(word[:2], {})
                home.setdefault(word, set()).add(number)
        return self._ids[words]

    def measure(self, number: int) -> float:
        """How much an element is expected to be there: many words, and above all short ones."""
        words = next(words for words, own in self._ids.items() if own == number)
        return sum(30.0 if len(word) == 1 else 1.0 for word in words)

    def find_elements(self, norm: str) -> frozenset[int]:
        """The ids of the elements of which the text holds a word."""
        heads = list_heads(norm)
        found: set[int] = set()
        for head in self._short.keys() & heads:
            found |= self._short[head]
        for head in self._long.keys() & heads:
            for word, ids in self._long[head].items():
                if word in norm:
                    found |= ids
        return frozenset(found)

    def find_words(self, norm: str) -> list[tuple[str, set[int]]]:
        """The words of elements in the text, with the ids of their elements."""
        heads = list_heads(norm)
        found = [(head, self._short[head]) for head in self._short.keys() & heads]
        for head in self._long.keys() & heads:
            found += [item for item in self._long[head].items() if item[0] in norm]
        return found


def list_heads(norm: str) -> frozenset[str]:
    """The pairs of characters and the characters of a text: what words may begin with."""
    return _list_short(norm) if len(norm) <= _REMEMBERED else _list(norm)


_REMEMBERED = 200  # several look at the same title, one after the other


@lru_cache(maxsize=4096)
def _list_short(norm: str) -> frozenset[str]:
    return _list(norm)


def _list(norm: str) -> frozenset[str]:
    return frozenset((*map(add, norm, norm[1:]), *norm))


@lru_cache(maxsize=2048)
def compile_construction(source: str) -> re.Pattern[str]:
    """The expression of a construction, compiled when first needed."""
    return re.compile(source)


@cache
def _alternate(words: tuple[str, ...]) -> str:
    ordered: Iterable[str] = sorted(set(words), key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(map(re.escape, ordered))})"


def _join(words: tuple[str, ...]) -> str:
    """Words of a pattern's own, longest first; they may hold gaps and numbers."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return f"(?:{_NOT_BEFORE.sub(_write_not_before, '|'.join(ordered))})"


def _write_not_before(found: re.Match[str]) -> str:
    return f"(?!{found[1].replace('/', '|')})"


def _find_literal(word: str) -> str:
    """The longest piece of a pattern's own word that stands in the text as it is."""
    return max(_PIECES.findall(_SKIPPED.sub(" ", word)), key=len, default="")


def _split(words: str) -> tuple[str, ...]:
    return tuple(words.split("|"))


def _write_gap(found: re.Match[str]) -> str:
    if found[1] is not None:
        return f"[^{_STOPS},:]{{0,{found[1]}}}?"
    return f"[^{_STOPS}]{{0,{found[2]}}}?"
