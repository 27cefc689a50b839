"""Our own skeletons: titles put together from the fact card, every piece in the writer's own words.

A piece is a whole clause of the body, a noun phrase or a count of the title; what joins them is a mark
or a few words that fit any of their kind. `weight` says how sure the grammar is: below GOOD a title is
only shown where there are too few others.
"""

import re
from collections.abc import Iterator, Sequence

from copyassist.desk.rewriting.candidate import Candidate
from copyassist.desk.rewriting.card import Count, FactCard
from copyassist.desk.rewriting.claims import Claim
from copyassist.desk.rewriting.kinds import label_title
from copyassist.desk.rewriting.pieces import strip_marks
from copyassist.text import tag_words

GOOD = 3.0
MOST_CLAIMS = 16
_CAUSE = re.compile(r"^(?:原因|问题出在|多半|主要|大多|因为|是因为|根源|关键)")
_NOT_ALONE = re.compile(r"^(?:这|那|它|其|该|此)")


def fill_skeletons(card: FactCard) -> Iterator[Candidate]:
    """All titles that the skeletons give, before any gate."""
    yield from _from_count(card)
    yield from _from_how(card)
    yield from _from_why(card)
    yield from _from_body_count(card)
    yield from _from_claims(card)
    yield from _for_audience(card)
    yield from _from_clauses(card)


def _made(title: str, code: str, weight: float, **params: object) -> Candidate:
    return Candidate(title, code, "rules", params, weight)


def _told(title: str, code: str, weight: float, claim: Claim) -> Candidate:
    head = title.removesuffix(claim.text)
    params = {"claim": claim.text, "sentence": claim.sentence, "head": head}
    return Candidate(title, code, "rules", params, weight)


# --- a count in the title --------------------------------------------------------------------------


def _from_count(card: FactCard) -> Iterator[Candidate]:
    count, aim = card.count, card.aim
    if count is None:
        return
    yield from _count_behind_clause(card, count)
    if not 3 <= len(aim) <= 16 or re.search(
        r"^(?:一定|必须|记得|千万)|比[\u4e00-\u9fff]+管用", aim
    ):
        return
    said = {"count": count.text}
    first = _first_tag(aim)
    doing = first[:1] in ("v", "d", "p")
    lead = aim if doing or aim.startswith("每") else f"让{aim}"
    yield _made(f"{count.text}，{lead}", "count_first", 4.0, **said)
    want = "想" if first[:1] == "v" and not aim.startswith(("想", "要", "让")) else "想要"
    if count.things:
        yield _made(f"{aim}，靠这{count.text}", "count_last", 3.4, **said)
        return
    yield _made(f"{want}{aim}？记住这{count.text}", "count_asked", 3.8, **said)
    yield _made(f"{aim}，先看这{count.text}", "count_last", 3.4, **said)


def _count_behind_clause(card: FactCard, count: Count) -> Iterator[Candidate]:
    """Another clause of the title, then the count: 手机拍照总是糊？记住这5个技巧."""
    others = [one for one in card.clauses if count.text not in one.text and len(one.text) >= 4]
    for clause in others:
        if count.things or re.match(r"让|帮|教", clause.text):
            continue
        mark = (
            "？"
            if (clause.mark[:1] in "?？" and clause.mark) or "pain" in label_title(clause.text)
            else "，"
        )
        yield _made(f"{clause.text}{mark}记住这{count.text}", "count_last", 3.6, count=count.text)
        yield _made(
            f"{count.text}，说清{clause.text}"
            if card.asks == "how"
            else f"{clause.text}，先看这{count.text}",
            "count_last",
            3.1,
            count=count.text,
        )


def _first_tag(text: str) -> str:
    return next((tag for _, tag in tag_words(text)), "")


# --- a question in the title -----------------------------------------------------------------------


def _from_how(card: FactCard) -> Iterator[Candidate]:
    if card.asks != "how" or not 3 <= len(card.task) <= 16:
        return
    if card.body_count is not None:
        count = card.body_count
        yield _made(f"{card.task}，记住这{count.text}", "counted", 4.0, count=count.text)
        if count.noun and _first_tag(card.task)[:1] == "v":
            yield _made(f"{card.task}的{count.text}", "counted", 4.5, count=count.text)
    for place, claim in enumerate(_advice(card)[:6]):
        if "，" not in claim.text:
            yield _told(f"{card.task}，{claim.text}", "answered", 3.9 - 0.2 * place, claim)
        yield _told(f"{card.task}：{claim.text}", "answered", 3.6 - 0.2 * place, claim)


