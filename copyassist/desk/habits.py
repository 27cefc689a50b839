"""What a writer does again and again: the same pattern of title, the same topic, in a month.

The pattern of a title is what stays when its subject is taken out: words that are never keywords,
numbers as numbers, question and exclamation marks.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from statistics import median

from copyassist.keywords.words import load_words
from copyassist.text import parse_text
from copyassist.types import Finding, Keyword, ParsedText, RatedPost, Severity

DAYS = 30
_OFTEN = 3  # posts of one pattern in so many days before this one
_AGAIN = 2  # posts on one topic
_LEAST_WORDS = 3  # a shorter pattern is every other title's
_LIKE = 0.8
_STRONG = 2  # keywords that a title on the same topic has too
_SUBJECT = "□"
_MARKS = frozenset("？?！!：:|｜，,")


def find_pattern(title: ParsedText) -> tuple[str, ...]:
    """The title's words with subjects and numbers taken out; neighbouring subjects are one."""
    words = load_words()
    pattern: list[str] = []
    for word in title.words:
        if word.isdecimal():
            shape = "0"
        elif word in _MARKS or (word.isalnum() and words.weigh(word) == 0):
            shape = word
        else:
            shape = _SUBJECT if word.isalnum() else ""
        if shape and (shape != _SUBJECT or pattern[-1:] != [_SUBJECT]):
            pattern.append(shape)
    return tuple(pattern)


def find_habits(
    title: ParsedText, keywords: Sequence[Keyword], rated: Sequence[RatedPost], now: datetime
) -> list[Finding]:
    """What the title repeats of the posts of the last DAYS, with how those did."""
    recent = [
        one
        for one in rated
        if one.post.published_at is not None
        and timedelta(0) <= now - one.post.published_at <= timedelta(days=DAYS)
    ]
    findings = []
    same = _find_same_pattern(title, recent)
    if len(same) >= _OFTEN:
        findings.append(_tell("pattern_often", same))
    again = _find_same_topic(keywords, recent)
    if len(again) >= _AGAIN:
        findings.append(_tell("topic_again", again))
    return findings


def _find_same_pattern(title: ParsedText, recent: Sequence[RatedPost]) -> list[RatedPost]:
    from rapidfuzz.distance import Indel

    pattern = find_pattern(title)
    if len(set(pattern) - _MARKS - {_SUBJECT, "0"}) < _LEAST_WORDS or not recent:
        return []
    return [
        one
        for one in recent
        if Indel.normalized_similarity(pattern, find_pattern(parse_text(one.post.title))) >= _LIKE
    ]


def _find_same_topic(keywords: Sequence[Keyword], recent: Sequence[RatedPost]) -> list[RatedPost]:
    wanted = [one.text.casefold() for one in keywords if one.in_title and len(one.text) > 1]
    if len(wanted) < _STRONG:
        return []
    return [one for one in recent if sum(w in one.post.title.casefold() for w in wanted) >= _STRONG]


def _tell(code: str, posts: Sequence[RatedPost]) -> Finding:
    """The finding, in another sentence where it is not known yet how the posts did."""
    ratios = [one.ratio for one in posts if one.ratio is not None]
    params: dict[str, object] = {"count": len(posts), "days": DAYS, "title": posts[-1].post.title}
    if ratios:
        params["times"] = round(median(ratios), 1)
        params["best"] = round(max(ratios), 1)
    return Finding(
        code=code if ratios else f"{code}_unrated", severity=Severity.INFO, params=params
    )
