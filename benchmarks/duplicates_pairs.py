"""Questions before and after their authors changed them: told from look-alikes, and found again."""

import numpy as np

from benchmarks.data import measure_best, ordinary_titles, print_table, read_rows
from copyassist.desk.duplicates import TitleIndex
from copyassist.desk.duplicates.fold import fold_key
from copyassist.desk.duplicates.judge import load_judge
from copyassist.desk.duplicates.similarity import make_side
from copyassist.text import parse_text

KNOWN = 178_000
HEAVY = 0.5  # pairs that share less of their character pairs were changed heavily
PAIRS = "duplicates/zhihu_retitle_pairs.csv.gz"


def print_pairs() -> None:
    """The dev split; what was fitted was fitted on the train split."""
    rows = [row for row in read_rows(PAIRS) if row["split"] == "dev"]
    truth = np.array([row["label"] == "1" for row in rows])
    judge = load_judge()

    def ask() -> np.ndarray:
        ones = [make_side(fold_key(row["a"])) for row in rows]
        return judge.judge(ones, [make_side(fold_key(row["b"])) for row in rows]).told

    lines = [
        ["copyassist", *_judge(truth, ask(), 0.5), f"{measure_best(ask) / len(rows) * 1e6:.0f}"]
    ]
    for name, scores in _ask_peers([(row["a"], row["b"]) for row in rows]).items():
        best = max(np.unique(scores), key=lambda cut: float(((scores >= cut) == truth).mean()))
        lines.append([f"{name} (best cut)", *_judge(truth, scores, float(best)), ""])
    print(f"zhihu_retitle_pairs, dev: {len(rows):,} pairs, {truth.mean():.2f} the same\n")
    print_table(["who", "accuracy", "F1", "AUC", "µs a pair"], lines)


def _judge(truth: np.ndarray, scores: np.ndarray, cut: float) -> list[str]:
    from sklearn.metrics import f1_score, roc_auc_score

    said = scores >= cut
    figures = ((said == truth).mean(), f1_score(truth, said), roc_auc_score(truth, scores))
    return [f"{figure:.3f}" for figure in figures]


def _ask_peers(pairs: list[tuple[str, str]]) -> dict[str, np.ndarray]:
    from rapidfuzz import fuzz
    from sklearn.feature_extraction.text import TfidfVectorizer

    keys = [(fold_key(one), fold_key(two)) for one, two in pairs]
    cutter = TfidfVectorizer(analyzer="char", ngram_range=(2, 2))
    cutter.fit([key for pair in keys for key in pair])
    left, right = (cutter.transform([pair[side] for pair in keys]) for side in (0, 1))
    return {
        "character-pair TF-IDF": np.asarray(left.multiply(right).sum(axis=1)).ravel(),
        "rapidfuzz ratio": np.array([fuzz.ratio(one, two) for one, two in keys]),
        "rapidfuzz token_set": np.array([fuzz.token_set_ratio(one, two) for one, two in keys]),
    }


def print_retrieval() -> None:
    """Changed questions among 178,000 titles: is the first one found the one before the change?"""
    pairs = [row for row in read_rows(PAIRS) if row["label"] == "1"]
    pairs = [pair for pair in pairs if fold_key(pair["a"]) != fold_key(pair["b"])]
    asked = {fold_key(pair["b"]) for pair in pairs}
    by_key = {fold_key(title): title for title in [*_others(), *(pair["a"] for pair in pairs)]}
    known = [title for key, title in by_key.items() if key not in asked][-KNOWN:]
    places = {fold_key(title): row for row, title in enumerate(known)}
    pairs = [pair for pair in pairs if fold_key(pair["a"]) in places]
    index = TitleIndex.build(known)
    found = index.find_many([parse_text(pair["b"]) for pair in pairs], 10, least=0.0)
    rows = [[hit.row for hit in hits] for hits in found]
    wanted = [places[fold_key(pair["a"])] for pair in pairs]
    firsts = np.array([bool(r) and r[0] == w for r, w in zip(rows, wanted, strict=True)])
    fives = np.array([w in r[:5] for r, w in zip(rows, wanted, strict=True)])
    heavy = np.array([_share(pair["a"], pair["b"]) < HEAVY for pair in pairs])
    dev = np.array([pair["split"] == "dev" for pair in pairs])
    print(f"\nChanged questions among {len(known):,} titles:\n")
    print_table(
        ["questions", "first", "among five", "first, heavily changed"],
        [
            [f"all {len(pairs):,}", f"{firsts.mean():.3f}", f"{fives.mean():.3f}", f"{firsts[heavy].mean():.3f}"],
            [f"dev {dev.sum():,}", f"{firsts[dev].mean():.3f}", f"{fives[dev].mean():.3f}", f"{firsts[dev & heavy].mean():.3f}"],
        ],
    )  # fmt: skip


def _others() -> list[str]:
    names = (
        "trends/weibo_hourly_heat",
        "trends/kuaishou_hourly_rank",
        "trends/weibo_topics_described",
    )
    rows = [row["title"] for name in names for row in read_rows(f"{name}.csv.gz")]
    rows += [row["title"] for row in read_rows("trends/zhihu_hourly_heat_2024.csv.gz")]
    return [*dict.fromkeys(rows), *ordinary_titles()]


def _share(one: str, two: str) -> float:
    sets = [{key[i : i + 2] for i in range(len(key) - 1)} for key in map(fold_key, (one, two))]
    return len(sets[0] & sets[1]) / max(len(sets[0] | sets[1]), 1)
