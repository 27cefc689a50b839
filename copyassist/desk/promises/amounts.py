"""Large counts of a title (粉丝破200万, 8000步) and its pictures (9张图) against the body."""

import re
from collections.abc import Iterator

from copyassist.desk.promises.lists import Lists
from copyassist.desk.promises.numerals import HAN, NUMBER, read_number
from copyassist.desk.promises.result import LONG, Promise
from copyassist.once import Once

_COUNTED = "步|人|粉|亩|次|户|名|位|辆|台|单|份|杯|场|所|座|吨|册|斤|头|棵|盏|双|箱|桌|件"
_MEASURED = "粉丝|播放|阅读|销量|点赞|围观|浏览|票房|观看|下载|用户|会员|订单|营收|流量|收藏|转发"
_N = rf"(?P<n>\d+(?:\.\d+)?[十百千万亿w]*|[{HAN}]{{2,}})"
_AMOUNTS = (
    re.compile(rf"(?<![\d.a-z第前/\-{HAN}])(?<!\d:)(?P<about>[超近破过逾约])?{_N}\s?[余多来]?(?P<what>{_COUNTED})(?![\d/])"),
    re.compile(
        rf"(?P<what>{_MEASURED})[量数]?(?P<about>突破|破|超过?|过|近|达到?|涨到|高达|逼近|冲到|只有)?{_N}(?![\d.%折])"
    ),
)  # fmt: skip
_LEAST = 100  # with less it is a count of things, or said in passing
# Ways to say many, and numbers that are names.
_SAYINGS = frozenset((100, 110, 119, 120, 211, 315, 500, 618, 985, 996, 1000, 10_000, 12345, 10**8))
_VAGUE = re.compile("[数几上近][十百千万亿]*[百千万亿]|成[千百]上[万千]|无数")
_BARE = re.compile(NUMBER)
_PICTURES = re.compile(r"(?<![\d第])(?P<n>\d{1,2}|[二两三四五六七八九十]{1,2})张图")
_SHOWN = re.compile(r"!\[|<img|图|照片|插画|海报")


def find_amounts(title: str, body: str) -> Iterator[Promise]:
    """The large counts of a normalised title of which the body says nothing, or another number."""
    for pattern in _AMOUNTS:
        for found in pattern.finditer(title):
            value = read_number(found["n"])
            if value is None or value < _LEAST or value in _SAYINGS:
                continue
            start, end, text = found.start("n"), found.end(), found[0]
            if any(_is_near(value, other, found["about"]) for other in _read(body)):
                yield Promise("number", "kept", start, end, text, "found", text, text)
            elif len(body) < LONG or _VAGUE.search(body):
                yield Promise("number", "unsure", start, end, text, "silent", text)
            else:
                other = _find_twin(found["what"], body)
                reason = "other" if other else "absent"
                yield Promise("number", "broken", start, end, text, reason, text, other)


def find_pictures(title: str, body: str, lists: Once[Lists]) -> Iterator[Promise]:
    """Pictures that the title counts: something of the body must be one, or speak of them."""
    if not (found := _PICTURES.search(title)):
        return
    wanted = int(read_number(found["n"]) or 0)
    kept = _SHOWN.search(body) is not None or lists.get().most >= wanted
    state, reason = ("kept", "found") if kept else ("broken", "absent")
    yield Promise("count", state, *found.span(), found[0], reason, str(wanted))  # type: ignore[arg-type]


def _read(body: str) -> Iterator[float]:
    for one in _BARE.findall(body):
        if (value := read_number(one)) is not None:
            yield value


def _is_near(wanted: float, given: float, about: str | None) -> bool:
    """Whether a number is the same when rounded, or passes what was said to be passed."""
    return (0.9 if about else 0.95) <= given / wanted <= (1.35 if about else 1.1)


def _find_twin(what: str, body: str) -> str:
    """The number of the body that counts the same thing, if it is a large one too."""
    for found in re.finditer(
        rf"({NUMBER})\s?[余多来]?(?:个)?{what}|{what}[^,。;]{{0,4}}?({NUMBER})", body
    ):
        value = read_number(found[1] or found[2])
        if value is not None and value >= _LEAST:
            return found[0]
    return ""
