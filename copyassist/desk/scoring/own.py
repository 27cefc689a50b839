"""What an account's own posts teach: weights around a prior, or around nothing, one model for both.

The features are those of the title, the facts that a post states by itself (form, hour, weekend,
length of the text), and the title's grams of one and two characters, so that any topic has a
weight. What is learnt becomes one more linear view, and every explanation stays exact.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from copyassist.desk.scoring.features.facts import COLUMNS, measure_facts
from copyassist.desk.scoring.features.hand import hand_groups, hand_names, measure_hand
from copyassist.desk.scoring.history import TitleShelf
from copyassist.desk.scoring.model import (
    CLIP,
    OWN_GRAMS,
    Calibration,
    FactsView,
    HandView,
    Model,
    OwnView,
    expect_ratios,
)
from copyassist.desk.scoring.ngrams import Floats, Laid, Vocabulary, char_grams, count_once, lay_out
from copyassist.desk.scoring.shrinkage import (
    MOST_POSTS,
    OwnPrior,
    Shrinkage,
    claim_hits,
    fit_posterior,
)
from copyassist.i18n import Language
from copyassist.reading.zones import CHINA, find_hour
from copyassist.types import Post

CLAIMED = 60  # the newest own titles whose pairs say how much the fit claims
LEAST_EFFECT = 1e-6
_VIDEO = ("视频", "video")


@dataclass(frozen=True, slots=True)
class OwnFit:
    """A model with own weights in it, from so many posts; `hits` 0.5..1 is what to expect of it."""

    model: Model
    posts: int
    hits: float
    hit_spread: float


@dataclass(frozen=True, slots=True)
class _Past:
    """Own posts as columns of own weights: hand features, facts, grams (values and their keys)."""

    hand: Floats
    facts: Floats
    grams: Floats
    vocabulary: Vocabulary


def state_facts(post: Post) -> Mapping[str, float]:
    """What a published post says beside its title, by the names that `Draft.facts` uses."""
    found: dict[str, float] = {}
    if post.kind:
        found["video"] = float(any(word in post.kind.lower() for word in _VIDEO))
    hour = find_hour(post.published_at)
    if hour is not None:
        found["hour"] = float(hour)
    if post.published_at is not None:
        found["weekend"] = float(post.published_at.astimezone(CHINA).weekday() >= 5)
    if post.body:
        found["body_chars"] = float(len(post.body))
    return found


def blank_model(language: Language, likeness: Model | None, shrinkage: Shrinkage) -> Model:
    """A model that knows nothing yet; `likeness`, of the same language, standardises its features."""
    names = hand_names(language)
    zeros = np.zeros(len(names))
    mean, scale = (zeros, zeros + 1) if likeness is None else _scales(likeness)
    return Model(
        name="own",
        language=language,
        platforms=(),
        views=(),
        hand=HandView(names, hand_groups(language), mean, scale, zeros),
        facts=FactsView(shrinkage.fact_mean, shrinkage.fact_scale, np.zeros(len(COLUMNS))),
        calibration=Calibration(0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0),
        text_reference=0.0,
        evidence={},
        pairs_right=0.5,
        causal=False,
        manifest={},
    )


def _scales(model: Model) -> tuple[Floats, Floats]:
    return model.hand.mean, model.hand.scale


def fit_own(shelf: TitleShelf, prior: Model, level: OwnPrior) -> OwnFit:
    """The prior with what the newest 400 posts of a shelf teach, calibrated for their number."""
    believed = level.trust * prior.calibration.effect
    prior = replace(prior, calibration=replace(prior.calibration, effect=believed))
    posts = [rated.post for rated in shelf.all_posts[-MOST_POSTS:]]
    titles = shelf.all_titles[-MOST_POSTS:]
    logs = shelf.logs[-MOST_POSTS:]
    laid = lay_out(titles)
    facts = [state_facts(post) for post in posts]
    past = _measure_past(prior, laid, measure_hand(titles, laid, prior.language), facts)
    expected = expect_ratios(prior, titles, laid, facts)
    spread = level.hand_spread(prior.hand.names)
    rows = np.hstack([past.hand * spread, past.facts * np.sqrt(level.facts)])
    kernel = rows @ rows.T + level.grams * (past.grams @ past.grams.T)
    fitted = fit_posterior(kernel, logs, expected)
    own = (kernel @ fitted.pulls + expected)[-CLAIMED:]
    size, calibration = len(logs), level.calibration
    claimed = claim_hits(own, calibration.pair_slope_at(size) / fitted.noise)
    return OwnFit(
        model=_calibrated(
            _with_weights(prior, past, level, fitted.pulls), level, fitted.noise, size
        ),
        posts=size,
        hits=calibration.expect_hits(claimed, size),
        hit_spread=calibration.hit_spread,
    )


def _measure_past(
    model: Model, laid: Laid, raw: Floats, facts: Sequence[Mapping[str, float]]
) -> _Past:
    counted = count_once(laid, char_grams(laid, *OWN_GRAMS))
    keys, column = np.unique(counted.grams.keys, return_inverse=True)
    flat = counted.grams.owner * len(keys) + column
    size = laid.size * len(keys)
    return _Past(
        hand=np.clip((raw - model.hand.mean) / model.hand.scale, -CLIP, CLIP),
        facts=_scale_facts(model, facts),
        grams=np.asarray(np.bincount(flat, counted.values, minlength=size), dtype=float).reshape(
            laid.size, len(keys)
        ),
        vocabulary=Vocabulary.of(keys),
    )


def _scale_facts(model: Model, facts: Sequence[Mapping[str, float]]) -> Floats:
    if model.facts is None:
        return np.zeros((len(facts), len(COLUMNS)))
    scaled = (measure_facts(facts) - model.facts.mean) / model.facts.scale
    return np.clip(np.nan_to_num(scaled), -CLIP, CLIP)


def _with_weights(model: Model, past: _Past, level: OwnPrior, pulls: Floats) -> Model:
    """Own weights beside the prior's, in the prior's units of utility."""
    pulls = pulls / max(model.calibration.effect, LEAST_EFFECT)
    hand = level.hand_spread(model.hand.names) ** 2 * (past.hand.T @ pulls)
    view = OwnView(past.vocabulary, level.grams * (past.grams.T @ pulls))
    facts = model.facts
    if facts is not None:
        facts = replace(facts, weights=facts.weights + level.facts * (past.facts.T @ pulls))
    return replace(
        model,
        views=(*model.views, view),
        hand=replace(model.hand, weights=model.hand.weights + hand),
        facts=facts,
    )


def _calibrated(model: Model, level: OwnPrior, noise: float, posts: int) -> Model:
    learnt, effect = level.calibration, max(model.calibration.effect, LEAST_EFFECT)
    calibration = replace(
        model.calibration,
        slope=effect * learnt.slope_at(posts) / noise,
        pair_slope=effect * learnt.pair_slope_at(posts) / noise,
        effect=effect,
        level=learnt.level,
        bias=learnt.bias,
        trend=learnt.trend,
        recent=learnt.recent,
        longer=learnt.longer,
        low=learnt.low,
        high=learnt.high,
        power=learnt.power,
        facts_slope=learnt.facts_slope,
    )
    return replace(model, calibration=calibration)
