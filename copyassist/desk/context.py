"""What a draft is judged in: whose it is, when it is, and what that account published before."""

from dataclasses import dataclass
from datetime import datetime

from copyassist.types import Account, Platform, Post


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The surroundings of a draft.

    `posts` are the account's own posts on `platform` alone, oldest first: medians and scores rest
    on them. `history` is everything the account published anywhere: duplicates are looked for
    there. `metric` is the target that the user chose for this platform, "" for the platform's own
    choice; `now` is an aware UTC time, given by the shell.
    """

    platform: Platform
    now: datetime
    metric: str = ""
    account: Account | None = None
    posts: tuple[Post, ...] = ()
    history: tuple[Post, ...] = ()
