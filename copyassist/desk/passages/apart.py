"""What of a text does not count as copied or as own: quotations, and what stands under every post.

Boilerplate is what an account repeats: sentences of several of its posts, learnt from them. Lines that
ask to follow, name the editor or reserve rights are known by their words.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from copyassist.desk.passages.letters import Letters

LEAST_POSTS = 3  # a sentence of so many posts …
LEAST_SHARE = 0.08  # … and of this share of all of them stands under every post
_QUOTED = 8  # letters: a shorter quotation is a word in quotation marks
_LONGEST_LINE = 120  # a long paragraph that happens to say 关注 is no boilerplate

_SENTENCE = re.compile(r"[^\n。！？!?；;]+[。！？!?；;]*")
_QUOTATION = re.compile('“([^”]+)”|「([^」]+)」|『([^』]+)』|"([^"\n]+)"|^[ \t]*>[^\n]*$', re.M)
_KNOWN = re.compile(
    "关注(?:我们|我|公众号|本号|账号)|点个?(?:赞|在看|关注)|点赞|一键三连|长按|扫码|二维码|转载请|未经(?:授权|许可)|"
    "版权(?:所有|归)|免责声明|侵权|侵删|责任编辑|责编|编辑[:：丨|]|来源[:：丨|]|图源|图片来自|"
    "作者[:：丨|]|文[/丨|]|排版[:：丨|]|审核[:：丨|]|往期(?:推荐|回顾|精选)|推荐阅读|阅读原文|商务合作|投稿"
)


def split_sentences(raw: str) -> Iterator[tuple[int, int]]:
    """The raw ranges of the sentences and lines of a text."""
    for found in _SENTENCE.finditer(raw):
        yield found.span()


def learn_boilerplate(bodies: Iterable[str]) -> frozenset[int]:
    """The keys of sentences that stand in several of an account's posts."""
    posts = 0
    counts: Counter[int] = Counter()
    for body in bodies:
        if body:
            posts += 1
            counts.update({key_sentence(body[start:end]) for start, end in split_sentences(body)})
    least = max(LEAST_POSTS, LEAST_SHARE * posts)
    return frozenset(key for key, count in counts.items() if count >= least and key)


def key_sentence(sentence: str) -> int:
    """What a sentence is known by; 0 for one without enough letters."""
    bare = re.sub(r"[\W_]+", "", sentence)
    return hash(bare) if len(bare) > 3 else 0


def find_apart(letters: Letters, learnt: frozenset[int]) -> list[tuple[int, int]]:
    """The letters that do not count, as ranges in order, none overlapping another."""
    raw = letters.raw
    spans = []
    for found in _QUOTATION.finditer(raw):
        start, end = letters.range(*found.span())
        if end - start >= _QUOTED:
            spans.append((start, end))
    for start, end in split_sentences(raw):
        sentence = raw[start:end]
        known = len(sentence) <= _LONGEST_LINE and _KNOWN.search(sentence)
        if known or key_sentence(sentence) in learnt:
            spans.append(letters.range(start, end))
    return unite(spans)


def unite(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges in order, those that touch made one."""
    united: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if united and start <= united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        elif end > start:
            united.append((start, end))
    return united
