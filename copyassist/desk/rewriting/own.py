"""The skeletons of the account's own best posts, and how near a title is to them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from copyassist.desk.rewriting.candidate import Candidate
from copyassist.desk.rewriting.card import FactCard
from copyassist.desk.rewriting.kinds import label_title
from copyassist.desk.rewriting.pieces import split_clauses, strip_marks
from copyassist.text import tag_words
from copyassist.types import RatedPost

BEST, SHARE = 10, 3  # the ten best, of few posts the best third
LEAST = 8
_MARKS = {"|": "｜", "丨": "｜", ":": "：", ",": "，", "?": "？", "!": "！", " ": " "}
_JOINS = ("：", "｜", "，", " ")


@dataclass(frozen=True, slots=True)
class Skeleton:
    """How a best post's title is put together: what joins its two parts, and its ending mark."""

    post: str
    join: str
    ending: str
    short_head: bool


def find_best(rated: Sequence[RatedPost]) -> list[str]:
    """The titles of the account's best mature posts, the best first; empty below eight posts."""
    usable = [one for one in rated if one.mature and one.ratio is not None and one.post.title]
    if len(usable) < LEAST:
        return []
    usable.sort(key=lambda one: -(one.ratio or 0.0))
    return [one.post.title for one in usable[: min(BEST, len(usable) // SHARE)]]


def find_skeletons(best: Sequence[str]) -> list[Skeleton]:
    """The ways in which the best titles join two parts, each once."""
    found: dict[tuple[str, bool], Skeleton] = {}
    for title in best:
        clauses = split_clauses(title)
        if len(clauses) != 2:
            continue
        join = _fold(clauses[0].mark)
        if join not in _JOINS:
            continue
        short = len(clauses[0].text) <= 8 and not _has_verb(clauses[0].text)
        if short and join == "，":
            continue  # 周末，去爬山: what stands there is seldom the topic
        ending = _fold(clauses[1].mark)
        found.setdefault(
            (join, short), Skeleton(title, join, ending if ending == "！" else "", short)
        )
    return list(found.values())


def _has_verb(text: str) -> bool:
    return any(tag[:1] == "v" and tag != "vn" for _, tag in tag_words(text))


def _fold(mark: str) -> str:
    mark = mark.strip() or mark[:1]
    return _MARKS.get(mark[:1], mark[:1])


def fill_own(card: FactCard, best: Sequence[str]) -> Iterator[Candidate]:
    """The card's pieces put together as the best posts are."""
    for skeleton in find_skeletons(best):
        for place, claim in enumerate(card.claims[:6]):
            head = card.topic if skeleton.short_head else strip_marks(_core(card))
            if not head or head in claim.text or (card.asks and not skeleton.short_head):
                continue
            if claim.text.startswith("我") and skeleton.join in ("：", "｜"):
                continue
            yield Candidate(
                f"{head}{skeleton.join}{claim.text}{skeleton.ending}",
                "own_skeleton",
                "own",
                {"post": skeleton.post, "claim": claim.text, "sentence": claim.sentence},
                4.2 - 0.2 * place,
            )


def _core(card: FactCard) -> str:
    having = [one for one in card.clauses if card.topic and card.topic in one.text]
    return max((one.text for one in having), key=len, default="")


def measure_fit(title: str, best: Sequence[str]) -> float:
    """How near a title is to the best posts, 0 to 1: length, types, joining marks; 0 without posts."""
    if not best:
        return 0.0
    lengths = sorted(len(one) for one in best)
    usual = lengths[len(lengths) // 2]
    length = max(0.0, 1.0 - abs(len(title) - usual) / max(usual, 1))
    kinds = set(label_title(title))
    shared = sum(bool(kinds & set(label_title(one))) for one in best) / len(best)
    marks = set(re.findall(r"[，：｜|？！?!:,]", title))
    joined = sum(bool(marks & set(re.findall(r"[，：｜|？！?!:,]", one))) for one in best) / len(
        best
    )
    return 0.5 * length + 0.3 * shared + 0.2 * joined
