"""One cell at a time: what the back ends write for numbers, rates, durations, times and texts.

All are pure and raise nothing but ValueError, for a cell that says something else.
"""

import math
import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta, timezone

from copyassist.text.parse import repair
from copyassist.types import Bound, MetricValue

Cell = str | int | float | bool | datetime | date | time | timedelta | None

# The back ends write Beijing time. A fixed offset: Windows has no time zone database.
SHANGHAI = timezone(timedelta(hours=8))
_EXCEL_EPOCH = datetime(1899, 12, 30)
_EXCEL_DAYS = (20_000, 80_000)  # 1954 .. 2119 as Excel counts days
_UNIX_SECONDS = (10**9, 4 * 10**9)  # 2001 .. 2096
_YEARS = range(1990, 2101)
_LARGEST = 10**15  # no count is larger; an id that was taken for one is

_MISSING = frozenset(
    (
        *("", "-", "--", "---", "—", "——", "–", "−", "/", "*", "-1", "−1", "n/a", "#n/a", "na"),
        *("nan", "null", "none", "nil", "暂无", "暂无数据", "无"),
    )
)
_NUMBER = re.compile(
    r"(?P<below>[<≤]|小于|不足|低于)?(?P<above>[>≥]|大于|超过|高于)?"
    r"(?P<digits>[+-]?(?:\d[\d,]*(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,3})?)"
    r"(?P<scale>千|万|亿|[wkm])?(?P<more>\+|多|余)?(?P<percent>[%‰])?"
    r"(?:次|人|个|条|篇|元|赞|阅读|播放)?(?P<more_after>\+)?"
)
_SCALES = {"": 1, "千": 10**3, "k": 10**3, "万": 10**4, "w": 10**4, "m": 10**6, "亿": 10**8}
_PERCENTS = {"%": 100, "‰": 1000}
_DURATION = re.compile(
    r"(?:(?P<h>\d+(?:\.\d+)?)(?:小时|时|h|hours?))?"
    r"(?:(?P<m>\d+(?:\.\d+)?)(?:分钟|分|min|m))?"
    r"(?:(?P<s>\d+(?:\.\d+)?)(?:秒钟|秒|s|sec)?)?"
)
_CLOCK = re.compile(r"(?:(?P<h>\d{1,4}):)?(?P<m>\d{1,4}):(?P<s>\d{1,2}(?:\.\d+)?)")
_DATE = re.compile(
    r"(?P<year>\d{4})\s*[-/.年_]?\s*(?P<month>\d{1,2})\s*[-/.月_]?\s*(?P<day>\d{1,2})\s*日?"
    r"(?:[t\s]*(?P<half>上午|下午|凌晨|中午|晚上)?\s*(?P<hour>\d{1,2})\s*[:时点]\s*"
    r"(?:(?P<minute>\d{1,2})\s*分?(?:\s*:?\s*(?P<second>\d{1,2})(?:[.,]\d+)?\s*秒?)?)?"
    r"\s*(?P<clock>am|pm)?)?"
    r"\s*(?P<zone>z|utc|[+-]\d{2}:?\d{2})?"
)
_DATE_SEPARATED = re.compile(r"\d{4}\s*[-/.年_]\s*\d{1,2}\s*[-/.月_]\s*\d{1,2}(?!\d)")
_DIGIT_TIMES = {8: "%Y%m%d", 12: "%Y%m%d%H%M", 14: "%Y%m%d%H%M%S"}
_GUARDED = re.compile(r"'(?=[=+\-@])")


def parse_text_cell(cell: Cell) -> str:
    """A cell as text: mended, without spaces around it, without the guard ' before = + - @.

    Line breaks and hashtags inside stay. A whole number loses the .0 that a sheet gives it.
    """
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = repair(str(cell))[0].strip().lstrip("\ufeff")
    return _GUARDED.sub("", text, count=1) if text.startswith("'") else text


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
        return _plain_number(float(cell))
    if cell is not None and cell.isascii() and cell.isdigit():
        return _plain_number(float(cell))  # what most cells are
    text = unicodedata.normalize("NFKC", parse_text_cell(cell)).lower()
    text = "".join(text.split()).replace("−", "-").lstrip("'")
    if is_missing(text):
        return None
    found = _NUMBER.fullmatch(text)
    if found is None:
        raise ValueError(cell)
    percent = found["percent"] or ""
    value = float(found["digits"].replace(",", "")) * _SCALES[found["scale"] or ""]
    plain = _plain_number(round(value / _PERCENTS[percent], 12) if percent else value)
    return plain and (MetricValue(plain[0].value, _bound(found)), bool(percent))


