"""What the documents promise is what the program does."""

import json
import re
from pathlib import Path

import pytest

from copyassist.batch.results import NAMES, VERSION
from copyassist.commands import COMMANDS
from copyassist.desk.contract import SCHEMA
from copyassist.errors import CopyAssistError
from copyassist.news.board import document as hot
from copyassist.resources import find_asset, find_models
from tests.readme_examples import READMES, ROOT, read_figures, refresh_figures

CONTRACTS = (ROOT / "docs" / "contracts.md").read_text("utf-8")


def test_every_column_of_batch_is_described_in_its_order() -> None:
    assert read_columns(f"`{VERSION}`") == NAMES


def test_every_column_of_the_hot_topics_is_described_in_its_order() -> None:
    assert read_columns(f"`{hot.SCHEMA}` as CSV") == hot.COLUMNS


def read_columns(heading: str) -> tuple[str, ...]:
    """The names in the first column of the table below the heading that ends so."""
    section = CONTRACTS[CONTRACTS.index(f"{heading}\n") :].split("\n## ", 1)[0]
    rows = re.findall(r"^\| (`.+?) \|", section, re.MULTILINE)
    return tuple(name for row in rows for name in re.findall(r"`(\w+)`", row))


@pytest.mark.parametrize(
    ("file", "version"), [("report.schema.json", SCHEMA), ("hot.schema.json", hot.SCHEMA)]
)
def test_the_version_of_each_document_is_its_schemas(file: str, version: str) -> None:
    schema = json.loads(find_asset(file).read_text("utf-8"))
    assert schema["properties"]["schema"]["const"] == version
    assert f"`{version}`" in CONTRACTS
    assert f"assets/{file}" in CONTRACTS


def test_every_exit_code_of_an_error_is_described() -> None:
    codes = {CopyAssistError.exit_code, *(kind.exit_code for kind in subclasses(CopyAssistError))}
    described = {int(code) for code in re.findall(r"^\| (\d+) \|", CONTRACTS, re.MULTILINE)}
    assert codes <= described


def subclasses(kind: type[CopyAssistError]) -> list[type[CopyAssistError]]:
    return [sub for child in kind.__subclasses__() for sub in (child, *subclasses(child))]


@pytest.mark.parametrize("name", READMES)
def test_the_readmes_quote_the_figures_of_the_shipped_models(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    for model, figures in read_figures().items():
        row = next(line for line in text.splitlines() if line.startswith(f"| `{model}`"))
        assert [figure for figure in figures if figure not in row] == []


@pytest.mark.parametrize("name", READMES)
def test_the_readmes_name_every_command(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert [command for command in COMMANDS if f"`{command}`" not in text] == []


@pytest.mark.parametrize("name", READMES)
def test_the_readmes_quote_how_far_forecasts_are_off(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    manifest = json.loads((find_models() / "forecast-weibo" / "manifest.json").read_text("utf-8"))
    for question, target in manifest["targets"].items():
        row = next(line for line in text.splitlines() if line.startswith(f"| `{question}`"))
        figures = (target["metrics"][key] for key in ("calibration_error", "base_rate"))
        assert [x for x in figures if f"| {100 * x:.1f} % |" not in row] == []


@pytest.mark.parametrize("name", READMES)
def test_the_readmes_quote_what_facts_beside_the_title_add(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    manifest = json.loads((find_models() / "zh-xiaohongshu" / "manifest.json").read_text("utf-8"))
    figures = manifest["metrics"]["value_low_high"]["title_and_facts"]
    for value, low, high in (figures["all"], figures["clear"]):
        assert f"{100 * value:.1f} % [{100 * low:.1f}, {100 * high:.1f}]" in text


def test_figures_are_refreshed_in_the_row_of_their_model() -> None:
    model, (every, clear) = next(iter(read_figures().items()))
    rows = (
        f"| `{model}` | notes | 50.0% [49.0, 51.0] | 60.0 % [59.0, 61.0] | 1 |\n| `other` | 2 |\n"
    )
    expected = f"| `{model}` | notes | {every} | {clear} | 1 |\n| `other` | 2 |\n"
    assert refresh_figures(rows) == expected


FACT = re.compile(r"docs/facts/[\w-]+\.md(?:#[\w\u3400-\u9fff-]+)?")
LOOSE = re.compile(r"(?<!/)\b(?:compliance|platforms|headlines|exports|sources|trends)\.md")


def list_sources() -> list[Path]:
    """Everything of the package that people read."""
    return [
        path
        for path in sorted((ROOT / "copyassist").rglob("*"))
        if path.suffix in (".py", ".toml", ".json")
    ]


def test_every_fact_that_the_code_names_is_in_the_docs() -> None:
    named = {found for path in list_sources() for found in FACT.findall(path.read_text("utf-8"))}
    assert len(named) >= 12
    for fact in named:
        file, _, heading = fact.partition("#")
        text = (ROOT / file).read_text("utf-8")
        headings = {
            line[3:].strip().replace(" ", "-").replace(",", "").casefold()
            for line in text.splitlines()
            if line.startswith("## ")
        }
        assert not heading or heading.casefold() in headings, fact


def test_no_fact_is_named_that_stands_outside_the_repository() -> None:
    loose = [str(path) for path in list_sources() if LOOSE.search(path.read_text("utf-8"))]
    assert loose == []
