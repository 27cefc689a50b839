"""The focus keyword: proposed or given, its synonyms, and where it stands in a text."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any

from copyassist.desk.seo.result import Focus
from copyassist.resources import find_asset
from copyassist.text import normalize, segment
from copyassist.types import Keyword, ParsedText

_BETWEEN = re.compile(r"[|｜/、，,;；\n]+")
MOST_CHOICES = 6


@dataclass(frozen=True, slots=True)
class Forms:
    """A focus keyword in normal form: itself, what counts like it, and the words that it is made of."""

    exact: str
    synonyms: tuple[str, ...]
    words: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        """The keyword and its synonyms, longest first, so that none is counted inside another."""
        return tuple(sorted((self.exact, *self.synonyms), key=len, reverse=True))


@dataclass(frozen=True, slots=True)
class KeywordHit:
    """One place of a normalised text: the keyword itself, or a synonym of it."""

    start: int
    end: int
    exact: bool


@cache
def load_rules() -> Mapping[str, Any]:
    """Places with their widths, groups of synonyms, what platforms do with links: assets/seo.toml."""
    return MappingProxyType(tomllib.loads(find_asset("seo.toml").read_text("utf-8")))


def choose_focus(given: str, keywords: Sequence[Keyword]) -> Focus | None:
    """The keyword given, its synonyms after a bar or comma; else the draft's most telling one.

    None where nothing was given and the draft has no keywords.
    """
    parts = [part.strip() for part in _BETWEEN.split(given) if part.strip()]
    choices = tuple(keyword.text for keyword in keywords[:MOST_CHOICES])
    if parts:
        return Focus(text=parts[0], synonyms=_widen(parts), proposed=False, choices=choices)
    if not keywords:
        return None
    both = [one for one in keywords if one.in_title and one.in_body]
    text = (both or list(keywords))[0].text
    return Focus(text=text, synonyms=_widen([text]), choices=choices)


def _widen(parts: Sequence[str]) -> tuple[str, ...]:
    """The synonyms given, and those of the shipped groups that the keyword stands in."""
    known = normalize(parts[0])[0]
    found = list(parts[1:])
    for group in load_rules()["synonyms"]:
        if known in group:
            found += [word for word in group if word != known and word not in found]
    return tuple(found)


def read_forms(focus: Focus) -> Forms:
    """The normal forms of a focus keyword."""
    exact = _squeeze(focus.text)
    synonyms = tuple(dict.fromkeys(map(_squeeze, focus.synonyms)))
    words = tuple(word for word in segment(exact) if any(map(str.isalnum, word)))
    return Forms(exact, tuple(one for one in synonyms if one and one != exact), words)


def _squeeze(text: str) -> str:
    return " ".join(normalize(text)[0].split())


def find_hits(norm: str, forms: Forms) -> list[KeywordHit]:
    """Where the keyword and its synonyms stand in a normalised text, none inside another."""
    exact = "".join(forms.exact.split())
    return [
        KeywordHit(found.start(), found.end(), "".join(found[0].split()) == exact)
        for found in _compile(forms.all).finditer(norm)
    ]


@lru_cache(maxsize=32)
def _compile(forms: tuple[str, ...]) -> re.Pattern[str]:
    """One expression for all forms, the longest first.

    A Latin word is not found inside another; blanks within a mixed term may be left out.
    """
    patterns = []
    for form in forms:
        pattern = r"\s?".join(re.escape(part) for part in form.split())
        before = r"(?<![a-z0-9])" if form[0].isascii() else ""
        after = r"(?![a-z0-9])" if form[-1].isascii() else ""
        patterns.append(before + pattern + after)
    return re.compile("|".join(patterns))


def is_scattered(norm: str, forms: Forms) -> bool:
    """Whether all words of a keyword of several stand in the text, though not together."""
    return len(forms.words) > 1 and all(word in norm for word in forms.words)


def span_of(text: ParsedText, hit: KeywordHit) -> tuple[int, int]:
    """The raw range of a hit."""
    return text.raw_span(hit.start, hit.end)
