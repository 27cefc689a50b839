"""One cell at a time: what the back ends write for numbers, rates, durations, times and texts.

All are pure and raise nothing but ValueError, for a cell that says something else.
"""

import math
import re
from datetime import date, datetime, time, timedelta

from copyassist.cells import arm, write_digits
from copyassist.reading import numbers
from copyassist.reading.moments import Moment, parse_moment
from copyassist.reading.numbers import Number, fold
from copyassist.text.parse import repair
from copyassist.types import MetricValue

Cell = str | int | float | bool | datetime | date | time | timedelta | None

_JOINED = re.compile(r"(?<=\d)_(?=\d{1,2}[:：]\d)")  # 2026-11-25_07:30:13
UNCOMPUTED = "=…"
"""A formula whose value nobody has worked out: neither a text nor a number."""

_LARGEST = 10**15  # no count is larger; an id that was taken for one is
_MISSING = frozenset(
    (
        *("", "-", "--", "---", "—", "——", "–", "−", "/", "*", "-1", "−1", "n/a", "#n/a", "na"),
        *("nan", "null", "none", "nil", "暂无", "暂无数据", "无"),
    )
)


def parse_text_cell(cell: Cell) -> str:
    """A cell as text: as `mend_cell` gives it, without the ' of our exports before = + - @ ＝ ＋ …"""
    return arm(mend_cell(cell)).strip()


def mend_cell(cell: Cell) -> str:
    """A cell as text: mended, without spaces around it.

    Line breaks and hashtags inside stay. A whole number loses the .0 that a sheet gives it.
    """
    if cell is None:
        return ""
    text = write_digits(cell) if isinstance(cell, float) else str(cell)
    return repair(text)[0].strip().lstrip("\ufeff")


def parse_id(cell: Cell) -> str:
    """A platform's id, "" where the sheet has rounded it (more than 15 digits as a number)."""
    if isinstance(cell, int | float) and abs(cell) >= 2**53:
        return ""
    text = parse_text_cell(cell)
    return "" if re.fullmatch(r"[\d.]+e\+?\d+", text.lower()) or is_missing(text) else text


def is_missing(text: str) -> bool:
    """Whether a back end means "no value" by this: -, --, —, −1 and the like."""
    return text.strip().lower() in _MISSING


def parse_number(cell: Cell) -> tuple[MetricValue, bool] | None:
    """A number and whether it was written as a percentage; None where the cell has no value.

    1.2万 is 12000, 1,234 is 1234, 10万+ is at least 100000, <0.1% is at most 0.001.
    """
    if isinstance(cell, bool | date | time | timedelta):
        raise ValueError(cell)
    if isinstance(cell, int | float):
        return _checked(Number(_bounded(cell)))
    text = _figure(cell)
    return None if is_missing(text) else _checked(numbers.parse_number(text))


def parse_duration(cell: Cell) -> MetricValue | None:
    """Seconds: 21.46秒, 1分12秒, 00:01:12, 1:12, a bare number; None where there is no value."""
    if isinstance(cell, timedelta):
        return MetricValue(cell.total_seconds())
    if isinstance(cell, datetime):
        raise ValueError(cell)
    if isinstance(cell, time):
        return MetricValue(cell.hour * 3600.0 + cell.minute * 60 + cell.second)
    text = _figure(cell) if isinstance(cell, str) else ""
    number = parse_number(cell) if is_missing(text) else _checked(numbers.parse_duration(text))
    return number and number[0]


def parse_time(cell: Cell, now: datetime | None = None) -> datetime | None:
    """An aware UTC time; None where the cell has no value. Without a zone it is China's time.

    Dates alone are their midnight there; 3天前 and 周一 11:40 are counted from `now` (aware) and
    refused without it. Raises ValueError for what is no time of 1990–2100.
    """
    found = parse_moment_cell(cell, now)
    return None if found is None else found.when


def parse_moment_cell(cell: Cell, now: datetime | None = None) -> Moment | None:
    """As `parse_time`, with how much of it was said and how."""
    given = parse_text_cell(cell) if isinstance(cell, str) else cell
    if given is None or (isinstance(given, str) and is_missing(fold(given))):
        return None
    if isinstance(given, str):
        given = _JOINED.sub(" ", given)
    found = parse_moment(given, now=now, in_table=True)
    if found is None:
        raise ValueError(str(given)[:80])
    return found


def _figure(cell: str | None) -> str:
    return fold(parse_text_cell(cell)).lstrip("'")


def _bounded(number: float) -> float:
    """A number of a sheet; compared before it is converted, for an int may be too large."""
    if abs(number) > _LARGEST:
        raise ValueError
    return float(number)


def _checked(number: Number) -> tuple[MetricValue, bool] | None:
    if math.isnan(number.value) or number == Number(-1):
        return None
    return MetricValue(_bounded(number.value), number.bound), number.percent
