"""Keywords of a draft: candidates of the text itself, ranked by a small trained model.

One extractor for drafts, tags, hot topics and accounts. What an extractor knows besides (the user's
own words, names of the account and of the hot lists) counts as names.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Literal, NamedTuple, get_args

import numpy as np

from copyassist.keywords.boundaries import Floats
from copyassist.keywords.hashing import Ints
from copyassist.keywords.pieces import ADDRESS, Kind
from copyassist.keywords.ranker import Ranker, load_ranker
from copyassist.keywords.windows import WIDEST, Batch
from copyassist.text import load_reference_keywords
from copyassist.types import Keyword, ParsedDraft, ParsedText

Method = Literal["own", "tfidf", "textrank"]
METHODS: tuple[Method, ...] = get_args(Method)

_MOST_CHARACTERS = 20_000  # of a body: more change nothing but the time
_TOGETHER = 16_000  # characters of a batch
_EXAMINED = 40  # candidates of a draft that are looked at closely
_LEAST = -2.7  # log odds below which nothing is a keyword: a chance of 6 %
_LEAST_LONGER = -0.85  # log odds of a phrase around a keyword that is better
_EARLY = 0.34  # share of the title
_DONE = "了"  # 摔断了锁骨 is a piece of a sentence
_AHEAD = 0.01  # log odds of a whole before its part
_THINGS = (Kind.NOUN, Kind.NAME, Kind.LATIN)
_LEAST_THING = -2.5  # log odds of what a verb stands before, to take its place
_BEHIND = 1.5
_VERBS = (Kind.VERB, Kind.ACT)
_NEW = (Kind.SINGLE, Kind.ACT, Kind.LATIN)

_NUMBER = "[0-9〇零一二两三四五六七八九十百千万亿几多半数]"
_COUNTED = re.compile(
    f"第?{_NUMBER}+(?:个|种|招|步|点|条|款|件|本|位|名|岁|年|月|日|号|天|次|元|块|分|秒|周|斤|人|只|家"
    "|张|层|座|台|部|集|篇句|道|夜|晚|倍|折|万|亿|度|米|公里|小时|分钟|平米|平|届|代|季|线|年级|成|遍|样"
    "|口|双|支|杯|瓶|碗|袋|盒|套|页|字|股|辆|艘|架|起|场|轮|期|套|把|间|栋|顿|份|群|句|首|幅|滴|颗|粒|片|根)"
)


@dataclass(frozen=True, slots=True)
class Extractor:
    """Finds keywords. `sources` says of each name that is known besides where it is from."""

    ranker: Ranker
    sources: Mapping[str, str]

    def extract(self, parsed: ParsedDraft, limit: int = 8) -> list[Keyword]:
        """The draft's keywords, the likeliest first, as they are spelt in the draft."""
        return self.extract_many([parsed], limit)[0]

    def extract_many(self, drafts: Sequence[ParsedDraft], limit: int = 8) -> list[list[Keyword]]:
        """The keywords of each draft. Many at once take a fraction of the time."""
        found: list[list[Keyword]] = []
        some: list[ParsedDraft] = []
        characters = 0
        for one in drafts:
            some.append(one)
            characters += len(one.title.norm) + (len(one.body.norm) if one.body else 0)
            if characters >= _TOGETHER:
                found += self._extract_some(some, limit)
                some, characters = [], 0
        return found + self._extract_some(some, limit) if some else found

    def _extract_some(self, drafts: Sequence[ParsedDraft], limit: int) -> list[list[Keyword]]:
        batch = self.ranker.read([_take_texts(one) for one in drafts])
        scores = prefer_whole(batch, self.ranker.score(batch))
        order = np.lexsort((-scores, batch.draft))
        of = batch.draft[order]
        best = np.concatenate([[True], of[1:] != of[:-1]])[: len(of)]
        order = order[best | (scores[order] >= _LEAST)]
        bounds = np.searchsorted(batch.draft[order], np.arange(len(drafts) + 1)).tolist()
        ranked = _look_at(batch, order, scores)
        return [
            self._describe_all(one, _choose(ranked[bounds[at] : bounds[at + 1]], limit))
            for at, one in enumerate(drafts)
        ]

    def _describe_all(self, parsed: ParsedDraft, chosen: "Sequence[_Candidate]") -> list[Keyword]:
        if not chosen:
            return []
        title, body = parsed.title.norm, parsed.body.norm if parsed.body else ""
        top = _to_chance(chosen[0].score)
        found = []
        for one in chosen:
            start = title.find(one.text)
            chance = _to_chance(one.score)
            found.append(
                Keyword(
                    text=_spell(parsed, one.text, start),
                    weight=chance / top,
                    in_title=start >= 0,
                    in_body=one.text in body,
                    chance=chance,
                    count=one.uses,
                    reasons=self._find_reasons(one, start, len(title)),
                )
            )
        return found

    def _find_reasons(self, one: "_Candidate", start: int, title: int) -> tuple[str, ...]:
        reasons = []
        if source := self.sources.get(one.text):
            reasons.append(f"known_{source}")
        elif one.named:
            reasons.append("name")
        elif one.last > one.first:
            reasons.append("new_word" if one.new else "phrase")
        if start >= 0:
            reasons.append("early" if start <= _EARLY * title else "title")
        if one.uses > 1:
            reasons.append("often")
        return tuple(reasons)


