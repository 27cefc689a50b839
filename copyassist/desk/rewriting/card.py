"""The fact card: what title and body say, found by rules. Nothing that is not on it gets into a title."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from copyassist.desk.rewriting.claims import Claim, find_claims, rank_claims
from copyassist.desk.rewriting.kinds import LONGEST, label_title
from copyassist.desk.rewriting.kit import load_kit
from copyassist.desk.rewriting.pieces import COLUMN, EMOJI, Clause, split_clauses, split_sentences
from copyassist.desk.rewriting.topic import GENERAL, find_topic
from copyassist.text import tag_words
from copyassist.types import Draft, Keyword

MOST_BODY = 20_000  # signs of a body that are read: an article says its points by then
_N = r"(?:\d{1,3}|[两三四五六七八九]|[一二三四五六七八九]?十[一二三四五六七八九]?)"
_COUNT = re.compile(
    rf"(?P<number>{_N})\s?(?P<measure>大|个|种|招|步|点|条|款|件|本|部|家|道|类|项|句|处|座|首|样)(?P<noun>[\u4e00-\u9fff]{{0,8}})"
)
_UNIT_NUMBER = re.compile(
    r"(?:\d[\d,.]*\s?(?:[万亿千百]|[wk])?|[两三四五六七八九十百千万半]+)\s?(?:%|‰|℃|元|块|斤|公斤|kg|g|克|毫升|ml|平米?|㎡|公里|厘米|度|次|倍|成|折|天|周|年|个月|小时|分钟|岁|人|家|本|款|件|个|种|步|遍)(?:钱)?"
)
_DATE = re.compile(
    r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}[日号])?|\d{4}年|[一二三四五六七八九十]+月[一二三四五六七八九十]+[日号]|周[一二三四五六日末]|今天|昨天|明天|今年|去年|上个月"
)
_HOW = re.compile(
    r"^(?P<before>[^，,。！!？?]*?)(?P<word>如何|怎么才能|怎样才能|怎么|怎样)(?P<task>[^，,。！!？?：:]{2,})$"
)
_WHY = re.compile(
    r"^(?P<before>[^，,。！!？?]*?)(?:为什么|为何|为啥)(?P<fact>[^，,。！!？?：:]{2,})$"
)
_YES_OR_NO = re.compile(
    r"吗|是不是|要不要|该不该|能不能|会不会|值不值|好不好|有没有|够不够|到底|行不行|可不可以|靠不靠谱"
)
_FOR = r"(?:适合|推荐给?|写给|给|如果你也?是|对于?|尤其是|特别适合)"
_ORDINAL = re.compile(
    r"第([一二三四五六七八九十]+)(?:([点步件招条处])|([个种类])(?!月|星期|小时)|[是，,、：:])|(?:技巧|方法|误区|细节|步骤|建议|要点|原因|习惯|标准|坑|错误)([一二三四五六七八九十])"
)
_SAID = re.compile(
    r"(?:做(?:对|好)?了|(?:想|弄|问|搞|讲|说)清楚?|总结了?|记住|分享|给了|看清|看|有|分成|分为|改了|只要|就做)(?:她|他|我|大家|家长)?(?P<all>(?P<number>[两三四五六七八九]|[3-9])(?:件(?P<thing>事)|个(?P<noun>标准|原因|建议|方法|细节|习惯|误区|技巧|指标|坑|问题|办法|步骤|原则|教训)|[点步招]))(?=[，。：；！])"
)
_HAN = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Count:
    """A count that the text keeps: 四个细节. `noun` is "" for 三招; `things` where it counts no points."""

    text: str
    number: int
    noun: str
    things: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FactCard:
    """What is known: the title's parts, and what the body adds.

    `topic` is a noun phrase that the title is about, `task` what is done (提升睡眠质量), `asks` what the
    title asks ("how", "why", "whether", "" nothing), `aim` the words before or after a count.
    """

    title: str
    column: str
    clauses: tuple[Clause, ...]
    topic: str
    task: str
    asks: Literal["", "how", "why", "whether"]
    aim: str
    count: Count | None
    body_count: Count | None
    claims: tuple[Claim, ...]
    numbers: tuple[str, ...]
    names: tuple[str, ...]
    dates: tuple[str, ...]
    audiences: tuple[str, ...]
    items: tuple[str, ...]
    words: tuple[str, ...]
    kinds: tuple[str, ...]


def make_card(draft: Draft, keywords: Sequence[Keyword]) -> FactCard:
    """The card of a draft; `keywords` are the draft's, weightiest first."""
    draft = replace(draft, title=draft.title[:LONGEST], body=draft.body[:MOST_BODY])
    title = EMOJI.sub("", draft.title).strip()
    column = COLUMN.match(title)
    rest = title[column.end() :] if column else title
    clauses = tuple(split_clauses(rest))
    words = tuple(_find_words(title, keywords))
    asks, before, task = _find_question(clauses)
    count, aim = _find_count(rest, clauses)
    return FactCard(
        title=title,
        column=column[0].strip() if column else "",
        clauses=clauses,
        topic=find_topic(rest, words, draft.body),
        task=f"{before}{task}" if asks in ("how", "why") else "",
        asks=asks,
        aim=aim,
        count=count,
        body_count=_count_body(title, draft.body),
        claims=tuple(rank_claims(find_claims(draft.body), words)),
        numbers=tuple(dict.fromkeys(_UNIT_NUMBER.findall(f"{title}\n{draft.body}"))),
        names=tuple(_find_names(f"{title}\n{draft.body}")),
        dates=tuple(dict.fromkeys(_DATE.findall(f"{title}\n{draft.body}"))),
        audiences=tuple(_find_audiences(title, draft.body)),
        items=tuple(_find_items(draft.body)),
        words=words,
        kinds=label_title(draft.title),
    )


