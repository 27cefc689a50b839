"""Fits the ranker of keywords: priors of words, then a small network over the features.

Priors of a text are counted without that text while the network learns, or it would learn to trust
them too much.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from copyassist.keywords.boundaries import Floats
from copyassist.keywords.features import measure_candidates
from copyassist.keywords.hashing import HashTable, Ints
from copyassist.keywords.ranker import CLIP, PRIOR_STEP, Ranker, RankerNetwork, collect
from copyassist.training.keyword_examples import Example, fold

HIDDEN, EPOCHS, BATCH = 24, 10, 1024
RATE, DECAY, DROPPED = 3e-3, 1e-3, 0.15
_PRIOR_WEIGHT = 8.0  # candidates of the mean chance that each word begins with
_LEAST_PRIOR = 12  # candidates with a word, for it to be worth a row
_LEAST_ODDS = 0.5
NO_PRIORS = HashTable.build([], np.zeros((0, 4), np.float32))
_COLUMNS = ("starts", "ends", "holds", "is")


@dataclass(slots=True)
class Read:
    """An example with its candidates: which are right, and the pieces each begins with, ends with
    and holds."""

    example: Example
    features: Floats
    right: Ints
    texts: list[str]
    pieces: list[list[str]]


def read_example(example: Example, ranker: Ranker) -> Read:
    """The candidates of an example, with features that rest on no priors."""
    blank = replace(ranker, tables=replace(ranker.tables, priors=NO_PRIORS))
    batch = blank.read([(example.title, example.body)])
    texts = [fold(batch.spell(at)) for at in range(len(batch.counts))]
    right = np.array([text in example.keywords for text in texts], np.int64)
    pieces = [
        batch.text[start:end]
        for start, end in zip(batch.starts.tolist(), batch.ends.tolist(), strict=True)
    ]
    held = [
        pieces[first : first + width + 1]
        for first, width in zip(batch.place.tolist(), batch.width.tolist(), strict=True)
    ]
    columns = measure_candidates(batch, blank.tables) if texts else None
    features = collect(columns) if columns else np.zeros((0, 0), np.float32)
    return Read(example, features, right, texts, held)


class PriorCounts:
    """How many candidates begin with, end with, hold and are each word, and how many are keywords."""

    def __init__(self, reads: Sequence[Read]) -> None:
        self.all: tuple[Counter[str], ...] = _count_nothing()
        self.right: tuple[Counter[str], ...] = _count_nothing()
        for read in reads:
            _add(self.all, self.right, read)
        total = sum(len(read.right) for read in reads)
        self.base = sum(int(read.right.sum()) for read in reads) / max(total, 1)

    def odds(self, word: str, column: int, own: Any = None) -> float:
        """Log odds against the mean, those of a text's `own` counts left out."""
        seen, right = self.all[column][word], self.right[column][word]
        if own is not None:
            seen, right = seen - own[0][column][word], right - own[1][column][word]
        share = (right + self.base * _PRIOR_WEIGHT) / (seen + _PRIOR_WEIGHT)
        return float(np.log(share / self.base))

    def rows(self, read: Read, *, without: bool) -> Floats:
        """The prior features of each candidate of a text."""
        own: Any = None
        if without:
            own = (_count_nothing(), _count_nothing())
            _add(own[0], own[1], read)
        return np.array(
            [
                (
                    self.odds(held[0], 0, own),
                    self.odds(held[-1], 1, own),
                    sum(self.odds(word, 2, own) for word in held) / len(held),
                    self.odds(text, 3, own),
                )
                for held, text in zip(read.pieces, read.texts, strict=True)
            ],
            np.float32,
        ).reshape(len(read.pieces), len(_COLUMNS))

    def pack(self) -> tuple[list[str], Any]:
        """The words whose odds say something, and their odds in steps of a byte, row 0 for the rest."""
        counted = self.all[2] | self.all[3]
        words = [word for word, seen in counted.items() if seen >= _LEAST_PRIOR]
        odds = {word: [self.odds(word, at) for at in range(len(_COLUMNS))] for word in words}
        kept = sorted(word for word in words if max(map(abs, odds[word])) >= _LEAST_ODDS)
        table = np.array([odds[word] for word in kept]).reshape(len(kept), len(_COLUMNS))
        return kept, np.clip(np.round(table / PRIOR_STEP), -127, 127).astype(np.int8)


def _count_nothing() -> tuple[Counter[str], ...]:
    return tuple(Counter() for _ in _COLUMNS)


def _add(seen: Any, right: Any, read: Read) -> None:
    for held, text, chosen in zip(read.pieces, read.texts, read.right.tolist(), strict=True):
        seen[0][held[0]] += 1
        seen[1][held[-1]] += 1
        seen[2].update(held)
        seen[3][text] += 1
        if chosen:
            right[0][held[0]] += 1
            right[1][held[-1]] += 1
            right[2].update(held)
            right[3][text] += 1


