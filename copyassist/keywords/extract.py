"""Keywords of a draft: rarity x frequency, with neighbouring words joined where they belong.

Most keywords that people choose are phrases, and a dictionary's words are not: joining neighbours
is worth half again as many right keywords on abstracts as words alone.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, islice
from typing import TypeAlias

from copyassist.keywords.words import WordTable, load_words
from copyassist.types import Keyword, ParsedDraft, ParsedText

# All four chosen on the first half of the CSL abstracts.
_PAIR, _TRIPLE = 1.6, 1.8  # a phrase against the mean of its words
_FREQUENCY_POWER = 0.8
_LEAST_SHARE = 0.5  # of a word's uses that lie in the phrase

_TITLE_COUNT = 2  # a word of the title counts like two of the body
_MOST_WORDS = 20_000  # of a body: more change nothing but the time

_Found: TypeAlias = dict[str, tuple[int, float]]  # text -> (how often, score)


def extract_keywords(parsed: ParsedDraft, limit: int = 8) -> list[Keyword]:
    """The draft's keywords, weightiest first, as they are spelt in the draft, at most `limit`."""
    table = load_words()
    counts, pairs = _count(_read_words(parsed), table)
    found = {word: (count, count**_FREQUENCY_POWER * table.weigh(word)) for word, count in counts}
    found.update(_score_phrases(pairs, dict(counts), table))
    chosen = _choose(found, parsed, limit)
    top = found[chosen[0]][1] if chosen else 1.0
    return [_describe(text, found[text][1] / top, parsed) for text in chosen]


def _read_words(parsed: ParsedDraft) -> Iterable[str]:
    if parsed.body is None:
        return parsed.title.words
    titles = (*parsed.title.words, "\n") * _TITLE_COUNT
    return chain(titles, islice(parsed.body.words, _MOST_WORDS))


def _count(
    words: Iterable[str], table: WordTable
) -> tuple[Iterable[tuple[str, int]], Mapping[tuple[str, ...], int]]:
    """How often each word and each run of two or three stands there.

    What has no weight parts phrases, but a single character may end a word that the dictionary
    of words lacks (螺蛳 + 粉).
    """
    known, weigh = table.weights, table.weigh
    content: list[str] = []
    for word in words:
        weight = known.get(word)
        if weigh(word) if weight is None else weight:
            content.append(word)
        elif len(word) == 1 and content and content[-1] + word in table.phrases:
            content[-1] += word
        else:
            content.append("")
    counts, pairs = Counter(content), _count_runs(content)
    counts.pop("", None)
    return counts.items(), pairs


def _count_runs(content: Sequence[str]) -> Mapping[tuple[str, ...], int]:
    runs: dict[tuple[str, ...], int] = {}
    second = first = ""
    for word in content:
        if word and first and word != first:
            runs[first, word] = runs.get((first, word), 0) + 1
            if second and second != word:
                triple = (second, first, word)
                runs[triple] = runs.get(triple, 0) + 1
        second, first = first, word
    return runs


def _score_phrases(
    runs: Mapping[tuple[str, ...], int], counts: Mapping[str, int], table: WordTable
) -> Iterable[tuple[str, tuple[int, float]]]:
    for words, count in runs.items():
        text = join_words(words)
        if count < 2 and text not in table.phrases:
            continue
        if count < _LEAST_SHARE * max(counts[word] for word in words):
            continue
        mean = sum(map(table.weigh, words)) / len(words)
        boost = _PAIR if len(words) == 2 else _TRIPLE
        yield text, (count, count**_FREQUENCY_POWER * mean * boost)


def join_words(words: Sequence[str]) -> str:
    """The words as one phrase: with spaces between Latin words, without elsewhere."""
    text = words[0]
    for word in words[1:]:
        text += f" {word}" if text[-1].isascii() and word[0].isascii() else word
    return text


def _choose(found: _Found, parsed: ParsedDraft, limit: int) -> list[str]:
    """The best, without those that only occur inside a better one or in no text in one piece."""
    chosen: list[str] = []
    for text in sorted(found, key=lambda text: -found[text][1]):
        count = found[text][0]
        if not _stands_in(text, parsed):
            continue
        for other in chosen:
            if text in other and count <= found[other][0]:
                break
        else:
            chosen.append(text)
            if len(chosen) == limit:
                break
    return chosen


def _stands_in(text: str, parsed: ParsedDraft) -> bool:
    return text in parsed.title.norm or (parsed.body is not None and text in parsed.body.norm)


def _describe(text: str, weight: float, parsed: ParsedDraft) -> Keyword:
    in_title = text in parsed.title.norm
    body = parsed.body
    in_body = body is not None and text in body.norm
    spelt = _spell(text, parsed.title) if in_title else _spell(text, body) if body else text
    return Keyword(text=spelt, weight=weight, in_title=in_title, in_body=in_body)


def _spell(text: str, place: ParsedText) -> str:
    """`text` as the writer typed it, or as it is where it does not stand in one piece."""
    start = place.norm.find(text)
    if start < 0:
        return text
    first, last = place.raw_span(start, start + len(text))
    return place.raw[first:last]
