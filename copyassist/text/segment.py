"""Words of a normalised text.

Runs of hanzi go to jieba's dictionary and model, everything else is cut by one expression, much as
jieba would cut it: a number or Latin word is one token, each other character one, spaces none.
`rjieba` is the engine; `jieba` gives the same words (a test holds that) 14 times as slowly and
serves where rjieba cannot be installed.
"""

import re
from collections.abc import Callable
from functools import cache

# Raised whenever the same text may be cut differently: models remember it.
SCHEME = "runs1"

# jieba's own range of hanzi. Others (extension blocks) are single tokens, as they are to jieba.
_HAN_RUN = re.compile("[\u4e00-\u9fd5]+")
_TOKEN = re.compile(
    "([\u4e00-\u9fd5]+)"
    "|([^\\W_\u3007\u3400-\u9fff\U00020000-\U0003ffff]+(?:['’][a-z]+)?(?:\\.[0-9]+)?%?"
    "|[+#&._%\\-]+|\\S)"
)


def segment(norm: str) -> tuple[str, ...]:
    """The words of `norm` (a normalised text) in order; joined they are `norm` without spaces."""
    cut = load_cutter()
    if _HAN_RUN.fullmatch(norm):
        return tuple(cut(norm))
    words: list[str] = []
    for han, other in _TOKEN.findall(norm):
        if han:
            words.extend(cut(han))
        else:
            words.append(other)
    return tuple(words)


@cache
def load_cutter() -> Callable[[str], list[str]]:
    """What cuts a run of hanzi into words: rjieba, or jieba where rjieba is not installed."""
    try:
        import rjieba  # loads its dictionary (0.1 s) at the first cut
    except ImportError:
        return load_reference_cutter()
    cut: Callable[[str], list[str]] = rjieba.cut
    return cut


@cache
def load_reference_cutter() -> Callable[[str], list[str]]:
    """jieba itself, the reference."""
    import logging

    import jieba  # 0.6 s to load: only as the fallback and in tests

    jieba.setLogLevel(logging.ERROR)  # it announces its cache file on standard error
    cut: Callable[[str], list[str]] = jieba.lcut
    return cut


def tag_words(norm: str) -> list[tuple[str, str]]:
    """The words of a normalised text with jieba's tags of their kinds. For training: needs rjieba."""
    import rjieba

    tagged: list[tuple[str, str]] = rjieba.tag(norm)
    return tagged


@cache
def load_tagger() -> Callable[[str], list[tuple[str, str]]]:
    """What cuts a run of hanzi into words of the dictionary and single characters, each with its kind.

    No word is made up: where the dictionary knows none, characters stand alone.
    """
    try:
        import rjieba
    except ImportError:
        return load_reference_tagger()

    def tag(run: str) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = rjieba.tag(run, False)
        return found

    return tag


@cache
def load_reference_tagger() -> Callable[[str], list[tuple[str, str]]]:
    """jieba's own, for where rjieba is not installed."""
    import logging

    import jieba
    import jieba.posseg

    jieba.setLogLevel(logging.ERROR)

    def tag(run: str) -> list[tuple[str, str]]:
        return [(pair.word, pair.flag) for pair in jieba.posseg.cut(run, HMM=False)]

    return tag


def tokenizer_version() -> str:
    """Names how words are cut, such as "runs1+jieba0.42": models and indexes remember it.

    The engine is not in the name: both give the same words.
    """
    return f"{SCHEME}+jieba0.42"
