"""Takes a score apart, exactly: pieces of the title and named features, in points of the score.

The model is linear, so every share is exact. Shares are measured against a reference title: the
account's average, else the training set's. In points they are stretched so that they sum to the
score minus 50; the sign and order of shares do not change by that. At most five are named, and only
those that a writer can judge (`saying`); all others are one sum.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from copyassist.desk.scoring.model import Parts
from copyassist.desk.scoring.ngrams import Floats, Ints, Laid
from copyassist.desk.scoring.saying import ADDABLE, ALWAYS, UNSAID, find_phrase, is_said, may_name
from copyassist.i18n import Language
from copyassist.types import Contribution, FeatureEvidence, FeatureGroup, ParsedText

REST, USUAL, PIECE, UNLIKE = "rest", "usual", "piece", "unlike_titles"
SHOWN = 5
SPARE = 9  # of the strongest shares as many more are looked at: some cannot be named
# Below this a share is not a reason: it only makes the list longer.
LEAST_POINTS = 0.05
NOTHING = 1e-9
LEAST_UNLIKE = 3.0
LEAST_MISSING = 5.0
LONG = 17  # characters


# Features that measure one thing from several sides: shown alone they would contradict each other.
SHOWN_AS = MappingProxyType(
    {
        "words": "length",
        "word_length": "length",
        "very_short": "length",
        "at_limit": "length",
        "latin_share": "han_share",
        "exclamations": "exclamation",
        "starts_with_emoji": "emoji",
        "starts_with_number": "numbers",
        "question_word": "question_mark",
    }
)


@dataclass(frozen=True, slots=True)
class ReasonMerger:
    """Sums the shares of features that are shown as one. `matrix` is features x shown names."""

    names: tuple[str, ...]
    groups: tuple[FeatureGroup, ...]
    matrix: Floats


@cache
def find_merger(names: tuple[str, ...], groups: tuple[FeatureGroup, ...]) -> ReasonMerger:
    """The merger of a model's hand features."""
    group_of = dict(zip(names, groups, strict=True))
    shown = tuple(name for name in names if name not in SHOWN_AS)
    matrix = np.zeros((len(names), len(shown)))
    for row, name in enumerate(names):
        matrix[row, shown.index(SHOWN_AS.get(name, name))] = 1.0
    return ReasonMerger(shown, tuple(group_of[name] for name in shown), matrix)


@dataclass(frozen=True, slots=True)
class Shares:
    """All shares of some titles in logits, one row a title.

    `named` has one column for each of `names`; `pieces[t]` are the shares of title t's words,
    ragged rows padded with 0 on the right. `rest` is what has no place (a title without words).
    `more` is 1 where a title has more of what is named than the reference, -1 where less, 0 where it
    has none of it: what a title lacks is no reason.
    """

    names: tuple[str, ...]
    groups: tuple[FeatureGroup, ...]
    named: Floats
    pieces: Floats
    first_word: Ints
    rest: Floats
    more: Floats


def share_pieces(parts: Parts, reference: float) -> tuple[Floats, Ints, Floats]:
    """Each word's share of the text part, less the reference spread evenly over the characters.

    A character between two words belongs to the one before it. Returns the padded rows, the index
    of each title's first word, and what titles without words keep.
    """
    laid = parts.laid
    counts = np.bincount(laid.word_owner, minlength=laid.size)
    first = np.concatenate([[0], np.cumsum(counts)[:-1]]).astype(np.int64)
    running = np.concatenate([[0.0], np.cumsum(parts.chars)])
    ends = np.empty(len(laid.word_starts), dtype=np.int64)
    ends[:-1] = laid.word_starts[1:]
    begins = laid.word_starts.copy()
    wordy = counts > 0
    begins[first[wordy]] = laid.starts[:-1][wordy]
    ends[first[wordy] + counts[wordy] - 1] = laid.starts[1:][wordy]
    per_char = reference / np.maximum(np.diff(laid.starts), 1)
    shares = running[ends] - running[begins] - per_char[laid.word_owner] * (ends - begins)
    padded = np.zeros((laid.size, int(counts.max(initial=0))))
    padded[laid.word_owner, np.arange(len(shares)) - first[laid.word_owner]] = shares
    rest = np.where(wordy, 0.0, parts.text - reference)
    return padded, first, rest


