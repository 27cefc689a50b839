"""Whether a text decides what its title asks: 该不该, 能…吗, 哪种更…."""

import re
from collections.abc import Iterator

_SAID = re.compile(
    "结论|答案|建议|推荐|值得|不值|没必要|有必要|没有必要|划算|谣言|属实|不属实|靠谱|不必|后悔|我选|总之|"
    "我的看法|是真的|是假的|够用|适合|应该|不该|千万别|别再|必须"
)
_MODAL = re.compile(
    "不可以|(?<!不)可以|不能|不会|(?<!可)(?<!不)能(?![量源力])|(?<!不)会(?![员议儿])|并非|并不|不应该|应该|应当|需要|不用|不该|要(?!是)|别|得|最好|其实|可(?![能爱])"
)
_BRIEF = re.compile(
    r"(?:大多数|多数|一般|通常|当然|完全|其实|答案是|都)?(?:不|很)?(?:需要|可以|能|会|用|必|行|是|应该|好|有|没有|要|算|可能)(?:的|吗)?"
)
_CLAUSES = re.compile(r"[,。!?;\n]")
_ACTION = re.compile(
    r"(?:值不值得?|能不能|要不要|好不好|该不该|会不会|是不是|可不可以?|有没有|行不行|需不需要?|能|会|要|需要|可以|该|应该)"
    r"(?P<what>[^,。!?:]{1,12}?)(?:吗|呢|[,。!?:]|$)"
)
_COMPARED = re.compile(r"(?:更|最|比较)(?P<what>[\u4e00-\u9fffa-z]{1,4})")
_WEAK = frozenset("的了吗呢不要能会可以该是有没用过一个这那我你他到得")
_CHOSEN = re.compile(
    "结论|答案|推荐|首选|建议|我选|选它|选择|胜|赢|完败|总之|优先|更好|不如|完胜|划算|差别不大|都一样|没区别|没有区别"
)


def is_decided(title: str, body: str) -> bool:
    """Whether the body says yes or no to a question of a normalised title, or what it depends on."""
    if _SAID.search(body):
        return True
    action = _ACTION.search(title)
    wanted = set(action["what"]) - _WEAK if action else set()
    for clause in _split(body):
        if _BRIEF.fullmatch(clause):
            return True
        if _MODAL.search(clause) and (not wanted or wanted & set(clause)):
            return True
    return False


def is_compared(title: str, body: str) -> bool:
    """Whether a question for the better one of some has its answer; True where it is none."""
    if not (found := _COMPARED.search(title)):
        return True
    if _CHOSEN.search(body):
        return True
    rest = title[: found.start("what")] + title[found.end("what") :]
    what = set(found["what"]) - _WEAK - set(rest)
    return any(
        re.search("更|最|比|还是|不如|多|少", one) and what & set(one) for one in _split(body)
    )


def _split(body: str) -> Iterator[str]:
    for clause in _CLAUSES.split(body):
        if text := clause.strip():
            yield text
