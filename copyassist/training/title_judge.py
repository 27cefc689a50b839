"""`python -m copyassist.training.title_judge --data DATA`: makes assets/titles/judge.npz.xz.

Two small networks over the measures of a pair of titles: whether one repeats the other (fitted on edits
made by `title_edits`, against the look-alikes that an index of real titles offers for edited and for
unseen titles), and whether both ask or tell the same in other words (fitted on Zhihu questions
before and after their authors changed them). Titles that the benchmarks ask with take no part.
"""

import argparse
import csv
import gzip
import io
import lzma
import os
import random
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from copyassist.desk.duplicates.fold import fold_key
from copyassist.desk.duplicates.grams import encode_grams
from copyassist.desk.duplicates.index import TitleIndex
from copyassist.desk.duplicates.judge import (
    ASSET,
    PairNetwork,
    pack_network,
    scale_measures,
    take_logarithms,
)
from copyassist.desk.duplicates.similarity import (
    BUCKETS,
    Commonness,
    Side,
    find_buckets,
    make_side,
    measure_pairs,
    number_swap,
    number_word,
)
from copyassist.resources import find_asset
from copyassist.text import parse_text
from copyassist.training.archives import load_rows, load_titles
from copyassist.training.title_edits import EDITS, SYNONYMS, chain, change_subject, cut

ORDINARY = "titles/ordinary_titles.csv.gz"
NOTES = "headlines/xhs_notes.csv.gz"
RETITLES = "duplicates/zhihu_retitle_pairs.csv.gz"
_STEP = 16.0
_COARSE = 12
KNOWN = 60_000  # titles of the index that offers look-alikes
EDITED = 16_000
UNSEEN = 10_000
CHANGED = 6_000
MEMBERS = 3
COPY = 82.0  # an unseen title this like a known one is a real copy: it teaches nothing


class Rows(NamedTuple):
    """Pairs with their answer and weight."""

    ones: list[str]
    twos: list[str]
    same: list[float]
    kinds: list[str]


def load_pool(data: Path) -> list[str]:
    """Distinct titles that may be learnt from, in a fixed order that mixes the sources."""
    kept_out = {fold_key(row["title"]) for row in load_rows(data / ORDINARY)}
    titles = [*load_titles(data), *(row["title"] for row in load_rows(data / NOTES))]
    found = {fold_key(title): title for title in titles}
    pool = [t for key, t in found.items() if len(key) >= 6 and key not in kept_out]
    random.Random(11).shuffle(pool)  # noqa: S311
    return pool


def load_retitles(data: Path, split: str) -> list[dict[str, str]]:
    """The pairs of changed questions and of look-alikes of one split."""
    with gzip.open(data / RETITLES, "rt", encoding="utf-8", newline="") as lines:
        return [row for row in csv.DictReader(lines) if row["split"] == split]


def make_table(titles: Sequence[str], swapped: Iterable[tuple[str, str]]) -> Commonness:
    """How rare pairs of characters and words are among the titles."""
    sides = [make_side(fold_key(title)) for title in titles]
    owners, codes = encode_grams([side.key for side in sides])
    words = [(n, number_word(w)) for n, side in enumerate(sides) for w in side.words]
    word_owners, numbers = np.array(words, np.int64).T
    return Commonness(
        _weigh_buckets(owners, codes, len(titles)),
        _weigh_buckets(word_owners, numbers, len(titles)),
        np.unique([number_swap(number_word(a), number_word(b)) for a, b in swapped]),
    )


def _weigh_buckets(
    owners: NDArray[np.int64], codes: NDArray[np.int64], total: int
) -> NDArray[np.uint8]:
    # A bucket is as rare as the commonest of its terms: those that happen to meet do not add up.
    distinct, counts = np.unique(
        np.unique(np.column_stack([codes, owners]), axis=0)[:, 0], return_counts=True
    )
    most = np.zeros(BUCKETS, np.int64)
    np.maximum.at(most, find_buckets(distinct), counts)
    idf = np.log((total + 1) / (most + 1))
    return np.clip(np.round(_STEP * idf), 0, 255).astype(np.uint8)


