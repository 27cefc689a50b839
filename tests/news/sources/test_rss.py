"""Feeds as they come: every silent fault that was measured in feedparser is handled here."""

import contextlib
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from copyassist.errors import SourceFormatError
from copyassist.news.sources.rss import FeedReader, parse_feed
from copyassist.news.sources.source import Page
from copyassist.types.news import HotItem

NOW = datetime(2026, 6, 4, 6, 0, tzinfo=UTC)
TRUE = datetime(2026, 6, 4, 3, 28, 22, tzinfo=UTC)
TITLE = "国家统计局发布五月居民消费价格数据"


def page(body: bytes, content_type: str = "", url: str = "https://a.cn/feed/rss.xml") -> Page:
    return Page(body=body, url=url, content_type=content_type, seen_at=NOW)


def read(body: bytes | str, content_type: str = "") -> list[HotItem]:
    data = body.encode() if isinstance(body, str) else body
    return parse_feed(page(data, content_type), "feed")


def item(title: str = TITLE, date: str = "", inside: str = "") -> str:
    written = f"<pubDate>{date}</pubDate>" if date else ""
    link = "<link>https://a.cn/1</link>"
    return f"<item><title>{title}</title>{link}{written}{inside}</item>"


def rss(*items: str, declared: str = "utf-8") -> str:
    head = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    body = "".join(items)
    return f'{head}<rss version="2.0"><channel><title>源</title>{body}</channel></rss>'


# --- encodings -----------------------------------------------------------------------------------

STRAY = TITLE[:5].encode("gb18030"), TITLE[5:].encode("gb18030")


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (rss(item(), declared="gb2312").encode("gb18030"), ""),
        (rss(item(), declared="GBK").encode("gb18030"), "text/xml; charset=gbk"),
        (rss(item(), declared="utf-8").encode("gb18030"), "text/xml"),
        (rss(item(), declared="").encode("gb18030"), "text/xml"),
        (rss(item(), declared="iso-8859-1").encode("utf-8"), ""),
        (rss(item(), declared="utf-8").encode("utf-8"), "text/xml; charset=gbk"),
        (b"\xef\xbb\xbf" + rss(item()).encode("utf-8"), ""),
        (rss(item(), declared="utf-16").encode("utf-16"), ""),
        (rss(item(), declared="big5").replace(TITLE, "臺灣").encode("big5"), ""),
    ],
    ids=[
        "gb2312", "gbk", "gbk-declared-utf8", "gbk-undeclared", "utf8-declared-latin1",
        "utf8-header-gbk", "mark", "utf16", "big5",
    ],
)  # fmt: skip
def test_encodings(body: bytes, content_type: str) -> None:
    assert read(body, content_type)[0].title in (TITLE, "臺灣")


@pytest.mark.parametrize("stray", [b"\xff", b"\x81", b"\xfe", b"\x80"])
def test_one_stray_byte_costs_one_character(stray: bytes) -> None:
    whole = rss(item(), item("第二条新闻照常可读"), declared="gb2312").encode("gb18030")
    broken = whole.replace(b"".join(STRAY), STRAY[0] + stray + STRAY[1])
    titles = [found.title for found in read(broken)]
    assert titles[1] == "第二条新闻照常可读"
    assert titles[0].replace("\ufffd", "") == TITLE


def test_one_stray_byte_in_utf8() -> None:
    body = rss(item()).encode().replace("发布".encode(), "发布".encode() + b"\xff")
    assert read(body)[0].title.replace("\ufffd", "") == TITLE


def test_bytes_of_no_encoding_are_an_error() -> None:
    noise = b"\xff " * 40
    with pytest.raises(SourceFormatError) as caught:
        read(
            b"<rss version='2.0'><channel><item><title>"
            + noise
            + b"</title></item></channel></rss>"
        )
    assert caught.value.params["expected"] == "UTF-8 | GB18030 | Big5"


# --- dates ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "date",
    [
        "2026年6月4日 11:28:22", "2026/06/04 11:28:22", "1780543702", "20260604112822",
        "Thu, 4 Jun 2026 11:28:22 CST", "2026-06-04 11:28:22", "2026-06-04T11:28:22",
        "Thu, 04 Jun 2026 11:28:22 +0800", "Thu, 04 Jun 2026 11:28:22 GMT+8",
        "星期四, 04 六月 2026 11:28:22 +0800", "Thu, 04 Jun 2026 03:28:22 GMT",
    ],
)  # fmt: skip
def test_dates(date: str) -> None:
    assert read(rss(item(date=date)))[0].published_at == TRUE


@pytest.mark.parametrize("date", ["someday", "2026年13月40日", "06/04/2026"])
def test_unreadable_date_is_unknown(date: str) -> None:
    assert read(rss(item(date=date)))[0].published_at is None


def test_relative_date_counts_from_the_poll() -> None:
    assert read(rss(item(date="3小时前")))[0].published_at == datetime(2026, 6, 4, 3, tzinfo=UTC)


# --- what feeds get wrong --------------------------------------------------------------------------


