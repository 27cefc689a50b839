"""What a title is about: its noun phrases, and the one of them that the body speaks of most."""

import re
from collections.abc import Sequence

from copyassist.desk.rewriting.kit import load_kit
from copyassist.desk.rewriting.pieces import split_clauses
from copyassist.text import tag_words


def find_topic(title: str, words: Sequence[str], body: str) -> str:
    """The noun phrase that the title is about: the one that the body speaks of most.

    A short word that the body hardly uses is none, nor are readers: 月薪, 上班族.
    """
    phrases = [one for one in _find_phrases(title) if not _is_somebody(one)]
    spoken = [one for one in phrases if _is_spoken_of(one, body)]
    known = spoken or [one for one in phrases if len(one) > 2 or _opens(one, title, body)]
    if not known:
        return ""
    return max(known, key=lambda one: (_weigh_phrase(one, words, body), -title.find(one)))


_SOMEBODY = re.compile(
    r"(?:师|员|者|医生|主任|教授|专家|网友|大爷|大妈|男子|女子|阿姨|老人|女孩|男孩|妈妈|爸爸|老公|老婆|儿子|女儿|孩子|记者|博主|老板|大学生|学生|家长)$"
)


def _is_somebody(phrase: str) -> bool:
    return phrase in load_kit().audiences or _SOMEBODY.search(phrase) is not None


def _opens(phrase: str, title: str, body: str) -> bool:
    """Whether a short phrase begins the title, is no measure of something, and stands in the body."""
    after = title[len(phrase) : len(phrase) + 1]
    return (
        title.startswith(phrase)
        and phrase in body
        and re.match(r"[\d一二三四五六七八九十]", after) is None
    )


def _is_spoken_of(phrase: str, body: str) -> bool:
    tags = tag_words(phrase)
    parts = [word for word, _ in tags if len(word) > 1] or [phrase]
    often = max(body.count(part) for part in parts)
    place = len(tags) == 1 and tags[0][1] in ("ns", "eng", "nz", "nt")
    return often >= (3 if len(phrase) < 3 and not place else 1)


def _weigh_phrase(phrase: str, words: Sequence[str], body: str) -> float:
    parts = [word for word, _ in tag_words(phrase) if len(word) > 1] or [phrase]
    often = sum(min(body.count(part), 4) for part in parts) / len(parts)
    known = 2.0 * (phrase in body) + 1.0 * any(word in phrase for word in words[:2])
    return often + known + 0.5 * min(len(phrase), 6)


GENERAL = frozenset(
    [
        "变化",
        "生活",
        "时间",
        "地方",
        "样子",
        "方法",
        "办法",
        "技巧",
        "块钱",
        "小时",
        "全家",
        "学会",
        "一家",
        "细节",
        "时候",
        "东西",
        "事情",
        "问题",
        "原因",
        "建议",
        "攻略",
        "指南",
        "教程",
        "清单",
        "秘密",
        "真相",
        "标准",
        "步骤",
        "误区",
        "习惯",
        "理由",
        "故事",
        "经历",
        "感受",
        "推荐",
        "分享",
        "合集",
        "盘点",
        "一家",
        "小时",
        "分钟",
        "今天",
        "昨天",
        "明天",
        "今年",
        "去年",
        "人",
        "年",
        "月",
        "天",
        "人少",
        "大家",
        "医生",
        "专家",
        "记者",
        "网友",
        "家长",
        "全部",
        "这个",
        "那个",
        "姐妹",
        "朋友",
        "男子",
        "女子",
    ]
)


def _find_phrases(title: str) -> list[str]:
    found: list[str] = []
    for clause in split_clauses(title):
        run: list[tuple[str, str]] = []
        tags = [*tag_words(clause.text), ("", "")]
        for place, (word, tag) in enumerate(tags):
            following = tags[place + 1] if place + 1 < len(tags) else ("", "")
            if _is_nominal(word, tag) or _is_deed(word, tag, following, bool(run)):
                run.append((word, tag))
                continue
            if run and len(word) == 1 and tag in ("a", "v") and following == ("", ""):
                run.append((word, "n"))  # 跑步膝盖疼
            elif run and tag in ("m", "t") and _is_nominal(*following) and run[-1][1] != "m":
                run.append((word, tag))  # 上班族一周便当
                continue
            elif run and word in _THIS and run[-1][1] in ("ns", "nrt", "nsf"):
                continue  # 达拉斯这家医美
            found += _close_run(run)
            run = [(word, tag)] if tag == "t" and len(word) == 2 else []  # 冬天血压
    return list(dict.fromkeys(found))


_THIS = ("这家", "这个", "那家", "一家", "这座", "这条", "这几家")
_ACHIEVED = "完到下出上成掉好起着了过住"


def _is_deed(word: str, tag: str, following: tuple[str, str], inside: bool) -> bool:
    """Whether a verb of two signs is a part of a name of something: 手机充电, 新手养猫, 租房避坑."""
    if len(word) != 2 or tag != "v" or word[-1] in _ACHIEVED or word[0] in "是有没不想要会能":
        return False
    ends = following[1] in ("d", "a", "zg", "x", "r", "c", "") or following[0] in (
        "的",
        "前",
        "后",
        "时",
    )
    return ends and (inside or following[0] in ("前", "后", "时", "") or following[1] in ("x", ""))


def _is_nominal(word: str, tag: str) -> bool:
    names = (
        tag[:1] in "nj"
        or tag in ("vn", "eng", "b", "an", "l")
        or word in ("便当", "团购", "私教", "车", "拿铁")
    )
    return bool(word) and bool(tag) and names and word not in ("人", "年", "月", "日", "天")


def _close_run(run: Sequence[tuple[str, str]]) -> list[str]:
    words = list(run)
    while words and (words[-1][0] in GENERAL or words[-1][1] in ("m", "t")):
        words.pop()
    if words and len(words) == 1 and words[0][1] in ("t", "v") and words[0][0] in GENERAL:
        return []
    if not words or words[-1][1] in ("b", "an"):
        return []
    latin = all(word.isascii() for word, _ in words)
    text = (" " if latin else "").join(word for word, _ in words)
    if len(text) < 2 or text in GENERAL or len(text) > 10:
        return []
    return [text]
