"""What two disguises of one title share: the key that titles are looked up by.

Beyond `title_key`: variants of characters that plain Simplified text also needs as they are (乾锅,
乾隆) are one, and so are numbers in hanzi and in digits (十分钟, 10分钟). 一 alone stays: 一个 and
第一 are words, not counts.
"""

import re
from collections.abc import Mapping
from hashlib import blake2b
from types import MappingProxyType

from copyassist.text import title_key

LONGEST = 300

# Pairs that writers use for one another, or that converters leave behind. Not for showing: 乾隆
# becomes 干隆 on both sides of a comparison.
VARIANTS: Mapping[int, str] = MappingProxyType(
    {
        ord(old): new
        for old, new in zip(
            "乾徵裡裏着著妳您祢牠它她彷彿傢俱傚佈佔菓覆複於甚週係繫瞭嚐噹捲臺檯颱纔鬥麵麪糢鬆衝範鍾嚮慾迴曬",
            "干征里里着着你你你他他他仿佛家具效布占果复复于什周系系了尝当卷台台台才斗面面模松冲范钟向欲回晒",
            strict=True,
        )
    }
)
_DIGIT: Mapping[str, int] = MappingProxyType(
    {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
)
_UNIT: Mapping[str, int] = MappingProxyType({"十": 10, "百": 100, "千": 1000})
_NUMERAL = re.compile("[〇零一二两三四五六七八九十百千]+")
_ALL_DIGITS = re.compile("[〇零一二三四五六七八九]{2,}")


def fold_key(raw_or_norm: str) -> str:
    """The key of a title with variants and numbers folded; "" where a title has nothing.

    Of what is longer than any title the beginning counts, and a digest that tells the rest apart:
    comparing is bounded whatever is pasted into the field.
    """
    key = fold_variants(title_key(raw_or_norm))
    if len(key) <= LONGEST:
        return key
    rest = blake2b(key[LONGEST:].encode("utf-8", "surrogatepass"), digest_size=6)
    return key[:LONGEST] + rest.hexdigest()


def fold_variants(key: str) -> str:
    """A key in which variants of characters and ways to write numbers are one."""
    return _NUMERAL.sub(_to_digits, key.translate(VARIANTS))


def _to_digits(found: re.Match[str]) -> str:
    text = found[0]
    if text in ("一", "千", "百", "两", "零"):
        return text
    if _ALL_DIGITS.fullmatch(text):
        return "".join(str(_DIGIT[char]) for char in text)
    return str(_count(text))


def _count(text: str) -> int:
    total, digit = 0, None
    for char in text:
        if char in _UNIT:
            total += (1 if digit is None else digit) * _UNIT[char]
            digit = None
        else:
            digit = _DIGIT[char] if digit is None else digit * 10 + _DIGIT[char]
    return total + (digit or 0)
