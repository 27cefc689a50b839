"""What 10, 20, 50 and 100 own posts add to a prior that never saw the account."""

import numpy as np

from benchmarks.data import print_table
from copyassist.desk.scoring.features.hand import measure_hand
from copyassist.desk.scoring.model import CLIP, HashView
from copyassist.desk.scoring.ngrams import Floats, lay_out
from copyassist.desk.scoring.own import BUCKETS, HAND_SHARE, fit_ridge
from copyassist.training.calibrate import Past
from copyassist.training.datasets import Dataset
from copyassist.training.fit import Corpus
from copyassist.training.measure import Tally, draw_clusters, summarise

COUNTS = (0, 10, 20, 50, 100)
POSTS = 150  # accounts with at least as many; pairs are of posts after the first hundred
FIRST = 100


def print_own_history(dataset: Dataset, corpus: Corpus, unseen: Floats) -> None:
    """Pairs right (all of one account at most 90 days apart) by the number of own posts."""
    past = Past.of(unseen, dataset)
    effect = float(np.cov(past.edge, past.target)[0, 1] / past.edge.var())
    size = int(dataset.cluster.max()) + 1
    tops = {(n, alone): np.zeros(size) for n in COUNTS for alone in (False, True)}
    bottom = np.zeros(size)
    for account in np.unique(dataset.group):
        rows = np.flatnonzero(dataset.group == account)
        if len(rows) < POSTS:
            continue
        pairs = dataset.pairs.pick(
            np.isin(dataset.pairs.left, rows[FIRST:]) & np.isin(dataset.pairs.right, rows[FIRST:])
        )
        features = measure_features(corpus, rows)
        bottom[account] = len(pairs)
        for (n, alone), top in tops.items():
            prior = effect * unseen[rows] * (not alone)
            learn = slice(FIRST - n, FIRST)
            residual = dataset.target[rows][learn] - prior[learn]
            utility = np.zeros(len(unseen))
            utility[rows] = prior + features @ fit_ridge(features[learn], residual)
            margin = utility[pairs.left] - utility[pairs.right]
            top[account] = ((margin > 0) + 0.5 * (margin == 0)).sum()
    draws = draw_clusters(size)
    table = []
    for n in COUNTS:
        cells = []
        for alone in (False, True):
            figure = summarise(Tally(tops[n, alone], bottom), draws)
            cells.append(
                f"{100 * figure.value:.1f} [{100 * figure.low:.1f}, {100 * figure.high:.1f}]"
            )
        gap = Tally(tops[n, False] - tops[0, False], bottom)
        gain = summarise(gap, draws)
        cells.append(f"{100 * gain.value:+.1f} [{100 * gain.low:+.1f}, {100 * gain.high:+.1f}]")
        table.append([str(n), *cells])
    print(f"\nOwn history ({int((bottom > 0).sum())} accounts of {POSTS}+ notes):\n")
    print_table(["own posts", "prior + own", "own alone", "gain"], table)


def measure_features(corpus: Corpus, rows: np.ndarray) -> Floats:
    """The own view's features of one account, standardised by its own posts."""
    titles = [corpus.titles[row] for row in rows]
    laid = lay_out(titles)
    raw = measure_hand(titles, laid, corpus.language)
    scale = np.where(raw.std(axis=0) > 0, raw.std(axis=0), 1.0)
    scaled = np.clip((raw - raw.mean(axis=0)) / scale, -CLIP, CLIP)
    return np.hstack(
        [HashView(np.ones(BUCKETS)).fill(laid), scaled * HAND_SHARE / np.sqrt(raw.shape[1])]
    )
