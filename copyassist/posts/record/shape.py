"""What a record and its sections are."""

from dataclasses import dataclass

from copyassist.desk.scoring.results import Bin, Results
from copyassist.posts.record.meeting import Meeting
from copyassist.types import Account, Platform, RatedPost


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What happened on one platform of one account; accounts and platforms are never mixed.

    `rated` are its posts, oldest first. `left_out` counts older posts that were not looked at.
    `meetings` are the drafts that were marked as published, newest first.
    """

    account: Account
    platform: Platform
    results: Results
    rated: tuple[RatedPost, ...]
    left_out: int = 0
    meetings: tuple[Meeting, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading, sentences, and a table where there is one. `bins` are to be drawn as well."""

    key: str
    heading: str
    lines: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    bins: tuple[Bin, ...] = ()
