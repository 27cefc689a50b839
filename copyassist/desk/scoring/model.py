"""The shipped model: a folder of JSON and npz, checked byte by byte, run with numpy alone.

A folder holds `manifest.json` (what it is, where it was measured, the hash of every other file and
of itself), `weights.npz` (arrays only), `evidence.json` (how often each hand feature won) and
`golden.json` (titles with the utilities that any reader of this format must reproduce).
"""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from copyassist.desk.scoring.features.facts import FACTS, measure_facts, sum_by_fact
from copyassist.desk.scoring.features.hand import (
    hand_groups,
    hand_names,
    lexicon_version,
    measure_hand,
)
from copyassist.desk.scoring.ngrams import (
    Floats,
    Grams,
    Ints,
    Laid,
    Vocabulary,
    char_grams,
    count_once,
    word_grams,
)
from copyassist.desk.scoring.shrinkage import Shrinkage, load_shrinkage
from copyassist.errors import ModelError
from copyassist.i18n import Language
from copyassist.model_folder import MANIFEST, load_checked, load_manifest, named_fields
from copyassist.text import tokenizer_version
from copyassist.types import FeatureEvidence, FeatureGroup, ParsedText

FORMAT = 1
OTHER_KINDS = ("topics-", "forecast-", "own-", "keywords")  # model folders that do not score titles
WEIGHTS, EVIDENCE, GOLDEN = "weights.npz", "evidence.json", "golden.json"
# What an 80 % interval leaves out below and above. Posts fail by a little and succeed by a lot: the
# interval that leaves more out above is a tenth narrower at the same coverage.
LOW_TAIL, HIGH_TAIL = 0.07, 0.13
OWN_GRAMS = (1, 2)  # lengths of the grams that own posts have weights for
CLIP = 4.0  # no hand feature may pull harder than four standard deviations


@dataclass(frozen=True, slots=True)
class TextView:
    """One linear view of a title's text: weights of grams, the sum divided by the grams' norm.

    `kind` is "char" or "word"; `low`..`high` are gram lengths. `idf` scales a gram inside the
    norm; `weights` already contain it.
    """

    kind: str
    low: int
    high: int
    vocabulary: Vocabulary
    idf: Floats
    weights: Floats

    def find_grams(self, laid: Laid) -> Grams:
        """Every gram of the view's kind, known or not."""
        if self.kind == "char":
            return char_grams(laid, self.low, self.high)
        return word_grams(laid, self.high)

    def share_out(self, laid: Laid) -> "Shared":
        """What each known gram of each title adds to the title's utility."""
        grams = self.find_grams(laid)
        rows = self.vocabulary.find(grams.keys)
        known = rows >= 0
        rows, owner = rows[known], grams.owner[known]
        norm = np.sqrt(np.bincount(owner, self.idf[rows] ** 2, minlength=laid.size))
        shares = self.weights[rows] / np.maximum(norm, 1e-9)[owner]
        return Shared(owner, grams.begin[known], grams.end[known], shares)


@dataclass(frozen=True, slots=True)
class OwnView:
    """What an account's own posts teach about their grams of one and two characters."""

    vocabulary: Vocabulary
    weights: Floats

    def share_out(self, laid: Laid) -> "Shared":
        """What each gram that the posts had adds to each title's utility."""
        counted = count_once(laid, char_grams(laid, *OWN_GRAMS))
        grams = counted.grams
        rows = self.vocabulary.find(grams.keys)
        known = rows >= 0
        shares = counted.values[known] * self.weights[rows[known]]
        return Shared(grams.owner[known], grams.begin[known], grams.end[known], shares)


@dataclass(frozen=True, slots=True)
class Shared:
    """Shares of a utility: the title, the range of `codes` that earned it, and how much."""

    owner: Ints
    begin: Ints
    end: Ints
    shares: Floats


@dataclass(frozen=True, slots=True)
class HandView:
    """The hand features, standardised by the training set, and their weights."""

    names: tuple[str, ...]
    groups: tuple[FeatureGroup, ...]
    mean: Floats
    scale: Floats
    weights: Floats


@dataclass(frozen=True, slots=True)
class FactsView:
    """The columns of the facts, standardised by the training set, and their weights."""

    mean: Floats
    scale: Floats
    weights: Floats


