"""What only looks like markup stays as it was written: in titles, texts, links and OPML."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copyassist.news.sources.markup import drop_markup, mend_xml, unescape
from copyassist.news.sources.opml import parse_opml
from copyassist.news.sources.reading import clean
from copyassist.news.sources.rss import parse_feed
from copyassist.news.sources.source import Page

TEXTS = (
    "为什么 List<String> 不能当 List<Object> 用",
    "当 a<b 且 c>d 时怎么办",
    "if a<b and c>d",
    "Map<K, V> 与 List<A>",
    "<div> 和 <span> 的区别",
    "<title> 写多长",
    "<script> 标签放在哪里",
    "<!-- 注释怎么写",
    "1 < 2 > 0",
    "温度<5℃",
    "B&Q 与 H&M 的秋冬",
    "R&D; AT&T",
    "?a=1&copy=2&lang=zh&reg=3",
    "x&lt=3",
)


@pytest.mark.parametrize("text", TEXTS)
def test_text_is_text(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<b>热</b>门", "热门"),
        ("<p>开头没有结尾", "开头没有结尾"),
        ("上<br>下<BR/>里", "上下里"),
        ('<a href="https://a.cn/?a=1&b=2">链接', "链接"),
        ("<font color=red>红", "红"),
        ("<input disabled value='a'>字", "字"),
        ("前<!-- 注 -->后", "前后"),
        ("前<script>x<y</script>后", "前后"),
        ("<em>A</em> List<String>", "A List<String>"),
        ("<p>正文<o:p></o:p></p>", "正文"),
        ("&copy; 2026 &copy 2026 &nbsp;&hellip;", "© 2026 © 2026 …"),
        ("a &lt; b &lt;= c", "a < b <= c"),
        ("&lt;div&gt; 怎么用", "<div> 怎么用"),
    ],
)
def test_markup_goes(written: str, read: str) -> None:
    assert clean(written) == read


@given(st.text(alphabet="<>/b a=&;lt'\"!-scrip"))
def test_never_raises_and_adds_nothing(text: str) -> None:
    assert len(drop_markup(text)) <= len(text)
    assert isinstance(mend_xml(unescape(text)), str)


@pytest.mark.parametrize(
    "part", ["<a ", "<script ", "<!--", "<b x=", "<b>", "&", "&#", "<![CDATA["]
)
def test_linear(part: str) -> None:
    """A limit in processor time, wide enough for any machine: what is guarded takes minutes."""
    start = time.process_time()
    for read in (drop_markup, unescape, mend_xml):
        read(part * 200_000)
    assert time.process_time() - start < 30


def _feed(inside: str, root: str = "rss") -> Page:
    body = f"<{root}><channel><title>源</title>{inside}</channel></{root}>"
    return Page(body=body.encode(), url="https://a.cn/rss")


LINK = "https://a.cn/?a=1&copy=2&lang=zh&reg=3&amp=4"


@pytest.mark.parametrize("end", ["", "<item>"])
def test_bare_marks_in_a_feed(end: str) -> None:
    inside = f"<item><title>B&Q 与 H&M：a < b</title><link>{LINK}</link></item>{end}"
    (item,) = parse_feed(_feed(inside), "x")
    assert (item.title, item.url) == ("B&Q 与 H&M：a < b", LINK)


@pytest.mark.parametrize("write", ["<![CDATA[{}]]>", "{}"])
@pytest.mark.parametrize("text", TEXTS)
def test_titles_of_feeds(write: str, text: str) -> None:
    if "CDATA" not in write:
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    inside = f"<item><title>{write.format(text)}</title><link>{write.format(text)}</link></item>"
    (item,) = parse_feed(_feed(inside), "x")
    assert item.title in TEXTS


def test_names_of_html_in_a_feed() -> None:
    (item,) = parse_feed(_feed("<item><title>A&nbsp;&mdash; B &nosuch; C</title></item>"), "x")
    assert item.title == "A — B &nosuch; C"


def test_addresses_of_opml_stay_byte_for_byte() -> None:
    text = (
        '<opml version="2.0"><body><outline text="新闻 < 旧闻">'
        '<outline text="C & D" type="rss" xmlUrl="https://a.cn/r?cat=n&format=rss&copy=1"/>'
        '<outline text="E &amp; F" type="rss" xmlUrl="https://a.cn/e?a=1&amp;b=2&nbsp=3"/>'
        "</outline></body></opml>"
    )
    assert [(one.title, one.url, one.folder) for one in parse_opml(text.encode(), "x")] == [
        ("C & D", "https://a.cn/r?cat=n&format=rss&copy=1", "新闻 < 旧闻"),
        ("E & F", "https://a.cn/e?a=1&b=2&nbsp=3", "新闻 < 旧闻"),
    ]
