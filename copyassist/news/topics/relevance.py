"""What a topic has to do with one account: how close to what did well, and who wrote it already.

Closeness compares content words alone: what the topic shares with the account's own titles, by
rarity and by how often the account writes of it, and how alike the other content words are used;
posts that did well count more. Words that any title has (一个, 我们, 可以) never count. "Close" are a
few per cent of what is on the board, measured for each account on the very board. It says "near
what you write well", not "this will do well".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from copyassist.keywords.words import load_words
from copyassist.news.topics.lexicon import Lexicon, find_words, measure_terms
from copyassist.news.topics.merge import Engine
from copyassist.news.topics.postings import Postings
from copyassist.news.topics.similarity import Sides, measure_same
from copyassist.types import Account, Post, RatedPost

Level = Literal["close", "near", "far", "none"]

NEEDED = 5  # posts; with fewer there is nothing to be close to
AMONG, LEAST_AMONG = 1.6, 0.2  # a word that is used unlike the rest says little of an account
NEAREST = 3  # posts that closeness looks at
OWN_WORDS = 0.45  # of closeness; the rest is how alike the words are used
LEAST_IDF = 4.0  # a word of one title in fifty says nothing about an account
CLOSE, NEAR = 0.25, 0.18  # below these nothing is close, or near, however empty the board
CLOSE_SHARE, NEAR_SHARE = 0.04, 0.12  # of the board at most
ENOUGH_TITLES = 100  # of a board, for a share of it to mean anything
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
    the topic shares with the account's posts, most telling first. `nearest` are the posts that it
    resembles with how they did, the most alike first. `written` are own posts about it, `covered`
    those of followed accounts in the last week; newest first.
    """

    level: Level
    closeness: float | None = None
    words: tuple[str, ...] = ()
    nearest: tuple[RatedPost, ...] = ()
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

    def _measure(self, title: str) -> Sides:
        terms = measure_terms(self._engine.lexicon, title)
        return Sides(terms, terms)

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


class Interests:
    """What an account writes of: its content words with how often, and its posts by their vectors."""

    def __init__(self, lexicon: Lexicon, rated: Sequence[RatedPost]) -> None:
        self._lexicon = lexicon
        self._results = np.array([weigh_result(one.ratio) for one in rated])
        titles = [find_content(lexicon, one.post.title) for one in rated]
        self._counts: dict[str, float] = {}
        for words, result in zip(titles, self._results.tolist(), strict=True):
            for word in words:
                self._counts[word] = self._counts.get(word, 0.0) + result
        self._vectors = _unit_rows(np.array([self._sum_up(words) for words in titles]))
        self._middle = _unit_rows(self._vectors.sum(axis=0, keepdims=True).astype(np.float32))[0]
        self._among: dict[str, float] = {}

    def measure(self, title: str) -> tuple[float, NDArray[np.float64]]:
        """How close a title is, 0..1, and how alike each post is used. Shape (posts,)."""
        words = find_content(self._lexicon, title)
        mass = sum(words.values())
        if not mass:
            return 0.0, np.zeros(len(self._results))
        own = sum(idf * self._find_share(word) for word, idf in words.items())
        alike = np.clip(self._vectors @ _unit_rows(self._sum_up(words)[None, :])[0], 0, 1)
        best = np.sort(alike * self._results)[-NEAREST:].mean()
        return min(1.0, OWN_WORDS * own / mass + (1 - OWN_WORDS) * float(best)), alike

    def _find_share(self, word: str) -> float:
        """How far a word is the account's own, 0..1: written of often, and among its like."""
        count = self._counts.get(word, 0.0)
        if not count:
            return 0.0
        if word not in self._among:
            vector = _unit_rows(self._sum_up({word: 1.0})[None, :])[0]
            self._among[word] = min(1.0, max(LEAST_AMONG, AMONG * float(vector @ self._middle)))
        return min(1.0, float(np.log2(1 + count)) / 2) * self._among[word]

    def find_shared(self, titles: Sequence[str]) -> tuple[str, ...]:
        """The account's own words in the titles, the most telling first."""
        shared: dict[str, float] = {}
        for title in titles:
            for word, idf in find_content(self._lexicon, title).items():
                if word in self._counts:
                    shared[word] = idf * np.log1p(self._counts[word])
        return tuple(sorted(shared, key=lambda word: (-shared[word], word))[:MOST_POSTS])

    def _sum_up(self, words: Mapping[str, float]) -> NDArray[np.float32]:
        """The words' vectors added up; the account's own words count twice."""
        if not words:
            return np.zeros(self._lexicon.vectors.shape[1], dtype=np.float32)
        numbers = np.array([self._lexicon.weigh_word(word)[0] for word in words], dtype=np.int64)
        weights = np.array(list(words.values()), dtype=np.float32)
        return weights @ self._lexicon.find_vectors(numbers)


