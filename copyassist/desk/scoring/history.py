"""An account's past as numbers: log ratios to the usual, in order of time, and how they spread.

Everything here looks strictly backwards: the row of a post is made of posts before it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from copyassist.desk.scoring.baseline import OLDEST, to_log
from copyassist.desk.scoring.guard import strip_calls
from copyassist.desk.scoring.ngrams import Floats
from copyassist.text import detect_language, parse_text
from copyassist.types import ParsedText, RatedPost

RECENT, WINDOW = 5, 20
# What a spread is shrunk to, in log units, and how many posts that guess is worth.
USUAL_SPREAD, SPREAD_POSTS = 1.05, 8


@dataclass(frozen=True, slots=True)
class Trail:
    """What is known before each post, and, as the last row, now. Shape (posts + 1,).

    `recent` and `longer` are the mean log ratio of the last 5 and 20 posts, `spread` their
    standard deviation shrunk towards what is usual. 0 and the usual where there is no past.
    """

    recent: Floats
    longer: Floats
    spread: Floats

    def columns(self) -> Floats:
        """The predictors of the level: shape (posts + 1, 2)."""
        return np.stack([self.recent, self.longer], axis=1)


def follow(ratios: Floats) -> Trail:
    """The trail of log ratios in order of time. Unshrunk means are pulled to 0 by their number."""
    return Trail(
        recent=_mean_before(ratios, RECENT),
        longer=_mean_before(ratios, WINDOW),
        spread=_spread_before(ratios),
    )


def _sums_before(values: Floats, window: int) -> tuple[Floats, Floats]:
    padded = np.concatenate([np.zeros(window), values])
    sums = np.asarray(sliding_window_view(padded, window).sum(axis=1))
    counts = np.minimum(np.arange(len(values) + 1), window).astype(float)
    return sums, counts


def _mean_before(ratios: Floats, window: int) -> Floats:
    sums, counts = _sums_before(ratios, window)
    return np.asarray(sums / np.maximum(counts, 1))


def _spread_before(ratios: Floats) -> Floats:
    sums, counts = _sums_before(ratios, WINDOW)
    squares, _ = _sums_before(ratios**2, WINDOW)
    inner = squares - sums**2 / np.maximum(counts, 1)
    prior = SPREAD_POSTS * USUAL_SPREAD**2
    return np.asarray(np.sqrt((np.maximum(inner, 0) + prior) / (counts + SPREAD_POSTS)))


NEWEST = 2_000  # older posts are another account's


@dataclass(frozen=True, slots=True)
class TitleShelf:
    """An account's newest mature posts in one language, oldest first, parsed.

    `posts` and `titles` are those whose ratio to the usual is known; `all_posts` and
    `all_titles` have the first five too, which have a figure but no usual yet.
    """

    posts: tuple[RatedPost, ...] = ()
    titles: tuple[ParsedText, ...] = ()
    all_posts: tuple[RatedPost, ...] = ()
    all_titles: tuple[ParsedText, ...] = ()

    @property
    def ratios(self) -> Floats:
        """The natural logs of the ratios."""
        return np.asarray(np.log(np.array([r.ratio for r in self.posts], dtype=float)))

    @property
    def logs(self) -> Floats:
        """The figures of `all_posts`, on the scale on which posts are compared."""
        values = [r.value for r in self.all_posts if r.value is not None]
        return to_log(values, self.all_posts[0].metric if self.all_posts else "")


def shelve(rated: Sequence[RatedPost]) -> Mapping[str, TitleShelf]:
    """The shelf of each language that the account's titles are in."""
    found: dict[str, list[tuple[RatedPost, ParsedText]]] = {}
    for post in _order_mature(rated)[-NEWEST:]:
        if post.post.title:
            title = strip_calls(parse_text(post.post.title))  # as drafts are counted
            found.setdefault(detect_language(title.norm), []).append((post, title))
    return {language: _fill_shelf(both) for language, both in found.items()}


def _fill_shelf(both: Sequence[tuple[RatedPost, ParsedText]]) -> TitleShelf:
    known = [(post, title) for post, title in both if post.ratio]
    return TitleShelf(
        tuple(post for post, _ in known),
        tuple(title for _, title in known),
        tuple(post for post, _ in both),
        tuple(title for _, title in both),
    )


def _order_mature(rated: Sequence[RatedPost]) -> list[RatedPost]:
    usable = [r for r in rated if r.mature and r.value is not None]
    return sorted(usable, key=lambda r: r.post.published_at or OLDEST)


def order_rated(rated: Sequence[RatedPost]) -> list[RatedPost]:
    """The mature posts whose ratio is known, oldest first."""
    return [r for r in _order_mature(rated) if r.ratio]