def parse_duration(cell: Cell) -> MetricValue | None:
    """Seconds: 21.46秒, 1分12秒, 00:01:12, 1:12, a bare number; None where there is no value."""
    if isinstance(cell, timedelta):
        return MetricValue(cell.total_seconds())
    if isinstance(cell, datetime):
        raise ValueError(cell)
    if isinstance(cell, time):
        return MetricValue(cell.hour * 3600.0 + cell.minute * 60 + cell.second)
    if isinstance(cell, str):
        text = "".join(unicodedata.normalize("NFKC", cell).lower().split())
        found = _CLOCK.fullmatch(text) or (_DURATION.fullmatch(text) if text else None)
        if found is not None:
            hours, minutes, seconds = (float(found[name] or 0) for name in "hms")
            return MetricValue(hours * 3600 + minutes * 60 + seconds)
    number = parse_number(cell)
    return number and number[0]


def parse_time(cell: Cell) -> datetime | None:
    """An aware UTC time; None where the cell has no value. Without a zone it is Beijing time.

    Dates alone are their midnight in Beijing. Raises ValueError for what is no time of 1990–2100.
    """
    if isinstance(cell, bool | time | timedelta):
        raise ValueError(cell)
    if isinstance(cell, datetime):
        return _checked(cell)
    if isinstance(cell, date):
        return _checked(datetime(cell.year, cell.month, cell.day))
    if isinstance(cell, int | float):
        return _parse_time_number(float(cell))
    text = unicodedata.normalize("NFKC", parse_text_cell(cell)).lower().strip()
    if is_missing(text):
        return None
    if re.fullmatch(r"\d+(\.\d+)?", text):
        return _parse_digits(text)
    return _parse_time_text(text)


def _plain_number(value: float) -> tuple[MetricValue, bool] | None:
    if math.isnan(value) or value == -1:
        return None
    if abs(value) > _LARGEST:
        raise ValueError(value)
    return MetricValue(value), False


def _bound(found: re.Match[str]) -> Bound:
    if found["below"]:
        return "at_most"
    return "at_least" if found["above"] or found["more"] or found["more_after"] else "exact"


def _parse_digits(text: str) -> datetime:
    form = _DIGIT_TIMES.get(len(text))
    if form and text.startswith(("19", "20", "21")):
        return _checked(datetime.strptime(text, form))
    return _parse_time_number(float(text))


def _parse_time_number(number: float) -> datetime:
    if math.isnan(number):
        raise ValueError(number)
    if _EXCEL_DAYS[0] <= number <= _EXCEL_DAYS[1]:
        # Excel keeps a time as a fraction of a day: to the second, against its rounding.
        return _checked(_EXCEL_EPOCH + timedelta(seconds=round(number * 86_400)))
    for unit in (1, 1000):
        if _UNIX_SECONDS[0] <= number / unit <= _UNIX_SECONDS[1]:
            return datetime.fromtimestamp(int(number / unit), UTC)
    if number.is_integer() and 19_900_101 <= number <= 21_001_231:
        return _checked(datetime.strptime(str(int(number)), "%Y%m%d"))
    raise ValueError(number)


def _parse_time_text(text: str) -> datetime:
    found = _DATE.fullmatch(text)
    if found is None or not (_DATE_SEPARATED.match(text) or re.match(r"\d{8}(?!\d)", text)):
        raise ValueError(text)
    year, month, day, hour, minute, second = (
        int(found[name] or 0) for name in ("year", "month", "day", "hour", "minute", "second")
    )
    if (found["half"] in ("下午", "晚上") or found["clock"] == "pm") and hour < 12:
        hour += 12
    elif (found["half"] in ("上午", "凌晨") or found["clock"] == "am") and hour == 12:
        hour = 0
    return _checked(datetime(year, month, day, hour, minute, second, tzinfo=_zone(found["zone"])))


def _zone(text: str | None) -> timezone:
    if text is None:
        return SHANGHAI
    if text in ("z", "utc"):
        return UTC
    offset = timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
    return timezone(-offset if text[0] == "-" else offset)


def _checked(moment: datetime) -> datetime:
    if moment.year not in _YEARS:
        raise ValueError(moment)
    aware = moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)
    return aware.astimezone(UTC)
