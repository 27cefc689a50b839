"""RSS, Atom and JSON feeds. The only place that knows feedparser.

feedparser gets clean UTF-8 without a document type (so no entity can grow), and its dates are
not used: `reading.moments` reads what the feed wrote.
"""

import io
import itertools
import json
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from copyassist.news.sources.links import find_stable
from copyassist.news.sources.markup import mend_xml
from copyassist.news.sources.reading import (
    MAX_DESCRIPTION,
    MAX_ROWS,
    clean,
    clean_surrogates,
    decode_body,
    format_error,
    number_rows,
    parse_date,
    parse_heat,
    web_address,
)
from copyassist.news.sources.source import Page
from copyassist.types.news import HotItem, SourceKind

_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,500}\?>")
_ROOT = re.compile(r"<[A-Za-z]")
_MARKUP_DECLARATION = re.compile(r"<!(?=DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)", re.IGNORECASE)
_ENTRY = re.compile(r"<(?:item|entry)[\s>]", re.IGNORECASE)
_BUILT = re.compile(r"<lastBuildDate>([^<]{1,60})<", re.IGNORECASE)
_HEAD = 16_384  # bytes, before the entries
_MAX_MARKUP = 100_000  # "<" in one feed: 500 entries of 200 marks; more is a bomb
_REFERENCE = re.compile(r"&#(?:[xX]0*([0-9a-fA-F]+)|0*([0-9]+));?")
_HALVES = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_JSON_FEED = "https://jsonfeed.org/version/1"
_JSON_FEEDS = (_JSON_FEED, f"{_JSON_FEED}.0", f"{_JSON_FEED}.1")
_XML_MARK = '<?xml version="1.0" encoding="utf-8"?>\n'
_DATES = ("published", "updated", "created")
_TITLE_FROM_TEXT = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedReader:
    """Reads the answers of one feed; a `list` feed is in the order of rank."""

    source: str
    kind: SourceKind = "feed"

    def __call__(self, page: Page) -> list[HotItem]:
        """The entries. Raises SourceFormatError for what is no feed."""
        items = parse_feed(page, self.source)
        return number_rows(items) if self.kind == "list" else items

    def find_updated(self, page: Page) -> datetime | None:
        """When the list of a ranked feed was made; None where it does not say so."""
        if self.kind != "list":
            return None
        text = decode_body(page.body[:_HEAD], self.source, page.content_type)
        entry = _ENTRY.search(text)
        found = _BUILT.search(text, 0, entry.start() if entry else len(text))
        return parse_date(clean(found[1]), page.seen_at) if found else None


def parse_feed(page: Page, source: str) -> list[HotItem]:
    """The entries of an RSS, Atom or JSON feed, in its order, without ranks.

    Entries without any text are left out. Raises SourceFormatError for a page that is no feed.
    """
    text = decode_body(page.body, source, page.content_type)
    if text.lstrip("\ufeff \t\r\n").startswith("{"):
        return _parse_json_feed(text, page, source)
    return _read_entries(_parse_xml(text, page, source), page, source)


