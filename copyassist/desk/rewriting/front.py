"""The keyword brought to the front of a title that names it late, in ways that stay grammatical."""

import re
from collections.abc import Iterator

from copyassist.desk.rewriting.pieces import (
    COLUMN,
    Clause,
    is_clean,
    split_clauses,
    strip_marks,
)
from copyassist.text import tag_words

EARLY = 1 / 3  # of the title: what begins there is found and read
LATE = 0.4  # what begins later is late
SHORTEST = 12  # characters of a title for which that means anything
FIRST_SEEN = 6  # characters that every list shows
_CONNECTED = re.compile(
    r"^(?:但|但是|却|而|而且|所以|因此|于是|然后|结果|后来|还|也|又|就|都|才|并|甚至|居然|竟然|终于|其实|原来|不过|可|可是|它|他|她|这|那|因为|由于|如果|虽然|只|再|更|尤其|特别是|包括|附|快|请)"
)
_ASKS = re.compile(r"^(?:如何|怎么|怎样|为什么|为何|为啥|该不该|要不要|能不能|到底|究竟|哪)")
_UNFINISHED = re.compile(
    r"(?:的|了|着|过|得|地|个|次|趟|些|种|一|这|那|款|条|份|家|是|有|在|和|与|把|被|给|让|对|到|成|为|叫|像|从|向|往|下|出|起)$"
)


def is_late(title: str, keyword: str) -> bool:
    """Whether the title names the keyword, but only in its later two thirds."""
    at = title.lower().find(keyword.lower()) if keyword else -1
    return at >= 0 and len(title) >= SHORTEST and at >= max(len(title) * LATE, FIRST_SEEN)


def bring_forward(title: str, keyword: str) -> list[str]:
    """Titles that begin with the keyword, or with the clause that holds it, the smoothest first."""
    column = COLUMN.match(title)
    head = column[0] if column else ""
    rest = title[len(head) :]
    place = rest.lower().find(keyword.lower())
    if place < 0:
        return []
    spelt = rest[place : place + len(keyword)]
    ways = [*_by_clause(rest, spelt), *_by_end(rest, spelt), *_by_topic(rest, spelt)]
    if head and not is_late(rest, keyword):
        ways.insert(0, rest)
    found = dict.fromkeys(way.strip() for way in ways if way.strip() != title)
    return [one for one in found if is_clean(one) and not is_late(one, keyword)]


def _by_clause(title: str, keyword: str) -> Iterator[str]:
    """The clause with the keyword first; or alone, where that says all."""
    clauses = split_clauses(title)
    if len(clauses) < 2:
        return
    here = next((n for n, one in enumerate(clauses) if keyword in one.text), 0)
    clause = clauses[here]
    if here == 0 or _CONNECTED.match(clause.text):
        return
    others = clauses[:here] + clauses[here + 1 :]
    if len(clause.text) >= 6 and clause.text.find(keyword) <= len(clause.text) * EARLY:
        mark = clause.mark if clause.mark[:1] in ("？", "?") else ""
        yield clause.text + mark + _join(others, mark)


def _join(clauses: list[Clause], mark: str) -> str:
    """The other clauses, behind a mark."""
    if not clauses:
        return ""
    said = "".join(one.text + (one.mark or "，") for one in clauses[:-1]) + clauses[-1].text
    last = clauses[-1].mark
    ending = last if last[:1] in ("？", "?", "！", "!") else ""
    return ("" if mark else "，") + strip_marks(said) + ending


def _by_end(text: str, keyword: str) -> Iterator[str]:
    """What ends with the keyword, turned round: 适合上班族的早餐 -> 早餐｜适合上班族."""
    mark = text[-1] if text[-1:] in "？?！!" else ""
    body = text.rstrip("？?！!。.～~")
    end = body.find(keyword) + len(keyword)
    before, after = body[: end - len(keyword)], body[end:]
    if len(before) < 2:
        return
    if before.endswith("的") and not after:
        bare = before[:-1]
        if not _UNFINISHED.search(bare) and len(bare) >= 3 and _describes(bare):
            yield f"{keyword}｜{bare}{mark}"
    if not after and not before.endswith("的"):
        tags = tag_words(before)
        single = len(tags) < 2 or tags[-2][1][:1] != "v"  # 选择补充商业保险: part of its name
        if tags and single and tags[-1][1][:1] == "v" and not _UNFINISHED.search(before):
            yield keyword + ("" if _ASKS.match(before) else "，") + before + mark


def _describes(text: str) -> bool:
    """Whether the words say something of what they stood before: 适合上班族, 不用烤箱也能做."""
    tags = [tag for _, tag in tag_words(text)]
    return tags[0][:1] in "vpdrt" and tags[-1][:1] != "a" and "，" not in text


def _by_topic(title: str, keyword: str) -> Iterator[str]:
    """The keyword set before the title as its topic, the title less what can go."""
    clauses = split_clauses(title)
    if len(clauses) > 1:
        kept = [one for one in clauses if keyword not in one.text]
        holding = next((one for one in clauses if keyword in one.text), None)
        if holding is not None and holding.text == keyword and kept:
            yield f"{keyword}：{strip_marks(_join(kept, ' '))}"
    yield f"{keyword}｜{title}"
