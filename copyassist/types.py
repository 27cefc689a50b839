"""The nouns of the product: frozen records with their units and ranges.

Times are aware UTC datetimes. An unknown number is None, never 0. Spans are half-open ranges of
code points in the *raw* text the user gave. The core never speaks: codes and parameters travel in
these records, sentences live in `assets/sentences`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Literal

Params = Mapping[str, object]
NO_PARAMS: Params = MappingProxyType({})

# --- severities --------------------------------------------------------------------------------


class Severity(StrEnum):
    """禁用 | 慎用, 需依据 | 提示."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """2 for error, 1 for warning, 0 for info: larger is worse."""
        return ("info", "warning", "error").index(self)


# --- platforms ---------------------------------------------------------------------------------

Counter = Literal["codepoints", "han1_other_half", "nonascii1_ascii_half", "gt256_1_else_half"]
TagSyntax = Literal["closed_hash", "open_hash", "field", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """How long one field of one form may be, counted the platform's way.

    `minimum` and `maximum` are in the counter's units, None where there is none. `confidence` is
    H (official text or measured), M (independent tools agree) or L (one third party, or old).
    `severity` says what breaking it means: an error, or only a warning (a stricter second rule).
    """

    field: Literal["title", "body", "first_line", "digest", "tags"]
    counter: Counter
    maximum: float | None
    minimum: float | None = None
    severity: Severity = Severity.ERROR
    confidence: Literal["H", "M", "L"] = "M"
    source: str = ""
    checked: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformForm:
    """One kind of post of a platform, such as an article or a video, and its limits.

    Where `has_title` is false the platform has no title field: a draft's title is the first line
    of the text. The title's characters: `title_ending` is what it must end with ("" anything),
    `title_symbols` the only symbols allowed beside letters, digits and spaces (None: all),
    `title_refused` single symbols refused, `title_emoji` whether emoji are accepted, `min_han` how
    many hanzi it needs. `character_severity` says what breaking one of these means.
    """

    id: str
    has_title: bool
    limits: tuple[Limit, ...]
    title_ending: str = ""
    title_symbols: str | None = None
    title_refused: str = ""
    title_emoji: bool = True
    min_han: int = 0
    character_severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """A platform's rules as one dated, user-editable data file states them.

    `target_metrics` are tried in order: the first that an account's posts have is what the score
    predicts. `mature_days` is how old a post must be for its figures to count as final.
    `tags_picked` says that a hashtag only counts when picked from the platform's own list.
    """

    id: str
    name_zh: str
    name_en: str
    forms: tuple[PlatformForm, ...]
    target_metrics: tuple[str, ...]
    mature_days: int
    tag_syntax: TagSyntax = "none"
    max_tags: int | None = None
    tags_picked: bool = False
    user_edited: bool = False

    @property
    def form(self) -> PlatformForm:
        """The form that is meant when none is named: the first one."""
        return self.forms[0]


# --- accounts and posts ------------------------------------------------------------------------

Bound = Literal["exact", "at_least", "at_most"]
Relation = Literal["own", "followed"]


@dataclass(frozen=True, slots=True)
class MetricValue:
    """One measured number. 10万+ is (100000, "at_least"), <0.1% is (0.001, "at_most").

    Rates are fractions 0..1, durations seconds, everything else counts.
    """

    value: float
    bound: Bound = "exact"


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A published piece with the newest value of each metric. Unknown metrics are absent.

    `kind` is the platform's own word for the form (图文, 视频 …), "" where unknown. `id` is the
    store's key, None before it is stored.
    """

    title: str
    platform: str
    published_at: datetime | None
    metrics: Mapping[str, MetricValue] = field(default_factory=dict)
    kind: str = ""
    platform_post_id: str = ""
    url: str = ""
    body: str = ""
    id: int | None = None

    def exact(self, metric: str) -> float | None:
        """The metric's value where it is known exactly: bounds are not values to train on."""
        found = self.metrics.get(metric)
        return found.value if found is not None and found.bound == "exact" else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One of the writer's own accounts, or one that they follow. Followed ones never mix in."""

    id: int
    name: str
    relation: Relation = "own"
    is_demo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RatedPost:
    """A post against its account's usual: the median of up to 20 mature posts before it.

    `value` and `usual` are in the metric's unit; `ratio` is value / usual; `rank_share` is the
    share 0..1 of the account's own mature ratios that are at most this one (how ordinary it is).
    All three are None where fewer than 5 earlier mature posts have the metric.
    """

    post: Post
    metric: str
    value: float | None
    usual: float | None = None
    ratio: float | None = None
    rank_share: float | None = None
    mature: bool = True


# --- drafts ------------------------------------------------------------------------------------


