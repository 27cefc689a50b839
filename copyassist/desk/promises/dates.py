"""Dates, years and hours of a title against those of the body."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from copyassist.desk.promises.numerals import read_number
from copyassist.desk.promises.result import LONG, Kind, Promise, State

_DAY = re.compile(
    r"(?<!\d)(\d{1,2}|[一二三四五六七八九十]{1,3})月(\d{1,2}|[一二三四五六七八九十]{1,3})[日号]"
)
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?:年|(?=最新|版|新|考研|高考|国考|省考|春|夏|秋|冬|款))")
_HOUR = re.compile(
    r"(?P<part>上午|早上|清晨|中午|下午|晚上|凌晨|傍晚|今晚|明晚|明早|早|晚)?\s?"
    r"(?<!\d)(?P<h>\d{1,2}|[一二三四五六七八九十]{1,3})(?:点(?P<half>半)?(?P<m>\d{2}(?=分))?|:(?P<mm>[0-5]\d))"
)
_EVENT = re.compile(
    r"开抢|开售|开始|直播|发售|截止|开播|上线|抢|开门|首班|关门|放票|开奖|公布|开考|开票|发布|开放|停水|停电|出发|集合|见(?=$|[!。,])"
)
# What may stand for a day or an hour in a text that does not name it.
_SOME_DAY = re.compile(
    "即日|[今明后昨当]天|[明今昨]日|[上下本这]?(?:周|星期)[一二三四五六日天末]|[上下本这]周|[上下本]个?月|月初|月底|元旦|新年|国庆|(?:春|中秋|端午|清明|劳动|元宵)节"
)
_DAWN = re.compile(
    "凌晨|清晨|清早|早上|早起|大早|晨|天(?:还|是|刚|快|没|不|都|蒙蒙|色)*(?:亮|黑|微明)|半夜|深夜|后半夜|夜里|日出|闹钟|鸡叫"
)
_EARLY = ("凌晨", "清晨", "早上")
_DEADLINE = re.compile(
    r"(?:(?:还剩|仅剩|只剩|最后|倒计时)?\s?(?:\d{1,2}|[一二两三四五六七八九十])天(?:后|内|之后)?|今晚|今天|今日|明天|本周[一二三四五六日]|月底)(?:就|将|要|即将)?"
    "(?:截止|结束|关闭|停止|到期|截稿)"
)
_ENDS = re.compile(
    r"截[止至]|为止|最后一?天|到期|逾期|结束|倒计时|\d月\d+[日号]|月底|之前|号前|日前|过了|还有\S{1,3}天"
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
    yield from _find_deadline(title, body)
    if _EVENT.search(title) or any(part in title for part in _EARLY):
        yield from _find(title, body, _Way("time", _HOUR, _clock))


def _find(title: str, body: str, way: _Way) -> Iterator[Promise]:
    given = [(way.read(found), found[0]) for found in way.pattern.finditer(body)]
    for wanted in way.pattern.finditer(title):
        value, text = way.read(wanted), wanted[0]
        if way.pattern is _HOUR and not (wanted["part"] or wanted["mm"] or wanted["m"]):
            continue
        state: State = "unsure"
        reason, found = "silent", ""
        if any(_same(value, other) for other, _ in given):
            state, reason, found = "kept", "found", text
        elif given and (way.pattern is not _HOUR or _EVENT.search(title)):
            state, reason, found = "broken", "other", given[0][1]
        elif not given and _is_missed(wanted, way, title, body):
            state, reason = "broken", "absent"
        yield Promise(way.kind, state, wanted.start(), wanted.end(), text, reason, text, found)


def _find_deadline(title: str, body: str) -> Iterator[Promise]:
    """A deadline of which the body says nothing."""
    if len(body) < LONG or not (found := _DEADLINE.search(title)):
        return
    state, reason = ("kept", "found") if _ENDS.search(body) else ("broken", "absent")
    yield Promise("time", state, *found.span(), found[0], reason, found[0])  # type: ignore[arg-type]


def _is_missed(wanted: re.Match[str], way: _Way, title: str, body: str) -> bool:
    """Whether a text that is long enough never speaks of a moment, not in other words either."""
    if len(body) < LONG or way.pattern is _YEAR:
        return False
    if way.pattern is _HOUR:
        if not _EVENT.search(title) and wanted["part"] not in _EARLY:
            return False
        return wanted["part"] not in _EARLY or not _DAWN.search(body)
    announced = title[wanted.end() : wanted.end() + 1] in ("起", "前") or _EVENT.search(title)
    month = int(_n(wanted[1]))
    named = re.search(rf"(?<!\d){month}月|{wanted[1]}月", body) or _SOME_DAY.search(body)
    return bool(announced) and not named


def _same(first: str, second: str) -> bool:
    """Whether two moments are one; an hour that may be morning or evening is either."""
    if first == second:
        return True
    return "?" in first + second and _halve(first) == _halve(second)


def _halve(clock: str) -> tuple[int, str]:
    hour, minute = clock.lstrip("?").split(":")
    return int(hour) % 12, minute


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
