"""What is usual for an account, and how each post did against it.

The usual is the median, never the mean: 72 % of the notes measured stay below their account's
trailing mean, 46 % reach at most half of it, so a mean calls an ordinary post a failure.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np

from copyassist.desk.scoring.ngrams import Floats
from copyassist.types import Platform, Post, RatedPost

TRAILING = 20
LEAST = 5
OLDEST = datetime.min.replace(tzinfo=UTC)
# Shares of something, 0..1; every other metric is a count.
RATE_SUFFIXES = ("_rate", "_share", "_ratio")
# The floor of a rate: 0 % read is "below what the export can show", not minus infinity.
RATE_FLOOR = 1e-4


def choose_metric(posts: Sequence[Post], platform: Platform, override: str = "") -> str:
    """The metric the score predicts: `override`, else the platform's first that enough posts have.

    Enough is a fifth of the posts. Returns "" where no target metric is known of any post.
    """
    wanted = (override, *platform.target_metrics) if override else platform.target_metrics
    counts = {name: sum(post.exact(name) is not None for post in posts) for name in wanted}
    for name in wanted:
        if counts[name] and counts[name] * 5 >= len(posts):
            return name
    return max(counts, key=lambda name: counts[name]) if any(counts.values()) else ""


def is_rate(metric: str) -> bool:
    """Whether a metric is a fraction 0..1 rather than a count."""
    return metric.endswith(RATE_SUFFIXES) or metric == "ctr"


def to_log(values: Sequence[float] | Floats, metric: str) -> Floats:
    """The scale on which posts are compared: log1p of counts, log of rates. Negatives count as 0."""
    clean = np.maximum(np.asarray(values, dtype=np.float64), 0)
    return np.log(np.maximum(clean, RATE_FLOOR)) if is_rate(metric) else np.log1p(clean)


def from_log(value: float, metric: str) -> float:
    """The inverse of `to_log`."""
    return float(min(1.0, np.exp(value)) if is_rate(metric) else max(0.0, np.expm1(value)))


def rate_posts(
    posts: Sequence[Post], metric: str, *, mature_days: int, now: datetime
) -> list[RatedPost]:
    """Each post against the median of up to 20 mature posts before it, of its kind, at least 5.

    In the order of `posts`. A post never counts in its own usual, nor do later ones. Posts without
    a time or with one in the future, young posts and bounds (10万+) never count as figures; a
    bound's `value` is None. `rank_share` compares a mature post with the account's other ratios.
    """
    rated: list[RatedPost | None] = [None] * len(posts)
    for rows in _by_kind(posts).values():
        rows.sort(key=lambda row: posts[row].published_at or OLDEST)
        for row, post in _rate_kind([(row, posts[row]) for row in rows], metric, mature_days, now):
            rated[row] = post
    return _with_ranks([post for post in rated if post is not None])


def _by_kind(posts: Sequence[Post]) -> Mapping[str, list[int]]:
    kinds: dict[str, list[int]] = defaultdict(list)
    for row, post in enumerate(posts):
        kinds[post.kind].append(row)
    return kinds


def _rate_kind(
    rows: Sequence[tuple[int, Post]], metric: str, mature_days: int, now: datetime
) -> list[tuple[int, RatedPost]]:
    earlier: list[float] = []
    found = []
    for row, post in rows:
        value = post.exact(metric)
        mature = is_mature(post, mature_days, now)
        log = None if value is None else float(to_log([value], metric)[0])
        usual = _median(earlier)
        found.append((row, _rate_one(post, metric, (log, usual), mature)))
        if mature and log is not None:
            earlier.append(log)
            del earlier[:-TRAILING]
    return found


def is_mature(post: Post, mature_days: int, now: datetime) -> bool:
    """Whether the post is old enough for its figures to count as final."""
    return post.published_at is not None and now - post.published_at >= timedelta(days=mature_days)


def _median(values: Sequence[float]) -> float | None:
    if len(values) < LEAST:
        return None
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(values) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _rate_one(
    post: Post, metric: str, logs: tuple[float | None, float | None], mature: bool
) -> RatedPost:
    log, usual = logs
    ratio = float(np.exp(log - usual)) if log is not None and usual is not None else None
    return RatedPost(
        post=post,
        metric=metric,
        value=post.exact(metric),
        usual=None if usual is None else from_log(usual, metric),
        ratio=ratio,
        mature=mature,
    )


def _with_ranks(rated: Sequence[RatedPost]) -> list[RatedPost]:
    ratios = sorted(r.ratio for r in rated if r.mature and r.ratio is not None)
    return [_with_rank(post, ratios) for post in rated]


def _with_rank(post: RatedPost, ratios: Sequence[float]) -> RatedPost:
    if post.ratio is None or not ratios:
        return post
    return replace(post, rank_share=bisect_right(ratios, post.ratio) / len(ratios))


def measure_usual(rated: Sequence[RatedPost], kind: str = "") -> float | None:
    """What is usual now: the median of the newest 20 mature posts of a kind, in the metric's unit.

    An unknown `kind`, or one of fewer than 5 such posts, means all kinds. Fewer than 5 in all
    give a rough median, none gives None.
    """
    usable = [r for r in rated if r.mature and r.value is not None]
    same = [r for r in usable if r.post.kind == kind]
    chosen = same if len(same) >= LEAST else usable
    chosen = sorted(chosen, key=lambda r: r.post.published_at or OLDEST)[-TRAILING:]
    metric = chosen[0].metric if chosen else ""
    logs = to_log([r.value for r in chosen if r.value is not None], metric)
    return from_log(float(np.median(logs)), metric) if len(logs) else None
