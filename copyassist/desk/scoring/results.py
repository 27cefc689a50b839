"""How good was the score on the account's own posts, and what did better than usual there.

The last 30 % are scored by a scorer that knows only the posts before them; nothing is reported
that was also learnt from.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from copyassist.desk.context import Context
from copyassist.desk.scoring.features.hand import hand_names, measure_hand
from copyassist.desk.scoring.history import order_rated
from copyassist.desk.scoring.model import Models
from copyassist.desk.scoring.ngrams import Floats, Ints, lay_out
from copyassist.desk.scoring.score import Scorer, prepare_scorer
from copyassist.reading.zones import CHINA, find_hour
from copyassist.text import detect_language, parse
from copyassist.types import Draft, RatedPost, Score

TESTED_SHARE = 0.3
TESTED_LEAST = 10
TESTABLE = -int(-TESTED_LEAST // TESTED_SHARE)  # posts of which the last 30 % are as many
ENOUGH = 10  # posts of a group below which nothing is said about it
BINS = 5
DRAWS = 400
HOURS = ((0, 6), (6, 9), (9, 12), (12, 14), (14, 18), (18, 21), (21, 24))


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share or ratio with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Bin:
    """Posts of about the same score: what was stated (0..1), what happened, how many."""

    stated: float
    observed: float
    posts: int


@dataclass(frozen=True, slots=True)
class TraitGroup:
    """Posts that share something: the median ratio to the usual, None where there are too few."""

    name: str
    posts: int
    ratio: Estimate | None


@dataclass(frozen=True, slots=True)
class StatedPost:
    """A post with what the score said of it before: 0..100, and the interval in times the usual.

    None where it said nothing.
    """

    post: RatedPost
    score: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Results:
    """The score's record on the account's last 30 %, and what did better in all its past.

    `tested` is 0 where there are too few posts or no evidence; the figures are then None, and
    `untested` says why: "few", or the reason for which the last 30 % got no score. `groups` maps
    "kind", "hour", "weekday" and "words" to their groups; without known hours "hour" has none.
    `told` are the tested posts with their scores, oldest first.
    """

    metric: str
    posts: int
    tested: int
    pairs_right: Estimate | None
    coverage: float | None
    bins: tuple[Bin, ...]
    groups: Mapping[str, tuple[TraitGroup, ...]]
    untested: str = ""
    told: tuple[StatedPost, ...] = ()


def review_results(models: Models, context: Context, rated: Sequence[RatedPost]) -> Results:
    """The account's results. `rated` as `rate_posts` gave them for `context.posts`."""
    ordered = order_rated(rated)
    first = len(ordered) - int(len(ordered) * TESTED_SHARE)
    later = _score_later(models, context, ordered[:first], ordered[first:])
    scored = [(post, score) for post, score in later if score.value is not None]
    metric = rated[0].metric if rated else ""
    groups = _find_groups(ordered)
    if len(scored) < TESTED_LEAST:
        untested = _find_reason([score for _, score in later])
        return Results(metric, len(ordered), 0, None, None, (), groups, untested)
    ratios = np.array([post.ratio for post, _ in scored])
    values = np.array([score.value for _, score in scored], dtype=float) / 100
    return Results(
        metric=metric,
        posts=len(ordered),
        tested=len(scored),
        pairs_right=_measure_pairs(values, ratios),
        coverage=float(np.mean([_is_inside(post, score) for post, score in scored])),
        bins=_find_bins(values, (ratios > 1) + 0.5 * (ratios == 1)),
        groups=groups,
        told=tuple(_tell(post, score) for post, score in scored),
    )


def _tell(post: RatedPost, score: Score) -> StatedPost:
    between = score.interval
    low, high = (between.low, between.high) if between else (None, None)
    return StatedPost(post, score.value, low, high)


def _score_later(
    models: Models, context: Context, earlier: Sequence[RatedPost], later: Sequence[RatedPost]
) -> list[tuple[RatedPost, Score]]:
    known = replace(context, posts=tuple(r.post for r in earlier))
    scorer: Scorer = prepare_scorer(models, known, earlier)
    drafts = [
        parse(Draft(title=r.post.title, platform=context.platform.id, form=r.post.kind))
        for r in later
    ]
    return list(zip(later, scorer.score_many(drafts, shown=1), strict=True))


