"""Words with their part of speech, in jieba's own tags (n, v, a, d, m, q, ns, nr, x, eng …)."""

from collections.abc import Callable
from functools import cache

Tagged = tuple[str, str]


def tag_words(text: str) -> list[Tagged]:
    """The words of a text with their tags, in order, spaces among them; joined they are the text."""
    return [(word, tag) for word, tag in _load_tagger()(text) if word]


@cache
def _load_tagger() -> Callable[[str], list[Tagged]]:
    """What tags words: rjieba, or jieba where rjieba is not installed."""
    try:
        import rjieba
    except ImportError:
        return load_reference_tagger()
    tag: Callable[[str], list[Tagged]] = rjieba.tag
    return tag


@cache
def load_reference_tagger() -> Callable[[str], list[Tagged]]:
    """jieba itself, the reference."""
    import jieba.posseg

    def tag(text: str) -> list[Tagged]:
        return [(pair.word, pair.flag) for pair in jieba.posseg.lcut(text)]

    return tag
