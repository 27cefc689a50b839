"""Who and what a title calls by name (周怀瑾教授, 某某面馆, a brand that answers) and its body never does."""

import re
from collections.abc import Iterator
from itertools import pairwise

from copyassist.desk.promises.result import LONG, Promise
from copyassist.text import find_names, tag_words

_ROLE = "教授|医生|大夫|主任|院士|博士|导演|教练|律师|校长|老师"
_WINS = "夺冠|摘金|夺金|摘银|登顶|获奖|折桂|落选|封王|封后|卫冕"
_LED = re.compile(r"(?:花落|得主|冠军|影帝|影后|专访|对话|采访|揭晓:|送奶工|导演|作家|歌手|教授)$")
_AFTER = re.compile(rf"(?:{_ROLE}|{_WINS})")
_BEFORE_ROLE = re.compile(rf"(?P<name>[\u4e00-\u9fff]{{3}})(?:{_ROLE})")
# The dictionary takes these for names of people.
_NO_NAMES = frozenset(
    ("马拉松", "宝藏", "安静", "高级", "温柔", "师傅", "阳光", "幸福", "小众", "平安")
)
_SHOP = re.compile(
    "小馆|面馆|餐厅|食堂|书店|书屋|茶馆|茶室|咖啡馆|咖啡|酒馆|酒吧|民宿|客栈|小院|工坊|火锅|烧烤|饭店|菜馆|饺子馆|小吃店"
)
_SPEAKS = re.compile(
    r"^(?P<name>[a-z\u4e00-\u9fff]{2,6}?)(?:再次|首次|紧急|正式|最新|深夜|凌晨|公开)?(?:回应|致歉|道歉|官宣|召回|辟谣|否认)"
)
# 官方, 店家, 警方, 网友 … are no names; the text may call them otherwise.
_ANYBODY = re.compile(
    "(?:[方院校店局委部人子家门区台司地者友生师员客府会所厂组团学网市县省村镇馆园场站星们妈爸他她我你孩主]|当事|老板|专家|男孩|女孩|明星|嘉宾|品牌|平台|公司|企业|机构|物业|景区|客服|海关|银行|航司|公安)$"
)
_HAN_NAME = re.compile("[\u4e00-\u9fff]{2,4}")


def find_called(title: str, body: str) -> Iterator[Promise]:
    """The names of a normalised title of which a body that is long enough says nothing."""
    if len(body) < LONG:
        return
    yield from _find_people(title, body)
    yield from _find_shops(title, body)
    if (found := _SPEAKS.match(title)) and not _ANYBODY.search(found["name"]):
        yield from _miss(found["name"], found.start("name"), body)


def _find_people(title: str, body: str) -> Iterator[Promise]:
    names = {name for name, kind in find_names(title) if kind == "person" and len(name) == 3}
    for found in _BEFORE_ROLE.finditer(title):
        if [
            one for one in tag_words(found["name"]) if one[1].startswith("nr") and len(one[0]) == 3
        ]:
            names.add(found["name"])
    for name in sorted(names - _NO_NAMES):
        start = title.find(name)
        if _LED.search(title[:start]) or _AFTER.match(title, start + len(name)):
            yield from _miss(name, start, body)


def _find_shops(title: str, body: str) -> Iterator[Promise]:
    if _SHOP.search(title) is None:
        return
    place = 0
    words = list(tag_words(title))
    for (word, tag), (after, _) in pairwise(words):
        place = max(title.find(word, place), 0)
        named = tag in ("nr", "nz", "nrt") and _HAN_NAME.fullmatch(word) and word not in _NO_NAMES
        if named and _SHOP.match(after):
            yield from _miss(word, place, body, after)


def _miss(name: str, start: int, body: str, more: str = "") -> Iterator[Promise]:
    """A promise that is broken, unless two letters of the name, or its surname, stand in the text."""
    parts = {name[i : i + 2] for i in range(len(name) - 1)}
    hinted = re.search(rf"[小老阿]{name[0]}|{name[0]}(?:某|先生|女士|哥|姐|{_ROLE})", body)
    kept = hinted is not None or any(part in body for part in parts)
    state, reason = ("kept", "found") if kept else ("broken", "absent")
    text = name + more
    yield Promise("name", state, start, start + len(text), text, reason, text)  # type: ignore[arg-type]
