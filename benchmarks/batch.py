"""Batch: full reports a second on one core, memory against file size, and where the time goes.

Real titles, each with one character put in, against an account of as many past posts made the same
way. The bar is 5,000 reports a second, reading and writing included.
"""

import csv
import gc
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import process_time

from benchmarks.data import print_table, vary_titles
from copyassist.batch import BatchOptions, BatchSummary, inspect_source, make_plan, run_batch
from copyassist.batch.readers import BLOCK_ROWS, Block, read_blocks
from copyassist.batch.results import describe_report
from copyassist.batch.writers import make_writer
from copyassist.desk.checks import detect_purpose, find_findings, measure_lengths
from copyassist.desk.context import Context
from copyassist.desk.review import Desk, prepare, review_many
from copyassist.desk.scoring import find_comparables, load_models
from copyassist.keywords import extract_keywords
from copyassist.platforms import load_platforms
from copyassist.resources import find_models
from copyassist.text import parse
from copyassist.types import Account, Draft, MetricValue, ParsedDraft, Post, Purpose

ROWS = 100_000
POSTS = 100_000
PLATFORM = "xiaohongshu"
NOW = datetime(2026, 11, 1, tzinfo=UTC)
STEP_ROWS = 16_384
JIEBA_TITLES = 5_000


def main() -> None:
    started = process_time()
    desk = make_desk(POSTS)
    print(f"desk of {POSTS:,} past posts: {process_time() - started:.1f} s\n")
    with tempfile.TemporaryDirectory() as folder:
        rows = []
        for form in ("csv", "jsonl", "parquet", "xlsx"):
            source = write_titles(Path(folder) / "in.csv", ROWS)
            rows.append(_measure_run(source, Path(folder) / f"out.{form}", desk))
        print_table(
            ["file", "rows", "processor s", "µs a row", "reports a second", *_JIEBA_HEADINGS], rows
        )
        _print_steps(desk, Path(folder))
    print("\nPeak memory of a process by the length of its file (1,000 past posts):\n")
    print_table(["rows", "peak MB"], [_measure_memory(rows) for rows in (20_000, 100_000, 200_000)])


_JIEBA_HEADINGS = ("jieba µs a title", "of jieba's quiet speed", "report / jieba")
QUIET_JIEBA = 390_000  # characters a second where the facts of the design were measured


def _measure_run(source: Path, out: Path, desk: Desk) -> list[str]:
    """A row of the table, with jieba cutting the same titles before and after.

    Other work on the machine slows both: the share of jieba's quiet speed says how much.
    """
    before = _measure_jieba()
    seconds, summary = run(source, out, desk)
    jieba = (before + _measure_jieba()) / 2
    report = seconds / ROWS
    return [
        f"csv → {out.suffix[1:]}",
        f"{summary.tally.rows:,}",
        f"{seconds:.1f}",
        f"{report * 1e6:.0f}",
        f"{1 / report:,.0f}",
        f"{jieba * 1e6:.0f}",
        f"{_mean_length() / jieba / QUIET_JIEBA:.2f}",
        f"{report / jieba:.2f}",
    ]


def _measure_jieba() -> float:
    """Processor seconds that `jieba.lcut` takes for a title, of the titles that are judged."""
    import jieba

    jieba.setLogLevel(60)
    titles = vary_titles(JIEBA_TITLES, seed=7)
    jieba.lcut(titles[0])
    return _time(lambda: [jieba.lcut(title) for title in titles]) / JIEBA_TITLES


def _mean_length() -> float:
    return sum(map(len, vary_titles(JIEBA_TITLES, seed=7))) / JIEBA_TITLES


def make_desk(posts: int) -> Desk:
    """A desk of an account whose past posts are real titles, with figures made up."""
    history = tuple(
        Post(
            title=title,
            platform=PLATFORM,
            published_at=NOW - timedelta(days=20, minutes=10 * (posts - number)),
            metrics={"views": MetricValue(1000.0 + 37 * (number % 101))},
            id=number,
        )
        for number, title in enumerate(vary_titles(posts, seed=1))
    )
    context = Context(
        platform=load_platforms()[PLATFORM],
        now=NOW,
        account=Account(id=1, name="账号"),
        posts=history,
        history=history,
    )
    return prepare(context, load_models(find_models()))


