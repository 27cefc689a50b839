"""Answers of sites: feeds, every shipped list, archives of lists, lists of feeds."""

import json
import random
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from benchmarks.hostile.mutations import mutate_bytes, mutate_json
from copyassist.news.sources.archives import load_archive
from copyassist.news.sources.opml import parse_opml
from copyassist.news.sources.registry import shipped_sources
from copyassist.news.sources.rss import parse_feed
from copyassist.news.sources.source import Page
from tests.news.sources.shapes import FEED, KUAISHOU, SHAPES

SEEN = datetime(2026, 6, 4, 12, tzinfo=UTC)
ATOM = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>甲</title>
<entry><title type="html">标题 &amp;#55357;&amp;#56832;</title><link href="/a?b=1"/><id>urn:1</id>
<published>2026-06-04T11:28:22+08:00</published><content type="html">&lt;p&gt;正文&lt;/p&gt;</content>
<category term="财经"/></entry></feed>""".encode()
RDF = b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><item rdf:about="x"><title>t</title><link>http://a.cn/</link></item></rdf:RDF>'
JSON_FEED = b'{"version":"https://jsonfeed.org/version/1.1","title":"a","items":[{"id":"1","url":"http://a.cn/1","title":"t","content_html":"<p>b</p>","date_published":"2026-06-04T11:28:22Z","tags":["x"]}]}'
OPML = """<?xml version="1.0" encoding="UTF-8"?><opml version="2.0"><head><title>甲</title></head><body>
<outline text="新闻"><outline type="rss" text="乙" title="乙" xmlUrl="https://a.cn/feed"/></outline>
<outline text="丙" xmlUrl="https://b.cn/feed?x=1&amp;y=2"/></body></opml>""".encode()
ARCHIVES = (
    (
        "weibo.csv",
        "title,display_time,realpos,hot,flag,ads,category\n油价,2026-06-04 11:00:00,1,123,2,0,财经\n",
    ),
    (
        "zhihu.csv",
        "title,heat_wan,commit_time,rank,question_id,label\n油价,123,2026-06-04 11:00:00,1,123456,hot\n",
    ),
    (
        "ranked-weibo.csv",
        "title,commit_time,rank,id\n油价,2026-06-04 11:00:00,1,a\n高考,2026-06-04 11:00:00,2,b\n",
    ),
    ("weibo-told.csv", "title,date,description,category\n油价,2026-06-04,近日,财经\n"),
    (
        "2026-06-04_11.json",
        '[{"title":"油价","url":"https://s.weibo.com/?display_time=1787305785","hot":"123","ads":false}]',
    ),
    ("2026-06-04.json", '[{"title":"高考","url":"https://a.cn/"}]'),
)


def load_feeds() -> list[bytes]:
    """RSS, Atom, RDF and JSON feeds."""
    return [FEED, ATOM, RDF, JSON_FEED]


def load_answers() -> list[bytes]:
    """An answer of each shipped list."""
    return [shape.body() for shape in SHAPES]


def load_pages() -> list[bytes]:
    """Pages with data inside them."""
    return [KUAISHOU, *(body for body in load_answers() if not body.startswith((b"{", b"[")))]


def change_answer(draw: random.Random, seed: bytes, others: Sequence[bytes]) -> bytes:
    """JSON by its values, pages by their bytes."""
    try:
        json.loads(seed)
    except ValueError:
        return mutate_bytes(draw, seed, others)
    return mutate_json(draw, seed, others)


def call_feed(data: bytes) -> None:
    """A feed, in each of the charsets that a server may name."""
    for kind in ("application/rss+xml", "text/xml; charset=gb2312", "text/html; charset=x"):
        parse_feed(Page(body=data, url="https://a.cn/", content_type=kind, seen_at=SEEN), "a")


@cache
def _readers() -> tuple[Callable[[Page], object], ...]:
    """One reader of each kind: tables of sources.toml are read by the same code."""
    ways = [way for source in shipped_sources().values() for way in source.ways]
    return tuple(way.read for way in ways if way.parse_page is None)


def call_answer(data: bytes) -> None:
    """Every reader of a shipped list; each must refuse what is another's."""
    from copyassist.errors import CopyAssistError

    page = Page(body=data, url="https://a.cn/", seen_at=SEEN)
    for read in _readers():
        try:
            read(page)
        except CopyAssistError:
            continue


def load_archives() -> list[bytes]:
    """Archives, their names before them in the first line."""
    return [f"{name}\n{text}".encode() for name, text in ARCHIVES]


def call_archive(data: bytes) -> None:
    """An archive of lists, in a file of its own."""
    first, _, rest = data.partition(b"\n")
    known = [name for name, _ in ARCHIVES]
    name = first.decode("utf-8", "replace")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / (name if name in known else known[len(data) % len(known)])
        path.write_bytes(rest)
        for snapshot in load_archive(path, "weibo"):
            assert snapshot.when.tzinfo is not None


def load_opml() -> list[bytes]:
    """Lists of feeds."""
    return [OPML, b'<opml><body><outline xmlUrl="http://a.cn"/></body></opml>', ATOM, b"<!--x-->"]


def call_opml(data: bytes) -> None:
    """A list of feeds."""
    parse_opml(data, "a.opml")


WAYS: Sequence[tuple[str, int, object, object, object]] = (
    ("feeds", 8, load_feeds, mutate_bytes, call_feed),
    ("answers of hot lists", 12, load_answers, change_answer, call_answer),
    ("pages with lists", 3, load_pages, mutate_bytes, call_answer),
    ("archives", 5, load_archives, mutate_bytes, call_archive),
    ("OPML", 5, load_opml, mutate_bytes, call_opml),
)
