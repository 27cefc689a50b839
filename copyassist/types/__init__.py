"""The nouns of the product: frozen records with their units and ranges.

Times are aware UTC datetimes. An unknown number is None, never 0. Spans are half-open ranges of
code points in the *raw* text the user gave. The core never speaks: codes and parameters travel in
these records, sentences live in `assets/sentences`. The nouns of news are in `types.news`.
"""

from copyassist.types.common import LANGUAGES, NO_PARAMS, Language, Params, Severity
from copyassist.types.compliance import Clickbait, LawScope, PurposeReading, PurposeSign
from copyassist.types.drafts import Draft, ParsedDraft, ParsedText, Purpose, Span
from copyassist.types.platforms import (
    Counter,
    Limit,
    Platform,
    PlatformForm,
    TagSyntax,
    UsualPlatform,
)
from copyassist.types.posts import (
    Account,
    Bound,
    MetricValue,
    Post,
    PostChanges,
    RatedPost,
    Relation,
)
from copyassist.types.reports import (
    Comparable,
    Comparison,
    Contribution,
    CopiedPassage,
    Evidence,
    EvidenceKind,
    FeatureEvidence,
    FeatureGroup,
    Finding,
    Interval,
    Keyword,
    Likeness,
    Match,
    Measure,
    OwnShare,
    Report,
    Score,
)

__all__ = [
    "LANGUAGES",
    "NO_PARAMS",
    "Account",
    "Bound",
    "Clickbait",
    "Comparable",
    "Comparison",
    "Contribution",
    "CopiedPassage",
    "Counter",
    "Draft",
    "Evidence",
    "EvidenceKind",
    "FeatureEvidence",
    "FeatureGroup",
    "Finding",
    "Interval",
    "Keyword",
    "Language",
    "LawScope",
    "Likeness",
    "Limit",
    "Match",
    "Measure",
    "MetricValue",
    "OwnShare",
    "Params",
    "ParsedDraft",
    "ParsedText",
    "Platform",
    "PlatformForm",
    "Post",
    "PostChanges",
    "Purpose",
    "PurposeReading",
    "PurposeSign",
    "RatedPost",
    "Relation",
    "Report",
    "Score",
    "Severity",
    "Span",
    "TagSyntax",
    "UsualPlatform",
]
