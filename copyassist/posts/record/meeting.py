"""Drafts that were marked as published meet their posts: what the score expected, and what came.

A draft's post is the one of the account that reads like it and appeared after it was written; a
title that was touched up on the way out still finds its draft.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import Literal

from copyassist.store import SavedDraft
from copyassist.text import title_key
from copyassist.types import RatedPost

Came = Literal["waiting", "young", "unscored", "within", "above", "below"]
ALIKE = 0.6  # of their pairs of characters in common: touched up, not another
EARLIEST, LATEST = timedelta(days=2), timedelta(days=60)  # a day alone has no hour; plans slip
COMPARED = 60  # characters; the post of a draft without a title begins with its text


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A published draft, its post (None while it is awaited), and the two beside each other.

    `score` and the ends (times the usual) are what was said of the draft when it was kept.
    """

    draft: SavedDraft
    post: RatedPost | None
    score: float | None
    low: float | None
    high: float | None
    came: Came

    @property
    def title(self) -> str:
        """The draft's title, or the beginning of its text."""
        return self.draft.draft.title.strip() or self.draft.draft.body.strip()[:COMPARED]


def meet_posts(published: Sequence[SavedDraft], rated: Sequence[RatedPost]) -> tuple[Meeting, ...]:
    """Each published draft with its post, newest first; no post belongs to two drafts."""
    fits = [
        (alike, -abs(_gap(draft, post)), row, column)
        for row, draft in enumerate(published)
        for column, post in enumerate(rated)
        if _is_in_time(draft, post) and (alike := _measure_likeness(draft, post)) >= ALIKE
    ]
    met: dict[int, int] = {}
    for _, _, row, column in sorted(fits, reverse=True):
        if row not in met and column not in met.values():
            met[row] = column
    posts = [rated[met[row]] if row in met else None for row in range(len(published))]
    return tuple(_judge(draft, post) for draft, post in zip(published, posts, strict=True))[::-1]


def _is_in_time(draft: SavedDraft, rated: RatedPost) -> bool:
    when = rated.post.published_at
    if when is None:
        return True
    return draft.saved_at - EARLIEST <= when <= draft.saved_at + LATEST


def _gap(draft: SavedDraft, rated: RatedPost) -> float:
    when = rated.post.published_at
    marked = draft.published_at or draft.saved_at
    return LATEST.total_seconds() if when is None else (when - marked).total_seconds()


def _measure_likeness(draft: SavedDraft, rated: RatedPost) -> float:
    """How much of their pairs of characters two titles share, 0..1."""
    text = draft.draft.title.strip() or draft.draft.body.strip()
    one, two = (title_key(raw[:COMPARED]) for raw in (text, rated.post.title))
    if one == two:
        return 1.0 if one else 0.0
    pairs = [Counter(pairwise(key)) for key in (one, two)]
    size = pairs[0].total() + pairs[1].total()
    return 2 * (pairs[0] & pairs[1]).total() / size if size else 0.0


def _judge(draft: SavedDraft, post: RatedPost | None) -> Meeting:
    score = next(_scores_of(draft), {})
    between = score.get("interval")
    ends = between if isinstance(between, Mapping) else {}
    low, high = _number(ends.get("low")), _number(ends.get("high"))
    return Meeting(
        draft=draft,
        post=post,
        score=_number(score.get("value")),
        low=low,
        high=high,
        came=_compare(post, low, high),
    )


def _scores_of(draft: SavedDraft) -> Iterator[Mapping[str, object]]:
    """What the reports for the platform said of the draft."""
    for report in draft.reports:
        score = report.get("score")
        if report.get("platform") == draft.published_on and isinstance(score, Mapping):
            yield score


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _compare(post: RatedPost | None, low: float | None, high: float | None) -> Came:
    if post is None:
        return "waiting"
    if not post.mature:
        return "young"
    if post.ratio is None or low is None or high is None:
        return "unscored"
    if post.ratio < low:
        return "below"
    return "above" if post.ratio > high else "within"
