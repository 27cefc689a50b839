"""Dates, years and hours of a title against those of the body."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from copyassist.desk.promises.numerals import read_number
from copyassist.desk.promises.result import Kind, Promise, State

_DAY = re.compile(
    r"(?<!\d)(\d{1,2}|[一二三四五六七八九十]{1,3})月(\d{1,2}|[一二三四五六七八九十]{1,3})[日号]"
)
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?:年|(?=最新|版|新|考研|高考|国考|省考|春|夏|秋|冬|款))")
_HOUR = re.compile(
    r"(?P<part>上午|早上|清晨|中午|下午|晚上|凌晨|傍晚|今晚|明晚|明早|早|晚)?\s?"
    r"(?<!\d)(?P<h>\d{1,2}|[一二三四五六七八九十]{1,3})(?:点(?P<half>半)?(?P<m>\d{2}(?=分))?|:(?P<mm>[0-5]\d))"
)
_EVENT = re.compile(
    r"开抢|开售|开始|直播|发售|截止|开播|上线|抢|开门|首班|关门|放票|开奖|公布|开考|开票|发布|开放|停水|停电|出发|集合|见"
)
_LATE = ("下午", "晚上", "傍晚", "今晚", "明晚", "晚")


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to name a moment: what it looks like and what it comes to."""

    kind: Kind
    pattern: re.Pattern[str]
    read: Callable[[re.Match[str]], str]


def find_dates(title: str, body: str) -> Iterator[Promise]:
    """Days, years and announced hours of a normalised title that the body says otherwise."""
    yield from _find(
        title, body, _Way("date", _DAY, lambda found: f"{_n(found[1])}-{_n(found[2])}")
    )
    yield from _find(title, body, _Way("date", _YEAR, lambda found: found[1]))
    if _EVENT.search(title):
        yield from _find(title, body, _Way("time", _HOUR, _clock))


def _find(title: str, body: str, way: _Way) -> Iterator[Promise]:
    given = [(way.read(found), found[0]) for found in way.pattern.finditer(body)]
    for wanted in way.pattern.finditer(title):
        value, text = way.read(wanted), wanted[0]
        if way.pattern is _HOUR and not wanted["part"] and not wanted["mm"]:
            continue
        state: State = "unsure"
        reason, found = "silent", ""
        if any(_same(value, other) for other, _ in given):
            state, reason, found = "kept", "found", text
        elif given:
            state, reason, found = "broken", "other", given[0][1]
        yield Promise(way.kind, state, wanted.start(), wanted.end(), text, reason, text, found)


def _same(first: str, second: str) -> bool:
    return first == second or (
        (first.startswith("?") or second.startswith("?"))
        and first.lstrip("?") == second.lstrip("?")
    )


def _n(text: str) -> str:
    return f"{read_number(text):g}"


def _clock(found: re.Match[str]) -> str:
    """Hour and minute; led by ? where morning and evening are not told apart (then 1 to 12)."""
    hour = int(read_number(found["h"]) or 0)
    minute = 30 if found["half"] else int(found["m"] or found["mm"] or 0)
    if found["part"] in _LATE and hour < 12:
        hour += 12
    if found["part"] is None and hour <= 12 and found["mm"] is None:
        return f"?{hour % 12}:{minute:02}"
    return f"{hour}:{minute:02}"
