"""What a new title must not do: say a number or a name that stands nowhere, or turn the meaning.

`find_foreign` is the fact guard, `loses_meaning` the meaning guard. Both are strict: a good title too
many is dropped rather than a wrong one shown.
"""

import re
from collections.abc import Iterator
from functools import cache

from copyassist.desk.rewriting.kinds import LONGEST, label_title
from copyassist.resources import find_asset
from copyassist.text import normalize, tag_words

_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_HAN_NUMBER = "零〇一二三四五六七八九十百千万亿两半"
_MEASURES = (
    "个月|小时|分钟|公斤|公里|平米|平方米|厘米|毫米|毫升|万元|亿元|块钱|百分点|[个种招步点条款件本部家道类项句处座首组套样张"
    "份幅篇则味问天周年月日号岁倍人名位口间页章集成折分秒次趟遍轮碗杯瓶盒只头棵颗片层元块斤度米平斤克升章课期代级届届关字声门]"
)
_NUMBER = re.compile(
    rf"(?P<value>\d[\d,]*(?:\.\d+)?|[{_HAN_NUMBER}]+)\s?(?P<power>[万亿千百wk])?\s?(?P<unit>%|‰|{_MEASURES}|[a-z]+|[\u4e00-\u9fff])?"
)
_LATIN = re.compile(r"[a-z][a-z0-9+#.\-]*")
_NEGATIONS = "不没无未别勿非莫"
_CANNOT = re.compile(r"(?P<verb>[\u4e00-\u9fff])不(?P<rest>[下了到住上起完掉出开动好着清懂会])")
_WARNINGS = frozenset({"warning"})
_HEDGES = (
    "可能",
    "或将",
    "或许",
    "疑似",
    "网传",
    "据说",
    "传闻",
    "有望",
    "拟",
    "大约",
    "约",
    "近",
    "超",
    "不到",
    "至少",
    "最多",
    "未必",
    "不一定",
)


def find_foreign(title: str, source: str) -> list[str]:
    """The numbers and words of a title that stand neither in the source nor in everyday speech."""
    new, old = normalize(title)[0], normalize(source)[0]
    numbers = set(_read_numbers(old))
    values = {value for value, _ in numbers}
    foreign = [
        text
        for text, value, unit in _find_numbers(new)
        if not _is_known(value, unit, numbers, values) and not _stands(text, old)
    ]
    foreign += [word for word in _LATIN.findall(new) if not _stands_latin(word, old)]
    plain = load_plain_words()
    for word in _find_words(new):
        if word not in old and word not in plain:
            foreign.append(word)
    return list(dict.fromkeys(foreign))


def _find_words(norm: str) -> Iterator[str]:
    """Words of hanzi, and the runs of single ones that no dictionary knows: they may be a name."""
    for run in re.findall("[\u3400-\u9fff]+", re.sub(_NUMBER_TEXT, " ", norm)):
        yield from (word for word, _ in tag_words(run))


_NUMBER_TEXT = rf"\d[\d,.]*[{_HAN_NUMBER}]*(?:{_MEASURES})?|[{_HAN_NUMBER}]+(?:{_MEASURES})"


def _is_known(value: float, unit: str, numbers: set[tuple[float, str]], values: set[float]) -> bool:
    if (value, unit) in numbers:
        return True
    # A number without a measure may stand for the same number with one, not the other way round.
    return not unit and value in values


def _stands(text: str, source: str) -> bool:
    """Whether the number stands in the source as it is, not inside a longer one."""
    edge = rf"(?<![\d.{_HAN_NUMBER}]){re.escape(text)}(?![\d{_HAN_NUMBER}])"
    return re.search(edge, source) is not None


def _stands_latin(word: str, source: str) -> bool:
    return re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", source) is not None


def _read_numbers(norm: str) -> Iterator[tuple[float, str]]:
    return ((value, unit) for _, value, unit in _find_numbers(norm))


def _find_numbers(norm: str) -> Iterator[tuple[str, float, str]]:
    """Each number as it stands, its value, its measure. A lone 一 or a word like 千万 is none."""
    for found in _NUMBER.finditer(norm):
        text, power, unit = found["value"], found["power"] or "", found["unit"] or ""
        han = not text[0].isdigit()
        if han and not unit and len(text) < 2:
            continue
        if (
            han
            and text in ("一", "半", "万", "千", "百", "千万", "万一", "一一", "百万")
            and not _is_exact(unit)
        ):
            continue
        value = _read_value(text)
        if value is None:
            continue
        if power:
            value *= {"万": 1e4, "亿": 1e8, "千": 1e3, "百": 1e2, "w": 1e4, "k": 1e3}[power]
        yield found[0].strip(), value, _fold_unit(unit)


