"""The lexicon's rows as records, read from assets/lexicons/*.toml and checked while reading.

One row is one wording risk: where it matches, what excuses it, how grave it is, which article it
rests on, what to write instead, and sentences that it must hit and must not. A test runs them.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, Literal

from copyassist.errors import SettingsError
from copyassist.resources import find_asset

FILES = ("absolute_terms", "clickbait")
Scope = Literal["always", "goods", "ad_only"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LexiconRow:
    """One entry.

    `anchors` are literal strings of which every match holds one (they decide whether the pattern
    is tried at all). `pattern` is a VERBOSE expression searched in the normalised text, compiled
    when first needed; a match is excused where an `except_terms` string or a match of
    `except_pattern` overlaps it. `gravity` is 1..4. `scope` is about drafts that are no adverts:
    "always" applies to them too, "goods" only beside something that is sold or words of sale,
    "ad_only" not at all. What may stand in a match's place: the pattern's group `rest` where it
    matched (最好用 -> 好用), else `replacement`. `basis` names law sentences; `hit` and `miss` are
    texts in which the row must and must not be found.
    """

    id: str
    category: str
    gravity: int
    anchors: tuple[str, ...]
    pattern: str
    basis: tuple[str, ...]
    hit: tuple[str, ...]
    miss: tuple[str, ...]
    scope: Scope = "always"
    except_terms: tuple[str, ...] = ()
    except_pattern: str | None = None
    replacement: str | None = None


@cache
def load_rows() -> tuple[LexiconRow, ...]:
    """All rows of the shipped lexicons. Raises SettingsError naming file, row and field."""
    rows: list[LexiconRow] = []
    for name in FILES:
        rows += load_lexicon(find_asset("lexicons", f"{name}.toml"))
    return tuple(rows)


def load_lexicon(path: Path) -> list[LexiconRow]:
    """The rows of one file. Raises SettingsError naming the file, the row and the field."""
    table = tomllib.loads(path.read_text("utf-8"))
    return [_read_row(path, number, row) for number, row in enumerate(table["rows"], 1)]


@cache
def load_goods() -> re.Pattern[str]:
    """Names of things that are sold, as one expression over normalised text."""
    return _load_words("words")


@cache
def load_sale_words() -> re.Pattern[str]:
    """Words that selling sounds like; each alone says little. One expression, normalised text."""
    return _load_words("sale_words")


def _load_words(name: str) -> re.Pattern[str]:
    table = tomllib.loads(find_asset("lexicons", "goods.toml").read_text("utf-8"))
    words = sorted(table[name], key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, words)))


def _read_row(path: Path, number: int, table: Mapping[str, Any]) -> LexiconRow:
    known = {item.name: item for item in fields(LexiconRow)}
    for name in table:
        if name not in known:
            raise SettingsError("lexicon_invalid", path=str(path), row=number, field=name)
    for name, item in known.items():
        if item.default is MISSING and name not in table:
            raise SettingsError("lexicon_invalid", path=str(path), row=number, field=name)
    lists = {name: tuple(value) for name, value in table.items() if isinstance(value, list)}
    return LexiconRow(**{**table, **lists})
