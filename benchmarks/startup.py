"""A cold `copyassist score` for an account of 300 posts against jieba's first cut.

Both are whole processes, run in turns, so that a busy machine hurts both; the ratio of the medians
is the figure. The bar is 1. Processor time is shown beside it: it shakes less.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

from benchmarks.data import print_table
from copyassist.store import Store
from copyassist.types import MetricValue, Post

RUNS = 15
POSTS = 300
SCORE_NAME, JIEBA_NAME = "copyassist score", "jieba's first cut"
JIEBA = [sys.executable, "-c", "import jieba; jieba.lcut('今天天气不错')"]
SCORE = [sys.executable, "-m", "copyassist", "score", "周末去哪儿：三个不用排队的小公园"]
HEAVY = (
    *("sklearn", "scipy", "pandas", "pyarrow", "altair", "streamlit", "feedparser", "httpx"),
    *("alembic", "python_calamine", "xlsxwriter", "lxml", "openpyxl", "jieba"),
)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "COPYASSIST_HOME": folder, "COPYASSIST_ACCOUNT": "我的账号"}
        # As installed: modules are compiled once, not at each start.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        _time(SCORE, environment)
        _fill(Path(folder))
        runs: dict[str, list[tuple[float, float]]] = {SCORE_NAME: [], JIEBA_NAME: []}
        for _ in range(RUNS):
            runs[SCORE_NAME].append(_time(SCORE, environment))
            runs[JIEBA_NAME].append(_time(JIEBA, environment))
        ours, theirs = (_take_medians(runs[name]) for name in (SCORE_NAME, JIEBA_NAME))
        rows = [
            [name, *(f"{seconds:.3f}" for seconds in medians)]
            for name, medians in ((SCORE_NAME, ours), (JIEBA_NAME, theirs))
        ]
        print_table([f"process ({RUNS} runs in turns)", "median s", "median processor s"], rows)
        print(f"\nratio of the medians: {ours[0] / theirs[0]:.2f}")
        print(f"ratio of processor time: {ours[1] / theirs[1]:.2f}")
        print(f"heavy modules imported: {' '.join(_find_heavy(environment)) or 'none'}")


def _fill(home: Path) -> None:
    start = datetime(2025, 1, 1, tzinfo=UTC)
    posts = [
        Post(
            title=f"第{number}篇：春天的阳台",
            platform="xiaohongshu",
            published_at=start + timedelta(days=number),
            metrics={"views": MetricValue(1000.0 + number)},
        )
        for number in range(POSTS)
    ]
    with Store.open(home / "copyassist.db") as store:
        store.save_posts(posts, store.add_account("我的账号", "own").id)


def _time(command: Sequence[str], environment: dict[str, str]) -> tuple[float, float]:
    """Seconds and processor seconds of a whole process."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), perf_counter()
    subprocess.run(command, env=environment, check=True, capture_output=True)
    after, ended = resource.getrusage(resource.RUSAGE_CHILDREN), perf_counter()
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return ended - started, used


def _take_medians(runs: Sequence[tuple[float, float]]) -> tuple[float, float]:
    wall, used = zip(*runs, strict=True)
    return statistics.median(wall), statistics.median(used)


def _find_heavy(environment: dict[str, str]) -> list[str]:
    probe = [sys.executable, "-X", "importtime", *SCORE[1:]]
    done = subprocess.run(probe, env=environment, check=True, capture_output=True, text=True)
    names = {line.rpartition("|")[2].strip().split(".")[0] for line in done.stderr.splitlines()}
    return [name for name in HEAVY if name in names]
