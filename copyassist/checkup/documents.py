"""A file as a draft: what of it is the title, what the text, and what its head says about it.

In Markdown the title is that of the front matter, else the first heading; code, comments, addresses
of links and the marks themselves are no text. In any other file the first line is the title.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from copyassist.checkup.places import Lines, Piece, cut
from copyassist.errors import InputError
from copyassist.reading.encodings import decode_file

MARKDOWN = (".md", ".markdown", ".mdx")
MOST_BYTES = 10_000_000
STDIN = "-"

_HEAD = re.compile(
    r"\ufeff?(---|\+\+\+)[ \t]*\r?\n(.*?)^\1[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)
_FIELD = re.compile(r"^([A-Za-z_\u4e00-\u9fff]+)[ \t]*[:=][ \t]*(.*?)[ \t\r]*$", re.MULTILINE)
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.+?)[ \t]*#*[ \t]*\r?$", re.MULTILINE)
_UNDERLINED = re.compile(r"^ {0,3}(\S.*?)[ \t]*\r?\n {0,3}(?:=+|-{2,})[ \t]*\r?$", re.MULTILINE)
_FIRST_LINE = re.compile(r"^[ \t\ufeff]*(\S.*?)[ \t]*\r?$", re.MULTILINE)
# What is no text of a Markdown file. The groups kept are what a reader sees of a link or picture.
_NO_TEXT = re.compile(
    r"(?P<fence>^ {0,3}(?P<tick>`{3,}|~{3,}).*?(?:^ {0,3}(?P=tick)[`~]*[ \t]*\r?$|\Z))"
    r"|(?P<comment><!--.*?(?:-->|\Z))"
    r"|(?P<code>(?<!`)(?P<quote>`+)(?!`).+?(?<!`)(?P=quote)(?!`))"
    r"|(?P<link>!?\[(?P<shown>[^\]\n]*)\](?:\([^)\n]*\)|\[[^\]\n]*\]))"
    r"|(?P<tag></?[A-Za-z][^<>\n]*>)"
    r"|(?P<rule>^ {0,3}(?:[-*_=][ \t]*){3,}\r?$)"
    r"|(?P<start>^[ \t]{0,6}(?:#{1,6}[ \t]+|>[ \t]?|(?:[-*+]|\d{1,3}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?)+)"
    r"|(?P<stress>\*{1,3}|~~|(?<![A-Za-z0-9])_{1,3}(?=\S)|(?<=\S)_{1,3}(?![A-Za-z0-9]))",
    re.DOTALL | re.MULTILINE,
)
# What the head of a file may call what a draft has.
_NAMES: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "标题"),
    "digest": ("digest", "description", "summary", "摘要"),
    "platform": ("platform", "平台"),
    "form": ("form", "形式"),
    "purpose": ("purpose", "context", "用途"),
    "cover": ("cover", "image", "封面"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One file. `head` is what its front matter says, under the names of a draft's fields."""

    name: str
    raw: str
    title: Piece
    body: Piece
    head: Mapping[str, str] = field(default_factory=dict)

    @property
    def lines(self) -> Lines:
        """Its lines."""
        return Lines(self.raw)

    def piece(self, name: str) -> Piece:
        """The title, or the text."""
        return self.body if name == "body" else self.title


def read_document(data: bytes, name: str) -> Document:
    """The document of a file's bytes. Raises InputError for what is no text, or too long."""
    if len(data) > MOST_BYTES:
        raise InputError("input_too_large", name=name, limit_mb=MOST_BYTES // 1_000_000)
    return parse_document(decode_file(data, name).text, name)


def parse_document(raw: str, name: str) -> Document:
    """The document of a file's text."""
    head = _HEAD.match(raw)
    if not (Path(name).suffix.lower() in MARKDOWN or head or raw.lstrip("\ufeff").startswith("# ")):
        return _parse_plain(raw, name)
    start = head.end() if head else 0
    fields, titled = _read_head(raw, head)
    if titled is not None:
        title = cut(raw, [titled])
        skipped = _repeats(raw, start, title.text)
    else:
        found = _find_title(raw, start)
        title = cut(raw, list(_strip(raw, *found.span(1)))) if found else Piece()
        skipped = found.span() if found else None
    ranges = [(start, skipped[0]), (skipped[1], len(raw))] if skipped else [(start, len(raw))]
    body = cut(raw, [one for low, high in ranges for one in _strip(raw, low, high)])
    return Document(name=name, raw=raw, title=title, body=body, head=fields)


def _parse_plain(raw: str, name: str) -> Document:
    found = _FIRST_LINE.search(raw)
    if found is None:
        return Document(name=name, raw=raw, title=Piece(), body=Piece())
    title, body = cut(raw, [found.span(1)]), cut(raw, [(found.end(), len(raw))])
    return Document(name=name, raw=raw, title=title, body=body)


def _read_head(
    raw: str, head: re.Match[str] | None
) -> tuple[dict[str, str], tuple[int, int] | None]:
    """What the front matter says, and where its title stands."""
    if head is None:
        return {}, None
    said: dict[str, str] = {}
    where: tuple[int, int] | None = None
    for found in _FIELD.finditer(raw, *head.span(2)):
        name = next((own for own, names in _NAMES.items() if found[1].lower() in names), "")
        low, high = found.span(2)
        if high - low >= 2 and raw[low] in "\"'" and raw[high - 1] == raw[low]:
            low, high = low + 1, high - 1
        if name and name not in said and low < high:
            said[name] = raw[low:high]
            where = (low, high) if name == "title" else where
    said.pop("title", None)
    return said, where


def _find_title(raw: str, start: int) -> re.Match[str] | None:
    """The first heading, its text as group 1; else the first line."""
    fences = [one.span() for one in _NO_TEXT.finditer(raw, start) if one["fence"] or one["comment"]]
    headings = [*_HEADING.finditer(raw, start), *_UNDERLINED.finditer(raw, start)]
    inside = (
        one
        for one in sorted(headings, key=lambda one: one.start())
        if not any(low <= one.start() < high for low, high in fences)
    )
    return next(inside, None) or _FIRST_LINE.search(raw, start)


def _repeats(raw: str, start: int, title: str) -> tuple[int, int] | None:
    """Where the heading stands that says the front matter's title once more."""
    found = _HEADING.search(raw, start)
    return found.span() if found and found[1].strip() == title else None


def _strip(raw: str, low: int, high: int) -> Iterator[tuple[int, int]]:
    """The ranges of a part of a file that are text."""
    at = low
    for found in _NO_TEXT.finditer(raw, low, high):
        yield at, found.start()
        if found["link"] is not None:
            yield from _strip(raw, *found.span("shown"))
        at = found.end()
    yield at, high


def list_files(path: Path) -> list[Path]:
    """The Markdown files below a folder in order, or the one file. Raises InputError for neither."""
    if not path.is_dir():
        return [path]
    found = sorted(
        one
        for one in path.rglob("*")
        if one.suffix.lower() in MARKDOWN
        and one.is_file()
        and not any(part.startswith(".") for part in one.relative_to(path).parts)
    )
    if not found:
        raise InputError("check_no_files", path=str(path), endings=" ".join(MARKDOWN))
    return found


def rewrite(document: Document, raw: str) -> Document:
    """The document with another text."""
    return replace(parse_document(raw, document.name), name=document.name)
