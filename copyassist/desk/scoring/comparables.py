"""The account's own past posts that are most like a draft, by the words they share."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt

from copyassist.desk.scoring.baseline import OLDEST
from copyassist.text import parse_text
from copyassist.types import Comparable, ParsedText, RatedPost

INDEXED_POSTS = 5_000  # the newest: what an account wrote long ago is no longer comparable
POSTINGS = 60  # a word of more posts than that says nothing about the topic
LEAST_SIMILARITY = 0.2


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
        words = [_content_words(parse_text(r.post.title)) for r in posts]
        postings: dict[str, list[int]] = defaultdict(list)
        for row, found in enumerate(words):
            for word in found:
                postings[word].append(row)
        weights = {word: log(1 + len(posts) / len(rows)) for word, rows in postings.items()}
        norms = tuple(sqrt(sum(weights[word] ** 2 for word in found)) for found in words)
        kept = {word: tuple(rows[:POSTINGS]) for word, rows in postings.items()}
        return cls(posts, kept, weights, norms)

    def find(self, title: ParsedText, limit: int) -> list[Comparable]:
        """The `limit` most similar posts, best first; cosine of shared words, at least 0.2."""
        # A word that no post has still makes the draft less like all of them.
        unseen = log(1 + len(self.posts)) ** 2
        norm = 0.0
        shared: dict[int, float] = {}
        for word in _content_words(title):
            weight = self.weights.get(word)
            if weight is None:
                norm += unseen
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


def _content_words(title: ParsedText) -> frozenset[str]:
    """Words of two or more letters: single characters and marks are not a topic."""
    return frozenset(word for word in title.words if len(word) > 1 and word.isalnum())
