"""Small charts of ranks over time as SVG text, and as the outline of a CSS shape."""

from collections.abc import Sequence
from datetime import datetime
from math import log

from copyassist.news.board.views import Place
from copyassist.news.topics.trend import Look

LOWEST = 50  # the foot of a chart: most lists have fifty rows
STROKE = 12.0  # per cent of the height
WIDTH, HEIGHT = 120.0, 28.0  # of a spark line, in pixels

Point = tuple[float, float]


def find_points(looks: Sequence[Look], since: datetime, until: datetime) -> list[Point]:
    """Looks as (x, y) in 0..1: x is time, y the rank with the first place at 1.

    The scale of ranks is logarithmic: from 20 to 10 is as far as from 4 to 2.
    """
    span = max(1.0, (until - since).total_seconds())
    return [
        (
            max(0.0, (look.at - since).total_seconds() / span),
            max(0.0, 1 - log(min(look.rank, LOWEST)) / log(LOWEST)),
        )
        for look in looks
        if look.rank is not None and look.at >= since
    ]


def find_spark(place: Place) -> list[Point]:
    """The points of a topic's spark line on one list: its present run."""
    return find_points(place.looks, place.trend.first_seen, place.trend.last_seen)


def draw_spark(place: Place, said: str) -> str:
    """A spark line as an SVG element; "" below two ranked looks. `said` is its escaped text."""
    points = find_spark(place)
    if len(points) < 2:
        return ""
    inside = HEIGHT - 6
    dots = [(3 + x * (WIDTH - 6), 3 + (1 - y) * inside) for x, y in points]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in dots)
    x, y = dots[-1]
    return (
        f'<svg class="spark" role="img" aria-label="{said}" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" '
        f'width="{WIDTH:g}" height="{HEIGHT:g}"><polyline points="{line}" fill="none" '
        f'stroke="currentColor" stroke-width="1.8" stroke-linejoin="round"/>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.6" fill="currentColor"/></svg>'
    )


def outline_spark(place: Place) -> str:
    """A spark line, STROKE per cent thick, as a CSS polygon; "" below two ranked looks."""
    points = find_spark(place)
    if len(points) < 2:
        return ""
    dots = [(100 * x, (100 - STROKE) * (1 - y)) for x, y in points]
    top = [f"{x:.1f}% {y:.1f}%" for x, y in dots]
    foot = [f"{x:.1f}% {y + STROKE:.1f}%" for x, y in reversed(dots)]
    return f"polygon({', '.join(top + foot)})"


def draw_bars(counts: Sequence[tuple[str, int]]) -> str:
    """Named counts as horizontal bars, an SVG element. `counts` are escaped names with numbers."""
    most = max((count for _, count in counts), default=0)
    if not most:
        return ""
    rows = []
    for place, (name, count) in enumerate(counts):
        y, width = 24 * place, 320 * count / most
        rows.append(
            f'<text x="118" y="{y + 15}" text-anchor="end">{name}</text>'
            f'<rect x="126" y="{y + 4}" width="{width:.0f}" height="14" rx="2"/>'
            f'<text x="{width + 132:.0f}" y="{y + 15}">{count}</text>'
        )
    return (
        f'<svg class="bars" role="img" viewBox="0 0 500 {24 * len(counts)}" '
        f'width="100%" style="max-width:500px">{"".join(rows)}</svg>'
    )
