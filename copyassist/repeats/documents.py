"""Texts out of files: tables of posts, Markdown, plain text, Word documents, pages of HTML."""

import html
import io
import re
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from copyassist.errors import CopyAssistError, InputError
from copyassist.home import load_file
from copyassist.posts.importing.read import find_tables
from copyassist.reading.encodings import decode_file
from copyassist.repeats.corpus import CorpusText
from copyassist.tables.cells import parse_text_cell
from copyassist.tables.files import parse_workbook

TABLES = (".csv", ".tsv", ".xlsx", ".xls", ".jsonl", ".ndjson", ".json")
PROSE = (".md", ".markdown", ".txt", ".docx", ".html", ".htm")
ENDINGS = (*TABLES, *PROSE)
_LARGEST = 64 * 1024**2  # bytes of one document, unpacked
_LONGEST_TITLE = 120
_LISTED = 8  # a text file of so many short lines and more is a list of titles
_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.M)
_FRONT = re.compile(r"\A---\n.*?\n---\n", re.S)
_FRONT_TITLE = re.compile(r"^title:\s*[\"']?(.+?)[\"']?\s*$", re.M)
_MARKS = re.compile(
    r"!\[[^\]]*\]\([^)]*\)|\[([^\]]*)\]\([^)]*\)|^#{1,6}\s+|[*_`]{1,3}|^\s*[-+]\s+", re.M
)
_WORD_PARAGRAPH = re.compile(rb"<w:p[ >].*?</w:p>", re.S)
_WORD_TEXT = re.compile(rb"<w:t(?: [^>]*)?>([^<]*)</w:t>|<w:(?:br|tab)/>")


def read_texts(path: Path) -> Iterator[CorpusText]:
    """The texts of a file, or of every readable file below a folder.

    Raises InputError for a file that cannot be read as what it is; in a folder such a file is
    passed over.
    """
    if path.is_dir():
        for file in sorted(path.rglob("*")):
            if file.suffix.lower() in ENDINGS and file.is_file():
                try:
                    yield from parse_texts(str(path), file, load_file(file))
                except CopyAssistError:
                    continue
        return
    yield from parse_texts(str(path), path, load_file(path))


def parse_texts(origin: str, path: Path, data: bytes) -> list[CorpusText]:
    """The texts of one file by its name's ending. Raises InputError corpus_format and others."""
    ending = path.suffix.lower()
    if ending in TABLES:
        return _read_table(origin, path, data)
    if ending == ".docx":
        return [_make(origin, path, _read_word(path, data))]
    if ending not in PROSE:
        raise InputError("corpus_format", name=path.name, known=" ".join(ENDINGS))
    text = decode_file(data, path.name).text
    if ending in (".html", ".htm"):
        return [_read_page(origin, path, text)]
    if ending in (".md", ".markdown"):
        return [_read_markdown(origin, path, text)]
    return parse_plain(origin, path, text)


def parse_plain(origin: str, path: Path, text: str) -> list[CorpusText]:
    """A plain text: one title or a list of them where its lines are short, else one text."""
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1)]
    full = [(number, line) for number, line in lines if line]
    dense = len(full) == len(lines) or len(full) >= _LISTED
    if full and dense and all(len(line) <= _LONGEST_TITLE for _, line in full):
        return [CorpusText(origin, f"{path.name}:{number}", line) for number, line in full]
    return [_make(origin, path, text)]


def _make(origin: str, path: Path, text: str) -> CorpusText:
    """A text without a title of its own: its first line where that is short, else the file's name."""
    first, _, rest = text.strip().partition("\n")
    if rest.strip() and len(first) <= _LONGEST_TITLE:
        return CorpusText(origin, str(path), first.strip(), rest.strip())
    return CorpusText(origin, str(path), path.stem, text.strip())


def _read_table(origin: str, path: Path, data: bytes) -> list[CorpusText]:
    texts = []
    for table, layout in find_tables(path.name, parse_workbook(path.name, data).tables, None):
        title, body = layout.find("title"), layout.find("body")
        if title is None:
            continue
        for row, line in zip(table.rows, table.lines, strict=True):
            cells = [
                parse_text_cell(row[column.index]) if column and column.index < len(row) else ""
                for column in (title, body)
            ]
            if cells[0] and cells[0] != title.heading:
                texts.append(CorpusText(origin, f"{path.name}:{line}", *cells))
    if not texts:
        raise InputError("corpus_no_titles", name=path.name)
    return texts


def _read_markdown(origin: str, path: Path, text: str) -> CorpusText:
    text = text.replace("\r\n", "\n")
    front = _FRONT.match(text)
    said = _FRONT_TITLE.search(front[0]) if front else None
    body = text[front.end() :] if front else text
    heading = _HEADING.search(body)
    title = said[1] if said else heading[1] if heading else path.stem
    if heading and heading[1] == title:
        body = body[: heading.start()] + body[heading.end() :]
    plain = _MARKS.sub(lambda found: found[1] or "", body).strip()
    return CorpusText(origin, str(path), title, plain)


def _read_word(path: Path, data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if packed.getinfo("word/document.xml").file_size > _LARGEST:
                raise InputError("file_too_large", name=path.name, limit_mb=_LARGEST // 1024**2)
            document = packed.read("word/document.xml")
    except (zipfile.BadZipFile, KeyError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise InputError("file_unreadable", name=path.name, reason=str(error)) from error
    paragraphs = [
        b"".join(found[1] or b" " for found in _WORD_TEXT.finditer(paragraph[0]))
        for paragraph in _WORD_PARAGRAPH.finditer(document)
    ]
    return html.unescape(b"\n".join(paragraphs).decode("utf-8", "replace"))


class _Page(HTMLParser):
    """The title and the text of a page, without what is not shown."""

    _HIDDEN = frozenset(("script", "style", "head", "noscript", "template"))
    _BLOCKS = frozenset(("p", "div", "br", "li", "h1", "h2", "h3", "h4", "section", "tr"))

    def __init__(self) -> None:
        super().__init__()
        self.title = ""
        self.pieces: list[str] = []
        self._hidden = 0
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - its signature
        self._hidden += tag in self._HIDDEN
        self._in_title = tag == "title"
        if tag in self._BLOCKS:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._hidden = max(self._hidden - (tag in self._HIDDEN), 0)
        self._in_title = False
        if tag in self._BLOCKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data
        elif not self._hidden:
            self.pieces.append(data)


def _read_page(origin: str, path: Path, text: str) -> CorpusText:
    page = _Page()
    page.feed(text)
    page.close()
    body = re.sub(r"\n\s*\n+", "\n", "".join(page.pieces)).strip()
    return CorpusText(origin, str(path), " ".join(page.title.split()) or path.stem, body)
