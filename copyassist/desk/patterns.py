"""What an account's own posts say where there is no score: plain medians, honest about many looks.

Each trait (numbers, a question, a length band, a kind, a topic, an hour …) parts the mature posts in
those that have it and those that have not. The medians stand with their numbers and 95 % intervals;
whether a difference is real is said only after Holm's correction for all that was looked at.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import comb, erfc, sqrt

import numpy as np
from numpy.typing import NDArray

from copyassist.desk.scoring.baseline import OLDEST, to_log
from copyassist.desk.scoring.ngrams import Floats
from copyassist.desk.scoring.topic_words import find_topic_words
from copyassist.reading.zones import CHINA, find_hour
from copyassist.text import parse_text
from copyassist.types import ParsedDraft, ParsedText, RatedPost

Bools = NDArray[np.bool_]

LEAST_POSTS = 8
NEWEST = 300  # what an account wrote before is another account's
LEAST_WITH = 3  # posts on either side of a trait below which it is not looked at
TOPICS = 6
SURE = 0.05
BEST, BEST_SHARE = 10, 3  # the ten best, of few posts the best third
HOURS = ((0, 6), (6, 9), (9, 12), (12, 14), (14, 18), (18, 21), (21, 24))
_ORDER = ("number", "question", "length", "kind", "topic", "hour", "weekday")
_QUESTIONS = ("?", "吗", "呢", "怎么", "如何", "为什么", "为啥", "哪", "什么", "多少")


@dataclass(frozen=True, slots=True)
class Median:
    """A median in the metric's unit, of how many posts, with its 95 % interval (None below six)."""

    value: float
    posts: int
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Trait:
    """The posts that share something, beside all others.

    `dimension` names a sentence (patterns.dimension.*), `name` the value in it. `chance` is the share
    of purely accidental splits that differ as much, after Holm's correction; `verdict` is "better" or
    "worse" only where that is below 5 %, else "unclear". `best` counts the account's best posts that
    have it.
    """

    dimension: str
    name: str
    has: Median
    others: Median
    chance: float
    verdict: str
    best: int


@dataclass(frozen=True, slots=True)
class Common:
    """What the best posts have oftener than the rest: `best` of them, `rest` of the others."""

    dimension: str
    name: str
    best: int
    rest: int
    chance: float


@dataclass(frozen=True, slots=True)
class Patterns:
    """All of it for one account on one platform. `bands` are the ends of the two lower length bands."""

    metric: str
    posts: int
    median: Median
    traits: tuple[Trait, ...]
    best_posts: int
    common: tuple[Common, ...]
    bands: tuple[int, int]
    topics: tuple[str, ...]

    @property
    def looks(self) -> int:
        """How many comparisons were made."""
        return len(self.traits)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is known of one text: the traits as pairs of a dimension and a name in it."""

    traits: frozenset[tuple[str, str]]


def find_patterns(rated: Sequence[RatedPost]) -> Patterns | None:
    """The patterns of an account's mature posts; None below eight of them."""
    usable = [one for one in rated if one.mature and one.value is not None and one.post.title]
    usable = sorted(usable, key=lambda one: one.post.published_at or OLDEST)[-NEWEST:]
    if len(usable) < LEAST_POSTS:
        return None
    titles = [parse_text(one.post.title) for one in usable]
    values = np.array([one.value for one in usable], dtype=float)
    bands = _find_bands(titles)
    topics = _find_topics(titles)
    seen = [
        _see(title, bands, topics, _when(one)).traits
        for title, one in zip(titles, usable, strict=True)
    ]
    best = _find_best(to_log(values, usable[0].metric))
    traits = _judge(_split(seen), values, best)
    return Patterns(
        metric=usable[0].metric,
        posts=len(usable),
        median=find_median(values),
        traits=traits,
        best_posts=int(best.sum()),
        common=_find_common(traits, len(usable), int(best.sum())),
        bands=bands,
        topics=topics,
    )


def find_standing(patterns: Patterns, parsed: ParsedDraft) -> frozenset[tuple[str, str]]:
    """The traits that a draft has: pairs of a dimension and a name in it."""
    when: dict[str, str] = {"kind": parsed.draft.form}
    hour = parsed.draft.facts.get("hour")
    if hour is not None:
        when["hour"] = _band_of_hour(hour)
    return _see(parsed.title, patterns.bands, patterns.topics, when).traits


def _see(
    title: ParsedText, bands: tuple[int, int], topics: Iterable[str], when: Mapping[str, str]
) -> _Seen:
    norm = title.norm
    is_question = any(word in norm for word in _QUESTIONS)
    words = find_topic_words(title)
    found = [
        ("number", "with" if any(sign.isdigit() for sign in norm) else "without"),
        ("question", "with" if is_question else "without"),
        ("length", _band_of_length(len(title.raw.strip()), bands)),
        *(("topic", word) for word in topics if word in words),
        *((dimension, name) for dimension, name in when.items() if name),
    ]
    return _Seen(frozenset(found))


def _when(one: RatedPost) -> Mapping[str, str]:
    moment = one.post.published_at
    hour = find_hour(moment)
    found = {"kind": one.post.kind}
    if hour is not None:
        found["hour"] = _band_of_hour(hour)
    if moment is not None:
        weekend = moment.astimezone(CHINA).isoweekday() > 5
        found["weekday"] = "weekend" if weekend else "workday"
    return found


def _band_of_hour(hour: float) -> str:
    hour = hour % 24
    return next(f"{low}-{high}" for low, high in HOURS if low <= hour < high)


