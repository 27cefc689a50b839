"""Reads the hot-list archives that the topics' models are made from (data/SOURCES.md)."""

import csv
import gzip
from collections.abc import Iterator
from hashlib import blake2s
from pathlib import Path

from copyassist.text import title_key

WEIBO = "trends/weibo_hourly_heat.csv.gz"
DESCRIBED = "trends/weibo_topics_described.csv.gz"
ZHIHU = "trends/zhihu_hourly_heat_2024.csv.gz"
KUAISHOU = "trends/kuaishou_hourly_rank.csv.gz"
DOUYIN = "trends/douyin_hourly_rank.csv.gz"
LISTS = (WEIBO, KUAISHOU, DOUYIN, ZHIHU)


def load_rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a gzipped CSV file with headings, as text."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def load_titles(data: Path) -> list[str]:
    """Every distinct title of the archives, in order of file and first sight."""
    found: dict[str, None] = {}
    for name in LISTS:
        found.update(dict.fromkeys(row["title"] for row in load_rows(data / name)))
    found.update(dict.fromkeys(row["title"] for row in load_rows(data / DESCRIBED)))
    return list(found)


def load_described(data: Path) -> list[tuple[str, str]]:
    """Weibo topics as (title, description)."""
    return [(row["title"], row["description"]) for row in load_rows(data / DESCRIBED)]


def hash_title(title: str) -> str:
    """How the labels name a title: it says nothing to who does not have the archives."""
    return blake2s(title_key(title).encode(), digest_size=8).hexdigest()