class _Candidate(NamedTuple):
    """A candidate that is looked at closely: its first and last piece, its count and score.

    `named`: it is a known name; `new`: it holds what no dictionary knows; `acts`: its first or last
    word is a verb.
    """

    text: str
    first: int
    last: int
    uses: int
    score: float
    named: bool
    new: bool
    acts: bool


def _choose(ranked: Sequence[_Candidate], limit: int) -> list[_Candidate]:
    """The best, without those that only stand inside a better one, or across its edge."""
    chosen: list[_Candidate] = []
    for one in ranked[:_EXAMINED]:
        fits = one.named or _COUNTED.match(one.text) is None
        if fits and _DONE not in one.text and not _is_said(one, chosen):
            chosen.append(one)
            if len(chosen) >= limit:
                break
    return chosen


def _is_said(one: _Candidate, chosen: Sequence[_Candidate]) -> bool:
    """Whether a better one says what a candidate says."""
    text, first, last = one.text, one.first, one.last
    for better in chosen:
        if text in better.text:
            if one.uses <= better.uses:
                return True
        elif better.text in text:  # 微胖穿搭 besides 穿搭, but not 姚明携 or 玩转长沙
            if one.score < _LEAST_LONGER or (one.acts and not one.named):
                return True
        elif first <= better.last and better.first <= last:
            return True
    return False


def prefer_whole(batch: Batch, scores: Floats) -> Floats:
    """The scores, with that of iphone 17 at least that of the iphone that it begins with.

    So it is with every number that belongs to a name, and with every run of Latin words.
    """
    scores = scores.copy()
    for width in range(WIDEST - 1):
        rows = np.flatnonzero((batch.grid[:, width] >= 0) & (batch.grid[:, width + 1] >= 0))
        last = batch.kinds[rows + width]
        following = batch.kinds[rows + width + 1]
        both = (last == Kind.LATIN) | (last == Kind.DIGITS)
        rows = rows[(following == Kind.DIGITS) | (both & (following == Kind.LATIN))]
        short, whole = batch.grid[rows, width], batch.grid[rows, width + 1]
        same = batch.counts[short] == batch.counts[whole]
        short, whole = short[same], whole[same]
        scores[whole] = np.maximum(scores[whole], scores[short] + _AHEAD)
    return _prefer_things(batch, scores)


