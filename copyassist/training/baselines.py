"""What a model must beat: "longer wins", a headline analyser's rules, and the plain logits."""

import numpy as np

from copyassist.desk.scoring.features.hand import hand_names, measure_hand
from copyassist.desk.scoring.ngrams import Floats
from copyassist.training.datasets import GAP_CAP, Dataset, Lessons
from copyassist.training.fit import Corpus, Stage, ViewSpec, fit_stages
from copyassist.training.measure import check_split


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


def plain_stages(language: str) -> tuple[Stage, ...]:
    """Characters, words, hand features and the surface ones among them, each fitted alone."""
    chars = (1, 3) if language == "zh" else (2, 4)
    l2 = 3e-4 if language == "zh" else 5e-5
    return (
        Stage((ViewSpec("char", "char", *chars),), l2),
        Stage((ViewSpec("word", "word", 1, 2),), l2),
        Stage((ViewSpec("hand", "hand"),), l2),
        Stage((ViewSpec("surface", "surface"),), l2),
    )


def plain_lessons(dataset: Dataset) -> Lessons:
    """The pairs of the main outcome without weights of certainty."""
    if dataset.when is None:
        lessons = dataset.lessons
        ones = np.ones(len(lessons.left))
        return Lessons(lessons.left, lessons.right, lessons.cluster, lessons.fold, ones)
    pairs = dataset.pairs
    counts = np.bincount(pairs.cluster)
    weight = np.minimum(pairs.gap, GAP_CAP) / np.sqrt(counts[pairs.cluster])
    return Lessons.of([(pairs, weight)])


def predict_plain(dataset: Dataset, corpus: Corpus) -> dict[str, Floats]:
    """Each view's unseen utilities by name, and two sums: "baseline" has all hand features,
    "plain baseline" those of the surface alone (lengths, marks, digits; no word classes)."""
    lessons = plain_lessons(dataset)
    stages = plain_stages(corpus.language)
    found: dict[str, Floats] = {stage.views[0].name: np.zeros(corpus.laid.size) for stage in stages}
    for fold in np.unique(dataset.fold[dataset.fold >= 0]):
        tested = np.flatnonzero(dataset.fold == fold)
        learned = lessons.without(int(fold))
        check_split(dataset, tested, learned)
        for stage in stages:
            utility = fit_stages((stage,), corpus, learned).utility
            found[stage.views[0].name][tested] = utility[tested]
    text = found["char"] + found["word"]
    return {
        **found,
        "baseline": text + found["hand"],
        "plain baseline": text + found["surface"],
    }
