"""Lists in a text, in all usual forms, and how many items each has.

Hard forms (numbers, ordinals, headings, bullets) say how many things there are: a body with one of
them can be held against a count. Soft forms (paragraphs, 、, first this then that) only excuse.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from copyassist.desk.promises.numerals import read_number

_N = r"\d{1,3}|[一二两三四五六七八九十]{1,3}|[壹贰叁肆伍陆柒捌玖拾]"
_CAPITALS = str.maketrans("壹贰叁肆伍陆柒捌玖拾", "一二三四五六七八九十")
_ENDS = "。！？；!?;…"
_BREAK = rf"(?:^|(?<=[\n\s{_ENDS}，,：:、]))"
_NOUNS = (
    "方法|技巧|步骤|误区|建议|理由|原因|习惯|招式|招|秘诀|要点|细节|问题|信号|坑|穿搭|公式|路线|案例|"
    "套路|真相|错误|变化|动作|经验|教训|法则|关键|阶段|场景|选择|观点|亮点|推荐|清单|站|店铺|类型|练习|"
    "提示|知识点|雷区|陷阱|题|条|款|道菜|菜谱|早餐|话|句|搭配|模板|玩法|攻略|地点|景点|情况|征兆|表现|玄机"
)
_CLASSIFIERS = "步|招|个|点|条|家|款|站|类|种|件|道|本|部|句|课|关|问|坑|大|项|篇|章|节|处|首|样|式|法|计|味|套|位|只|间|双|支|瓶|则|例|份|张|座|处|封|层"
_PATTERNS: dict[str, re.Pattern[str]] = {
    "digits": re.compile(
        r"(?<![\d.\-/:：年月])(\d{1,3})\s?(?:[.．](?!\d)|[、)）】\]]|\ufe0f?\u20e3)"
    ),
    "spaced": re.compile(r"(?m)^\s*(0?\d{1,2})(?:\s+|\s*[:：|｜/,，\-—]\s*)(?=[^\d\s])"),
    "han": re.compile(
        rf"{_BREAK}[（(【]?((?:十[一二三四五六七八九]?|[一二三四五六七八九壹贰叁肆伍陆柒捌玖]))"
        r"(?:[)）】]|[、.．:：](?![一二三四五六七八九十][、，,和线]))"
    ),
    "ordinals": re.compile(
        rf"第\s?({_N})\s?(?:(?:{_CLASSIFIERS})(?:{_NOUNS}|[^\s，,。：:]{{0,6}}?(?=[，,：:、是]))?|(?=[，,：:、.。\s是]))"
    ),
    "named": re.compile(
        rf"(?i){_BREAK}[#*【\s]*(?:{_NOUNS}|step|tips?|no|top|part|p|day|round|vol)\s?[.。#]?\s?({_N})(?![\d天日月年个])"
    ),
    "one_is": re.compile(rf"{_BREAK}([一二三四五六七八九十])(?:是|来|则|者)(?=\S)"),
    "among": re.compile(rf"{_BREAK}其([一二三四五六七八九十])(?=[，,：:、是\s])"),
    "letters": re.compile(r"(?m)^\s*[（(]?([a-hA-H])(?:[.．、)）](?!\w))"),
}
_CIRCLED = re.compile(
    "[\u2460-\u2473\u2474-\u2487\u2776-\u277f\u2780-\u2793\u24f5-\u24fe\u3220-\u3229\u3280-\u3289]|[\U0001f51f]"
)
_KEYCAP = re.compile("([0-9])\ufe0f?\u20e3")
_FIRSTLY = re.compile(
    rf"{_BREAK}(首先|第一|其次|再次|再者|再来|然后|接着|接下来|随后|另外|此外|还有|除此之外|而后|最后|末了)"
)
_KINDS = re.compile(
    rf"{_BREAK}(一种是|另一种|还有一种|第三种|一类是|另一类|还有一类|最后一种|一个是|另一个|还有一个|最后一个|"
    r"一方面|另一方面|一家是|另一家|还有一家|一本是|另一本|还有一本|先说|再说|最后说|然后是)"
)
_STEPS = re.compile(rf"{_BREAK}(先|再|然后|接着|最后|之后|等)")
# 先看健康度。 … 再看跳电。 at the beginning of paragraphs
_THEN = re.compile(r"(?m)^\s*(先|再|接着|然后|最后|还要|还得|另外)([看查问说讲学])(?![着到])")
_BULLET = re.compile(
    "^\\s*([-*+•·▪◆◇●○■□★☆➤▶►√☑✓✔✅→➜➔❤♥▼▲※>»~✨⭐\U0001f000-\U0001faff\u2600-\u27bf])\ufe0f?(?![\u20e3])\\s*(?=\\S)"
)
_HEADING = re.compile(
    r"^\s*(?:#{1,6}\s+\S|【[^】]{1,24}】|\*\*[^*]{1,30}\*\*|「[^」]{1,20}」\s*$|〖[^〗]+〗|▍|◎|〔)"
)
_LABEL = re.compile(r"^\s*[^\s:：，。,!?！？]{1,14}[:：]\s*\S")
_TAGS = re.compile(r"^\s*(?:[#＃]\S+\s*)+$")
_WORKS = re.compile(r"《([^》]{1,40})》")
_LISTED = re.compile(
    r"[^、，。！？；：:\s]{1,14}(?:、[^、，。！？；：:\s]{1,14})+(?:[和与及跟][^、，。！？；：:\s]{1,10})?"
)
MOST = 20_000  # characters of a body that are looked at


@dataclass(frozen=True, slots=True)
class Lists:
    """What of a text can be counted. `hard` are sizes of plain lists, `soft` of what may be one."""

    hard: tuple[int, ...]
    soft: tuple[int, ...]
    works: int
    paragraphs: int
    sentences: int

    @property
    def most(self) -> int:
        """The longest plain list; 0 where there is none."""
        return max(self.hard, default=0)


def find_lists(raw: str) -> Lists:
    """The lists of a body, as the writer typed it."""
    text = raw[:MOST]
    lines = [line for line in text.splitlines() if line.strip() and not _TAGS.match(line)]
    numbered = list(_find_numbered(text))
    marked = list(_find_marked(lines))
    hard = [size for size in (*numbered, *marked) if size >= 2]
    if not hard:
        hard = [size for size in _find_titled(lines) if size >= 3]
    return Lists(
        hard=tuple(hard),
        soft=tuple(_find_soft(text, lines)),
        works=len(set(_WORKS.findall(text))),
        paragraphs=len(lines),
        sentences=sum(1 for part in re.split(rf"[{_ENDS}\n]+", text) if part.strip()),
    )


def _find_numbered(text: str) -> Iterator[int]:
    """Sizes of lists whose items carry numbers, of each form by itself."""
    text = text.translate(_CAPITALS)
    for name, pattern in _PATTERNS.items():
        found = (one[1] for one in pattern.finditer(text))
        if name == "letters":
            values = [ord(one.lower()) - 96 for one in found]
        else:
            values = [int(value) for one in found if (value := read_number(one)) is not None]
        yield from _run(values)
    yield from _run([int(unicodedata.numeric(one, 10)) for one in _CIRCLED.findall(text)])
    yield from _run([int(one) for one in _KEYCAP.findall(text)])
    firstly = [one[1] for one in _FIRSTLY.finditer(text)]
    if (
        any(one in ("首先", "第一") for one in firstly)
        and len(set(firstly)) > 1
        and "首先" in firstly
    ):
        yield len(firstly)
    elif "其次" in firstly:
        yield len(firstly) + 1
    then = _THEN.findall(text)
    if any(("再", verb) in then for word, verb in then if word == "先"):
        yield len(then)
    kinds = [one[1] for one in _KINDS.finditer(text)]
    if len(kinds) >= 2 and kinds[0].startswith(("一", "先")):
        yield len(kinds)


def _run(values: Sequence[int]) -> Iterator[int]:
    """Sizes of the runs 1, 2, 3 … in the numbers, and of all of them together.

    One number of a run may be missing: it is written another way.
    """
    run, seen, sizes = 0, 0, []
    for value in values:
        if value in (run + 1, run + 2):
            run, seen = value, seen + 1
        elif value == 1:
            sizes.append(run if seen >= 2 else 0)
            run = seen = 1
    sizes.append(run if seen >= 2 else 0)
    kept = [size for size in sizes if size]
    yield from kept
    if len(kept) > 1:
        yield sum(kept)


def _find_marked(lines: Sequence[str]) -> Iterator[int]:
    """Sizes of lists whose items begin with a sign or are headings."""
    signs: Counter[str] = Counter()
    emoji = 0
    for line in lines:
        if sign := _BULLET.match(line):
            signs[sign[1]] += 1
            emoji += sign[1] > "\u2190"
    yield from (count for count in signs.values() if count >= 2)
    yield emoji
    yield sum(1 for line in lines if _HEADING.match(line))


def _find_titled(lines: Sequence[str]) -> Iterator[int]:
    """Sizes of lists whose items are short lines above longer ones, or names before a colon."""
    yield sum(1 for line in lines if _LABEL.match(line))
    short = [len(line.strip()) <= 18 and line.strip()[-1] not in _ENDS + "，,~～" for line in lines]
    pairs = zip(lines, lines[1:], short, short[1:], strict=False)
    yield sum(
        1
        for line, after, brief, brief_after in pairs
        if brief and not brief_after and len(after) > 1.3 * len(line)
    )


def _find_soft(text: str, lines: Sequence[str]) -> Iterator[int]:
    yield from _count_listed(text)
    steps = sum(1 for _ in _STEPS.finditer(text))
    if steps >= 2:
        yield steps
    yield sum(1 for line in lines if line.rstrip().endswith(("?", "？")))


def _count_listed(text: str) -> Iterable[int]:
    for found in _LISTED.finditer(text):
        yield found[0].count("、") + 1 + (1 if re.search(r"[和与及跟][^、]*$", found[0]) else 0)
