"""How hot something is, as sites and people write it: a figure only where the text is one.

A number in a text is not yet a figure: 第24集, 小面2024 and 3小时前 say nothing of heat. A figure is
a number alone, or one that says what it counts: 12.3万观看, 剧集 123, ✰ 12k.
"""

import re
import unicodedata

from copyassist.reading.numbers import SCALE, parse_number

_LONGEST = 60  # characters of one figure
_LONGEST_TEXT = 300
KINDS = "剧集|电视剧|综艺|电影|演出|盛典|音乐|晚会|动漫|游戏|直播|体育|赛事|节目"
"""What Weibo writes before the heat of a row that is no news."""
_WORDS = (
    "热度|观看|播放|浏览|阅读|讨论|点赞|赞同|获赞|赞|评论|回复|回答|转发|分享|收藏|关注|围观|搜索"
    "|指数|人气|参与|想看|看过|看|追|订阅|下载|喜欢|推荐|弹幕|热议|亮"
    "|points?|views?|likes?|votes?|comments?|stars?|search(?:es)?|upvotes?|plays?|reads?|replies"
)
_ABOUT = r"(?:约|近|超过?|逾|突破|累计|共|[>≥~≈])\s*"
_SIGN = r"[\u2190-\u2bff\ufe0f\U0001f300-\U0001faff]{1,3}"
FIGURE = (
    rf"(?:(?P<kind>(?:{KINDS}|(?:{_WORDS})[量数值]?)\s*:?|{_SIGN})\s*)?(?:{_ABOUT})?"
    rf"(?P<number>(?P<digits>\d[\d,]*(?:\.\d+)?)\s*(?P<scale>{SCALE})?\s*[+多余]?)"
    rf"(?P<after>\s*(?:领域|人?次|[人位条个])?\s*(?:正?在|已)?\s*(?P<word>{_WORDS})[量数值中]?"
    r"|\s*(?:人?次|人))?"
)
"""A pattern of one figure, for lower-case half-width text."""
_WHOLE = re.compile(FIGURE)
# A comma between digits belongs to the number.
_BETWEEN = re.compile(r"\s*(?:[·•・|｜/;；，、]|(?<!\d),|,(?!\d))\s*")


def find_heat(text: str) -> float | None:
    """The figure that a text is, or the first of its parts that is one; None without any.

    Of several parts only those count that say what they count, or that carry a unit.
    """
    text = text[:_LONGEST_TEXT].strip()
    whole = _WHOLE.fullmatch(fold_figure(text))
    if whole is not None:
        return read_figure(whole)
    for parts in (_BETWEEN.split(text), text.split()):
        figures = [_WHOLE.fullmatch(fold_figure(part)) for part in parts]
        for said in ("kind", "after", "scale"):
            found = next((one for one in figures if one and one[said]), None)
            if found is not None:
                return read_figure(found)
    return None


def fold_figure(text: str) -> str:
    """The text as FIGURE expects it, "" for one that is longer than any figure."""
    return unicodedata.normalize("NFKC", text).lower() if len(text) <= _LONGEST else ""


def read_figure(found: re.Match[str]) -> float | None:
    """The number of a figure in single units, None for one beyond all measure."""
    try:
        return round(parse_number(found["number"]).value, 2)
    except ValueError:
        return None
