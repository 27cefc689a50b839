"""`python -m copyassist.training.forecast --data DATA --out models`: makes models/forecast-weibo.

The Weibo history is replayed look by look through `topics.history`, as the program itself would
see it; boosted trees are fitted on the first 80 % of the hours, calibrated on the last 15 % of
those, and judged on the last 20 %. The memory that ships is that of the cut, so that a replay of
the judged hours learns nothing before its time.
"""

import argparse
import math
import os
import sys
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from copyassist.news.topics.describe import FEATURES, describe_last
from copyassist.news.topics.forecast import (
    ALL_FEATURES,
    MODEL,
    TARGETS,
    TOP,
    Target,
    add_categories,
)
from copyassist.news.topics.forest import LEAF, Forest, pack_forest
from copyassist.news.topics.history import ListHistory
from copyassist.news.topics.looks import ListLook, ListRow
from copyassist.news.topics.memory import TitleMemory, pack_memory
from copyassist.reading.zones import CHINA_HOURS
from copyassist.training.archives import WEIBO, load_rows
from copyassist.training.folders import hash_file, write_folder

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

JUDGED = 0.2  # the last hours, never trained on
HELD = 0.15  # of the training hours, for the calibration
FLAGS = {"1.0": "新", "2.0": "热", "4.0": "爆", "16.0": "沸"}
SMOOTH = 50  # rows of the average category that every category's rate starts from
LEAST_ROWS = 30
THINNED = 2
MASKED = 0.1  # of the training rows lose their category, as some ways to the list have none
SAMPLES = 200
BINS = 15
COMMON = {"l2_regularization": 20.0, "min_samples_leaf": 200, "max_features": 0.3}
LISTED = {**COMMON, "max_iter": 240, "learning_rate": 0.07, "max_leaf_nodes": 63}
REACHES = {**COMMON, "max_iter": 250, "learning_rate": 0.04, "max_leaf_nodes": 15}
SETTINGS: Mapping[Target, Mapping[str, Any]] = {
    "listed_3": LISTED,
    "listed_6": LISTED,
    "top10_first": REACHES,
    "top10_later": REACHES,
}


class Replay(NamedTuple):
    """Every row of the history, described as of its own moment. One entry a row throughout.

    `hour` is the clock hour since the epoch, `rank` NaN on pinned rows and adverts, `first` whether
    the row began a run. `cut` is the first judged hour, `memory` what was remembered at it.
    """

    measured: NDArray[np.float32]
    hour: NDArray[np.int64]
    rank: Floats
    first: Mask
    title: list[str]
    category: list[str]
    cut: int
    memory: TitleMemory


def load_looks(data: Path) -> Iterator[ListLook]:
    """The looks of the Weibo history, oldest first."""
    rows = sorted(load_rows(data / WEIBO), key=lambda row: (row["date"], int(row["hour"])))
    for _, group in groupby(rows, key=lambda row: (row["date"], row["hour"])):
        yield _make_look(list(group))


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


def replay_history(
    looks: list[ListLook], *, memory: TitleMemory | None = None, cut: int | None = None
) -> Replay:
    """Describe every look as of its own moment.

    `memory` is what was learnt before the first look; `cut` the first judged hour, the last fifth
    of the hours by default.
    """
    if cut is None:
        hours = sorted({int(look.hours) for look in looks})
        cut = hours[int(len(hours) * (1 - JUDGED))]
    history = ListHistory(memory)
    measured: list[NDArray[np.float32]] = []
    kept: TitleMemory | None = None
    for look in looks:
        if kept is None and measured and look.hours >= cut:
            kept = history.memory.copy()
            kept.fade_to(float(cut))
        history.absorb(look)
        measured.append(describe_last(history))
    rows = [(look, row) for look in looks for row in look.rows]
    table = np.concatenate(measured)
    return Replay(
        measured=table,
        hour=np.array([int(look.hours) for look, _ in rows]),
        rank=np.array([math.nan if row.rank is None else row.rank for _, row in rows]),
        first=table[:, FEATURES.index("observations")] == 1,
        title=[row.title for _, row in rows],
        category=[row.category for _, row in rows],
        cut=cut,
        memory=kept or history.memory.copy(),
    )