def write_titles(path: Path, rows: int) -> Path:
    """A CSV file of titles."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["编号", "标题"])
        writer.writerows(enumerate(vary_titles(rows, seed=7)))
    return path


def run(source: Path, out: Path, desk: Desk) -> tuple[float, BatchSummary]:
    """Processor seconds of a whole run: fingerprint, reading, judging, writing, joining."""
    started = process_time()
    plan = make_plan(inspect_source(source), out, BatchOptions())
    summary = run_batch(plan, lambda _: desk, overwrite=True)
    return process_time() - started, summary


# --- the share of each step --------------------------------------------------------------------


def _print_steps(desk: Desk, folder: Path) -> None:
    titles = vary_titles(STEP_ROWS, seed=9)
    drafts = [Draft(title=title, platform=PLATFORM) for title in titles]
    parsed = [parse(draft) for draft in drafts]
    steps = dict(_list_steps(desk, drafts, parsed, folder))
    gc.freeze()
    micros = {name: _time(work) / STEP_ROWS * 1e6 for name, work in steps.items()}
    gc.unfreeze()
    total = sum(micros.values())
    print(f"\nWhere the time goes ({STEP_ROWS:,} rows, csv to csv):\n")
    rows = [[name, f"{time:.1f}", f"{time / total:.0%}"] for name, time in micros.items()]
    print_table(["step", "µs a row", "share"], [*rows, ["sum", f"{total:.1f}", "100%"]])


def _list_steps(
    desk: Desk, drafts: Sequence[Draft], parsed: Sequence[ParsedDraft], folder: Path
) -> list[tuple[str, Callable[[], object]]]:
    platform, purpose = desk.context.platform, Purpose.UNKNOWN
    source = write_titles(folder / "steps.csv", STEP_ROWS)
    plan = make_plan(inspect_source(source), folder / "steps.out.csv", BatchOptions())
    blocks = list(read_blocks(plan.source))
    reports = _chunk(drafts, lambda part: review_many(part, desk))
    results = [describe_report(report, "zh") for report in reports]
    titles = [one.title for one in parsed]
    return [
        ("read", lambda: list(read_blocks(inspect_source(source)))),
        ("parse", lambda: [parse(draft) for draft in drafts]),
        ("score", lambda: _chunk(parsed, desk.scorer.score_many)),
        ("duplicates", lambda: _chunk(titles, lambda part: desk.index.find_many(part, 3))),
        ("comparables", lambda: [find_comparables(desk.scorer, one) for one in parsed]),
        ("purpose", lambda: [detect_purpose(one) for one in parsed]),
        (
            "checks, lengths",
            lambda: [
                (find_findings(one, platform, purpose), measure_lengths(one, platform))
                for one in parsed
            ],
        ),
        ("keywords", lambda: [extract_keywords(one) for one in parsed]),
        ("cells", lambda: [describe_report(report, "zh") for report in reports]),
        ("write", lambda: _write(plan, blocks, results, folder)),
    ]


def _chunk(items: Sequence[object], work: Callable[..., Sequence[object]]) -> list[object]:
    starts = range(0, len(items), BLOCK_ROWS)
    return [one for start in starts for one in work(items[start : start + BLOCK_ROWS])]


def _write(plan: object, blocks: Sequence[Block], results: Sequence[object], folder: Path) -> None:
    writer = make_writer(plan)  # type: ignore[arg-type]
    done = 0
    for block in blocks:
        part = results[done : done + len(block.rows)]
        writer.write_shard(folder / "steps.part", block, part)  # type: ignore[arg-type]
        done += len(block.rows)


def _time(work: Callable[[], object]) -> float:
    times = []
    for _ in range(3):
        started = process_time()
        work()
        times.append(process_time() - started)
    return min(times)


# --- memory ------------------------------------------------------------------------------------


def _measure_memory(rows: int) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        source = write_titles(Path(folder) / "in.csv", rows)
        code = f"from benchmarks.batch import print_memory as p; p({str(source)!r})"
        command = [sys.executable, "-c", code]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [f"{rows:,}", done.stdout.strip()]


def print_memory(source: str) -> None:
    """What the process of `_measure_memory` runs: peak megabytes of judging a file."""
    path = Path(source)
    run(path, path.with_name("out.csv"), make_desk(1_000))
    print(f"{_read_peak():.0f}")


def _read_peak() -> float:
    """Peak megabytes of this program alone: ru_maxrss would begin with the parent's."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return int(status.read_text().partition("VmHWM:")[2].split()[0]) / 1024
