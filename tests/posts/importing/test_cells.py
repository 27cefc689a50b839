import math
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copyassist.tables.cells import (
    Cell,
    parse_duration,
    parse_id,
    parse_number,
    parse_text_cell,
    parse_time,
)
from copyassist.types import MetricValue

AT_LEAST, AT_MOST = "at_least", "at_most"

CELLS: st.SearchStrategy[Cell] = st.one_of(
    st.none(),
    st.text(),
    st.text("0123456789.,+-−%万w亿k<>秒分时小:：/年月日 上下午T Zz—'=@", max_size=24),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.datetimes(),
    st.dates(),
    st.times(),
    st.timedeltas(),
)


def is_refused(parse: Callable[[Cell], object], cell: Cell) -> bool:
    try:
        parse(cell)
    except ValueError:
        return True
    return False


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (12, 12.0),
        ("1,234", 1234.0),
        ("1,234.5", 1234.5),
        ("1.2万", 12000.0),
        ("1.2 万", 12000.0),
        ("3.4w", 34000.0),
        ("3.4W", 34000.0),
        ("2k", 2000.0),
        ("5千", 5000.0),
        ("2千万", 2e7),
        ("１.２亿", 1.2e8),
        ("1.5亿", 1.5e8),
        ("１２３", 123.0),
        ("1e5", 100000.0),
        (".5", 0.5),
        ("1200次", 1200.0),
        ("-5", -5.0),
        ("'-5", -5.0),
        (0, 0.0),
    ],
)
def test_numbers(cell: Cell, value: float) -> None:
    assert parse_number(cell) == (MetricValue(value), False)


@pytest.mark.parametrize(
    ("cell", "value", "bound"),
    [
        ("10万+", 100000, AT_LEAST),
        ("10W+", 100000, AT_LEAST),
        ("10万＋", 100000, AT_LEAST),
        ("100000+", 100000, AT_LEAST),
        (">500", 500, AT_LEAST),
        ("<0.1%", 0.001, AT_MOST),
        ("＜0.1％", 0.001, AT_MOST),
        ("<0.001", 0.001, AT_MOST),
    ],
)
def test_bounds_are_marked(cell: Cell, value: float, bound: str) -> None:
    found = parse_number(cell)
    assert found is not None
    assert (found[0].value, found[0].bound) == (value, bound)


@pytest.mark.parametrize("cell", ["16.5%", "16.5 %", "１６．５％", "165‰"])
def test_a_written_percentage_is_a_fraction(cell: str) -> None:
    assert parse_number(cell) == (MetricValue(0.165), True)


@pytest.mark.parametrize(
    "cell", [None, "", " ", "-", "--", "—", "——", "−1", "-1", -1, -1.0, "N/A", "暂无", math.nan]
)
def test_missing_is_not_zero(cell: Cell) -> None:
    assert parse_number(cell) is None
    assert parse_duration(cell) is None


@pytest.mark.parametrize(
    "cell", ["★★★", "abc", "1.2.3", "12 34万5", True, math.inf, 7.5e18, 10**400, "9" * 400, "1-2"]
)
def test_what_is_no_number_is_refused(cell: Cell) -> None:
    assert is_refused(parse_number, cell)


@pytest.mark.parametrize(
    ("cell", "seconds"),
    [
        ("21.46秒", 21.46),
        ("12秒", 12),
        ("1分12秒", 72),
        ("1分钟", 60),
        ("1小时2分", 3720),
        ("00:01:12", 72),
        ("1:12", 72),
        ("17.5", 17.5),
        (48, 48),
        ("12s", 12),
        (timedelta(seconds=90), 90),
        (time(0, 1, 12), 72),
    ],
)
def test_durations(cell: Cell, seconds: float) -> None:
    assert parse_duration(cell) == MetricValue(seconds)


@pytest.mark.parametrize(
    "cell", ["很久", datetime(2026, 1, 1), "1:2:3:4", "9" * 400 + "秒", 10**400]
)
def test_what_is_no_duration_is_refused(cell: Cell) -> None:
    assert is_refused(parse_duration, cell)


