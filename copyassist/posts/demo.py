"""The demo account: 300 posts written for copyassist, with simulated figures.

Nothing of it may enter a training set or a figure of quality: corpora/README.md says how it was
made.
"""

import csv
from collections.abc import Mapping
from datetime import UTC, datetime

from copyassist.resources import find_corpora
from copyassist.types import MetricValue, Post

# The name itself says that the account is an example, wherever nothing else is shown.
DEMO_ACCOUNT = "慢火小日子（示例）"
NOT_METRICS = frozenset({"platform", "published_at", "kind", "topic", "title"})


def load_demo_posts() -> list[Post]:
    """The demo account's posts on wechat and xiaohongshu, oldest first, times in UTC.

    Raises ModelError where the corpora did not ship with the program.
    """
    path = find_corpora() / "demo" / "posts.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        return [_read_post(row) for row in csv.DictReader(lines)]


def _read_post(row: Mapping[str, str]) -> Post:
    return Post(
        title=row["title"],
        platform=row["platform"],
        published_at=datetime.fromisoformat(row["published_at"]).astimezone(UTC),
        kind=row["kind"],
        metrics={
            name: MetricValue(float(text))
            for name, text in row.items()
            if text and name not in NOT_METRICS
        },
    )
