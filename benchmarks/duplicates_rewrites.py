"""Texts that people rewrote by hand, and others that only look like them: the blind set."""

from collections.abc import Mapping, Sequence

import numpy as np

from benchmarks.data import print_table
from benchmarks.duplicates_edits import load_blind
from copyassist.desk.duplicates.fold import fold_key
from copyassist.desk.duplicates.judge import load_judge
from copyassist.desk.duplicates.similarity import make_side
from copyassist.desk.passages import Earlier, measure_share

LONG = 80  # letters: shorter ones are judged as titles are
COPIED = 0.15  # so much of a text in passages of the other, and it is the other rewritten


def print_rewrites() -> None:
    blind = load_blind()
    if blind is None or not blind.rewrites:
        print("skipped: no blind rewrites in benchmarks/blind/duplicates_1")
        return
    rows = blind.rewrites
    truth = np.array([bool(row["same"]) for row in rows])
    lines = [["copyassist", *_judge(truth, np.array([is_same(row) for row in rows]))]]
    for name, scores in _ask_peers(rows).items():
        cut = max(np.unique(scores), key=lambda at: float(((scores >= at) == truth).mean()))
        lines.append([f"{name} (best cut)", *_judge(truth, scores >= cut)])
    print_table(["who", "accuracy", "found", "false alarms"], lines)
    kinds = dict.fromkeys(str(row.get("kind", "")) for row in rows)
    said = np.array([is_same(row) for row in rows])
    for kind in kinds:
        here = np.array([str(row.get("kind", "")) == kind for row in rows])
        print(f"{kind}: {(said == truth)[here].mean():.3f} of {here.sum()} right")


def is_same(row: Mapping[str, object]) -> bool:
    """Whether one text is the other rewritten, by passages; short ones as titles."""
    one, two = str(row["original"]), str(row["rewrite"])
    if min(len(one), len(two)) < LONG:
        verdict = load_judge().judge([make_side(fold_key(two))], [make_side(fold_key(one))])
        return bool(max(verdict.same[0], verdict.told[0]) >= 0.5)
    share = min(
        measure_share(two, [Earlier(0, one)]).share, measure_share(one, [Earlier(0, two)]).share
    )
    return 1 - share >= COPIED


def _judge(truth: np.ndarray, said: np.ndarray) -> list[str]:
    figures = ((said == truth).mean(), said[truth].mean(), said[~truth].mean())
    return [f"{figure:.3f}" for figure in figures]


def _ask_peers(rows: Sequence[Mapping[str, object]]) -> dict[str, np.ndarray]:
    from rapidfuzz import fuzz

    pairs = [(fold_key(str(row["original"])), fold_key(str(row["rewrite"]))) for row in rows]
    return {
        "rapidfuzz token_set": np.array([fuzz.token_set_ratio(one, two) for one, two in pairs]),
        "rapidfuzz ratio": np.array([fuzz.ratio(one, two) for one, two in pairs]),
        "character-triple Jaccard": np.array([_jaccard(one, two) for one, two in pairs]),
    }


def _jaccard(one: str, two: str) -> float:
    sets = [{key[i : i + 3] for i in range(len(key) - 2)} for key in (one, two)]
    return len(sets[0] & sets[1]) / max(len(sets[0] | sets[1]), 1)
