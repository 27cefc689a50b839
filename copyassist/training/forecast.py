"""`python -m copyassist.training.forecast --data DATA --out models`: makes models/forecast-*.

A list's history is replayed look by look through `topics.history`, as the program itself would see
it. Boosted trees are judged on the last tenth of the hours, which they never saw; what ships is
fitted on all hours, for what titles did last says most of what they will do next.
"""

import argparse
import math
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from copyassist.news.topics.describe import FEATURES
from copyassist.news.topics.forecast import ALL_FEATURES, TARGETS, Target, add_categories
from copyassist.news.topics.forest import LEAF, Forest, pack_forest, unpack_forest
from copyassist.news.topics.memory import pack_memory
from copyassist.news.topics.recalibrate import RECENT_DAYS, fit_recent
from copyassist.training.folders import hash_file, write_folder
from copyassist.training.lists import ARCHIVES
from copyassist.training.replay import Floats, Mask, Replay, find_truth, load_replay

SMOOTH = 50  # rows of the average category that every category's rate starts from
LEAST_ROWS = 30
MANY_ROWS = 500_000
MASKED = 0.1  # of the training rows lose their category, as some ways to the list have none
SAMPLES = 200
BINS = 15
COMMON = {"l2_regularization": 20.0, "min_samples_leaf": 200, "max_features": 0.3}
LISTED = {**COMMON, "max_iter": 240, "learning_rate": 0.07, "max_leaf_nodes": 63}
REACHES = {**COMMON, "max_iter": 250, "learning_rate": 0.04, "max_leaf_nodes": 15}
SMALL = {
    "l2_regularization": 20.0,
    "min_samples_leaf": 100,
    "max_features": 0.3,
    "max_iter": 200,
    "learning_rate": 0.06,
    "max_leaf_nodes": 31,
}
SETTINGS: Mapping[Target, Mapping[str, Any]] = {
    "listed_3": LISTED,
    "listed_6": LISTED,
    "top10_first": REACHES,
    "top10_later": REACHES,
}


ASKED: Mapping[str, tuple[Target, ...]] = {
    "weibo": TARGETS,
    "zhihu": ("listed_3", "listed_6"),
    "kuaishou": ("listed_3", "listed_6"),
    "douyin": ("listed_3", "listed_6"),
}
REMEMBERED = ("weibo",)  # elsewhere the user's own fortnight is remembered, and nothing before it
ATTRIBUTION = {
    "weibo": "lxw15337674/weibo-trending-hot-history",
    "zhihu": "lonnyzhang423/zhihu-hot-hub",
    "kuaishou": "cxyfreedom/website-hot-hub",
    "douyin": "cxyfreedom/website-hot-hub",
}


class Fitted(NamedTuple):
    """One question answered: the trees, calibration, category rates and the judged figures."""

    forest: Forest
    slope: float
    bias: float
    categories: dict[str, float]
    metrics: dict[str, Any]


def fit_target(replay: Replay, target: Target) -> Fitted:
    """Judge on the last tenth of the hours trees that never saw them, then fit on all of them.

    The calibration of what ships is that of the judged hours, the newest there are.
    """
    truth, asked = find_truth(replay, target)
    early, judged = asked & (replay.hour < replay.cut - 6), asked & (replay.hour >= replay.cut)
    rehearsal, rates = _fit_trees(replay, truth, early, target)
    scores = rehearsal.score(_rows(replay, judged, rates))
    slope, bias = _calibrate(scores, truth[judged])
    metrics = judge(truth[judged], 1 / (1 + np.exp(-scores)), replay.hour[judged])
    followed, known = follow_calibration(scores, truth[judged], replay.hour[judged])
    error = measure_calibration_error(truth[judged][known], followed[known])
    metrics["calibration_error_followed"] = round(error, 4)
    forest, rates = _fit_trees(replay, truth, asked, target)
    return Fitted(forest, slope, bias, rates, {**metrics, "trained_on": int(asked.sum())})


