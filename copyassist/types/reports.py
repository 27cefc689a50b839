"""What is said about a draft: findings, measures, score, and the report that holds them."""

from dataclasses import dataclass, field
from typing import Literal

from copyassist.types.checking import Clickbait, Coverage, Exemption, PurposeSign
from copyassist.types.common import NO_PARAMS, Params, Severity
from copyassist.types.drafts import Draft, ParsedText, Purpose, Span
from copyassist.types.platforms import Counter, Platform
from copyassist.types.posts import Account, Post, RatedPost


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


@dataclass(frozen=True, slots=True)
class HiddenFinding:
    """A finding that is not shown, and the exemption that says why."""

    finding: Finding
    exemption: Exemption


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
    """A keyword of the draft. `weight` is relative to the first (1.0). `in_title` says where.

    `chance` is how likely a person would choose it, by the ranker; None by a method without one.
    `count` is how often it stands in the draft. `reasons` are codes of why it was chosen
    (keywords.reason.<code>), the weightiest first.
    """

    text: str
    weight: float
    in_title: bool
    in_body: bool
    chance: float | None = None
    count: int = 0
    reasons: tuple[str, ...] = ()


Likeness = Literal[
    "identical", "disguised", "edited", "reordered", "same_event", "same_pattern", "unrelated"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """An earlier text that this draft repeats or resembles. `similarity` is 0..1.

    `same` is the chance 0..1 that one title repeats the other, `relation` in which way.
    """

    kind: Literal["identical", "near", "similar"]
    similarity: float
    title: str
    post: Post | None = None
    same: float = 1.0
    relation: Likeness = "identical"


@dataclass(frozen=True, slots=True, kw_only=True)
class CopiedPassage:
    """A passage of a text that stands in an earlier one; ranges are of code points in the raw texts.

    `source` numbers the earlier text, `kept` is the share 0..1 that stands there word for word.
    """

    source: int
    start: int
    end: int
    other_start: int
    other_end: int
    text: str
    other_text: str
    kept: float


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnShare:
    """How much of a text stands in no earlier one: `share` 0..1 of the `counted` letters.

    Quotations and boilerplate (`apart`, ranges of the raw text) are neither counted nor copied.
    """

    share: float
    letters: int
    counted: int
    passages: tuple[CopiedPassage, ...] = ()
    apart: tuple[tuple[int, int], ...] = ()


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

    @property
    def wordless(self) -> bool:
        """Whether there is no score because of the title itself: no words, or unlike titles."""
        return self.reason.startswith("title_")


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

    `feature` names a sentence (features.<feature>), `text` is the piece of the title that it is
    about, "" where it is about the whole. `more` is whether the title has more of it than the
    reference, `missing` whether it has none and could be given it. `evidence` is there only where it
    speaks for the sign. All contributions of a score sum to value - 50 up to rounding.
    """

    feature: str
    group: FeatureGroup
    points: float
    text: str = ""
    evidence: FeatureEvidence | None = None
    more: bool = True
    missing: bool = False


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

    `metric` is what the score and its interval speak of, such as views. `signs` are what decided the
    purpose, empty where the writer said it. `hidden` are findings that an exemption of the writer's
    keeps back; `coverage` says which packs of rules were asked, `clickbait` how much the title lures.
    `own_share` is there where the body was compared with earlier ones; its passages number the posts
    of `passages_of`.
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
    signs: tuple[PurposeSign, ...] = ()
    hidden: tuple[HiddenFinding, ...] = ()
    coverage: Coverage = field(default_factory=Coverage)
    clickbait: Clickbait | None = None
    own_share: OwnShare | None = None
    passages_of: tuple[Post, ...] = ()

    @property
    def worst(self) -> Severity | None:
        """The gravest severity among the findings, None without findings."""
        return max((f.severity for f in self.findings), key=lambda s: s.rank, default=None)

    @property
    def publishable(self) -> bool:
        """Whether nothing stands against publishing the draft as it is: no error was found."""
        return self.worst is not Severity.ERROR


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Several drafts side by side. `p_beats[i][j]` is P(i beats j), None without evidence."""

    reports: tuple[Report, ...]
    p_beats: tuple[tuple[float | None, ...], ...]
