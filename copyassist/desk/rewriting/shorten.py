"""A title that is too long, shortened to the limit: the least that carries something goes first.

What may go: whole clauses, a column's name, emoji, adverbs and fillers, describing words in front of a
noun. Sets of them are tried from the cheapest on; nothing is cut in the middle of a word.
"""

import heapq
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from copyassist.desk.rewriting.pieces import (
    COLUMN,
    EMOJI,
    ends_open,
    is_clean,
    split_clauses,
    strip_marks,
)
from copyassist.text import tag_words

MOST_SPANS = 18
MOST_SETS = 3000
WANTED = 3
SHORTEST = 4
ENOUGH = 9  # signs: with fewer a long title has lost what it said
_FILLERS = re.compile(
    r"今天(?:就)?(?:给大家|和大家|跟大家|来)?(?:分享|聊聊|说说|推荐)?(?:一下)?|(?:给|跟|和|为)(?:大家|你们|姐妹们|宝子们)(?:分享|推荐|介绍|安利|说说|整理了?)?(?:一下|一个|一款|几个)?|"
    r"(?:我)?(?:必须|真的|简直|实在|确实|绝对|完全|非常|超级?|特别|十分(?!钟)|极其|无比|相当|其实|居然|竟然|终于|赶紧|赶快|一定要?|反正|总之|的话|而已)(?![的地])|"
    r"(?:吧|啦|哦|呀|哈|呢|嘛|咯|哟|喔|耶)(?=$|[，,。！!～~])|太?绝了|yyds|绝绝子|一整个|大家|姐妹们|宝子们|家人们|朋友们|建议收藏|值得收藏|快收藏|收藏备用|亲测有效|超详细|超全|最全|保姆级|干货满满|强烈推荐|"
    r"史上|全网|一下(?=[^子来]|$)|一个(?=[\u4e00-\u9fff]{2})|一款(?=[\u4e00-\u9fff]{2})|(?:这个|那个)(?=[\u4e00-\u9fff]{2})"
)
_BRACKETED = re.compile(r"[（(][^）)]{1,20}[）)]")
_REPEATED = re.compile(r"(?<=([！!？?～~。.…]))\1+")
_UNFINISHED = re.compile(r"(?:的|不|没有?)$")
_TAILS = re.compile(
    r"(?:的)?(?:经验|心得)?(?:总结|整理|分享|汇总|盘点|大全)(?:分享|好了|给大家|出来|完毕)*$|(?:全部|都)(?:整理|写|放)(?:好|在)[\u4e00-\u9fff]{0,3}$|一次讲清楚?$|一定要看$|看完你就明白了$"
)


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    cost: float
    clause: bool


def shorten(title: str, fits: Callable[[str], bool], keep: Sequence[str] = ()) -> list[str]:
    """At most three titles that fit, the one that loses least first. `keep` are words that stay.

    Different ways are preferred: two that drop the same clauses are one way.
    """
    least = min(0.35 * len(title), ENOUGH)
    found: list[str] = []
    ways: set[tuple[int, ...]] = set()
    spare: list[str] = []
    for spans in _cheapest(_find_spans(title, keep)):
        new = _tidy(_without(title, spans))
        if len(new) < least or not _is_title(new) or not fits(new) or new in [*found, *spare]:
            continue
        way = tuple(sorted(span.start for span in spans if span.cost >= 0.8))
        if way in ways:
            spare.append(new)
            continue
        ways.add(way)
        found.append(new)
        if len(found) == WANTED:
            return found
    found += spare[: WANTED - len(found)]
    if len(found) < WANTED:
        found += [one for one in _cut_back(title, fits) if one not in found][: WANTED - len(found)]
    return found


def _is_title(text: str) -> bool:
    if sum(sign.isalnum() for sign in text) < SHORTEST or not is_clean(text):
        return False
    return not ends_open(text) and _UNFINISHED.search(text) is None


def _find_spans(title: str, keep: Sequence[str]) -> list[_Span]:
    spans = [*_find_clauses(title), *_find_small(title)]
    kept = [(at, at + len(word)) for word in keep if word and (at := title.find(word)) >= 0]
    spans = [
        span
        for span in spans
        if not any(span.start < end and start < span.end for start, end in kept)
    ]
    return sorted(spans, key=lambda span: span.cost)[:MOST_SPANS]


def _find_clauses(title: str) -> Iterator[_Span]:
    clauses = split_clauses(title)
    column = COLUMN.match(title)
    if column is not None:
        yield _Span(0, column.end(), 1.5, True)
    if len(clauses) < 2:
        return
    for number, clause in enumerate(clauses):
        following = clauses[number + 1].start if number + 1 < len(clauses) else len(title)
        start = clause.start if number + 1 < len(clauses) else _mark_before(clauses, number)
        yield _Span(start, following, _weigh(clause.text), True)


def _mark_before(clauses: Sequence[object], number: int) -> int:
    before = clauses[number - 1]
    end: int = before.end  # type: ignore[attr-defined]
    return end


def _weigh(text: str) -> float:
    """What a clause carries: its nouns, verbs and numbers."""
    weight = 0.0
    for word, tag in tag_words(text):
        if tag[:1] in "nvajil" or tag in ("eng", "m"):
            weight += 1.5 if tag[:1] == "n" or tag == "m" else 1.0
        if any(sign in word for sign in "不没别防避"):
            weight += 2
    return 1.0 + weight


