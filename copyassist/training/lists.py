"""The archives of hot lists as looks: what the program would have seen, one look an hour."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

import numpy as np

from copyassist.news.topics.looks import ListLook, ListRow
from copyassist.reading.zones import CHINA_HOURS
from copyassist.training.archives import DOUYIN, KUAISHOU, WEIBO, ZHIHU, load_rows

FLAGS = {"1.0": "新", "2.0": "热", "4.0": "爆", "16.0": "沸"}
ZHIHU_LABELS = {"new": "新", "hot": "热", "boiling": "沸"}
ARCHIVES: Mapping[str, str] = {
    "weibo": WEIBO,
    "zhihu": ZHIHU,
    "kuaishou": KUAISHOU,
    "douyin": DOUYIN,
}
PINNED_AND_FIFTY = 51  # rows of a look at Kuaishou that begins with the pinned one


def load_looks(data: Path, source: str = "weibo") -> Iterator[ListLook]:
    """The looks of a list's history, oldest first, at most one an hour."""
    rows = load_rows(data / ARCHIVES[source])
    yield from _load_weibo(rows) if source == "weibo" else _load_committed(rows, source)


def _load_weibo(rows: Iterable[dict[str, str]]) -> Iterator[ListLook]:
    ordered = sorted(rows, key=lambda row: (row["date"], int(row["hour"])))
    for _, group in groupby(ordered, key=lambda row: (row["date"], row["hour"])):
        yield _make_look(list(group))


def _load_committed(rows: Iterable[dict[str, str]], source: str) -> Iterator[ListLook]:
    make: Callable[[Sequence[dict[str, str]]], Iterator[ListRow]]
    make = {"zhihu": _make_zhihu, "kuaishou": _make_kuaishou}.get(source, _make_ranked)
    ordered = sorted(rows, key=lambda row: (int(row["commit_time"]), int(float(row["rank"]))))
    last = 0
    for moment, group in groupby(ordered, key=lambda row: int(row["commit_time"])):
        if moment // 3600 > last:
            last = moment // 3600
            yield ListLook(moment / 3600, tuple(make(list(group))))


def _make_ranked(rows: Sequence[dict[str, str]]) -> Iterator[ListRow]:
    yield from (ListRow(row["title"], int(row["rank"]), None) for row in rows)


def _make_kuaishou(rows: Sequence[dict[str, str]]) -> Iterator[ListRow]:
    pinned = int(len(rows) >= PINNED_AND_FIFTY)
    for place, row in enumerate(rows):
        yield ListRow(row["title"], place + 1 - pinned or None, None)


def _make_zhihu(rows: Sequence[dict[str, str]]) -> Iterator[ListRow]:
    for place, row in enumerate(rows, 1):
        heat = float(row["heat_wan"] or 0) * 10_000 or None
        yield ListRow(row["title"], place, heat, ZHIHU_LABELS.get(row["label"], ""))


def _make_look(rows: list[dict[str, str]]) -> ListLook:
    day = np.datetime64(rows[0]["date"], "h").astype(np.int64)
    hour = int(day) + int(rows[0]["hour"]) - CHINA_HOURS
    shown = next((float(r["display_time"]) / 3600 for r in rows if r["display_time"]), math.nan)
    exact = shown if math.floor(shown if shown == shown else 0) == hour else hour + 0.1
    return ListLook(exact, tuple(_make_row(row) for row in rows))


def _make_row(row: Mapping[str, str]) -> ListRow:
    ordinary = row["ads"] == "0" and row["realpos"] != ""
    rank = int(float(row["realpos"])) if ordinary else None
    heat = float(row["hot"] or 0) or None
    category = row["category"].partition("\n")[0].strip()
    return ListRow(row["title"], rank, heat, FLAGS.get(row["flag"], ""), category)
