"""Days written short, as people do in tables of their own: 3.5, 8月5日, 26/6/1.

One such cell may mean anything; a whole column says what it means. The year that is left out is
the one that the file, the sheet or the lines above name, else the newest that is not to come.
"""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, time

from copyassist.reading.moments import parse_moment
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
_YEAR_LAST = re.compile(
    rf"(?P<one>\d{{1,2}})[./-](?P<two>\d{{1,2}})[./-](?P<year>\d{{2}}(?:\d{{2}})?){_CLOCK}"
)
_CLOCK_ALONE = re.compile(r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?")
_MOST = 0.6  # of the cells must be of one kind
_OLDEST = 15  # years that an account's posts may go back
_LAST_MONTH = 12


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
    filled = [not is_missing(str(cell or "")) for cell in cells]
    here = as_of.astimezone(CHINA).date()
    short = [_NO_YEAR.fullmatch(text) for text in texts]
    if any(short) and _are_short(short, texts, filled, as_of):
        return [_fill(found, cell, here, year) for found, cell in zip(short, cells, strict=True)]
    for pattern, read in ((_TWO_DIGITS, _read_year_first), (_YEAR_LAST, _read_year_last)):
        found = [pattern.fullmatch(text) for text in texts]
        if any(found) and sum(map(bool, found)) >= _MOST * sum(filled):
            written = read([one for one in found if one], here)
            if written is not None:
                days = iter(written)
                return [
                    (next(days) or cell) if one else cell
                    for one, cell in zip(found, cells, strict=True)
                ]
    return list(cells)


def _are_short(
    short: Sequence[re.Match[str] | None],
    texts: Sequence[str],
    filled: Sequence[bool],
    as_of: datetime,
) -> bool:
    """Whether a column is of days without a year: all of them, or beside 昨天, 3 小时前 and days of earlier years."""
    if sum(map(bool, short)) >= _MOST * sum(filled):
        return True
    others = [
        text for text, one, full in zip(texts, short, filled, strict=True) if full and not one
    ]
    moments = [parse_moment(text, now=as_of, in_table=True) for text in others]
    # Pages write the year of earlier years only.
    this_year = as_of.astimezone(CHINA).year
    return all(
        moment is not None
        and (moment.origin != "written" or moment.when.astimezone(CHINA).year < this_year)
        for moment in moments
    )


def join_clocks(days: Sequence[Cell], clocks: Sequence[Cell]) -> list[Cell]:
    """Days and the times beside them as one; the days alone where a time is none."""
    joined: list[Cell] = []
    for day, clock in zip(days, clocks, strict=True):
        text = clock.strip() if isinstance(clock, str) else ""
        if isinstance(clock, time):
            text = clock.isoformat()
        moment = parse_moment(day, in_table=True) if is_clock(clock) and day is not None else None
        if moment is None or moment.precision != "day":
            joined.append(day)
        else:
            joined.append(f"{moment.when.astimezone(CHINA).date().isoformat()} {text}")
    return joined


def is_clock(cell: Cell) -> bool:
    """Whether a cell is a time of day and no more."""
    if isinstance(cell, time):
        return True
    return isinstance(cell, str) and bool(_CLOCK_ALONE.fullmatch(cell.strip()))


def _read_year_first(found: Sequence[re.Match[str]], here: date) -> list[str] | None:
    if not _begin_with_years(found, here):
        return None
    return [
        _write(2000 + int(one["year"]), int(one["month"]), int(one["day"]), one) for one in found
    ]


def _read_year_last(found: Sequence[re.Match[str]], here: date) -> list[str] | None:
    """11/23/26 and 23/11/26: which is the month, one day above 12 tells for the whole column."""
    years = [int(one["year"]) % 100 for one in found]
    first = max(int(one["one"]) for one in found)
    second = max(int(one["two"]) for one in found)
    if not all(here.year % 100 - _OLDEST <= year <= here.year % 100 for year in years):
        return None
    if (first > _LAST_MONTH) == (second > _LAST_MONTH):
        return None  # neither tells, or they contradict each other
    month, day = ("one", "two") if second > _LAST_MONTH else ("two", "one")
    return [
        _write(2000 + year, int(one[month]), int(one[day]), one)
        for one, year in zip(found, years, strict=True)
    ]


def _begin_with_years(found: Sequence[re.Match[str]], here: date) -> bool:
    """Whether the first of three numbers is the year: 26/6/1, not 1/6/26."""
    newest = here.year % 100
    years = {int(one["year"]) for one in found}
    days = {int(one["day"]) for one in found}
    if not all(newest - _OLDEST <= year <= newest for year in years):
        return False
    return len(years) < len(days) or newest not in days


def _fill(found: re.Match[str] | None, cell: Cell, here: date, year: int | None) -> Cell:
    if found is None:
        return cell
    month, day = int(found["month"]), int(found["day"])
    if year is not None:
        return _write(year, month, day, found) or cell
    written = [_write(candidate, month, day, found) for candidate in (here.year, here.year - 1)]
    # As texts, days are in the order of time.
    past = (text for text in written if text and text[:10] <= here.isoformat())
    return next(past, cell)


def _write(year: int, month: int, day: int, found: re.Match[str]) -> str:
    """The day in full with its time, "" for one that never was."""
    try:
        return f"{date(year, month, day).isoformat()}{found['clock'] or ''}"
    except ValueError:
        return ""
