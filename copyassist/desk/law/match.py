"""Finds where rules are broken in one normalised text: candidates, excuses, no overlaps."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice

from copyassist.desk.law.compose import Construction, compile_construction
from copyassist.desk.law.excuses import Sentence, find_excuse, split_sentences
from copyassist.desk.law.rules import LawRule, load_rule_book
from copyassist.desk.law.unmask import unmask

# A text of megabytes can hold a fault at every character; nobody reads more.
MOST = 20
_MOST_ALL = 100
_LONGEST = 60_000  # no platform takes more


@dataclass(frozen=True, slots=True)
class Breach:
    """Where a rule is broken: [start, end) of the normalised text. `asked`: only as a question."""

    rule: LawRule
    start: int
    end: int
    asked: bool = False


def find_breaches(norm: str, platform: str) -> tuple[Breach, ...]:
    """The breaches in a text, each place once: the graver rule first, then the longer match.

    What is only asked ("能根治吗") is told apart: it excuses drafts that are no adverts.
    """
    if len(norm) <= _REMEMBERED:
        return _find_short(norm, platform)
    return _find(norm, platform)


# What tells adverts and what finds breaches look at the same titles, one after the other.
_REMEMBERED = 200


@lru_cache(maxsize=4096)
def _find_short(norm: str, platform: str) -> tuple[Breach, ...]:
    return _find(norm, platform)


def _find(norm: str, platform: str) -> tuple[Breach, ...]:
    book = load_rule_book()
    sentences = split_sentences(norm[:_LONGEST])
    found: list[Breach] = []
    for sentence in sentences:
        text = norm if len(sentences) == 1 else norm[sentence.start : sentence.end]
        needs = book.composer.find_elements(text)
        if needs:
            for construction, rule in _choose(needs, platform):
                found += islice(_match(sentence, construction, rule), MOST)
        if len(found) > _MOST_ALL:
            break
    return tuple(_keep_apart(found))


def _match(sentence: Sentence, construction: Construction, rule: LawRule) -> Iterator[Breach]:
    for found in compile_construction(construction.source).finditer(
        sentence.norm, sentence.start, sentence.end
    ):
        start, end = found.span()
        # What only bounds or joins a claim is no part of it.
        while end > start and (sentence.norm[end - 1] in _MARKS or sentence.norm[end - 1] == "的"):
            end -= 1
        if start == end or _is_exempt(sentence, rule, start, end):
            continue
        excuse = find_excuse(sentence, start, end, rule.category)
        if excuse is None or excuse == "question":
            yield Breach(rule, start, end, excuse == "question")


_MARKS = frozenset(",。!?;:、 \n")
# How far around a match its rule's own exceptions are looked for.
_AROUND = 16


def _is_exempt(sentence: Sentence, rule: LawRule, start: int, end: int) -> bool:
    if rule.unless is None:
        return False
    low, high = max(sentence.start, start - _AROUND), min(sentence.end, end + _AROUND)
    return compile_construction(rule.unless).search(sentence.norm, low, high) is not None


def _choose(elements: frozenset[int], platform: str) -> list[tuple[Construction, LawRule]]:
    """The constructions whose every element is there, of rules that hold on the platform."""
    by_key = load_rule_book().by_key
    return [
        one
        for element in by_key.keys() & elements
        for one in by_key[element]
        if one[0].needs <= elements and (not one[1].platforms or platform in one[1].platforms)
    ]


def _keep_apart(found: list[Breach]) -> list[Breach]:
    if len(found) < 2:
        return found
    kept: list[Breach] = []
    for one in sorted(found, key=_rank):
        if not any(one.start < other.end and other.start < one.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def _rank(one: Breach) -> tuple[bool, int, int, int, int]:
    """What holds for every draft first: a rule for adverts alone must not hide it elsewhere."""
    context = _CONTEXTS.index(one.rule.context)
    return one.asked, context, -one.rule.gravity, one.start - one.end, one.start


_CONTEXTS = ("always", "goods", "ad")


def find_hidden(norm: str, platform: str) -> tuple[Breach, ...]:
    """The breaches over what the text hides, by the places in the text as it is."""
    if len(norm) <= _REMEMBERED:
        return _find_short_hidden(norm, platform)
    return _find_hidden(norm, platform)


@lru_cache(maxsize=4096)
def _find_short_hidden(norm: str, platform: str) -> tuple[Breach, ...]:
    return _find_hidden(norm, platform)


def _find_hidden(norm: str, platform: str) -> tuple[Breach, ...]:
    found = []
    readings = unmask(norm)
    if not readings:
        return ()
    composer = load_rule_book().composer
    seen = composer.find_elements(norm)
    for plain in readings:
        if composer.find_elements(plain.text) <= seen:  # no word came out from behind a mask
            continue
        for breach in find_breaches(plain.text, platform):
            if plain.covers(breach.start, breach.end):
                start, end = plain.places[breach.start][0], plain.places[breach.end - 1][1]
                found.append(Breach(breach.rule, start, end, breach.asked))
    return tuple(_keep_apart(found))


@cache
def find_categories() -> tuple[str, ...]:
    """The categories of all rules, in the order of the files."""
    return tuple(dict.fromkeys(rule.category for rule in load_rule_book().rules))