def _is_exact(unit: str) -> bool:
    return unit in (
        "个月",
        "小时",
        "分钟",
        "周",
        "年",
        "斤",
        "公斤",
        "万元",
        "块钱",
        "岁",
        "倍",
        "成",
        "折",
        "亿元",
    )


def _fold_unit(unit: str) -> str:
    return {"块钱": "元", "块": "元", "万元": "元", "平米": "平", "㎡": "平"}.get(unit, unit)


def _read_value(text: str) -> float | None:
    if text[0].isdigit():
        try:
            return float(text.replace(",", ""))
        except ValueError:
            return None
    if text == "半":
        return 0.5
    if not any(sign in _UNITS for sign in text):
        digits = [str(_DIGITS[sign]) for sign in text if sign in _DIGITS]
        return float("".join(digits)) if digits else None
    total = section = number = 0.0
    for sign in text:
        if sign in _DIGITS:
            number = _DIGITS[sign]
        elif sign in _UNITS:
            unit = _UNITS[sign]
            if unit >= 10_000:
                total += (section + number or 1) * unit
                section = number = 0.0
            else:
                section += (number or 1) * unit
                number = 0.0
    return total + section + number


@cache
def load_plain_words() -> frozenset[str]:
    """Words that are no names and say nothing of their own: a title may use them unasked."""
    lines = find_asset("lexicons", "plain_words.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if line[:1] != "#" for word in line.split())


# --- meaning ---------------------------------------------------------------------------------------


def loses_meaning(title: str, new: str, source: str = "") -> str:
    """Why a new title says something else: "warning", "negation", "hedge"; "" where it does not.

    `source` is title and body: a statement of the body may stand as it stands there.
    """
    if max(len(title), len(new)) > LONGEST:
        return ""
    old, changed = normalize(title)[0], normalize(new)[0]
    if _WARNINGS & set(label_title(title)) and not _WARNINGS & set(label_title(new)):
        return "warning"
    if _loses_negation(old, changed):
        return "negation"
    if _loses_negation(changed, _without(normalize(source)[0] or old, changed)):
        return "negation"
    return "hedge" if _loses_hedge(old, changed) else ""


def _without(source: str, changed: str) -> str:
    return source if source else changed


def _loses_negation(old: str, new: str) -> bool:
    """Whether what is denied in the old title stands in the new one without its denial."""
    for found in _CANNOT.finditer(old):  # 存不下 -> 存
        if found["verb"] in new and found[0] not in new:
            return True
    for at, sign in enumerate(old):
        if sign not in _NEGATIONS or _is_part_of_word(old, at):
            continue
        denied = re.match("[\u4e00-\u9fff]{1,2}", old[at + 1 :])
        if denied is None:
            continue
        word = denied[0]
        for piece in (word, word[:1]):
            place = new.find(piece)
            if place < 0 or (len(piece) == 1 and piece in "是会能要用了有得的到"):
                continue
            if not _is_denied(new, piece):
                return True
            break
    return False


def _is_denied(text: str, piece: str) -> bool:
    """Whether the piece is denied wherever it stands."""
    places = [found.start() for found in re.finditer(re.escape(piece), text)]
    return any(
        any(sign in _NEGATIONS for sign in text[max(0, place - 2) : place]) for place in places
    )


_WORDS_WITH_NEGATION = re.compile(
    "特别|级别|性别|识别|区别|告别|分别|鉴别|差别|类别|个别|离别|别墅|别人|不同|不错|不仅|不但|不过|不断|不少|不久|不管|不论|无论|"
    "没想到|不可思议|无数|无穷|非常|除非|莫非|未来|未必|无线|无人机|无印|要不要|是不是|能不能|会不会|好不好|有没有|该不该|值不值|了不起|不得不|"
    "差不多|来不及|对不起|忍不住|不如|不妨|不愧|无糖|无敌|无限|不时|不知不觉|从不|毫不|不只|不止|非遗|非洲|莫名"
)


def _is_part_of_word(text: str, at: int) -> bool:
    around = text[max(0, at - 2) : at + 4]
    offset = at - max(0, at - 2)
    return any(
        found.start() <= offset < found.end() for found in _WORDS_WITH_NEGATION.finditer(around)
    )


def _loses_hedge(old: str, new: str) -> bool:
    """Whether a guess became a fact: 网传 or 或将 is gone while what it is about stays."""
    for hedge in _HEDGES:
        at = old.find(hedge)
        if at < 0 or hedge in new:
            continue
        about = re.match("[\u4e00-\u9fff0-9]{2}", old[at + len(hedge) :])
        if about is not None and about[0] in new:
            return True
    return False