def find_content(lexicon: Lexicon, title: str) -> dict[str, float]:
    """The words of a title that say what it is about, by rarity."""
    table = load_words()
    found = {}
    for word in find_words(title):
        if len(word) > 1 and not any(sign.isdigit() for sign in word) and table.weigh(word) > 0:
            idf = lexicon.weigh_word(word)[1]
            if idf >= LEAST_IDF:
                found[word] = idf
    return found


def _unit_rows(rows: NDArray[np.float32]) -> NDArray[np.float64]:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: NDArray[np.float64] = rows.astype(np.float64) / np.maximum(lengths, 1e-9)
    return unit


class Profile:
    """One account's own posts with how they did, and those of the accounts it follows.

    `board` are the titles of now: how close most of them are by chance tells what close means.
    """

    def __init__(
        self,
        engine: Engine,
        rated: Sequence[RatedPost],
        followed: Mapping[Account, Sequence[Post]] | None = None,
        board: Sequence[str] = (),
    ) -> None:
        self._shelf = ProfileShelf(engine, [one.post for one in rated])
        self._rated = tuple(rated)
        self._interests = Interests(engine.lexicon, rated) if len(rated) >= NEEDED else None
        self._cuts = self._measure_cuts(board)
        self._followed = {
            account: ProfileShelf(engine, posts) for account, posts in (followed or {}).items()
        }

    def measure(self, titles: Sequence[str], now: datetime) -> Relevance:
        """A topic's relevance from all its titles. Raises ValueError without titles."""
        if not titles:
            raise ValueError("a topic has at least one title")
        written = [WrittenPost(post=p, chance=c) for p, c in self._shelf.find_same(titles)]
        covered = self._find_covered(titles, now)
        if self._interests is None:
            return Relevance(level="none", written=_newest(written), covered=covered)
        measured = [self._interests.measure(title) for title in titles]
        closeness = max(value for value, _ in measured)
        alike = np.max([values for _, values in measured], axis=0)
        order = np.argsort(-alike, kind="stable")[:NEAREST]
        close, near = self._cuts
        return Relevance(
            level="close" if closeness >= close else "near" if closeness >= near else "far",
            closeness=closeness,
            words=self._interests.find_shared(titles),
            nearest=tuple(self._rated[i] for i in order.tolist() if alike[i] > 0),
            written=_newest(written),
            covered=covered,
        )

    def _measure_cuts(self, board: Sequence[str]) -> tuple[float, float]:
        """From which closeness on a topic of this board is close, and near."""
        if self._interests is None or len(board) < ENOUGH_TITLES:
            return CLOSE, NEAR
        values = np.array([self._interests.measure(title)[0] for title in board])
        close, near = np.quantile(values, [1 - CLOSE_SHARE, 1 - NEAR_SHARE])
        return max(CLOSE, float(close)), max(NEAR, float(near))

    def _find_covered(self, titles: Sequence[str], now: datetime) -> tuple[WrittenPost, ...]:
        found = [
            WrittenPost(post=post, chance=chance, account=account)
            for account, shelf in self._followed.items()
            for post, chance in shelf.find_same(titles)
            if post.published_at is None or abs(now - post.published_at) <= COVERED_WITHIN
        ]
        return _newest(found)


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
