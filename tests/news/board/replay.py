"""Two real days of hot lists, moved in time so that their last hour is now."""

import csv
import gzip
from datetime import UTC, datetime, timedelta
from pathlib import Path

from copyassist.assistant import Assistant

ARCHIVES = {
    "weibo_hourly_heat.csv.gz": "display_time",
    "douyin_hourly_rank.csv.gz": "commit_time",
    "kuaishou_hourly_rank.csv.gz": "commit_time",
}
FIRST = datetime(2025, 11, 30, 16, tzinfo=UTC)  # 2025-12-01 00:00 in Beijing: all three, few gaps
LENGTH = timedelta(days=2)
AGE = timedelta(minutes=4)


def import_two_days(assistant: Assistant, data: Path, folder: Path, now: datetime) -> int:
    """Imports the days with their newest look four minutes before `now`; how many looks."""
    found = {name: _cut(data / "trends" / name, column) for name, column in ARCHIVES.items()}
    newest = max(float(row[ARCHIVES[name]]) for name, rows in found.items() for row in rows)
    shift = round((now - AGE).timestamp() - newest)
    paths = []
    for name, rows in found.items():
        path = folder / name.removesuffix(".gz")
        _write(path, rows, ARCHIVES[name], shift)
        paths.append(path)
    return sum(receipt.new for receipt in assistant.news.import_history(paths))


def _cut(path: Path, column: str) -> list[dict[str, str]]:
    first, last = FIRST.timestamp(), (FIRST + LENGTH).timestamp()
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        return [row for row in csv.DictReader(lines) if first <= float(row[column] or 0) < last]


def _write(path: Path, rows: list[dict[str, str]], column: str, shift: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(rows[0]))
        writer.writeheader()
        for row in rows:
            writer.writerow({**row, column: str(int(float(row[column])) + shift)})