def find_swaps(rows: Iterable[dict[str, str]]) -> list[tuple[str, str]]:
    """Words that writers put for each other: by hand, and from changed questions."""
    hand = [
        (a, b)
        for group in SYNONYMS.replace("\n", "|").split("|")
        for a in group.split()
        for b in group.split()
        if a < b
    ]
    counts: Counter[tuple[str, str]] = Counter()
    for row in rows:
        if row["label"] == "1":
            one, two = make_side(fold_key(row["a"])), make_side(fold_key(row["b"]))
            left = {w for w in one.words if w not in two.key}
            right = {w for w in two.words if w not in one.key}
            if len(left) <= 4 and len(right) <= 4:
                counts.update((min(a, b), max(a, b)) for a in left for b in right)
    return hand + [pair for pair, count in counts.items() if count >= 3]


# --- pairs -----------------------------------------------------------------------------------------


def make_rows(pool: Sequence[str], seed: int) -> Rows:
    """Edited, unseen and changed titles, each against what an index of the pool offers for it."""
    chooser = random.Random(seed)  # noqa: S311
    titles = list(pool)
    chooser.shuffle(titles)
    known, unseen = titles[:KNOWN], titles[KNOWN : KNOWN + UNSEEN]
    index = TitleIndex.build(known)
    rows = Rows([], [], [], [])
    _add_edited(rows, index, known, chooser)
    _add_unseen(rows, index, known, unseen)
    _add_changed(rows, known, chooser)
    return rows


def _add_edited(rows: Rows, index: TitleIndex, known: list[str], chooser: random.Random) -> None:
    kinds = [*EDITS, "chain2", "chain3", "chain3", "chain3", "synonym"]
    asked = []
    for row in chooser.sample(range(len(known)), EDITED):
        kind = chooser.choice(kinds)
        title = known[row]
        if kind.startswith("chain"):
            edited = chain(title, chooser, int(kind[-1]))
        else:
            edited = EDITS[kind](title, chooser)
        if fold_key(edited) != fold_key(title):
            asked.append((edited, row, kind))
    found = index.find_many([parse_text(edited) for edited, _, _ in asked], 8, least=0.0)
    for (edited, row, kind), hits in zip(asked, found, strict=True):
        _add(rows, (edited, known[row], 1.0, kind))
        for hit in hits[:5]:
            if hit.row != row and _ratio(known[hit.row], known[row]) < COPY:
                _add(rows, (edited, known[hit.row], 0.0, "other"))


def _add_unseen(rows: Rows, index: TitleIndex, known: list[str], unseen: list[str]) -> None:
    found = index.find_many([parse_text(title) for title in unseen], 8, least=0.0)
    for title, hits in zip(unseen, found, strict=True):
        for hit in hits[:5]:
            if _ratio(known[hit.row], title) < COPY:
                _add(rows, (title, known[hit.row], 0.0, "unseen"))


def _add_changed(rows: Rows, known: list[str], chooser: random.Random) -> None:
    words = [w for title in known[:3000] for w in cut(title) if len(w) > 1]
    for row in chooser.sample(range(len(known)), CHANGED):
        changed = change_subject(known[row], chooser, words)
        if changed and fold_key(changed) != fold_key(known[row]):
            _add(rows, (changed, known[row], 0.0, "changed"))


def _add(rows: Rows, row: tuple[str, str, float, str]) -> None:
    for column, value in zip(rows, row, strict=True):
        column.append(value)  # type: ignore[attr-defined]


def _ratio(one: str, two: str) -> float:
    from rapidfuzz import fuzz

    return float(fuzz.ratio(fold_key(one), fold_key(two)))