def fit_network(
    reads: Sequence[Read], counts: PriorCounts, columns: Sequence[str]
) -> RankerNetwork:
    """The mean of two networks, as one with both hidden layers side by side."""
    used = [read for read in reads if len(read.texts)]
    at = [columns.index(name) for name in _COLUMNS]
    blocks = []
    for read in used:
        features = read.features.copy()
        features[:, at] = counts.rows(read, without=True)
        blocks.append(features)
    rows = np.concatenate(blocks)
    wanted = np.concatenate([read.right for read in used]).astype(np.float32)
    weights = np.concatenate(
        [np.full(len(read.texts), read.example.weight, np.float32) for read in used]
    )
    mean, scale = rows.mean(0), rows.std(0) + 1e-3
    scaled = np.clip((rows - mean) / scale, -CLIP, CLIP)
    parts = [_descend(scaled, wanted, weights / weights.mean(), seed) for seed in range(2)]
    return RankerNetwork(
        columns=tuple(columns),
        mean=mean,
        scale=scale,
        hidden=np.hstack([part[0] for part in parts]),
        bias=np.concatenate([part[1] for part in parts]),
        out=(np.concatenate([part[2] for part in parts]) / len(parts)).astype(np.float32),
        out_bias=float(sum(part[3][0] for part in parts) / len(parts)),
    )


def _descend(rows: Floats, wanted: Floats, weights: Floats, seed: int) -> list[Any]:
    """Adam over the logistic loss, with dropout: hidden weights and bias, output and its bias."""
    chooser = np.random.default_rng(seed)
    count, width = rows.shape
    share = float(np.average(wanted, weights=weights))
    layers = [
        chooser.normal(0, width**-0.5, (width, HIDDEN)).astype(np.float32),
        np.zeros(HIDDEN, np.float32),
        chooser.normal(0, HIDDEN**-0.5, HIDDEN).astype(np.float32),
        np.array([np.log(share / (1 - share))], np.float32),
    ]
    first, second = [np.zeros_like(one) for one in layers], [np.zeros_like(one) for one in layers]
    steps = EPOCHS * -(-count // BATCH)
    step = 0
    for _ in range(EPOCHS):
        order = chooser.permutation(count)
        for start in range(0, count, BATCH):
            batch = order[start : start + BATCH]
            step += 1
            slopes = _slope(layers, (rows[batch], wanted[batch], weights[batch]), chooser)
            rate = RATE * min(1, step / 100) * (1 - step / (steps + 1)) ** 0.7
            for at, slope in enumerate(slopes):
                first[at] = 0.9 * first[at] + 0.1 * slope
                second[at] = 0.999 * second[at] + 0.001 * slope**2
                move = (first[at] / (1 - 0.9**step)) / (
                    np.sqrt(second[at] / (1 - 0.999**step)) + 1e-8
                )
                layers[at] = (layers[at] - rate * move).astype(np.float32)
    return layers


def _slope(layers: list[Any], batch: tuple[Any, Any, Any], chooser: Any) -> list[Any]:
    rows, wanted, weights = batch
    inner = rows @ layers[0] + layers[1]
    kept = (chooser.random(inner.shape) >= DROPPED).astype(np.float32) / (1 - DROPPED)
    active = np.maximum(inner, 0) * kept
    guessed = 1 / (1 + np.exp(-(active @ layers[2] + layers[3])))
    error = (guessed - wanted) * weights / len(wanted)
    back = np.outer(error, layers[2]) * kept * (inner > 0)
    return [
        rows.T @ back + DECAY * layers[0],
        back.sum(0),
        active.T @ error + DECAY * layers[2],
        np.array([error.sum()], np.float32),
    ]


def score_read(read: Read, counts: PriorCounts, network: RankerNetwork) -> Floats:
    """The log odds of the candidates of an example that nothing was learnt from."""
    if not read.texts:
        return np.zeros(0, np.float32)
    at = [network.columns.index(name) for name in _COLUMNS]
    features = read.features.copy()
    features[:, at] = counts.rows(read, without=False)
    return network.score(features)


def measure_ranking(read: Read, scores: Floats) -> tuple[float, float]:
    """F1 of the first five and recall of the first ten different candidates."""
    guessed: list[str] = []
    for place in np.argsort(-scores, kind="stable").tolist():
        if read.texts[place] not in guessed:
            guessed.append(read.texts[place])
            if len(guessed) == 10:
                break
    gold = read.example.keywords
    five = len(set(guessed[:5]) & gold)
    return 2 * five / (5 + len(gold)), len(set(guessed) & gold) / len(gold)
