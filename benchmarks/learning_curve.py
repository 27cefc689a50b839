"""What more data would give: figures on unseen accounts and stories by the share learned from.

The recipe is the shipped one, its ridges too: they were chosen with all of the data. Of each
fold's accounts or stories a seeded share teaches; a larger share contains every smaller one of its
draw. Which accounts teach matters as much as how many, so notes are drawn several times, and the
figure is the average of the draws.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.data import find_data, print_table
from copyassist.desk.scoring.ngrams import Floats
from copyassist.training.datasets import Dataset, Lessons
from copyassist.training.fit import Corpus, fit_stages
from copyassist.training.measure import (
    Figure,
    Tallies,
    Tally,
    check_split,
    compare,
    draw_clusters,
    summarise,
    tally_pairs,
)
from copyassist.training.recipe import UPWORTHY, XIAOHONGSHU, Recipe
from copyassist.training.train import parse_corpus

SHOWN = ("all", "clear")


@dataclass(frozen=True, slots=True)
class Plan:
    """The shares of one recipe's clusters that teach, rising to 1, and how often each is drawn."""

    recipe: Recipe
    unit: str
    shares: tuple[float, ...]
    draws: int


PLANS = (
    Plan(XIAOHONGSHU, "accounts", (0.25, 0.5, 0.75, 1.0), draws=4),
    Plan(UPWORTHY, "stories", (0.25, 0.5, 1.0), draws=1),
)


def main() -> None:
    data = find_data()
    for plan in PLANS:
        dataset = plan.recipe.load(data)
        corpus = parse_corpus(plan.recipe, dataset)
        tallies = {share: measure_share(plan, dataset, corpus, share) for share in plan.shares}
        drawn = f", each share drawn {plan.draws} times" if plan.draws > 1 else ""
        print(f"### {plan.recipe.name} ({len(dataset.pairs):,} pairs{drawn})\n")
        print_curve(plan, dataset, tallies)
        print(flush=True)


def measure_share(plan: Plan, dataset: Dataset, corpus: Corpus, share: float) -> Tallies:
    """Pairs right by cluster where a share of the other folds' clusters taught; draws averaged."""
    size = int(dataset.cluster.max()) + 1
    seeds = range(plan.draws if share < 1 else 1)
    found = [
        tally_pairs(predict_from(plan.recipe, dataset, corpus, share, seed), dataset.pairs, size)
        for seed in seeds
    ]
    return {
        name: Tally(np.mean([one[name].top for one in found], axis=0), found[0][name].bottom)
        for name in SHOWN
    }


def predict_from(
    recipe: Recipe, dataset: Dataset, corpus: Corpus, share: float, seed: int
) -> Floats:
    """Each tested title's utility from a share of the lessons that never saw its cluster."""
    unseen = np.full(len(dataset.titles), np.nan)
    for fold in np.unique(dataset.fold[dataset.fold >= 0]):
        tested = np.flatnonzero(dataset.fold == fold)
        lessons = thin_lessons(dataset.lessons.without(int(fold)), share, seed)
        check_split(dataset, tested, lessons)
        unseen[tested] = fit_stages(recipe.stages, corpus, lessons).utility[tested]
    return unseen


def thin_lessons(lessons: Lessons, share: float, seed: int) -> Lessons:
    """The lessons of the first `share` of the clusters in a seeded order."""
    clusters = np.unique(lessons.cluster)
    order = np.random.default_rng(seed).permutation(clusters)
    kept = np.isin(lessons.cluster, order[: round(share * len(order))])
    return Lessons(*(getattr(lessons, name)[kept] for name in Lessons.__slots__))


def print_curve(plan: Plan, dataset: Dataset, tallies: Mapping[float, Tallies]) -> None:
    """One row a share: how many taught in the average fold, the figures, what is missing to all."""
    draws = draw_clusters(int(dataset.cluster.max()) + 1)
    table = []
    for share, tally in tallies.items():
        gaps = compare(tally, tallies[1.0], draws)
        figures = [show(summarise(tally[name], draws)) for name in SHOWN]
        missing = [show(gaps[name], sign="+") if share < 1 else "" for name in SHOWN]
        counts = count_teachers(dataset, share)
        table.append([f"{share:.0%}", *counts, *figures, *missing])
    hard = "clear" if dataset.when is not None else "p < .05"
    names = ["all", hard, "all − whole", f"{hard} − whole"]
    print_table(["share", plan.unit, "titles", *names], table)


def count_teachers(dataset: Dataset, share: float) -> Sequence[str]:
    """Clusters and titles that teach, in the average fold of the first draw."""
    folds = np.unique(dataset.fold[dataset.fold >= 0])
    taught = [thin_lessons(dataset.lessons.without(int(f)), share, 0) for f in folds]
    clusters = [len(np.unique(one.cluster)) for one in taught]
    titles = [len(np.unique(np.concatenate([one.left, one.right]))) for one in taught]
    return [f"{np.mean(clusters):,.0f}", f"{np.mean(titles):,.0f}"]


def show(figure: Figure, *, sign: str = "") -> str:
    """A figure in per cent with its interval."""
    low, high = 100 * figure.low, 100 * figure.high
    return f"{100 * figure.value:{sign}.1f} [{low:{sign}.1f}, {high:{sign}.1f}]"


if __name__ == "__main__":
    main()
