"""Shows what a leaking split does: the same model, the same pairs, split by pair or by story.

The figure of the random split is returned for the test that holds the gap, and never reported.
"""

import numpy as np

from copyassist.training.datasets import Dataset, Lessons
from copyassist.training.fit import Corpus, Stage, ViewSpec, fit_stages

LEAK_STAGES = (Stage((ViewSpec("word", "word", 1, 2, least=1),), 1e-6),)


def measure_leak(
    dataset: Dataset, corpus: Corpus, *, pairs: int, seed: int = 1
) -> tuple[float, float]:
    """Share of clear pairs right with pairs split at random, and with stories kept apart.

    `pairs` clear pairs are drawn; four fifths teach, one fifth is tested.
    """
    draw = np.random.default_rng(seed)
    clear = np.flatnonzero(dataset.pairs.clear)
    chosen = dataset.pairs.pick(draw.choice(clear, min(pairs, len(clear)), replace=False))
    by_pair = draw.integers(0, 5, len(chosen)) == 0
    by_story = chosen.fold == chosen.fold.max()
    found = []
    for tested in (by_pair, by_story):
        learn, test = chosen.pick(~tested), chosen.pick(tested)
        lessons = Lessons.of([(learn, np.ones(len(learn)))])
        utility = fit_stages(LEAK_STAGES, corpus, lessons).utility
        found.append(float((utility[test.left] > utility[test.right]).mean()))
    return found[0], found[1]
