"""What the pages say: every sentence that is asked for exists, and none is left over."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from copyassist.i18n import load_area
from copyassist.ui.pages import PAGES

UI = Path(__file__).parent.parent.parent / "copyassist" / "ui"
SPEAKING = ("words", "label", "markup")
PARTS_OF_EMPTY = ("title", "text")
PARTS_OF_PAGE = ("title", "subtitle")


def trees() -> Iterator[tuple[Path, ast.Module]]:
    for path in UI.rglob("*.py"):
        yield path, ast.parse(path.read_text("utf-8"))


def area_of(path: Path, tree: ast.Module) -> str:
    """The area that words() and its like speak from in a file: the one they are imported of."""
    modules = {node.module for node in tree.body if isinstance(node, ast.ImportFrom)}
    return "ui_hot" if "copyassist.ui.news.sentences" in modules else "ui"


def literals(node: ast.expr) -> set[str]:
    if isinstance(node, ast.IfExp):
        return literals(node.body) | literals(node.orelse)
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return {node.value}
    return set()


def called(tree: ast.Module, names: tuple[str, ...]) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args):
            continue
        if node.func.id in names:
            yield node


def said_keys(area: str) -> set[str]:
    """Every literal sentence key of an area that the pages use."""
    keys: set[str] = set()
    for path, tree in trees():
        if area_of(path, tree) == area:
            keys.update(*(literals(call.args[0]) for call in called(tree, SPEAKING)))
        if area == "ui":
            empty = set().union(*(literals(one.args[0]) for one in called(tree, ("show_empty",))))
            keys |= {f"{key}.{part}" for key in empty for part in PARTS_OF_EMPTY}
    return keys


@pytest.mark.parametrize(("area", "least"), [("ui", 100), ("ui_hot", 50)])
def test_every_sentence_that_is_said_exists(area: str, least: int) -> None:
    keys = said_keys(area)
    assert len(keys) > least
    assert keys <= set(load_area("zh", area))


def built_keys(area: str) -> Iterator[str]:
    """Patterns of the keys that are put together at run time, f"severity.{…}": one step each."""
    for path, tree in trees():
        for node in ast.walk(tree):
            if not isinstance(node, ast.JoinedStr) or not isinstance(node.values[0], ast.Constant):
                continue
            parts = [
                re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"\w+"
                for part in node.values
            ]
            pattern = "".join(parts)
            if pattern.startswith(rf"{area}\."):
                yield pattern.removeprefix(rf"{area}\.")
            elif area_of(path, tree) == area and "." in pattern:
                yield pattern
        for call in called(tree, ("show_empty",)):
            yield from (rf"{re.escape(key)}\.step\d" for key in literals(call.args[0]))
    yield from (rf"{page.id}\.{part}" for page in PAGES for part in PARTS_OF_PAGE)


@pytest.mark.parametrize("area", ["ui", "ui_hot"])
def test_no_sentence_is_left_over(area: str) -> None:
    constants = {
        node.value
        for _, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    built = re.compile("|".join(built_keys(area)))
    known = said_keys(area) | constants
    left = [
        key
        for key in load_area("zh", area)
        if key not in known and f"{area}.{key}" not in known and not built.fullmatch(key)
    ]
    assert left == []
