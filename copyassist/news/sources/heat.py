"""Reads the ways in which platforms write how hot something is."""

import math
import re
import unicodedata

_UNITS = {
    "": 1,
    "千": 1e3,
    "k": 1e3,
    "万": 1e4,
    "萬": 1e4,
    "w": 1e4,
    "m": 1e6,
    "亿": 1e8,
    "億": 1e8,
}
_NUMBER = re.compile(
    r"(?<![\d.])(\d+(?:,\d{3})+|\d+)(\.\d+)?\s*(千|万|萬|亿|億|[kwm](?![a-z]))?(亿|億)?",
    re.IGNORECASE,
)
_MAX_TEXT = 60
_LARGEST = 1e17


def parse_heat(value: object) -> float | None:
    """The number in single units, None where there is none.

    Reads 1136119, "7808391", "1234万", "123.4w", "1.2亿", "4606 万热度", "剧集 123", "2000+";
    "热度累计中" is None. Negative, infinite and boolean values are None.
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return float(value) if 0 <= value <= _LARGEST and math.isfinite(value) else None
    if not isinstance(value, str):
        return None
    return _parse_text(unicodedata.normalize("NFKC", value[:_MAX_TEXT]))


def _parse_text(text: str) -> float | None:
    found = _NUMBER.search(text)
    if found is None or text[: found.start()].rstrip().endswith("-"):
        return None
    whole, fraction, unit, more = found.groups()
    factor = _UNITS[(unit or "").lower()] * (1e8 if more else 1)
    number = round(float(whole.replace(",", "") + (fraction or "")) * factor, 2)
    return number if number <= _LARGEST else None