def _find_small(title: str) -> Iterator[_Span]:
    for pattern, cost in ((_REPEATED, 0.05), (EMOJI, 0.1), (_FILLERS, 0.4), (_BRACKETED, 1.2)):
        for found in pattern.finditer(title):
            yield _Span(found.start(), found.end(), cost, False)
    for found in _TAILS.finditer(title):
        yield _Span(found.start(), found.end(), 0.7, False)
    for clause in split_clauses(title):
        yield from _find_inside(title, clause.start, clause.end)


_Word = tuple[int, int, str, str]


def _find_inside(title: str, start: int, end: int) -> Iterator[_Span]:
    """What may go inside one clause."""
    words: list[_Word] = []
    at = start
    for word, tag in tag_words(title[start:end]):
        words.append((at, at + len(word), word, tag))
        at += len(word)
    for number in range(len(words)):
        yield from _find_describing(words, number)
        yield from _find_joined(words, number)


def _find_describing(words: Sequence[_Word], number: int) -> Iterator[_Span]:
    """What stands before a noun and only describes it: 适合带老人去的温泉酒店 -> 温泉酒店."""
    end, word = words[number][1:3]
    if word == "的" and number + 1 < len(words) and words[number + 1][3][:1] in "nvjlebaz":
        starts = [first for first in range(number - 1, -1, -1) if _opens_describing(words, first)]
        for first in starts[:2]:
            yield _Span(words[first][0], end, 0.9 + _weigh_words(words[first:number]), False)
        if words[number - 1][3][:1] == "n" and number > 1:
            yield _Span(words[number][0], end, 0.3, False)  # 北京的咖啡馆 -> 北京咖啡馆
    elif number > 1 and _ends_frame(words, number):
        first = next((n for n in range(number, -1, -1) if words[n][3][:1] in "mvp"), 0)
        yield _Span(words[first][0], end, 1.2 + _weigh_words(words[first:number]), False)


def _opens_describing(words: Sequence[_Word], first: int) -> bool:
    """Whether a describing phrase may begin here: behind a noun, a place or a count, no verb before."""
    if words[first][3][:1] not in "vpadbzi" or any(tag[:1] in "vp" for *_, tag in words[:first]):
        return False
    return not first or words[first - 1][3][:1] in "nfstmqjxu"


def _ends_frame(words: Sequence[_Word], number: int) -> bool:
    """Whether a word ends a frame of time or place: 三小时车程内, 装修新房时."""
    _, _, word, tag = words[number]
    following = words[number + 1][2] if number + 1 < len(words) else ""
    frame = tag == "f" or word in ("时", "之前", "之后", "以后", "期间", "内")
    return frame and following not in ("", "的", "时", "候")


def _find_joined(words: Sequence[_Word], number: int) -> Iterator[_Span]:
    """The second of two things that are joined: 细节和布局 -> 细节, a、b、c -> a、b."""
    start, _, word, _ = words[number]
    if word not in ("和", "与", "及", "以及", "、", "并", "又") or not number:
        return
    last = number
    while last + 1 < len(words) and words[last + 1][3][:1] in "njbvl" and last - number < 3:
        last += 1
    if last > number:
        yield _Span(start, words[last][1], 0.8 + _weigh_words(words[number + 1 : last + 1]), False)


def _weigh_words(words: Sequence[_Word]) -> float:
    return 0.4 * sum(tag[:1] in "nvmjil" or tag == "eng" for _, _, _, tag in words)


def _cheapest(spans: Sequence[_Span]) -> Iterator[list[_Span]]:
    """Sets of spans from the cheapest on."""
    queue: list[tuple[float, int, tuple[int, ...]]] = [
        (span.cost, number, (number,)) for number, span in enumerate(spans)
    ]
    heapq.heapify(queue)
    for _ in range(MOST_SETS):
        if not queue:
            return
        cost, last, chosen = heapq.heappop(queue)
        yield [spans[number] for number in chosen]
        for number in range(last + 1, len(spans)):
            other = spans[number]
            if all(other.end <= spans[n].start or spans[n].end <= other.start for n in chosen):
                heapq.heappush(queue, (cost + other.cost, number, (*chosen, number)))


def _without(title: str, spans: Sequence[_Span]) -> str:
    text = title
    for span in sorted(spans, key=lambda span: -span.start):
        text = text[: span.start] + text[span.end :]
    return text


def _tidy(text: str) -> str:
    text = re.sub(r"[，,、；;：:|｜](?=[！!？?。])|[，,、；;](?=[，,、；;：:|｜])", "", text)
    text = re.sub(r"\s{2,}", " ", text).strip(" \t，,、；;：:|｜丨—-·")
    return text


def _cut_back(title: str, fits: Callable[[str], bool]) -> Iterator[str]:
    """The longest beginnings that end with a whole noun or verb phrase, for a title without a seam."""
    at, ends = 0, []
    words = tag_words(title)
    for number, (word, tag) in enumerate(words):
        at += len(word)
        following, kind = words[number + 1] if number + 1 < len(words) else ("", "")
        whole = tag[:1] in "njl" or tag in ("vn", "eng", "nz")
        if whole and following not in ("的", "们") and (not kind or kind[:1] not in "nj"):
            ends.append(at)
    for end in reversed(ends):
        new = strip_marks(title[:end])
        if end >= len(title) * 0.4 and _is_title(new) and fits(new):
            yield new
