"""Lawful wordings for what a title must not promise: from the findings' own offers and a list."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from copyassist.desk.rewriting.pieces import ends_open, is_clean, split_clauses
from copyassist.resources import find_asset
from copyassist.types import Finding

SHORTEST = 4
MOST = 40
_QUOTED = re.compile(r"“[^”]*”|「[^」]*」|『[^』]*』|\"[^\"]*\"")
_DOUBTED = re.compile(
    r"[?？吗]|到底|真相|能不能|是不是|别信|别再信|谣言|辟谣|骗|揭|曝光|不等于|警惕|小心|所谓|通报|被罚|回应"
)


@dataclass(frozen=True, slots=True)
class _Wording:
    pattern: re.Pattern[str]
    to: tuple[str, ...]
    alone: bool


@cache
def load_wordings() -> tuple[_Wording, ...]:
    """The list, in its order."""
    table = tomllib.loads(find_asset("lexicons", "lawful.toml").read_text("utf-8"))
    return tuple(
        _Wording(re.compile(row["pattern"]), tuple(row["to"]), row.get("alone", False))
        for row in table["rows"]
    )


def promises_too_much(title: str) -> bool:
    """Whether the title has words of the list that are wrong wherever they stand."""
    return any(
        one.alone and (hit := one.pattern.search(title)) and not is_reported(title, hit.start())
        for one in load_wordings()
    )


def is_reported(title: str, place: int) -> bool:
    """Whether the words stand in quotes in a title that asks or warns about them: “0添加”能不能买."""
    quoted = any(found.start() <= place < found.end() for found in _QUOTED.finditer(title))
    return quoted and _DOUBTED.search(title) is not None


def reword(title: str, findings: Sequence[Finding]) -> list[str]:
    """Titles without the words that the findings are about, the likeliest first. Judge them again."""
    found = [
        *_by_list(title, findings),
        *_by_offer(title, findings),
        *_without_clause(title, findings),
        *_without_words(title, findings),
    ]
    good = (_tidy(one) for one in found)
    return list(dict.fromkeys(one for one in good if _is_title(one) and one != title))[:MOST]


def _is_title(text: str) -> bool:
    whole = not any(ends_open(one.text) for one in split_clauses(text))
    whole = whole and re.search("[这那][款个件家种]的|^的", text) is None
    return sum(sign.isalnum() for sign in text) >= SHORTEST and is_clean(text) and whole


def _spans(findings: Sequence[Finding]) -> list[tuple[int, int]]:
    return [(one.span.start, one.span.end) for one in findings if one.span is not None]


def _by_list(title: str, findings: Sequence[Finding]) -> Iterator[str]:
    """The title with every wording of the list put in, first choice first."""
    spans = _spans(findings)
    for choice in range(3):
        text = title
        for wording in load_wordings():
            for hit in reversed(list(wording.pattern.finditer(text))):
                if not hit[0] or (text == title and not _touches(hit.span(), spans)):
                    continue
                new = wording.to[min(choice, len(wording.to) - 1)]
                text = text[: hit.start()] + new + text[hit.end() :]
        if text != title:
            yield text


def _touches(span: tuple[int, int], spans: Sequence[tuple[int, int]]) -> bool:
    return not spans or any(span[0] < end and start < span[1] for start, end in spans)


def _by_offer(title: str, findings: Sequence[Finding]) -> Iterator[str]:
    text, reach = title, len(title)
    for one in sorted(findings, key=lambda one: -(one.span.start if one.span else 0)):
        if one.span is None or one.replacement is None or one.span.end > reach:
            continue
        text = text[: one.span.start] + one.replacement + text[one.span.end :]
        reach = one.span.start
    if text != title:
        yield text


def _without_clause(title: str, findings: Sequence[Finding]) -> Iterator[str]:
    """The title without the clauses that hold the words."""
    spans = _spans(findings)
    clauses = split_clauses(title)
    kept = [one for one in clauses if not _touches((one.start, one.end), spans)]
    if spans and kept and len(kept) < len(clauses):
        yield (
            "".join(one.text + one.mark for one in kept[:-1])
            + kept[-1].text
            + (kept[-1].mark if kept[-1].mark in "！!？?" else "")
        )


def _without_words(title: str, findings: Sequence[Finding]) -> Iterator[str]:
    text = title
    for start, end in sorted(_spans(findings), reverse=True):
        text = text[:start] + text[end:]
    if text != title:
        yield text


def _tidy(text: str) -> str:
    text = _polish(text)
    clauses = split_clauses(text)
    kept = [one for one in clauses if len(one.text) > 2 or one.text.isascii()]
    if kept and len(kept) < len(clauses):  # what is left of a promise: 有效, 皮肤
        ending = kept[-1].mark if kept[-1].mark[:1] in "！!？?" else ""
        text = "".join(one.text + one.mark for one in kept[:-1]) + kept[-1].text + ending
    return text


def _polish(text: str) -> str:
    text = re.sub(r"的(?:的|[，,。！!？?：:])", lambda found: found[0][-1], text)
    text = re.sub(r"(?:很|更){2,}", "很", text)
    text = re.sub(r"[，,、：:；;！!。]+(?=[，,、：:；;！!？?。])", "", text)
    return re.sub(r"^(?:的|地|得|了)|\s{2,}", "", text).strip(" \t，,、；;：:|｜丨—-·")