def _find_bands(titles: Sequence[ParsedText]) -> tuple[int, int]:
    """The account's own thirds: its short, middling and long titles."""
    lengths = [len(title.raw.strip()) for title in titles]
    low, high = np.quantile(lengths, [1 / 3, 2 / 3], method="lower")
    return int(low), max(int(high), int(low) + 1)


def _band_of_length(length: int, bands: tuple[int, int]) -> str:
    low, high = bands
    if length <= low:
        return f"-{low}"
    return f"{low + 1}-{high}" if length <= high else f"{high + 1}-"


def _find_topics(titles: Sequence[ParsedText]) -> tuple[str, ...]:
    """The words that most titles are about, at least three and not nearly all of them."""
    counts = Counter(word for title in titles for word in find_topic_words(title))
    most = len(titles) - LEAST_WITH
    found = [word for word, n in counts.most_common() if LEAST_WITH <= n <= most]
    return tuple(found[:TOPICS])


# --- figures ----------------------------------------------------------------------------------------


def find_median(values: Floats) -> Median:
    """The median; its interval by order statistics, which takes six posts for 95 %."""
    ordered, size = np.sort(values), len(values)
    out = _count_outside(size)
    low, high = (None, None) if out is None else (float(ordered[out]), float(ordered[-1 - out]))
    return Median(float(np.median(ordered)), size, low, high)


def _count_outside(size: int) -> int | None:
    """How many values at either end the interval may leave out; None where even all are too few."""
    if size > 60:
        return max(0, int(np.floor(size / 2 - 0.98 * np.sqrt(size))) - 1)
    total, kept = 0.0, None
    for out in range(size // 2):
        total += comb(size, out) / 2**size
        if total > 0.025:
            break
        kept = out
    return kept


def _split(seen: Sequence[frozenset[tuple[str, str]]]) -> Mapping[tuple[str, str], Bools]:
    """Which posts have each trait that is worth a look; of two that part posts alike only one."""
    size = len(seen)
    counts = Counter(trait for one in seen for trait in one)
    names = sorted(
        (
            trait
            for trait, n in counts.items()
            if LEAST_WITH <= n <= size - LEAST_WITH and trait[1] not in ("without", "workday")
        ),
        key=lambda trait: (_ORDER.index(trait[0]), _sort_name(trait[1])),
    )
    found: dict[tuple[str, str], Bools] = {}
    for trait in names:
        has = np.array([trait in one for one in seen])
        if not any(np.array_equal(has, one) or np.array_equal(has, ~one) for one in found.values()):
            found[trait] = has
    return found


def _judge(
    split: Mapping[tuple[str, str], Bools], values: Floats, best: Bools
) -> tuple[Trait, ...]:
    names = list(split)
    raw = [compare_ranks(values, split[trait]) for trait in names]
    found = []
    for trait, chance in zip(names, correct(raw), strict=True):
        has = split[trait]
        inside, outside = find_median(values[has]), find_median(values[~has])
        better = inside.value > outside.value
        verdict = ("better" if better else "worse") if chance < SURE else "unclear"
        top = int((has & best).sum())
        found.append(Trait(*trait, inside, outside, chance, verdict, top))
    return tuple(found)


def _sort_name(name: str) -> tuple[int, str]:
    digits = name.split("-")[0]
    return (int(digits) if digits.isdigit() else -1), name


def compare_ranks(values: Floats, has: Bools) -> float:
    """The chance that two groups of one kind differ as much: Mann and Whitney's test of ranks."""
    size, inside = len(values), int(has.sum())
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[place]
    middle = inside * (size + 1) / 2
    ties = float((counts**3 - counts).sum()) / (size * (size - 1))
    spread = inside * (size - inside) / 12 * (size + 1 - ties)
    if spread <= 0:
        return 1.0
    gap = max(0.0, abs(float(ranks[has].sum()) - middle) - 0.5)
    return erfc(gap / sqrt(2 * spread))


def correct(chances: Sequence[float]) -> list[float]:
    """Holm's correction: what each chance is worth among so many looks, in the order given."""
    order = sorted(range(len(chances)), key=chances.__getitem__)
    corrected, highest = [0.0] * len(chances), 0.0
    for done, row in enumerate(order):
        highest = max(highest, min(1.0, chances[row] * (len(chances) - done)))
        corrected[row] = highest
    return corrected


def _find_best(logs: Floats) -> Bools:
    count = min(BEST, len(logs) // BEST_SHARE)
    best = np.zeros(len(logs), dtype=bool)
    best[np.argsort(-logs, kind="stable")[:count]] = True
    return best


def _find_common(traits: Sequence[Trait], size: int, best: int) -> tuple[Common, ...]:
    """What the best have oftener than the rest by a fifth or more, the most telling first."""
    found = []
    chances = correct([_draw(size, one.has.posts, best, one.best) for one in traits])
    for one, chance in zip(traits, chances, strict=True):
        rest = one.has.posts - one.best
        if one.best >= LEAST_WITH and one.best / best - rest / (size - best) >= 0.2:
            found.append(Common(one.dimension, one.name, one.best, rest, chance))
    return tuple(sorted(found, key=lambda one: (one.chance, -one.best))[:4])


def _draw(size: int, having: int, drawn: int, hit: int) -> float:
    """The chance that as many of the drawn have it, or more, if drawn blindly."""
    ways = sum(
        comb(having, n) * comb(size - having, drawn - n) for n in range(hit, min(having, drawn) + 1)
    )
    return ways / comb(size, drawn)
