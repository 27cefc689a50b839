"""Everything that ships and was not written as code says where it comes from."""

import hashlib
import json
from pathlib import Path

import pytest

from tests.readme_examples import ROOT

PAGE = (ROOT / "corpora" / "README.md").read_text("utf-8")
FOLDERS = (
    "corpora/demo",
    "corpora/examples",
    "corpora/keywords",
    "corpora/law",
    "corpora/promises",
    "corpora/topics",
    "corpora/word_vectors",
    "copyassist/assets/keywords",
    "copyassist/assets/titles",
)
MODELS = sorted((ROOT / "models").glob("*/manifest.json"))


def test_no_folder_of_data_is_forgotten() -> None:
    found = {f"corpora/{path.name}" for path in (ROOT / "corpora").iterdir() if path.is_dir()}
    assert found - {"corpora/__pycache__"} <= set(FOLDERS)
    binary = {path.parent for path in (ROOT / "copyassist" / "assets").rglob("*.npz*")}
    assert binary == {ROOT / "copyassist" / "assets" / name for name in ("keywords", "titles")}


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_data_file_has_its_row(folder: str) -> None:
    section = find_section(folder)
    files = [path.name for path in (ROOT / folder).iterdir() if path.is_file()]
    assert files
    assert [name for name in files if f"| `{name}` |" not in section] == []


def find_section(folder: str) -> str:
    heading = f"\n## {folder.removeprefix('corpora/')}/"
    start = PAGE.index(heading) + 1
    return PAGE[start:].split("\n## ", 1)[0]


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.parent.name)
def test_every_model_names_its_files_data_licence_and_row(path: Path) -> None:
    manifest = json.loads(path.read_text("utf-8"))
    inside = {file.name for file in path.parent.iterdir()} - {"manifest.json"}
    assert inside == set(manifest["files"])
    for name, digest in manifest["files"].items():
        assert hashlib.sha256((path.parent / name).read_bytes()).hexdigest() == digest
    for name in ("licence", "licence_of_data", "attribution"):
        assert manifest[name]
    assert manifest["trained_on"]["sha256"]
    assert f"| `{path.parent.name}` |" in PAGE


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.parent.name)
def test_every_source_that_a_model_credits_is_credited_in_the_page(path: Path) -> None:
    credits = json.loads(path.read_text("utf-8"))["attribution"]
    named = [credits] if isinstance(credits, str) else credits
    repositories = {word.strip(".,;") for one in named for word in one.split() if "/" in word}
    repositories = {name for name in repositories if not name[0].isdigit()}
    assert repositories
    assert [name for name in repositories if name not in PAGE] == []
