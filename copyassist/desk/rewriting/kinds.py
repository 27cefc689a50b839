"""Which types a title has: rules with traps, in assets/lexicons/title_types.toml.

A title may have several, and many good titles have none: that is no fault. A type's name is the
sentence title_types.<id>.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from copyassist.resources import find_asset
from copyassist.text import normalize, tag_words

UNSORTED = "unsorted"  # no type was recognised
SHOWN = 2
LONGEST = 300  # signs that are looked at: what is longer is no title
_TAKEN_OUT = "\ufffc"
_PLACES = frozenset({"ns", "nrt", "nsf"})


@dataclass(frozen=True, slots=True, kw_only=True)
class KindRow:
    """One type: what it is recognised by, what only looks like it, and examples of both."""

    id: str
    pattern: str
    traps: str
    hit: tuple[str, ...]
    miss: tuple[str, ...]


@cache
def load_kinds() -> tuple[KindRow, ...]:
    """All types, the most telling first."""
    table = tomllib.loads(find_asset("lexicons", "title_types.toml").read_text("utf-8"))
    return tuple(
        KindRow(
            id=row["id"],
            pattern=row["pattern"],
            traps=row["traps"],
            hit=tuple(row["hit"]),
            miss=tuple(row["miss"]),
        )
        for row in table["rows"]
    )


def label_title(title: str) -> tuple[str, ...]:
    """The ids of all types that the title has, the most telling first; empty where there is none."""
    norm = normalize(title[:LONGEST])[0].strip()
    return tuple(row.id for row in load_kinds() if _has(norm, row))


def name_kind(title: str) -> str:
    """The title's most telling type, "unsorted" where it has none."""
    return next(iter(label_title(title)), UNSORTED)


def _has(norm: str, row: KindRow) -> bool:
    pattern, traps = _compile()[row.id]
    left = norm if traps is None else traps.sub(_TAKEN_OUT, norm)
    found = pattern.search(left)
    if found is None:
        return False
    # A place in front of the title says where, as every title there does: 达拉斯｜… , 无锡美食｜…
    return row.id != "column" or not _is_place(found[0].strip(" |丨│︱"))


def _is_place(text: str) -> bool:
    tags = tag_words(text)
    return bool(tags) and tags[0][1] in _PLACES


@cache
def _compile() -> Mapping[str, tuple[re.Pattern[str], re.Pattern[str] | None]]:
    return {
        row.id: (re.compile(row.pattern), re.compile(row.traps) if row.traps else None)
        for row in load_kinds()
    }