def test_markup_in_titles() -> None:
    found = read(rss(item("<![CDATA[<b>热</b> &amp; 爆<script>alert(1)</script>]]>")))[0]
    assert found.title == "热 & 爆"


def test_bare_ampersand_control_character_and_blank_lines() -> None:
    body = "\n\n" + rss(item("A & B\x08 公司"))
    assert read(body)[0].title == "A & B 公司"


def test_relative_links_and_missing_ones() -> None:
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>甲</title><link href="../2"/></entry>'
        "<entry><title>乙</title></entry></feed>"
    )
    first, second = read(atom)
    assert first.url == "https://a.cn/2"
    assert second.url == ""


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x"])
def test_links_that_are_no_web_addresses(link: str) -> None:
    assert read(rss(f"<item><title>甲</title><link>{link}</link></item>"))[0].url == ""


def test_entry_without_title_is_named_by_its_text() -> None:
    body = rss("<item><description>&lt;p&gt;今天的微博正文&lt;/p&gt;</description></item>")
    assert read(body)[0].title == "今天的微博正文"


def test_entry_without_anything_is_left_out() -> None:
    assert read(rss("<item><guid>1</guid></item>")) == []


@pytest.mark.parametrize(
    "body", ["<!DOCTYPE html><html><body>403</body></html>", "", "not a feed", "[]", '{"a": 1}']
)
def test_what_is_no_feed(body: str) -> None:
    with pytest.raises(SourceFormatError) as caught:
        read(body)
    assert caught.value.params["found"]


def test_ranked_feed_counts_its_order() -> None:
    reader = FeedReader(source="rsshub", kind="list")
    items = reader(page(rss(item("甲"), item("乙")).encode()))
    assert [(found.title, found.rank) for found in items] == [("甲", 1), ("乙", 2)]
    assert FeedReader(source="feed")(page(rss(item("甲")).encode()))[0].rank is None


def test_google_trends_traffic() -> None:
    body = (
        '<rss version="2.0" xmlns:ht="https://trends.google.com/trending/rss"><channel><item>'
        "<title>颱風</title><ht:approx_traffic>2000+</ht:approx_traffic></item></channel></rss>"
    )
    assert read(body)[0].heat == 2000


def test_json_feed() -> None:
    body = (
        '{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "2", "title": "甲",'
        ' "url": "/2", "date_published": "2026-06-04T11:28:22+08:00", "tags": ["财经"]},'
        ' {"id": 3, "content_html": "<p>正文</p>"}, {"title": {"not": "text"}}, 7]}'
    )
    first, second = read(body)
    assert (first.title, first.url, first.category) == ("甲", "https://a.cn/2", "财经")
    assert first.published_at == TRUE
    assert second.title == "正文"


# --- bombs ---------------------------------------------------------------------------------------


def test_entities_do_not_grow() -> None:
    names = [f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12)]
    body = f'<!DOCTYPE x [<!ENTITY e0 "lol">{"".join(names)}]>' + rss(item("&e11;"), declared="")
    assert len(read(body)[0].title) <= 300


def test_outside_entities_are_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET")
    body = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>' + rss(item("a&e;"), declared="")
    assert "SECRET" not in read(body)[0].title


@pytest.mark.parametrize(
    "body",
    [
        b"<rss version='2.0'><channel><item><title>x</title><d>" + b"<a>" * 400_000,
        b"<rss version='2.0'><channel>" + b"<item><title>x</title></item>" * 60_000,
        b"<rss version='2.0'><channel><item><title>" + b"<" * 1_000_000,
        b"<rss version='2.0'>" + b"<!DOCTYPE [" * 100_000,
        b"<rss version='2.0'><channel><item><title>" + b"<script>" * 100_000,
    ],
    ids=["deep", "long", "brackets", "doctypes", "scripts"],
)
def test_feeds_made_to_take_long(body: bytes) -> None:
    """A limit in processor time, wide enough for any machine: what is guarded takes minutes."""
    start = time.process_time()
    with contextlib.suppress(SourceFormatError):
        assert len(read(body)) <= 500
    assert time.process_time() - start < 30


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("&#55357;&#56832;好", "😀好"),
        ("&#xD83D;&#xDE00;好", "😀好"),
        ("&#55357;好", "\ufffd好"),
        ("&#x110000;好", "\ufffd好"),
        (f"&#{'9' * 400};好", "\ufffd好"),
        ("&#20013;&#x56FD;", "中国"),
    ],
)
def test_references_that_name_no_character(written: str, title: str) -> None:
    assert [found.title for found in read(rss(item(written)))] == [title]


@pytest.mark.parametrize("mark", ["&lt;!--", "&lt;script ", "&lt;style>", "&lt;a ", "&amp;#"])
def test_marks_without_end_cost_no_more_than_their_length(mark: str) -> None:
    # Squared in its length, each of these would take minutes.
    hostile = item(inside=f"<description>{mark * 2000}</description>")
    assert len(read(rss(*[hostile] * 400))) == 400
