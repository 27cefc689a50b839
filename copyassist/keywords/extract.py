"""Keywords of a draft: rarity x frequency, with neighbouring words joined where they belong.

Most keywords that people choose are phrases, and a dictionary's words are not: joining neighbours
is worth half again as many right keywords on abstracts as words alone.
"""

import re
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

_ADDRESS = re.compile(
    r"(?:https?://|www\.)[\w\-./?%&=~#:+,;@!$*']+|(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]+", re.ASCII
)
_TITLE_COUNT = 2  # a word of the title counts like two of the body
_MOST_WORDS = 20_000  # of a body: more change nothing but the time

_Found: TypeAlias = dict[str, tuple[float, int]]  # text -> (score, how often)


def extract_keywords(parsed: ParsedDraft, limit: int = 8) -> list[Keyword]:
    """The draft's keywords, weightiest first, as they are spelt in the draft, at most `limit`."""
    table = load_words()
    content = _read_content(_read_words(parsed), table)
    counts = Counter(content)
    counts.pop("", None)
    weights = table.weights
    found = {
        word: (weights[word] if count == 1 else _raise(count) * weights[word], count)
        for word, count in counts.items()
    }
    _add_phrases(found, _count_runs(content), counts, table)
    chosen = _choose(found, parsed, limit)
    top = found[chosen[0]][0] if chosen else 1.0
    return [_describe(text, found[text][0] / top, parsed) for text in chosen]


def _raise(count: int) -> float:
    return 1.0 if count == 1 else count**_FREQUENCY_POWER


def _read_words(parsed: ParsedDraft) -> Iterable[str]:
    if parsed.body is None:
        return parsed.title.words
    titles = (*parsed.title.words, "\n") * _TITLE_COUNT
    return chain(titles, islice(parsed.body.words, _MOST_WORDS))


def _read_content(words: Iterable[str], table: WordTable) -> list[str]:
    """The words that may be keywords, with "" for each other, where phrases end.

    A single character may end a word that the segmenter cut off (螺蛳 + 粉).
    """
    weights = table.weights
    content: list[str] = []
    for word in words:
        if weights[word]:
            content.append(word)
        elif len(word) == 1 and content and content[-1] + word in table.phrases:
            content[-1] += word
        else:
            content.append("")
    return content


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


def _add_phrases(
    found: _Found,
    runs: Mapping[tuple[str, ...], int],
    counts: Mapping[str, int],
    table: WordTable,
) -> None:
    for words, count in runs.items():
        text = join_words(words)
        if count < 2 and text not in table.phrases:
            continue
        if count < _LEAST_SHARE * max(counts[word] for word in words):
            continue
        mean = sum(map(table.weigh, words)) / len(words)
        boost = _PAIR if len(words) == 2 else _TRIPLE
        found[text] = (_raise(count) * mean * boost, count)


def join_words(words: Sequence[str]) -> str:
    """The words as one phrase: with spaces between Latin words, without elsewhere."""
    text = words[0]
    for word in words[1:]:
        text += f" {word}" if text[-1].isascii() and word[0].isascii() else word
    return text


def _choose(found: _Found, parsed: ParsedDraft, limit: int) -> list[str]:
    """The best, without those that only occur inside a better one or in no text in one piece.

    What only stands in an address is no word.
    """
    title = _ADDRESS.sub("\n", parsed.title.norm)
    body = _ADDRESS.sub("\n", parsed.body.norm) if parsed.body else ""
    chosen: list[str] = []
    for text in sorted(found, key=found.__getitem__, reverse=True):
        if text not in title and text not in body:
            continue
        count = found[text][1]
        for other in chosen:
            if text in other and count <= found[other][1]:
                break
        else:
            chosen.append(text)
            if len(chosen) == limit:
                break
    return chosen


def _describe(text: str, weight: float, parsed: ParsedDraft) -> Keyword:
    title, body = parsed.title, parsed.body
    start = title.norm.find(text)
    in_body = body is not None and text in body.norm
    spelt = text
    if start >= 0:
        spelt = _spell(title, start, text)
    elif body is not None and in_body:
        spelt = _spell(body, body.norm.find(text), text)
    return Keyword(text=spelt, weight=weight, in_title=start >= 0, in_body=in_body)


def _spell(place: ParsedText, start: int, text: str) -> str:
    """`text` as the writer typed it."""
    if place.offsets is None:
        return place.raw[start : start + len(text)]
    first, last = place.raw_span(start, start + len(text))
    return place.raw[first:last]
