"""A text as pieces: words of the dictionary, single characters, Latin terms, each with its kind.

Other than `ParsedText.words` nothing is guessed here: what the dictionary doesn't know stays single
characters, so that a new word is a window over pieces and no wrong cut runs through it.
"""

import re
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache

from copyassist.keywords.words import load_stopwords
from copyassist.text import load_tagger


class Kind(IntEnum):
    """What a piece is. Windows begin and end with those from DIGITS on, others only in known names."""

    BREAK = 0
    FUNCTION = 1
    NUMERAL = 2
    DIGITS = 3
    NOUN = 4
    NAME = 5
    VERB = 6
    DESCRIBING = 7
    SINGLE = 8
    LATIN = 9
    TIME = 10
    PHRASE = 11
    WEAK = 12
    ACT = 13


ADDRESS = re.compile(
    r"(?:https?://|www\.)[\w\-./?%&=~#:+,;@!$*']+|(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]+"
    r"|(?<![\w.-])[\w-]+(?:\.[\w-]+)*\.(?:com|cn|net|org|io|top|xyz|cc)\b(?:/[\w\-./?%&=]*)?",
    re.ASCII,
)
_HAN = "\u4e00-\u9fd5"
# c++ · iphone17 · gpt-5 · 3·15 · u.s. · 24.8% · h&m
_PIECE = re.compile(
    f"([{_HAN}]+)"
    r"|([a-z0-9\u00c0-\u00ff]+(?:[.'’&+\-·/_][a-z0-9\u00c0-\u00ff]+)*(?:\+{1,2}|#(?![\w]))?%?)"
    r"|([ \t\u3000]+)|(.)",
    re.DOTALL,
)
# Plain numbers: an enum's names are looked up slowly, and this runs for every character.
_BREAK, _SINGLE, _HAN_ENDS = int(Kind.BREAK), int(Kind.SINGLE), int(Kind.NOUN)
_LATIN = (int(Kind.LATIN), int(Kind.DIGITS))
_WEAK_VERBS = frozenset(("推荐", "分享", "关注"))
_FUNCTION = frozenset("upcdryef")
# Of single characters only these are particles wherever they stand: 若 and 亦 are in many a name.
_PARTICLES = frozenset(
    "的了着过得地是在我你他她它您咱们这那哪谁何也都就和与及或被把让给对向从到为而又还很太最更再才不没无未非"
    "每各吗呢吧啊呀哦么嘛啦之其于以将会能要可想上下里中后前外内时等只已却便先共仍约但并所由跟按用比自因据除替"
)
_NAMES = frozenset(("nr", "ns", "nt", "nz", "nrt", "nrfg"))


@dataclass(slots=True)
class Pieces:
    """The pieces of a text in order, each with where it starts and ends; breaks are pieces too."""

    kinds: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)


def cut_pieces(norm: str, found: Pieces, place: int = 0) -> None:
    """Add the pieces of a normalised text that begins at `place`.

    Addresses are breaks, and so is a space between hanzi.
    """
    if "." in norm:  # every address has one
        norm = ADDRESS.sub(_blank, norm)
    kinds, starts, ends = found.kinds, found.starts, found.ends
    tag, judge = load_tagger(), _judge
    spaced, before = False, 0
    for han, latin, space, other in _PIECE.findall(norm):
        if han:
            if spaced and before not in _LATIN:
                _append(found, _BREAK, place - 1, place)
            spaced = False
            for word, flag in tag(han):
                kinds.append(judge(word, flag))
                starts.append(place)
                place += len(word)
                ends.append(place)
            before = _HAN_ENDS
            continue
        if space:
            spaced = True
            place += len(space)
            continue
        spaced = False
        before = _judge_latin(latin) if latin else _judge_other(other)
        end = place + len(latin or other)
        _append(found, before, place, end)
        place = end


def _append(found: Pieces, kind: int, start: int, end: int) -> None:
    found.kinds.append(kind)
    found.starts.append(start)
    found.ends.append(end)


def _blank(found: re.Match[str]) -> str:
    return "\n" * len(found[0])


@lru_cache(maxsize=30_000)
def _judge(word: str, flag: str) -> int:
    return int(_find_kind(word, flag))


def _find_kind(word: str, flag: str) -> Kind:
    if flag in _NAMES and len(word) > 1 and word not in load_stopwords():
        return Kind.NAME
    head = flag[0]
    if word in _PARTICLES or (head in _FUNCTION and (len(word) > 1 or head in "ye")):
        return Kind.FUNCTION
    if word in load_stopwords():
        # 分析, 分享: nothing alone, and the end of many a phrase
        weak = len(word) > 1 and (head == "n" or flag == "vn" or word in _WEAK_VERBS)
        return Kind.WEAK if weak else Kind.FUNCTION
    if head in ("m", "q"):
        return Kind.NUMERAL
    if len(word) == 1:
        return Kind.ACT if head == "v" else Kind.SINGLE
    if head == "v":
        return Kind.NOUN if flag == "vn" else Kind.VERB
    if head in ("a", "b", "z"):
        return Kind.NOUN if flag == "an" else Kind.DESCRIBING
    if head in ("i", "l"):
        return Kind.PHRASE
    return Kind.TIME if head == "t" else Kind.NOUN


@lru_cache(maxsize=4_000)
def _judge_latin(word: str) -> int:
    if word in load_stopwords():
        return int(Kind.FUNCTION)
    return int(Kind.LATIN if any(char.isalpha() for char in word) else Kind.DIGITS)


def _judge_other(char: str) -> int:
    return _SINGLE if char.isalpha() else _BREAK
