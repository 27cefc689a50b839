"""Hints for being found: where the keyword stands, whether it is repeated, which tags to add."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from copyassist.keywords.tags import suggest_tags
from copyassist.keywords.words import load_words
from copyassist.types import (
    NO_PARAMS,
    Keyword,
    Params,
    ParsedDraft,
    ParsedText,
    Platform,
)

HintCode = Literal["keyword_missing", "keyword_late", "keyword_stuffed", "tags"]

_SHORTEST = 12  # characters of a title for which "the first third" means anything
_STUFFED = 3  # uses of one content word in one title


@dataclass(frozen=True, slots=True, kw_only=True)
class SeoHint:
    """One hint; its sentence is keywords.seo.<code>, filled with `params`.

    keyword_missing: `keyword` is what the body is about, and the title lacks it.
    keyword_late: `keyword` begins at character `position` (1-based) of the title's `length`.
    keyword_stuffed: `keyword` stands `count` times in the title.
    tags: `tags` as the platform writes them; where `picked` they count only when the writer picks
    them from the platform's own list, so they are suggestions to search for, not text to paste.
    """

    code: HintCode
    params: Params = field(default_factory=lambda: NO_PARAMS)
    tags: tuple[str, ...] = ()


def suggest_seo(
    parsed: ParsedDraft, keywords: Sequence[Keyword], platform: Platform
) -> list[SeoHint]:
    """Hints for one draft on one platform, none for an empty one. `keywords` are its keywords."""
    hints = [*_find_place(parsed, keywords), *_find_stuffed(parsed.title)]
    tags = suggest_tags(keywords, platform)
    if tags:
        picked = platform.tag_syntax == "open_hash"
        shown = " ".join(tags)
        hints.append(SeoHint(code="tags", params={"shown": shown, "picked": picked}, tags=tags))
    return hints


def _find_place(parsed: ParsedDraft, keywords: Sequence[Keyword]) -> Iterator[SeoHint]:
    first = keywords[0] if keywords else None
    if first is None or not parsed.title.norm:
        return
    if not first.in_title:
        yield SeoHint(code="keyword_missing", params={"keyword": first.text})
        return
    length, position = len(parsed.title.raw), parsed.title.raw.find(first.text)
    if length >= _SHORTEST and position >= length / 3:
        params = {"keyword": first.text, "position": position + 1, "length": length}
        yield SeoHint(code="keyword_late", params=params)


def _find_stuffed(title: ParsedText) -> Iterator[SeoHint]:
    if len(title.words) == len(set(title.words)):
        return
    weigh = load_words().weigh
    for word in dict.fromkeys(title.words):
        count = title.words.count(word)
        if count >= _STUFFED and weigh(word) > 0:
            yield SeoHint(code="keyword_stuffed", params={"keyword": word, "count": count})