def _find_words(title: str, keywords: Sequence[Keyword]) -> list[str]:
    found = [one.text for one in keywords if one.in_title and one.text not in GENERAL]
    found += [
        word
        for word, tag in tag_words(title)
        if len(word) > 1 and (tag[:1] in "nj" or tag in ("vn", "eng")) and word not in GENERAL
    ]
    return list(dict.fromkeys(found))


def _find_question(
    clauses: Sequence[Clause],
) -> tuple[Literal["", "how", "why", "whether"], str, str]:
    for clause in clauses:
        text = clause.text
        if found := _WHY.match(text):
            return "why", found["before"], found["fact"]
        if _YES_OR_NO.search(text):
            return "whether", "", text
        if found := _HOW.match(text):
            if not re.match(r"办|样|回事|个|着|也|都|了$", found["task"]) and not re.search(
                r"[才会]|呢$|吗$", found["task"]
            ):
                return "how", found["before"], found["task"]
            return "whether", "", text
    if any(clause.mark[:1] in ("?", "？") for clause in clauses):
        return "whether", "", ""
    return "", "", ""


def _find_count(title: str, clauses: Sequence[Clause]) -> tuple[Count | None, str]:
    """The count that the title promises, and what it is for: 四个细节 for 戚风蛋糕不塌."""
    if "list" not in label_title(title):
        return None, ""
    for clause in clauses:
        found = _COUNT.search(clause.text)
        if found is None:
            continue
        noun, rest = _cut_noun(found["noun"])
        if not noun and found["measure"] not in "招步点":
            continue
        before = clause.text[: found.start()].rstrip()
        before = re.sub(r"(?:的|这|有|一定要问|必看|必备|只需|只要|记住|教你|做好)$", "", before)
        after = re.sub(r"^(?:让你?|帮你?|教你)", "", rest + clause.text[found.end() :])
        if not _has_verb(before):
            before = ""
        things = not _is_point(noun, found["measure"])
        text = f"{found['number']}{found['measure']}{noun}"
        aim = before or after or _find_promise(clauses, clause)
        return Count(text, _to_int(found["number"]), noun, things), aim
    return None, ""


def _has_verb(text: str) -> bool:
    return any(tag[:1] == "v" or tag in ("d", "a") for _, tag in tag_words(text))


def _find_promise(clauses: Sequence[Clause], count: Clause) -> str:
    """What another clause says that the points do: 让你每天早下班一小时."""
    for clause in clauses:
        if clause is not count and (found := re.match(r"(?:让你?|帮你?|教你)(.{4,})", clause.text)):
            return found[1]
    return ""


