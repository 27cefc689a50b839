"""Finds where rules are broken in one normalised text: candidates, excuses, no overlaps."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice

from copyassist.desk.law.compose import Construction, compile_construction
from copyassist.desk.law.excuses import Sentence, find_excuse, split_sentences
from copyassist.desk.law.rules import LawRule, load_rule_book

# A text of megabytes can hold a fault at every character; nobody reads more.
MOST = 20


@dataclass(frozen=True, slots=True)
class Breach:
    """Where a rule is broken: [start, end) of the normalised text. `asked`: only as a question."""

    rule: LawRule
    start: int
    end: int
    asked: bool = False


def find_breaches(norm: str, platform: str) -> list[Breach]:
    """The breaches in a text, each place once: the graver rule first, then the longer match.

    What is only asked ("能根治吗") is told apart: it excuses drafts that are no adverts.
    """
    composer = load_rule_book().composer
    if not composer.find_elements(norm):
        return []
    found: list[Breach] = []
    for sentence in split_sentences(norm):
        needs = composer.find_elements(norm[sentence.start : sentence.end])
        if needs:
            for construction, rule in _choose(needs, platform):
                found += islice(_match(sentence, construction, rule), MOST)
    return _keep_apart(found)


def _match(sentence: Sentence, construction: Construction, rule: LawRule) -> Iterator[Breach]:
    for found in compile_construction(construction.source).finditer(
        sentence.norm, sentence.start, sentence.end
    ):
        start, end = found.span()
        if start == end or _is_exempt(sentence, rule, start, end):
            continue
        excuse = find_excuse(sentence, start, end, rule.category)
        if excuse is None or excuse == "question":
            yield Breach(rule, start, end, excuse == "question")


# How far around a match its rule's own exceptions are looked for.
_AROUND = 16


def _is_exempt(sentence: Sentence, rule: LawRule, start: int, end: int) -> bool:
    if rule.unless is None:
        return False
    low, high = max(sentence.start, start - _AROUND), min(sentence.end, end + _AROUND)
    return compile_construction(rule.unless).search(sentence.norm, low, high) is not None


@lru_cache(maxsize=8192)
def _choose(elements: frozenset[int], platform: str) -> tuple[tuple[Construction, LawRule], ...]:
    """The constructions whose every element is there, of rules that hold on the platform."""
    return tuple(
        (construction, rule)
        for construction, rule in load_rule_book().constructions
        if construction.needs <= elements and (not rule.platforms or platform in rule.platforms)
    )


def _keep_apart(found: list[Breach]) -> list[Breach]:
    if len(found) < 2:
        return found
    kept: list[Breach] = []
    for one in sorted(found, key=_rank):
        if not any(one.start < other.end and other.start < one.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def _rank(one: Breach) -> tuple[bool, int, int, int]:
    return one.asked, -one.rule.gravity, one.start - one.end, one.start


@cache
def find_categories() -> tuple[str, ...]:
    """The categories of all rules, in the order of the files."""
    return tuple(dict.fromkeys(rule.category for rule in load_rule_book().rules))
