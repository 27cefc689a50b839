"""What a score rests on: the prior, the account's own posts, both, or nothing.

The stages of the recipe: 0 own posts: the prior orders drafts, no figures. 1-4: their median, a
wide pooled interval. 5-19: the pooled interval. 20 and more: own posts move the prior where a
check on the account's own past says that it helps, or stand alone where no prior was measured and
they beat chance. 40 and more: the interval comes from the account's own residuals.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from copyassist.desk.scoring.history import NEWEST, TitleShelf, Trail, follow, shelve
from copyassist.desk.scoring.model import (
    HIGH_TAIL,
    LOW_TAIL,
    Calibration,
    Model,
    Models,
    measure_parts,
)
from copyassist.desk.scoring.ngrams import Floats, lay_out
from copyassist.desk.scoring.own import (
    Check,
    Past,
    build_own,
    check_past,
    collect_past,
    personalise,
)
from copyassist.i18n import LANGUAGES, Language
from copyassist.types import Evidence, RatedPost

NEEDED_POSTS = 20  # below, own posts say nothing about titles (the own-history curve)
OWN_INTERVAL_POSTS = 40
FEW_POSTS = 5
FEW_WIDENING = 1.3  # the usual of one to four posts is itself a guess
REFERENCE_POSTS = 500  # the newest titles that make the account's average title
REFERENCE_LEAST = 5


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
class Range:
    """The 80 % interval of the log ratio around its expectation: `shift` moves the middle."""

    shift: float
    low: float
    high: float
    is_own: bool


@dataclass(frozen=True, slots=True)
class Base:
    """All that scoring in one language needs."""

    model: Model
    reference: Reference
    evidence: Evidence
    range: Range

    @property
    def start(self) -> float:
        """The logit of the account's average title: where its posts are heading."""
        return self.model.calibration.bias + self.model.calibration.trend * self.range.shift


def find_bases(
    models: Models, platform: str, rated: Sequence[RatedPost]
) -> Mapping[Language, Base]:
    """What each language's drafts can be scored with; no entry where there is no evidence."""
    shelves = shelve(rated)
    mature = sum(r.mature and r.value is not None for r in rated)
    found: dict[Language, Base] = {}
    for language in LANGUAGES:
        prior = models.find(platform, language)
        shelf = shelves.get(language, TitleShelf())
        if prior is not None:
            found[language] = _base_on_prior(prior, shelf, mature)
        elif mature >= NEEDED_POSTS and len(shelf.posts) > min(mature, NEWEST) / 2:
            own = _base_on_own(language, shelf, mature)
            if own is not None:
                found[language] = own
    return found


# --- on a prior ------------------------------------------------------------------------------------


def _base_on_prior(prior: Model, shelf: TitleShelf, mature: int) -> Base:
    evidence = _prior_evidence(prior, mature)
    model = prior
    if mature >= NEEDED_POSTS and shelf.posts:
        past = collect_past(shelf, prior.language, prior)
        check, _, _ = check_past(past)
        if check.helps:
            model = personalise(prior, past)
        evidence = _checked_evidence(evidence, check)
    reference = find_reference(model, shelf)
    return Base(model, reference, evidence, _find_range(model, reference, shelf, mature))


def _prior_evidence(prior: Model, mature: int) -> Evidence:
    few = "prior_few" if mature < FEW_POSTS else "prior"
    return Evidence(
        kind="prior",
        reason=few if mature else "prior_no_posts",
        own_posts=mature,
        needed=max(0, NEEDED_POSTS - mature),
        model=prior.name,
        pairs_right=prior.pairs_right,
        measured_on=prior.name,
    )


def _checked_evidence(evidence: Evidence, check: Check) -> Evidence:
    """How the last 30 % of the account's own past went, with and without its own posts."""
    params = {
        "tested": check.posts,
        "before": round(100 * check.before),
        "after": round(100 * check.after),
    }
    if check.helps:
        return replace(
            evidence,
            kind="prior_and_own",
            reason="prior_and_own",
            pairs_right=check.after,
            params=params,
        )
    return replace(evidence, reason="prior_own_no_gain", params=params)


# --- on own posts alone ------------------------------------------------------------------------------


def _base_on_own(language: Language, shelf: TitleShelf, mature: int) -> Base | None:
    past = collect_past(shelf, language, None)
    check, _, _ = check_past(past)
    if not check.beats_chance:
        return None
    model = build_own(past, language, check)
    evidence = Evidence(
        kind="own",
        reason="own",
        own_posts=mature,
        model=model.name,
        pairs_right=check.after,
        params={"tested": check.posts},
    )
    reference = find_reference(model, shelf)
    return Base(model, reference, evidence, _own_range(model, past))


def _own_range(model: Model, past: Past) -> Range:
    calibration = model.calibration
    return Range(0.0, calibration.low, calibration.high, len(past.ratios) >= OWN_INTERVAL_POSTS)


# --- reference and range -----------------------------------------------------------------------------


def find_reference(model: Model, shelf: TitleShelf) -> Reference:
    """The average of the account's newest titles where there are five, else the training set's."""
    titles = shelf.all_titles[-REFERENCE_POSTS:]
    if len(titles) < REFERENCE_LEAST:
        return Reference(model.text_reference, np.zeros(len(model.hand.names)), False)
    parts = measure_parts(model, titles, lay_out(titles))
    return Reference(float(parts.text.mean()), parts.hand.mean(axis=0), True)


def _find_range(model: Model, reference: Reference, shelf: TitleShelf, mature: int) -> Range:
    ratios = shelf.ratios
    trail = follow(ratios)
    calibration = model.calibration
    shifts = shift_by_trail(calibration, trail)
    scales = trail.spread**calibration.power
    low, high = calibration.low, calibration.high
    is_own = len(ratios) >= OWN_INTERVAL_POSTS
    if is_own:
        titles = shelf.titles
        edges = measure_parts(model, titles, lay_out(titles)).utility - reference.utility
        expected = calibration.level + calibration.effect * edges + shifts[:-1]
        low, high = conformal_ends((ratios - expected) / scales[:-1])
    widening = FEW_WIDENING if mature < FEW_POSTS else 1.0
    scale = float(scales[-1]) * widening
    return Range(float(shifts[-1]), low * scale, high * scale, is_own)


def shift_by_trail(calibration: Calibration, trail: Trail) -> Floats:
    """How far the account's latest posts move what is expected of the next."""
    return calibration.recent * trail.recent + calibration.longer * trail.longer


def conformal_ends(residuals: Floats) -> tuple[float, float]:
    """The split-conformal 80 % ends: order statistics, with room for the post to come."""
    ordered = np.sort(residuals)
    size = len(ordered)
    low = max(0, int(np.floor(LOW_TAIL * (size + 1))) - 1)
    high = min(size - 1, int(np.ceil((1 - HIGH_TAIL) * (size + 1))) - 1)
    return float(ordered[low]), float(ordered[high])
