"""Days written short, as people do in tables of their own: 3.5, 8月5日, 26/6/1.

One such cell may mean anything; a whole column says what it means. The year that is left out is
the one that the file, the sheet or the lines above name, else the newest that is not to come.
"""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime

from copyassist.reading.zones import CHINA
from copyassist.tables.cells import Cell, is_missing

_CLOCK = r"(?P<clock>\s+\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?"
_NO_YEAR = re.compile(rf"(?P<month>\d{{1,2}})\s*[./月-]\s*(?P<day>\d{{1,2}})\s*[日号]?{_CLOCK}")
_TWO_DIGITS = re.compile(
    rf"(?P<year>\d{{2}})[./年-](?P<month>\d{{1,2}})[./月-](?P<day>\d{{1,2}})日?{_CLOCK}"
)
_YEAR = re.compile(
    r"(?<!\d)(20[0-4]\d)(?!\d)|(?<!\d)(20[0-4]\d)(?=(?:0[1-9]|1[0-2])(?:[0-3]\d)?(?!\d))"
)
_MOST = 0.6  # of the cells must be of one kind
_OLDEST = 15  # years that an account's posts may go back


def find_year(texts: Sequence[str]) -> int | None:
    """The one year that texts name; None for none or several."""
    found = {int(a or b) for text in texts for a, b in _YEAR.findall(text[:500])}
    return found.pop() if len(found) == 1 else None


def mend_days(cells: Sequence[Cell], as_of: datetime, year: int | None) -> list[Cell]:
    """The cells with short days in full; others, and days that can never have been, as they are.

    `as_of` (aware) is when the table was written, `year` the one that it names itself.
    """
    texts = [
        unicodedata.normalize("NFKC", cell).strip() if isinstance(cell, str) else ""
        for cell in cells
    ]
    filled = sum(not is_missing(str(cell or "")) for cell in cells)
    here = as_of.astimezone(CHINA).date()
    short = [_NO_YEAR.fullmatch(text) for text in texts]
    if filled and sum(map(bool, short)) >= _MOST * filled:
        return [_fill(found, cell, here, year) for found, cell in zip(short, cells, strict=True)]
    brief = [_TWO_DIGITS.fullmatch(text) for text in texts]
    if filled and sum(map(bool, brief)) >= _MOST * filled and _begin_with_years(brief, here):
        return [
            _write(2000 + int(found["year"]), found) or cell if found else cell
            for found, cell in zip(brief, cells, strict=True)
        ]
    return list(cells)


def _begin_with_years(found: Sequence[re.Match[str] | None], here: date) -> bool:
    """Whether the first of three numbers is the year: 26/6/1, not 1/6/26."""
    newest = here.year % 100
    years = {int(one["year"]) for one in found if one}
    days = {int(one["day"]) for one in found if one}
    if not all(newest - _OLDEST <= year <= newest for year in years):
        return False
    return len(years) < len(days) or newest not in days


def _fill(found: re.Match[str] | None, cell: Cell, here: date, year: int | None) -> Cell:
    if found is None:
        return cell
    if year is not None:
        return _write(year, found) or cell
    for candidate in (here.year, here.year - 1):
        written = _write(candidate, found)
        if written and _day_of(candidate, found) <= here:
            return written
    return cell


def _write(year: int, found: re.Match[str]) -> str:
    try:
        day = _day_of(year, found)
    except ValueError:
        return ""
    return f"{day.isoformat()}{found['clock'] or ''}"


def _day_of(year: int, found: re.Match[str]) -> date:
    return date(year, int(found["month"]), int(found["day"]))
