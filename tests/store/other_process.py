"""Run as a process of its own: opens the store at argv[1]; with argv[2], imports ten exports.

Says "ready" and waits for a line, so that two of it start at the same moment.
"""

import sys
from datetime import UTC, datetime

from copyassist.store import Store
from copyassist.types import MetricValue, Post


def import_ten(store: Store, start: int) -> None:
    at = datetime(2026, 5, 4, 4, tzinfo=UTC)
    for number in range(start, start + 10):
        views = {"views": MetricValue(number)}
        titles = (f"第{number}篇", "大家都有的一篇")
        posts = [Post(title=t, platform="weibo", published_at=at, metrics=views) for t in titles]
        store.save_posts(posts, store.account("甲").id)


if __name__ == "__main__":
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    with Store.open(sys.argv[1]) as opened:
        for argument in sys.argv[2:]:
            import_ten(opened, int(argument))
