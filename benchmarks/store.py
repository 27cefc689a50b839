"""The store and the importer with 100,000 posts of ten metrics: what each step costs.

The posts are made up here: nothing about them is a figure of quality.
"""

import random
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import process_time
from typing import TypeVar

from benchmarks.data import print_table
from copyassist.posts.importing import ImportHints, preview_file
from copyassist.store import Store
from copyassist.store.records import PostTable
from copyassist.types import MetricValue, Post

T = TypeVar("T")

POSTS = 100_000
_METRICS = (
    *("views", "likes", "comments", "favourites", "shares"),
    *("follows", "completion", "dwell_seconds", "impressions", "ctr"),
)
_START = datetime(2015, 1, 1, tzinfo=UTC)


def main() -> None:
    rows: list[list[str]] = []

    def step(name: str, work: Callable[[], T]) -> T:
        started = process_time()
        found = work()
        rows.append([name, f"{process_time() - started:.2f}"])
        return found

    data = _write_csv()
    now = datetime.now(UTC)
    step(
        f"read a CSV of {len(data) / 1e6:.0f} MB",
        lambda: preview_file("a.csv", data, ImportHints(now=now)),
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.db"
        with step("make the database", lambda: Store.open(path)) as store:
            account = store.add_account("bench")
            first, second = _make_table(0), _make_table(1)
            step("import all", lambda: store.save_import(first, account.id, "weibo"))
            step("import the same again", lambda: store.save_import(first, account.id, "weibo"))
            later = step(
                "import newer figures", lambda: store.save_import(second, account.id, "weibo")
            )
            step("undo that", lambda: store.undo_import(later.id or 0))
        with step("open the database", lambda: Store.open(path)) as store:
            step("load all posts", lambda: store.posts(account.id))
    print(f"{POSTS:,} posts, {len(_METRICS)} metrics each\n")
    print_table(["step", "CPU seconds"], rows)


def _make_table(month: int) -> PostTable:
    draw = random.Random(month)
    posts = [
        Post(
            title=f"第{number}篇：今天吃什么好呢",
            platform="",
            published_at=_START + timedelta(hours=number),
            platform_post_id=f"p{number}",
            metrics={name: MetricValue(float(draw.randint(0, 10_000))) for name in _METRICS},
        )
        for number in range(POSTS)
    ]
    as_of = datetime(2026, 6 + month, 1, tzinfo=UTC)
    return PostTable(file="bench", form="generic", as_of=as_of, as_of_source="name", posts=posts)


def _write_csv() -> bytes:
    draw = random.Random(0)
    headings = "标题,发布时间,阅读量,点赞,评论,收藏,分享,涨粉,完播率,平均播放时长,曝光,点击率"
    lines = (
        f"第{number}篇：今天吃什么好呢,2026-05-01 08:00:00,"
        + ",".join(str(draw.randint(0, 10_000)) for _ in _METRICS)
        for number in range(POSTS)
    )
    return "\n".join([headings, *lines]).encode()
