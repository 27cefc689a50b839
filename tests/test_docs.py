"""What the documents promise is what the program does."""

import json
import re

import pytest

from copyassist.batch.results import NAMES, VERSION
from copyassist.contract import SCHEMA
from copyassist.errors import CopyAssistError
from copyassist.resources import find_asset
from tests.readme_examples import READMES, ROOT, read_figures, refresh_figures

CONTRACTS = (ROOT / "docs" / "contracts.md").read_text("utf-8")


def test_every_column_of_batch_is_described_in_its_order() -> None:
    table = CONTRACTS[CONTRACTS.index(VERSION) :]
    described = [
        name
        for row in re.findall(r"^\| (`.+?) \|", table, re.MULTILINE)
        for name in re.findall(r"`(\w+)`", row)
    ]
    assert tuple(described) == NAMES


def test_the_version_of_the_report_is_the_schemas() -> None:
    schema = json.loads(find_asset("report.schema.json").read_text("utf-8"))
    assert schema["properties"]["schema"]["const"] == SCHEMA
    assert SCHEMA in CONTRACTS


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


def test_figures_are_refreshed_in_the_row_of_their_model() -> None:
    model, (every, clear) = next(iter(read_figures().items()))
    rows = (
        f"| `{model}` | notes | 50.0% [49.0, 51.0] | 60.0 % [59.0, 61.0] | 1 |\n| `other` | 2 |\n"
    )
    expected = f"| `{model}` | notes | {every} | {clear} | 1 |\n| `other` | 2 |\n"
    assert refresh_figures(rows) == expected
