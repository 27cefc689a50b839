"""Clauses and sentences of a body that stand by themselves: what a title may say in the writer's words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from copyassist.desk.rewriting.kit import load_kit
from copyassist.desk.rewriting.pieces import is_clean, split_clauses, split_sentences, strip_marks
from copyassist.text import tag_words

SHORTEST, LONGEST = 5, 34
MOST_SENTENCES = 80
_NUMBER = re.compile(
    r"\d|[两三四五六七八九十百千万半]+(?:个|种|天|周|年|月|小时|分钟|元|块|斤|次|倍|成|步|件|款|家|遍)"
)
_ORDINAL = re.compile(
    r"^(?:第[一二三四五六七八九十]+(?:[点步件招条处]|[个种类](?!月|星期|小时))(?:方法|细节|误区|坑|建议|原因|习惯|步骤|技巧|问题|标准|错误|要点|事)?[是：:，,、]?|第[一二三四五六七八九十]+[是，,、：:]|"
    r"(?:技巧|方法|误区|细节|步骤|建议|要点|原因|习惯|标准|坑|错误)[一二三四五六七八九十\d][：:，,、]?|[一二三四五六七八九十]是|\d+[.、．）)]\s?|[①-⑩]\s?|(?:首先|其次|最后|一看|二看|三看)[，,：:])"
)
_LEAD = re.compile(
    r"^(?:另外|此外|当然|总之|所以|因此|其中|同时|而且|不过|但是?|可是|后来|然后|最后|现在|还有|记得|没想到|说实话)[，,]"
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A clause of the body: `opens` where it begins its sentence, `whole` where it is all of it.

    `item` is its number in a list of the body, 0 outside. `subject` says whether it names one itself.
    """

    text: str
    sentence: int
    opens: bool
    whole: bool
    item: int
    number: bool
    cue: bool
    subject: bool


def find_claims(body: str) -> list[Claim]:
    """The clauses that a reader understands without the rest, in the order of the text."""
    found: list[Claim] = []
    seen: set[str] = set()
    item = 0
    for number, sentence in enumerate(split_sentences(body)[:MOST_SENTENCES]):
        ordinal = _ORDINAL.match(sentence)
        item = item + 1 if ordinal else 0
        rest = sentence[ordinal.end() :] if ordinal else sentence
        for claim in _read_sentence(rest, number, item if ordinal else 0):
            if claim.text not in seen:
                seen.add(claim.text)
                found.append(claim)
    return found


def _read_sentence(sentence: str, number: int, item: int) -> Iterator[Claim]:
    clauses = split_clauses(sentence)
    texts = [strip_marks(one.text) for one in clauses]
    if item and len(texts) > 1 and (len(texts[0]) < 4 or not _has_predicate(texts[0])):
        clauses, texts = clauses[1:], texts[1:]  # a heading: 第三是温度，电池超过40度…
        sentence = sentence[clauses[0].start :]
    whole = strip_marks(sentence).rstrip("。.")
    if len(clauses) > 1 and len(clauses) <= 3 and len(whole) <= LONGEST and stands_alone(whole):
        yield _claim(whole, number, (True, True), item)
    for place, text in enumerate(texts):
        text = _LEAD.sub("", text)
        if not SHORTEST <= len(text) <= LONGEST or not stands_alone(text):
            continue
        # What follows opens with an answer to it, or ends what it began: 不是…而是, 一边…一边
        following = texts[place + 1] if place + 1 < len(texts) else ""
        if re.match(
            r"^(?:而是|而且|还|也|又|就|才|却|但|所以|因为|反而|否则|不然|再|后来|结果)", following
        ) and place + 1 < len(texts):
            joined = f"{text}，{following}"
            if len(joined) <= LONGEST and stands_alone(joined):
                yield _claim(joined, number, (place == 0, len(texts) == 2), item)
            continue
        yield _claim(text, number, (place == 0, len(texts) == 1), item)


def _claim(text: str, sentence: int, place: tuple[bool, bool], item: int) -> Claim:
    kit = load_kit()
    return Claim(
        text=text,
        sentence=sentence,
        opens=place[0],
        whole=place[1],
        item=item,
        number=_NUMBER.search(text) is not None,
        cue=kit.cues.search(text) is not None,
        subject=_has_subject(text),
    )


def _has_subject(text: str) -> bool:
    """Whether a noun stands before the first verb."""
    for _, tag in tag_words(text):
        if tag[:1] == "v":
            return False
        if tag[:1] == "n" or tag in ("r", "eng", "j"):
            return True
    return False


def stands_alone(text: str) -> bool:
    """Whether a clause says something whole: no thread leads out of it, and it has a predicate."""
    kit = load_kit()
    if kit.dependent_start.search(text) or kit.dependent_end.search(text):
        return False
    if kit.pointing.search(text) or not is_clean(text):
        return False
    if re.search(r"[#@＃]|https?:|www\.|[?？]$", text):
        return False
    nouns = sum(
        tag[:1] in "nj" or tag in ("eng", "m", "i", "l", "r", "vn", "t")
        for _, tag in tag_words(text)
    )
    return nouns >= 1 and _has_predicate(re.split("[，,]", text)[0])


def _has_predicate(text: str) -> bool:
    """Whether something is said of something: a verb, or an adjective that ends the clause."""
    return any(
        (tag[:1] == "v" and tag != "vn") or tag in ("a", "ad", "z", "i", "l", "zg")
        for _, tag in tag_words(text)
    )


def rank_claims(claims: Sequence[Claim], words: Sequence[str]) -> list[Claim]:
    """The claims worth a title first: numbers, the point, what the title speaks of."""
    return sorted(claims, key=lambda claim: -weigh_claim(claim, words))


def weigh_claim(claim: Claim, words: Sequence[str]) -> float:
    """How much a claim has for a title; `words` are what the title is about."""
    hits = sum(word.lower() in claim.text.lower() for word in words if len(word) > 1)
    return (
        2.0 * claim.number
        + 2.5 * claim.cue
        + 1.5 * min(hits, 2)
        + 1.0 * claim.whole
        + 0.5 * claim.opens
        + (0.5 if 8 <= len(claim.text) <= 18 else 0.0)
        - (0.5 if claim.item > 1 else 0.0)
    )
