"""What an account writes about: its keywords, how the posts with each did, and what is new."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from copyassist.keywords import Extractor
from copyassist.text import parse
from copyassist.types import Draft, RatedPost

MOST_POSTS = 1_500  # the newest: what was written years ago is no longer what an account is about
MONTH = timedelta(days=30)
_KEYWORDS = 5
_LEAST_CHANCE = 0.25
_LEAST_POSTS = 2
_LEAST_RATED = 3  # posts below which a median says nothing


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing that an account writes about.

    `posts` is in how many posts, `recent` in how many of the last 30 days before the newest post.
    `ratio` is the median of its posts against the account's usual, None below three that can be
    compared. `is_new` says that no post before those 30 days had it.
    """

    text: str
    posts: int
    recent: int
    ratio: float | None
    is_new: bool
    example: str


def find_subjects(
    rated: Sequence[RatedPost], extractor: Extractor, limit: int = 40
) -> list[Subject]:
    """What stands in most posts first; new ones count from their first post on."""
    shown = rated[-MOST_POSTS:]
    drafts = [parse(Draft(title=one.post.title)) for one in shown]
    spelt: dict[str, Counter[str]] = defaultdict(Counter)
    holders: dict[str, list[RatedPost]] = defaultdict(list)
    for one, keywords in zip(shown, extractor.extract_many(drafts, _KEYWORDS), strict=True):
        for keyword in keywords:
            if (keyword.chance or 0) >= _LEAST_CHANCE:
                spelt[keyword.text.casefold()][keyword.text] += 1
                holders[keyword.text.casefold()].append(one)
    since = _find_month(shown)
    found = [
        _describe(spelt[key].most_common(1)[0][0], posts, since) for key, posts in holders.items()
    ]
    kept = [one for one in found if one.posts >= _LEAST_POSTS or one.is_new]
    kept.sort(key=lambda one: (-one.posts, -one.recent, one.text))
    return kept[:limit]


def _find_month(rated: Sequence[RatedPost]) -> datetime | None:
    """Where the last 30 days begin; None where the posts reach no further back."""
    dates = [one.post.published_at for one in rated if one.post.published_at]
    if not dates or max(dates) - min(dates) <= MONTH:
        return None
    return max(dates) - MONTH


def _describe(text: str, posts: Sequence[RatedPost], since: datetime | None) -> Subject:
    dates = [one.post.published_at for one in posts]
    recent = sum(date is not None and since is not None and date > since for date in dates)
    ratios = [one.ratio for one in posts if one.ratio is not None and one.mature]
    best = max(posts, key=lambda one: one.ratio or 0)
    return Subject(
        text=text,
        posts=len(posts),
        recent=recent,
        ratio=median(ratios) if len(ratios) >= _LEAST_RATED else None,
        is_new=recent == len(posts),
        example=best.post.title,
    )
