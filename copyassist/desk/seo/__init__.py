"""Hints for being found and read: checks in colours, previews, related words (docs/facts/seo.md)."""

from copyassist.desk.seo.assess import assess_draft
from copyassist.desk.seo.result import Focus, RelatedWord, SeoCheck, SeoReport, TitlePreview

__all__ = ["Focus", "RelatedWord", "SeoCheck", "SeoReport", "TitlePreview", "assess_draft"]
