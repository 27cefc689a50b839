"""From what the user gave to parsed texts. Any string parses; nothing here raises."""

import re

from copyassist.text.normalize import normalize
from copyassist.text.segment import segment
from copyassist.types import Draft, ParsedDraft, ParsedText

# Lone surrogates cannot be encoded, NUL ends a string in databases and spreadsheets.
_BROKEN = re.compile("[\x00\ud800-\udfff]")


def repair(raw: str) -> tuple[str, int]:
    """`raw` with each NUL and lone surrogate replaced by U+FFFD, and how many there were."""
    return _BROKEN.subn("\ufffd", raw)


def parse_text(raw: str) -> ParsedText:
    """One text, repaired, normalised and cut into words."""
    mended, repairs = repair(raw)
    norm, offsets = normalize(mended)
    return ParsedText(mended, norm, offsets, segment(norm), repairs)


def parse(draft: Draft) -> ParsedDraft:
    """A draft with its title and, where it has one, its body parsed."""
    body = parse_text(draft.body) if draft.body else None
    return ParsedDraft(draft, parse_text(draft.title), body)
