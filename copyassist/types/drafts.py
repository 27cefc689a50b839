"""What the writer typed, as text and as parsed text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

FieldName = Literal["title", "body"]


class Purpose(StrEnum):
    """What a draft is, in the eyes of advertising law (docs/facts/compliance.md#scope)."""

    AUTO = "auto"
    AD = "ad"
    RECOMMENDATION = "recommendation"
    EXPERIENCE = "experience"
    NEWS = "news"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """A cover picture: its measures in pixels, its size in bytes."""

    width: int
    height: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What the writer typed. `form` is a platform form's id, "" for the platform's first; `digest` is
    the summary beside the text, "" where none was written; `cover` its picture, None where none is known.

    `facts` are non-title facts the writer chose to give (n_images, hour …), numbers only.
    """

    title: str
    body: str = ""
    platform: str = "xiaohongshu"
    form: str = ""
    purpose: Purpose = Purpose.AUTO
    facts: Mapping[str, float] = field(default_factory=dict)
    digest: str = ""
    cover: Cover | None = None


@dataclass(frozen=True, slots=True)
class ParsedText:
    """One text, normalised, with the way back.

    `raw` is what the user gave after lone surrogates and NULs became U+FFFD (`repairs` counts
    them), so that every later step and every output can encode it. `norm` is NFKC, simplified,
    lower case, without zero-width characters. `offsets[i]` is the raw index of `norm[i]`, with one
    more entry for the end; None when the two texts align one to one. `words` are the segments of
    `norm`, in order, spaces dropped.
    """

    raw: str
    norm: str
    offsets: tuple[int, ...] | None
    words: tuple[str, ...]
    repairs: int = 0

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The raw range that the normalised range [start, end) came from."""
        if self.offsets is None:
            return start, end
        if start >= end:
            return self.offsets[start], self.offsets[start]
        last = self.offsets[end - 1]  # an expansion (㎡ -> m2) is taken whole or not at all
        while end < len(self.norm) and self.offsets[end] == last:
            end += 1
        return self.offsets[start], self.offsets[end]


@dataclass(frozen=True, slots=True)
class ParsedDraft:
    """A draft whose texts are parsed. `body` is None where the draft has none."""

    draft: Draft
    title: ParsedText
    body: ParsedText | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of code points in the raw title or body."""

    field: FieldName
    start: int
    end: int
