"""A body as its reader sees it: paragraphs, sentences, subheadings, links, pictures."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LINE = re.compile(r"[^\r\n]+")
_SENTENCE = re.compile(r"[^。！？!?…；;\n]+(?:[。！？!?…；;]+[”’」』）)]*|\n|$)")
_HEADING = re.compile(
    r"\s*(?:#{1,6}\s+\S|【[^】]{1,24}】\s*$|\*\*[^*]{1,30}\*\*\s*$|"
    r"(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十\d]{1,3}[步章节个、，：]|0?\d{1,2}[.、 ])[^。！？!?；;，]{1,20}$)"
)
_PICTURE = re.compile(
    r"!\[(?P<alt>[^\[\]]{0,300})\]\([^()\[\]]{0,600}\)|<img\b(?P<tag>[^<>]{0,900})>", re.IGNORECASE
)
_ALT = re.compile(r"\balt\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_LINK = re.compile(
    r"(?<!!)\[[^\[\]]{1,300}\]\((?P<to>[^()\[\]\s]{1,600})[^()\[\]]{0,200}\)|<a\b[^<>]{0,900}>|"
    r"(?P<bare>(?:https?://|www\.)[\w\-./?%&=~#:+,;@!$*']+)",
    re.IGNORECASE | re.DOTALL,
)
_TAGS = re.compile(r"\s*(?:[#＃][^\s#＃]+[#＃]?\s*)+$")
_MARKUP = re.compile(r"!?\[([^\[\]]{0,300})\]\([^()\[\]]{0,600}\)|<[^<>]{1,300}>|[*_`#>]{1,6}|\s+")
MOST = 60_000  # characters of a body that are looked at
_BLANK = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class BodyPiece:
    """A range of the raw body; `length` counts its characters without blanks and markup."""

    start: int
    end: int
    text: str
    length: int


@dataclass(frozen=True, slots=True)
class BodyPicture:
    """A picture of the text with its description, "" where it has none."""

    start: int
    end: int
    alt: str


@dataclass(frozen=True, slots=True)
class BodyLayout:
    """What a body consists of. `sections` are the lengths of the text between subheadings."""

    length: int
    paragraphs: tuple[BodyPiece, ...]
    sentences: tuple[BodyPiece, ...]
    headings: tuple[BodyPiece, ...]
    sections: tuple[int, ...]
    links: tuple[str, ...]
    pictures: tuple[BodyPicture, ...]


def read_layout(raw: str) -> BodyLayout:
    """The layout of a body, as the writer typed it."""
    text = raw[:MOST]
    paragraphs: list[BodyPiece] = []
    headings: list[BodyPiece] = []
    sections = [0]
    for line in _LINE.finditer(text):
        piece = _cut(text, *line.span())
        if not piece.length or _TAGS.fullmatch(piece.text):
            continue
        if _HEADING.match(piece.text):
            headings.append(piece)
            sections.append(0)
        else:
            paragraphs.append(piece)
            sections[-1] += piece.length
    sentences = [one for paragraph in paragraphs for one in _find_sentences(text, paragraph)]
    return BodyLayout(
        length=sum(piece.length for piece in (*paragraphs, *headings)),
        paragraphs=tuple(paragraphs),
        sentences=tuple(sentences),
        headings=tuple(headings),
        sections=tuple(sections),
        links=tuple(found["to"] or found["bare"] or "" for found in _LINK.finditer(text)),
        pictures=tuple(_find_pictures(text)),
    )


def count_signs(text: str) -> int:
    """The characters of a text without blanks and markup; a run of letters or digits is what it is."""
    return len(_MARKUP.sub(_keep_words, text))


def _keep_words(found: re.Match[str]) -> str:
    return _BLANK.sub("", found[1] or "") if found.lastindex else ""


def _cut(text: str, start: int, end: int) -> BodyPiece:
    inside = text[start:end]
    return BodyPiece(start, end, inside, count_signs(inside))


def _find_sentences(text: str, paragraph: BodyPiece) -> Iterator[BodyPiece]:
    for found in _SENTENCE.finditer(text, paragraph.start, paragraph.end):
        start = found.start() + len(found[0]) - len(found[0].lstrip())
        piece = _cut(text, start, found.end())
        if any(map(str.isalnum, piece.text)):
            yield piece


def _find_pictures(text: str) -> Iterator[BodyPicture]:
    for found in _PICTURE.finditer(text):
        alt = found["alt"] or ""
        if found["tag"] is not None and (named := _ALT.search(found["tag"])):
            alt = named[1] or named[2] or ""
        yield BodyPicture(found.start(), found.end(), alt.strip())
