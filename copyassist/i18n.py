"""Sentences in the user's language, read from assets/sentences/<language>/<area>.toml.

A key is `area.name[.name…]`; the area is the file, the rest is the path inside it. Each area is
read once, when its first sentence is needed, so that a short command reads little.
"""

import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any, Literal, get_args

from copyassist.resources import find_asset

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


def say(language: Language, key: str, /, **params: object) -> str:
    """The sentence of `key` with its placeholders filled. Raises KeyError for an unknown key."""
    sentence = find_sentence(language, key)
    if sentence is None:
        raise KeyError(f"{language}: {key}")
    return sentence.format_map(params) if params else sentence


@lru_cache(maxsize=4096)  # a batch asks for the same few sentences a million times
def find_sentence(language: Language, key: str) -> str | None:
    """The unfilled sentence of `key`, or None where the language has none."""
    area, _, rest = key.partition(".")
    return load_area(language, area).get(rest)


@cache
def load_area(language: Language, area: str) -> Mapping[str, str]:
    """All sentences of one area by dotted name. An unknown area is an empty one."""
    path = find_asset("sentences", language, f"{area}.toml")
    if not path.is_file():
        return MappingProxyType({})
    return MappingProxyType(_flatten(tomllib.loads(path.read_text("utf-8"))))


def _flatten(table: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for name, value in table.items():
        if isinstance(value, Mapping):
            flat.update(_flatten(value, f"{prefix}{name}."))
        else:
            flat[prefix + name] = value
    return flat
