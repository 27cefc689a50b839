"""The nouns of the hints for being found: a check, a preview, a related word, all of them together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeAlias

from copyassist.types import NO_PARAMS, Params, Post, Span

Light = Literal["red", "orange", "green", "grey"]
LIGHTS: tuple[Light, ...] = ("red", "orange", "green", "grey")
"""Problems, improvements, good results, and what cannot be judged: in the order they are shown."""

Group = Literal["promise", "keyword", "length", "structure", "reading"]
GROUPS: tuple[Group, ...] = ("promise", "keyword", "length", "structure", "reading")

Origin = Literal["body", "own", "search", "hot"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeoCheck:
    """One thing that was measured. Its sentence is seo.<code>.<outcome>, filled with `params`.

    `value` was measured, `low` and `high` are the limits of green, None where there is none; `unit`
    names what they count (signs, percent, times, sentences …). `source` says who set the limits
    (seo.source.<source>). `spans` are the places meant, in the raw title or body.
    """

    code: str
    group: Group
    outcome: str
    light: Light
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str = ""
    source: str = "own"
    params: Params = field(default_factory=lambda: NO_PARAMS)
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Focus:
    """The word that the draft is to be found by. `synonyms` count like it in the text.

    `proposed` is whether it was chosen by the program; `choices` are what else it could be.
    """

    text: str
    synonyms: tuple[str, ...] = ()
    proposed: bool = True
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TitlePreview:
    """How a place shows the title: `lines` as they stand there, `hidden` what is cut off.

    `width` is in hanzi a line. `summary` is the text below the title, "" where the place shows none.
    `keyword_shown` is None without a keyword in the title.
    """

    place: str
    lines: tuple[str, ...]
    hidden: str
    width: float
    rows: int
    summary: str = ""
    keyword_shown: bool | None = None
    source: str = ""
    confidence: str = "L"


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedWord:
    """A word or line to think of. `origin` says where it comes from: seo.origin.<origin>.

    `count` is how often it was met there; `source` the hot list, `seen_at` when it stood there last;
    `ratio` the median of the own posts with it against their usual.
    """

    text: str
    origin: Origin
    count: int = 1
    source: str = ""
    seen_at: datetime | None = None
    ratio: float | None = None


@dataclass(frozen=True, slots=True)
class EarlierPost:
    """A post with the keyword in its title; `ratio` is how it did against its usual, None unknown."""

    post: Post
    ratio: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeoReport:
    """Everything about how a draft is found and read.

    `checks` stand problems first. `earlier` are the newest posts with the keyword. `tags` are in the platform's own syntax; `copy` is title, body and
    tags as they go on the clipboard.
    """

    focus: Focus | None
    checks: tuple[SeoCheck, ...]
    previews: tuple[TitlePreview, ...]
    related: tuple[RelatedWord, ...]
    earlier: tuple[EarlierPost, ...]
    tags: tuple[str, ...]
    copy: str

    def count(self, light: Light) -> int:
        """How many checks show that light."""
        return sum(check.light == light for check in self.checks)


SeenTitle: TypeAlias = tuple[str, str, datetime, int]
"""A title on a hot list: source, title, when it was seen last, how often."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeoAround:
    """What a draft is held against beside itself: earlier posts with their ratios, hot titles."""

    history: Sequence[Post] = ()
    ratios: Mapping[int, float] = field(default_factory=dict)
    now: datetime | None = None
    hot: Sequence[SeenTitle] = ()
