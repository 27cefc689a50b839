"""Checks of the focus keyword: Yoast's assessments, counted in characters (docs/facts/seo.md#keyword)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from copyassist.desk.seo.focus import Forms, KeywordHit, find_hits, is_scattered, span_of
from copyassist.desk.seo.layout import BodyLayout
from copyassist.desk.seo.result import Focus, Light, SeoCheck
from copyassist.keywords.words import load_words
from copyassist.text import normalize
from copyassist.types import ParsedDraft, Span

KEYWORD_LONG, KEYWORD_TOO_LONG = 12, 18  # Yoast's limits for Japanese
EARLY = 1 / 3  # of a title: what stands there is still shown where it is cut
SHORT_TITLE = 12
INTRO = 100  # characters, where the first paragraph is only a line
# Yoast's 0.5-3 % of words, at 1.6 characters a Chinese word; per 100 characters.
DENSE_LEAST, DENSE_MOST, DENSE_STUFFED = 0.3, 1.9, 2.5
DENSITY_FROM = 100
SPREAD_FROM, SPREAD_GOOD, SPREAD_FAIR = 400, 0.5, 0.7
HEADINGS_LEAST, HEADINGS_MOST = 0.3, 0.75
_PARTS = re.compile(r"[|｜/_、,，;；·]")


@dataclass(frozen=True, slots=True)
class KeywordPlace:
    """What the checks of a keyword look at: the draft, its layout, its digest, where the keyword is."""

    parsed: ParsedDraft
    layout: BodyLayout
    digest: str
    focus: Focus
    forms: Forms
    in_title: tuple[KeywordHit, ...]
    in_body: tuple[KeywordHit, ...]


def look_for(
    parsed: ParsedDraft, layout: BodyLayout, digest: str, focus: Focus, forms: Forms
) -> KeywordPlace:
    """Where the keyword stands in title and body."""
    body = find_hits(parsed.body.norm, forms) if parsed.body is not None else []
    title = find_hits(parsed.title.norm, forms)
    return KeywordPlace(parsed, layout, digest, focus, forms, tuple(title), tuple(body))


def check_keyword(place: KeywordPlace) -> Iterator[SeoCheck]:
    """Everything about the keyword itself; what needs a body only where there is one."""
    yield _check_length(place)
    yield _check_title(place)
    yield from _check_stuffed(place)
    if place.parsed.body is not None and place.layout.length:
        yield _check_intro(place)
        yield from _check_density(place)
        yield from _check_spread(place)
        yield from _check_headings(place)
    if place.digest:
        yield _check_digest(place)


def _check_length(place: KeywordPlace) -> SeoCheck:
    size = len("".join(place.focus.text.split()))
    weigh = load_words().weigh
    light: Light = "green"
    outcome = "good"
    if size > KEYWORD_LONG:
        light, outcome = ("red" if size > KEYWORD_TOO_LONG else "orange"), "long"
    elif place.forms.words and not any(
        weigh(word) > 0 or (len(word) > 1 and word.isascii()) for word in place.forms.words
    ):
        light, outcome = "orange", "hollow"
    return SeoCheck(
        code="keyword_length", group="keyword", outcome=outcome, light=light, value=size,
        high=KEYWORD_LONG, unit="signs", source="yoast_ja", params={"keyword": place.focus.text},
    )  # fmt: skip


def _check_title(place: KeywordPlace) -> SeoCheck:
    title = place.parsed.title
    exact = next((hit for hit in place.in_title if hit.exact), None)
    first = exact or (place.in_title[0] if place.in_title else None)
    length = len(title.raw.strip())
    late = max(SHORT_TITLE / 2, EARLY * length)
    params = {"keyword": place.focus.text, "length": length, "position": 0, "synonym": ""}
    outcome, light = "missing", "red"
    value: float | None = None
    spans: tuple[Span, ...] = ()
    if first is not None:
        start, end = span_of(title, first)
        value, spans = float(start + 1), (Span("title", start, end),)
        params |= {"position": start + 1, "synonym": title.raw[start:end]}
        outcome, light = "front", "green"
        if not first.exact:
            outcome, light = "synonym", "orange"
        elif start >= late and length > SHORT_TITLE:
            outcome, light = "late", "orange"
    elif is_scattered(title.norm, place.forms):
        outcome, light = "scattered", "orange"
    return SeoCheck(
        code="keyword_title", group="keyword", outcome=outcome, light=_light(light), value=value,
        high=float(int(late)), unit="signs", source="yoast", params=params, spans=spans,
    )  # fmt: skip


def _check_stuffed(place: KeywordPlace) -> Iterator[SeoCheck]:
    """The keyword again and again in the title, or a title of nothing but words."""
    count = sum(hit.exact for hit in place.in_title)
    parts = [part for part in _PARTS.split(place.parsed.title.raw) if part.strip()]
    listed = len(parts) >= 5 and max(map(len, parts)) <= 8
    if not place.in_title and not listed:
        return
    outcome, light = "good", "green"
    if count >= 2:
        outcome, light = "repeated", "red" if count >= 3 else "orange"
    elif listed:
        outcome, light = "listed", "orange"
    yield SeoCheck(
        code="keyword_stuffed", group="keyword", outcome=outcome, light=_light(light), value=count,
        high=1, unit="times", source="baidu", params={"keyword": place.focus.text, "parts": len(parts)},
        spans=tuple(Span("title", *span_of(place.parsed.title, hit)) for hit in place.in_title),
    )  # fmt: skip


def _check_intro(place: KeywordPlace) -> SeoCheck:
    assert place.parsed.body is not None  # noqa: S101  asked before
    first = place.layout.paragraphs[0] if place.layout.paragraphs else place.layout.headings[0]
    end = max(first.end, min(first.start + INTRO, len(place.parsed.body.raw)))
    text = normalize(place.parsed.body.raw[first.start : end])[0]
    hits = find_hits(text, place.forms)
    outcome, light = "missing", "red"
    if hits:
        outcome, light = "good", "green"
    elif is_scattered(text, place.forms):
        outcome, light = "scattered", "orange"
    where = place.in_body[0].start + 1 if place.in_body else None
    return SeoCheck(
        code="keyword_intro", group="keyword", outcome=outcome, light=_light(light), value=where,
        high=end - first.start, unit="signs", source="yoast",
        params={"keyword": place.focus.text, "position": where or "—"},
    )  # fmt: skip


def _check_density(place: KeywordPlace) -> Iterator[SeoCheck]:
    length, hits = place.layout.length, len(place.in_body)
    if length < DENSITY_FROM:
        return
    rate = 100 * hits / length
    least = max(1, round(DENSE_LEAST * length / 100))
    outcome, light = "good", "green"
    if not hits:
        outcome, light = "none", "red"
    elif hits < least:
        outcome, light = "rare", "orange"
    elif rate > DENSE_MOST and hits > 2:
        outcome, light = "dense", "red" if rate > DENSE_STUFFED else "orange"
    exact = sum(hit.exact for hit in place.in_body)
    yield SeoCheck(
        code="keyword_density", group="keyword", outcome=outcome, light=_light(light),
        value=round(rate, 2), low=DENSE_LEAST, high=DENSE_MOST, unit="per_hundred", source="yoast",
        params={
            "keyword": place.focus.text, "count": hits, "length": length, "least": least,
            "most": max(2, int(DENSE_MOST * length / 100)), "exact": exact, "others": hits - exact,
        },
    )  # fmt: skip


def _check_spread(place: KeywordPlace) -> Iterator[SeoCheck]:
    body = place.parsed.body
    if body is None or place.layout.length < SPREAD_FROM or len(place.in_body) < 2:
        return
    marks = [0, *(hit.start for hit in place.in_body), len(body.norm)]
    gap = max(b - a for a, b in pairwise(marks)) / len(body.norm)
    light: Light = "green" if gap <= SPREAD_GOOD else "orange" if gap <= SPREAD_FAIR else "red"
    yield SeoCheck(
        code="keyword_spread", group="keyword", outcome="good" if light == "green" else "uneven",
        light=light, value=round(100 * gap), high=100 * SPREAD_GOOD, unit="percent", source="own",
        params={"keyword": place.focus.text},
    )  # fmt: skip


def _check_headings(place: KeywordPlace) -> Iterator[SeoCheck]:
    headings = place.layout.headings
    if len(headings) < 2:
        return
    with_it = sum(1 for one in headings if find_hits(normalize(one.text)[0], place.forms))
    share = with_it / len(headings)
    outcome, light = "good", "green"
    if share < HEADINGS_LEAST:
        outcome, light = ("few" if with_it else "none"), "orange"
    elif share > HEADINGS_MOST and len(headings) > 2:
        outcome, light = "many", "orange"
    yield SeoCheck(
        code="keyword_headings", group="keyword", outcome=outcome, light=_light(light),
        value=round(100 * share), low=100 * HEADINGS_LEAST, high=100 * HEADINGS_MOST, unit="percent",
        source="yoast",
        params={"keyword": place.focus.text, "count": with_it, "headings": len(headings)},
    )  # fmt: skip


def _check_digest(place: KeywordPlace) -> SeoCheck:
    hits = find_hits(normalize(place.digest)[0], place.forms)
    outcome, light = ("good", "green") if hits else ("missing", "orange")
    if len(hits) > 2:
        outcome, light = "repeated", "red"
    return SeoCheck(
        code="keyword_digest", group="keyword", outcome=outcome, light=_light(light),
        value=len(hits), low=1, high=2, unit="times", source="yoast",
        params={"keyword": place.focus.text},
    )  # fmt: skip


def _light(name: str) -> Light:
    lights: Sequence[Light] = ("red", "orange", "green", "grey")
    return next(light for light in lights if light == name)
