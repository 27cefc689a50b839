"""The account's own past posts on a draft's topic: by the words that say what a title is about."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt

from copyassist.desk.scoring.baseline import OLDEST
from copyassist.desk.scoring.topic_words import find_topic_words, weigh_topic
from copyassist.text import parse_text
from copyassist.types import Comparable, ParsedText, RatedPost

INDEXED_POSTS = 5_000  # the newest: what an account wrote long ago is no longer comparable
POSTINGS = 60  # a word of more posts than that says nothing about the topic
LEAST_SIMILARITY = 0.15


@dataclass(frozen=True, slots=True)
class PostIndex:
    """An inverted index of an account's mature posts: word -> rows, newest first."""

    posts: tuple[RatedPost, ...]
    postings: Mapping[str, tuple[int, ...]]
    weights: Mapping[str, float]
    norms: tuple[float, ...]

    @classmethod
    def build(cls, rated: Sequence[RatedPost]) -> "PostIndex":
        """Indexes the newest mature posts whose ratio to the usual is known."""
        usable = [r for r in rated if r.mature and r.ratio is not None and r.post.title]
        usable.sort(key=lambda r: r.post.published_at or OLDEST, reverse=True)
        posts = tuple(usable[:INDEXED_POSTS])
        words = [find_topic_words(parse_text(r.post.title)) for r in posts]
        postings: dict[str, list[int]] = defaultdict(list)
        for row, found in enumerate(words):
            for word in found:
                postings[word].append(row)
        weights = {
            word: log(1 + len(posts) / len(rows)) * weigh_topic(word)
            for word, rows in postings.items()
        }
        norms = tuple(sqrt(sum(weights[word] ** 2 for word in found)) for found in words)
        kept = {word: tuple(rows[:POSTINGS]) for word, rows in postings.items()}
        return cls(posts, kept, weights, norms)

    def find(self, title: ParsedText, limit: int) -> list[Comparable]:
        """The `limit` most similar posts, best first; cosine of shared topic words, at least 0.15."""
        # A word that no post has still makes the draft less like all of them.
        rare = log(1 + len(self.posts))
        norm = 0.0
        shared: dict[int, float] = {}
        for word in find_topic_words(title):
            weight = self.weights.get(word)
            if weight is None:
                norm += (rare * weigh_topic(word)) ** 2
                continue
            gain = weight * weight
            norm += gain
            for row in self.postings[word]:
                shared[row] = shared.get(row, 0.0) + gain
        # Compared before the division: of hundreds of posts that share a word few are alike.
        least, norms = LEAST_SIMILARITY * sqrt(norm), self.norms
        near = [
            (gain / norms[row], row) for row, gain in shared.items() if gain >= least * norms[row]
        ]
        near.sort(key=lambda n: (-n[0], n[1]))
        root = sqrt(norm)
        return [
            Comparable(similarity=min(1.0, s / root), rated=self.posts[r]) for s, r in near[:limit]
        ]
