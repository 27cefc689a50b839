"""Writes a trained model as the folder that `scoring.model` reads."""

import hashlib
import io
import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from copyassist.desk.scoring.features.hand import lexicon_version
from copyassist.desk.scoring.model import (
    EVIDENCE,
    FORMAT,
    GOLDEN,
    WEIGHTS,
    Model,
    load_model,
    measure_parts,
)
from copyassist.desk.scoring.ngrams import lay_out
from copyassist.model_folder import MANIFEST, manifest_digest
from copyassist.text import parse_text, tokenizer_version
from copyassist.training.evidence import measure_evidence
from copyassist.training.folders import today
from copyassist.training.train import Trained

GOLDEN_TITLES = {
    "zh": (
        "周末去哪儿？这5家咖啡店值得专程跑一趟",
        "北美租房避雷攻略",
        "日常vlog｜普通的一天",
        "没想到这家火锅这么好吃！！",
        "😋😋😋",
        "a",
        "",
    ),
    "en": (
        "This is what happened when she said no",
        "10 Reasons You Should Never Skip Breakfast",
        "Who knew? A tiny town just changed everything.",
        "ok",
        "",
    ),
}


def write_model(trained: Trained, folder: Path, data: Path) -> None:
    """Writes the model folder whole: the old one is replaced only by a complete new one."""
    draft = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    files = {
        WEIGHTS: _pack_weights(trained),
        EVIDENCE: _dump(_evidence(trained)),
        GOLDEN: b"[]\n",
    }
    _write(draft, files, _describe(trained, data))
    files[GOLDEN] = _dump(_golden(load_model(draft)))
    _write(draft, files, _describe(trained, data))
    shutil.rmtree(folder, ignore_errors=True)
    draft.rename(folder)


def _write(folder: Path, files: Mapping[str, bytes], manifest: dict[str, Any]) -> None:
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    manifest = {**manifest, "files": hashes}
    manifest["digest"] = manifest_digest(manifest)
    for name, content in {**files, MANIFEST: _dump(manifest)}.items():
        (folder / name).write_bytes(content)


def _dump(content: object) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _pack_weights(trained: Trained) -> bytes:
    arrays: dict[str, Any] = {}
    for design, weights in zip(trained.fitted.designs, trained.fitted.weights, strict=True):
        name = design.spec.name
        if design.spec.kind == "hand":
            arrays |= {"hand_mean": design.mean, "hand_scale": design.scale}
            arrays["hand_weights"] = design.gram_weights(weights)
            continue
        arrays[f"{name}_keys"] = design.keys
        arrays[f"{name}_idf"] = design.idf.astype(np.float32)
        arrays[f"{name}_weights"] = design.gram_weights(weights).astype(np.float32)
    if trained.facts is not None:
        facts = trained.facts
        arrays |= {"facts_mean": facts.mean, "facts_scale": facts.scale}
        arrays["facts_weights"] = facts.weights
    packed = io.BytesIO()
    np.savez(packed, **arrays)
    return packed.getvalue()


def _evidence(trained: Trained) -> Mapping[str, Mapping[str, object]]:
    found = measure_evidence(trained.dataset, trained.corpus)
    about = {"platform": trained.recipe.platforms[0], "causal": trained.recipe.causal}
    return {name: {**row, **about} for name, row in found.items()}


def _golden(model: Model) -> list[dict[str, object]]:
    titles = [parse_text(title) for title in GOLDEN_TITLES[model.language]]
    utility = measure_parts(model, titles, lay_out(titles)).utility
    return [
        {"title": title.raw, "utility": round(value, 6)}
        for title, value in zip(titles, utility.tolist(), strict=True)
    ]


def _describe(trained: Trained, data: Path) -> dict[str, Any]:
    recipe = trained.recipe
    figures = {
        name: {key: [round(v, 4) for v in asdict(f).values()] for key, f in found.items()}
        for name, found in trained.figures.items()
    }
    rated = trained.dataset.group >= 0
    text = sum(share for name, share in trained.fitted.utilities().items() if name != "hand")
    return {
        "format": FORMAT,
        "name": recipe.name,
        "language": recipe.language,
        "platforms": list(recipe.platforms),
        "causal": recipe.causal,
        "tokenizer": tokenizer_version(),
        "features": lexicon_version(),
        "views": [
            {"name": s.name, "kind": _kind(s.kind), "low": s.low, "high": s.high}
            for s in recipe.views
            if s.kind != "hand"
        ],
        "calibration": asdict(trained.calibration),
        "text_reference": float(np.mean(np.asarray(text)[rated])),
        "pairs_right": figures["title"]["all"][0],
        "metrics": {
            "on": "stories or accounts that nothing was learnt from",
            "date": today(),
            "value_low_high": figures,
            "errors": trained.errors,
        },
        "trained_on": {
            "titles": len(trained.dataset.titles),
            "pairs": len(trained.dataset.pairs),
            "clusters": len(np.unique(trained.dataset.pairs.cluster)),
            "sha256": {name: _hash(data / name) for name in recipe.source.files},
        },
        "licence_of_data": recipe.source.licence,
        "attribution": recipe.source.attribution,
        "licence": "MIT",
    }


def _kind(kind: str) -> str:
    """A vector view has become one number a word: the scorer need not know."""
    return "word" if kind == "vector" else kind


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
