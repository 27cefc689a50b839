"""The score of drafts, with its interval, its reasons and the evidence that it rests on."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from copyassist.context import Context
from copyassist.scoring.baseline import OLDEST, is_rate, measure_usual, to_log
from copyassist.scoring.comparables import PostIndex
from copyassist.scoring.explain import USUAL, Explainer, Shares, share_pieces
from copyassist.scoring.model import Calibration, Model, Models, Parts, measure_parts
from copyassist.scoring.ngrams import Floats, lay_out
from copyassist.text import detect_language, parse_text
from copyassist.types import (
    Evidence,
    Interval,
    ParsedDraft,
    RatedPost,
    Score,
)

NEEDED_POSTS = 20  # below, own posts say nothing about titles (the own-history curve)
REFERENCE_POSTS = 500  # the newest titles that make the account's average title
REFERENCE_LEAST = 5
_ANY_KIND = "*"  # no platform's name of a kind


@dataclass(frozen=True, slots=True)
class Reference:
    """The average title that shares are measured against: of the account or the training set."""

    text: float
    hand: Floats
    is_account: bool

    @property
    def utility(self) -> float:
        """The average title's utility."""
        return self.text + float(self.hand.sum())


@dataclass(frozen=True, slots=True)
class Scorer:
    """Scores drafts for one account on one platform. Built by `prepare_scorer`."""

    platform: str
    models: Models
    references: Mapping[str, Reference]
    rated: tuple[RatedPost, ...]
    own_posts: int
    index: PostIndex
    usuals: Mapping[str, float | None]

    @property
    def metric(self) -> str:
        """What is predicted, "" without own posts."""
        return self.rated[0].metric if self.rated else ""

    def usual(self, kind: str) -> float | None:
        """What is usual now for a kind of post, for all kinds where the kind is unknown."""
        return self.usuals[kind if kind in self.usuals else _ANY_KIND]

    def score_many(self, parsed: Sequence[ParsedDraft], *, shown: int = 8) -> list[Score]:
        """One score a draft, in order; `shown` reasons each, the others summed up as "rest"."""
        scores: list[Score | None] = [None] * len(parsed)
        for language, rows in _by_language(parsed).items():
            model = self.models.find(self.platform, language)
            drafts = [parsed[row] for row in rows]
            found = (
                [_unscored(self, language)] * len(rows)
                if model is None
                else _score_with(self, model, drafts, shown)
            )
            for row, score in zip(rows, found, strict=True):
                scores[row] = score
        return [score for score in scores if score is not None]


def prepare_scorer(models: Models, context: Context, rated: Sequence[RatedPost]) -> Scorer:
    """What one account's drafts on one platform are scored with.

    `rated` are the account's posts on the platform as `rate_posts` gave them. A model's reference
    is the average of the account's newest mature titles in its language, where there are five.
    """
    mature = [post for post in rated if post.mature and post.value is not None]
    platform = context.platform.id
    return Scorer(
        platform=platform,
        models=models,
        references={
            model.name: _find_reference(model, mature)
            for model in models.all
            if platform in model.platforms
        },
        rated=tuple(rated),
        own_posts=len(mature),
        index=PostIndex.build(rated),
        usuals={
            kind: measure_usual(rated, kind)
            for kind in (_ANY_KIND, *{post.post.kind for post in mature})
        },
    )


def p_beats(scorer: Scorer, first: Score, second: Score) -> float | None:
    """P(the first draft does better than the second), 0..1. None where either has no evidence.

    Both must be scores of this scorer, in one language. p_beats(a, b) + p_beats(b, a) = 1.
    """
    if first.utility is None or second.utility is None:
        return None
    if first.evidence.model != second.evidence.model:
        return None
    model = next(m for m in scorer.models.all if m.name == first.evidence.model)
    difference = first.utility - second.utility
    return float(_sigmoid(np.array(model.calibration.pair_slope * difference)))


def _by_language(parsed: Sequence[ParsedDraft]) -> Mapping[str, list[int]]:
    rows: dict[str, list[int]] = defaultdict(list)
    for row, one in enumerate(parsed):
        rows[detect_language(one.title.norm)].append(row)
    return rows


