"""How hot something is, in the platforms' own writing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copyassist.news.sources.reading import parse_heat


@pytest.mark.parametrize(
    ("written", "number"),
    [
        (1136119, 1136119), ("7808391", 7808391), ("13830954", 13830954), ("1234万", 12_340_000), ("2千万", 20_000_000), ("3千万热度", 30_000_000),
        ("123.4w", 1_234_000), ("1.2亿", 120_000_000), ("4606 万热度", 46_060_000),
        ("132 万领域热度", 1_320_000), ("剧集 123", 123), ("1162万", 11_620_000), ("✰ 12k", 12_000),
        ("907.3W", 9_073_000), ("2000+", 2000), ("10万+", 100_000), ("1,234,567", 1_234_567),
        ("１２万", 120_000), ("1.2M", 1_200_000), ("1万亿", 1e12), (0, 0), ("0", 0),
        ("3千", 3000), ("3千万", 30_000_000), ("5百万", 5_000_000), ("2.5亿次播放", 250_000_000),
        ("面馆2024 · 12.3万观看 · 1.1万点赞", 123_000), ("老王 · 98.7万观看 · 4.5万点赞", 987_000),
        ("第3集 | 1.5万弹幕", 15_000), ("12.3万观看 1.1万点赞", 123_000), ("热度：88万", 880_000),
        ("阅读量 3.2亿，讨论 12万", 320_000_000), ("5万人在看", 50_000), ("120 points", 120),
        ("1.2K comments", 1200), ("🔥 1200", 1200), ("超500万热度", 5_000_000), ("老王 · 12万", 120_000),
        ("12条评论", 12), ("约 3 万", 30_000), ("2000+ searches", 2000),
    ],
)  # fmt: skip
def test_read(written: object, number: float) -> None:
    assert parse_heat(written) == number


@pytest.mark.parametrize(
    "written",
    [
        "热度累计中", "面馆2024", "第24集", "3小时前", "昨天 10:30", "2026-06-04", "iPhone 17", "-3.2%",
        "+1.5%", "8.5分", "up主123 · 2024", "No.3", "#3", "第3名", "第24集 · 3小时前", "v1.2", "5天", "¥99",
        "广告",
        "盐选推荐",
        "",
        None,
        True,
        False,
        [],
        {},
        -3,
        "-3",
        "−",
        1e300,
        "9" * 60,
        "9" * 400,
        10**400,
    ],
)  # fmt: skip
def test_no_number(written: object) -> None:
    assert parse_heat(written) is None


def test_no_number_in_numbers_that_are_none() -> None:
    assert parse_heat(float("nan")) is None
    assert parse_heat(float("inf")) is None


@given(st.one_of(st.text(), st.floats(), st.integers()))
def test_never_raises(written: object) -> None:
    found = parse_heat(written)
    assert found is None or 0 <= found <= 1e17
