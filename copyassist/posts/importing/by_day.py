"""Tables with a row for each day of each post: put together to one row a post.

Such a table has the day of its figures beside the day of publication, or one column of days in
which the same posts come again and again. Whether a day's figure is what that day added or what
there was by then, the figures themselves say: totals never fall.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

from copyassist.posts.importing.preview import ByDay
from copyassist.tables.metrics import METRICS
from copyassist.types import MetricValue, Post

_REPEATED = 0.5  # of the rows: then posts come again and again
_FEWEST = 4  # rows that can show it
_GROWING = 0.9  # of the steps from day to day, where figures are totals

Key = tuple[str, str, str]


def join_days(
    posts: Sequence[Post], days: Sequence[datetime | None], *, own_days: bool
) -> tuple[list[Post], ByDay | None]:
    """One post for the rows of each, and how it was done; None where a row is a post already.

    `days` are those of the figures. Without `own_days` they are the posts' own dates: then rows are
    days only where their ids or addresses say that they name one post.
    """
    groups: dict[Key, list[tuple[datetime, Post]]] = defaultdict(list)
    for post, day in zip(posts, days, strict=True):
        if day is None:
            return list(posts), None
        groups[_find_key(post, own_days=own_days)].append((day, post))
    # With one day a row, series such as 早报 and 晚报 look the same: only what names a post decides.
    named = own_days or all(post.platform_post_id or post.url for post in posts)
    if not named or not _are_days(groups, len(posts)):
        return list(posts), None
    rows = [sorted(group, key=lambda one: one[0]) for group in groups.values()]
    by_day: ByDay = "last" if _are_totals(rows) else "summed"
    return [_join([post for _, post in group], by_day) for group in rows], by_day


def _find_key(post: Post, *, own_days: bool) -> Key:
    at = post.published_at if own_days else None
    return post.platform_post_id or post.url, post.title, at.isoformat() if at else ""


def _are_days(groups: Mapping[Key, Sequence[tuple[datetime, Post]]], rows: int) -> bool:
    distinct = all(len({day for day, _ in group}) == len(group) for group in groups.values())
    return distinct and rows >= _FEWEST and len(groups) <= (1 - _REPEATED) * rows


def _are_totals(rows: Sequence[Sequence[tuple[datetime, Post]]]) -> bool:
    steps = [
        after.metrics[name].value >= before.metrics[name].value
        for group in rows
        for (_, before), (_, after) in pairwise(group)
        for name in before.metrics.keys() & after.metrics.keys()
        if METRICS[name] == "count"
    ]
    return bool(steps) and sum(steps) >= _GROWING * len(steps)


def _join(days: Sequence[Post], by_day: ByDay) -> Post:
    last, metrics = days[-1], dict(days[-1].metrics)
    if by_day == "summed":
        for name in {name for post in days for name in post.metrics}:
            found = [post.metrics[name] for post in days if name in post.metrics]
            if METRICS[name] == "count":
                bounds = {value.bound for value in found}
                bound = found[0].bound if len(bounds) == 1 else "exact"
                metrics[name] = MetricValue(sum(value.value for value in found), bound)
            elif name not in metrics:
                metrics[name] = found[-1]
    return replace(last, published_at=days[0].published_at, metrics=metrics)
