"""Checks of lengths and structure (docs/facts/seo.md#text): title, digest, text, links, pictures."""

from collections.abc import Iterator, Sequence

from copyassist.desk.seo.focus import load_rules
from copyassist.desk.seo.layout import BodyLayout, BodyPiece
from copyassist.desk.seo.result import Light, SeoCheck
from copyassist.text import count
from copyassist.types import Limit, Measure, Platform, PlatformForm, Severity, Span

# Yoast's limits for Japanese, in characters.
TEXT_GOOD, TEXT_FAIR, TEXT_SHORT = 600, 400, 200
SHORT_GOOD, SHORT_FAIR = 60, 20
PARAGRAPH_GOOD, PARAGRAPH_FAIR = 300, 400
SENTENCE_LONG, LONG_GOOD, LONG_FAIR = 40, 0.25, 0.30
SECTION_GOOD, SECTION_FAIR = 600, 700
DIGEST_LEAST = 20
MOST_SPANS = 20


def check_title(measures: Sequence[Measure], title: str) -> Iterator[SeoCheck]:
    """The title against each limit of the platform, and against what search engines show."""
    counted = [one for one in measures if one.field in ("title", "first_line") and one.value]
    for number, measure in enumerate(counted):
        light: Light = "green"
        if measure.severity is not None:
            light = "red" if measure.severity is Severity.ERROR else "orange"
        outcome = "good"
        if measure.severity is not None:
            over = measure.maximum is not None and measure.value > measure.maximum
            outcome = "over" if over else "under"
        if number and outcome != "under":  # some platforms count in two ways
            outcome = f"again_{outcome}"
        yield SeoCheck(
            code="title_length", group="length", outcome=outcome, light=light, value=measure.value,
            low=measure.minimum, high=measure.maximum, unit="signs", source="platform",
            params={"limit": _show(measure.maximum), "least": _show(measure.minimum), "counter": measure.counter},
        )  # fmt: skip
    yield from _check_engines(title)


def _check_engines(title: str) -> Iterator[SeoCheck]:
    size = count(title.strip(), "nonascii1_ascii_half")
    for place in load_rules()["places"]:
        if place["id"] not in ("baidu", "weixin_search") or not size:
            continue
        room = place["width"] * place["rows"]
        fits = size <= room
        yield SeoCheck(
            code=f"title_{place['id']}", group="length", outcome="good" if fits else "cut",
            light="green" if fits else "orange", value=size, high=room, unit="signs", source="phone",
            params={"limit": f"{room:g}", "over": f"{max(0.0, size - room):g}"},
        )  # fmt: skip


def _show(limit: float | None) -> str:
    return "—" if limit is None else f"{limit:g}"


def check_digest(
    digest: str, given: bool, platform: Platform, form: PlatformForm
) -> Iterator[SeoCheck]:
    """The digest against the platform's limit; what it will be where none is given."""
    limit = next((one for one in form.limits if one.field == "digest"), None)
    if limit is None:
        return
    if not given:
        taken = load_rules()["digest"].get(platform.id)
        if taken and digest:
            yield SeoCheck(
                code="digest_length", group="length", outcome="taken", light="orange",
                value=len(digest), high=limit.maximum, unit="signs", source="platform",
                params={"taken": taken, "limit": _show(limit.maximum)},
            )  # fmt: skip
        return
    yield _check_given(digest, limit)


def _check_given(digest: str, limit: Limit) -> SeoCheck:
    size = count(digest.strip(), limit.counter)
    light: Light = "green"
    outcome = "good"
    if limit.maximum is not None and size > limit.maximum:
        light, outcome = "red", "over"
    elif size < DIGEST_LEAST:
        light, outcome = "orange", "under"
    return SeoCheck(
        code="digest_length", group="length", outcome=outcome, light=light, value=size,
        low=DIGEST_LEAST, high=limit.maximum, unit="signs", source="platform",
        params={"limit": _show(limit.maximum), "taken": 0},
    )  # fmt: skip


def check_text(layout: BodyLayout, platform: Platform) -> Iterator[SeoCheck]:
    """Length of text, paragraphs and sentences, subheadings, links and pictures."""
    if not layout.length:
        return
    short = platform.id in load_rules()["kinds"]["short"]
    yield _check_length(layout.length, short=short)
    yield from _check_paragraphs(layout.paragraphs)
    yield from _check_sentences(layout.sentences)
    if not short:
        yield from _check_sections(layout)
        yield from _check_links(layout, platform)
    yield from _check_pictures(layout)


