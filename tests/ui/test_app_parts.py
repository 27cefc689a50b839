"""Conventions of the pages: none is forgotten, each has its name, settings are one."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

from copyassist.i18n import LANGUAGES, load_area
from copyassist.resources import find_asset
from copyassist.ui import pages
from copyassist.ui.launch import OPTIONS, arguments

ROOT = Path(__file__).parent.parent.parent
UI = ROOT / "copyassist" / "ui"


def test_every_folder_with_a_page_is_in_the_navigation() -> None:
    folders = {path.parent.name for path in UI.glob("*/page.py")} - {"kit"}
    named = {spec.show.__module__.split(".")[-2] for spec in pages.PAGES}
    assert folders == named
    assert len(pages.PAGES) == len(folders)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_has_its_name(language: str) -> None:
    sentences = load_area(language, "ui")  # type: ignore[arg-type]
    for page in pages.PAGES:
        assert sentences[f"{page.id}.title"]
        assert sentences[f"{page.id}.subtitle"]


def write_option(value: object) -> str | tuple[str, ...]:
    """A value of the config file as OPTIONS has it."""
    if isinstance(value, list):
        return tuple(map(str, value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def test_the_config_file_says_what_the_command_says() -> None:
    table = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    theme = tomllib.loads(find_asset("ui", "theme.toml").read_text("utf-8"))
    assert {"theme": table.pop("theme")} == theme
    flat = {
        f"{section}.{name}": write_option(value)
        for section, values in table.items()
        for name, value in values.items()
    }
    assert flat == dict(OPTIONS)
    assert f"--theme.base={find_asset('ui', 'theme.toml')}" in arguments(8501)


def test_both_entry_scripts_are_the_same() -> None:
    def body(path: Path) -> list[str]:
        return [ast.dump(node) for node in ast.parse(path.read_text("utf-8")).body[1:]]

    assert body(ROOT / "app_streamlit.py") == body(UI / "entry" / "copyassist_app.py")


def contrast(one: str, other: str) -> float:
    """WCAG's ratio of two colours, 1..21."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (
            part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_both_themes_can_be_read(scheme: str) -> None:
    theme = tomllib.loads(find_asset("ui", "theme.toml").read_text("utf-8"))["theme"][scheme]
    ground = theme["backgroundColor"]
    assert contrast(theme["textColor"], ground) >= 7
    assert contrast(theme["textColor"], theme["secondaryBackgroundColor"]) >= 7
    assert contrast(theme["linkColor"], ground) >= 4.5
    assert contrast(theme["primaryColor"], ground) >= 3  # marks and edges
    assert contrast("#ffffff", theme["primaryColor"]) >= 4  # the words of a main button


@pytest.mark.parametrize("place", [0, 1], ids=["light", "dark"])
def test_quiet_and_warning_texts_can_be_read(place: int) -> None:
    style = find_asset("ui", "style.css").read_text("utf-8")
    pairs = dict(re.findall(r"--ca-([a-z-]+): light-dark\(([^)]*)\)", style))
    shown = {name: both.split(",")[place].strip() for name, both in pairs.items()}
    theme = tomllib.loads(find_asset("ui", "theme.toml").read_text("utf-8"))["theme"]
    ground = theme[("light", "dark")[place]]["backgroundColor"]
    assert contrast(shown["muted"], ground) >= 4.5
    for severity in ("error", "warning", "info"):
        assert contrast(shown[severity], shown[f"{severity}-soft"]) >= 4.5
        assert contrast(shown[severity], ground) >= 4.5


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_word_of_streamlits_has_one_of_ours(language: str) -> None:
    theirs = tomllib.loads(find_asset("ui", "streamlit_words.toml").read_text("utf-8"))
    sentences = load_area(language, "ui")  # type: ignore[arg-type]
    ours = {key.removeprefix("chrome.") for key in sentences if key.startswith("chrome.")}
    assert ours == set(theirs)