def find_truth(replay: Replay, target: Target) -> tuple[Floats, Mask]:
    """What came true (0 or 1), and which rows the question is asked of.

    Listed: in the look at exactly that clock hour; hours without a look are left out, pinned rows
    and adverts too. Top ten: at rank 10 or better in any look of the six hours after.
    """
    ordinary = ~np.isnan(replay.rank)
    if target.startswith("listed"):
        ahead = int(target.removeprefix("listed_"))
        seen = set(zip(replay.title, replay.hour.tolist(), strict=True))
        later = (replay.hour + ahead).tolist()
        truth = [key in seen for key in zip(replay.title, later, strict=True)]
        asked = ordinary & np.isin(replay.hour + ahead, replay.hour)
        return np.array(truth, dtype=np.float64), asked
    truth = _find_reached(replay, hours=6)
    first = replay.first if target == "top10_first" else ~replay.first
    return np.array(truth, dtype=np.float64), ordinary & (replay.rank > TOP) & first


def _find_reached(replay: Replay, hours: int) -> list[bool]:
    tops: dict[str, list[int]] = {}
    for place in np.flatnonzero(replay.rank <= TOP).tolist():
        tops.setdefault(replay.title[place], []).append(int(replay.hour[place]))
    return [
        any(hour < top <= hour + hours for top in tops.get(title, ()))
        for title, hour in zip(replay.title, replay.hour.tolist(), strict=True)
    ]


class Fitted(NamedTuple):
    """One question answered: the trees, calibration, category rates and the judged figures."""

    forest: Forest
    slope: float
    bias: float
    categories: dict[str, float]
    metrics: dict[str, Any]


def fit_target(replay: Replay, target: Target) -> Fitted:
    """Fit on the first 80 % of the hours, judge on the rest."""
    truth, asked = find_truth(replay, target)
    train = asked & (replay.hour < replay.cut - 6)
    judged = asked & (replay.hour >= replay.cut)
    held_from = np.quantile(np.unique(replay.hour[train]), 1 - HELD)
    early, late = train & (replay.hour < held_from - 6), train & (replay.hour >= held_from)
    early &= np.arange(len(early)) % THINNED == 0  # enough to learn how far the months drift
    rehearsal, rates = _fit_trees(replay, truth, early, target)
    slope, bias = _calibrate(rehearsal.score(_rows(replay, late, rates)), truth[late])
    forest, rates = _fit_trees(replay, truth, train, target)
    scores = slope * forest.score(_rows(replay, judged, rates)) + bias
    metrics = judge(truth[judged], 1 / (1 + np.exp(-scores)), replay.hour[judged])
    return Fitted(forest, slope, bias, rates, {**metrics, "trained_on": int(train.sum())})


def _rows(replay: Replay, chosen: Mask, rates: Mapping[str, float]) -> NDArray[np.float32]:
    categories = [replay.category[i] for i in np.flatnonzero(chosen)]
    return add_categories(replay.measured[chosen], categories, rates)


def _fit_trees(
    replay: Replay, truth: Floats, train: Mask, target: Target
) -> tuple[Forest, dict[str, float]]:
    from sklearn.ensemble import HistGradientBoostingClassifier

    rates = measure_rates([replay.category[i] for i in np.flatnonzero(train)], truth[train])
    rows = _rows(replay, train, rates)
    rng = np.random.default_rng(0)
    rows[rng.random(len(rows)) < MASKED, len(FEATURES) :] = np.nan
    known = _find_varied(rows)
    model = HistGradientBoostingClassifier(**SETTINGS[target], random_state=0)
    model.fit(rows[:, known], truth[train])
    return export_forest(model, known), rates