def _check_length(length: int, *, short: bool) -> SeoCheck:
    good, fair = (SHORT_GOOD, SHORT_FAIR) if short else (TEXT_GOOD, TEXT_FAIR)
    light: Light = "green" if length >= good else "orange" if length >= fair else "red"
    return SeoCheck(
        code="text_length", group="structure", outcome="good" if light == "green" else "short",
        light=light, value=length, low=good, unit="signs", source="own" if short else "yoast_ja",
        params={"missing": max(0, good - length)},
    )  # fmt: skip


def _check_paragraphs(paragraphs: Sequence[BodyPiece]) -> Iterator[SeoCheck]:
    if not paragraphs:
        return
    longest = max(paragraphs, key=lambda one: one.length)
    size = longest.length
    light: Light = (
        "green" if size <= PARAGRAPH_GOOD else "orange" if size <= PARAGRAPH_FAIR else "red"
    )
    long = [one for one in paragraphs if one.length > PARAGRAPH_GOOD]
    yield SeoCheck(
        code="paragraph_length", group="structure", outcome="good" if light == "green" else "long",
        light=light, value=size, high=PARAGRAPH_GOOD, unit="signs", source="yoast_ja",
        params={"count": len(long), "start": longest.text.strip()[:12]}, spans=_spans(long),
    )  # fmt: skip


def _check_sentences(sentences: Sequence[BodyPiece]) -> Iterator[SeoCheck]:
    if not sentences:
        return
    long = [one for one in sentences if one.length > SENTENCE_LONG]
    share = len(long) / len(sentences)
    light: Light = "green" if share <= LONG_GOOD else "orange" if share <= LONG_FAIR else "red"
    if len(long) == 1 and light == "red":  # one sentence of three is a third
        light = "orange"
    longest = max(sentences, key=lambda one: one.length)
    yield SeoCheck(
        code="sentence_length", group="structure", outcome="good" if light == "green" else "long",
        light=light, value=round(100 * share), high=100 * LONG_GOOD, unit="percent",
        source="yoast_ja",
        params={
            "count": len(long), "sentences": len(sentences), "limit": SENTENCE_LONG,
            "longest": longest.length,
        },
        spans=_spans(long),
    )  # fmt: skip


def _check_sections(layout: BodyLayout) -> Iterator[SeoCheck]:
    longest = max(layout.sections)
    if layout.length < SECTION_GOOD:
        return
    light: Light = (
        "green" if longest <= SECTION_GOOD else "orange" if longest <= SECTION_FAIR else "red"
    )
    outcome = "good" if light == "green" else "long" if layout.headings else "none"
    yield SeoCheck(
        code="headings", group="structure", outcome=outcome, light=light, value=longest,
        high=SECTION_GOOD, unit="signs", source="yoast_ja", params={"count": len(layout.headings)},
    )  # fmt: skip


def _check_links(layout: BodyLayout, platform: Platform) -> Iterator[SeoCheck]:
    rules, number = load_rules()["links"], len(layout.links)
    light: Light = "green"
    if platform.id in rules["clickable"]:
        outcome = "good" if number else "none"
        light = "green" if number else "orange"
    elif platform.id in rules["inside"]:
        outcome = "outside" if number else "inside"
        light = "orange" if number else "grey"
    elif number:
        outcome, light = "dead", "orange"
    else:
        return
    yield SeoCheck(
        code="links", group="structure", outcome=outcome, light=light, value=number, low=1,
        unit="links", source="yoast", params={"count": number},
    )  # fmt: skip


def _check_pictures(layout: BodyLayout) -> Iterator[SeoCheck]:
    pictures = layout.pictures
    if not pictures:
        return
    bare = [one for one in pictures if not one.alt]
    light: Light = "red" if len(bare) == len(pictures) else "orange" if bare else "green"
    yield SeoCheck(
        code="pictures", group="structure", outcome="bare" if bare else "good", light=light,
        value=len(pictures) - len(bare), low=len(pictures), unit="pictures", source="yoast",
        params={"count": len(bare), "pictures": len(pictures)},
        spans=tuple(Span("body", one.start, one.end) for one in bare[:MOST_SPANS]),
    )  # fmt: skip


def _spans(pieces: Sequence[BodyPiece]) -> tuple[Span, ...]:
    return tuple(Span("body", one.start, one.end) for one in pieces[:MOST_SPANS])
