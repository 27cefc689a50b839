"""Whether the keyword was written about before, which posts those are, and how they did."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from statistics import median

from copyassist.desk.seo.focus import Forms, find_hits
from copyassist.desk.seo.result import EarlierPost, Focus, SeoAround, SeoCheck
from copyassist.text import normalize, title_key

MOST_POSTS = 20_000  # the newest
RECENT = timedelta(days=90)


def find_used(around: SeoAround, forms: Forms, title: str) -> list[EarlierPost]:
    """The account's posts with the keyword or a synonym in the title, newest first.

    The same title is left out: it is this very piece, there or on another platform.
    """
    own = title_key(title)
    found = []
    for post in around.history[-MOST_POSTS:]:
        norm = normalize(post.title)[0]
        if find_hits(norm, forms) and title_key(norm) != own:
            ratio = None if post.id is None else around.ratios.get(post.id)
            found.append(EarlierPost(post, ratio))
    return sorted(found, key=_newest, reverse=True)


def _newest(used: EarlierPost) -> float:
    when = used.post.published_at
    return when.timestamp() if when else 0.0


def check_used(around: SeoAround, focus: Focus, used: Sequence[EarlierPost]) -> Iterator[SeoCheck]:
    """How often the keyword was used; nothing where nobody's earlier posts are known."""
    if not around.history:
        return
    recent = [one for one in used if _is_recent(one.post.published_at, around.now)]
    ratios = [one.ratio for one in used if one.ratio is not None]
    outcome = "recent" if recent else "used" if used else "new"
    if used and ratios:
        outcome += "_rated"
    yield SeoCheck(
        code="keyword_used",
        group="keyword",
        outcome=outcome,
        light="orange" if recent else "green",
        value=len(used),
        high=0,
        unit="posts",
        source="yoast",
        params={
            "keyword": focus.text,
            "count": len(used),
            "recent": len(recent),
            "ratio": median(ratios) if ratios else 0.0,
            "rated": len(ratios),
            "days": RECENT.days,
            "title": used[0].post.title if used else "",
        },
    )


def _is_recent(moment: datetime | None, now: datetime | None) -> bool:
    return moment is not None and now is not None and now - RECENT <= moment <= now