@dataclass(frozen=True, slots=True)
class Calibration:
    """From utilities to probabilities and log ratios.

    The account's latest posts shift what is expected by `recent` and `longer` times the means of
    its trail. P(beats median) = sigmoid(bias + trend * shift + slope * (utility - reference));
    P(A beats B) = sigmoid(pair_slope * difference). The log ratio to the usual is expected at
    level + shift + effect * (utility - reference); `low` and `high` are the 7 % and 87 %
    quantiles of the residuals over spread ** `power`. Where all facts are known, the title counts
    `beside_facts` times as much, for part of what it tells they tell too, and all slopes are
    `facts_slope` times as steep.
    """

    slope: float
    bias: float
    pair_slope: float
    effect: float
    level: float
    low: float
    high: float
    recent: float = 0.0
    longer: float = 0.0
    trend: float = 0.0
    power: float = 0.0
    beside_facts: float = 1.0
    facts_slope: float = 1.0


@dataclass(frozen=True, slots=True)
class Model:
    """One model: a language, the platforms it was measured on, its views and calibration.

    `text_reference` is the training set's average text utility; the average of the hand features'
    shares is 0 by construction. `facts` is None where no facts were measured.
    """

    name: str
    language: Language
    platforms: tuple[str, ...]
    views: tuple[TextView | OwnView, ...]
    hand: HandView
    facts: FactsView | None
    calibration: Calibration
    text_reference: float
    evidence: Mapping[str, FeatureEvidence]
    pairs_right: float
    causal: bool
    manifest: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Parts:
    """The exact additive parts of the utilities of some titles.

    `text` is each title's text part, `chars` the same spread over `laid.codes`; `hand` has one row
    a title and one column a hand feature, `facts` one column a fact. utility is the sum of all.
    """

    laid: Laid
    text: Floats
    chars: Floats
    hand: Floats
    facts: Floats

    @property
    def utility(self) -> Floats:
        """One number a title."""
        total: Floats = self.text + self.hand.sum(axis=1) + self.facts.sum(axis=1)
        return total


def measure_parts(
    model: Model,
    titles: Sequence[ParsedText],
    laid: Laid,
    facts: Sequence[Mapping[str, float]] = (),
) -> Parts:
    """Takes the utilities of titles apart. `facts` are the titles' known facts, if there are any."""
    chars = np.zeros(len(laid.codes) + 1)
    text = np.zeros(laid.size)
    for view in model.views:
        found = view.share_out(laid)
        text += np.bincount(found.owner, found.shares, minlength=laid.size)
        _spread(chars, found.begin, found.end, found.shares)
    np.cumsum(chars, out=chars)
    hand = measure_hand_parts(model, titles, laid)
    return Parts(laid, text, chars[:-1], hand, measure_fact_parts(model, laid.size, facts))


def _spread(steps: Floats, begin: Ints, end: Ints, shares: Floats) -> None:
    """Adds each share evenly to its characters, as steps whose running sum is the value there."""
    each = shares / np.maximum(end - begin, 1)
    steps += np.bincount(begin, each, minlength=len(steps))
    steps -= np.bincount(end, each, minlength=len(steps))


def measure_hand_parts(model: Model, titles: Sequence[ParsedText], laid: Laid) -> Floats:
    """The hand features' shares of the utility. Shape (titles, features)."""
    hand = model.hand
    scaled = (measure_hand(titles, laid, model.language) - hand.mean) / hand.scale
    shares: Floats = np.clip(scaled, -CLIP, CLIP) * hand.weights
    return shares


def measure_fact_parts(model: Model, size: int, facts: Sequence[Mapping[str, float]]) -> Floats:
    """The facts' shares of the utility, 0 where a fact is not given. Shape (titles, facts)."""
    if model.facts is None or not any(facts):
        return np.zeros((size, len(FACTS)))
    view = model.facts
    scaled = np.clip((measure_facts(facts) - view.mean) / view.scale, -CLIP, CLIP)
    return sum_by_fact(scaled * view.weights)


def share_known(model: Model, size: int, facts: Sequence[Mapping[str, float]]) -> Floats:
    """How much of what facts tell is given with each title, 0..1."""
    if model.facts is None or not any(facts):
        return np.zeros(size)
    strength = sum_by_fact(np.abs(model.facts.weights)[None, :])[0]
    given = np.array([[name in row for name in FACTS] for row in facts], dtype=float)
    return np.asarray(given @ strength / max(float(strength.sum()), 1e-9))


def weigh_titles(model: Model, known: Floats) -> Floats:
    """How much each title counts beside the facts that are given: 1 where there are none."""
    return np.asarray(1 - (1 - model.calibration.beside_facts) * known)