def _cut_noun(text: str) -> tuple[str, str]:
    """The noun at the beginning of what follows a measure, and the rest."""
    kit = load_kit()
    for noun in kit.points:
        if text.startswith(noun):
            return noun, text[len(noun) :]
    noun = ""
    for word, tag in tag_words(text):
        if tag[:1] in "najb" or tag in ("vn", "eng", "uj") or (tag == "n" and noun):
            noun += word
            continue
        break
    noun = noun.removesuffix("的")
    return (noun, text[len(noun) :]) if noun else ("", text)


def _is_point(noun: str, measure: str) -> bool:
    return (not noun and measure in "招步点") or any(
        noun.endswith(one) for one in load_kit().points
    )


def _to_int(text: str) -> int:
    if text.isdigit():
        return int(text)
    if text == "两":
        return 2
    if "十" not in text:
        return _HAN.index(text) + 1
    tens, _, ones = text.partition("十")
    return 10 * (_HAN.index(tens) + 1 if tens else 1) + (_HAN.index(ones) + 1 if ones else 0)


def _count_body(title: str, body: str) -> Count | None:
    """How many points the body really makes, where they are numbered from one on."""
    marks = [found for one in split_sentences(body) if (found := _ORDINAL.match(one))]
    numbers = {_to_int(found[1] or found[4]) for found in marks}
    lines = {int(n) for n in re.findall(r"(?m)^\s*(\d{1,2})[.、．）)]\s*\S", body)}
    most = 0
    while most + 1 in (numbers if len(numbers) >= len(lines) else lines):
        most += 1
    if most < 3:
        said = _SAID.search(body)
        if said is None or "list" in label_title(title):
            return None
        return Count(said["all"], _to_int(said["number"]), said["noun"] or "", False)
    named = re.findall(
        rf"第[一二三四五六七八九十]+[个点条种处]({'|'.join(load_kit().points)})", body
    )
    named += [one for one in load_kit().points if re.search(rf"{one}[一1][，,：:]", body)]
    noun = max(set(named), key=named.count) if named else ""
    said = _SAID.search(body)
    if said and _to_int(said["number"]) == most:
        return Count(said["all"], most, said["noun"] or "", False)
    measure = "个" if noun else next((found[2] for found in marks if found[2]), "点")
    if not noun and any(found[3] for found in marks):
        return None  # 第一个是情侣园: what is counted is not said
    return Count(f"{most}{measure}{noun}", most, noun, False)


def _find_items(body: str) -> list[str]:
    """What the points of a numbered list are called, where all are short names: 门, 灯, 柜子."""
    found = []
    for sentence in split_sentences(body):
        mark = _ORDINAL.match(sentence)
        if mark is None:
            continue
        rest = re.sub(r"^(?:细节|个|方法|误区|原因|技巧)?[是：:，,、]*", "", sentence[mark.end() :])
        name = re.match(r"[\u4e00-\u9fffA-Za-z]{1,6}(?=[，,。：:]|$)", rest)
        if name is None or not all(
            tag[:1] in "njv" or tag in ("a", "eng", "vn", "b") for _, tag in tag_words(name[0])
        ):
            return []
        found.append(name[0])
    return list(dict.fromkeys(found)) if len(found) >= 3 else []


def _find_names(text: str) -> list[str]:
    found = re.findall(r"《[^》]{1,20}》|[A-Za-z][A-Za-z0-9+#.\-]{1,20}", text)
    found += [
        word
        for word, tag in tag_words(text)
        if len(word) > 1 and tag in ("nr", "ns", "nt", "nz", "nrt", "nsf")
    ]
    return list(dict.fromkeys(found))[:40]


def _find_audiences(title: str, body: str) -> list[str]:
    """Groups of readers that the text itself says it is for, and the title does not name."""
    found: list[str] = []
    for name in load_kit().audiences:
        if name in title or any(name in one for one in found):
            continue
        if re.search(rf"{_FOR}(?:[\u4e00-\u9fff]{{0,3}}的?)?{name}", body):
            found.append(name)
    return found
