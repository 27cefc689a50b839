"""The wheel holds what runs and nothing else; both locks are whole; classifiers are what is run."""

import re
import tomllib
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.readme_examples import ROOT
from tests.wheel import find_faults

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
WHEEL = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]
WORKFLOW = ROOT / ".github" / "workflows" / "test.yml"
LOCKS = ("requirements.lock", "requirements-dev.lock")


def list_wheel() -> Iterator[tuple[str, Path]]:
    """What hatchling packs under the configuration: name in the wheel, and the file."""
    for package in WHEEL["packages"]:
        for path in sorted((ROOT / package).rglob("*")):
            name = path.relative_to(ROOT).as_posix()
            skipped = any(name.startswith(f"{out}/") for out in WHEEL["exclude"])
            if path.is_file() and "__pycache__" not in name and not skipped:
                yield name, path
    for origin, goal in WHEEL["force-include"].items():
        place = ROOT / origin
        for path in [place] if place.is_file() else sorted(place.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                inside = path.relative_to(place).as_posix()
                yield goal if place.is_file() else f"{goal}/{inside}", path


def test_the_wheel_holds_what_runs_and_is_small() -> None:
    files = dict(list_wheel())
    size = sum(len(zlib.compress(path.read_bytes())) for path in files.values())
    assert find_faults(list(files), size) == []


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_pins_every_direct_dependency_with_hashes(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    pinned = {found.lower() for found in re.findall(r"^([\w.-]+)==\S+", text, re.MULTILINE)}
    wanted = [*PROJECT["project"]["dependencies"]]
    if name == "requirements-dev.lock":
        wanted += PROJECT["dependency-groups"]["dev"]
    named = {re.match(r"[\w.-]+", one)[0].lower() for one in wanted}  # type: ignore[index]
    assert named - pinned == set()
    assert text.count("--hash=sha256:") >= len(pinned)
    assert "://" not in text


def test_users_install_no_tools_of_developers() -> None:
    text = (ROOT / "requirements.lock").read_text("utf-8")
    pinned = set(re.findall(r"^([\w.-]+)==", text, re.MULTILINE))
    assert pinned & {"mypy", "pytest", "playwright", "ruff", "scikit-learn", "coverage"} == set()


def test_the_classifiers_name_what_the_workflow_runs() -> None:
    workflow = WORKFLOW.read_text("utf-8")
    classifiers = "\n".join(PROJECT["project"]["classifiers"])
    pythons = set(re.findall(r"Python :: (3\.\d+)", classifiers))
    assert pythons == set(re.findall(r'"(3\.\d+)"', workflow))
    systems = {"macos": "MacOS", "windows": "Microsoft :: Windows", "ubuntu": "POSIX :: Linux"}
    run = {name for system, name in systems.items() if f"{system}-latest" in workflow}
    assert run == set(re.findall(r"Operating System :: (.+)", classifiers))


def test_the_tests_have_what_training_asks_for() -> None:
    assert set(PROJECT["project"]["optional-dependencies"]["training"]) <= set(
        PROJECT["dependency-groups"]["dev"]
    )
