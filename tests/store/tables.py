"""Read exports as the importer would hand them over, small enough to see through."""

from collections.abc import Mapping
from datetime import UTC, datetime

from copyassist.store.records import PostTable
from copyassist.types import MetricValue, Post

JUNE = datetime(2026, 6, 1, tzinfo=UTC)
JULY = datetime(2026, 7, 1, tzinfo=UTC)
NOON = datetime(2026, 5, 4, 4, tzinfo=UTC)  # 12:00 in Shanghai
MIDNIGHT = datetime(2026, 5, 3, 16, tzinfo=UTC)  # the same day there, without a time


def post(
    title: str = "三步做好番茄炒蛋",
    at: datetime | None = NOON,
    metrics: Mapping[str, float] | None = None,
    **fields: str,
) -> Post:
    """A post with exact metrics."""
    values = {name: MetricValue(value) for name, value in (metrics or {"views": 100}).items()}
    return Post(
        title=title, platform=fields.pop("platform", ""), published_at=at, metrics=values, **fields
    )


def table(*posts: Post, as_of: datetime = JUNE, source: str = "name", **more: object) -> PostTable:
    """An export of these posts."""
    return PostTable(
        file=str(more.get("file", "笔记.xlsx")),
        form="xiaohongshu_notes",
        as_of=as_of,
        as_of_source=source,
        posts=posts,
        rejected_rows=int(str(more.get("rejected", 0))),
    )