def follow_calibration(
    scores: Floats, truth: Floats, hours: NDArray[np.int64]
) -> tuple[Floats, Mask]:
    """Chances as the program gives them: each day recalibrated on the fourteen before it.

    The first days, which have no such past here, are left out of the mask.
    """
    chances, known = np.zeros(len(scores)), np.zeros(len(scores), dtype=bool)
    for day in np.unique(hours // 24).tolist():
        past = (hours < 24 * day - 6) & (hours >= 24 * (day - RECENT_DAYS))
        here = hours // 24 == day
        fitted = fit_recent(scores[past], truth[past])
        if fitted is not None:
            chances[here] = 1 / (1 + np.exp(-(fitted.slope * scores[here] + fitted.bias)))
            known |= here
    return chances, known


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
    model = HistGradientBoostingClassifier(**_find_settings(replay, target), random_state=0)
    model.fit(rows[:, known], truth[train])
    return export_forest(model, known), rates


def _find_settings(replay: Replay, target: Target) -> Mapping[str, Any]:
    """The list with nineteen months behind it bears larger trees than those with one or six."""
    return SETTINGS[target] if len(replay.hour) > MANY_ROWS else SMALL


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
    data: Path, source: str = "weibo", cache: Path | None = None
) -> tuple[dict[str, Any], dict[str, Any], list[dict[str, Any]]]:
    """The manifest, arrays and golden cases of one list's forecast."""
    replay = load_replay(data, cache, source)
    fitted: dict[Target, Fitted] = {}
    for name in ASKED[source]:
        fitted[name] = fit_target(replay, name)
        sys.stdout.write(f"{name}  {fitted[name].metrics}\n")
        sys.stdout.flush()
    return assemble(data, source, replay, fitted)


def assemble(
    data: Path, source: str, replay: Replay, fitted: Mapping[Target, Fitted]
) -> tuple[dict[str, Any], dict[str, Any], list[dict[str, Any]]]:
    """A model folder's content, with the answers that its packed trees give."""
    arrays: dict[str, Any] = pack_memory(replay.latest) if source in REMEMBERED else {}
    for name, one in fitted.items():
        arrays |= pack_forest(one.forest, name)
    packed = {n: f._replace(forest=unpack_forest(arrays, n)) for n, f in fitted.items()}
    return _describe(data, source, replay, fitted), arrays, make_golden(packed)


def _describe(
    data: Path, source: str, replay: Replay, fitted: Mapping[Target, Fitted]
) -> dict[str, Any]:
    last = int(replay.hour.max())
    return {
        "name": f"forecast-{source}",
        "kind": "forecast",
        "sources": [source],
        "features": list(ALL_FEATURES),
        "cut_hour": replay.cut,
        "cut": str(np.datetime64(replay.cut, "h")) + " UTC",
        "until_hour": last,
        "until": str(np.datetime64(last, "h")) + " UTC",
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
            "sha256": {ARCHIVES[source]: hash_file(data / ARCHIVES[source])},
        },
        "licence": "MIT",
        "licence_of_data": "MIT",
        "attribution": [ATTRIBUTION[source]],
    }


def main(arguments: list[str] | None = None) -> int:
    """Trains and writes the model. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m copyassist.training.forecast")
    default = os.environ.get("COPYASSIST_BENCH_DATA")
    parser.add_argument("--data", type=Path, default=default, required=default is None)
    parser.add_argument("--out", type=Path, default=Path("models"))
    parser.add_argument("--cache", type=Path, help="keeps the described history here")
    parser.add_argument("--source", choices=list(ARCHIVES), action="append")
    options = parser.parse_args(arguments)
    for source in options.source or ARCHIVES:
        manifest, arrays, golden = train_forecast(options.data, source, options.cache)
        write_folder(options.out / manifest["name"], manifest, arrays, golden)
    return 0


if __name__ == "__main__":
    sys.exit(main())
