"""What tells two titles apart: names and numbers in the same slot of the same frame.

江苏卫视跨年节目单 and 浙江卫视跨年节目单 share almost everything and are two events; what differs
is who. Words that stand in titles of one event (their `event` share, learnt from which titles share
a word on one day and are otherwise alike) weigh more than frames, which stand in titles of many.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from difflib import SequenceMatcher
from functools import cache
from math import log1p
from typing import NamedTuple

from copyassist.resources import find_asset

FEATURES = (
    *("event_mass", "event_largest", "event_share", "event_share_of_longer", "other_names"),
    *("slots", "other_counts", "plain_share", "questions", "length", "content_mass"),
    *("name_and_content", "rest_lesser", "rest_greater"),
)
PLAIN = 0.07  # words with a smaller share stand in titles of many events
SLOT_ALIKE = 0.4  # of the pairs of signs in the shorter slot
UNKNOWN = 0.12  # the share of a word that is in no table
FRAME_ENDS = 5  # letters that two titles end in alike, from which the beginning is a slot
_COUNTED = re.compile(r"第?\s*(\d+(?:\.\d+)?|[一二三四五六七八九十百]+)\s*([^\W\d_])")
_SUBJECT = re.compile("[\u4e00-\u9fff]{2,4}")
_SIGN = re.compile(r"\W")
_DATE = re.compile(r"(\d{1,2})月(\d{1,2})[日号]?")


class WordFacts(NamedTuple):
    """What the tables know of a word: rarity, share 0..1 of telling one event, whether a name."""

    idf: float
    event: float
    name: bool
    known: bool


class Telling(NamedTuple):
    """A title taken apart: `events` and `idf` by word, its `names`, `counted` numbers by unit."""

    norm: str
    words: tuple[str, ...]
    idf: Mapping[str, float]
    events: Mapping[str, float]
    names: frozenset[str]
    plain: frozenset[str]
    counted: Mapping[str, frozenset[str]]
    dates: frozenset[tuple[str, str]]
    slots: Mapping[int, frozenset[str]]
    total: float


class EventRules(NamedTuple):
    """The words that have a part of their own; see assets/lexicons/events.toml."""

    authorities: frozenset[str]
    frames: frozenset[str]
    not_names: frozenset[str]
    series: frozenset[str]
    slots: tuple[re.Pattern[str], ...]
    aliases: Mapping[str, str]


@cache
def load_rules() -> EventRules:
    """The shipped rules."""
    table = tomllib.loads(find_asset("lexicons", "events.toml").read_text("utf-8"))
    return EventRules(
        frozenset(table["authorities"]),
        frozenset(table["frames"]),
        frozenset(table["not_names"]),
        frozenset(table["series"]),
        tuple(map(re.compile, table["slots"])),
        table["aliases"],
    )


def unify_words(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words, each as what it is an alias of."""
    aliases = load_rules().aliases
    return tuple(aliases.get(word, word) for word in words)


def take_apart(norm: str, words: tuple[str, ...], look_up: Callable[[str], WordFacts]) -> Telling:
    """A normalised title and its words as they are compared."""
    facts = {word: look_up(word) for word in set(words)}
    rules = load_rules()
    names = frozenset(w for w, f in facts.items() if f.name and w not in rules.not_names)
    events = {
        word: fact.idf * fact.event
        for word, fact in facts.items()
        if len(word) > 1 or word.isdigit()
    }
    plain = frozenset(w for w, f in facts.items() if f.event < PLAIN and w not in names)
    counted: dict[str, set[str]] = {}
    for number, unit in _COUNTED.findall(norm):
        counted.setdefault(unit, set()).add(number)
    return Telling(
        norm,
        words,
        {word: fact.idf for word, fact in facts.items()},
        events,
        names,
        plain,
        {unit: frozenset(numbers) for unit, numbers in counted.items()},
        frozenset(_DATE.findall(norm)),
        _fill_slots(norm, rules),
        sum(events.values()),
    )


def _fill_slots(norm: str, rules: EventRules) -> dict[int, frozenset[str]]:
    """What stands in the slot of each frame that a title is made by, as pairs of signs."""
    found = {n: pattern.search(norm) for n, pattern in enumerate(rules.slots)}
    texts = {n: _SIGN.sub("", hit.group(1)) for n, hit in found.items() if hit}
    return {n: frozenset(t[i : i + 2] for i in range(max(1, len(t) - 1))) for n, t in texts.items()}


def _differ_in_slot(a: Telling, b: Telling) -> bool:
    return any(
        len(a.slots[n] & b.slots[n]) < SLOT_ALIKE * min(len(a.slots[n]), len(b.slots[n]))
        for n in a.slots.keys() & b.slots.keys()
    )


def compare_told(a: Telling, b: Telling) -> tuple[list[float], bool]:
    """The values of `FEATURES` for two titles, and whether they are two events whatever else."""
    shared = a.idf.keys() & b.idf.keys()
    masses = [a.events[word] for word in shared if word in a.events]
    mass = sum(masses)
    names = a.names & b.names
    here, there = _list_others(a, b, names), _list_others(b, a, names)
    apart = min(_weigh(a, here), _weigh(b, there)) > 0
    some = shared and (here or there)
    slots, framed = _match_slots(a, b, here, there) if some else (0, False)
    grown, series = _compare_counts(a, b)
    total = _weigh(a, shared)
    content = _weigh(a, [w for w in shared if len(w) > 1 and w not in a.names | a.plain])
    rests = a.total - mass, b.total - sum(b.events[w] for w in shared if w in b.events)
    values = [
        mass,
        max(masses, default=0.0),
        mass / max(min(a.total, b.total), 0.1),
        mass / max(a.total, b.total, 0.1),
        float(apart and not names),
        float(slots),
        float(grown),
        _weigh(a, shared & a.plain) / max(total, 1.0),
        float(a.norm.endswith("?")) + float(b.norm.endswith("?")),
        log1p(min(len(a.words), len(b.words))),
        content,
        min(_weigh(a, names), content),
        min(rests),
        max(rests),
    ]
    other = framed or series or _differ_in_slot(a, b) or _differ_in_subject(a, b)
    return values, other


