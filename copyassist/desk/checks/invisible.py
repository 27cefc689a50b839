"""What cannot be seen but is there: zero-width characters, direction controls, broken characters."""

import re
from collections.abc import Iterator
from itertools import islice

from copyassist.desk.checks.family import MOST_PER_CODE, Case, Family, FieldName, mark
from copyassist.types import Finding, Severity

_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_ZERO_WIDTH = (
    "\u00ad\u034f\u180e\u200b\u200c\u2060-\u2064\ufeff\ufff9-\ufffb\u115f\u1160\u3164\uffa0"
)
# The joiner and the variation selector make emoji (👨‍👩‍👧, ❤️); elsewhere they only hide.
_EMOJI = "\u00a9\u00ae\u2049\u203c\u2100-\u2bff\u3030-\u303d\u3297\u3299\ufe0f\U0001f000-\U0001faff"
_HIDDEN = re.compile(
    f"(?P<bidi>[{_BIDI}]+)|(?P<zero_width>[{_ZERO_WIDTH}]+|(?<![{_EMOJI}])\u200d"
    f"|(?<![{_EMOJI}0-9#*])\ufe0f)|(?P<control>[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]+)"
)
# Hidden, yet printable to Python: marks and letters without a shape.
_PRINTABLE_HIDDEN = re.compile("[\u034f\u115f\u1160\u3164\uffa0\ufe0f]")
_LINE_BREAK = re.compile(r"[ \t]*[\r\n\u2028\u2029]+[ \t]*")

_CODES = {
    "bidi": ("bidi_control", Severity.WARNING),
    "zero_width": ("zero_width", Severity.WARNING),
    "control": ("control_character", Severity.WARNING),
}


def _find(case: Case) -> Iterator[Finding]:
    for field, text in case.texts:
        if text.repairs:
            yield Finding(
                code="text_repaired", severity=Severity.WARNING, params={"count": text.repairs}
            )
        if not text.raw.isprintable() or _PRINTABLE_HIDDEN.search(text.raw):
            yield from islice(_find_hidden(field, text.raw), MOST_PER_CODE)
    title = case.parsed.title.raw.rstrip()
    if title.isprintable():
        return
    for found in islice(_LINE_BREAK.finditer(title), MOST_PER_CODE):
        yield mark("title_line_break", Severity.WARNING, ("title", *found.span()), replacement=" ")


def _find_hidden(field: FieldName, raw: str) -> Iterator[Finding]:
    for found in _HIDDEN.finditer(raw):
        code, severity = _CODES[found.lastgroup or "control"]
        codes = " ".join(f"U+{ord(char):04X}" for char in dict.fromkeys(found[0]))
        yield mark(code, severity, (field, *found.span()), replacement="", codes=codes)


FAMILY = Family(
    id="invisible",
    codes=(
        "text_repaired",
        "bidi_control",
        "zero_width",
        "control_character",
        "title_line_break",
    ),
    find=_find,
)
