"""Finds names and new words in archives of titles: runs of words that hang together and move freely.

A run counts as a name where its words meet far oftener than by chance (cohesion) and many different
neighbours stand on both sides of it (freedom). Tags of notes and what stands in 《》 are names too.
"""

import csv
import gzip
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from copyassist.keywords.pieces import Kind, Pieces, cut_pieces
from copyassist.resources import find_corpora
from copyassist.text import normalize
from copyassist.training.keywords_idf import load_jieba_words

LISTS = (
    "trends/weibo_hourly_heat",
    "trends/zhihu_hourly_heat_2024",
    "trends/kuaishou_hourly_rank",
    "trends/douyin_hourly_rank",
)
MOST_NAMES = 15_000
SCORE_STEPS = 40  # of a stored byte
_WIDEST, _LONGEST = 4, 8
_LEAST_COUNT = 4
_QUOTED = re.compile("[《「『“]([^》」』”《「]{2,8})[》」』”]")
_COUNTED = re.compile(
    r"[0-9.:%\-]+.{0,2}|.*[0-9一二三四五六七八九十两][个位名岁万亿元年月日天次条件款].*|.*[0-9]{3}.*"
)
_LOOSE_END = frozenset("了着过起来们者时间日月年号天说称让被后前里中上下")
_OWN = re.compile("达拉斯|北美|奥斯丁|纽约|奥兰多|亚特兰大|休斯顿|达村")  # of one niche of notes
_STOCK = frozenset(
    (
        "这件事",
        "第一次",
        "第一天",
        "第一场雪",
        "在路上",
        "行不行",
        "要当心",
        "本世纪",
        "值多少钱",
        "是什么梗",
        "年轻的",
        "会让人",
        "会觉得",
        "算是",
        "有没有",
        "怎么办",
    )
)

_Run = tuple[str, ...]


@dataclass(slots=True)
class _Counts:
    pieces: Counter[str]
    runs: Counter[_Run]
    left: dict[_Run, Counter[str]]
    right: dict[_Run, Counter[str]]


def mine_names(folder: Path) -> dict[str, int]:
    """Names with a score of 1 to 255, from the archives under `folder`."""
    texts = list(_read_texts(folder))
    counts = _count_runs([_cut(text) for text in texts])
    known = load_jieba_words()
    scores = {name: score for name, score in _judge_runs(counts) if name not in known}
    for name, count in _read_named(folder, texts).items():
        if name not in known and _may_be_named(name):
            scores[name] = max(scores.get(name, 0.0), 1.5 + 0.3 * math.sqrt(count))
    scores |= dict.fromkeys(_read_written(), 5.0)
    best = sorted(scores, key=lambda name: (-scores[name], name))[:MOST_NAMES]
    return {name: min(255, max(1, round(SCORE_STEPS * scores[name]))) for name in sorted(best)}


def _read_written() -> Iterator[str]:
    """Names that were written down for copyassist."""
    for line in (find_corpora() / "keywords/names.txt").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            yield from (normalize(name)[0] for name in line.split())


def _read_texts(folder: Path) -> Iterator[str]:
    seen: set[str] = set()
    for name in LISTS:
        for row in read_rows(folder / f"{name}.csv.gz"):
            if row["title"] not in seen:
                seen.add(row["title"])
                yield normalize(row["title"])[0]
    for row in read_rows(folder / "trends/weibo_topics_described.csv.gz"):
        yield normalize(f"{row['title']}\n{row['description']}")[0]
    for row in read_rows(folder / "headlines/xhs_notes.csv.gz"):
        yield normalize("\n".join([row["title"], *row["tags"].split(",")]))[0]


def _read_named(folder: Path, texts: Iterable[str]) -> Counter[str]:
    """Tags and quoted names that stand more than once."""
    named: Counter[str] = Counter()
    for text in texts:
        named.update(_QUOTED.findall(text))
    for row in read_rows(folder / "headlines/xhs_notes.csv.gz"):
        named.update(normalize(tag)[0] for tag in row["tags"].split(",") if 2 <= len(tag) <= 6)
    return Counter({name: count for name, count in named.items() if count > 1 and " " not in name})


