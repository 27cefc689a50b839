"""The newest figure of each metric of a post, as two short texts beside the post.

`figures` is what readers need, {"views": 1200, "likes": "100000+", "ctr": "<0.001"}; `figures_of`
is what the next import needs, the day of each figure: one number where all are of one day, else
{"views": day}. Kept apart so that reading 100,000 posts stays short.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from copyassist.types import Bound, MetricValue

Figures = dict[str, tuple[MetricValue, int]]  # metric -> value, day in seconds since 1970 UTC

_CHUNK = 500  # documents parsed by one call of the JSON parser


class Values(dict[Any, MetricValue]):
    """Stored figure -> value. Each is made once: most posts share most of their small numbers."""

    def __missing__(self, stored: float | str) -> MetricValue:
        value = read_value(stored)
        self[stored] = value
        return value


def read_value(stored: float | str) -> MetricValue:
    """The value behind 1200, "100000+" or "<0.001"."""
    if not isinstance(stored, str):
        return MetricValue(float(stored))
    if stored.startswith("<"):
        return MetricValue(float(stored[1:]), "at_most")
    return MetricValue(float(stored.rstrip("+")), "at_least")


def show_value(value: float, bound: Bound) -> float | str:
    """What `read_value` reads back: a number, or a text where the number is only a bound."""
    number: float = int(value) if value == int(value) else value
    signs = {"at_least": f"{number}+", "at_most": f"<{number}"}
    return signs.get(bound, number)


def dump_figures(figures: Figures) -> dict[str, str]:
    """The two columns."""
    shown = {name: show_value(found.value, found.bound) for name, (found, _) in figures.items()}
    days = {name: day for name, (_, day) in figures.items()}
    alike = len(set(days.values())) == 1
    return {
        "figures": _dump(shown),
        "figures_of": _dump(next(iter(days.values())) if alike else days),
    }


def load_figures(figures: str, figures_of: str) -> Figures:
    """What `dump_figures` wrote."""
    days: int | dict[str, int] = json.loads(figures_of)
    return {
        name: (read_value(stored), days if isinstance(days, int) else days[name])
        for name, stored in json.loads(figures).items()
    }


def observe(
    figures: Figures, metric: str, value: MetricValue, day: int, latest: int = sys.maxsize
) -> bool:
    """Takes a value where none is newer; tells whether the figure changed.

    A known one of after `latest` is not newer: it came under a clock that was ahead.
    """
    known = figures.get(metric)
    if known is not None and day < known[1] <= latest:
        return False
    figures[metric] = (value, day)
    return known is None or known[0] != value


def parse_many(texts: Sequence[str]) -> list[Mapping[str, float | str]]:
    """Many `figures` columns at once."""
    parsed: list[Mapping[str, float | str]] = []
    for start in range(0, len(texts), _CHUNK):
        parsed += json.loads(f"[{','.join(texts[start : start + _CHUNK])}]")
    return parsed


def _dump(document: object) -> str:
    return json.dumps(document, separators=(",", ":"))
