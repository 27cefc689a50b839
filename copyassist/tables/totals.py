"""Rows that are no item of their table: totals, and the headings once more."""

import re
from collections.abc import Sequence

from copyassist.tables.cells import Cell, is_missing, parse_text_cell

_TOTAL = re.compile(
    r"(?:当日|本日|每日|本周|本月|周|月|日|全部|以上)?"
    r"(?:累计|合计|总计|总和|汇总|小计|平均值?|均值|共计|total|sum|average|avg)"
    r"(?:$|[\s:：(（\[【/,，、].*)",
    re.IGNORECASE | re.DOTALL,
)
# The word alone, with no more than a number of things: 合计：, 总计(2篇).
_BARE = re.compile(
    r"(?:当日|本日|每日|本周|本月|周|月|日|全部|以上)?"
    r"(?:累计|合计|总计|总和|汇总|小计|平均值?|均值|共计|total|sum|average|avg)"
    r"\s*[:：]?\s*(?:[(（]?\s*\d*\s*[篇条个次]?\s*[)）]?)",
    re.IGNORECASE,
)


def is_no_item(row: Sequence[Cell], title: int, day: int | None, heading: str) -> bool:
    """Whether a row is a total, or the headings once more (tables pasted one below the other).

    `title` and `day` are places of cells, `heading` is the title's.
    """
    first = next((text for text in map(parse_text_cell, row) if text), "")
    named = parse_text_cell(row[title]) if 0 <= title < len(row) else ""
    if named and named == heading:
        return True
    found = next((text for text in (first, named) if _TOTAL.match(text)), "")
    if not found:
        return False
    if _BARE.fullmatch(found):
        return True
    # An item may be called 汇总：…, but a total has no day on which it was published.
    when = "" if day is None or day >= len(row) else parse_text_cell(row[day])
    return day is not None and (is_missing(when) or bool(_TOTAL.match(when)))
