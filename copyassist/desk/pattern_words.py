"""An account's patterns as sentences, for the terminal and the page alike. Plain text: escape it."""

from collections.abc import Sequence
from dataclasses import dataclass

from copyassist.desk.patterns import Common, Median, Patterns, Trait
from copyassist.desk.scoring.baseline import is_rate
from copyassist.i18n import Language, find_sentence, say

Standing = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class PatternRow:
    """One trait in words; `here` where the draft has it, `sure` where the difference is real."""

    name: str
    has: str
    others: str
    verdict: str
    here: bool
    sure: bool


def head_patterns(language: Language, patterns: Patterns) -> str:
    """How many posts, and what is usual for them."""
    metric = find_sentence(language, f"metrics.{patterns.metric}") or patterns.metric
    usual = _median(language, patterns.median, patterns.metric)
    return say(language, "patterns.head", posts=patterns.posts, metric=metric, usual=usual)


def list_traits(language: Language, patterns: Patterns, standing: Standing) -> Sequence[PatternRow]:
    """All traits that were looked at, in their order."""
    return [_trait(language, patterns, one, standing) for one in patterns.traits]


def caution_patterns(language: Language, patterns: Patterns) -> str:
    """What so many looks are worth."""
    sure = sum(one.verdict != "unclear" for one in patterns.traits)
    key = "patterns.caution" if sure else "patterns.caution_none"
    return say(language, key, looks=patterns.looks, sure=sure)


def list_common(language: Language, patterns: Patterns) -> Sequence[str]:
    """What the best posts have oftener than the rest, or that there is nothing."""
    rest = patterns.posts - patterns.best_posts
    if not patterns.common:
        return [say(language, "patterns.common_none", best=patterns.best_posts)]
    return [_common(language, patterns, one, rest) for one in patterns.common]


def _common(language: Language, patterns: Patterns, one: Common, rest: int) -> str:
    return say(
        language,
        "patterns.common" if one.chance < 0.05 else "patterns.common_unsure",
        name=name_trait(language, one.dimension, one.name),
        best=patterns.best_posts,
        hit=one.best,
        rest=rest,
        rest_hit=one.rest,
    )


def _trait(language: Language, patterns: Patterns, one: Trait, standing: Standing) -> PatternRow:
    return PatternRow(
        name=name_trait(language, one.dimension, one.name),
        has=_median(language, one.has, patterns.metric),
        others=_median(language, one.others, patterns.metric),
        verdict=say(language, f"patterns.verdict.{one.verdict}"),
        here=(one.dimension, one.name) in standing,
        sure=one.verdict != "unclear",
    )


def name_trait(language: Language, dimension: str, name: str) -> str:
    """What the posts of a trait share."""
    if dimension == "length":
        low, _, high = name.partition("-")
        key = "between" if low and high else "upto" if high else "from"
        return say(language, f"patterns.length.{key}", low=low, high=high)
    return say(language, f"patterns.dimension.{dimension}", name=name.replace("-", "–"))


def _median(language: Language, median: Median, metric: str) -> str:
    shown = {
        "value": _figure(median.value, metric),
        "posts": median.posts,
        "low": _figure(median.low, metric),
        "high": _figure(median.high, metric),
    }
    key = "patterns.median" if median.low is not None else "patterns.median_few"
    return say(language, key, **shown)


def _figure(value: float | None, metric: str) -> str:
    if value is None:
        return "—"
    return f"{value:.1%}" if is_rate(metric) else f"{value:,.0f}"
