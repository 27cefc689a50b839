"""The layers of the design: a module imports only from lower lines, each library has one home."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "copyassist"

# Lower lines first. Modules of one inner list may not import each other; "a -> b" of the design
# is written as two lines.
LAYERS: list[list[str]] = [
    ["types", "errors"],
    ["model_folder"],
    ["hot_types"],
    ["resources"],
    ["i18n"],
    ["settings", "platforms"],
    ["wording"],
    ["text"],
    ["context"],
    [
        "sources",
        "topics",
        "scoring",
        "checks",
        "keywords",
        "duplicates",
        "rewriting",
        "importing",
        "store",
        "demo",
    ],
    ["review", "training", "collecting"],
    ["contract", "record"],
    ["batch", "newsroom"],
    ["hot"],
    ["assistant"],
    ["commands", "ui"],
    ["cli"],
    ["__main__"],
]

HOMES: dict[str, set[str]] = {
    "jieba": {"text", "training"},
    "rjieba": {"text"},
    "opencc": {"text"},
    "feedparser": {"sources"},
    "httpx": {"sources"},
    "stamina": {"sources"},
    "sqlalchemy": {"store"},
    "alembic": {"store"},
    "streamlit": {"ui"},
    "altair": {"ui"},
    "pandas": {"ui"},
    "sklearn": {"training"},
    "scipy": {"training"},
    "python_calamine": {"importing", "batch"},
    "lxml": {"importing", "sources"},
    "xlsxwriter": {"batch"},
    "pyarrow": {"batch", "training"},
    "click": {"commands", "cli"},
    "rich": {"commands"},
}


def layer_of(module: str) -> int:
    return next(number for number, line in enumerate(LAYERS) if module in line)


def top_modules() -> set[str]:
    return {
        path.stem if path.suffix == ".py" else path.name
        for path in PACKAGE.iterdir()
        if (path.suffix == ".py" or (path / "__init__.py").exists()) and path.stem != "__init__"
    }


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or ""


def sources() -> list[tuple[str, Path]]:
    return [
        (path.relative_to(PACKAGE).parts[0].removesuffix(".py"), path)
        for path in sorted(PACKAGE.rglob("*.py"))
        if path != PACKAGE / "__init__.py"
    ]


def test_every_module_has_a_layer() -> None:
    known = {name for line in LAYERS for name in line}
    assert top_modules() - known == set()


@pytest.mark.parametrize(("module", "path"), sources(), ids=lambda value: str(value)[-40:])
def test_imports_point_down(module: str, path: Path) -> None:
    for name in imports_of(path):
        parts = name.split(".")
        if parts[0] == "copyassist" and len(parts) > 1 and parts[1] != module:
            assert layer_of(parts[1]) < layer_of(module), f"{path.name} imports {name}"


@pytest.mark.parametrize(("module", "path"), sources(), ids=lambda value: str(value)[-40:])
def test_each_library_has_one_home(module: str, path: Path) -> None:
    for name in imports_of(path):
        homes = HOMES.get(name.split(".")[0])
        assert homes is None or module in homes, f"{path.name} imports {name}"
