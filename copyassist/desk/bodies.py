"""The bodies that an account published, ready to be compared with the body of a draft."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from copyassist.desk.passages import (
    Earlier,
    PrintIndex,
    find_letters,
    find_prints,
    learn_boilerplate,
    measure_share,
)
from copyassist.types import Finding, OwnShare, Post, Severity

# Letters of the newest posts that are made ready, in 1.5 s; `copyassist dup` looks at all of them.
MOST_LETTERS = 6_000_000
_LITTLE_OWN = 0.7  # less own text than this is what platforms call repeated content
_WORTH_SAYING = 13  # characters in a row that are no everyday phrase


class Compared(NamedTuple):
    """The share of own text, and the posts that its passages number."""

    share: OwnShare
    posts: tuple[Post, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Bodies:
    """Posts with their bodies, newest first, and what they are found by."""

    posts: tuple[Post, ...]
    index: PrintIndex
    same: dict[str, int]
    learnt: frozenset[int]

    @classmethod
    def of(cls, history: Sequence[Post]) -> "Bodies":
        """The bodies of posts, oldest first; a body without letters is none."""
        chosen: list[Post] = []
        letters = 0
        for post in reversed(history):
            if post.body and letters < MOST_LETTERS:
                chosen.append(post)
                letters += len(post.body)
        bodies = [post.body for post in chosen]
        return cls(
            posts=tuple(chosen),
            index=PrintIndex.build(bodies),
            same={_bare(body): place for place, body in reversed([*enumerate(bodies)])},
            learnt=learn_boilerplate(bodies),
        )

    def compare(self, body: str) -> Compared | None:
        """What of a body stands in the posts; None where there is nothing to compare."""
        if not body.strip() or not self.posts:
            return None
        found = [number for number, _ in self.index.find(find_prints(find_letters(body)))]
        same = self.same.get(_bare(body))
        if same is not None:
            found = [same, *(number for number in found if number != same)]
        posts = tuple(self.posts[number] for number in found)
        earlier = [Earlier(place, post.body) for place, post in enumerate(posts)]
        return Compared(measure_share(body, earlier, self.learnt), posts)

    def find_same(self, body: str) -> Post | None:
        """The newest post with this very body."""
        place = self.same.get(_bare(body)) if body.strip() else None
        return None if place is None else self.posts[place]


def judge_body(compared: Compared | None, same: Post | None, platform: str) -> list[Finding]:
    """What there is to say of a body that stands in earlier posts, wholly or in part."""
    if same is not None:
        here = same.platform == platform
        params: dict[str, object] = {"title": same.title, "platform": same.platform}
        severity = Severity.WARNING if here else Severity.INFO
        code = "body_identical" if here else "body_elsewhere"
        return [Finding(code=code, severity=severity, params=params)]
    if compared is None:
        return []
    passages = [p for p in compared.share.passages if p.end - p.start >= _WORTH_SAYING]
    if not passages:
        return []
    longest = max(passages, key=lambda one: one.end - one.start)
    post = compared.posts[longest.source]
    little = compared.share.share < _LITTLE_OWN and post.platform == platform
    return [
        Finding(
            code="body_repeated",
            severity=Severity.WARNING if little else Severity.INFO,
            params={
                "title": post.title,
                "percent": round(100 * compared.share.share),
                "passages": len(passages),
                "longest": longest.end - longest.start,
            },
        )
    ]


def _bare(body: str) -> str:
    return "".join(body.split())
