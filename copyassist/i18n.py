"""Sentences in the user's language, read from assets/sentences/<language>/<area>.toml.

A key is `area.name[.name…]`; the area is the file, the rest is the path inside it. Each area is
read once, when its first sentence is needed, so that a short command reads little.

A word that goes with a number is written in both forms: "{count} {count:post|posts}" is "1 post" or
"2 posts".
"""

import errno
import os
import re
import string
import tomllib
from collections.abc import Mapping
from datetime import datetime, timedelta, tzinfo
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any

from copyassist.errors import CopyAssistError
from copyassist.hiding import hide_secrets
from copyassist.reading.zones import CHINA, show_moment
from copyassist.resources import find_asset
from copyassist.types.common import LANGUAGES, Language

__all__ = [
    "LANGUAGES",
    "Language",
    "fill",
    "find_sentence",
    "load_area",
    "say",
    "say_age",
    "say_error",
    "say_moment",
    "say_reason",
]


def say(language: Language, key: str, /, **params: object) -> str:
    """The sentence of `key` with its placeholders filled. Raises KeyError for an unknown key."""
    sentence = find_sentence(language, key)
    if sentence is None:
        raise KeyError(f"{language}: {key}")
    return fill(sentence, params)


def fill(sentence: str, params: Mapping[str, object]) -> str:
    """A sentence of the assets with its placeholders filled."""
    if "|" in sentence and params:
        return _COUNTING.vformat(sentence, (), params)
    return sentence.format_map(params) if params else sentence


class _Counting(string.Formatter):
    """Fills a sentence as str.format does, and chooses between "one|many" by the number."""

    def format_field(self, value: Any, format_spec: str) -> str:
        one, bar, many = format_spec.partition("|")
        if not bar:
            return str(super().format_field(value, format_spec))
        return one if str(value) == "1" or value == 1 else many


_COUNTING = _Counting()


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


def say_error(language: Language, error: CopyAssistError) -> str:
    """A mistake in one sentence, on one line, that says what to do; its code where it has none."""
    sentence = find_sentence(language, f"errors.{error.code}")
    if sentence is None:
        return str(error)
    # Numbers stay numbers, for their formats; texts of anybody's stay on the line.
    shown = {name: _on_one_line(value) for name, value in error.params.items()}
    if isinstance(reason := shown.get("reason"), str):
        shown["reason"] = say_reason(language, reason)
    return fill(sentence, shown)


# What is said elsewhere, always in English, and the sentence of it in reasons.toml.
_ELSEWHERE = (
    ("name or service not known", "host_unknown"),
    ("nodename nor servname provided", "host_unknown"),
    ("getaddrinfo failed", "host_unknown"),
    ("temporary failure in name resolution", "host_unasked"),
    ("(at end of document)", "ending"),
    ("zip archive", "zip"),
    ("not a zip file", "zip"),
)
_SYSTEM = re.compile(r"(?:\[Errno -?\d+\] )?(.*?)(: '.*')?", re.DOTALL)
_PLACE = re.compile(r"\(at line (?P<line>\d+), column (?P<column>\d+)\)$")


def say_reason(language: Language, reason: str) -> str:
    """What the system or a parser gave as a reason, in the user's language where it is known."""
    words = _SYSTEM.fullmatch(reason)
    if words and (name := _name_system_reasons().get(words[1])):
        return say(language, f"reasons.{name}") + (words[2] or "")
    if place := _PLACE.search(reason):
        return say(language, "reasons.place", **place.groupdict())
    heard = reason.lower()
    found = next((name for text, name in _ELSEWHERE if text in heard), "")
    return say(language, f"reasons.{found}") if found else reason


@cache
def _name_system_reasons() -> Mapping[str, str]:
    """The codes of the system's errors by what it calls them here."""
    codes = ((name, getattr(errno, name, None)) for name in load_area("en", "reasons"))
    return {os.strerror(code): name for name, code in codes if code is not None}


def _on_one_line(value: object) -> object:
    if isinstance(value, int | float) and abs(value) < 1e300:
        return value
    try:
        return " ".join(hide_secrets(str(value)).split())
    except ValueError:  # an int of thousands of digits, which Python does not write out
        return "…"


def say_day(moment: datetime, zone: tzinfo = CHINA) -> str:
    """The day in the user's zone."""
    return moment.astimezone(zone).strftime("%Y-%m-%d")


def say_moment(moment: datetime, zone: tzinfo = CHINA) -> str:
    """Day and time in the user's zone, which is named; a server's own says nothing of them."""
    return show_moment(moment, zone)


def say_age(language: Language, age: timedelta) -> str:
    """A length of time in its largest fitting unit."""
    minutes = max(0, round(age / timedelta(minutes=1)))
    if minutes < 60:
        return say(language, "sources.age.minutes", count=minutes)
    if minutes < 48 * 60:
        return say(language, "sources.age.hours", count=round(minutes / 60))
    return say(language, "sources.age.days", count=round(minutes / 1440))
