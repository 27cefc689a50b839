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
_LONGEST_TOTAL = 3  # characters of 平均值, with or without a day beside it


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
    # An item may be called 汇总：…, but a total has no day on which it was published.
    when = parse_text_cell(row[day]) if day is not None and day < len(row) else ""
    return (
        is_missing(when) or bool(_TOTAL.match(when)) or len(found.rstrip(":： ")) <= _LONGEST_TOTAL
    )
