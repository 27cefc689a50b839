"""Python, the package, what it needs, and the files that ship with it."""

import hashlib
import shutil
from base64 import urlsafe_b64encode
from importlib.metadata import Distribution, PathDistribution
from pathlib import Path

import pytest

import copyassist
from copyassist import resources
from copyassist.doctor import installation
from copyassist.doctor.installation import is_older, read_requirements
from copyassist.doctor.surroundings import find_distribution

from .looking import codes, look


def make_distribution(folder: Path, *lines: str, version: str = "") -> Distribution:
    """An installed package of those metadata."""
    place = folder / "copyassist-0.dist-info"
    place.mkdir(parents=True, exist_ok=True)
    head = [
        "Metadata-Version: 2.1",
        "Name: copyassist",
        f"Version: {version or copyassist.__version__}",
    ]
    (place / "METADATA").write_text("\n".join([*head, *lines]) + "\n", "utf-8")
    return PathDistribution(place)


def test_this_installation_is_sound(home: Path) -> None:
    for name in (
        "python",
        "package",
        "dependencies",
        "extras",
        "program_files",
        "assets",
        "models",
    ):
        assert {one.state for one in look(home, name)} <= {"ok", "note"}, name


def test_a_python_that_is_too_old_is_told(home: Path, tmp_path: Path) -> None:
    asks = make_distribution(tmp_path, "Requires-Python: >=9.1")
    (result,) = look(home, "python", distribution=asks)
    assert (result.state, result.code) == ("trouble", "python_old")
    assert result.values["floor"] == "9.1"


def test_a_package_that_is_not_installed_is_told(home: Path) -> None:
    assert codes(look(home, "package", distribution=None)) == [("trouble", "package_not_installed")]
    assert look(home, "dependencies", distribution=None) == []


def test_two_versions_in_one_place_are_told(home: Path, tmp_path: Path) -> None:
    other = make_distribution(tmp_path, version="0.0.1")
    assert codes(look(home, "package", distribution=other)) == [("note", "package_mixed")]


def test_packages_that_are_missing_or_old_are_told_one_by_one(home: Path, tmp_path: Path) -> None:
    asks = make_distribution(
        tmp_path,
        "Requires-Dist: click>=8.4",
        "Requires-Dist: numpy>=999.1",
        "Requires-Dist: no-such-package-of-ours>=1.0",
    )
    results = look(home, "dependencies", distribution=asks)
    assert codes(results) == [("trouble", "dependency_old"), ("trouble", "dependency_missing")]
    assert [one.values["package"] for one in results] == ["numpy", "no-such-package-of-ours"]


def test_extras_are_only_noted(home: Path, tmp_path: Path) -> None:
    asks = make_distribution(
        tmp_path,
        "Requires-Dist: no-such-package-of-ours>=1.0; extra == 'far'",
        'Requires-Dist: click>=1.0; extra == "near"',
        'Requires-Dist: click>=999; extra == "old"',
    )
    found = codes(look(home, "extras", distribution=asks))
    assert found == [("ok", "extra_absent"), ("ok", "extra"), ("note", "extra_old")]
    assert look(home, "dependencies", distribution=asks) == []


def test_the_real_metadata_name_every_dependency() -> None:
    found = read_requirements(find_distribution())
    needed = {one.name for one in found if not one.extra}
    assert {"sqlalchemy", "pyarrow", "streamlit"} <= needed
    assert all(one.floor for one in found)


@pytest.mark.parametrize(
    ("found", "floor", "older"),
    [
        ("3.11", "3.9", False),
        ("0.42.1", "0.42.1", False),
        ("2.0", "2.0.0", False),
        ("2.0.39", "2.0.40", True),
        ("2024.9.1", "2024.11.6", True),
        ("15.0.0rc1", "15.0", False),
        ("what", "1.0", True),
        ("1.0", "", False),
    ],
)
def test_versions_are_compared_by_their_numbers(found: str, floor: str, older: bool) -> None:
    assert is_older(found, floor) is older


def test_files_that_are_gone_or_changed_since_they_were_installed_are_told(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "copyassist"
    package.mkdir()
    lines = []
    for name in ("__init__.py", "changed.py", "gone.py"):
        (package / name).write_text(f"# {name}\n", "utf-8")
        digest = hashlib.sha256((package / name).read_bytes()).digest()
        hashed = urlsafe_b64encode(digest).decode().rstrip("=")
        lines.append(f"copyassist/{name},sha256={hashed},{(package / name).stat().st_size}")
    installed = make_distribution(tmp_path)
    (tmp_path / "copyassist-0.dist-info" / "RECORD").write_text("\n".join(lines) + "\n", "utf-8")
    assert look(home, "program_files", distribution=installed) == []  # another copy is running
    monkeypatch.setattr(installation, "RUNNING", (package / "__init__.py").resolve())
    assert codes(look(home, "program_files", distribution=installed)) == [("ok", "program_files")]
    (package / "changed.py").write_text("# mine\n", "utf-8")
    (package / "gone.py").unlink()
    gone, changed = look(home, "program_files", distribution=installed)
    assert (gone.state, gone.values["files"]) == ("trouble", ["copyassist/gone.py"])
    assert (changed.state, changed.values["files"]) == ("note", ["copyassist/changed.py"])


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of what ships, which the program takes for its own."""
    copy = tmp_path / "program"
    shutil.copytree(resources.find_asset(), copy / "assets")
    shutil.copytree(resources.find_models(), copy / "models")
    shutil.copytree(resources.find_corpora() / "demo", copy / "corpora" / "demo")
    shutil.copytree(resources.find_corpora() / "examples", copy / "corpora" / "examples")
    monkeypatch.setattr(resources, "PACKAGE", copy)
    return copy


def test_the_copy_is_as_good_as_the_original(package: Path, home: Path) -> None:
    assert codes(look(home, "assets")) == [("ok", "assets")]
    assert codes(look(home, "models")) == [("ok", "models")]


def test_assets_that_are_missing_or_broken_are_named(package: Path, home: Path) -> None:
    (package / "assets" / "keywords" / "weights.npz.xz").unlink()
    (package / "corpora" / "demo" / "posts.csv").unlink()
    (package / "assets" / "lexicons" / "goods.toml").write_text("[[", "utf-8")
    gone, broken = look(home, "assets")
    assert gone.values["files"] == ["assets/keywords/weights.npz.xz", "corpora/demo/posts.csv"]
    assert broken.values["files"] == ["assets/lexicons/goods.toml"]
    assert {gone.state, broken.state} == {"trouble"}


def test_a_model_file_that_is_missing_or_altered_is_named(package: Path, home: Path) -> None:
    models = package / "models"
    (models / "zh-xiaohongshu" / "weights.npz").unlink()
    golden = models / "topics-merge" / "golden.json"
    golden.write_bytes(golden.read_bytes() + b" ")
    shutil.rmtree(models / "forecast-weibo")
    results = look(home, "models")
    assert codes(results) == [
        ("trouble", "model_file_missing"),
        ("trouble", "model_altered"),
        ("trouble", "model_file_missing"),
    ]
    paths = [str(one.values["path"]) for one in results]
    assert paths[0].endswith("manifest.json")
    assert paths[1] == str(golden)
    assert paths[2].endswith("weights.npz")


def test_no_models_at_all_is_one_trouble(package: Path, home: Path) -> None:
    shutil.rmtree(package / "models")
    shutil.rmtree(package.parent / "models", ignore_errors=True)
    assert codes(look(home, "models")) == [("trouble", "shipped_folder_missing")]