def read_rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _cut(text: str) -> list[tuple[str, int]]:
    pieces = Pieces()
    cut_pieces(text, pieces)
    return [
        (text[start:end], kind)
        for start, end, kind in zip(pieces.starts, pieces.ends, pieces.kinds, strict=True)
    ]


def _may_be_named(name: str) -> bool:
    """Whether what stands in 《》 or as a tag is more than a piece of a sentence."""
    kinds = [kind for _, kind in _cut(name)]
    inner = Kind.FUNCTION in kinds or Kind.BREAK in kinds
    return not (inner or _COUNTED.fullmatch(name) or _OWN.search(name)) and name not in _STOCK


def _count_runs(texts: list[list[tuple[str, int]]]) -> _Counts:
    pieces = Counter(text for one in texts for text, _ in one)
    runs: Counter[_Run] = Counter()
    for one in texts:
        runs.update({run for _, run in _find_runs(one)})
    runs = Counter({run: count for run, count in runs.items() if count >= _LEAST_COUNT})
    left: dict[_Run, Counter[str]] = defaultdict(Counter)
    right: dict[_Run, Counter[str]] = defaultdict(Counter)
    for one in texts:
        for first, run in _find_runs(one):
            if run in runs:
                last = first + len(run)
                left[run][one[first - 1][0] if first else "\n"] += 1
                right[run][one[last][0] if last < len(one) else "\n"] += 1
    return _Counts(pieces, runs, left, right)


def _find_runs(one: list[tuple[str, int]]) -> Iterator[tuple[int, _Run]]:
    for first, (text, kind) in enumerate(one):
        if kind <= Kind.FUNCTION or (kind == Kind.DIGITS and len(text) > 2):
            continue
        length = len(text)
        for last in range(first + 1, min(first + _WIDEST, len(one))):
            text, kind = one[last]
            length += len(text)
            if kind == Kind.BREAK or length > _LONGEST:
                break
            if kind > Kind.FUNCTION:
                yield first, tuple(piece for piece, _ in one[first : last + 1])


def _judge_runs(counts: _Counts) -> Iterator[tuple[str, float]]:
    total = sum(counts.pieces.values())
    for run, count in counts.runs.items():
        name = "".join(run)
        if run[-1] in _LOOSE_END or not _may_be_named(name):
            continue
        cohesion = _measure_cohesion(run, counts, total)
        freedom = min(_measure_freedom(counts.left[run]), _measure_freedom(counts.right[run]))
        score = cohesion * min(freedom, 3) * min(count, 60) ** 0.25
        sound = cohesion >= 0.33 and freedom >= 1.3 and count >= 6 and score >= 1.3
        if sound or (len(name) <= 4 and cohesion > 0.4 and freedom >= 1.1):
            yield name, score


def _measure_cohesion(run: _Run, counts: _Counts, total: int) -> float:
    """Normalised mutual information of the weakest joint."""
    count = counts.runs[run]
    weakest = min(
        math.log(count * total / (_uses(run[:cut], counts) * _uses(run[cut:], counts)))
        for cut in range(1, len(run))
    )
    return weakest / -math.log(count / total)


def _uses(run: _Run, counts: _Counts) -> int:
    return counts.pieces[run[0]] if len(run) == 1 else counts.runs.get(run) or 1


def _measure_freedom(neighbours: Counter[str]) -> float:
    """Entropy of the neighbours; an edge of the text is a different neighbour each time."""
    total = sum(neighbours.values())
    freedom = 0.0
    for text, count in neighbours.items():
        share = count / total
        freedom += share * (0.8 * math.log(total) if text == "\n" else -math.log(share))
    return freedom


def pack_names(names: Mapping[str, int]) -> dict[str, Any]:
    """The names as arrays of a model file."""
    import numpy as np

    return {
        "names": np.frombuffer("\n".join(names).encode(), np.uint8),
        "name_scores": np.array(list(names.values()), np.uint8),
    }
