"""jieba's own keyword extractors, which others are compared with."""

from collections.abc import Callable
from functools import cache
from typing import Literal, TypeAlias

Extract: TypeAlias = Callable[[str, int], list[tuple[str, float]]]


@cache
def load_reference_keywords(method: Literal["tfidf", "textrank"]) -> Extract:
    """jieba's TF-IDF or TextRank: at most so many words of a text, each with its weight."""
    import logging

    import jieba
    import jieba.analyse  # 0.6 s to load: only where it is asked for

    jieba.setLogLevel(logging.ERROR)
    work = jieba.analyse.extract_tags if method == "tfidf" else jieba.analyse.textrank

    def extract(text: str, limit: int) -> list[tuple[str, float]]:
        found: list[tuple[str, float]] = work(text, topK=limit, withWeight=True)
        return found

    return extract
