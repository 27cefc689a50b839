"""The four ways in which platforms count characters.

Sources: the edges of measured title-length distributions (Zhihu 2020-2025, Bilibili, Xiaohongshu
to March 2025, Toutiao 2018), Xiaohongshu's web creator (August 2026), 车家号's own script
(October 2026). All but `codepoints` look at UTF-16 units, as the platforms' scripts do: an emoji
outside the basic plane is two units.
"""

import math
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType

from copyassist.types import Counter

_NOT_HAN = re.compile("[^\u4e00-\u9fff]+")


@lru_cache(maxsize=8)  # the checks and the length meter ask for the same title one after the other
def count(text: str, counter: Counter) -> float:
    """How long `text` is in the counter's units, a multiple of 0.5. Pass the raw text."""
    return _COUNTERS[counter](text)


def _count_codepoints(text: str) -> float:
    return len(text)


def _count_han_full(text: str) -> float:
    han = len(_NOT_HAN.sub("", text))
    return han + (_count_units(text) - han) / 2


def _count_nonascii_full(text: str) -> float:
    ascii_units = len(text.encode("ascii", "ignore"))
    return math.ceil(_count_units(text) - ascii_units / 2)


def _count_above_256_full(text: str) -> float:
    up_to_256 = len(text.encode("latin-1", "ignore")) + text.count("\u0100")
    return _count_units(text) - up_to_256 / 2


def _count_units(text: str) -> int:
    if not text or max(text) < "\U00010000":
        return len(text)
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


_COUNTERS: Mapping[str, Callable[[str], float]] = MappingProxyType(
    {
        "codepoints": _count_codepoints,
        "han1_other_half": _count_han_full,
        "nonascii1_ascii_half": _count_nonascii_full,
        "gt256_1_else_half": _count_above_256_full,
    }
)
