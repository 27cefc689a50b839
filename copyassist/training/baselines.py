"""What a model must beat: "longer wins", a headline analyser's rules, and the plain logits."""

import numpy as np
from scipy import sparse

from copyassist.scoring.features.hand import HAND, hand_names, measure_hand
from copyassist.scoring.ngrams import Floats
from copyassist.training.datasets import Dataset, Lessons
from copyassist.training.fit import Corpus, Stage, ViewSpec, build_design, fit_pairs
from copyassist.training.measure import check_split

LEAST_SPREAD = 1e-9


def measure_length(corpus: Corpus) -> Floats:
    """Characters: the longer title wins."""
    return np.array([float(len(title.norm)) for title in corpus.titles])


def measure_rules(corpus: Corpus) -> Floats:
    """An imitation of the usual headline analysers: one point for each thing they ask for.

    A number, a good length, emotion, "you", how or why, a question, an exclamation mark.
    """
    values = measure_hand(corpus.titles, corpus.laid, corpus.language)
    column = {name: values[:, at] for at, name in enumerate(hand_names(corpus.language))}
    length = measure_length(corpus)
    low, high = (45, 70) if corpus.language == "en" else (12, 20)
    asked = ("numbers", "positive", "negative", "second_person", "how_to", "question_mark")
    points: Floats = sum((np.minimum(column[name], 1) for name in asked), np.zeros(len(length)))
    return points + ((length >= low) & (length <= high)) + np.minimum(column["superlative"], 1)


# Characters, words and surface features, each fitted alone to the pairs, then summed.
def plain_stages(language: str) -> tuple[Stage, ...]:
    """The views of the baseline, one a stage."""
    chars = (1, 3) if language == "zh" else (2, 4)
    l2 = 3e-4 if language == "zh" else 5e-5
    return (
        Stage((ViewSpec("char", "char", *chars),), l2),
        Stage((ViewSpec("word", "word", 1, 2),), l2),
        Stage((ViewSpec("hand", "hand"),), l2),
    )


def plain_lessons(dataset: Dataset) -> Lessons:
    """The pairs of the main outcome without weights of certainty."""
    if dataset.when is None:
        lessons = dataset.lessons
        ones = np.ones(len(lessons.left))
        return Lessons(lessons.left, lessons.right, lessons.cluster, lessons.fold, ones)
    pairs = dataset.pairs
    counts = np.bincount(pairs.cluster)
    weight = np.minimum(pairs.gap, 3.0) / np.sqrt(counts[pairs.cluster])
    return Lessons.of([(pairs, weight)])


def predict_plain(dataset: Dataset, corpus: Corpus) -> dict[str, Floats]:
    """Each view's unseen utilities by name, and their sum as "baseline"."""
    lessons = plain_lessons(dataset)
    found: dict[str, Floats] = {
        stage.views[0].name: np.zeros(corpus.laid.size) for stage in plain_stages("zh")
    }
    for fold in np.unique(dataset.fold[dataset.fold >= 0]):
        tested = np.flatnonzero(dataset.fold == fold)
        learned = lessons.without(int(fold))
        check_split(dataset, tested, learned)
        for stage in plain_stages(corpus.language):
            utility = _fit_plain(stage, corpus, learned)
            found[stage.views[0].name][tested] = utility[tested]
    found["baseline"] = np.sum(list(found.values()), axis=0)
    return found


def _fit_plain(stage: Stage, corpus: Corpus, lessons: Lessons) -> Floats:
    learn = np.zeros(corpus.laid.size, dtype=bool)
    learn[lessons.left] = learn[lessons.right] = True
    matrix = build_design(stage.views[0], corpus, learn).matrix
    if stage.views[0].kind == "hand":
        matrix = sparse.csr_matrix(matrix[:, : len(HAND)])  # surface features alone
    utility: Floats = matrix @ fit_pairs(matrix, lessons, stage.l2)
    gap = utility[lessons.left] - utility[lessons.right]
    return utility / max(float(np.sqrt((gap**2).mean())), LEAST_SPREAD)