_DAY = datetime(2026, 11, 20, 16, tzinfo=UTC)  # 2026-11-21 00:00 in Shanghai
_TIME = datetime(2026, 5, 19, 7, 39, 28, tzinfo=UTC)


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("20261121", _DAY),
        (20261121, _DAY),
        (20261121.0, _DAY),
        ("2026/11/21", _DAY),
        ("2026-11-21", _DAY),
        ("2026.11.21", _DAY),
        ("2026年11月21日", _DAY),
        (date(2026, 11, 21), _DAY),
        (46347, _DAY),
        (46347.0, _DAY),
        ("46347", _DAY),
        ("2026年05月19日15时39分28秒", _TIME),
        ("2026/5/19 15:39:28", _TIME),
        ("2026-05-19T15:39:28", _TIME),
        ("2026-05-19T07:39:28Z", _TIME),
        ("2026-05-19T15:39:28+08:00", _TIME),
        ("2026-05-19 15:39:28.123", _TIME),
        ("20260519153928", _TIME),
        ("２０２６－０５－１９ １５：３９：２８", _TIME),
        ("2026/5/19 下午3:39:28", _TIME),
        ("2026-05-19 3:39:28 PM", _TIME),
        (datetime(2026, 5, 19, 15, 39, 28), _TIME),
        (datetime(2026, 5, 19, 7, 39, 28, tzinfo=UTC), _TIME),
        (46161 + (15 * 3600 + 39 * 60 + 28) / 86400, _TIME),
        (1779176368, _TIME),
        ("1779176368000", _TIME),
        ("20260519 15:39", _TIME.replace(second=0)),
        ("2026/7/24", datetime(2026, 7, 23, 16, tzinfo=UTC)),
    ],
)
def test_times_are_those_of_shanghai(cell: Cell, moment: datetime) -> None:
    assert parse_time(cell) == moment


@pytest.mark.parametrize(
    "cell",
    ["昨天", "07-24", "2026-13-01", "20261399", "2026-02-30", "2026111", "0", 12, True, math.inf,
     "1026-05-19", "2026-05-19 25:00", time(1, 2), "2026-05-19T07:39:28+99:99", "9" * 5000],
)  # fmt: skip
def test_what_is_no_time_is_refused(cell: Cell) -> None:
    assert is_refused(parse_time, cell)


@pytest.mark.parametrize("cell", [None, "", "-", "--", " — "])
def test_no_time_is_none(cell: Cell) -> None:
    assert parse_time(cell) is None


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("'=1+1 是多少", "=1+1 是多少"),
        ("'-5 度的早晨", "-5 度的早晨"),
        ("'@老妈", "@老妈"),
        ("'+1 的快乐", "+1 的快乐"),
        ("'＝1+1 是多少", "＝1+1 是多少"),
        ("'＠老妈", "＠老妈"),
        ("''=1", "'=1"),
        ("'90 年代", "'90 年代"),
        ("-5 度的早晨", "-5 度的早晨"),
        ("第一行\n#美食 ", "第一行\n#美食"),
        (2024.0, "2024"),
        (3.5, "3.5"),
        (None, ""),
        ("坏\ud800\x00字", "坏\ufffd\ufffd字"),
    ],
)
def test_texts_lose_the_guard_and_nothing_else(cell: Cell, text: str) -> None:
    assert parse_text_cell(cell) == text


@pytest.mark.parametrize(
    ("cell", "post_id"),
    [
        ("7512345678901234567", "7512345678901234567"),
        (12345.0, "12345"),
        (7.512345678901235e18, ""),
        ("7.51E+18", ""),
        ("--", ""),
    ],
)
def test_a_rounded_id_is_no_id(cell: Cell, post_id: str) -> None:
    assert parse_id(cell) == post_id


@given(CELLS)
def test_any_cell_is_read_or_refused(cell: Cell) -> None:
    for parse in (parse_number, parse_duration, parse_time):
        assert is_refused(parse, cell) in (True, False)


@given(CELLS)
def test_any_cell_is_a_storable_text(cell: Cell) -> None:
    text = parse_text_cell(cell)
    assert "\x00" not in text
    text.encode("utf-8")


@given(st.datetimes(datetime(1990, 1, 2), datetime(2100, 12, 30)), st.sampled_from([
    "%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%Y年%m月%d日%H时%M分%S秒", "%Y-%m-%dT%H:%M:%S", "%Y%m%d%H%M%S",
]))  # fmt: skip
def test_written_times_come_back(moment: datetime, form: str) -> None:
    found = parse_time(moment.strftime(form))
    assert found is not None
    assert found.astimezone(UTC) + timedelta(hours=8) == moment.replace(microsecond=0, tzinfo=UTC)


@given(st.integers(0, 10**12))
def test_written_counts_come_back(number: int) -> None:
    assert parse_number(f"{number:,}") == (MetricValue(float(number)), False)
