"""What a draft is about, and whether it will be found."""

from copyassist.keywords.extract import (
    METHODS,
    Extractor,
    Method,
    build_extractor,
    extract_by,
    extract_keywords,
)
from copyassist.keywords.seo import SeoHint, suggest_seo
from copyassist.keywords.tags import Tag, find_tags, suggest_tags

__all__ = [
    "METHODS",
    "Extractor",
    "Method",
    "SeoHint",
    "Tag",
    "build_extractor",
    "extract_by",
    "extract_keywords",
    "find_tags",
    "suggest_seo",
    "suggest_tags",
]
