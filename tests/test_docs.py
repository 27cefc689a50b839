"""What the documents promise is what the program does."""

import json
import re
from pathlib import Path

from copyassist.batch.results import NAMES, VERSION
from copyassist.contract import SCHEMA
from copyassist.errors import CopyAssistError
from copyassist.resources import find_asset, find_models

ROOT = Path(__file__).parent.parent
CONTRACTS = (ROOT / "docs" / "contracts.md").read_text("utf-8")
READMES = [(ROOT / name).read_text("utf-8") for name in ("README.md", "README.zh-CN.md")]


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


def test_the_readmes_quote_the_figures_of_the_shipped_models() -> None:
    for folder in sorted(find_models().iterdir()):
        manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
        for name in ("all", "clear"):
            value, low, high = (100 * x for x in manifest["metrics"]["value_low_high"][name])
            quoted = f"{value:.1f}% [{low:.1f}, {high:.1f}]"
            for text in READMES:
                assert quoted in text.replace(" %", "%"), f"{folder.name} {name}: {quoted}"