def _find_varied(rows: NDArray[np.float32]) -> NDArray[np.int64]:
    """The features that take two values or more: the binning of the others fails."""
    low = np.fmin.reduce(rows, axis=0)
    return np.flatnonzero(low < np.fmax.reduce(rows, axis=0))


def export_forest(model: Any, columns: NDArray[np.int64]) -> Forest:
    """Flat arrays of a fitted HistGradientBoosting model over `columns` of the features."""
    trees = [step[0].nodes for step in model._predictors]
    sizes = np.array([len(nodes) for nodes in trees])
    roots = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    nodes = np.concatenate(trees)
    offset = np.repeat(roots, sizes)
    leaf = nodes["is_leaf"].astype(bool)
    return Forest(
        feature=np.where(leaf, LEAF, columns[nodes["feature_idx"]]).astype(np.int16),
        threshold=np.where(leaf, 0.0, nodes["num_threshold"]),
        left=np.where(leaf, 0, nodes["left"] + offset).astype(np.int32),
        right=np.where(leaf, 0, nodes["right"] + offset).astype(np.int32),
        missing_left=nodes["missing_go_to_left"].astype(bool),
        value=np.where(leaf, nodes["value"], 0.0),
        roots=roots.astype(np.int32),
        base=float(np.ravel(model._baseline_prediction)[0]),
    )


def measure_rates(categories: list[str], truth: Floats) -> dict[str, float]:
    """How often rows of a category, and of its first part ("部分-"), said yes; rare ones left out."""
    sums: dict[str, list[float]] = {}
    for category, value in zip(categories, truth.tolist(), strict=True):
        for name in (category, category.partition("-")[0] + "-"):
            tally = sums.setdefault(name, [0.0, 0.0])
            tally[0] += value
            tally[1] += 1
    base = float(truth.mean())
    return {
        name: round((yes + SMOOTH * base) / (rows + SMOOTH), 5)
        for name, (yes, rows) in sums.items()
        if rows >= LEAST_ROWS and name not in ("", "-")
    }


def _calibrate(scores: Floats, truth: Floats) -> tuple[float, float]:
    from copyassist.training.calibrate import fit_logistic

    slope, bias = fit_logistic(np.column_stack([scores, np.ones(len(scores))]), truth)
    return slope, bias


