"""A list for a platform that publishes none, in a CSV of one's own."""

import csv
import io
import itertools
from collections.abc import Mapping

from copyassist.errors import InputError
from copyassist.news.sources.reading import (
    MAX_DESCRIPTION,
    MAX_ROWS,
    clean,
    number_rows,
    parse_heat,
    web_address,
)
from copyassist.reading.encodings import decode_file
from copyassist.reading.numbers import find_number
from copyassist.types.news import HotItem

_COLUMNS = {
    "title": ("title", "标题", "词条", "话题", "热搜", "名称", "word", "name"),
    "rank": ("rank", "排名", "名次", "序号", "realpos"),
    "heat": ("heat", "hot", "热度", "热度值", "score", "浏览量", "阅读量"),
    "url": ("url", "link", "链接", "地址"),
    "description": ("description", "desc", "描述", "简介", "摘要"),
    "category": ("category", "分类", "类别"),
    "label": ("label", "标签", "标记"),
}


def parse_csv_list(data: bytes, source: str, file: str) -> list[HotItem]:
    """The rows of a CSV with a header; the columns may be named in Chinese or English.

    Raises InputError list_without_title where no column holds titles, file_binary for no text,
    file_unreadable for a cell without an end.
    """
    text = decode_file(data, file).text
    try:
        return _read_table(text, source, file)
    except csv.Error as error:
        raise InputError("file_unreadable", name=file, reason=str(error)) from error


def _read_table(text: str, source: str, file: str) -> list[HotItem]:
    head = next(iter(text.splitlines()), "")
    separator = "\t" if head.count("\t") > head.count(",") else ","
    # newline="": a lone CR ends a line too, as old programs write it.
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator)
    names = {_find_field(name): name for name in reader.fieldnames or () if _find_field(name)}
    if "title" not in names:
        raise InputError(
            "list_without_title", file=file, columns=", ".join(reader.fieldnames or ())
        )
    try:
        rows = list(itertools.islice(reader, MAX_ROWS))
    except csv.Error as error:  # a quotation mark that never closes
        raise InputError("file_unreadable", name=file, reason=str(error)) from error
    items = [_read_row(row, names, source) for row in rows]
    found = [item for item in items if item.title]
    return found if any(item.rank for item in found) else number_rows(found)


def _find_field(column: str | None) -> str:
    name = (column or "").strip().lower()
    return next((field for field, names in _COLUMNS.items() if name in names), "")


def _read_row(row: Mapping[str, str | None], names: Mapping[str, str], source: str) -> HotItem:
    cells = {field: row.get(column) or "" for field, column in names.items()}
    rank, title = find_number(cells.get("rank", "")), clean(cells.get("title"))
    return HotItem(
        source=source,
        title=title,
        url=web_address(cells.get("url")),
        rank=int(rank.value) if rank and rank.value in range(1, 10_000) else None,
        heat=parse_heat(cells.get("heat")),
        heat_text=clean(cells.get("heat"), 40),
        label=clean(cells.get("label"), 20),
        description=clean(cells.get("description"), MAX_DESCRIPTION),
        category=clean(cells.get("category"), 40),
        external_id=title,
    )