def _advice(card: FactCard) -> list[Claim]:
    """Claims that tell what to do: they begin with a verb or with 先, 别, 不要."""
    return [
        one
        for one in card.claims
        if one.cue
        and not one.subject
        and (_first_tag(one.text)[:1] in ("v", "d") or one.text[0] in "先别不")
    ]


def _from_why(card: FactCard) -> Iterator[Candidate]:
    if card.asks != "why" or not 3 <= len(card.task) <= 20:
        return
    for claim in card.claims:
        if _CAUSE.match(claim.text):
            yield _told(f"{card.task}，{claim.text}", "answered", 4.0, claim)
        elif claim.cue:
            yield _told(f"{card.task}？{claim.text}", "answered", 3.4, claim)


def _from_body_count(card: FactCard) -> Iterator[Candidate]:
    """A count that the body keeps and the title does not say."""
    count = card.body_count
    if count is None or card.count is not None:
        return
    if card.topic and not card.asks and count.noun not in ("原因", card.topic):
        yield _made(f"{card.topic}，记住这{count.text}", "counted", 2.9, count=count.text)
    core = _find_core(card)
    if card.items and (head := card.topic or core):
        names = card.items[:4]
        more = (
            "" if len(names) == count.number else f"这{count.text}" if len(card.items) < 4 else "等"
        )
        yield _made(
            f"{head}：{'、'.join(names[:-1])}和{names[-1]}{more}", "listed", 3.4, count=count.text
        )
    if core and card.asks == "whether":
        yield _made(f"{core}？看这{count.text}", "counted", 3.2, count=count.text)
    elif core and not card.asks:
        yield _made(
            f"{core}，靠这{count.text}" if "我" in core else f"{core}：记住这{count.text}",
            "counted",
            3.1,
            count=count.text,
        )
        if card.title[-1:].isalnum() and len(card.title) <= 22:
            yield _made(f"{card.title}：这{count.text}很关键", "counted", 2.6, count=count.text)


# --- what the body says ----------------------------------------------------------------------------


def _from_claims(card: FactCard) -> Iterator[Candidate]:
    for place, claim in enumerate(card.claims[:MOST_CLAIMS]):
        base = _rate(claim, card) - 0.02 * place
        hits = sum(word in claim.text for word in card.words)
        mine = claim.text.startswith("我")
        telling = hits and claim.opens and (claim.cue or (hits > 1 and claim.number))
        if telling and (not mine or "我" in card.title):
            yield _told(claim.text, "said", base + 0.3, claim)
        for head in find_heads(card):
            if _NOT_ALONE.match(claim.text) or _overlap(head, claim.text) or head in claim.text:
                continue
            if mine and len(head) < 6:
                continue
            mark = "" if head[-1:] in "｜" else "："
            more = 0.12 if head == card.title else 0.06 if len(head) > 6 else 0.0
            yield _told(f"{head}{mark}{claim.text}", "told", base + more, claim)
        yield from _behind_question(card, claim, base)


def _rate(claim: Claim, card: FactCard) -> float:
    """How well a claim does behind a head: advice and results do, asides do not."""
    near = any(word in claim.text for word in card.words)
    if claim.cue and (claim.opens or claim.item):
        return 3.6
    if claim.cue and near:
        return 3.2
    if claim.number and claim.opens and near:
        return 3.1
    if claim.cue or (claim.number and claim.opens):
        return 2.7
    return 2.3 if claim.opens else 1.6


def find_heads(card: FactCard) -> list[str]:
    """What a claim may stand behind: the topic, the title's clause about it; a warning stays one."""
    heads = []
    if card.column and "warning" in label_title(card.column.strip("｜|丨 ")):
        heads += [f"{card.column}{card.topic}"] if card.topic else []
        heads += [f"{card.column}{one.text}" for one in card.clauses[:1]]
    elif "warning" in card.kinds:
        warning = [one.text for one in card.clauses if "warning" in label_title(one.text)]
        heads += [one for one in warning if len(one) <= 14]
        heads += [card.topic] if card.topic else []
        heads += [core] if (core := _find_core(card)) and core not in heads else []
        heads += [card.title] if len(card.title) <= 20 and card.title[-1:].isalnum() else []
    else:
        heads += [card.topic] if card.topic else []
        core = _find_core(card)
        if core and not card.asks and card.topic and card.topic in core:
            heads.append(core)
        first = card.clauses[0].text if card.clauses else ""
        if not card.asks and not heads and 5 <= len(first) <= 14 and first[-1:] not in "后时的前":
            heads.append(first)
        if not card.asks and len(card.title) <= 22 and len(card.clauses) <= 2:
            heads += [card.title] if card.title[-1:].isalnum() and "：" not in card.title else []
    return list(dict.fromkeys(heads))


