"""What a score rests on: the prior, the account's own posts, both, or nothing.

0 own posts: the prior orders drafts, no figures. 1 to 4: their median, a wide pooled interval. 12 and
more, of which eight in the draft's language: own posts move the prior, or stand alone where no prior was measured,
as far as shrinkage lets them; what that is worth was learnt across accounts and is said with it.
40 and more: the interval comes from the account's own residuals.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from copyassist.desk.scoring.features.facts import FACTS
from copyassist.desk.scoring.history import TitleShelf, Trail, follow, shelve
from copyassist.desk.scoring.model import (
    HIGH_TAIL,
    LOW_TAIL,
    Calibration,
    Model,
    Models,
    Parts,
    measure_parts,
    share_known,
    weigh_titles,
)
from copyassist.desk.scoring.ngrams import Floats, lay_out
from copyassist.desk.scoring.own import OwnFit, blank_model, fit_own, state_facts
from copyassist.desk.scoring.shrinkage import FEWEST_POSTS, Shrinkage
from copyassist.i18n import LANGUAGES, Language
from copyassist.types import Evidence, RatedPost

NEEDED_POSTS = FEWEST_POSTS
LANGUAGE_POSTS = 8  # of these in the draft's language: one account in six mixes languages
OWN_INTERVAL_POSTS = 40
FEW_POSTS = 5
FEW_WIDENING = 1.3  # the usual of one to four posts is itself a guess
REFERENCE_POSTS = 500  # the newest titles that make the account's average title
REFERENCE_LEAST = 5


@dataclass(frozen=True, slots=True)
class Reference:
    """The average title that shares are measured against: of the account or the training set.

    `facts` are what the account's posts usually have, as shares of the utility.
    """

    text: float
    hand: Floats
    is_account: bool
    facts: Floats

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


# Own posts say part of what reading unlike titles says: beside them half of it orders best.
PULL_BESIDE_OWN = 0.5


@dataclass(frozen=True, slots=True)
class Base:
    """All that scoring in one language needs."""

    model: Model
    reference: Reference
    evidence: Evidence
    range: Range

    @property
    def pull_share(self) -> float:
        """How much of the guard's pull counts."""
        return 1.0 if self.evidence.kind == "prior" else PULL_BESIDE_OWN

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
        enough = mature >= NEEDED_POSTS and len(shelf.all_posts) >= LANGUAGE_POSTS
        if models.own is not None and enough:
            found[language] = _base_with_own(models, models.own, (language, platform), shelf)
        elif prior is not None:
            reference = find_reference(prior, shelf)
            around = _find_range(prior, reference, shelf, mature)
            found[language] = Base(prior, reference, _prior_evidence(prior, mature, shelf), around)
    return found


def _prior_evidence(prior: Model, mature: int, shelf: TitleShelf) -> Evidence:
    few = "prior_few" if mature < FEW_POSTS else "prior"
    return Evidence(
        kind="prior",
        reason=few if mature else "prior_no_posts",
        own_posts=mature,
        needed=max(0, NEEDED_POSTS - len(shelf.all_posts)),
        model=prior.name,
        pairs_right=prior.pairs_right,
        measured_on=prior.name,
    )


def _base_with_own(
    models: Models, shrinkage: Shrinkage, where: tuple[Language, str], shelf: TitleShelf
) -> Base:
    language, platform = where
    prior = models.find(platform, language)
    if prior is None:
        blank = blank_model(language, models.speaking(language), shrinkage)
        fit = fit_own(shelf, blank, shrinkage.alone)
    else:
        fit = fit_own(shelf, prior, shrinkage.on_prior)
    reference = find_reference(fit.model, shelf)
    around = _find_range(fit.model, reference, shelf, len(shelf.all_posts))
    return Base(fit.model, reference, _own_evidence(fit, prior, len(shelf.all_posts)), around)


def _own_evidence(fit: OwnFit, prior: Model | None, mature: int) -> Evidence:
    """What accounts like this one got afterwards: never what its own past happened to give."""
    hits = fit.hits
    reach = {
        "low": round(100 * max(0.5, hits - fit.hit_spread)),
        "high": round(100 * (hits + fit.hit_spread)),
    }
    if prior is None:
        return Evidence(
            kind="own",
            reason="own",
            own_posts=mature,
            model=fit.model.name,
            pairs_right=hits,
            params={"learnt": fit.posts, **reach},
        )
    return Evidence(
        kind="prior_and_own",
        reason="prior_and_own",
        own_posts=mature,
        model=prior.name,
        pairs_right=hits,
        measured_on=prior.name,
        params={"learnt": fit.posts, **reach},
    )


# --- reference and range -----------------------------------------------------------------------------


def find_reference(model: Model, shelf: TitleShelf) -> Reference:
    """The average of the account's newest titles where there are five, else the training set's."""
    titles = shelf.all_titles[-REFERENCE_POSTS:]
    facts = np.zeros(len(FACTS))
    if len(titles) < REFERENCE_LEAST:
        return Reference(model.text_reference, np.zeros(len(model.hand.names)), False, facts)
    stated = [state_facts(rated.post) for rated in shelf.all_posts[-REFERENCE_POSTS:]]
    parts = measure_parts(model, titles, lay_out(titles), stated)
    known = np.array([[name in row for name in FACTS] for row in stated])
    facts = parts.facts.sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    return Reference(float(parts.text.mean()), parts.hand.mean(axis=0), True, facts)


@dataclass(frozen=True, slots=True)
class Edges:
    """Titles' edges over the reference: `weights` is how much the title's own parts count.

    `facts` has a column a fact, 0 where the fact is not given.
    """

    weights: Floats
    facts: Floats
    total: Floats


def measure_edges(
    model: Model, reference: Reference, parts: Parts, facts: Sequence[Mapping[str, float]]
) -> Edges:
    """The utilities of measured titles less that of the account's average title and usual facts."""
    known = share_known(model, parts.laid.size, facts)
    stretch = 1 + (model.calibration.facts_slope - 1) * known
    weights = stretch * weigh_titles(model, known)
    title = parts.text + parts.hand.sum(axis=1) - reference.utility
    over = np.zeros_like(parts.facts)
    if any(facts):
        given = np.array([[name in row for name in FACTS] for row in facts])
        over = np.where(given, parts.facts - reference.facts, 0.0) * stretch[:, None]
    return Edges(weights, over, np.asarray(weights * title + over.sum(axis=1)))


def _find_range(model: Model, reference: Reference, shelf: TitleShelf, mature: int) -> Range:
    ratios = shelf.ratios
    trail = follow(ratios)
    calibration = model.calibration
    shifts = shift_by_trail(calibration, trail)
    scales = trail.spread**calibration.power
    low, high = calibration.low, calibration.high
    is_own = len(ratios) >= OWN_INTERVAL_POSTS
    if is_own:
        titles, facts = shelf.titles, [state_facts(rated.post) for rated in shelf.posts]
        parts = measure_parts(model, titles, lay_out(titles), facts)
        edges = measure_edges(model, reference, parts, facts).total
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
