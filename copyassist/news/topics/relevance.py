"""What a topic has to do with one account: how close to what did well, and who wrote it already.

Closeness compares a topic's titles with the account's own past titles, by the rarity of the words
they share (TF-IDF) and by how alike the other words are used; posts that did well count more. It
says "near what you write well", not "this will do well".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from copyassist.news.topics.lexicon import Terms, find_words, measure_terms
from copyassist.news.topics.merge import Engine
from copyassist.news.topics.postings import Postings
from copyassist.news.topics.similarity import Sides, measure_same
from copyassist.types import Account, Post, RatedPost

Level = Literal["close", "near", "far", "none"]

NEEDED = 5  # posts; with fewer there is nothing to be close to
NEAREST = 5  # posts that closeness averages over
SHARED_WORDS = 0.6  # of the likeness of two titles; the rest is how alike the words are used
# Of random Weibo topics 3 % reach CLOSE and 25 % NEAR (25 accounts of xhs_notes); of an account's own
# later notes 65 % reach CLOSE.
CLOSE, NEAR = 0.29, 0.22
WRITTEN = 0.5  # the probability of the same event from which a post counts as "about this"
COVERED_WITHIN = timedelta(days=7)
MOST_POSTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenPost:
    """An earlier post about the same event. `chance` 0..1 that it is the same."""

    post: Post
    chance: float
    account: Account | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Relevance:
    """A topic and an account.

    `closeness` is 0..1, None where the account has too few posts (`level` "none"). `words` are what
    the topic shares with the nearest posts, most telling first. `written` are own posts about it,
    `covered` those of followed accounts in the last week; newest first.
    """

    level: Level
    closeness: float | None = None
    words: tuple[str, ...] = ()
    nearest: tuple[Post, ...] = ()
    written: tuple[WrittenPost, ...] = ()
    covered: tuple[WrittenPost, ...] = ()


class ProfileShelf:
    """Posts to be compared with, prepared once."""

    def __init__(self, engine: Engine, posts: Sequence[Post]) -> None:
        self.posts = tuple(posts)
        self._engine = engine
        self._sides = [self._measure(post.title) for post in self.posts]
        self._postings = Postings()
        for sides in self._sides:
            self._postings.add(self._postings.next_number(), sides.title)
        self._words: dict[int, list[tuple[int, float]]] = {}
        for place, sides in enumerate(self._sides):
            for number, weight in _unit(sides.title):
                self._words.setdefault(number, []).append((place, weight))
        empty = np.zeros((0, engine.lexicon.vectors.shape[1]), dtype=np.float32)
        self._vectors = _unit_rows(
            np.array([sides.title.vector for sides in self._sides]) if self._sides else empty
        )

    def _measure(self, title: str) -> Sides:
        terms = measure_terms(self._engine.lexicon, title)
        return Sides(terms, terms)

    def measure_likeness(self, title: str) -> NDArray[np.float64]:
        """How alike each post is to a title, 0..1. Shape (posts,)."""
        terms = self._measure(title).title
        shared = np.zeros(len(self.posts))
        for number, weight in _unit(terms):
            for place, other in self._words.get(number, ()):
                shared[place] += weight * other
        if not self.posts:
            return shared
        used = np.clip(self._vectors @ _unit_rows(terms.vector[None, :])[0], 0, 1)
        likeness: NDArray[np.float64] = SHARED_WORDS * shared + (1 - SHARED_WORDS) * used
        return likeness

    def find_same(self, titles: Sequence[str]) -> list[tuple[Post, float]]:
        """Posts about the same event as any of the titles, with the probability; best first."""
        best: dict[int, float] = {}
        for title in titles:
            sides = self._measure(title)
            places = self._postings.find_alike(sides.title)
            rows = [self._sides[place] for place in places]
            engine = self._engine
            chances = measure_same(engine.model, engine.lexicon, [sides] * len(rows), rows)
            for place, chance in zip(places, chances.tolist(), strict=True):
                best[place] = max(chance, best.get(place, 0.0))
        found = [(self.posts[p], chance) for p, chance in best.items() if chance >= WRITTEN]
        return sorted(found, key=lambda pair: -pair[1])


def _unit(terms: Terms) -> list[tuple[int, float]]:
    length = float(np.sqrt((terms.word_weights.astype(np.float64) ** 2).sum())) or 1.0
    return [
        (number, weight / length)
        for number, weight in zip(terms.words.tolist(), terms.word_weights.tolist(), strict=True)
    ]


def _unit_rows(rows: NDArray[np.float32]) -> NDArray[np.float64]:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: NDArray[np.float64] = rows.astype(np.float64) / np.maximum(lengths, 1e-9)
    return unit


class Profile:
    """One account's own posts with how they did, and those of the accounts it follows."""

    def __init__(
        self,
        engine: Engine,
        rated: Sequence[RatedPost],
        followed: Mapping[Account, Sequence[Post]] | None = None,
    ) -> None:
        self._shelf = ProfileShelf(engine, [one.post for one in rated])
        self._weights = np.array([weigh_result(one.ratio) for one in rated])
        self._engine = engine
        self._followed = {
            account: ProfileShelf(engine, posts) for account, posts in (followed or {}).items()
        }

    def measure(self, titles: Sequence[str], now: datetime) -> Relevance:
        """A topic's relevance from all its titles. Raises ValueError without titles."""
        if not titles:
            raise ValueError("a topic has at least one title")
        written = [WrittenPost(post=p, chance=c) for p, c in self._shelf.find_same(titles)]
        covered = self._find_covered(titles, now)
        if len(self._shelf.posts) < NEEDED:
            return Relevance(level="none", written=_newest(written), covered=covered)
        likeness = np.max([self._shelf.measure_likeness(title) for title in titles], axis=0)
        order = np.argsort(-likeness, kind="stable")[:NEAREST]
        closeness = float((likeness[order] * self._weights[order]).mean())
        nearest = tuple(self._shelf.posts[i] for i in order.tolist())
        return Relevance(
            level="close" if closeness >= CLOSE else "near" if closeness >= NEAR else "far",
            closeness=min(1.0, closeness),
            words=self._find_words(titles, nearest),
            nearest=nearest,
            written=_newest(written),
            covered=covered,
        )

    def _find_covered(self, titles: Sequence[str], now: datetime) -> tuple[WrittenPost, ...]:
        found = [
            WrittenPost(post=post, chance=chance, account=account)
            for account, shelf in self._followed.items()
            for post, chance in shelf.find_same(titles)
            if post.published_at is None or abs(now - post.published_at) <= COVERED_WITHIN
        ]
        return _newest(found)

    def _find_words(self, titles: Sequence[str], nearest: Sequence[Post]) -> tuple[str, ...]:
        own = {word for post in nearest for word in find_words(post.title)}
        shared = {word for title in titles for word in find_words(title)} & own
        weighed = {
            word: self._engine.lexicon.weigh_word(word)[1] for word in shared if len(word) > 1
        }
        return tuple(sorted(weighed, key=lambda word: (-weighed[word], word))[:MOST_POSTS])


def weigh_result(ratio: float | None) -> float:
    """How much a post counts: 1 where it did as usual or is not known, 0.5 .. 1.5 for much less
    and much more than usual."""
    if ratio is None:
        return 1.0
    return 1.0 + 0.5 * float(np.tanh(np.log(max(ratio, 1e-3))))


def _newest(found: Sequence[WrittenPost]) -> tuple[WrittenPost, ...]:
    """The most likely few, the newest first, those without a date last."""
    best = sorted(found, key=lambda one: -one.chance)[:MOST_POSTS]
    dated = [one for one in best if one.post.published_at is not None]
    dated.sort(key=lambda one: one.post.published_at or datetime.min, reverse=True)
    return (*dated, *(one for one in best if one.post.published_at is None))
