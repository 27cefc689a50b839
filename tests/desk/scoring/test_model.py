"""The model folder: golden cases, and a clear error for everything that is wrong with one."""

import json
import shutil
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from copyassist.desk.scoring import load_model, load_models
from copyassist.desk.scoring.model import measure_parts
from copyassist.desk.scoring.ngrams import lay_out
from copyassist.errors import ModelError
from copyassist.model_folder import manifest_digest
from copyassist.resources import find_models
from copyassist.text import parse_text

NAMES = ("zh-xiaohongshu", "en-upworthy")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(find_models() / "zh-xiaohongshu", tmp_path / "m" / "zh-xiaohongshu")
    return tmp_path / "m"


def change_manifest(folder: Path, **changes: object) -> None:
    path = folder / "zh-xiaohongshu" / "manifest.json"
    manifest = json.loads(path.read_text("utf-8")) | changes
    manifest["digest"] = manifest_digest(manifest)
    path.write_text(json.dumps(manifest), "utf-8")


def error_of(folder: Path) -> ModelError:
    with pytest.raises(ModelError) as caught:
        load_models(folder)
    return caught.value


@pytest.mark.parametrize("name", NAMES)
def test_golden_cases(name: str) -> None:
    model = load_model(find_models() / name)
    golden = json.loads((find_models() / name / "golden.json").read_text("utf-8"))
    titles = [parse_text(case["title"]) for case in golden]
    parts = measure_parts(model, titles, lay_out(titles))
    assert len(golden) >= 5
    assert parts.utility == pytest.approx([case["utility"] for case in golden], abs=1e-5)


@pytest.mark.parametrize("name", NAMES)
def test_size_and_provenance(name: str) -> None:
    model = load_model(find_models() / name)
    assert sum(p.stat().st_size for p in (find_models() / name).iterdir()) <= 5_000_000
    assert model.manifest["attribution"]
    assert model.manifest["licence_of_data"]
    assert all(len(h) == 64 for h in model.manifest["trained_on"]["sha256"].values())
    low, high = model.manifest["metrics"]["value_low_high"]["title"]["all"][1:]
    assert 0.5 < low < model.pairs_right < high


def test_missing_folder(tmp_path: Path) -> None:
    assert error_of(tmp_path / "nowhere").code == "models_missing"
    assert error_of(tmp_path).code == "models_missing"


@pytest.mark.parametrize("name", ["weights.npz", "evidence.json", "golden.json", "manifest.json"])
def test_missing_file(folder: Path, name: str) -> None:
    (folder / "zh-xiaohongshu" / name).unlink()
    error = error_of(folder)
    assert error.code == "model_file_missing"
    assert name in str(error.params["path"])


@pytest.mark.parametrize("name", ["weights.npz", "evidence.json", "golden.json"])
def test_changed_byte(folder: Path, name: str) -> None:
    path = folder / "zh-xiaohongshu" / name
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))
    assert error_of(folder).code == "model_altered"


def test_every_changed_byte_of_the_manifest_is_seen(folder: Path) -> None:
    path = folder / "zh-xiaohongshu" / "manifest.json"
    data = path.read_bytes()
    for at in np.random.default_rng(1).choice(len(data), 60, replace=False).tolist():
        changed = bytearray(data)
        changed[at] = ord("Z") if changed[at] != ord("Z") else ord("Y")
        path.write_bytes(bytes(changed))
        with pytest.raises(ModelError):
            load_models(folder)


def test_other_format_version(folder: Path) -> None:
    change_manifest(folder, format=99)
    error = error_of(folder)
    assert error.code == "model_format"
    assert error.params["found"] == 99


@pytest.mark.parametrize("what", ["tokenizer", "features"])
def test_other_words_or_features(folder: Path, what: str) -> None:
    change_manifest(folder, **{what: "other"})
    error = error_of(folder)
    assert error.code == "model_features"
    assert error.params["what"] == what


def test_not_json(folder: Path) -> None:
    (folder / "zh-xiaohongshu" / "manifest.json").write_bytes(b"\xff\xfe not json")
    assert error_of(folder).code == "model_altered"


READ = ("name", "language", "platforms", "views", "calibration", "text_reference", "pairs_right")


@pytest.mark.parametrize("odd", [None, 7, [7], [{}], {"low": "x"}, "x", 10**400])
@pytest.mark.parametrize("field", READ)
def test_a_signed_manifest_with_any_odd_value(folder: Path, field: str, odd: object) -> None:
    change_manifest(folder, **{field: odd})
    with suppress(ModelError):  # a name or a list of platforms may be anything
        assert load_models(folder).all
        return
    error = error_of(folder)
    assert error.code == "model_field"
    assert "manifest.json" in str(error.params["path"])
    assert error.params["field"]


@pytest.mark.parametrize("field", READ)
def test_a_signed_manifest_without_a_field(folder: Path, field: str) -> None:
    path = folder / "zh-xiaohongshu" / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    del manifest[field]
    manifest["digest"] = manifest_digest(manifest)
    path.write_text(json.dumps(manifest), "utf-8")
    error = error_of(folder)
    assert (error.code, error.params["field"]) == ("model_field", field)


@pytest.mark.parametrize("text", ["7", "[]", "null", '"x"', "[" * 20_000, '{"format": 1}', "NaN"])
def test_a_manifest_that_is_no_manifest(folder: Path, text: str) -> None:
    (folder / "zh-xiaohongshu" / "manifest.json").write_text(text, "utf-8")
    assert error_of(folder).code == "model_altered"


@pytest.mark.parametrize("odd", [None, 7, [], "\ud83d", {"weights.npz": 7}])
def test_a_manifest_whose_files_are_odd(folder: Path, odd: object) -> None:
    path = folder / "zh-xiaohongshu" / "manifest.json"
    manifest = json.loads(path.read_text("utf-8")) | {"files": odd, "digest": "x"}
    path.write_text(json.dumps(manifest), "utf-8")
    assert error_of(folder).code == "model_altered"
