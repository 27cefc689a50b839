"""Figures of a title (300 元, 10 分钟, 20 斤, 30%) against those of the body."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from copyassist.desk.promises.numerals import HAN, NUMBER, read_number
from copyassist.desk.promises.result import LONG, Kind, Promise, State

_DAY = 86_400.0
# unit -> (what it measures, its size in that measure's own unit)
_UNITS: dict[str, tuple[str, float]] = {
    "秒钟": ("time", 1), "秒": ("time", 1), "分钟": ("time", 60), "个小时": ("time", 3600),
    "小时": ("time", 3600), "个钟头": ("time", 3600), "天": ("time", _DAY), "日": ("time", _DAY),
    "个星期": ("time", 7 * _DAY), "星期": ("time", 7 * _DAY), "周": ("time", 7 * _DAY),
    "个月": ("time", 30 * _DAY), "年": ("time", 365 * _DAY), "块钱": ("money", 1), "元": ("money", 1),
    "块": ("money", 1), "斤": ("weight", 0.5), "公斤": ("weight", 1), "kg": ("weight", 1),
    "公里": ("way", 1), "km": ("way", 1), "千米": ("way", 1), "%": ("percent", 1), "折": ("discount", 1),
    "倍": ("times", 1), "岁": ("age", 1), "平米": ("area", 1), "平方米": ("area", 1), "平": ("area", 1),
    "㎡": ("area", 1), "m2": ("area", 1), "页": ("pages", 1), "毫升": ("volume", 1), "ml": ("volume", 1),
}  # fmt: skip
_UNIT = "|".join(re.escape(unit) for unit in sorted(_UNITS, key=len, reverse=True))
_QUANTITY = re.compile(
    rf"(?<![\d.第a-z前:{{])(?P<n>{NUMBER})\s?(?P<half>个半)?[多来]?\s?(?P<unit>{_UNIT})(?![a-z])"
)
_RANGE = re.compile(
    rf"(?P<low>{NUMBER})\s?(?:{_UNIT})?\s?[-~到至]\s?(?P<n>{NUMBER})\s?(?P<unit>{_UNIT})"
)
_ANCHORED = re.compile(
    rf"(?:人均|预算|月薪|日薪|时薪|月入|年薪|票价|门票|一晚|定价|售价|工资|房租|租金|单价|总价|底薪|到手|均价)(?:才|只要|仅|约|是|了|花了|只|不到|过|刚好|正好|大概|差不多)?\s?"
    rf"(?P<n>{NUMBER})(?![\d.]|\s?(?:{_UNIT}|%|个|年|天|月))"
)
_SPENT = re.compile(
    rf"(?:花了|花费|需要|存下?|攒下?|赚到?|省下?|月入|年入|存款|一共|总共|共|小|将近|近|卖|售|付了?|贵|便宜)\s?(?P<n>\d*[{HAN}]*[万千百][{HAN}]*)(?!\s?(?:{_UNIT}|字|人|次|个|步|米|多))"
)
_PERCENT = re.compile(rf"百分之(?P<n>{NUMBER})")
_TENTHS = re.compile(
    r"(?<![\d.一二三四五六七八九十])(?P<n>[1-9一二三四五六七八九两])成(?P<half>[一二三四五六七八九半](?![个年天次]))?(?![都功为年本人员果立长分品色语群交见套])"
)
_FROM = re.compile(rf"(?P<n>{NUMBER})(?=\s?起(?![码飞来步床点]))")
_NTH_DAY = re.compile(rf"(?:第\s?({NUMBER})\s?天|\bd(?:ay)?\s?(\d{{1,2}})\b)")
_QUICK = re.compile(
    r"(?:内|里|就|能|可|即可|轻松|快速|即|直接|之内|左右|便能|便可)*(?:的)?(?:快手|懒人|神仙|简单)?"
    r"(?:搞定|学会|上手|掌握|做好|出锅|上桌|完成|入门|速成|精通|看懂|读懂|吃透|见效|拿下|瘦|减|早餐|晚餐|午餐|"
    r"便当|变|学|记住|背|读完|看完|做出|出餐|提高|提升|提分|搭建|写完|办好|办完|到账|就好|改善|练出|练成|玩转)"
)
_KEEPS = re.compile(r"(?:保存|保质|冷藏|冷冻|坚持|有效|提前|每)")
_AT_MOST = re.compile(r"\s?(?:以内|以下|之内|内|不到|封顶)|不到$|不超过$|低于$|少于$")
_TOLD_MONEY = re.compile(r"人均|预算|搞定|以内|只要|仅|只花|不到|只需")
_SAID_OF_MANY = re.compile("(?:以上)?的|人|家|网友|女生|男生|父母|老人")
_FREE = re.compile(
    r"免费|(?<!\d)0元|零元|不花钱|不要钱|不用花?钱|没花|一分钱|免单|白送|不收(?:钱|费)|赠|公益"
)
_ROUND = frozenset((100.0, 1000.0, 10_000.0, 1_000_000.0, 10_000_000.0, 10.0**8))
_RESULT = re.compile(r"(?:瘦|减|涨|降|省|打|提升|增长|增加|赚|掉|翻|提高|长)[了到下掉至]?$")
_STRICT = frozenset({"weight", "percent", "discount", "way", "times", "area", "pages", "volume"})
_SUMMED = frozenset({"money", "time", "weight", "way", "area", "pages", "volume"})
_BARE = re.compile(NUMBER)
_LOOSE = re.compile(
    r"(?:\d+(?:\.\d+)?|[一二两三四五六七八九])[千百万][一二两三四五六七八九十百千]*(?![人个米步字年天])"
)
_HEADS = re.compile(rf"({NUMBER})\s?(?:个人|口|人|位)(?!均)")
_REST = re.compile("剩下|剩的|其余|余下|再加|加上|另外还|还花")
_NEAR = 0.011


@dataclass(frozen=True, slots=True)
class _Quantity:
    measure: str
    value: float
    start: int
    end: int
    text: str
    before: str
    after: str
    unit: str

    @property
    def number(self) -> float:
        """The number as it is written, before its unit."""
        return self.value / _UNITS[self.unit][1]


def find_figures(title: str, body: str) -> Iterator[Promise]:
    """The quantities of a normalised title that the normalised body speaks of, or should."""
    wanted = list(_read(title))
    if not wanted:
        return
    given = list(_read(body))
    for one in wanted:
        same = [other for other in given if other.measure == one.measure]
        state, reason, found = _judge(one, same, title, body)
        kind: Kind = {"money": "price", "time": "time"}.get(one.measure, "number")  # type: ignore[assignment]
        yield Promise(kind, state, one.start, one.end, one.text, reason, one.text, found)


def _read(text: str) -> Iterator[_Quantity]:
    for found in _QUANTITY.finditer(text):
        value = read_number(found["n"])
        if value is not None and not _is_date(text, found, value):
            yield _quantity(text, found, value + (0.5 if found["half"] else 0), found["unit"])
    for found in _RANGE.finditer(text):
        if (value := read_number(found["low"])) is not None:
            yield _quantity(text, found, value, found["unit"])
    for pattern, unit in ((_ANCHORED, "元"), (_SPENT, "元"), (_PERCENT, "%")):
        for found in pattern.finditer(text):
            value = read_number(found["n"])
            if value is not None and value > (10 if unit == "元" else 0):
                yield _quantity(text, found, value, unit)
    yield from _read_unnamed(text)
    days = [read_number(one[1] or one[2]) or 0 for one in _NTH_DAY.finditer(text)]
    if 1 in days:  # 第二天 alone is the next day
        yield _Quantity("time", max(days) * _DAY, 0, 0, f"{max(days):g}天", "", "", "天")


def _read_unnamed(text: str) -> Iterator[_Quantity]:
    """Tenths (三成) and prices without a unit (9.98万起)."""
    for found in _TENTHS.finditer(text):
        half = {"半": 5.0}.get(found["half"] or "", read_number(found["half"] or "零"))
        value = 10 * (read_number(found["n"]) or 0) + (half or 0)
        yield _quantity(text, found, value, "%")
    for found in _FROM.finditer(text):
        price = read_number(found["n"])
        if price is not None and price >= 10_000 and "万" in found["n"]:
            yield _quantity(text, found, price, "元")


def _is_date(text: str, found: re.Match[str], value: float) -> bool:
    """Whether a number is a year or a day of the month, or no amount at all (两块肉)."""
    unit = found["unit"]
    if unit == "块":
        return text[found.end() : found.end() + 1] in tuple("儿地肉饼")
    return (unit in ("年", "日") and value > 1000) or (
        unit == "日" and text[: found.start()].endswith("月")
    )


def _quantity(text: str, found: re.Match[str], value: float, unit: str) -> _Quantity:
    measure, size = _UNITS[unit]
    start, end = found.start(), found.end()
    before, after = text[max(0, start - 6) : start], text[end : end + 12]
    return _Quantity(measure, value * size, start, end, found[0], before, after, unit)


def _judge(
    one: _Quantity, same: Sequence[_Quantity], title: str, body: str
) -> tuple[State, str, str]:
    if one.value == 0:
        return _judge_free(one, same, body)
    if any(_alike(one.value, other.value) for other in same) or _adds_up(one, same):
        return "kept", "found", one.text
    if one.measure != "time" and one.number >= 10 and one.number in _read_bare(body):
        return "kept", "found", one.text
    if one.measure == "money" and _is_made_up(one, same, body):
        return "kept", "found", one.text
    others = list(dict.fromkeys(other.value for other in same))
    shown = _show_nearest(one, same)
    if one.measure == "time":
        return _judge_time(one, same, len(body))
    if not same:
        return _judge_silence(one, title, body)
    if one.measure == "money":
        return _judge_price(one, others, shown, body)
    if one.measure == "age":
        near = [v for v in others if v >= 15 and abs(v - one.value) <= 10]
        told = one.value >= 15 and len(near) == 1 and len(others) == 1
        return ("broken", "other", shown) if told else ("unsure", "many", shown)
    if one.measure in _STRICT and len(others) <= 4:
        return "broken", "other", shown
    return "unsure", "many", shown


def _judge_price(
    one: _Quantity, others: Sequence[float], shown: str, body: str
) -> tuple[State, str, str]:
    """Where the body has other prices: a limit needs one below it; of many nothing is sure."""
    if _AT_MOST.match(one.after) or _AT_MOST.search(one.before):
        return ("kept", "found", shown) if min(others) <= one.value else ("broken", "other", shown)
    if max(others) < one.value and _REST.search(body):
        return "unsure", "many", shown
    return ("broken", "other", shown) if len(others) <= 3 else ("unsure", "many", shown)


def _judge_silence(one: _Quantity, title: str, body: str) -> tuple[State, str, str]:
    """Where the body has no figure of that measure at all."""
    if one.measure == "money" and _TOLD_MONEY.search(title) and len(body) >= 30:
        return "broken", "absent", ""
    if len(body) >= LONG and one.measure in ("money", "percent"):
        if one.measure == "money":
            claimed = one.value not in _ROUND
        else:
            claimed = not _SAID_OF_MANY.match(one.after) and not _is_change(one.value, body)
        return ("broken", "absent", "") if claimed else ("unsure", "silent", "")
    told = one.measure in ("weight", "percent", "discount") and _RESULT.search(one.before)
    return ("broken", "absent", "") if told and len(body) >= 30 else ("unsure", "silent", "")


def _judge_free(one: _Quantity, same: Sequence[_Quantity], body: str) -> tuple[State, str, str]:
    """Nothing to pay is broken by a body that speaks of prices and of nothing that is free."""
    if _FREE.search(body):
        return "kept", "found", one.text
    if one.measure == "money" and same:
        return "broken", "other", same[0].text
    told = one.measure == "money" and len(body) >= LONG
    return ("broken", "absent", "") if told else ("unsure", "silent", "")


def _is_made_up(one: _Quantity, same: Sequence[_Quantity], body: str) -> bool:
    """Whether prices without a unit add up to the figure, or a bill is shared by so many."""
    loose = [v for found in _LOOSE.findall(body) if (v := read_number(found)) is not None]
    if any(_alike(one.value, total) for total in accumulate(loose)):
        return True
    heads = {read_number(found) for found in _HEADS.findall(body)}
    return any(_alike(one.value * head, other.value) for other in same for head in heads if head)


def _judge_time(one: _Quantity, same: Sequence[_Quantity], size: int) -> tuple[State, str, str]:
    """A time in which something is done is broken by a longer one; others by the same thing's time."""
    if _QUICK.match(one.after):
        longer = [
            other
            for other in same
            if other.value > 1.5 * one.value
            and not _KEEPS.search(other.before[-3:] + other.after[:2])
        ]
        if longer:
            return "broken", "longer", longer[0].text
        silent = size >= LONG and not same
        return ("broken", "absent", "") if silent else ("unsure", "silent", "")
    twins = [
        other
        for other in same
        if other.unit == one.unit
        and (
            (one.before[-2:].isalpha() and one.before[-2:] == other.before[-2:])
            or (one.after[:2].isalpha() and one.after[:2] == other.after[:2])
        )
    ]
    return ("broken", "other", twins[0].text) if twins else ("unsure", "silent", "")


