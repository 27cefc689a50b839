"""What one kind of export looks like. A new one is a constant in this folder and a line in FORMS."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

TableKind = Literal["posts", "account_day", "detail"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportForm:
    """An export, known by its headings.

    `kind`: a row is a post, or a day of the account, or the file is about one post alone; only
    posts are read. `signature` are headings (as `find_heading_key` leaves them) that one row must
    hold, `without` those that it must not. `columns` name the field or metric of each heading;
    headings that are not listed are looked up among the aliases of metrics. `percent` are the rate
    columns whose bare numbers are percents; in `fractions` forms all others are fractions. Some
    platforms let a post go without a title (`title_optional`). `find_kind` tells a post's kind by
    its address where no column does. The headings of a `weak` form are others' too: a file's name
    that says another platform is believed. Where tables stand side by side, `block` is the first
    heading of the one with posts; of its rows those count whose cell below `only`[0] is `only`[1].
    """

    id: str
    platform: str
    kind: TableKind = "posts"
    signature: frozenset[str]
    without: frozenset[str] = frozenset()
    columns: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    percent: frozenset[str] = frozenset()
    fractions: bool = False
    title_optional: bool = False
    weak: bool = False
    block: str = ""
    only: tuple[str, str] | None = None
    find_kind: Callable[[str], str] | None = None

    def matches(self, headings: frozenset[str]) -> bool:
        """Whether a row with these headings is this export's header."""
        return self.signature <= headings and not self.without & headings


def name_columns(**names: str) -> Mapping[str, str]:
    """{heading: name} from name="heading|heading"."""
    return MappingProxyType(
        {heading: name for name, headings in names.items() for heading in headings.split("|")}
    )