def expect_ratios(
    model: Model, titles: Sequence[ParsedText], laid: Laid, facts: Sequence[Mapping[str, float]]
) -> Floats:
    """The log ratios that a model expects of titles, around their own mean."""
    parts = measure_parts(model, titles, laid, facts)
    title = parts.text + parts.hand.sum(axis=1)
    weights = weigh_titles(model, share_known(model, laid.size, facts))
    utility = weights * (title - title.mean() if laid.size else title)
    utility = utility + parts.facts.sum(axis=1)
    return np.asarray(
        model.calibration.effect * (utility - utility.mean() if laid.size else utility)
    )


# --- loading -------------------------------------------------------------------------------------


def load_models(folder: Path) -> "Models":
    """Every model of a folder that holds one folder per model.

    Raises ModelError: `models_missing` (no such folder, or nothing in it), `model_file_missing`,
    `model_altered`, `model_format`, `model_features`, each with the path and what mends it.
    """
    found = sorted(p for p in folder.iterdir() if p.is_dir()) if folder.is_dir() else []
    found = [p for p in found if not p.name.startswith((".", *OTHER_KINDS))]
    if not found:
        raise ModelError("models_missing", folder=str(folder))
    return Models(tuple(load_model(path) for path in found), load_shrinkage(folder))


@dataclass(frozen=True, slots=True)
class Models:
    """The models that are there, and what was learnt about own posts."""

    all: tuple[Model, ...]
    own: Shrinkage | None = None

    def find(self, platform: str, language: str) -> Model | None:
        """The model that was measured on this platform in this language, if any was."""
        for model in self.all:
            if model.language == language and platform in model.platforms:
                return model
        return None

    def speaking(self, language: str) -> Model | None:
        """Any model of a language: what it knows of titles' features holds on other platforms."""
        return next((model for model in self.all if model.language == language), None)


def load_model(folder: Path) -> Model:
    """One model folder. Raises ModelError as `load_models` does."""
    with named_fields(folder):
        manifest = _load_manifest(folder)
        weights = load_checked(folder, WEIGHTS, manifest)
        with np.load(io.BytesIO(weights), allow_pickle=False) as npz:
            arrays = {name: npz[name] for name in npz.files}
        evidence = json.loads(load_checked(folder, EVIDENCE, manifest))
        load_checked(folder, GOLDEN, manifest)
        return _assemble(manifest, arrays, evidence)


def _load_manifest(folder: Path) -> dict[str, Any]:
    manifest = load_manifest(folder, FORMAT)
    _check_versions(manifest, folder / MANIFEST)
    return manifest


def _check_versions(manifest: Mapping[str, Any], path: Path) -> None:
    here = {"tokenizer": tokenizer_version(), "features": lexicon_version()}
    for what, version in here.items():
        if manifest[what] != version:
            found = manifest[what]
            raise ModelError(
                "model_features", path=str(path), what=what, found=found, expected=version
            )


def _assemble(
    manifest: Mapping[str, Any], arrays: Mapping[str, Any], evidence: Mapping[str, Any]
) -> Model:
    language: Language = manifest["language"]
    return Model(
        name=manifest["name"],
        language=language,
        platforms=tuple(manifest["platforms"]),
        views=tuple(_load_view(view, arrays) for view in manifest["views"]),
        hand=HandView(
            hand_names(language),
            hand_groups(language),
            *(arrays[f"hand_{part}"].astype(np.float64) for part in ("mean", "scale", "weights")),
        ),
        facts=_load_facts(arrays),
        calibration=Calibration(**{k: float(v) for k, v in manifest["calibration"].items()}),
        text_reference=float(manifest["text_reference"]),
        evidence={name: FeatureEvidence(**row) for name, row in evidence.items()},
        pairs_right=float(manifest["pairs_right"]),
        causal=bool(manifest["causal"]),
        manifest=manifest,
    )


def _load_facts(arrays: Mapping[str, Any]) -> FactsView | None:
    if "facts_weights" not in arrays:
        return None
    return FactsView(*(arrays[f"facts_{part}"] for part in ("mean", "scale", "weights")))


def _load_view(view: Mapping[str, Any], arrays: Mapping[str, Any]) -> TextView:
    name = view["name"]
    return TextView(
        view["kind"],
        view["low"],
        view["high"],
        Vocabulary.of(arrays[f"{name}_keys"]),
        arrays[f"{name}_idf"].astype(np.float64),
        arrays[f"{name}_weights"].astype(np.float64),
    )