def _show_nearest(one: _Quantity, same: Sequence[_Quantity]) -> str:
    """The figure of the body that stands in the like words, else the last one."""
    for width in (2, 1):
        for other in same:
            if one.before[-width:] and one.before[-width:] == other.before[-width:]:
                return other.text
    return same[-1].text if same else ""


def _is_change(percent: float, body: str) -> bool:
    """Whether two numbers of the text lie so many percent apart: 十块 to 十三."""
    numbers = sorted(value for value in _read_bare(body) if value >= 2)[:40]
    return any(abs(100 * abs(b - a) / a - percent) < 1 for a in numbers for b in numbers if a != b)


def _read_bare(body: str) -> frozenset[float]:
    """All numbers of a text, whatever they count."""
    return frozenset(
        value for one in _BARE.findall(body) if (value := read_number(one)) is not None
    )


def _alike(first: float, second: float) -> bool:
    return abs(first - second) <= _NEAR * max(first, second)


def _adds_up(one: _Quantity, same: Sequence[_Quantity]) -> bool:
    values = [other.value for other in same]
    if one.measure in _SUMMED and any(_alike(one.value, total) for total in accumulate(values)):
        return True
    if one.measure == "time":  # only what is counted in the same unit
        return _alike(one.value, sum(o.value for o in same if o.unit == one.unit))
    if one.measure == "percent" and any(_alike(one.value, 100 - value) for value in values):
        return True  # 亏了三成: 只剩七成
    ends = values[:6]
    return any(_alike(one.value, abs(a - b)) for a in ends for b in ends)
