"""Figures in every unit that platforms and exports write: right, or refused."""

import math
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copyassist.reading.numbers import LARGEST, Number, find_number, parse_duration, parse_number

UNITS = {
    "": 1, "千": 10**3, "k": 10**3, "K": 10**3, "万": 10**4, "萬": 10**4, "w": 10**4, "W": 10**4,
    "m": 10**6, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8, "億": 10**8,
    "十亿": 10**9, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12,
}  # fmt: skip
FULL_WIDTH = str.maketrans("0123456789.,%+", "０１２３４５６７８９．，％＋")
NUMERIC = st.text("0123456789.,+-−%‰万w亿千百十k<>≥秒分时小: eE９％多余次", max_size=80)
MARKS = {"": "exact", "+": "at_least", "多": "at_least", "余": "at_least"}


def is_refused(parse: Callable[[str], Number], text: str) -> bool:
    try:
        parse(text)
    except ValueError:
        return True
    return False


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,234", Number(1234)),
        ("1.2万", Number(12_000)),
        ("1.1万", Number(11_000)),
        ("2千万", Number(20_000_000)),
        ("3.5亿", Number(350_000_000)),
        ("1万亿", Number(1e12)),
        ("12w", Number(120_000)),
        ("1.2k", Number(1200)),
        ("10万+", Number(100_000, "at_least")),
        ("超过2千万", Number(20_000_000, "at_least")),
        ("<0.1%", Number(0.001, "at_most", True)),
        ("12.3%", Number(0.123, "exact", True)),
        ("１２．３％", Number(0.123, "exact", True)),
        ("165‰", Number(0.165, "exact", True)),
        ("-5", Number(-5)),
        ("−5", Number(-5)),
        ("1e5", Number(100_000)),
        (".5", Number(0.5)),
        (" 1 200 次 ", Number(1200)),
    ],
)
def test_a_text_that_is_a_number(text: str, number: Number) -> None:
    assert parse_number(text) == number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("4606 万热度", 46_060_000), ("剧集 123", 123), ("✰ 12k", 12_000), ("2千万", 20_000_000),
        ("热度 2千万", 20_000_000), ("约 3 亿人在看", 300_000_000), ("1,234,567", 1_234_567),
        ("1万亿", 1e12), ("第 3kg", 3),
    ],
)  # fmt: skip
def test_the_first_number_in_a_text(text: str, value: float) -> None:
    found = find_number(text)
    assert found is not None
    assert found.value == value


@pytest.mark.parametrize("text", ["热度累计中", "", "-3", "−3", "－3", "9" * 60, "万"])
def test_no_number_in_a_text(text: str) -> None:
    assert find_number(text) is None


@pytest.mark.parametrize(
    "text",
    ["", "★★★", "abc", "1.2.3", "12万34", "1-2", "9" * 400, "1e999", "0." + "1" * 400, "5千千",
     "5" + " " * 300 + "只", "½"],
)  # fmt: skip
def test_what_is_no_number_is_refused(text: str) -> None:
    assert is_refused(parse_number, text)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("21.46秒", 21.46), ("1分12秒", 72), ("1小时2分", 3720), ("00:01:12", 72), ("1:12", 72),
     ("１分１２秒", 72), ("17.5", 17.5), ("12s", 12), ("2h", 7200)],
)  # fmt: skip
def test_durations(text: str, seconds: float) -> None:
    assert parse_duration(text) == Number(seconds)


@pytest.mark.parametrize("text", ["", "很久", "1:2:3:4", "9" * 400 + "秒", "秒"])
def test_what_is_no_duration_is_refused(text: str) -> None:
    assert is_refused(parse_duration, text)


@given(
    st.decimals(0, 9999, places=2),
    st.sampled_from(sorted(UNITS)),
    st.sampled_from(sorted(MARKS)),
    st.booleans(),
)
def test_a_number_in_any_unit_comes_back(
    digits: Decimal, unit: str, mark: str, full_width: bool
) -> None:
    text = f"{digits:,}{unit}{mark}"
    text = text.translate(FULL_WIDTH) if full_width else text
    wanted = Number(float(digits * UNITS[unit]), MARKS[mark])  # type: ignore[arg-type]
    assert parse_number(text) == wanted
    assert find_number(f"热度 {text}") == wanted


@given(st.integers(0, 10**16))
def test_a_count_comes_back(count: int) -> None:
    for text in (str(count), f"{count:,}"):
        assert parse_number(text) == find_number(text) == Number(float(count))


@given(st.decimals(0, 100, places=3), st.sampled_from("%‰"))
def test_a_share_comes_back(digits: Decimal, sign: str) -> None:
    wanted = digits / (100 if sign == "%" else 1000)
    assert parse_number(f"{digits}{sign}") == Number(float(wanted), "exact", True)


@given(st.integers(0, 999), st.integers(0, 59), st.integers(0, 59))
def test_a_length_of_time_comes_back(hours: int, minutes: int, seconds: int) -> None:
    wanted = Number(float(hours * 3600 + minutes * 60 + seconds))
    for text in (f"{hours}小时{minutes}分{seconds}秒", f"{hours}:{minutes:02}:{seconds:02}"):
        assert parse_duration(text) == wanted


@given(st.one_of(st.text(max_size=500), NUMERIC, st.integers().map(str)))
def test_any_text_is_a_finite_number_or_refused(text: str) -> None:
    found = [find_number(text)]
    for parse in (parse_number, parse_duration):
        try:
            found.append(parse(text))
        except ValueError:
            continue
    for number in found:
        assert number is None or (math.isfinite(number.value) and abs(number.value) <= LARGEST)