def _find_reason(scores: Sequence[Score]) -> str:
    """Why so few of the last posts have a score: there are few, or most of them for one reason."""
    reasons = Counter(score.evidence.reason for score in scores if score.value is None)
    if len(scores) < TESTED_LEAST or not reasons:
        return "few"
    reason = reasons.most_common(1)[0][0]
    return "few" if reason == "no_model" else reason  # without a model more posts are what it takes


def _is_inside(post: RatedPost, score: Score) -> bool:
    between = score.interval
    return between is not None and between.low <= (post.ratio or 0.0) <= between.high


def _measure_pairs(values: Floats, ratios: Floats) -> Estimate:
    """The share of pairs in the right order; the interval draws posts, not pairs."""
    draw = np.random.default_rng(3)
    size = len(values)
    shares = [_share_right(values, ratios, draw.integers(0, size, size)) for _ in range(DRAWS)]
    low, high = np.quantile(shares, [0.025, 0.975])
    return Estimate(_share_right(values, ratios, np.arange(size)), float(low), float(high))


def _share_right(values: Floats, ratios: Floats, rows: Ints) -> float:
    stated = np.sign(values[rows][:, None] - values[rows][None, :])
    real = np.sign(ratios[rows][:, None] - ratios[rows][None, :])
    told = real != 0
    return float(((stated * real + 1) / 2)[told].mean()) if told.any() else 0.5


def _find_bins(values: Floats, beats: Floats) -> tuple[Bin, ...]:
    parts = np.array_split(np.argsort(values, kind="stable"), BINS)
    return tuple(
        Bin(float(values[p].mean()), float(beats[p].mean()), len(p)) for p in parts if len(p)
    )


# --- what did better -------------------------------------------------------------------------------


def _find_groups(ordered: Sequence[RatedPost]) -> Mapping[str, tuple[TraitGroup, ...]]:
    found = {name: _group_by(ordered, key) for name, key in KEYS.items()}
    return {**found, "words": _group_by_words(ordered)}


def _kind(post: RatedPost) -> str:
    return post.post.kind


def _hour(post: RatedPost) -> str:
    hour = find_hour(post.post.published_at)
    if hour is None:
        return ""
    return next(f"{low}-{high}" for low, high in HOURS if low <= hour < high)


def _weekday(post: RatedPost) -> str:
    when = post.post.published_at
    return "" if when is None else str(when.astimezone(CHINA).isoweekday())


KEYS: Mapping[str, Callable[[RatedPost], str]] = {
    "kind": _kind,
    "hour": _hour,
    "weekday": _weekday,
}


def _group_by(
    ordered: Sequence[RatedPost], key: Callable[[RatedPost], str]
) -> tuple[TraitGroup, ...]:
    members: dict[str, list[float]] = {}
    for post in ordered:
        if name := key(post):
            members.setdefault(name, []).append(post.ratio or 0.0)
    return tuple(_judge_group(name, ratios) for name, ratios in sorted(members.items()))


def _group_by_words(ordered: Sequence[RatedPost]) -> tuple[TraitGroup, ...]:
    """By hand feature that a title has or has not; its sentence is features.<name>."""
    titles = [parse(Draft(title=r.post.title)).title for r in ordered]
    chosen = [row for row, title in enumerate(titles) if detect_language(title.norm) == "zh"]
    values = measure_hand([titles[r] for r in chosen], lay_out([titles[r] for r in chosen]), "zh")
    ratios = np.array([ordered[row].ratio for row in chosen], dtype=float)
    groups = []
    for column, name in enumerate(hand_names("zh")):
        has = values[:, column] > 0
        if 0 < has.sum() < len(has):
            groups.append(_judge_group(name, ratios[has].tolist()))
    return tuple(group for group in groups if group.posts >= ENOUGH)


def _judge_group(name: str, ratios: Sequence[float]) -> TraitGroup:
    """The median ratio; its 95 % interval by the order statistics of a binomial."""
    size = len(ratios)
    if size < ENOUGH:
        return TraitGroup(name, size, None)
    ordered = np.sort(ratios)
    reach = 1.96 * np.sqrt(size) / 2
    low = max(0, int(np.floor(size / 2 - reach)))
    high = min(size - 1, int(np.ceil(size / 2 + reach)))
    estimate = Estimate(float(np.median(ordered)), float(ordered[low]), float(ordered[high]))
    return TraitGroup(name, size, estimate)