def _prefer_things(batch: Batch, scores: Floats) -> Floats:
    """The scores, with that of 长沙 at least that of 玩转长沙, which is lowered."""
    acts = np.isin(batch.kinds, _VERBS)
    for width in range(1, WIDEST):
        rows = np.flatnonzero(acts[:-1] & (batch.grid[:-1, width] >= 0))
        rows = rows[
            (batch.grid[rows + 1, width - 1] >= 0) & np.isin(batch.kinds[rows + 1], _THINGS)
        ]
        whole, thing = batch.grid[rows, width], batch.grid[rows + 1, width - 1]
        better = (batch.names[whole] == 0) & (batch.place[whole] == rows)
        better &= scores[thing] > _LEAST_THING
        whole, thing = whole[better], thing[better]
        scores[thing] = np.maximum(scores[thing], scores[whole] + _AHEAD)
        scores[whole] -= _BEHIND
    return scores


def _look_at(batch: Batch, order: Ints, scores: Floats) -> list[_Candidate]:
    """The candidates in this order, as plain values: arrays are slow one by one."""
    first = batch.place[order]
    last = first + batch.width[order]
    unknown = np.concatenate([[0], np.cumsum(np.isin(batch.kinds, _NEW))])
    verbs = np.isin(batch.kinds, _VERBS)
    text = batch.text
    texts = [
        text[start:end]
        for start, end in zip(batch.starts[first].tolist(), batch.ends[last].tolist(), strict=True)
    ]
    return list(
        map(
            _Candidate,
            texts,
            first.tolist(),
            last.tolist(),
            batch.counts[order].tolist(),
            scores[order].tolist(),
            (batch.names[order] > 0).tolist(),
            (unknown[last + 1] > unknown[first]).tolist(),
            (verbs[first] | verbs[last]).tolist(),
        )
    )


def _to_chance(score: float) -> float:
    return 1 / (1 + math.exp(-score))


def _take_texts(parsed: ParsedDraft) -> tuple[str, str]:
    body = parsed.body.norm[:_MOST_CHARACTERS] if parsed.body else ""
    return parsed.title.norm[:_MOST_CHARACTERS], body


def extract_keywords(parsed: ParsedDraft, limit: int = 8) -> list[Keyword]:
    """The draft's keywords by the shipped extractor."""
    return load_extractor().extract(parsed, limit)


@cache
def load_extractor() -> Extractor:
    """The extractor that knows what ships. Raises ModelError."""
    return Extractor(load_ranker(), {})


def build_extractor(names: Mapping[str, str]) -> Extractor:
    """One that knows more names; each with where it is from: user, account, hot, corpus."""
    own = [name for name, source in names.items() if source == "user" and name]
    return Extractor(load_ranker().knowing(list(names), own), names)


def extract_by(method: Method, parsed: ParsedDraft, limit: int = 8) -> list[Keyword]:
    """The draft's keywords by one of the methods; jieba's are for comparing."""
    if method == "own":
        return extract_keywords(parsed, limit)
    body = parsed.body.norm[:_MOST_CHARACTERS] if parsed.body else ""
    text = ADDRESS.sub(" ", f"{parsed.title.norm}\n{body}")
    found = load_reference_keywords(method)(text, limit)
    top = max((weight for _, weight in found), default=1.0) or 1.0
    return [
        Keyword(
            text=_spell(parsed, word, parsed.title.norm.find(word)),
            weight=weight / top,
            in_title=word in parsed.title.norm,
            in_body=word in body,
            count=text.count(word),
        )
        for word, weight in islice(found, limit)
    ]


def _spell(parsed: ParsedDraft, text: str, start: int) -> str:
    """`text` as the writer typed it; it stands in the title at `start`, else in the body."""
    if start >= 0:
        return _cut(parsed.title, start, start + len(text))
    if parsed.body is not None and (start := parsed.body.norm.find(text)) >= 0:
        return _cut(parsed.body, start, start + len(text))
    return text


def _cut(place: ParsedText, start: int, end: int) -> str:
    first, last = place.raw_span(start, end)
    return place.raw[first:last]
