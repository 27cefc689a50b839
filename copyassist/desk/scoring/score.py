"""The score of drafts, with its interval, its reasons and the evidence that it rests on."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from copyassist.desk.context import Context
from copyassist.desk.scoring.baseline import is_rate, measure_usual, to_log
from copyassist.desk.scoring.bases import NEEDED_POSTS, Base, Edges, find_bases, measure_edges
from copyassist.desk.scoring.comparables import PostIndex
from copyassist.desk.scoring.explain import (
    SHOWN,
    SHOWN_AS,
    UNLIKE,
    USUAL,
    Explainer,
    Shares,
    find_merger,
    share_pieces,
)
from copyassist.desk.scoring.features.facts import FACTS
from copyassist.desk.scoring.guard import Guard, Looks, find_usual_pull, look, measure_pull
from copyassist.desk.scoring.model import CLIP, Models, Parts, measure_parts
from copyassist.desk.scoring.ngrams import Floats, lay_out
from copyassist.i18n import Language
from copyassist.text import detect_language, parse_text
from copyassist.types import Evidence, FeatureGroup, Interval, ParsedDraft, RatedPost, Score

_ANY_KIND = "*"  # no platform's name of a kind
PULLED = 100  # the newest titles say how fluent an account's titles are
_NOTHING = 1e-12
_LEAST_SLOPE = 0.05  # of a model that has learnt next to nothing


@dataclass(frozen=True, slots=True)
class Scorer:
    """Scores drafts for one account on one platform. Built by `prepare_scorer`."""

    platform: str
    bases: Mapping[Language, Base]
    has_model: bool
    rated: tuple[RatedPost, ...]
    own_posts: int
    index: PostIndex
    usuals: Mapping[str, float | None]
    guard: Guard
    usual_pull: float

    @property
    def metric(self) -> str:
        """What is predicted, "" without own posts."""
        return self.rated[0].metric if self.rated else ""

    def usual(self, kind: str) -> float | None:
        """What is usual now for a kind of post, for all kinds where the kind is unknown."""
        return self.usuals[kind if kind in self.usuals else _ANY_KIND]

    def score_many(self, parsed: Sequence[ParsedDraft], *, shown: int = SHOWN) -> list[Score]:
        """One score a draft, in order; `shown` reasons each, the others summed up as "rest".

        What is no title (`guard`) gets no number: it would be that of the average title.
        """
        scores: list[Score | None] = [None] * len(parsed)
        looks = look(parsed)
        for language, rows in _by_language(parsed, looks).items():
            base = None if language is None else self.bases.get(language)
            if language is None:
                found = [_refuse(self, looks.reasons[row]) for row in rows]
            elif base is None:
                found = [_unscored(self, language)] * len(rows)
            else:
                counted = _hold_within(self, base, [looks.counted[row] for row in rows])
                found = _score_with(self, base, counted, shown)
            for row, score in zip(rows, found, strict=True):
                scores[row] = score
        return [score for score in scores if score is not None]


def prepare_scorer(models: Models, context: Context, rated: Sequence[RatedPost]) -> Scorer:
    """What one account's drafts on one platform are scored with.

    `rated` are the account's posts on the platform as `rate_posts` gave them.
    """
    mature = [post for post in rated if post.mature and post.value is not None]
    platform = context.platform.id
    return Scorer(
        platform=platform,
        bases=find_bases(models, platform, rated),
        has_model=any(platform in model.platforms for model in models.all),
        rated=tuple(rated),
        own_posts=len(mature),
        index=PostIndex.build(rated),
        usuals={
            kind: measure_usual(rated, kind)
            for kind in (_ANY_KIND, *{post.post.kind for post in mature})
        },
        guard=Guard.of(context.platform),
        usual_pull=find_usual_pull([parse_text(post.post.title) for post in mature[-PULLED:]]),
    )


def p_beats(scorer: Scorer, first: Score, second: Score) -> float | None:
    """P(the first draft does better than the second), 0..1. None where either has no evidence.

    Both must be scores of this scorer, in one language. p_beats(a, b) + p_beats(b, a) = 1.
    """
    if first.utility is None or second.utility is None:
        return None
    for base in scorer.bases.values():
        if base.evidence.model == first.evidence.model == second.evidence.model:
            slope = base.model.calibration.pair_slope
            return float(_sigmoid(np.array(slope * (first.utility - second.utility))))
    return None


def _by_language(
    parsed: Sequence[ParsedDraft], looks: Looks
) -> Mapping[Language | None, list[int]]:
    """The places of the titles of each language; None for those that get no score."""
    rows: dict[Language | None, list[int]] = defaultdict(list)
    for row, one in enumerate(parsed):
        rows[None if looks.reasons[row] else detect_language(one.title.norm)].append(row)
    return rows


def _refuse(scorer: Scorer, reason: str) -> Score:
    evidence = Evidence(kind="none", reason=reason, own_posts=scorer.own_posts)
    return Score(value=None, evidence=evidence)


def _hold_within(scorer: Scorer, base: Base, drafts: Sequence[ParsedDraft]) -> list[ParsedDraft]:
    """What of overlong titles counts: the least promising of its beginnings within the limit.

    So nothing that stands beyond the limit, nor what fills it up, ever earns anything. All cuts are
    measured at once: title by title it takes five times as long.
    """
    held, guard = list(drafts), scorer.guard
    cuts = [
        (row, cut) for row, one in enumerate(drafts) if guard.is_over(one) for cut in guard.cut(one)
    ]
    if not cuts:
        return held
    parts, pull = _measure(scorer, base, [cut for _, cut in cuts])
    least: dict[int, float] = {}
    for (row, cut), utility in zip(cuts, (parts.utility - pull).tolist(), strict=True):
        if utility < least.get(row, math.inf):
            least[row], held[row] = utility, cut
    return held


def _measure(scorer: Scorer, base: Base, drafts: Sequence[ParsedDraft]) -> tuple[Parts, Floats]:
    """The parts of the utilities, and what each draft loses for reading unlike titles."""
    titles = [draft.title for draft in drafts]
    facts = [draft.draft.facts for draft in drafts]
    parts = measure_parts(base.model, titles, lay_out(titles), facts)
    pull = base.pull_share * measure_pull(titles, scorer.usual_pull)
    return parts, pull / max(base.model.calibration.slope, _LEAST_SLOPE)


def _unscored(scorer: Scorer, language: str) -> Score:
    needed = max(0, NEEDED_POSTS - scorer.own_posts)
    evidence = Evidence(
        kind="none",
        reason="no_model_language" if scorer.has_model or not needed else "no_model",
        own_posts=scorer.own_posts,
        needed=needed,
        params={"language": language, "platform": scorer.platform},
    )
    return Score(value=None, evidence=evidence)


def _score_with(
    scorer: Scorer, base: Base, drafts: Sequence[ParsedDraft], shown: int
) -> list[Score]:
    titles = [draft.title for draft in drafts]
    parts, pull = _measure(scorer, base, drafts)
    calibration = base.model.calibration
    edges = measure_edges(base.model, base.reference, parts, [d.draft.facts for d in drafts])
    edge = edges.total - pull
    values = 100 * _sigmoid(base.start + calibration.slope * edge)
    shares = _find_shares(base, parts, edges, pull)
    reasons = Explainer(base.model.evidence, base.model.language, shown).explain(
        titles, parts, shares, values - 50
    )
    intervals = _find_intervals(scorer, base, edge, drafts)
    return [
        Score(
            value=value,
            evidence=base.evidence,
            interval=interval,
            contributions=found,
            utility=utility,
            reference="account" if base.reference.is_account else "training",
        )
        for value, utility, interval, found in zip(
            values.tolist(), edge.tolist(), intervals, reasons, strict=True
        )
    ]


_FACT_NAMES = tuple(f"fact_{name}" for name in FACTS)
_FACT_GROUPS: tuple[FeatureGroup, ...] = tuple("facts" for _ in FACTS)


def _find_shares(base: Base, parts: Parts, edges: Edges, pull: Floats) -> Shares:
    hand, slope = base.model.hand, base.model.calibration.slope
    merger = find_merger(hand.names, hand.groups)
    pieces, first, rest = share_pieces(parts, base.reference.text)
    start = np.full((parts.laid.size, 1), base.start)
    weight = slope * edges.weights[:, None]
    features = (parts.hand - base.reference.hand) @ merger.matrix
    named = [weight * features, slope * edges.facts, start, -slope * pull[:, None]]
    return Shares(
        names=(*merger.names, *_FACT_NAMES, USUAL, UNLIKE),
        groups=(*merger.groups, *_FACT_GROUPS, "own", "format"),
        named=np.concatenate(named, axis=1),
        pieces=weight * pieces,
        first_word=first,
        rest=weight[:, 0] * rest,
        more=np.concatenate(
            [_find_more(base, parts), edges.facts != 0, np.ones((len(pull), 2))], axis=1
        ),
    )


def _find_more(base: Base, parts: Parts) -> Floats:
    """1 where a title has more of a shown feature than the reference, -1 less, 0 where it has none."""
    hand = base.model.hand
    none = np.clip(-hand.mean / hand.scale, -CLIP, CLIP) * hand.weights
    chosen = [row for row, name in enumerate(hand.names) if name not in SHOWN_AS]
    has = np.abs(parts.hand - none)[:, chosen] > _NOTHING
    gap = (parts.hand - base.reference.hand)[:, chosen] * np.sign(hand.weights[chosen])
    return np.asarray(np.where(has, np.sign(gap), 0.0))


def _find_intervals(
    scorer: Scorer, base: Base, edge: Floats, drafts: Sequence[ParsedDraft]
) -> list[Interval]:
    calibration, around = base.model.calibration, base.range
    middle = calibration.level + calibration.effect * edge + around.shift
    ends = np.stack([middle + around.low, middle + around.high], axis=1)
    bases = _find_log_usuals(scorer, drafts)
    if bases is not None:
        ends = np.maximum(ends, -bases[:, None])  # no post has fewer than 0 reads
    values = [(None, None)] * len(ends) if bases is None else _to_counts(ends, bases)
    return [
        Interval(
            low=low,
            high=high,
            low_value=low_value,
            high_value=high_value,
            source="own" if around.is_own else "pooled",
        )
        for (low, high), (low_value, high_value) in zip(np.exp(ends).tolist(), values, strict=True)
    ]


def _find_log_usuals(scorer: Scorer, drafts: Sequence[ParsedDraft]) -> Floats | None:
    """The log of what is usual for each draft: of counts alone, since a rate's usual is no sum."""
    metric = scorer.metric
    usuals = [scorer.usual(draft.draft.form) for draft in drafts]
    if is_rate(metric) or None in usuals:
        return None
    return to_log([usual for usual in usuals if usual is not None], metric)


def _to_counts(ends: Floats, bases: Floats) -> list[tuple[float, float]]:
    counts = np.maximum(np.expm1(ends + bases[:, None]), 0.0)
    return [(float(low), float(high)) for low, high in counts]


def _sigmoid(logits: Floats) -> Floats:
    return 1 / (1 + np.exp(-np.clip(logits, -30, 30)))
