"""What a draft is about, and whether it will be found."""

from copyassist.keywords.extract import extract_keywords
from copyassist.keywords.seo import SeoHint, suggest_seo, suggest_tags

__all__ = ["SeoHint", "extract_keywords", "suggest_seo", "suggest_tags"]
