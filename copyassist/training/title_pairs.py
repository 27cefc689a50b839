"""Makes assets/titles/pairs.npz: which characters stand beside which in titles.

    COPYASSIST_BENCH_DATA=… python -m copyassist.training.title_pairs [-o FILE]

Counted in sets whose derived figures may ship (corpora/README.md names them). Titles that are also
among the ordinary titles of the benchmark, and those of the first fold of 小红书 accounts, are left
out: on them the guard is measured.
"""

import argparse
import csv
import gzip
import math
import os
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

import numpy as np

from copyassist.desk.scoring.fluency import (
    CAP,
    FIRST,
    HIGHEST,
    LAST,
    LOWEST,
    STEPS,
    TABLE,
    reduce_signs,
)
from copyassist.desk.scoring.ngrams import Floats, Ints
from copyassist.resources import find_asset
from copyassist.text import normalize

SETS = (
    "trends/weibo_hourly_heat",
    "trends/weibo_topics_described",
    "trends/zhihu_hourly_heat_2024",
    "trends/douyin_hourly_rank",
    "trends/kuaishou_hourly_rank",
)
NOTES, NOTE_WEIGHT = "headlines/xhs_notes", 3  # few, and the only ones written as titles of notes
MOST_PAIRS = 40_000
LEAST_COUNT = 3
HELD_OUT_FOLD = "0"

Pairs: TypeAlias = Counter[tuple[str, str]]


def main() -> None:
    """Counts, and writes the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-o", "--out", type=Path, default=find_asset(*TABLE))
    options = parser.parse_args()
    folder = os.environ.get("COPYASSIST_BENCH_DATA")
    if not folder:
        parser.error("COPYASSIST_BENCH_DATA names no folder of data")
    save_pairs(options.out, *count_pairs(read_titles(Path(folder))))


def read_titles(folder: Path) -> Iterator[tuple[str, int]]:
    """Normalised titles with their weights, each once."""
    ordinary = _read_rows(folder / "titles/ordinary_titles.csv.gz")
    seen = {normalize(row["title"])[0] for row in ordinary}
    with (folder / "headlines/splits/xhs_account_fold.csv").open(encoding="utf-8") as lines:
        held = {r["account"] for r in csv.DictReader(lines) if r["fold"] == HELD_OUT_FOLD}
    notes = list(_read_rows(folder / f"{NOTES}.csv.gz"))
    seen |= {normalize(row["title"])[0] for row in notes if row["account"] in held}
    for name in (*SETS, NOTES):
        rows = notes if name == NOTES else _read_rows(folder / f"{name}.csv.gz")
        for row in rows:
            title = normalize(row["title"])[0]
            if title and title not in seen:
                seen.add(title)
                yield title, NOTE_WEIGHT if name == NOTES else 1


def _read_rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def count_pairs(titles: Iterator[tuple[str, int]]) -> tuple[Counter[str], Pairs]:
    """How often each sign and each pair of neighbours stands in the titles."""
    signs: Counter[str] = Counter()
    pairs: Pairs = Counter()
    for title, weight in titles:
        text = f"{FIRST}{reduce_signs(title)}{LAST}"
        signs.update(text)
        for pair in pairwise(text):
            pairs[pair] += weight
    return signs, pairs


def save_pairs(path: Path, signs: Counter[str], pairs: Pairs) -> None:
    """Keeps the pairs that say most: often met, and far oftener or more rarely than by chance."""
    known = [sign for sign, _ in signs.most_common() if ord(sign) <= 0xFFFF]
    place = {sign: row for row, sign in enumerate(known, 1)}
    total = sum(signs[sign] for sign in known)
    logs = {
        pair: math.log(count * total / (signs[pair[0]] * signs[pair[1]]))
        for pair, count in pairs.items()
        if count >= LEAST_COUNT and pair[0] in place and pair[1] in place
    }
    kept = sorted(logs, key=lambda p: (-pairs[p] * abs(logs[p]), p))[:MOST_PAIRS]
    kept.sort(key=lambda p: (place[p[0]], place[p[1]]))
    counts = np.bincount([place[left] for left, _ in kept], minlength=len(known) + 1)[1:]
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        path,
        signs=np.frombuffer("".join(known).encode(), dtype=np.uint8),
        sizes=np.array([round(8 * math.log2(signs[s])) for s in known], dtype=np.uint8),
        counts=counts.astype(np.uint16),
        rights=np.array([place[right] for _, right in kept], dtype=np.uint16),
        logs=np.array([round(STEPS * max(-3.0, min(CAP, logs[p]))) for p in kept], dtype=np.int8),
        rest=_measure_rest(signs, pairs, frozenset(kept)),
        total=np.float64(math.log2(total)),
    )


def _measure_rest(signs: Counter[str], pairs: Pairs, kept: frozenset[tuple[str, str]]) -> Floats:
    """The log of met over expected for the pairs that are not kept, by class of the expectation."""
    total = sum(signs.values())
    size = HIGHEST - LOWEST + 1
    sizes = np.array(list(signs.values()), dtype=float)
    chance = np.outer(sizes, sizes) / total
    expected = np.bincount(_classes(chance).ravel(), chance.ravel(), minlength=size)
    met = np.zeros(size)
    for (left, right), count in pairs.items():
        by_chance = signs[left] * signs[right] / total
        row = int(_classes(np.array(by_chance)))
        if (left, right) in kept:
            expected[row] -= by_chance
        else:
            met[row] += count
    return np.asarray(np.log((met + 1) / (expected + 1)))


def _classes(chance: Floats) -> Ints:
    return np.clip(np.floor(np.log2(chance)), LOWEST, HIGHEST).astype(np.int64) - LOWEST


if __name__ == "__main__":
    main()
