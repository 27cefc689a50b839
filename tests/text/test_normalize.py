"""The normal form, and the way back from it."""

import re
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copyassist.text import normalize, parse_text, title_key
from copyassist.text import normalize as normalize_function
from copyassist.text.parse import repair

module = sys.modules[normalize_function.__module__]

AWKWARD = st.text(
    alphabet=st.one_of(
        st.sampled_from(
            "a Zé漢汉後于乾隆著㎡ﬃ…½①℃İΣςßẞ\u0301\u0323\u0308\u200b\u200d\u202e\u2066\ufe0f\ufeff\xad"
            "\u1100\u1161\u11a8가각ｶﾞカ\u3099\u3164\uffa0\x00\ud800\udfff👨👩👧🇨🇳🏽שלוםمرحبا\u0344薴ǅJ\u030cH\u0331"
        ),
        st.characters(exclude_categories=()),
    ),
    max_size=60,
)


def fold_whole(raw: str) -> str:
    """The definition, without offsets: what the clusters must add up to."""
    seen = re.sub(f"[{module.INVISIBLE}]", "", raw)
    table = module._load_simplified()
    folded = unicodedata.normalize("NFKC", seen).translate(table).lower()
    return unicodedata.normalize("NFKC", folded)


@pytest.mark.parametrize(
    ("raw", "norm"),
    [
        ("", ""),
        ("Hello", "hello"),
        ("ＡＢＣ１２３！", "abc123!"),
        ("臺灣後來於飲菸", "台湾后来于饮烟"),
        ("乾隆與哪吒著名", "乾隆与哪吒著名"),
        ("80㎡的ﬃ", "80m2的ffi"),
        ("国\u200b家\u2060级", "国家级"),
        ("a\u202eb\u2066c\u2069", "abc"),
        ("e\u200b\u0301", "é"),
        ("❤\ufe0f", "❤"),
        ("ΟΔΥΣΣΕΥΣ", "οδυσσευσ"),
        ("H\u0331", "\u1e96"),
        ("ｶﾞ", "ガ"),
    ],
)
def test_normal_forms(raw, norm):
    assert normalize(raw)[0] == norm


def test_plain_titles_need_no_offsets():
    for raw in ("今天天气不错", "iPhone 17 开箱：值吗？", "Hello!", "臺灣ＡＢ", "好🔥吃"):
        assert normalize(raw)[1] is None


def test_spans_cover_what_they_came_from():
    parsed = parse_text("约80㎡，国\u200b家级！")
    found = parsed.norm.index("m2")
    assert parsed.raw[slice(*parsed.raw_span(found, found + 2))] == "㎡"
    assert parsed.raw[slice(*parsed.raw_span(found, found + 1))] == "㎡"
    found = parsed.norm.index("国家级")
    assert parsed.raw[slice(*parsed.raw_span(found, found + 3))] == "国\u200b家级"


@given(AWKWARD)
def test_folding_clusters_equals_folding_the_whole(raw):
    assert normalize(raw)[0] == fold_whole(raw)


@given(AWKWARD)
def test_normalizing_twice_changes_nothing(raw):
    norm = normalize(raw)[0]
    assert normalize(norm)[0] == norm


@given(AWKWARD)
def test_offsets_run_forward_inside_the_raw_text(raw):
    norm, offsets = normalize(raw)
    if offsets is None:
        assert len(norm) == len(raw)
        return
    assert len(offsets) == len(norm) + 1
    assert list(offsets) == sorted(offsets)
    assert offsets[-1] == len(raw)


@given(AWKWARD, st.data())
def test_every_normal_span_maps_back_to_the_same_normal_text(raw, data):
    parsed = parse_text(raw)
    start = data.draw(st.integers(0, len(parsed.norm)))
    end = data.draw(st.integers(start, len(parsed.norm)))
    left, right = parsed.raw_span(start, end)
    assert 0 <= left <= right <= len(parsed.raw)
    if start < end:
        assert parsed.norm[start:end] in normalize(parsed.raw[left:right])[0]


ALL = "".join(map(chr, range(sys.maxunicode + 1)))


def test_simple_characters_map_one_to_one_and_never_combine():
    simple = re.findall(f"[{module._SIMPLE}]", ALL)
    assert len(simple) > 70_000
    assert not re.search(f"[{module.INVISIBLE}]", "".join(simple))
    for char in simple:
        assert len(module._fold_simple(char)) == 1, hex(ord(char))
        assert module._starts_cluster(char), hex(ord(char))


def test_composing_starters_are_all_known():
    """Every character that composes with what stands before it is a mark or in the list."""
    for code in range(sys.maxunicode + 1):
        parts = unicodedata.decomposition(chr(code)).split()
        if len(parts) != 2 or parts[0].startswith("<"):
            continue
        second = chr(int(parts[1], 16))
        if unicodedata.normalize("NFC", chr(int(parts[0], 16)) + second) == chr(code):
            assert unicodedata.combining(second) or module._COMPOSING.match(second), hex(code)


def test_nothing_folds_into_an_invisible_character():
    for char in re.findall(f"[^{module.INVISIBLE}]", ALL):
        if not unicodedata.is_normalized("NFKC", char):
            folded = unicodedata.normalize("NFKC", char)
            assert not module._INVISIBLE.search(folded), hex(ord(char))


def test_what_gb2312_can_write_needs_no_table():
    for code in module._load_simplified():
        if code not in module._ALWAYS:
            with pytest.raises(UnicodeEncodeError):
                chr(code).encode("gb2312")


def test_repair_replaces_and_counts():
    assert repair("a\x00b\ud800") == ("a\ufffdb\ufffd", 2)
    parsed = parse_text("\udfff标题\x00")
    assert (parsed.raw, parsed.repairs) == ("\ufffd标题\ufffd", 2)
    parsed.raw.encode("utf-8")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("《苹果》发布，会！", "蘋果發布會"),
        ("ＡＩ 时代", "ai时代"),
        ("国\u200b家", "国家"),
    ],
)
def test_title_keys_of_one_title_are_equal(one, other):
    assert title_key(one) == title_key(other)


def test_titles_of_symbols_keep_their_own_keys():
    assert title_key("！！") == "!!"
    assert title_key("🔥 🔥") == "🔥🔥" != title_key("❤️")
    assert title_key("  ") == ""


@given(AWKWARD)
def test_title_key_is_the_same_from_raw_and_normal_form(raw):
    assert title_key(raw) == title_key(normalize(raw)[0])


def test_a_heap_of_marks_is_cut_not_sorted():
    parsed = parse_text("a" + "\u0323\u0301" * 200_000)
    assert len(parsed.norm) <= 32
    assert parsed.raw_span(0, len(parsed.norm)) == (0, 400_001)
