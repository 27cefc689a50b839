"""How the places where a title is met show and cut it: 百度, 微信搜一搜, 小红书 feed, 公众号 list."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from copyassist.desk.seo.focus import Forms, find_hits, load_rules
from copyassist.desk.seo.result import TitlePreview
from copyassist.text import normalize

_WIDE = 0x2E7F


def show_previews(title: str, summary: str, forms: Forms | None) -> tuple[TitlePreview, ...]:
    """The title in each place; nothing for an empty one."""
    line = " ".join(title.split())
    if not line:
        return ()
    return tuple(
        _preview(place, line, " ".join(summary.split()), forms) for place in load_rules()["places"]
    )


def _preview(
    place: Mapping[str, Any], title: str, summary: str, forms: Forms | None
) -> TitlePreview:
    lines, hidden = cut_lines(title, place["width"], place["rows"])
    shown = title[: len(title) - len(hidden)]
    room = place["summary"]
    below = cut_lines(summary, room, 1)[0] if room and summary else ()
    seen = None
    if forms is not None and find_hits(normalize(title)[0], forms):
        seen = bool(find_hits(normalize(shown)[0], forms))
    return TitlePreview(
        place=place["id"],
        lines=lines,
        hidden=hidden,
        width=place["width"],
        rows=place["rows"],
        summary=below[0] if below else "",
        keyword_shown=seen,
        source=place["source"],
        confidence=place["confidence"],
    )


def cut_lines(text: str, width: float, rows: int) -> tuple[tuple[str, ...], str]:
    """The text in at most `rows` lines of `width` hanzi, the last with … where something is hidden."""
    lines: list[str] = []
    start = 0
    while start < len(text) and len(lines) < rows:
        end = _fit(text, start, width)
        lines.append(text[start:end])
        start = end
    hidden = text[start:]
    if hidden and lines:
        last = lines[-1]
        while last and _measure(last) > width - 1:
            hidden, last = last[-1] + hidden, last[:-1]
        lines[-1] = last + "…"
    return tuple(lines), hidden


def _fit(text: str, start: int, width: float) -> int:
    used, end = 0.0, start
    for sign, wide in _widths(text[start:]):
        if used + wide > width and end > start:
            break
        used += wide
        end += len(sign)
    return end


def _measure(text: Sequence[str] | str) -> float:
    return sum(wide for _, wide in _widths("".join(text)))


def _widths(text: str) -> Iterator[tuple[str, float]]:
    """Each character with its width; what joins emoji or varies them takes none."""
    for sign in text:
        if sign in "\u200d\ufe0f":
            yield sign, 0.0
        else:
            yield sign, 1.0 if ord(sign) > _WIDE else 0.55
