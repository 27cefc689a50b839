"""What an export was understood as, before anything of it is saved."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Literal, NamedTuple

from copyassist.i18n import Language, say, say_day
from copyassist.tables.forms import TableKind
from copyassist.types import NO_PARAMS, Params, Post

AsOfSource = Literal["file", "name", "now"]
PlatformSource = Literal["said", "column", "form", "name", "address", "headings", "unknown"]
ByDay = Literal["summed", "last"]
_INSTEAD = {"views": ("views", "readers", "impressions"), "likes": ("likes",)}


class Remark(NamedTuple):
    """A sentence `import.remarks.<key>` and what fills it."""

    key: str
    params: Mapping[str, object]


def _has_any(metrics: Mapping[str, int], name: str) -> bool:
    return any(one in metrics for one in _INSTEAD[name])


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectedRow:
    """A row that is not read as a post. `reason` names a sentence (import.rejected.<reason>).

    `line` is what a spreadsheet or an editor shows at its side; `cells` are its first cells.
    """

    line: int
    reason: str
    params: Params = field(default_factory=lambda: NO_PARAMS)
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadCell:
    """A figure that is neither a number nor missing; the rest of its row is read."""

    line: int
    heading: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPreview:
    """What a file or a pasted table was understood as.

    `form` is the export's id (sentences import.forms.<form>), "generic" where it was read by the
    aliases of headings; `platform` None where nothing tells it. Only kind "posts" has posts.
    With `needs_mapping` there are none yet either: the user must say which of `headings` is the
    title; `guess` {field: heading} is a proposal, `sample` the first rows,
    a cell for each of `headings`.

    `as_of` (UTC) is when the figures were true, `as_of_source` where that was found. `columns`
    is {heading: field or metric}, `metrics` how many posts have each metric. `skipped_rows` are
    totals and repeated headers, which are no one's loss.

    `sheets` are those that were read, none where there is only one, `notes` the texts of sheets beside it; `shape` knows a table with the same
    headings again. `platform_source` says what told the platform. `counted_dates` are dates that
    were counted from `as_of` or lacked their year, `future_posts` lie after it. `merged_rows` name
    a post that an earlier row names. `by_day`: the rows were days of posts, and were put together.
    `remembered` are columns that the user named for such a table before. `stray_quotes` are lines with a quotation mark that is never closed; it was taken as text.
    """

    file: str
    form: str
    platform: str | None
    kind: TableKind
    as_of: datetime
    as_of_source: AsOfSource
    posts: tuple[Post, ...] = ()
    rejected: tuple[RejectedRow, ...] = ()
    unread: tuple[UnreadCell, ...] = ()
    skipped_rows: int = 0
    metrics: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    columns: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    unused_headings: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    needs_mapping: bool = False
    guess: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    sample: tuple[tuple[str, ...], ...] = ()
    encoding: str = ""
    sheets: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    shape: str = ""
    platform_source: PlatformSource = "unknown"
    unknown_platforms: tuple[str, ...] = ()
    counted_dates: int = 0
    future_posts: int = 0
    merged_rows: int = 0
    by_day: ByDay | None = None
    stray_quotes: tuple[int, ...] = ()
    remembered: Mapping[str, str] = field(default_factory=dict)

    @property
    def missing(self) -> tuple[str, ...]:
        """What the posts of an export usually have and these lack: views, likes, dates."""
        lacks = [name for name in ("views", "likes") if not _has_any(self.metrics, name)]
        dated = any(post.published_at is not None for post in self.posts)
        return (*lacks, *([] if dated else ["published_at"])) if self.posts else ()

    @property
    def remarks(self) -> list[Remark]:
        """What the user should know before the posts are saved: how the table was taken."""
        found: list[Remark] = []
        if self.sheets:
            found.append(Remark("sheets", {"sheets": "、".join(self.sheets)}))
        if self.remembered:
            pairs = "、".join(f"{name}={heading}" for name, heading in self.remembered.items())
            found.append(Remark("remembered", {"columns": pairs}))
        if self.missing:
            found += [Remark(f"no_{name}", {}) for name in self.missing]
        if self.by_day:
            found.append(Remark(f"by_day_{self.by_day}", {}))
        if self.counted_dates:
            found.append(Remark("counted_dates", {"count": self.counted_dates, "day": self.as_of}))
        if self.future_posts:
            found.append(Remark("future", {"count": self.future_posts}))
        if self.merged_rows:
            found.append(Remark("merged", {"count": self.merged_rows}))
        if self.stray_quotes:
            lines = "、".join(map(str, self.stray_quotes[:5]))
            found.append(Remark("stray_quote", {"lines": lines}))
        if self.unknown_platforms:
            names = "、".join(self.unknown_platforms[:5])
            found.append(Remark("unknown_platform", {"names": names}))
        return found

    @property
    def rejected_rows(self) -> int:
        """How many rows are not read."""
        return len(self.rejected)

    @property
    def first(self) -> datetime | None:
        """When the earliest post was published."""
        return min((p.published_at for p in self.posts if p.published_at), default=None)

    @property
    def last(self) -> datetime | None:
        """When the latest post was published."""
        return max((p.published_at for p in self.posts if p.published_at), default=None)


def say_remark(language: Language, remark: Remark) -> str:
    """A remark as a sentence."""
    shown = {n: say_day(v) if isinstance(v, datetime) else v for n, v in remark.params.items()}
    return say(language, f"import.remarks.{remark.key}", **shown)
