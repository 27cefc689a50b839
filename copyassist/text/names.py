"""Names of people and places that the segmenter's dictionary knows."""

import re
from collections.abc import Callable
from functools import cache
from typing import Literal

NameKind = Literal["person", "place"]

_HAN_RUN = re.compile("[\u4e00-\u9fd5]+")
_KINDS: dict[str, NameKind] = {"nr": "person", "ns": "place"}


def find_names(norm: str) -> list[tuple[str, NameKind]]:
    """The names in a normalised text in their order, each once; of two characters or more."""
    tag = _load_tagger()
    found: dict[str, NameKind] = {}
    for run in _HAN_RUN.findall(norm):
        for word, kind in tag(run):
            if kind in _KINDS and len(word) >= 2:
                found.setdefault(word, _KINDS[kind])
    return list(found.items())


@cache
def _load_tagger() -> Callable[[str], list[tuple[str, str]]]:
    try:
        import rjieba
    except ImportError:
        return _load_reference()
    tag: Callable[[str], list[tuple[str, str]]] = rjieba.tag
    return tag


@cache
def _load_reference() -> Callable[[str], list[tuple[str, str]]]:
    """jieba's own, where rjieba is not installed."""
    import logging

    import jieba
    import jieba.posseg

    jieba.setLogLevel(logging.ERROR)

    def tag(run: str) -> list[tuple[str, str]]:
        return [(pair.word, pair.flag) for pair in jieba.posseg.cut(run)]

    return tag