def _weigh(told: Telling, words: Iterable[str]) -> float:
    return sum(told.idf[word] for word in words)


def _list_others(a: Telling, b: Telling, names: frozenset[str]) -> list[str]:
    """Names of `a` that `b` does not say, be it in other words or in part."""
    return [name for name in a.names - names if not _is_said(name, b)]


def _is_said(name: str, told: Telling) -> bool:
    return name in told.norm or any(_is_short_for(name, other) for other in told.names)


def _is_short_for(one: str, two: str) -> bool:
    """国足 and 国家足球队: every sign of the shorter stands in the longer, in order."""
    short, long = sorted((one, two), key=len)
    if len(set(short) & set(long)) >= 2:
        return True
    signs = iter(long)
    return all(sign in signs for sign in short)


def _match_slots(a: Telling, b: Telling, here: list[str], there: list[str]) -> tuple[int, bool]:
    """In how many places other names stand, and whether the rest is one frame around them."""
    rules = load_rules()
    places = SequenceMatcher(None, a.words, b.words, autojunk=False).get_opcodes()
    replaced = [(i, a.words[i:m], j, b.words[j:n]) for op, i, m, j, n in places if op == "replace"]
    slots = sum(
        (i == 0) == (j == 0)
        and len(one) <= 4
        and len(two) <= 4
        and any(w in here or w.isdigit() for w in one)
        and any(w in there or w.isdigit() for w in two)
        for i, one, j, two in replaced
    )
    own = [w for w in here if w not in rules.authorities]
    their = [w for w in there if w not in rules.authorities]
    if any(2 < len(x) == len(y) and len(set(x) & set(y)) >= len(x) - 1 for x in own for y in their):
        return slots, False  # one sign apart: a slip of the pen
    pure = any(
        (i == 0) == (j == 0) and _is_filler(one, own, rules) and _is_filler(two, their, rules)
        for i, one, j, two in replaced
    )
    if pure:
        return slots, _is_one_frame(a, b, own, their)
    swapped = [(one[0], two[0]) for _, one, _, two in replaced if len(one) == len(two) == 1]
    single = len(swapped) == len(replaced) == len(places) // 2 == 1 and _is_swap(a, b, *swapped[0])
    return slots if own and their else 0, single and (
        swapped[0][0] in own or swapped[0][1] in their
    )


def _is_swap(a: Telling, b: Telling, one: str, two: str) -> bool:
    """Whether two words change places in titles that are otherwise the same, and long enough."""
    rest = sum(len(word) for word in a.words if word != one)
    plain = one in a.plain or two in b.plain or not (one in a.events and two in b.events)
    return rest >= FRAME_ENDS and not plain and not set(one) & set(two)


def _is_filler(words: tuple[str, ...], names: list[str], rules: EventRules) -> bool:
    """Whether a slot is filled with names, and with what stands beside names, alone."""
    return any(w in names for w in words) and all(
        w in names or w in rules.frames or w[0].isdigit() for w in words
    )


def _is_one_frame(a: Telling, b: Telling, own: list[str], their: list[str]) -> bool:
    left = [w for w in a.words if w not in own and not w.isdigit()]
    right = [w for w in b.words if w not in their and not w.isdigit()]
    both = set(left) & set(right)
    shares = [
        sum(len(w) for w in side if w in both) / max(1, sum(map(len, side)))
        for side in (left, right)
    ]
    return max(shares) >= 0.6 and min(shares) >= 0.4


def _compare_counts(a: Telling, b: Telling) -> tuple[bool, bool]:
    """Whether numbers of one unit differ, and whether they tell parts of a series apart."""
    differing = {
        unit
        for unit in a.counted.keys() & b.counted.keys()
        if not a.counted[unit] & b.counted[unit]
    }
    parts = bool(differing & load_rules().series) or bool(
        a.dates and b.dates and not a.dates & b.dates
    )
    return bool(differing) and not parts, parts


def _differ_in_subject(a: Telling, b: Telling) -> bool:
    """Whether two titles are one but for who begins them: X个人捐款200万, Y个人捐款200万."""
    one, two = _SIGN.sub("", a.norm), _SIGN.sub("", b.norm)
    same = 0
    while same < min(len(one), len(two)) and one[-1 - same] == two[-1 - same]:
        same += 1
    first, second = one[: len(one) - same], two[: len(two) - same]
    if same < FRAME_ENDS or set(first) & set(second):
        return False
    if not (_SUBJECT.fullmatch(first) and _SUBJECT.fullmatch(second)):
        return False
    named = [first in a.names, second in b.names]
    roles = load_rules().authorities
    return any(named) and all(
        (is_name or subject not in told.idf) and subject not in roles
        for is_name, subject, told in zip(named, (first, second), (a, b), strict=True)
    )
