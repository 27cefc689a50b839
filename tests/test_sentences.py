"""Both languages say the same things: the same keys, the same placeholders, nothing left empty."""

import string
import tomllib
from pathlib import Path

import pytest

from copyassist.i18n import LANGUAGES, load_area, say
from copyassist.resources import find_asset

AREAS = sorted({path.stem for path in find_asset("sentences").glob("*/*.toml")})


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("area", AREAS)
def test_languages_have_the_same_keys(area: str) -> None:
    zh, en = load_area("zh", area), load_area("en", area)
    assert set(zh) == set(en)


@pytest.mark.parametrize("area", AREAS)
def test_languages_have_the_same_placeholders(area: str) -> None:
    zh, en = load_area("zh", area), load_area("en", area)
    for key in zh:
        assert placeholders(zh[key]) == placeholders(en[key]), key


@pytest.mark.parametrize("area", AREAS)
def test_only_notes_to_nobody_are_empty(area: str) -> None:
    for language in LANGUAGES:
        for key, sentence in load_area(language, area).items():
            assert sentence.strip(), f"{language}: {area}.{key}"


def test_unknown_sentence_is_an_error() -> None:
    with pytest.raises(KeyError):
        say("zh", "cli.no_such_sentence")


def test_every_raised_error_has_a_sentence() -> None:
    import ast

    package = Path(__file__).parent.parent / "copyassist"
    kinds = {
        "UsageError",
        "InputError",
        "SourceFormatError",
        "SettingsError",
        "StoreError",
        "ModelError",
    }
    codes = {
        node.args[0].value
        for path in package.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") in kinds
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }
    assert codes
    assert codes - set(load_area("zh", "errors")) == set()


def test_areas_are_plain_toml() -> None:
    for path in find_asset("sentences").glob("*/*.toml"):
        tomllib.loads(path.read_text("utf-8"))
