"""Numbers as Chinese texts write them: 5, 五, 十二, 两百, 1.5万, 三千五."""

import re

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {
    "两": 2,
    "〇": 0,
    "俩": 2,
    "仨": 3,
}
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_SCALES = {"十": 10, "百": 100, "千": 1000, "k": 1000, "万": 10_000, "w": 10_000, "亿": 10**8}

HAN = "零〇一二两俩仨三四五六七八九十百千万亿"
NUMBER = rf"(?:\d+(?:\.\d+)?(?:[十百千万亿]+|[kw](?![a-z]))?|[{HAN}]+|半)"
"""A pattern of one number; `read_number` gives its value."""

_ARABIC = re.compile(r"(\d+(?:\.\d+)?)([十百千万亿kw]*)")


def read_number(text: str) -> float | None:
    """The value of a text that NUMBER matches; None where it is no number after all."""
    if text == "半":
        return 0.5
    if arabic := _ARABIC.fullmatch(text):
        value = float(arabic[1])
        for unit in arabic[2]:
            value *= _SCALES[unit]
        return value
    return _read_han(text)


def _read_han(text: str) -> float | None:
    if not text or any(c not in _DIGITS and c not in _UNITS for c in text):
        return None
    if all(c in _DIGITS for c in text):  # 二〇二六
        return float("".join(str(_DIGITS[c]) for c in text))
    total = section = digit = 0
    last = 1
    last_large = 0
    for c in text:
        if c in _DIGITS:
            digit = _DIGITS[c]
            continue
        unit = _UNITS[c]
        if unit >= 10_000:
            if unit > last_large:  # 两万亿; but 两亿五千万 is 两亿 and 五千万
                total = (total + section + digit) * unit
            else:
                total += (section + digit) * unit
            last_large = unit
            section = 0
        else:
            section += (digit or 1) * unit
        digit, last = 0, unit
    # 三千五, 一万二: the last digit counts in the next lower unit.
    lower = last >= 100 and len(text) > 1 and text[-2] not in "零〇"
    return float(total + section + digit * (last // 10 if lower else 1))
