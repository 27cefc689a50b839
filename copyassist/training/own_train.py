"""Makes models/own-posts: what all shared accounts teach about trusting own posts."""

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from copyassist.desk.scoring.ngrams import Floats
from copyassist.desk.scoring.shrinkage import FOLDER, FORMAT, OwnPrior
from copyassist.model_folder import MANIFEST, manifest_digest
from copyassist.training.calibrate import calibrate
from copyassist.training.datasets import Dataset
from copyassist.training.facts import predict_together
from copyassist.training.folders import dump, hash_file, today
from copyassist.training.histories import COUNTS, History, load_note_histories
from copyassist.training.measure import Tally, draw_clusters, summarise
from copyassist.training.own_posts import (
    Outcome,
    Scales,
    calibrate_own,
    describe_level,
    learn_level,
    share_right,
    simulate,
    with_prior,
    without_facts,
)
from copyassist.training.recipe import Recipe


@dataclass(frozen=True, slots=True)
class Setting:
    """Histories of the same accounts: with all facts, to learn from, and with the title alone."""

    full: Sequence[History]
    titles: Sequence[History]

    def pick(self, folds: Sequence[int]) -> "Setting":
        """The accounts of some folds."""
        return Setting(
            [one for one in self.full if one.fold in folds],
            [one for one in self.titles if one.fold in folds],
        )


def load_settings(
    data: Path, dataset: Dataset, title: Floats, facts: Floats
) -> tuple[Setting, Setting]:
    """Own posts alone, and on the platform's model. `title` and `facts` are out-of-fold utilities."""
    plain = load_note_histories(data / "headlines")
    effect = calibrate(title, dataset).effect
    both = predict_together(title, facts, dataset)
    expected, expected_both = (
        {
            name: effect * utility[dataset.group == number]
            for number, name in enumerate(dataset.clusters)
        }
        for utility in (title, both)
    )
    alone = Setting(plain, without_facts(plain))
    on_prior = Setting(with_prior(plain, expected_both), without_facts(with_prior(plain, expected)))
    return alone, on_prior


def learn_setting(setting: Setting, scales: Scales) -> OwnPrior:
    """Variances from all that is known of the accounts, calibration from titles alone."""
    level = learn_level(setting.full, scales)
    outcomes = simulate_all(setting.titles, scales, level)
    calibration = calibrate_own(outcomes)
    with_facts = calibrate_own(simulate_all(setting.full, scales, level))
    ratio = with_facts.slope / max(calibration.slope, 1e-6)
    return replace(level, calibration=replace(calibration, facts_slope=ratio))


def simulate_all(histories: Sequence[History], scales: Scales, level: OwnPrior) -> list[Outcome]:
    """The desks of all counts."""
    return [one for count in COUNTS for one in simulate(histories, scales, level, count)]


def measure_unseen(setting: Setting, scales: Scales) -> Mapping[str, list[float]]:
    """Pairs right with their interval by the number of own posts, on accounts not learnt from."""
    folds = sorted({one.fold for one in setting.full})
    right, pairs = (np.zeros((len(COUNTS), len(setting.titles))) for _ in range(2))
    for fold in folds:
        level = learn_setting(setting.pick([f for f in folds if f != fold]), scales)
        chosen = [row for row, one in enumerate(setting.titles) if one.fold == fold]
        histories = [setting.titles[row] for row in chosen]
        for number, count in enumerate(COUNTS):
            for one in simulate(histories, scales, level, count):
                size = len(one.pairs.better)
                pairs[number, chosen[one.account]] += size
                right[number, chosen[one.account]] += size * share_right(one) if size else 0.0
    found = {}
    for count, top, bottom in zip(COUNTS, right, pairs, strict=True):
        tally = Tally(top[bottom > 0], bottom[bottom > 0])
        figure = summarise(tally, draw_clusters(len(tally.top)))
        found[str(count)] = [round(v, 4) for v in (figure.value, figure.low, figure.high)]
    return found


def train_own(
    recipe: Recipe, dataset: Dataset, utilities: tuple[Floats, Floats], data: Path
) -> Mapping[str, Any]:
    """The manifest of models/own-posts, learnt from every account that `recipe` learns from."""
    alone, on_prior = load_settings(data, dataset, *utilities)
    scales = Scales.of(alone.full)
    measured = {
        name: measure_unseen(setting, scales)
        for name, setting in (("alone", alone), ("on_prior", on_prior))
    }
    return {
        "format": FORMAT,
        "name": FOLDER,
        "alone": describe_level(learn_setting(alone, scales)),
        "on_prior": describe_level(learn_setting(on_prior, scales)),
        "fact_mean": [round(value, 6) for value in scales.fact_mean.tolist()],
        "fact_scale": [round(value, 6) for value in scales.fact_scale.tolist()],
        "measured": {
            "on": "accounts that nothing was learnt from",
            "date": today(),
            "pairs_right_low_high": measured,
        },
        "trained_on": {
            "accounts": len(alone.full),
            "titles": int(np.sum([len(one) for one in alone.full])),
            "sha256": {name: hash_file(data / name) for name in recipe.source.files},
        },
        "licence_of_data": recipe.source.licence,
        "attribution": recipe.source.attribution,
        "licence": "MIT",
    }


def write_own(manifest: Mapping[str, Any], folder: Path) -> None:
    """Writes the folder whole: the old one is replaced only by a complete new one."""
    draft = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    signed = {**json.loads(dump(manifest)), "files": {}}
    signed["digest"] = manifest_digest(signed)
    (draft / MANIFEST).write_bytes(dump(signed))
    shutil.rmtree(folder, ignore_errors=True)
    draft.rename(folder)
