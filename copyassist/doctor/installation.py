"""Python, the package, what it needs, and the files that ship with it."""

import hashlib
import json
import platform
import re
import sys
import tomllib
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, PackagePath, version
from pathlib import Path
from typing import NamedTuple

import copyassist
from copyassist.doctor.result import CheckResult, fine, note, trouble
from copyassist.doctor.surroundings import Surroundings
from copyassist.errors import ModelError
from copyassist.home.passing import APP
from copyassist.resources import find_asset, find_corpora, find_models

OLDEST_PYTHON = "3.11"  # where no metadata say it
SHIPPED_MODELS = (
    *("forecast-douyin", "forecast-kuaishou", "forecast-weibo", "forecast-zhihu"),
    *("keywords", "own-posts", "topics-merge", "zh-xiaohongshu"),
)
_NOT_SCORING = ("topics-", "forecast-")
# One of each kind of thing that the program opens by name; a folder must hold something.
NEEDED_ASSETS = (
    "click/zh/LC_MESSAGES/click.mo",
    "doctor.schema.json",
    "hot.schema.json",
    "keywords/stopwords.txt",
    "keywords/weights.npz.xz",
    "lexicons/absolute_terms.toml",
    "lexicons/other_words.toml",
    "platforms/wechat.toml",
    "report.schema.json",
    "sentences/en/errors.toml",
    "sentences/zh/errors.toml",
    "sources.toml",
    "ui/style.css",
)
RUNNING = Path(copyassist.__file__).resolve()
NEEDED_CORPORA = ("demo/posts.csv", "examples")


class Requirement(NamedTuple):
    """A package that is needed, from which version on, and for which extra ("" for always)."""

    name: str
    floor: str
    extra: str


def check_python(here: Surroundings) -> Iterator[CheckResult]:
    """Whether this Python is new enough."""
    asked = str(here.distribution.metadata["Requires-Python"]) if here.distribution else ""
    floor = _find_floor(asked) or OLDEST_PYTHON
    values = {"found": platform.python_version(), "floor": floor, "path": sys.executable}
    if is_older(platform.python_version(), floor):
        yield trouble("python_old", "python_old", **values)
    else:
        yield fine("python", **values)


def check_package(here: Surroundings) -> Iterator[CheckResult]:
    """Whether the package is installed, in the version that runs."""
    values = {"version": copyassist.__version__, "path": str(Path(copyassist.__file__).parent)}
    if here.distribution is None:
        yield trouble("package_not_installed", "reinstall", **values)
    elif here.distribution.version != copyassist.__version__:
        yield note("package_mixed", "reinstall", installed=here.distribution.version, **values)
    else:
        yield fine("package", **values)


def check_dependencies(here: Surroundings) -> Iterator[CheckResult]:
    """Whether every package that copyassist needs is there and new enough."""
    needed = [one for one in read_requirements(here.distribution) if not one.extra]
    bad = 0
    for one in needed:
        found = _find_version(one.name)
        values = {"package": one.name, "floor": one.floor, "found": found}
        if not found:
            bad += 1
            yield trouble("dependency_missing", "install", **values)
        elif is_older(found, one.floor):
            bad += 1
            yield trouble("dependency_old", "install", **values)
    if needed and not bad:
        yield fine("dependencies", count=len(needed))


def check_extras(here: Surroundings) -> Iterator[CheckResult]:
    """What may be installed besides."""
    extras: dict[str, list[Requirement]] = {}
    for one in read_requirements(here.distribution):
        if one.extra:
            extras.setdefault(one.extra, []).append(one)
    for extra, wanted in sorted(extras.items()):
        versions = {one.name: _find_version(one.name) for one in wanted}
        there = [f"{name} {found}" for name, found in versions.items() if found]
        lacking = [name for name, found in versions.items() if not found]
        old = [one.name for one in wanted if is_older(versions[one.name] or one.floor, one.floor)]
        if old:
            yield note("extra_old", "extra_old", extra=extra, packages=old)
        elif lacking:
            yield fine("extra_absent", extra=extra, packages=lacking)
        else:
            yield fine("extra", extra=extra, packages=there)


def check_program_files(here: Surroundings) -> Iterator[CheckResult]:
    """Whether every file is there as it was installed; a checkout has no list of them."""
    listed = _list_files(here.distribution)
    gone = [str(one) for one in listed if not Path(str(one.locate())).is_file()]
    changed = [str(one) for one in listed if str(one) not in gone and _is_changed(one)]
    if gone:
        yield trouble("program_files_gone", "reinstall", files=gone, count=len(gone))
    if changed:
        yield note("program_files_changed", "reinstall_changed", files=changed, count=len(changed))
    if listed and not gone and not changed:
        yield fine("program_files", count=len(listed))


