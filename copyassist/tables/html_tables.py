"""HTML tables, which some back ends (公众号 users) name .xls."""

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree, html

from copyassist.errors import InputError
from copyassist.reading.encodings import decode_file
from copyassist.tables.cells import Cell
from copyassist.tables.table import Table, check_size

_WIDEST = 200  # columns that one cell may span


def parse_html(name: str, data: bytes) -> tuple[Table, ...]:
    """All tables of a page, spanned cells repeated as empty. Raises InputError file_unreadable, file_binary."""
    try:
        text = decode_file(data, name).text
        parser = html.HTMLParser(encoding="utf-8")  # whatever the page still declares
        document = html.document_fromstring(text.encode(), parser=parser)
    except (etree.LxmlError, ValueError, LookupError) as error:
        raise InputError("file_unreadable", name=name, reason=str(error)) from error
    tables = [_read(name, table) for table in document.iter("table")]
    filled = [table for table in tables if table.rows]
    return tuple(replace(table, name=str(place)) for place, table in enumerate(filled, 1))


def _read(name: str, table: html.HtmlElement) -> Table:
    rows: list[list[Cell]] = []
    for row in table.iter("tr"):
        if next(row.iterancestors("table"), None) is not table:
            continue  # a row of a table inside this one
        rows.append(list(_read_row(row)))
        check_size(name, len(rows), max(map(len, rows[-1:])))
    kept = [index for index, row in enumerate(rows) if any(row)]
    return Table("", [rows[index] for index in kept], [index + 1 for index in kept])


def _read_row(row: html.HtmlElement) -> Iterator[Cell]:
    for cell in row.iterchildren("td", "th"):
        yield "".join(cell.itertext()).strip()
        span = str(cell.get("colspan", "1"))[:4]
        yield from [""] * (min(int(span), _WIDEST) - 1 if span.isascii() and span.isdigit() else 0)
