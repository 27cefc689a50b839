"""OPML: the list of feeds that feed readers exchange."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from copyassist.errors import InputError
from copyassist.hiding import strip_secrets
from copyassist.news.sources.markup import mend_xml
from copyassist.news.sources.reading import clean, web_address
from copyassist.news.sources.source import Source
from copyassist.reading.encodings import decode_file

_MAX_FEEDS = 2000
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Outline:
    """One feed of an OPML file; `folder` is the name of the group it stands in."""

    title: str
    url: str
    folder: str = ""


def parse_opml(data: bytes, file: str) -> list[Outline]:
    """The feeds of an OPML file, each address once. Raises InputError opml_unreadable, file_binary."""
    # No entities, no network, no huge trees: the file may come from anywhere.
    parser = etree.XMLParser(
        encoding="utf-8",  # whatever the file still declares
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        recover=True,
        huge_tree=False,
    )
    try:
        text = decode_file(data, file).text
        root = etree.fromstring(mend_xml(text).encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError("opml_unreadable", file=file, reason=str(error)) from error
    if root is None or _name(root) != "opml":
        other = "" if root is None else f"<{_name(root)[:40]}> ≠ "
        raise InputError("opml_unreadable", file=file, reason=f"{other}<opml>")
    found = {outline.url: outline for outline in _walk(root)}
    return list(found.values())[:_MAX_FEEDS]


def _name(node: etree._Element) -> str:
    """An element's name without namespace or prefix; lxml's own way refuses an undeclared prefix."""
    return re.split("[}:]", str(node.tag))[-1].lower()


def _walk(root: etree._Element) -> Iterator[Outline]:
    for node in root.iter("{*}outline", "{*}OUTLINE"):
        names = {str(key).lower(): value for key, value in node.attrib.items()}
        url = web_address(names.get("xmlurl"))
        if url:
            title = clean(names.get("title") or names.get("text")) or strip_secrets(url)
            yield Outline(title, url, _find_folder(node))


def _find_folder(node: etree._Element) -> str:
    parent = node.getparent()
    if parent is None or parent.get("xmlUrl"):
        return ""
    return clean(parent.get("title") or parent.get("text"), 100)


def find_feed(source: Source) -> str:
    """The address of a source that is a feed, "" for others."""
    return next((way.url for way in source.ways if way.parse_page), "")


def dump_opml(sources: Iterable[Source], title: str) -> bytes:
    """An OPML 2.0 file of the sources that are feeds, in their order, without logins and keys."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = title
    body = etree.SubElement(root, "body")
    for source in sources:
        if url := find_feed(source):
            name = _NOT_XML.sub("\ufffd", source.name_zh)
            outline = {"type": "rss", "text": name, "title": name}
            address = _NOT_XML.sub("\ufffd", strip_secrets(url))
            etree.SubElement(body, "outline", **outline, xmlUrl=address)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return written
