"""One form for texts that mean the same, with the way back to what the user typed.

The normal form is NFKC, lower case, Traditional characters made Simplified one by one, without
invisible characters (zero-width, bidi controls, fillers, variation selectors). It is for matching
only and is never shown.

Most titles consist of characters that map one to one, and need no offsets. The others are cut into
clusters (a character and the marks that may combine with it); each cluster is folded by itself,
which gives what folding the whole text would give, because nothing combines across clusters.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from types import MappingProxyType

# Characters that NFKC and lower() turn into exactly one character, whatever stands before them.
# A test holds every one of them to that.
_SIMPLE = (
    "\x01-\x7f\xa0-\xa7\xa9-\xac\xae\xb0-\xb3\xb5-\xb7\xb9-\xbb\xbf-\xff"
    "\u0391-\u03a1\u03a3-\u03a9\u03b1-\u03c9\u0410-\u044f"
    "\u2010-\u2016\u2018-\u2024\u2027\u2030-\u2032\u2035\u2038-\u203b\u203d\u20a9-\u20bf"
    "\u2190-\u21ff\u2460-\u2468\u2500-\u27bf\u3001-\u3029\u3000\u3030-\u303f"
    "\u3041-\u3096\u309d-\u309e\u30a1-\u30fe\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3"
    "\uff01-\uff9d\uffe0-\uffe2\uffe4-\uffe6\ufffd"
    "\U0001f000-\U0001f0ff\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff\U00020000-\U0002a6df"
)
_ODD_RUN = re.compile(f"[{_SIMPLE}]?[^{_SIMPLE}]+")

# Characters without a shape of their own. NUL is not among them: `repair` has replaced it.
INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff"
)
_INVISIBLE = re.compile(f"[{INVISIBLE}]")

# Starters that compose with the character before them: Hangul vowels and finals, vowel signs of
# the Indic scripts. Combining marks proper are recognised by their class.
_COMPOSING = re.compile(
    "[\u09be\u09d7\u0b3e\u0b56\u0b57\u0bbe\u0bd7\u0cc2\u0cd5\u0cd6\u0d3e\u0d57\u0dcf\u0ddf"
    "\u102e\u1161-\u1175\u11a8-\u11c2\u1b35\U00011127\U0001133e\U00011357\U000113b8\U000113bb"
    "\U000113c2\U000113c5\U000113c7-\U000113c9\U000114b0\U000114ba\U000114bd\U000115af"
    "\U0001611e-\U00016129\U00016d67\U00016d68\U00011930]"
)

# Longer heaps of marks are cut: no language needs them, and sorting them takes quadratic time.
_LONGEST_CLUSTER = 32
_SHORT_CLUSTER = 4  # worth remembering: … and ㎡ come again and again

# Traditional characters that GB 2312 happens to contain. Of its other such characters (乾 吒 徵 …)
# simplified text needs the shape as it is: 乾隆, 哪吒. Σ: lower() alone would look at the context.
_ALWAYS: Mapping[int, str] = MappingProxyType(
    {
        ord("後"): "后",
        ord("於"): "于",
        ord("夥"): "伙",
        ord("麽"): "么",
        ord("菸"): "烟",
        0x3A3: "σ",
    }
)
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_KEY_NOISE = re.compile(r"[\W_]+")


def normalize(raw: str) -> tuple[str, tuple[int, ...] | None]:
    """The normal form of `raw` and, for each of its characters, the index it came from.

    The offsets have one more entry than the text, len(raw); they are None where both texts align
    one to one. Normalising twice changes nothing. Never raises.
    """
    if raw.isascii():
        return raw.lower(), None
    if _ODD_RUN.search(raw) is None:
        return _fold_simple(raw), None
    return _fold_clusters(raw)


def title_key(raw_or_norm: str) -> str:
    """What two spellings of one title share: the normal form without anything but letters.

    A text without letters or digits (only symbols, only emoji) is its own key, without spaces.
    """
    norm, _ = normalize(raw_or_norm)
    return _KEY_NOISE.sub("", norm) or "".join(norm.split())


def _fold_simple(text: str) -> str:
    return text.translate(_load_folds())


class _Folds(dict[int, str]):
    """The normal form of one simple character by its code, worked out when first met."""

    def __missing__(self, code: int) -> str:
        folded = simplify(unicodedata.normalize("NFKC", chr(code))).lower()
        self[code] = folded
        return folded


@cache
def _load_folds() -> _Folds:
    # str.translate with such a table is one pass in C: half the time of NFKC, table and lower().
    return _Folds()


def _fold_clusters(raw: str) -> tuple[str, tuple[int, ...] | None]:
    pieces: list[str] = []
    offsets: list[int] = []
    position = 0
    for run in _ODD_RUN.finditer(raw):
        pieces.append(_fold_simple(raw[position : run.start()]))
        offsets.extend(range(position, run.start()))
        for start, end in _find_clusters(raw, *run.span()):
            folded = _fold_cluster(raw[start:end])
            pieces.append(folded)
            offsets.extend([start] * len(folded))
        position = run.end()
    pieces.append(_fold_simple(raw[position:]))
    offsets.extend(range(position, len(raw) + 1))
    norm = "".join(pieces)
    aligned = len(norm) == len(raw) and offsets == list(range(len(raw) + 1))
    return norm, None if aligned else tuple(offsets)


def _find_clusters(raw: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    first = start
    for index in range(start + 1, end):
        if _starts_cluster(raw[index]):
            yield first, index
            first = index
    yield first, end


@lru_cache(maxsize=8192)
def _starts_cluster(char: str) -> bool:
    if _INVISIBLE.match(char):
        return False
    head = unicodedata.normalize("NFKD", char)[0]
    return unicodedata.combining(head) == 0 and not _COMPOSING.match(head)


def _fold_cluster(cluster: str) -> str:
    return _fold_short(cluster) if len(cluster) <= _SHORT_CLUSTER else _fold_marks(cluster)


@lru_cache(maxsize=8192)
def _fold_short(cluster: str) -> str:
    return _fold_marks(cluster)


def _fold_marks(cluster: str) -> str:
    seen = _INVISIBLE.sub("", cluster[: 8 * _LONGEST_CLUSTER])[:_LONGEST_CLUSTER]
    lowered = simplify(unicodedata.normalize("NFKC", seen)).lower()
    # Lower case may compose where upper case did not: H + U+0331 does not, h + U+0331 is U+1E96.
    return unicodedata.normalize("NFKC", lowered)[:_LONGEST_CLUSTER]


def simplify(text: str) -> str:
    """The text with Traditional characters made Simplified, one by one: its length stays."""
    # What GB 2312 can write holds none of the characters that opencc's table changes, so that a
    # short command on simplified text need not load opencc (45 ms).
    if _HAN.search(text) is None or _in_gb2312(text):
        return text.translate(_ALWAYS)
    return text.translate(_load_simplified())


@cache
def _load_simplified() -> dict[int, str]:
    import opencc  # only where a text is not plain simplified Chinese

    characters = [chr(code) for code in range(0x3400, 0xA000) if _HAN.match(chr(code))]
    converted = opencc.OpenCC("t2s").convert("\n".join(characters)).split("\n")
    table = {
        ord(old): new
        for old, new in zip(characters, converted, strict=True)
        if old != new and len(new) == 1 and not _in_gb2312(old)
    }
    # 薴 -> 苧 -> 苎: one step must reach the end, or normalising twice would differ.
    return {old: table.get(ord(new), new) for old, new in table.items()} | dict(_ALWAYS)


def _in_gb2312(text: str) -> bool:
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
