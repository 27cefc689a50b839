"""Bytes of Chinese text: whole in every encoding that writers' files come in, or refused."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from copyassist.reading.encodings import (
    EncodingError,
    FoundEncoding,
    decode,
    find_declared,
    find_encoding,
)

SIMPLIFIED = (
    "巷口修鞋的师傅收摊了", "社区食堂开张第一天", "旧书店搬家那天下着雨", "阳台上的番茄终于红了",
    "一碗热汤面的周末", "孩子说想自己走去上学", "三十岁以后怎么交朋友", "地铁末班车上的年轻人",
    "我把客厅改成了书房", "冬天的第一场雪落在操场", "这家面馆开了二十年", "你有多久没有写信了？",
    "妈妈的存折里藏着什么", "为什么我们越来越怕打电话", "菜市场里的四季，比日历还准",
    "他用十年时间，画下了一条街", "房租涨了，我决定搬到城外去", "《山里的小学》只剩两个学生",
)  # fmt: skip
TRADITIONAL = (
    "巷口修鞋的師傅收攤了", "社區食堂開張第一天", "舊書店搬家那天下著雨", "陽台上的番茄終於紅了",
    "一碗熱湯麵的週末", "孩子說想自己走去上學", "三十歲以後怎麼交朋友", "捷運末班車上的年輕人",
    "我把客廳改成了書房", "冬天的第一場雪落在操場", "這家麵館開了二十年", "你有多久沒有寫信了？",
    "媽媽的存摺裡藏著什麼", "為什麼我們越來越怕打電話", "菜市場裡的四季，比日曆還準",
    "他用十年時間，畫下了一條街", "房租漲了，我決定搬到城外去", "《山裡的小學》只剩兩個學生",
)  # fmt: skip
# The characters in common use, as the first level of GB2312 lists them.
COMMON = [
    chr_
    for lead in range(0xB0, 0xD8)
    for trail in range(0xA1, 0xFF)
    if len(chr_ := bytes((lead, trail)).decode("gb2312", "ignore")) == 1
]
SHORTEST = 4  # Chinese characters from which the guess is held to be right
MARKED = ("utf-8-sig", "utf-16", "utf-32")
TITLE = "国家统计局发布五月居民消费价格数据"


def lists(titles: tuple[str, ...]) -> st.SearchStrategy[str]:
    """A line or several of a list, with ranks and figures as lists have them."""
    line = st.tuples(st.sampled_from(titles), st.integers(0, 99), st.sampled_from(["", "万", " w"]))
    written = line.map(lambda row: f"{row[1]}. {row[0]} {row[1]}{row[2]}")
    return st.lists(st.one_of(st.sampled_from(titles), written), min_size=1).map("\n".join)


def is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


# --- whole, in every encoding ----------------------------------------------------------------------


@given(lists(SIMPLIFIED), st.sampled_from(["utf-8", *MARKED, "gb18030"]))
def test_a_simplified_list_comes_back(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


@given(lists(TRADITIONAL), st.sampled_from(["utf-8", *MARKED, "gb18030", "big5", "cp950"]))
def test_a_traditional_list_comes_back(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


@given(st.text(st.sampled_from(COMMON), min_size=SHORTEST))
def test_any_common_characters_come_back_from_gb18030(text: str) -> None:
    data = text.encode("gb18030")
    assume(not is_utf8(data))
    assert decode(data) == (text, "gb18030")


@pytest.mark.parametrize("title", TRADITIONAL)
def test_every_short_piece_of_a_traditional_title_is_known(title: str) -> None:
    for start in range(len(title) - 2 * SHORTEST + 1):
        piece = title[start : start + 2 * SHORTEST]
        assert decode(piece.encode("big5")) == (piece, "cp950")


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc"])),
    st.sampled_from(["utf-8", *MARKED]),
)
def test_any_text_comes_back_from_what_says_what_it_is(text: str, encoding: str) -> None:
    assume(encoding != "utf-8" or max(text, default="") >= "\u0800" or text.isascii())
    assume(not text.startswith("\ufeff") and "\ufffd" not in text)
    assert decode(text.encode(encoding)).text == text


@given(st.binary(max_size=400), st.sampled_from(["", "gb18030", "cp950", "iso-8859-1", "cp932"]))
def test_any_bytes_are_text_or_refused(data: bytes, declared: str) -> None:
    try:
        found = decode(data, (declared,) if declared else ())
    except EncodingError:
        return
    assert data.decode(found.encoding, "replace").count("\ufffd") >= found.text.count("\ufffd")


@given(st.binary(max_size=400))
def test_any_declaration_is_read_or_left(data: bytes) -> None:
    for name in find_declared(data, data.decode("latin-1")):
        "".encode(name)


@pytest.mark.parametrize(
    ("text", "encoding", "found"),
    [
        ("AG战胜TTG", "gb18030", "gb18030"),  # valid UTF-8 by accident
        ("TGA前瞻", "gb18030", "gb18030"),
        ("Beyoncé à Paris", "utf-8", "utf-8"),
        ("Привет", "utf-8", "utf-8"),
        ("只有 ASCII".encode("ascii", "ignore").decode(), "ascii", "utf-8"),
        ("標題,閱讀量\n社區食堂第一天,12\n", "utf-16-le", "utf-16-le"),
        ("標題,閱讀量\n社區食堂第一天,12\n", "utf-16-be", "utf-16-be"),
        ("佢哋嘅茶餐廳，喺嗰度唔使等位", "big5hkscs", "big5hkscs"),
    ],
)
def test_by_name(text: str, encoding: str, found: str) -> None:
    data = text.encode(encoding)
    assert decode(data) == (text, found)
    assert find_encoding(lambda: [data]) == FoundEncoding(found, False)


# --- declarations ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "encoding", "declared"),
    [
        (TITLE, "gb18030", "gb2312"),
        (TITLE, "gb18030", "utf-8"),
        (TITLE, "gb18030", "big5"),
        (TITLE, "gb18030", "iso-8859-1"),
        (TITLE, "gb18030", "windows-1252"),
        (TITLE, "gb18030", "no-such-thing"),
        (TITLE, "utf-8", "gbk"),
        (TITLE, "utf-8", "iso-8859-1"),
        (TITLE, "utf-8-sig", "gb2312"),
        (TITLE, "utf-16", "utf-8"),
        ("國家統計局發布五月居民消費價格", "big5", "big5"),
        ("國家統計局發布五月居民消費價格", "big5", "gb2312"),
        ("國家統計局發布五月居民消費價格", "big5", "utf-8"),
        ("國家統計局發布五月居民消費價格", "gb18030", "gbk"),
        ("日本語の文章です", "cp932", "shift_jis"),
        ("한국어 문장입니다", "cp949", "euc-kr"),
        ("Ça a été un été à Paris", "latin-1", "iso-8859-1"),
    ],
)
@pytest.mark.parametrize("place", ["xml", "meta", "http-equiv", "header"])
def test_a_declaration_true_or_not(text: str, encoding: str, declared: str, place: str) -> None:
    page = {
        "xml": f'<?xml version="1.0" encoding="{declared}"?><t>{text}</t>',
        "meta": f'<html><head><meta charset="{declared}"></head>{text}</html>',
        "http-equiv": '<html><meta http-equiv="Content-Type" content="text/html; '
        f'charset={declared}">{text}</html>',
        "header": text,
    }[place]
    data = page.encode(encoding)
    header = f"text/html; charset={declared}" if place == "header" else ""
    assert text in decode(data, find_declared(data, header)).text


def test_the_document_is_asked_before_its_header() -> None:
    page = b'<?xml version="1.0" encoding="big5"?><a/>'
    assert find_declared(page, "text/xml; charset=gb2312") == ("cp950", "gb18030")
    assert find_declared(b"", "text/xml; charset=utf-16") == ()


# --- faults ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("declared", [(), ("utf-8",), ("gb18030",), ("cp950",)])
@pytest.mark.parametrize("stray", [b"\xff", b"\xe6\x97", b"\x81"])
def test_a_stray_byte_in_utf8_is_one_mark(declared: tuple[str, ...], stray: bytes) -> None:
    first, rest = TITLE[:9].encode(), TITLE[9:].encode()
    found = decode(first + stray + rest, declared)
    assert found == (f"{TITLE[:9]}\ufffd{TITLE[9:]}", "utf-8")


@pytest.mark.parametrize("stray", [b"\xff", b"\x81"])
def test_a_stray_byte_in_gb18030_is_one_mark(stray: bytes) -> None:
    first, rest = TITLE[:9].encode("gb18030"), TITLE[9:].encode("gb18030")
    assert decode(first + stray + rest) == (f"{TITLE[:9]}\ufffd{TITLE[9:]}", "gb18030")


@pytest.mark.parametrize(
    "data",
    [b"\xff " * 40, bytes(range(256)) * 4, b"\xff\xfe\x00\xd8", b"\x00\x01\x02" * 30, b"caf\xe9"],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(EncodingError):
        decode(data)


# --- files larger than memory ------------------------------------------------------------------------


@given(lists(SIMPLIFIED), st.sampled_from(["utf-8", *MARKED, "gb18030"]), st.integers(1, 40))
def test_blocks_may_end_anywhere(text: str, encoding: str, size: int) -> None:
    data = text.encode(encoding)
    blocks = [data[start : start + size] for start in range(0, len(data), size)]
    whole = 5000 - len(data) % 2
    found = find_encoding(lambda: blocks if encoding not in MARKED else [data[:whole]])
    assert data.decode(found.encoding) == text
    assert not found.damaged


def test_a_long_file_is_judged_by_what_it_holds_beyond_ascii() -> None:
    text = "only,ascii,here\n" * 80_000 + "巷口修鞋的师傅收摊了\n"
    assert decode(text.encode("gb18030")) == (text, "gb18030")
    text = "巷口修鞋的師傅收攤了\n" * 60_000
    assert decode(text.encode("big5")) == (text, "cp950")


def test_damage_is_told() -> None:
    good = "".join(f"早餐第{n}种做法\n" for n in range(50)).encode()
    assert find_encoding(lambda: [good, b"\xff\n"]) == FoundEncoding("utf-8", True)
    assert find_encoding(lambda: [good, "早".encode()[:2]]) == FoundEncoding("utf-8", True)
    assert find_encoding(lambda: []) == FoundEncoding("utf-8", False)