@dataclass(frozen=True, slots=True)
class Explainer:
    """Turns shares into contributions; `evidence` belongs to named features."""

    evidence: Mapping[str, FeatureEvidence]
    language: Language
    shown: int = SHOWN

    def explain(
        self, titles: Sequence[ParsedText], parts: Parts, shares: Shares, points: Floats
    ) -> list[tuple[Contribution, ...]]:
        """The strongest contributions that can be named; the others are summed up as "rest".

        `points` is the score minus 50 of each title, which the contributions sum to.
        """
        every = np.concatenate([shares.named, shares.pieces], axis=1)
        total = every.sum(axis=1) + shares.rest
        every = every * _stretch(points, total)[:, None]
        every[:, : len(shares.names)] *= _find_nameable(shares)
        order = _strongest(every, self.shown + SPARE)
        values = np.take_along_axis(every, order, axis=1)
        places = Places.read(parts.laid, shares)
        return [
            self._explain_one(
                _Title(title, places, row), shares, zip(chosen, found, strict=True), left
            )
            for row, (title, chosen, found, left) in enumerate(
                zip(titles, order.tolist(), values.tolist(), points.tolist(), strict=True)
            )
        ]

    def _explain_one(
        self, title: "_Title", shares: Shares, chosen: Iterable[tuple[int, float]], total: float
    ) -> tuple[Contribution, ...]:
        count, rest = len(shares.names), total
        found: list[Contribution] = []
        said: set[str] = set()
        for column, points in chosen:
            if abs(points) < LEAST_POINTS or len(found) == self.shown:
                break
            if column >= count:
                one = title.find_piece(column - count, points)
            else:
                one = self._name(title, shares, column, points)
            if one is None or one.text.lower() in said:
                continue
            if one.text:
                said.add(one.text.lower())
            found.append(one)
            rest -= points
        if abs(rest) > NOTHING or not found:
            found.append(Contribution(feature=REST, group="format", points=rest))
        return tuple(found)

    def _name(
        self, title: "_Title", shares: Shares, column: int, points: float
    ) -> Contribution | None:
        """A named share as a reason; None where it cannot be one."""
        name, more = shares.names[column], float(shares.more[title.row, column])
        if name == UNLIKE and points > -LEAST_UNLIKE:
            return None  # to read like a title is no merit, and a little less is no fault
        if name == "length" and more < 0 and len(title.text.norm) >= LONG:
            return None  # shorter than usual, and yet nearly full: nothing to be done
        if more == 0 and name in ADDABLE:
            return None if may_name(title.text) else self._miss(name, shares.groups[column], points)
        text = find_phrase(title.text, name, self.language)
        if text is None:
            return None
        return Contribution(
            feature=name,
            group=shares.groups[column],
            points=points,
            text=text,
            evidence=_support(self.evidence.get(name), more * points),
            more=more > 0,
        )

    def _miss(self, name: str, group: FeatureGroup, points: float) -> Contribution | None:
        """What the title lacks and could be given; None where it costs next to nothing."""
        if points > -LEAST_MISSING:
            return None
        return Contribution(feature=name, group=group, points=points, more=False, missing=True)


def _support(evidence: FeatureEvidence | None, sign: float) -> FeatureEvidence | None:
    """The evidence where it speaks for the sign, with its whole interval; else none."""
    if evidence is None or sign == 0:
        return None
    speaks = evidence.low > 0.5 if sign > 0 else evidence.high < 0.5
    return evidence if speaks else None


@dataclass(frozen=True, slots=True)
class Places:
    """Where titles and words begin and end, as lists: arrays are slow to read one by one."""

    starts: list[int]
    word_starts: list[int]
    word_ends: list[int]
    first_word: list[int]

    @classmethod
    def read(cls, laid: Laid, shares: Shares) -> "Places":
        """The places of laid titles."""
        arrays = (laid.starts, laid.word_starts, laid.word_ends, shares.first_word)
        return cls(*(array.tolist() for array in arrays))


class _Title(NamedTuple):
    text: ParsedText
    places: Places
    row: int

    def find_piece(self, number: int, points: float) -> Contribution | None:
        """The contribution of the title's word of that number; None where it says nothing."""
        title, places, row = self
        word, offset = places.first_word[row] + number, places.starts[row] + 1
        low, high = places.word_starts[word] - offset, places.word_ends[word] - offset
        if not is_said(title.norm[low:high]):
            return None
        if title.offsets is not None:
            low, high = title.raw_span(low, high)
        text = title.raw[low:high]
        return Contribution(feature=PIECE, group="topic", points=points, text=text)


def _find_nameable(shares: Shares) -> Floats:
    """1 for a named share that can be a reason, else 0: what a title has more of, always has, or
    could be given."""
    said = np.array([name not in UNSAID for name in shares.names])
    always = np.array([name in ALWAYS for name in shares.names])
    addable = np.array([name in ADDABLE for name in shares.names])
    given = always | (shares.more > 0) | (addable & (shares.more == 0))
    return np.asarray(said & given, dtype=float)


def _stretch(points: Floats, total: Floats) -> Floats:
    """Points per logit. Near 50 the slope of 100 x sigmoid is 25 points a logit."""
    near = np.abs(total) < 1e-6
    return np.where(near, 25.0, points / np.where(near, 1.0, total))


def _strongest(every: Floats, shown: int) -> Ints:
    """The columns of the `shown` largest absolute values of each row, largest first."""
    size = np.abs(every)
    if size.shape[1] > shown:
        some = np.argpartition(-size, shown - 1, axis=1)[:, :shown]
    else:
        some = np.broadcast_to(np.arange(size.shape[1]), size.shape)
    order = np.argsort(-np.take_along_axis(size, some, axis=1), axis=1, kind="stable")
    return np.take_along_axis(some, order, axis=1)
