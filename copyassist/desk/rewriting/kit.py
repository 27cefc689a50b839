"""What skeletons are made with: assets/lexicons/title_kit.toml, compiled once."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache

from copyassist.resources import find_asset


@dataclass(frozen=True, slots=True)
class Kit:
    """Expressions and lists for finding claims in a text."""

    dependent_start: re.Pattern[str]
    dependent_end: re.Pattern[str]
    pointing: re.Pattern[str]
    cues: re.Pattern[str]
    points: tuple[str, ...]
    audiences: tuple[str, ...]


@cache
def load_kit() -> Kit:
    """The kit as it ships."""
    table = tomllib.loads(find_asset("lexicons", "title_kit.toml").read_text("utf-8"))
    return Kit(
        dependent_start=re.compile(table["dependent_start"]),
        dependent_end=re.compile(table["dependent_end"]),
        pointing=re.compile(table["pointing"]),
        cues=re.compile(table["cues"]),
        points=tuple(sorted(table["points"], key=len, reverse=True)),
        audiences=tuple(sorted(table["audiences"], key=len, reverse=True)),
    )
