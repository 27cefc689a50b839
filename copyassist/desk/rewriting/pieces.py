"""A text as clauses: what stands between two marks, with the mark that ends it. Raw text throughout."""

import re
from dataclasses import dataclass

COLUMN = re.compile(
    r"^\s*(?:【[^】]{1,12}】|\[[^\]]{1,12}\]|〔[^〕]{1,12}〕|[^\s，,。！!？?；;：:|｜丨]{1,8}\s*[|｜丨])\s*(?=\S)"
)
_BREAK = re.compile(
    r"[，,。！!？?；;：:|｜丨~～…·•、—\n]+|(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])"
)
_PAIRS = {"《": "》", "“": "”", "「": "」", "『": "』", "（": "）", "(": ")", "‘": "’", "【": "】"}
_INSIDE_NUMBER = re.compile(r"(?<=\d)[:：,，.·](?=\d)")
_SENTENCE_END = re.compile(r"(?<=[。！!？?\n；;…])(?![”」』）)。！!？?…])")
EMOJI = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d\U0001f1e6-\U0001f1ff]+"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a text: raw[start:end] is `text`, `mark` is what follows it ("" at the end)."""

    text: str
    mark: str
    start: int
    end: int


def split_clauses(raw: str, *, listing: bool = False) -> list[Clause]:
    """The clauses of a text. What stands in brackets or quotes is kept whole.

    `listing`: a 、 ends a clause too; without, an enumeration stays one piece.
    """
    guarded = _guard(raw)
    found: list[Clause] = []
    at = 0
    for mark in _BREAK.finditer(raw):
        start, end = mark.span()
        if any(guarded[start:end]) or (mark[0] == "、" and not listing):
            continue
        if raw[at:start].strip():
            found.append(_cut(raw, at, start, mark[0]))
        at = end
    if raw[at:].strip():
        found.append(_cut(raw, at, len(raw), ""))
    return found


def _cut(raw: str, start: int, end: int, mark: str) -> Clause:
    text = raw[start:end]
    left = start + len(text) - len(text.lstrip())
    return Clause(text.strip(), mark, left, left + len(text.strip()))


def _guard(raw: str) -> list[bool]:
    """Which signs may not be taken for the end of a clause: in brackets, quotes and numbers."""
    guarded = [False] * len(raw)
    for opening, closing in _PAIRS.items():
        at = raw.find(opening)
        while at >= 0:
            end = raw.find(closing, at + 1)
            if end < 0 or end - at > 40:
                break
            guarded[at : end + 1] = [True] * (end + 1 - at)
            at = raw.find(opening, end + 1)
    for found in _INSIDE_NUMBER.finditer(raw):
        guarded[found.start()] = True
    return guarded


def split_sentences(body: str) -> list[str]:
    """The sentences of a body, without list markers, emoji at the edges, addresses and tags."""
    clean = re.sub(
        r"https?://\S+|www\.\S+|(?<!\S)\S{1,64}@\S+|[#＃][^\s#＃]+[#＃]?|@\S+", " ", body
    )
    found = []
    for piece in _SENTENCE_END.split(clean):
        text = EMOJI.sub(" ", piece).strip(" \t\r\n\u3000-*•·#>")
        if text:
            found.append(text)
    return found


def strip_marks(text: str) -> str:
    """A clause without marks and spaces at its edges; brackets and quotes stay."""
    return text.strip(" \t\r\n\u3000，,。！!；;：:、|｜丨~～·•—-…")


def is_clean(text: str) -> bool:
    """Whether brackets and quotes are closed and no mark stands where none can."""
    for opening, closing in _PAIRS.items():
        if text.count(opening) != text.count(closing):
            return False
    if text.count('"') % 2:
        return False
    return (
        re.search(r"^[，,。、；;：:！!？?|｜]|[，、；：|｜]$|[，,。、；：|｜！？]{2,}", text)
        is None
    )


_NO_START = re.compile(
    r"^(?:的|了|着|过|和|与|或|及|但|而|却|也|还|又|就|都|并|所以|因此|但是|而且|以及|来|得|地|吗|呢|吧)"
)
_NO_END = re.compile(
    r"(?:和|与|或|及|但|而|却|在|从|把|被|让|给|向|对|为了|因为|所以|如果|以及|用|跟|比|将|由|很|更|最|没|一个|这个|那个|地|得|绝对是|大多是|就是|世界|用心)$"
)


def ends_open(text: str) -> bool:
    """Whether a piece begins or ends with a word that wants another beside it."""
    return _NO_START.search(text) is not None or _NO_END.search(text) is not None