def measure_rows(
    table: Commonness, ones: Sequence[str], twos: Sequence[str]
) -> NDArray[np.float64]:
    """The features of pairs of raw titles."""
    sides: dict[str, Side] = {}
    for title in (*ones, *twos):
        if title not in sides:
            sides[title] = make_side(fold_key(title))
    left, right = [sides[t] for t in ones], [sides[t] for t in twos]
    parts = [
        measure_pairs(table, left[at : at + 8192], right[at : at + 8192])
        for at in range(0, len(left), 8192)
    ]
    return np.concatenate(parts)


# --- networks --------------------------------------------------------------------------------------


def fit_network(rows: Any, same: Any, hidden: tuple[int, ...], alpha: float) -> PairNetwork:
    """Three networks that begin elsewhere, to be averaged: one alone is a matter of chance."""
    from sklearn.neural_network import MLPClassifier

    members = []
    for seed in range(MEMBERS):
        model = MLPClassifier(
            hidden,
            alpha=alpha,
            batch_size=256 if len(rows) > 20_000 else 64,
            early_stopping=True,
            n_iter_no_change=12,
            max_iter=80,
            random_state=seed,
        )
        model.fit(rows, same)
        members.append(tuple(zip(model.coefs_, model.intercepts_, strict=True)))
    return PairNetwork(tuple(members))


def pack_arrays(arrays: Mapping[str, NDArray[Any]]) -> bytes:
    """The file of the asset; the tables in steps of _COARSE, which costs nothing measurable."""
    kept = dict(arrays)
    for name in ("grams", "words"):
        steps = np.round(kept[name] / _COARSE).clip(0, 255 // _COARSE)
        kept[name] = (steps * _COARSE).astype(np.uint8)
    for name, array in kept.items():
        if array.dtype == np.float16:  # six bits of the fraction are enough
            bits = array.view(np.uint16).astype(np.uint32)
            kept[name] = ((bits + 8) & 0xFFF0).astype(np.uint16).view(np.float16)
    out = io.BytesIO()
    np.savez(out, **kept)  # type: ignore[arg-type]
    return lzma.compress(out.getvalue(), preset=9 | lzma.PRESET_EXTREME)


def half_of(swaps: Iterable[tuple[str, str]], seed: int) -> list[tuple[str, str]]:
    """Every other pair of words: fitted with these, the network learns not to need the others."""
    chooser = random.Random(seed)  # noqa: S311
    return [pair for pair in swaps if chooser.random() < 0.35]


def main(arguments: list[str] | None = None) -> int:
    """Fits and writes the judge. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m copyassist.training.title_judge")
    default = os.environ.get("COPYASSIST_BENCH_DATA")
    parser.add_argument("--data", type=Path, default=default, required=default is None)
    parser.add_argument("--out", type=Path, default=find_asset(*ASSET))
    options = parser.parse_args(arguments)
    pool, retitles = load_pool(options.data), load_retitles(options.data, "train")
    swaps = find_swaps(retitles)
    table, blind = make_table(pool, swaps), make_table(pool, half_of(swaps, 5))
    rows = make_rows(pool, 1)
    measures = measure_rows(blind, rows.ones, rows.twos)
    logs = take_logarithms(measures)
    mean, scale = logs.mean(axis=0), logs.std(axis=0) + 1e-6
    same = fit_network(scale_measures(measures, mean, scale), np.array(rows.same), (48, 24), 1e-3)
    pairs = measure_rows(blind, [r["a"] for r in retitles], [r["b"] for r in retitles])
    labels = np.array([float(r["label"]) for r in retitles])
    told = fit_network(scale_measures(pairs, mean, scale), labels, (32,), 0.3)
    arrays: dict[str, NDArray[Any]] = {
        "grams": table.grams,
        "words": table.words,
        "swaps": table.swaps,
        "mean": mean.astype(np.float32),
        "scale": scale.astype(np.float32),
    }
    arrays |= pack_network(same, "same") | pack_network(told, "told")
    options.out.write_bytes(pack_arrays(arrays))
    sys.stdout.write(f"{options.out}  {options.out.stat().st_size:,} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
