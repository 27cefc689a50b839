"""The real data that benchmarks read, and the tables that they print."""

import csv
import gzip
import json
import os
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from time import process_time


class MissingDataError(Exception):
    """The folder of real data is not there."""


def find_data() -> Path:
    """$COPYASSIST_BENCH_DATA. Raises MissingDataError."""
    folder = Path(os.environ.get("COPYASSIST_BENCH_DATA", "/nonexistent"))
    if not folder.is_dir():
        raise MissingDataError("COPYASSIST_BENCH_DATA names no folder of data")
    return folder


def read_rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a gzipped CSV file."""
    with gzip.open(find_data() / name, "rt", encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def read_plain_rows(name: str) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with (find_data() / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def read_json_lines(name: str) -> Iterator[dict[str, object]]:
    with (find_data() / name).open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def ordinary_titles() -> list[str]:
    """39,979 ordinary titles of four platforms."""
    return [row["title"] for row in read_rows("titles/ordinary_titles.csv.gz")]


def vary_titles(count: int, seed: int) -> list[str]:
    """Real titles, repeated with one character put in at a place of its own."""
    titles, chooser = ordinary_titles(), random.Random(seed)
    varied = []
    for number in range(count):
        title = titles[number % len(titles)]
        place = chooser.randrange(len(title) + 1)
        varied.append(title[:place] + chooser.choice("一二三四五六七八九十好新") + title[place:])
    return varied


def measure_best(work: Callable[[], object], runs: int = 5) -> float:
    """Processor seconds of the fastest of `runs` runs."""
    best = float("inf")
    for _ in range(runs):
        started = process_time()
        work()
        best = min(best, process_time() - started)
    return best


def print_table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    print("| " + " | ".join(header) + " |")
    print("|" + "---|" * len(header))
    for row in rows:
        print("| " + " | ".join(map(str, row)) + " |")
