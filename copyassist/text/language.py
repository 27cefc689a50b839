"""Whether a title says anything, and in which of the two supported languages."""

import re
from typing import Literal

_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
_LETTER = re.compile(r"[^\W_]")
_LATIN = re.compile("[a-z\u00df-\u00ff]")

# Latin brand names are common in Chinese titles, hanzi in English ones rare: iPhone 17 Pro Max 开箱
_LETTERS_PER_HANZI = 8


def detect_language(norm: str) -> Literal["zh", "en"]:
    """The language of a normalised text. Without any letters: Chinese, the product's default."""
    letters = len(_LATIN.findall(norm))
    if letters == 0:
        return "zh"
    return "zh" if len(_HAN.findall(norm)) * _LETTERS_PER_HANZI >= letters else "en"


def has_words(norm: str) -> bool:
    """Whether a normalised text holds any letter, hanzi or digit: without one it says nothing."""
    return _LETTER.search(norm) is not None