class Purpose(StrEnum):
    """What a draft is, in the eyes of advertising law (compliance.md §3.1, scope warning)."""

    AUTO = "auto"
    AD = "ad"
    RECOMMENDATION = "recommendation"
    EXPERIENCE = "experience"
    NEWS = "news"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What the writer typed. `form` is a platform form's id, "" for the platform's first.

    `facts` are non-title facts the writer chose to give (n_images, hour …), numbers only.
    """

    title: str
    body: str = ""
    platform: str = "xiaohongshu"
    form: str = ""
    purpose: Purpose = Purpose.AUTO
    facts: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ParsedText:
    """One text, normalised, with the way back.

    `raw` is what the user gave after lone surrogates and NULs became U+FFFD (`repairs` counts
    them), so that every later step and every output can encode it. `norm` is NFKC, simplified,
    lower case, without zero-width characters. `offsets[i]` is the raw index of `norm[i]`, with one
    more entry for the end; None when the two texts align one to one. `words` are the segments of
    `norm`, in order, spaces dropped.
    """

    raw: str
    norm: str
    offsets: tuple[int, ...] | None
    words: tuple[str, ...]
    repairs: int = 0

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The raw range that the normalised range [start, end) came from."""
        if self.offsets is None:
            return start, end
        if start >= end:
            return self.offsets[start], self.offsets[start]
        last = self.offsets[end - 1]  # an expansion (㎡ -> m2) is taken whole or not at all
        while end < len(self.norm) and self.offsets[end] == last:
            end += 1
        return self.offsets[start], self.offsets[end]


@dataclass(frozen=True, slots=True)
class ParsedDraft:
    """A draft whose texts are parsed. `body` is None where the draft has none."""

    draft: Draft
    title: ParsedText
    body: ParsedText | None = None


# --- what is said about a draft ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of code points in the raw title or body."""

    field: Literal["title", "body"]
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing to look at: `code` names its sentences (findings.<code>.what/.why/.how).

    `rule` is the lexicon entry behind it, "" for a plain check. `replacement` is the text that
    may take the span's place (None: nothing to offer; "": delete it). `basis` names law sentences
    (law.<basis>). `span` is None where the finding is about the whole draft.
    """

    code: str
    severity: Severity
    span: Span | None = None
    params: Params = field(default_factory=lambda: NO_PARAMS)
    replacement: str | None = None
    rule: str = ""
    basis: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What "ignore always" remembers: the rule where there is one, else the code."""
        return f"{self.code}:{self.rule}" if self.rule else self.code


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A counted length beside its limit, in one counter's units."""

    platform: str
    form: str
    field: str
    counter: Counter
    value: float
    minimum: float | None
    maximum: float | None
    severity: Severity | None = None  # None: within the limit
    confidence: str = "M"


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyword:
    """A keyword of the draft. `weight` is relative to the first (1.0). `in_title` says where."""

    text: str
    weight: float
    in_title: bool
    in_body: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """An earlier text that this draft repeats or resembles. `similarity` is 0..1."""

    kind: Literal["identical", "near", "similar"]
    similarity: float
    title: str
    post: Post | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparable:
    """An own past post on a similar topic, and how it did against the account's usual."""

    similarity: float
    rated: RatedPost


EvidenceKind = Literal["none", "prior", "own", "prior_and_own"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a score rests on. `reason` names a sentence (evidence.<reason>) with `params`.

    `own_posts` counts the account's mature posts on the platform; `needed` how many more would
    let the score rest on them (0 when enough). `pairs_right` is the measured share 0..1 of pairs
    put in the right order, `measured_on` says where.
    """

    kind: EvidenceKind
    reason: str
    own_posts: int = 0
    needed: int = 0
    model: str = ""
    pairs_right: float | None = None
    measured_on: str = ""
    params: Params = field(default_factory=lambda: NO_PARAMS)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeatureEvidence:
    """How often "more of it" won among pairs of one account (share 0..1, 95 % interval)."""

    win_rate: float
    low: float
    high: float
    pairs: int
    platform: str
    causal: bool


FeatureGroup = Literal["topic", "format", "length", "punctuation", "person", "facts", "own"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """One exact additive share of the score, in points of the 0..100 scale.

    `feature` names a sentence (features.<feature>) or, when `text` is set, is a piece of the
    title itself. All contributions of a score sum to value - 50 up to rounding.
    """

    feature: str
    group: FeatureGroup
    points: float
    text: str = ""
    evidence: FeatureEvidence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """An 80 % interval of what the post may reach: ratios to the account's usual, > 0.

    `low_value`/`high_value` are the same in the target metric's unit, None without own posts.
    """

    low: float
    high: float
    coverage: float = 0.8
    low_value: float | None = None
    high_value: float | None = None
    source: Literal["pooled", "own"] = "pooled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """100 x the calibrated probability that the post beats its account's trailing median.

    `value` is 0..100, None without evidence. `utility` is the model's linear score, which orders
    titles of one account; P(A beats B) is computed from two of them. `reference` says what the
    contributions are measured against.
    """

    value: float | None
    evidence: Evidence
    interval: Interval | None = None
    contributions: tuple[Contribution, ...] = ()
    utility: float | None = None
    reference: Literal["account", "training"] = "training"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything about one draft on one platform for one account.

    `metric` is what the score and its interval speak of, such as views.
    """

    draft: Draft
    title: ParsedText
    platform: Platform
    purpose: Purpose
    account: Account | None
    score: Score
    findings: tuple[Finding, ...]
    measures: tuple[Measure, ...]
    keywords: tuple[Keyword, ...]
    matches: tuple[Match, ...]
    comparables: tuple[Comparable, ...]
    metric: str = ""

    @property
    def worst(self) -> Severity | None:
        """The gravest severity among the findings, None without findings."""
        return max((f.severity for f in self.findings), key=lambda s: s.rank, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Several drafts side by side. `p_beats[i][j]` is P(i beats j), None without evidence."""

    reports: tuple[Report, ...]
    p_beats: tuple[tuple[float | None, ...], ...]