def check_assets(_here: Surroundings) -> Iterator[CheckResult]:
    """Whether sentences, rules, word lists and examples are there and can be read."""
    root = find_asset()
    gone = [f"assets/{name}" for name in NEEDED_ASSETS if not (root / name).is_file()]
    try:
        corpora = find_corpora()
        gone += [f"corpora/{name}" for name in NEEDED_CORPORA if not (corpora / name).exists()]
    except ModelError:
        gone.append("corpora")
    if gone:
        yield trouble("assets_gone", "reinstall", files=gone, count=len(gone))
    broken = []
    files = [path for path in sorted(root.rglob("*")) if path.suffix in (".toml", ".json")]
    for path in files:
        try:
            text = path.read_text("utf-8")
            _ = tomllib.loads(text) if path.suffix == ".toml" else json.loads(text)
        except (OSError, ValueError):
            broken.append(path.relative_to(root.parent).as_posix())
    if broken:
        yield trouble("assets_broken", "reinstall", files=broken, count=len(broken))
    if not gone and not broken:
        yield fine("assets", count=len(files))


def check_models(_here: Surroundings) -> Iterator[CheckResult]:
    """Whether the shipped models are there, every file as its manifest says."""
    folder = find_models()
    sound = []
    for name in sorted(
        {*SHIPPED_MODELS, *(one.parent.name for one in folder.glob("*/manifest.json"))}
    ):
        try:
            _load_model(folder / name)
            sound.append(name)
        except ModelError as error:
            yield trouble(error.code, "reinstall", **error.params)
    if len(sound) >= len(SHIPPED_MODELS):
        yield fine("models", count=len(sound), names=sound, path=str(folder))


def _load_model(folder: Path) -> None:
    """Loads a model as the program does. Raises ModelError."""
    from copyassist.desk.scoring.model import load_model
    from copyassist.desk.scoring.shrinkage import FOLDER, load_shrinkage
    from copyassist.keywords.ranker import FOLDER as RANKER
    from copyassist.keywords.ranker import load_ranker
    from copyassist.news.topics.folder import load_folder

    try:
        if folder.name == RANKER:
            load_ranker(folder)
            return
        if folder.name == FOLDER and folder.is_dir():
            load_shrinkage(folder.parent)
            return
        load_folder(folder) if folder.name.startswith(_NOT_SCORING) else load_model(folder)
    except (KeyError, ValueError, TypeError) as error:
        raise ModelError("model_altered", path=str(folder)) from error


# --- versions ----------------------------------------------------------------------------------


def read_requirements(distribution: Distribution | None) -> list[Requirement]:
    """What the package's metadata ask for; nothing where there are none."""
    asked = (distribution.requires if distribution else None) or []
    return [_read_requirement(line) for line in asked]


def _read_requirement(line: str) -> Requirement:
    wanted, _, marker = line.partition(";")
    name = re.match(r"\s*([\w.-]+)", wanted)
    extra = re.search(r"""extra\s*==\s*['"]([^'"]+)""", marker)
    return Requirement(
        name[1] if name else wanted.strip(), _find_floor(wanted), extra[1] if extra else ""
    )


def _find_floor(text: str) -> str:
    found = re.search(r">=\s*([\w.]+)", text)
    return found[1] if found else ""


def is_older(found: str, floor: str) -> bool:
    """Whether a version lies below another; what is no number is not compared."""
    have, want = _numbers(found), _numbers(floor)
    length = max(len(have), len(want))
    return have + [0] * (length - len(have)) < want + [0] * (length - len(want))


def _numbers(text: str) -> list[int]:
    start = re.match(r"\d+(?:\.\d+)*", text)
    return [int(part) for part in start[0].split(".")] if start else []


def _find_version(name: str) -> str:
    try:
        return version(name) or ""
    except PackageNotFoundError:
        return ""


# --- files -------------------------------------------------------------------------------------


def _list_files(distribution: Distribution | None) -> list[PackagePath]:
    """The files of the installed package; none where it is a checkout that runs."""
    listed = [one for one in (distribution.files if distribution else None) or () if _is_ours(one)]
    first = next((one for one in listed if str(one) == f"{APP}/__init__.py"), None)
    running = first is not None and Path(str(first.locate())).resolve() == RUNNING
    return listed if running else []


def _is_ours(path: PackagePath) -> bool:
    return path.parts[0] == APP and path.suffix != ".pyc"


def _is_changed(path: PackagePath) -> bool:
    if path.hash is None or path.hash.mode != "sha256":
        return False
    digest = hashlib.sha256(Path(str(path.locate())).read_bytes()).digest()
    return urlsafe_b64encode(digest).decode().rstrip("=") != path.hash.value
