"""Numbers and lengths of time as platforms, exports and people write them.

One grammar for a text that is a number (`parse_number`) and for the first number in a text
(`find_number`): 1,234; 1.2万; 2千万; 1万亿; 12w; 1.2k; 10万+; <0.1%; full-width digits.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from copyassist.types import Bound

LARGEST = 1e17
"""No figure is larger; an id that was taken for one is."""

SCALE = r"(?:[十百千]?(?:[万萬][亿億]?|[亿億])|千|[kwm](?![a-z]))"
"""A pattern of the units that may follow a number, for lower-case or case-blind matching."""

_LONGEST = 60  # characters: no number needs more, and conversion of long ones takes its time
_SHORT = 17  # digits that stay below LARGEST
_LONGEST_GIVEN = 4 * _LONGEST  # with its spaces
_UNITS = {"十": 10, "百": 100, "千": 1000, "k": 1000, "m": 10**6}
_UNITS |= dict.fromkeys("万萬w", 10**4) | dict.fromkeys("亿億", 10**8)
_PERCENTS = {"": 1, "%": 100, "‰": 1000}
_WHOLE = re.compile(
    r"(?P<below>[<≤]|小于|不足|低于)?(?P<above>[>≥]|大于|超过|高于)?"
    r"(?P<digits>[+-]?(?:\d[\d,]*(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,3})?)"
    rf"(?P<scale>{SCALE})?(?P<more>\+|多|余)?(?P<percent>[%‰])?"
    r"(?:次|人|个|条|篇|元|赞|阅读|播放)?(?P<more_after>\+)?"
)
_FIRST = re.compile(
    r"(?<![\d.])(?P<digits>(?:\d+(?:,\d{3})+|\d+)(?:\.\d+)?)"
    rf"\s*(?P<scale>{SCALE})?\s*(?P<more>[+多余])?"
)
_DURATION = re.compile(
    r"(?:(?P<h>\d+(?:\.\d+)?)(?:小时|时|h|hours?))?"
    r"(?:(?P<m>\d+(?:\.\d+)?)(?:分钟|分|min|m))?"
    r"(?:(?P<s>\d+(?:\.\d+)?)(?:秒钟|秒|s|sec)?)?"
)
_CLOCK = re.compile(r"(?:(?P<h>\d{1,4}):)?(?P<m>\d{1,4}):(?P<s>\d{1,2}(?:\.\d+)?)")


@dataclass(frozen=True, slots=True)
class Number:
    """A figure in single units, a percentage as its fraction; `bound` says whether it is exact."""

    value: float
    bound: Bound = "exact"
    percent: bool = False


def parse_number(text: str) -> Number:
    """The number that a text is. 10万+ is at least 100000, <0.1% at most 0.001.

    Raises ValueError for what is no number, or one beyond LARGEST either way.
    """
    if text.isascii() and text.isdigit() and len(text) <= _SHORT:
        return Number(float(text))  # what most are
    folded = fold(text)
    found = _WHOLE.fullmatch(folded) if len(folded) <= _LONGEST else None
    if found is None:
        raise ValueError(text[:_LONGEST])
    percent = found["percent"] or ""
    value = _scale(found["digits"], found["scale"]) / _PERCENTS[percent]
    if abs(value) > LARGEST:
        raise ValueError(text[:_LONGEST])
    return Number(float(value), _find_bound(found), bool(percent))


def find_number(text: str) -> Number | None:
    """The first number in a text: 4606 万热度, 剧集 123, ✰ 12k. None for none, and for -3."""
    head = unicodedata.normalize("NFKC", text[:_LONGEST]).lower()[:_LONGEST]
    found = _FIRST.search(head)
    if found is None or head[: found.start()].rstrip().endswith(("-", "−")):
        return None
    value = _scale(found["digits"], found["scale"])
    return (
        Number(float(value), "at_least" if found["more"] else "exact") if value <= LARGEST else None
    )


def parse_duration(text: str) -> Number:
    """Seconds: 21.46秒, 1分12秒, 00:01:12, 1:12, a bare number. Raises ValueError for the rest."""
    folded = fold(text)
    found = None
    if 0 < len(folded) <= _LONGEST:
        found = _CLOCK.fullmatch(folded) or _DURATION.fullmatch(folded)
    if found is None:
        return parse_number(text)
    hours, minutes, seconds = (Decimal(found[name] or 0) for name in "hms")
    length = hours * 3600 + minutes * 60 + seconds
    if length > LARGEST:
        raise ValueError(text[:_LONGEST])
    return Number(float(length))


def fold(text: str) -> str:
    """The text as the patterns here expect it: half-width, lower case, without spaces.

    What is too long to be a number stays as it is.
    """
    if len(text) > _LONGEST_GIVEN:
        return text
    return "".join(unicodedata.normalize("NFKC", text).lower().split()).replace("−", "-")


def _scale(digits: str, scale: str | None) -> Decimal:
    value = Decimal(digits.replace(",", ""))
    for unit in scale or "":
        value *= _UNITS[unit]
    return value


def _find_bound(found: re.Match[str]) -> Bound:
    if found["below"]:
        return "at_most"
    return "at_least" if found["above"] or found["more"] or found["more_after"] else "exact"