def _parse_xml(text: str, page: Page, source: str) -> list[Mapping[str, Any]]:
    import feedparser  # 60 ms, and the list of sources is needed without it

    text = _XML_MARK + _cut_entries(mend_xml(_drop_declarations(_mend_references(text))))
    if text.count("<") > _MAX_MARKUP:
        raise format_error(source, f"at most {_MAX_MARKUP} elements", text.count("<"))
    parsed = feedparser.parse(
        io.BytesIO(text.encode("utf-8", "replace")),
        response_headers={
            "content-type": "application/xml; charset=utf-8",
            "content-location": page.url,
        },
        # Only plain text is kept of what an entry says, so cleaning its HTML would be for nothing.
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not parsed.version and not parsed.entries:
        raise format_error(source, "RSS | Atom | JSON Feed", text.removeprefix(_XML_MARK))
    return list(parsed.entries[:MAX_ROWS])


def _mend_references(text: str) -> str:
    """The document without numeric references that name no character.

    Some programs write an emoji as the two halves of its UTF-16 form, &#55357;&#56832;: they are
    put together. What is beyond Unicode, or half a character, becomes U+FFFD.
    """

    def read(found: re.Match[str]) -> str:
        digits = found[1] or found[2]
        if len(digits) > len(str(sys.maxunicode)):
            return "\ufffd"
        code = int(digits, 16 if found[1] else 10)
        if 0xD800 <= code <= 0xDFFF:
            return chr(code)
        return found[0] if code <= sys.maxunicode else "\ufffd"

    halves = _REFERENCE.sub(read, text)
    whole = _HALVES.sub(
        lambda two: two[0].encode("utf-16", "surrogatepass").decode("utf-16"), halves
    )
    return clean_surrogates(whole)


def _drop_declarations(text: str) -> str:
    """The document without XML declaration and document type: an entity bomb needs the latter."""
    text = _DECLARATION.sub("", _NOT_XML.sub("", text.lstrip("\ufeff \t\r\n")))
    root = _ROOT.search(text)
    start = text.upper().find("<!DOCTYPE", 0, root.start() if root else 0)
    if start >= 0:
        subset, end = text.find("[", start), text.find(">", start)
        if 0 <= subset < end:
            end = text.find(">", text.find("]", subset))
        text = text[:start] + text[end + 1 :] if end > start else text
    return _MARKUP_DECLARATION.sub("&lt;!", text)


def _cut_entries(text: str) -> str:
    """The document up to the last entry that will be read; feedparser forgives the open end."""
    starts = (found.start() for found in _ENTRY.finditer(text))
    cut = next(itertools.islice(starts, MAX_ROWS, None), None)
    return text if cut is None else text[:cut]


def _read_entries(entries: Iterable[Mapping[str, Any]], page: Page, source: str) -> list[HotItem]:
    items = (_read_entry(entry, page, source) for entry in entries)
    return [item for item in items if item is not None]


def _read_entry(entry: Mapping[str, Any], page: Page, source: str) -> HotItem | None:
    description = clean(_find_text(entry), MAX_DESCRIPTION)
    title = clean(entry.get("title")) or description[:_TITLE_FROM_TEXT]
    if not title:
        return None
    link = _find_link(entry, page)
    traffic = clean(entry.get("ht_approx_traffic"), 40)
    return HotItem(
        source=source,
        title=title,
        url=link,
        heat=parse_heat(traffic),
        heat_text=traffic,
        description="" if description == title else description,
        category=clean(_find_tag(entry), 40),
        published_at=_find_date(entry, page.seen_at),
        external_id=find_stable(clean(entry.get("id"), 300) or link) or title,
    )


def _find_link(entry: Mapping[str, Any], page: Page) -> str:
    link = entry.get("link")
    try:
        return web_address(urljoin(page.url, link)) if isinstance(link, str) and link else ""
    except ValueError:
        return ""


def _find_text(entry: Mapping[str, Any]) -> str:
    if entry.get("summary"):
        return str(entry["summary"])
    contents = entry.get("content") or [{}]
    return str(contents[0].get("value") or entry.get("ht_news_item_title") or "")


def _find_tag(entry: Mapping[str, Any]) -> object:
    tags = entry.get("tags") or [{}]
    return tags[0].get("term")


def _find_date(entry: Mapping[str, Any], now: datetime) -> datetime | None:
    """The first of the entry's own date texts that can be read."""
    written = dict(entry)  # plain: feedparser's own mapping passes one date off as another
    texts = (written.get(name) for name in _DATES)
    return next((found for text in texts if (found := parse_date(text, now))), None)


def _parse_json_feed(text: str, page: Page, source: str) -> list[HotItem]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise format_error(source, "JSON Feed", text) from error
    version, rows = data.get("version"), data.get("items")
    if version not in _JSON_FEEDS:
        raise format_error(source, _JSON_FEED, version if version else data)
    if not isinstance(rows, list):
        raise format_error(source, "items: list", rows)
    entries = [_from_json(row) for row in rows[:MAX_ROWS] if isinstance(row, Mapping)]
    return _read_entries(entries, page, source)


def _from_json(row: Mapping[str, Any]) -> Mapping[str, Any]:
    tags = row.get("tags") if isinstance(row.get("tags"), list) else []
    texts = (row.get(name) for name in ("summary", "content_text", "content_html"))
    return {
        "title": row.get("title"),
        "link": row.get("url") or row.get("external_url"),
        "id": row.get("id"),
        "summary": next((text for text in texts if isinstance(text, str) and text), ""),
        "published": row.get("date_published"),
        "updated": row.get("date_modified"),
        "tags": [{"term": tag} for tag in (tags or [])[:1]],
    }