def judge(truth: Floats, chances: Floats, hours: NDArray[np.int64]) -> dict[str, Any]:
    """AUC with a 95 % interval over days, calibration error, and the precision of the top 5 %."""
    best = np.argsort(-chances)[: max(1, len(chances) // 20)]
    low, high = _bootstrap(truth, chances, hours // 24)
    return {
        "auc": {"value": round(measure_auc(truth, chances), 4), "low": low, "high": high},
        "calibration_error": round(measure_calibration_error(truth, chances), 4),
        "rows": len(truth),
        "base_rate": round(float(truth.mean()), 4),
        "precision_of_top_5_percent": round(float(truth[best].mean()), 4),
    }


def measure_auc(truth: Floats, scores: Floats) -> float:
    """The share 0..1 of (yes, no) pairs in the right order; a tie is half right."""
    values, place = np.unique(scores, return_inverse=True)
    yes = np.bincount(place, truth, minlength=len(values))
    no = np.bincount(place, 1 - truth, minlength=len(values))
    below = np.cumsum(no) - no
    return float((yes * (below + no / 2)).sum() / max(yes.sum() * no.sum(), 1e-9))


def measure_calibration_error(truth: Floats, chances: Floats) -> float:
    """The mean gap 0..1 between said and true over 15 bins of equally many rows."""
    gaps = [
        abs(float(truth[part].sum() - chances[part].sum()))
        for part in np.array_split(np.argsort(chances), BINS)
    ]
    return sum(gaps) / max(1, len(truth))


def _bootstrap(truth: Floats, chances: Floats, days: NDArray[np.int64]) -> tuple[float, float]:
    rng = np.random.default_rng(0)
    unique, place = np.unique(days, return_inverse=True)
    order = np.argsort(place, kind="stable")
    parts = np.split(order, np.cumsum(np.bincount(place))[:-1])
    found = []
    for _ in range(SAMPLES):
        drawn = np.concatenate([parts[i] for i in rng.integers(0, len(unique), len(unique))])
        found.append(measure_auc(truth[drawn], chances[drawn]))
    low, high = np.quantile(found, [0.025, 0.975])
    return round(float(low), 4), round(float(high), 4)


def make_golden(fitted: Mapping[Target, Fitted]) -> list[dict[str, Any]]:
    """Rows drawn at random with the scores that any reader of the trees must give."""
    rng = np.random.default_rng(7)
    rows = rng.normal(0, 4, (6, len(ALL_FEATURES))).astype(np.float32)
    rows[rng.random(rows.shape) < 0.2] = np.nan
    shown = [[None if math.isnan(v) else round(float(v), 3) for v in row] for row in rows]
    again = np.array([[math.nan if v is None else v for v in row] for row in shown])
    scores = {name: one.forest.score(again.astype(np.float32)) for name, one in fitted.items()}
    return [
        {"row": row, "scores": {name: round(float(s[i]), 9) for name, s in scores.items()}}
        for i, row in enumerate(shown)
    ]


def train_forecast(
    data: Path, cache: Path | None = None
) -> tuple[dict[str, Any], dict[str, Any], list[dict[str, Any]]]:
    """The manifest, arrays and golden cases of the Weibo forecast."""
    replay = load_replay(data, cache)
    fitted: dict[Target, Fitted] = {}
    for name in TARGETS:
        fitted[name] = fit_target(replay, name)
        sys.stdout.write(f"{name}  {fitted[name].metrics}\n")
        sys.stdout.flush()
    arrays: dict[str, Any] = pack_memory(replay.memory)
    for name, one in fitted.items():
        arrays |= pack_forest(one.forest, name)
    return _describe(data, replay, fitted), arrays, make_golden(fitted)


def load_replay(data: Path, cache: Path | None = None) -> Replay:
    """The described history; kept in and read from the folder `cache` where one is given."""
    import pickle  # a cache of one's own making, never a model or an input

    path = cache / "replay.pickle" if cache is not None else None
    if path is not None and path.is_file():
        with path.open("rb") as file:
            return Replay(*pickle.load(file))  # noqa: S301
    replay = replay_history(list(load_looks(data)))
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            pickle.dump(tuple(replay), file)
    return replay


def _describe(data: Path, replay: Replay, fitted: Mapping[Target, Fitted]) -> dict[str, Any]:
    return {
        "name": MODEL,
        "kind": "forecast",
        "sources": ["weibo"],
        "features": list(ALL_FEATURES),
        "cut_hour": replay.cut,
        "cut": str(np.datetime64(replay.cut, "h")) + " UTC",
        "targets": {
            name: {
                "calibration": {"slope": one.slope, "bias": one.bias},
                "categories": one.categories,
                "metrics": one.metrics,
            }
            for name, one in fitted.items()
        },
        "trained_on": {
            "looks": len(np.unique(replay.hour)),
            "sha256": {WEIBO: hash_file(data / WEIBO)},
        },
        "licence": "MIT",
        "licence_of_data": "MIT",
        "attribution": ["lxw15337674/weibo-trending-hot-history"],
    }


def main(arguments: list[str] | None = None) -> int:
    """Trains and writes the model. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m copyassist.training.forecast")
    default = os.environ.get("COPYASSIST_BENCH_DATA")
    parser.add_argument("--data", type=Path, default=default, required=default is None)
    parser.add_argument("--out", type=Path, default=Path("models"))
    parser.add_argument("--cache", type=Path, help="keeps the described history here")
    options = parser.parse_args(arguments)
    manifest, arrays, golden = train_forecast(options.data, options.cache)
    write_folder(options.out / MODEL, manifest, arrays, golden)
    return 0


if __name__ == "__main__":
    sys.exit(main())
