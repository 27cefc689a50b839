"""Both languages say the same things: the same keys, the same placeholders, nothing left empty."""

import re
import string
import tomllib
from pathlib import Path

import pytest

from copyassist.i18n import LANGUAGES, find_sentence, load_area, say
from copyassist.resources import find_asset

AREAS = sorted({path.stem for path in find_asset("sentences").glob("*/*.toml")})


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def fill(sentence: str, one: str) -> str:
    """An English sentence with the number 1 for one placeholder, and words for the others."""
    parts = []
    for text, name, spec, _ in string.Formatter().parse(sentence):
        parts.append(text)
        if name and "|" in (spec or ""):
            parts.append(str(spec).split("|")[0 if name == one else 1])
        elif name:
            parts.append("1" if name == one else "…")
    return "".join(parts)


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


# Words that end in s and are no plural, or that stand behind a 1 which is no count.
NO_PLURALS = r"1 (?:is|was|has|as|does|makes|holds|exists|lacks|belongs|points|redirects|counts|times the usual|needs|times$)"


@pytest.mark.parametrize("area", AREAS)
def test_one_of_a_thing_is_not_several(area: str) -> None:
    wrong = [
        f"{key}: {filled}"
        for key, sentence in load_area("en", area).items()
        for name in placeholders(sentence)
        for filled in [fill(sentence, name)]
        if any(
            not re.match(NO_PLURALS, found[0])
            for found in re.finditer(r"\b1 (?:new )?[a-z]+s\b.*", filled)
        )
    ]
    assert wrong == []


def test_a_number_chooses_its_word() -> None:
    key = "hot_cli.opml_in" if find_sentence("en", "hot_cli.opml_in") else "hot_cli.sources.opml_in"
    assert say("en", key, count=1, file="a") == "Added 1 feed from a"
    assert say("en", key, count=2, file="{b|c}") == "Added 2 feeds from {b|c}"


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
