"""The hints for being found as lines of plain text for the terminal."""

from collections.abc import Iterator

from copyassist.desk.seo.result import SeoReport
from copyassist.desk.seo.wording import (
    word_check,
    word_counts,
    word_earlier,
    word_light,
    word_origin,
    word_place,
    word_preview,
)
from copyassist.i18n import Language, say

MARKS = {"red": "✗", "orange": "!", "grey": "?"}
MOST_RELATED = 8


def seo_lines(language: Language, seo: SeoReport) -> Iterator[str]:
    """Problems first, the names of what is good, how the title is shown, related words, tags."""
    yield f"  {_head(language, seo)}"
    for check in seo.checks:
        if check.light in ("red", "orange"):
            words = word_check(language, check)
            light = word_light(language, check.light)
            source = say(language, "seo.cli.source", source=words.source)
            yield f"    {MARKS[check.light]} {light}  {words.name}  {words.said}{source}"
    good = [word_check(language, check).name for check in seo.checks if check.light == "green"]
    if good:
        between = say(language, "cli.score.between")
        names = between.join(dict.fromkeys(good))
        yield f"    {say(language, 'seo.cli.good', names=names)}"
    yield from _previews(language, seo)
    yield from _related(language, seo)
    if seo.earlier:
        yield f"    {say(language, 'seo.cli.earlier')}"
    for one in seo.earlier:
        said = word_earlier(language, one)
        yield f"      {say(language, 'seo.cli.earlier_post', title=one.post.title, said=said)}"
    if seo.tags:
        yield f"    {say(language, 'seo.cli.tags')}  {' '.join(seo.tags)}"


def _head(language: Language, seo: SeoReport) -> str:
    counts = word_counts(language, seo)
    if seo.focus is None:
        return say(language, "seo.cli.head_without", counts=counts)
    if not seo.focus.synonyms:
        return say(language, "seo.cli.head", keyword=seo.focus.text, counts=counts)
    synonyms = say(language, "cli.score.between").join(seo.focus.synonyms)
    return say(
        language,
        "seo.cli.head_synonyms",
        keyword=seo.focus.text,
        synonyms=synonyms,
        counts=counts,
    )


def _previews(language: Language, seo: SeoReport) -> Iterator[str]:
    if seo.previews:
        yield f"    {say(language, 'seo.cli.previews')}"
    for preview in seo.previews:
        lines = say(language, "seo.cli.line_break").join(preview.lines)
        said = word_preview(language, preview)
        place = word_place(language, preview)
        yield f"      {say(language, 'seo.cli.preview', place=place, lines=lines, said=said)}"


def _related(language: Language, seo: SeoReport) -> Iterator[str]:
    if seo.related:
        yield f"    {say(language, 'seo.cli.related')}"
    for word in seo.related[:MOST_RELATED]:
        origin = word_origin(language, word)
        yield f"      {say(language, 'seo.cli.related_word', text=word.text, origin=origin)}"
