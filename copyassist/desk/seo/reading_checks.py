"""How easily a Chinese text reads, as measured values with targets (docs/facts/seo.md#reading)."""

import re
from collections.abc import Iterator, Sequence

from copyassist.desk.seo.layout import BodyLayout, BodyPiece, count_signs
from copyassist.desk.seo.result import Light, SeoCheck
from copyassist.keywords.words import load_words
from copyassist.text import normalize, segment
from copyassist.types import Span

FROM = 60  # characters; in less a mean says nothing
SENTENCE_GOOD, SENTENCE_FAIR = 25, 35
CLAUSE_GOOD, CLAUSE_FAIR = 12, 16
RARE_WORDS_GOOD, RARE_WORDS_FAIR = 0.10, 0.15
RARE_SIGNS_GOOD, RARE_SIGNS_FAIR = 0.02, 0.04
NESTED = 3  # 的 in one clause
PASSIVE_GOOD, PASSIVE_FAIR = 0.10, 0.15
SAME_STARTS = 3
MOST_NAMED = 5
MOST_WORDS = 6_000
_CLAUSE = re.compile(r"[^，,、：:；;。！？!?…\n—（）()]+")
_PASSIVE = re.compile(r"(?<![棉毛羽单])被(?![子褥套单罩面窝芯动服子])")
_OF = re.compile(r"的(?!确|话|士)")
_HAN = re.compile("[\u4e00-\u9fff]")
_COMMON_END = 0xD7FA  # the last code of GB 2312's first level, the 3,755 most used characters


def check_reading(layout: BodyLayout) -> Iterator[SeoCheck]:
    """Means and shares of the text; nothing below 60 characters."""
    if layout.length < FROM or not layout.sentences:
        return
    sentences = layout.sentences
    yield _check_mean("sentence_mean", sentences, (SENTENCE_GOOD, SENTENCE_FAIR))
    yield _check_mean("clause_mean", _find_clauses(sentences), (CLAUSE_GOOD, CLAUSE_FAIR))
    yield from _check_words(layout)
    yield _check_signs(layout)
    yield _check_nested(sentences)
    yield _check_passive(sentences)
    yield from _check_starts(sentences)


def _find_clauses(sentences: Sequence[BodyPiece]) -> list[BodyPiece]:
    found = []
    for one in sentences:
        for clause in _CLAUSE.finditer(one.text):
            if size := count_signs(clause[0]):
                start = one.start + clause.start()
                found.append(BodyPiece(start, one.start + clause.end(), clause[0], size))
    return found


def _check_mean(code: str, pieces: Sequence[BodyPiece], limits: tuple[int, int]) -> SeoCheck:
    good, fair = limits
    mean = sum(one.length for one in pieces) / max(1, len(pieces))
    longest = max(pieces, key=lambda one: one.length)
    light = _grade(mean, good, fair)
    return SeoCheck(
        code=code, group="reading", outcome="good" if light == "green" else "long", light=light,
        value=round(mean, 1), high=good, unit="signs", source="own",
        params={"longest": longest.length, "text": longest.text.strip()[:20]},
        spans=() if light == "green" else (Span("body", longest.start, longest.end),),
    )  # fmt: skip


def _check_words(layout: BodyLayout) -> Iterator[SeoCheck]:
    """Words of two hanzi or more that the table of 50,000 lacks."""
    known = load_words().weights
    text = normalize("\n".join(one.text for one in layout.paragraphs))[0]
    words = [word for word in segment(text)[:MOST_WORDS] if len(word) >= 2 and _HAN.match(word)]
    if len(words) < 20:
        return
    rare = [word for word in words if word not in known]
    share = len(rare) / len(words)
    light = _grade(share, RARE_WORDS_GOOD, RARE_WORDS_FAIR)
    named = list(dict.fromkeys(rare))[:MOST_NAMED]
    yield SeoCheck(
        code="rare_words", group="reading", outcome="good" if light == "green" else "many",
        light=light, value=round(100 * share, 1), high=100 * RARE_WORDS_GOOD, unit="percent",
        source="own", params={"words": "、".join(named), "count": len(rare)},
    )  # fmt: skip


def _check_signs(layout: BodyLayout) -> SeoCheck:
    """Characters beyond the 3,755 of GB 2312's first level."""
    signs = [c for one in layout.paragraphs for c in _HAN.findall(one.text)]
    rare = [c for c in signs if not _is_common(c)]
    share = len(rare) / max(1, len(signs))
    light = _grade(share, RARE_SIGNS_GOOD, RARE_SIGNS_FAIR)
    named = list(dict.fromkeys(rare))[:MOST_NAMED]
    return SeoCheck(
        code="rare_signs", group="reading", outcome="good" if light == "green" else "many",
        light=light, value=round(100 * share, 1), high=100 * RARE_SIGNS_GOOD, unit="percent",
        source="gb2312", params={"signs": "、".join(named), "count": len(rare)},
    )  # fmt: skip


def _is_common(sign: str) -> bool:
    try:
        code = sign.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return int.from_bytes(code, "big") < _COMMON_END


def _check_nested(sentences: Sequence[BodyPiece]) -> SeoCheck:
    """Clauses with three 的 or more: the reader waits for what all of it belongs to."""
    found = [one for one in _find_clauses(sentences) if len(_OF.findall(one.text)) >= NESTED]
    light: Light = "green" if not found else "orange" if len(found) <= 2 else "red"
    return SeoCheck(
        code="nested_de", group="reading", outcome="good" if not found else "nested", light=light,
        value=len(found), high=0, unit="clauses", source="own",
        params={"text": found[0].text.strip()[:24] if found else "", "limit": NESTED},
        spans=tuple(Span("body", one.start, one.end) for one in found[:20]),
    )  # fmt: skip


def _check_passive(sentences: Sequence[BodyPiece]) -> SeoCheck:
    found = [one for one in sentences if _PASSIVE.search(one.text)]
    share = len(found) / len(sentences)
    light = _grade(share, PASSIVE_GOOD, PASSIVE_FAIR) if len(found) > 1 else "green"
    outcome = "many" if light != "green" else "one" if share > PASSIVE_GOOD else "good"
    return SeoCheck(
        code="passive", group="reading", outcome=outcome,
        light=light, value=round(100 * share), high=100 * PASSIVE_GOOD, unit="percent",
        source="yoast", params={"count": len(found), "sentences": len(sentences)},
        spans=() if light == "green" else tuple(Span("body", one.start, one.end) for one in found[:20]),
    )  # fmt: skip


def _check_starts(sentences: Sequence[BodyPiece]) -> Iterator[SeoCheck]:
    """Three sentences in a row that begin alike."""
    run, worst, end = 1, 1, 0
    for at in range(1, len(sentences)):
        same = sentences[at].text.strip()[:2] == sentences[at - 1].text.strip()[:2]
        run = run + 1 if same else 1
        if run > worst:
            worst, end = run, at
    if worst < SAME_STARTS:
        return
    first = sentences[end - worst + 1]
    yield SeoCheck(
        code="same_starts", group="reading", outcome="many", light="orange", value=worst,
        high=SAME_STARTS - 1, unit="sentences", source="yoast",
        params={"text": first.text.strip()[:2]},
        spans=(Span("body", first.start, sentences[end].end),),
    )  # fmt: skip


def _grade(value: float, good: float, fair: float) -> Light:
    return "green" if value <= good else "orange" if value <= fair else "red"