def _find_reference(model: Model, mature: Sequence[RatedPost]) -> Reference:
    newest = sorted(mature, key=lambda r: r.post.published_at or OLDEST)[-REFERENCE_POSTS:]
    titles = [parse_text(r.post.title) for r in newest if r.post.title]
    titles = [title for title in titles if detect_language(title.norm) == model.language]
    if len(titles) < REFERENCE_LEAST:
        return Reference(model.text_reference, np.zeros(len(model.hand.names)), False)
    parts = measure_parts(model, titles, lay_out(titles))
    return Reference(float(parts.text.mean()), parts.hand.mean(axis=0), True)


# --- without a model -------------------------------------------------------------------------------


def _unscored(scorer: Scorer, language: str) -> Score:
    here = any(scorer.platform in model.platforms for model in scorer.models.all)
    needed = max(0, NEEDED_POSTS - scorer.own_posts)
    without_model = "no_model" if needed else "own_not_proven"
    reason = "no_model_language" if here else without_model
    evidence = Evidence(
        kind="none",
        reason=reason,
        own_posts=scorer.own_posts,
        needed=needed,
        params={"language": language, "platform": scorer.platform},
    )
    return Score(value=None, evidence=evidence)


# --- with a model ----------------------------------------------------------------------------------


def _score_with(
    scorer: Scorer, model: Model, drafts: Sequence[ParsedDraft], shown: int
) -> list[Score]:
    titles = [draft.title for draft in drafts]
    parts = measure_parts(model, titles, lay_out(titles))
    reference = scorer.references[model.name]
    calibration = model.calibration
    edge = parts.utility - reference.utility
    values = 100 * _sigmoid(calibration.bias + calibration.slope * edge)
    shares = _find_shares(model, parts, reference)
    reasons = Explainer(model.evidence, shown).explain(titles, parts, shares, values - 50)
    evidence = _evidence_of(scorer, model)
    intervals = _find_intervals(scorer, calibration, edge, drafts)
    return [
        Score(
            value=value,
            evidence=evidence,
            interval=interval,
            contributions=found,
            utility=utility,
            reference="account" if reference.is_account else "training",
        )
        for value, utility, interval, found in zip(
            values.tolist(), parts.utility.tolist(), intervals, reasons, strict=True
        )
    ]


def _evidence_of(scorer: Scorer, model: Model) -> Evidence:
    return Evidence(
        kind="prior",
        reason="prior" if scorer.own_posts else "prior_no_posts",
        own_posts=scorer.own_posts,
        needed=max(0, NEEDED_POSTS - scorer.own_posts),
        model=model.name,
        pairs_right=model.pairs_right,
        measured_on=model.name,
    )


def _find_shares(model: Model, parts: Parts, reference: Reference) -> Shares:
    slope, bias = model.calibration.slope, model.calibration.bias
    pieces, first, rest = share_pieces(parts, reference.text)
    named = np.concatenate(
        [slope * (parts.hand - reference.hand), np.full((parts.laid.size, 1), bias)], axis=1
    )
    return Shares(
        names=(*model.hand.names, USUAL),
        groups=(*model.hand.groups, "own"),
        named=named,
        pieces=slope * pieces,
        first_word=first,
        rest=slope * rest,
    )


def _find_intervals(
    scorer: Scorer, calibration: Calibration, edge: Floats, drafts: Sequence[ParsedDraft]
) -> list[Interval]:
    middle = calibration.level + calibration.effect * edge
    ends = np.stack([middle + calibration.low, middle + calibration.high], axis=1)
    values = _find_values(scorer, ends, drafts)
    return [
        Interval(low=low, high=high, low_value=low_value, high_value=high_value)
        for (low, high), (low_value, high_value) in zip(np.exp(ends).tolist(), values, strict=True)
    ]


def _find_values(
    scorer: Scorer, ends: Floats, drafts: Sequence[ParsedDraft]
) -> Sequence[tuple[float, float]] | Sequence[tuple[None, None]]:
    """The ends in the metric's unit: of counts alone, since a rate's usual is no sum."""
    metric = scorer.metric
    usuals = [scorer.usual(draft.draft.form) for draft in drafts]
    if is_rate(metric) or None in usuals:
        return [(None, None)] * len(usuals)
    bases = to_log([usual for usual in usuals if usual is not None], metric)
    return np.maximum(np.expm1(ends + bases[:, None]), 0.0).tolist()  # type: ignore[no-any-return]


def _sigmoid(logits: Floats) -> Floats:
    return 1 / (1 + np.exp(-np.clip(logits, -30, 30)))
