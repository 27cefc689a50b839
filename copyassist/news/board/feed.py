"""The board as an RSS 2.0 feed, for any reader: an entry a topic, known by its stable id."""

from datetime import datetime
from email.utils import format_datetime
from xml.etree import ElementTree

from copyassist.i18n import Language, say
from copyassist.news.board.views import Board, TopicView
from copyassist.news.board.wording import find_lines
from copyassist.text.parse import repair

MINUTES_TO_LIVE = 30


def board_to_rss(board: Board, language: Language) -> bytes:
    """The topics as RSS 2.0, UTF-8. An entry's date is when the topic was first seen."""
    root = ElementTree.Element("rss", version="2.0")
    channel = ElementTree.SubElement(root, "channel")
    _add(channel, "title", say(language, "hot.feed.title"))
    _add(channel, "link", "https://localhost/")
    _add(channel, "description", say(language, "hot.feed.description"))
    _add(channel, "language", "zh-cn" if language == "zh" else "en")
    _add(channel, "lastBuildDate", _date(board.moment or board.now))
    _add(channel, "ttl", str(MINUTES_TO_LIVE))
    for view in board.topics:
        channel.append(_entry(board, view, language))
    ElementTree.indent(root)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _entry(board: Board, view: TopicView, language: Language) -> ElementTree.Element:
    entry = ElementTree.Element("item")
    _add(entry, "title", view.title)
    if view.url:
        _add(entry, "link", view.url)
    _add(entry, "guid", f"copyassist:topic:{view.id}").set("isPermaLink", "false")
    _add(entry, "pubDate", _date(view.trend.first_seen))
    if view.category:
        _add(entry, "category", view.category)
    for keyword in view.keywords:
        _add(entry, "category", keyword)
    _add(entry, "description", _describe(board, view, language))
    return entry


def _describe(board: Board, view: TopicView, language: Language) -> str:
    """Readers show the description as HTML: what the lists said is escaped once more."""
    from html import escape

    lines = [*([view.description] if view.description else []), *find_lines(language, board, view)]
    return "".join(f"<p>{escape(line)}</p>" for line in lines)


def _add(parent: ElementTree.Element, name: str, text: str) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, name)
    # XML has no place for most control characters, not even escaped.
    clean = "".join(c for c in repair(text)[0] if c in "\t\n" or c >= " ")
    element.text = clean.replace("\ufffe", "").replace("\uffff", "")
    return element


def _date(moment: datetime) -> str:
    return format_datetime(moment)