def _behind_question(card: FactCard, claim: Claim, base: float) -> Iterator[Candidate]:
    """The title's question, or what hurts, with an answer of the body."""
    asked = [one.text for one in card.clauses if one.mark[:1] in ("?", "？") and one.mark]
    asked += [
        one.text
        for one in card.clauses
        if one.text not in asked and card.asks and _is_question(one.text)
    ]
    hurting = [one.text for one in card.clauses if _hurts(one.text)]
    for text in dict.fromkeys([*asked, *hurting]):
        if _overlap(text, claim.text) or not (claim.cue or (claim.number and claim.opens)):
            continue
        if claim.text.startswith("我") and text in hurting:
            continue
        if text not in hurting and len(card.clauses) > 1:
            full = card.title.rstrip("？?")
            if text == card.clauses[-1].text and len(full) <= 20:
                yield _told(f"{full}？{claim.text}", "answered", base + 0.2, claim)
            if card.topic and card.topic not in text:
                continue
        yield _told(f"{text}？{claim.text}", "answered", base - (0.0 if claim.cue else 0.4), claim)


def _hurts(text: str) -> bool:
    """Whether a clause says what hurts, and not that somebody got over it."""
    told = re.search(r"我|[改戒]掉|告别|了$|不再", text)
    return "pain" in label_title(text) and len(text) <= 12 and told is None


def _is_question(text: str) -> bool:
    return "question" in label_title(text)


def _find_core(card: FactCard) -> str:
    """The clause of the title that says what it is about: with the topic, else the longest."""
    if not card.clauses:
        return ""
    having = [one for one in card.clauses if card.topic and card.topic in one.text]
    core = max(having or card.clauses, key=lambda one: len(one.text))
    return strip_marks(core.text)


def _overlap(first: str, second: str) -> bool:
    """Whether one says again what the other says."""
    pairs = {first[at : at + 2] for at in range(len(first) - 1)}
    again = sum(second[at : at + 2] in pairs for at in range(len(second) - 1))
    return again > 2


# --- readers, and the title's own clauses ----------------------------------------------------------


def _for_audience(card: FactCard) -> Iterator[Candidate]:
    core = _find_core(card)
    for name in card.audiences[:2]:
        if core and not card.asks:
            yield _made(f"写给{name}：{core}", "for_readers", 3.2, audience=name)


def _from_clauses(card: FactCard) -> Iterator[Candidate]:
    """The title with one clause less, where what stays says the most of it."""
    clauses = card.clauses
    if len(clauses) == 3:
        for left in range(3):
            kept = [one for number, one in enumerate(clauses) if number != left]
            mark = kept[0].mark[:1] if left != 1 and kept[0].mark else "，"
            ending = "？" if kept[1].mark[:1] in "?？" and kept[1].mark else ""
            if card.topic in kept[0].text + kept[1].text:
                yield _made(f"{kept[0].text}{mark}{kept[1].text}{ending}", "shorter", 3.2)
    if len(clauses) < 2:
        return
    main = _weightiest([one.text for one in clauses])
    for clause in clauses:
        mark = "？" if clause.mark[:1] in "？?" and clause.mark else ""
        lost = card.topic and card.topic not in clause.text
        if clause.text == main and len(main) >= 8 and not lost and not card.asks:
            yield _made(main + mark, "shorter", 3.0)


def _weightiest(texts: Sequence[str]) -> str:
    """The clause with more than half of the words that carry something, "" where none has."""
    weights = [
        sum(tag[:1] in "nvjm" or tag in ("eng", "i", "l") for _, tag in tag_words(text))
        for text in texts
    ]
    most = max(weights)
    return texts[weights.index(most)] if most > 0.62 * sum(weights) else ""
