"""The house: a file imports only from lower floors, nothing runs in a circle, libraries have homes.

Everything is looked at file by file: what one file of a room imports is not excused by its room.
"""

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "copyassist"
LONGEST_FILE = 400  # lines

# Lower floors first. What stands on one floor may not import from another name of the same floor;
# the longest name that fits a file is its place.
FLOORS: list[list[str]] = [
    ["hiding", "streams"],
    ["types", "errors", "cells", "once"],
    ["text", "reading", "model_folder", "resources", "home"],
    ["i18n", "tables"],
    ["keywords", "packs", "platforms", "settings", "store"],
    ["ground"],
    ["desk"],
    [
        "posts.importing",
        "posts.record",
        "posts.demo",
        "posts.subjects",
        "news.sources",
        "news.topics",
    ],
    ["posts.shelf", "news.brought", "news.collecting", "news.board"],
    ["news.newsroom"],
    ["posts", "news"],
    ["batch", "checkup", "training", "doctor", "repeats"],
    ["assistant"],
    ["commands", "ui.kit"],
    ["ui.batch", "ui.desk", "ui.news", "ui.posts", "ui.repeats", "ui.settings"],
    ["ui.pages"],
    ["ui.app", "ui.addresses", "ui.gate"],
    ["ui.entry.copyassist_app", "ui.launch"],
    ["ui", "cli"],
    ["__main__"],
]

HOMES: dict[str, set[str]] = {
    "jieba": {"text", "training"},
    "rjieba": {"text"},
    "opencc": {"text", "training"},
    "feedparser": {"news.sources"},
    "httpx": {"news.sources"},
    "httpcore": {"news.sources"},
    "stamina": {"news.sources"},
    "sqlalchemy": {"store"},
    "alembic": {"store"},
    "streamlit": {"ui"},
    "starlette": {"ui"},
    "altair": {"ui"},
    "pandas": {"ui"},
    "sklearn": {"training"},
    "scipy": {"training"},
    "python_calamine": {"tables", "batch"},
    "lxml": {"tables", "news.sources"},
    "xlsxwriter": {"batch"},
    "pyarrow": {"batch", "training"},
    "click": {"commands", "cli"},
    "rich": {"commands"},
    "openai": {"desk.rewriting.llm"},
    "keyring": {"desk.rewriting.llm"},
    "regex": {"news.topics"},
    "autocorrect_py": {"text"},
    "PIL": {"checkup"},
}


def name_of(path: Path) -> str:
    """The dotted name of a file inside the package: desk.checks, desk.checks.length."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


FILES = {name_of(path): path for path in sorted(PACKAGE.rglob("*.py")) if path.parent != PACKAGE}
FILES |= {path.stem: path for path in PACKAGE.glob("*.py") if path.stem != "__init__"}
PLACES = {place: number for number, floor in enumerate(FLOORS) for place in floor}


def place_of(name: str) -> str:
    """The longest place of the floors that holds the file; "" where none does."""
    parts = name.split(".")
    starts = (".".join(parts[:count]) for count in range(len(parts), 0, -1))
    return next((start for start in starts if start in PLACES), "")


def imports_of(path: Path) -> Iterator[str]:
    """Full names of what a file imports, at its top or inside a function: copyassist.text, httpx."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            module = node.module or ""
            for alias in node.names:
                inside = f"{module}.{alias.name}".removeprefix("copyassist.")
                yield f"copyassist.{inside}" if inside in FILES else module


def own_imports_of(name: str) -> set[str]:
    """The files of the package that a file imports, by name."""
    found = (full.removeprefix("copyassist.") for full in imports_of(FILES[name]) if "." in full)
    return {other for other in found if other in FILES}


def test_every_file_has_a_floor() -> None:
    assert [name for name in FILES if not place_of(name)] == []


def test_every_place_of_the_floors_exists() -> None:
    assert [place for place in PLACES if place not in FILES] == []


@pytest.mark.parametrize("name", FILES)
def test_imports_point_down(name: str) -> None:
    here = place_of(name)
    for other in own_imports_of(name):
        there = place_of(other)
        assert there == here or PLACES[there] < PLACES[here], f"{name} imports {other}"


def test_no_imports_run_in_a_circle() -> None:
    graph = {name: own_imports_of(name) - {name} for name in FILES}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


@pytest.mark.parametrize("name", FILES)
def test_each_library_has_one_home(name: str) -> None:
    for full in imports_of(FILES[name]):
        homes = HOMES.get(full.split(".")[0])
        inside = homes is None or any(f"{name}.".startswith(f"{home}.") for home in homes)
        assert inside, f"{name} imports {full}"


@pytest.mark.parametrize("name", FILES)
def test_no_file_is_long(name: str) -> None:
    lines = FILES[name].read_text("utf-8").count("\n")
    assert lines <= LONGEST_FILE, f"{name} has {lines} lines"
