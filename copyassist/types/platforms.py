"""Platforms: their forms, limits and counters."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from copyassist.types.common import Language, Severity

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
class CoverRule:
    """What a cover picture must be: pixels at least, megabytes at most (None: not known)."""

    min_width: int = 0
    min_height: int = 0
    max_mb: float | None = None
    source: str = ""
    checked: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformForm:
    """One kind of post of a platform, such as an article or a video, and its limits.

    Where `has_title` is false the platform has no title field: a draft's title is the first line
    of the text. The title's characters: `title_ending` is what it must end with ("" anything),
    `title_symbols` the only symbols allowed beside letters, digits and spaces (None: all),
    `title_refused` single symbols refused, `title_emoji` whether emoji are accepted, `min_han` how
    many hanzi it needs. `title_traditional` and `body_links`: whether
    Traditional characters and addresses are accepted. `cover` is None where nothing is known of it. `character_severity` says what breaking one of
    these means.
    """

    id: str
    has_title: bool
    limits: tuple[Limit, ...]
    title_ending: str = ""
    title_symbols: str | None = None
    title_refused: str = ""
    title_emoji: bool = True
    min_han: int = 0
    title_traditional: bool = True
    body_links: bool = True
    cover: CoverRule | None = None
    character_severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """A platform's rules as one dated, user-editable data file states them.

    `target_metrics` are tried in order: the first that an account's posts have is what the score
    predicts. `mature_days` is how old a post must be for its figures to count as final.
    `names` are others that people write. `tags_picked` says that a hashtag only counts when picked from the platform's own list.
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
    names: tuple[str, ...] = ()
    user_edited: bool = False

    def name(self, language: Language) -> str:
        """What the platform is called."""
        return self.name_zh if language == "zh" else self.name_en

    @property
    def form(self) -> PlatformForm:
        """The form that is meant when none is named: the first one."""
        return self.forms[0]


@dataclass(frozen=True, slots=True)
class UsualPlatform:
    """The platform that is meant where none is named, and why it is that one.

    `reason` is "account" (where `account` has most posts), "settings" (the first that the writer
    chose to post on) or "default". The sentence of a reason is cli.usual.<reason>.
    """

    platform: Platform
    reason: Literal["account", "settings", "default"]
    account: str = ""
