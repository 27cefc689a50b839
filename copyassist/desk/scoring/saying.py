"""Which shares of a score may be named as reasons: whole words and ideas that a writer can judge.

Not named are marks and grammar that nobody writes a title by, words that are none (a particle, a
fragment of the segmenter), and what a class of words found inside another word (面 in 方面). What is
not named is not lost: it is part of "rest".
"""

import re
import tomllib
from functools import cache, lru_cache

from copyassist.desk.scoring.features.hand import WORDS_FILE
from copyassist.i18n import LANGUAGES, Language
from copyassist.keywords.words import load_words
from copyassist.resources import find_asset
from copyassist.text import load_tagger, tag_words
from copyassist.types import ParsedText

# Measured, and part of the score, but no reason that anybody could use.
UNSAID = frozenset(
    [
        "han_share",
        "commas",
        "stops",
        "dash",
        "tilde",
        "colon",
        "measure",
        "quantity",
        "article",
        "definite",
        "link_word",
        "capitals",
    ]
)
# The features that every title has: more of them or less, but never none.
ALWAYS = frozenset({"length"})
# What a title can be given: that it is missing is advice. What else a title lacks is no reason.
ADDABLE = frozenset({"place"})
# jieba's tags of verbs, adjectives, idioms: not adverbs, pronouns, numbers, particles.
_TELLING = frozenset(["v", "vn", "a", "an", "i", "l", "z"])
_HALF = frozenset("dyeoucpr")  # adverbs, particles, calls, pronouns, links
_MARKS = {"quotes": '“”「」『』"', "brackets": "【】「」[]（）()"}
# A number that belongs to a name in Latin letters (ESCAPE 360, B2) says nothing by itself.
_NAMED_NUMBER = re.compile(r"[A-Za-z]+ ?\d+|\d+[A-Za-z]+")
_OWN_NUMBER = re.compile(r"\d|[一二三四五六七八九十百千万两]")
# Words that fill a sentence: no reason, whatever a dictionary takes them for.
_EMPTY = frozenset(
    [
        "都",
        "大家",
        "总算",
        "算是",
        "出现",
        "遇到",
        "早就",
        "暂时",
        "每次",
        "为主",
        "不行",
        "旁边",
        "成为",
    ]
)
_LATIN_NAME = re.compile(r"(?<![A-Za-z])[A-Z][A-Za-z]{2,}|[\U0001f1e6-\U0001f1ff]{2}")
_HANZI = re.compile("[\u3400-\u9fff]+")


@lru_cache(maxsize=20_000)
def is_said(word: str) -> bool:
    """Whether a word of a title can stand for itself: known, of two letters, no particle."""
    table = load_words().weights
    if len(word) < 2 or not word.isalnum() or not table.get(word):
        return False
    # The segmenter makes words up (季来 in 开学季来啦): the dictionary knows none of them.
    return not _HANZI.fullmatch(word) or len(load_tagger()(word)) == 1


@lru_cache(maxsize=20_000)
def tells_something(word: str, *, things: bool = False) -> bool:
    """Whether a word says something by itself: what is done, or how it is; with `things`, what it is."""
    if not _HANZI.fullmatch(word) or word in _EMPTY:
        return False
    tags = load_tagger()(word)
    return len(tags) == 1 and (tags[0][1] in _TELLING or (things and tags[0][1].startswith("n")))


@lru_cache(maxsize=20_000)
def is_phrase(text: str) -> bool:
    """Whether a reader would say it as one: things and what they are like, no half sentence."""
    tags = [(word, tag) for word, tag in tag_words(text.lower()) if word.strip()]
    if any(tag[:1] in _HALF and tag != "eng" for _, tag in tags):
        return False
    if len(tags) == 1 and _HANZI.fullmatch(tags[0][0]):
        return tells_something(tags[0][0], things=True)
    last, tag = tags[-1] if tags else ("", "")
    return bool(last) and not (tag[:1] == "v" and len(last) == 1)


def may_name(title: ParsedText) -> bool:
    """Whether a place may be named without a word for it: in Latin letters (Dallas), by a flag."""
    return _LATIN_NAME.search(title.raw) is not None


def find_phrase(title: ParsedText, word_class: str, language: Language) -> str | None:
    """What in the title belongs to a class of words, as it was typed; "" where no class is meant.

    None where it is only found inside other words, or not at all: then there is nothing to show.
    """
    if _is_mislabelled(title, word_class):
        return None
    phrases = _load_classes(language).get(word_class)
    if phrases is None:
        return ""
    found = [phrase for phrase in phrases if phrase in title.norm and phrase not in _EMPTY]
    edges = _find_edges(title) if found else frozenset()
    for phrase in found:
        start = _find(title, phrase, edges)
        if start >= 0:
            low, high = title.raw_span(start, start + len(phrase))
            return title.raw[low:high]
    return None


def _is_mislabelled(title: ParsedText, word_class: str) -> bool:
    """Whether a mark is there for another reason than its name says: an apostrophe, a work's title."""
    if word_class == "numbers":
        return _OWN_NUMBER.search(_NAMED_NUMBER.sub(" ", title.raw)) is None
    marks = _MARKS.get(word_class)
    return marks is not None and not any(mark in title.raw for mark in marks)


def _find(title: ParsedText, phrase: str, edges: frozenset[int]) -> int:
    """Where the phrase stands as whole words; -1 where it is only a part of others (第一 in 第一次)."""
    at = title.norm.find(phrase)
    while at >= 0 and not {at, at + len(phrase)} <= edges:
        at = title.norm.find(phrase, at + 1)
    return at


def _find_edges(title: ParsedText) -> frozenset[int]:
    """Where words begin and end."""
    found, at = {0}, 0
    for word in title.words:
        start = title.norm.find(word, at)
        if start >= 0:
            at = start + len(word)
            found |= {start, at}
    return frozenset(found)


@cache
def _load_classes(language: Language) -> dict[str, tuple[str, ...]]:
    """The phrases of each class, the longest first."""
    table = tomllib.loads(find_asset("lexicons", WORDS_FILE).read_text("utf-8"))
    classes = {one: table[one] for one in LANGUAGES}[language]
    return {
        name: tuple(sorted(phrases, key=len, reverse=True)) for name, phrases in classes.items()
    }
