"""The counters, on the edges that real titles show."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copyassist.text import count

HAN20 = "一" * 20


@pytest.mark.parametrize(
    ("text", "codepoints", "han_full", "nonascii_full", "above_256_full"),
    [
        ("", 0, 0, 0, 0),
        ("汉字", 2, 2, 2, 2),
        ("ab", 2, 1, 1, 1),
        ("abc", 3, 1.5, 2, 1.5),
        ("好，", 2, 1.5, 2, 2),  # full-width punctuation weighs half in 小红书's app
        ("かな", 2, 1, 2, 2),
        ("🔥", 1, 1, 2, 2),  # two UTF-16 units
        ("👨\u200d👩\u200d👧", 5, 4, 8, 8),
        ("é", 1, 0.5, 1, 0.5),
        ("\u0100", 1, 0.5, 1, 0.5),  # 256 itself is not above 256
        ("\u0101", 1, 0.5, 1, 1),
        ("“…”", 3, 1.5, 3, 3),
        ("汉a ", 3, 2, 2, 2),
        ("\u3400", 1, 0.5, 1, 1),  # extension A is outside U+4E00-9FFF
        ("𠀀", 1, 1, 2, 2),
    ],
)
def test_vectors(text, codepoints, han_full, nonascii_full, above_256_full):
    assert count(text, "codepoints") == codepoints
    assert count(text, "han1_other_half") == han_full
    assert count(text, "nonascii1_ascii_half") == nonascii_full
    assert count(text, "gt256_1_else_half") == above_256_full


def test_xiaohongshu_edges():
    """Measured: pure hanzi end at 20; full-width punctuation must weigh a half to fit in 20."""
    assert count(HAN20, "han1_other_half") == 20
    assert count("一" * 18 + "！！！", "han1_other_half") == 19.5
    assert count("一" * 18 + "！！！", "nonascii1_ascii_half") == 21
    assert count("一" * 19 + "🔥", "han1_other_half") == 20


def test_zhihu_edge():
    """Measured: questions pile up at 51 code points with the question mark, Latin counting full."""
    assert count("x" * 30 + "字" * 20 + "？", "codepoints") == 51


def test_toutiao_edge():
    """Measured: above 30, counting Latin as half leaves a third of the tail."""
    assert count("字" * 25 + "iPhone 17", "nonascii1_ascii_half") == 30


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_counters_are_ordered_and_multiples_of_a_half(text):
    units = len(text.encode("utf-16-le", "surrogatepass")) // 2
    han = count(text, "han1_other_half")
    above = count(text, "gt256_1_else_half")
    nonascii = count(text, "nonascii1_ascii_half")
    assert units / 2 <= han <= above <= nonascii <= units
    assert han * 2 == int(han * 2)
    assert above * 2 == int(above * 2)
    assert nonascii == int(nonascii)
