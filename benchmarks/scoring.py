"""Headline scoring under the honest splits: figures, intervals, and differences from the baseline.

Upworthy pairs are split by story, Xiaohongshu notes by account. The baseline is run again on the
same data and folds; a difference counts where its paired 95 % cluster bootstrap excludes 0.
"""

from collections.abc import Mapping, Sequence
from time import perf_counter

import numpy as np

from benchmarks.data import find_data, measure_best, print_table
from benchmarks.training_cost import print_loading, print_training
from copyassist.desk.context import Context
from copyassist.desk.scoring import load_models, prepare_scorer
from copyassist.desk.scoring.ngrams import Floats
from copyassist.platforms import load_platforms
from copyassist.resources import find_models
from copyassist.text import parse
from copyassist.training.baselines import measure_length, measure_rules, predict_plain
from copyassist.training.datasets import Dataset
from copyassist.training.facts import predict_together
from copyassist.training.fit import Corpus
from copyassist.training.measure import (
    Figure,
    compare,
    draw_clusters,
    measurer_of,
    summarise,
)
from copyassist.training.recipe import RECIPES, Recipe
from copyassist.training.train import (
    measure_errors,
    parse_corpus,
    predict_facts_unseen,
    predict_unseen,
)
from copyassist.types import Draft

PLAIN = "baseline: word, char, surface features"
BASE = "baseline: word, char, our hand features"
BARS = {
    ("en-upworthy", "title"): {"all": 62.2, "clear": 73.7, "strong": 82.0},
    ("zh-xiaohongshu", "title"): {"all": 57.4, "clear": 62.0, "spearman": 21.0, "auc": 61.0},
    ("zh-xiaohongshu", "title and facts"): {
        "all": 60.0,
        "clear": 64.7,
        "spearman": 27.0,
        "auc": 65.0,
    },
}


def main() -> None:
    data = find_data()
    for recipe in RECIPES:
        began = perf_counter()
        dataset = recipe.load(data)
        corpus = parse_corpus(recipe, dataset)
        unseen = predict_unseen(recipe, dataset, corpus)
        print(f"### {recipe.name} ({len(dataset.pairs):,} pairs)\n")
        print_figures(recipe, dataset, corpus, unseen)
        print_errors(dataset, unseen)
        print(f"\n{perf_counter() - began:.0f} s\n")
        if recipe.language == "zh":
            print_speed(dataset.titles[:5_000])
    print_training(data)
    print()
    print_loading()


def print_figures(recipe: Recipe, dataset: Dataset, corpus: Corpus, unseen: Floats) -> None:
    """All models of one data set, with the paired difference from the baseline and the bar."""
    plain = predict_plain(dataset, corpus)
    facts = predict_facts_unseen(dataset) if dataset.facts else None
    rows = {
        "random": np.random.default_rng(2).normal(size=len(unseen)),
        "longer wins": measure_length(corpus),
        "rules of thumb (imitation)": measure_rules(corpus),
        "characters alone": plain["char"],
        "hand features alone": plain["hand"],
        PLAIN: plain["plain baseline"],
        BASE: plain["baseline"],
        "title": unseen,
    }
    if facts is not None:
        rows |= {"facts alone": facts, "title and facts": predict_together(unseen, facts, dataset)}
        # the same facts on the baselines' titles: what the title's views alone are worth there
        for name in (PLAIN, BASE):
            scale = spread(unseen, dataset) / spread(rows[name], dataset)
            rows[f"{name}; and facts"] = predict_together(rows[name] * scale, facts, dataset)
    draws = draw_clusters(int(dataset.cluster.max()) + 1)
    measure = measurer_of(dataset)
    tallies = {name: measure(utility) for name, utility in rows.items()}
    names = list(tallies["title"])
    table = [
        [name, *(show(summarise(tally[key], draws)) for key in names)]
        for name, tally in tallies.items()
    ]
    for name, suffix in (("title", ""), ("title and facts", "; and facts")):
        if name not in tallies:
            continue
        for base in (PLAIN, BASE):
            gap = compare(tallies[name], tallies[base + suffix], draws)
            label = f"{name} − {base}{suffix}"
            table.append([label, *(show(gap[key], sign="+") for key in names)])
        bar = BARS[recipe.name, name]
        table.append([f"bar: {name}", *(str(bar.get(key, "")) for key in names)])
    print_table(["model", *names], table)


def spread(utility: Floats, dataset: Dataset) -> float:
    """The root mean square difference over the pairs."""
    gap = utility[dataset.pairs.left] - utility[dataset.pairs.right]
    return float(np.sqrt((gap**2).mean()))


def show(figure: Figure, *, sign: str = "") -> str:
    """A figure in per cent with its interval."""
    low, high = 100 * figure.low, 100 * figure.high
    return f"{100 * figure.value:{sign}.1f} [{low:{sign}.1f}, {high:{sign}.1f}]"


def print_errors(dataset: Dataset, unseen: Floats) -> None:
    """Calibration and the interval, on folds that did not calibrate."""
    errors: Mapping[str, float] = measure_errors(unseen, dataset)
    print("\n" + "; ".join(f"{name} {value}" for name, value in errors.items()))


def print_speed(titles: Sequence[str]) -> None:
    """Scores with five contributions against jieba cutting the same titles, one thread."""
    import jieba

    platform = load_platforms(None)["xiaohongshu"]
    from datetime import UTC, datetime

    context = Context(platform=platform, now=datetime(2026, 11, 1, tzinfo=UTC))
    scorer = prepare_scorer(load_models(find_models()), context, [])
    drafts = [parse(Draft(title=title)) for title in titles]
    jieba.lcut("预热")
    ours = measure_best(lambda: scorer.score_many(drafts)) / len(titles) * 1e6
    theirs = measure_best(lambda: [jieba.lcut(title) for title in titles]) / len(titles) * 1e6
    print_table(
        ["step", "us a title"],
        [["score with its reasons", f"{ours:.0f}"], ["jieba.lcut", f"{theirs:.0f}"]],
    )


if __name__ == "__main__":
    main()
