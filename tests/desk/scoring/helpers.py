"""Accounts and drafts for the tests of the scorer."""

from datetime import UTC, datetime, timedelta

from copyassist.desk.context import Context
from copyassist.desk.scoring import Models, Scorer, load_models, prepare_scorer, rate_posts
from copyassist.platforms import load_platforms
from copyassist.resources import find_models
from copyassist.text import parse
from copyassist.types import Draft, MetricValue, ParsedDraft, Post

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
METRIC = "likes"


def models() -> Models:
    return load_models(find_models())


def post(
    value: float | None, day: int, *, title: str = "周末探店", kind: str = "", bound: str = "exact"
) -> Post:
    """A post published `day` days before NOW with `value` likes."""
    metrics = {} if value is None else {METRIC: MetricValue(value, bound)}  # type: ignore[arg-type]
    return Post(
        title=title,
        platform="xiaohongshu",
        published_at=NOW - timedelta(days=day),
        metrics=metrics,
        kind=kind,
    )


def scorer(posts: list[Post], platform: str = "xiaohongshu") -> Scorer:
    context = Context(platform=load_platforms(None)[platform], now=NOW, posts=tuple(posts))
    rated = rate_posts(posts, METRIC, mature_days=14, now=NOW)
    return prepare_scorer(models(), context, rated)


def drafts(*titles: str) -> list[ParsedDraft]:
    return [parse(Draft(title=title)) for title in titles]
