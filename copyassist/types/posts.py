"""Published posts with their metrics, and the accounts that they belong to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypedDict

Bound = Literal["exact", "at_least", "at_most"]

Relation = Literal["own", "followed"]


@dataclass(frozen=True, slots=True)
class MetricValue:
    """One measured number. 10万+ is (100000, "at_least"), <0.1% is (0.001, "at_most").

    Rates are fractions 0..1, durations seconds, everything else counts.
    """

    value: float
    bound: Bound = "exact"


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A published piece with the newest value of each metric. Unknown metrics are absent.

    `kind` is the platform's own word for the form (图文, 视频 …), "" where unknown. `id` is the
    store's key, None before it is stored.
    """

    title: str
    platform: str
    published_at: datetime | None
    metrics: Mapping[str, MetricValue] = field(default_factory=dict)
    kind: str = ""
    platform_post_id: str = ""
    url: str = ""
    body: str = ""
    id: int | None = None

    def exact(self, metric: str) -> float | None:
        """The metric's value where it is known exactly: bounds are not values to train on."""
        found = self.metrics.get(metric)
        return found.value if found is not None and found.bound == "exact" else None


class PostChanges(TypedDict, total=False):
    """What a writer corrects in a post: the fields that are there, and no others.

    `published_at` is aware, or None for a time that nobody knows.
    """

    title: str
    published_at: datetime | None
    kind: str
    url: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One of the writer's own accounts, or one that they follow. Followed ones never mix in."""

    id: int
    name: str
    relation: Relation = "own"
    is_demo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RatedPost:
    """A post against its account's usual: the median of up to 20 mature posts before it.

    `value` and `usual` are in the metric's unit; `ratio` is value / usual; `rank_share` is the
    share 0..1 of the account's own mature ratios that are at most this one (how ordinary it is).
    All three are None where fewer than 5 earlier mature posts have the metric.
    """

    post: Post
    metric: str
    value: float | None
    usual: float | None = None
    ratio: float | None = None
    rank_share: float | None = None
    mature: bool = True
