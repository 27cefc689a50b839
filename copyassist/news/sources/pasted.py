"""Lists for platforms that publish none: text copied from an app.

A title stays whole unless what stands before or behind it can be told from it: "iPhone 17",
"庆余年 3", "3.15 晚会" and "5 月起" are titles, "1. ", "①", "· " and "1.2亿次播放" are not.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from copyassist.news.sources.heat import FIGURE, fold_figure, read_figure
from copyassist.news.sources.reading import MAX_ROWS, clean, number_rows, web_address
from copyassist.types.news import HotItem

_LABELS = "新热爆沸荐商"
_ADVERT_LABELS = "荐商"
_HAN_NUMBER = "[一二三四五六七八九十]"
_BULLET = re.compile(r"^\s*(?:(?:[-–—*+]|#{1,6})\s+|[•●○◦▪■□◆◇►▶➤✓✔·]\s*)+")
# What no title begins with. A digit behind the mark makes a number of both: 3.15, 12:30, 3、4月.
_RANK = re.compile(
    rf"^\s*(?:第\s*(?:\d{{1,3}}|{_HAN_NUMBER}{{1,3}})\s*名(?:\s*[:：、.]\s*|\s+)"
    r"|NO\.?\s*\d{1,3}\s*(?:[.、:：]\s*|\s)"
    r"|\d{1,3}(?:\t|\s*[.．、:：](?:\s+|(?!\d))|\s*[)）]\s*)"
    rf"|[(（\[【]\s*(?:\d{{1,3}}|{_HAN_NUMBER}{{1,3}})\s*[)）\]】]\s*"
    rf"|{_HAN_NUMBER}{{1,3}}\s*(?:、(?!\s*{_HAN_NUMBER})|[.．]\s)\s*"
    r"|(?:[①-⑳㉑-㉟㊱-㊿❶-❿⓫-⓴🔟🥇🥈🥉]|\d\ufe0f?\u20e3)\s*)(?=\S)",
    re.IGNORECASE,
)
# What titles do begin with: a rank only where most of the list is numbered so.
_TIGHT_RANK = re.compile(r"^\s*(?P<rank>\d{1,3})\s*[.．、:：](?=\d)")
_MARKED_RANK = re.compile(r"^\s*(?P<rank>\d{1,3})\s*[.．、:：]")
_BARE_RANK = re.compile(r"^\s*(?P<rank>\d{1,2}|100)\s+(?=\S)")
_COUNTED = re.compile(
    r"^\s*\d+\s+(?:[个月日年号点岁天只种条款步家名位人元万亿分周招大张部集所倍件次届强城省国秒吨米斤度]|小时)"
)
_LINK = re.compile(r"https?://\S+")
_MARKDOWN = re.compile(r"\[([^\[\]]{1,300})\]\((https?://[^()\s]+)\)")
_LAST = re.compile(rf"(?P<gap>\s+)(?P<fire>🔥\s*)?(?P<all>{FIGURE})\s*$")
_ALONE = re.compile(rf"\s*(?:🔥\s*)?(?P<all>{FIGURE})\s*")
_LABEL = re.compile(rf"\s+([{_LABELS}])\s*$")
_ONLY_RANK = re.compile(r"^\s*\d{1,3}[.、．)]?\s*$")
_ONLY_LABEL = re.compile(rf"^\s*[{_LABELS}]\s*$")
_TABS = re.compile(r"[^\S\t]*\t\s*")
_SPACES = re.compile(r"[^\S\t]+")
_LONGEST_LINE = 4000  # characters; a title, its heat and its link need fewer
_LONGEST_END = 50  # of a line, in which its heat stands
_SURE_DIGITS, _LIKELY_DIGITS, _LEAST_DIGITS = 6, 5, 3
_MOST = 0.8  # of the rows, so that an ending is a column
_FEWEST = 3
_GAP = 3  # a row that was left out, an advert


@dataclass(slots=True)
class _Reader:
    """Reads line after line. `tight`, `bare` and `heated` are how most rows are written."""

    source: str
    tight: bool
    bare: bool
    heated: bool
    items: dict[str, HotItem] = field(default_factory=dict)
    rank: int = 0
    after_rank: bool = False

    def read(self, line: str) -> None:
        """Takes one line: a row, or what belongs to the row before it."""
        if not line.strip():
            return
        was_rank, self.after_rank = self.after_rank, bool(_ONLY_RANK.match(line))
        names_film = was_rank and line.strip().isdecimal()  # 1917
        if self.after_rank or (not names_film and self._read_rest(line)):
            return
        item = self._read_row(line)
        last = next(reversed(self.items.values()), None)
        if item is not None and (
            item.title not in self.items or item.title == (last and last.title)
        ):
            self.items[item.title] = item

    def _read_rest(self, line: str) -> bool:
        """Whether a mark or a heat stands alone on the line; the row before it is told."""
        last = next(reversed(self.items.values()), None)
        heat = _find_alone(line)
        if _ONLY_LABEL.match(line):
            mark = line.strip()
            if last is not None:
                told = replace(last, label=mark, advert=last.advert or mark in _ADVERT_LABELS)
                self.items[last.title] = told
            return True
        if heat is None:
            return False
        if last is not None and last.heat is None:
            told = replace(last, heat=read_figure(heat), heat_text=clean(line, 40))
            self.items[last.title] = told
        return True

    def _read_row(self, line: str) -> HotItem | None:
        marked, link = _MARKDOWN.search(line), _LINK.search(line)
        url = marked[2] if marked else link[0] if link else ""
        rest = marked[1] if marked else _LINK.sub("", line)
        rest = f"{rest.strip()} {line[marked.end() :]}" if marked else rest
        rest = self._drop_rank(rest)
        label = _LABEL.search(rest)
        rest = rest[: label.start()] if label else rest
        heat = _find_last(rest, _LEAST_DIGITS if self.heated else 0)
        rest = rest[: -len(heat[0])] if heat else rest
        early = _LABEL.search(rest) if label is None else None
        title = clean(rest[: early.start()] if early else rest).strip("#").strip()
        if not title:
            return None
        found = label or early
        return HotItem(
            source=self.source,
            title=title,
            url=web_address(url),
            heat=read_figure(heat) if heat else None,
            heat_text=clean(heat["all"], 40) if heat else "",
            label=found[1] if found else "",
            advert=bool(found and found[1] in _ADVERT_LABELS),
            external_id=title,
        )

    def _drop_rank(self, text: str) -> str:
        text = _BULLET.sub("", text, count=1)
        found = _RANK.match(text)
        if found is None:
            found = self._find_doubtful_rank(text)
        elif digits := re.search(r"\d+", found[0]):
            self.rank = int(digits[0])
        return text[found.end() :] if found else text

    def _find_doubtful_rank(self, text: str) -> re.Match[str] | None:
        """A rank that is one only in its turn: the next number of a list that is numbered so."""
        tight, bare = _TIGHT_RANK.match(text), _BARE_RANK.match(text)
        found = (tight if self.tight else None) or (bare if self.bare else None)
        if found is None:
            return None
        number = int(found["rank"])
        in_turn = self.rank < number <= self.rank + _GAP or number == len(self.items) + 1
        begins = not self.items and not tight and not _COUNTED.match(text)  # a part of a list
        if not (in_turn or begins):
            return None
        self.rank = number
        return found


def parse_pasted(text: str, source: str) -> list[HotItem]:
    """The rows of a list as it was copied: one a line, with or without rank, heat, mark and link.

    A line that holds only a mark or a heat belongs to the row before it; one that holds only a
    rank is skipped, ranks are counted. Empty text gives no rows.
    """
    # The patterns look for spaces before a heat: a run of thousands would take them minutes.
    written = (line[:_LONGEST_LINE] for line in text.splitlines()[: 4 * MAX_ROWS])
    lines = [_TABS.sub("\t", _SPACES.sub(" ", line)) for line in written]
    reader = _find_style(source, lines)
    for line in lines:
        reader.read(line)
    return number_rows(list(reader.items.values())[:MAX_ROWS])


def _find_style(source: str, lines: Sequence[str]) -> _Reader:
    """Whether most rows begin with a number and a mark, with a bare number, end with a heat."""
    rows = [line for line in lines if line.strip() and not _is_alone(line)]
    bare = [None if _COUNTED.match(row) else _BARE_RANK.match(row) for row in rows]
    unmarked = (_LABEL.sub("", row) for row in rows)
    ends = sum(_find_last(row, _LIKELY_DIGITS) is not None for row in unmarked)
    return _Reader(
        source,
        tight=len(rows) > 1 and _counts_up(map(_MARKED_RANK.match, rows), len(rows)),
        bare=_counts_up(bare, len(rows)),
        heated=len(rows) >= _FEWEST and ends >= _MOST * len(rows),
    )


def _counts_up(found: Iterable[re.Match[str] | None], rows: int) -> bool:
    ranks = [int(one["rank"]) for one in found if one is not None]
    return 2 * len(ranks) > rows and ranks == sorted(set(ranks))


def _is_alone(line: str) -> bool:
    return bool(_ONLY_RANK.match(line) or _ONLY_LABEL.match(line)) or _find_alone(line) is not None


def _find_alone(line: str) -> re.Match[str] | None:
    found = _ALONE.fullmatch(fold_figure(line))
    return found if found is not None and read_figure(found) is not None else None


def _find_last(text: str, least_digits: int = 0) -> re.Match[str] | None:
    """The heat at the end of a row, where it cannot be a part of the title.

    `least_digits` is how many make a bare number one, 0 where none of common length does.
    """
    found = _LAST.search("".join(map(_fold_char, text[-_LONGEST_END:])))
    if found is None or read_figure(found) is None:
        return None
    before = text[: len(text) - len(found[0])]
    apart = "\t" in found["gap"] or found["fire"] or _LABEL.search(before)
    return found if apart or _says_heat(found) or _may_be_heat(found, least_digits) else None


def _fold_char(char: str) -> str:
    """The character as FIGURE expects it; each stays one, so that places stay what they were."""
    folded = fold_figure(char)
    return folded if len(folded) == 1 else char


def _says_heat(found: re.Match[str]) -> bool:
    """Whether a figure names what it counts, or is as large as only heat is."""
    scale, digits = found["scale"] or "", found["digits"]
    if found["kind"] or found["word"] or "," in digits:
        return True
    if scale in ("k", "w", "m"):  # 4K, 65W
        return "." in digits
    return bool(scale) or len(digits) >= _SURE_DIGITS


def _may_be_heat(found: re.Match[str], least_digits: int) -> bool:
    if not least_digits or found["after"]:
        return False
    is_year = found["digits"][:2] in ("19", "20") and len(found["digits"]) == len("2026")
    return bool(found["scale"]) or (len(found["digits"]) >= least_digits and not is_year)
