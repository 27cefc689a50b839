"""Lists for platforms that publish none: text copied from an app, or a CSV of one's own."""

import csv
import io
import itertools
import re
from collections.abc import Mapping
from dataclasses import replace

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
from copyassist.reading.numbers import SCALE
from copyassist.types.news import HotItem

_LABELS = "新热爆沸荐商"
_ADVERT_LABELS = "荐商"
# "618 大促" is a title: a bare number before a space is a rank up to 100 only.
_RANK = re.compile(
    r"^\s*(?:第\s*)?(?:NO\.?\s*)?"
    r"(?:\d{1,3}(?:\s*名\s*|\s*[.、．)）:：]\s*)|(?:\d{1,2}|100)\s+)(?=\S)",
    re.IGNORECASE,
)
_LINK = re.compile(r"https?://\S+")
_MARKDOWN = re.compile(r"\[([^\[\]]{1,300})\]\((https?://[^()\s]+)\)")
_HEAT = re.compile(
    r"(?:\s|\t)(?:🔥\s*)?((?:剧集|综艺|电影|盛典)?\s*\d[\d,.]*\s*"
    rf"{SCALE}?\+?\s*(?:领域)?(?:热度|热度值|人在看|浏览|阅读|讨论)?)\s*$",
    re.IGNORECASE,
)
_LABEL = re.compile(rf"\s+([{_LABELS}])\s*$")
_ONLY_RANK = re.compile(r"^\s*\d{1,3}[.、．)]?\s*$")
_ONLY_LABEL = re.compile(rf"^\s*[{_LABELS}]\s*$")
_SPACES = re.compile(r"\s+")
_LONGEST_LINE = 4000  # characters; a title, its heat and its link need fewer
_COLUMNS = {
    "title": ("title", "标题", "词条", "话题", "热搜", "名称", "word", "name"),
    "rank": ("rank", "排名", "名次", "序号", "realpos"),
    "heat": ("heat", "hot", "热度", "热度值", "score", "浏览量", "阅读量"),
    "url": ("url", "link", "链接", "地址"),
    "description": ("description", "desc", "描述", "简介", "摘要"),
    "category": ("category", "分类", "类别"),
    "label": ("label", "标签", "标记"),
}


def parse_pasted(text: str, source: str) -> list[HotItem]:
    """The rows of a list as it was copied: one a line, with or without rank, heat, mark and link.

    A line that holds only a mark or a heat belongs to the row before it; one that holds only a
    rank is skipped, ranks are counted. Empty text gives no rows.
    """
    items: dict[str, HotItem] = {}
    for written in text.splitlines()[: 4 * MAX_ROWS]:
        # The patterns look for spaces before a heat: a run of thousands would take them minutes.
        line = _SPACES.sub(" ", written[:_LONGEST_LINE])
        last = next(reversed(items.values()), None)
        item = _read_rest(line, last) or _read_line(line, source)
        if item is not None and (item.title not in items or item.title == (last and last.title)):
            items[item.title] = item
    return number_rows(list(items.values())[:MAX_ROWS])


def _read_rest(line: str, last: HotItem | None) -> HotItem | None:
    """The row before, told the mark or the heat that stands alone on this line."""
    if last is None:
        return None
    if _ONLY_LABEL.match(line):
        mark = line.strip()
        return replace(last, label=mark, advert=last.advert or mark in _ADVERT_LABELS)
    if _is_heat(line) and last.heat is None:
        return replace(last, heat=parse_heat(line), heat_text=clean(line, 40))
    return None


def _read_line(line: str, source: str) -> HotItem | None:
    if _ONLY_RANK.match(line) or _ONLY_LABEL.match(line) or _is_heat(line):
        return None
    marked, link = _MARKDOWN.search(line), _LINK.search(line)
    url = marked[2] if marked else link[0] if link else ""
    rest = marked[1] if marked else _LINK.sub("", line)
    rest = _RANK.sub("", f"{rest.strip()} {line[marked.end() :]}" if marked else rest, count=1)
    label = _LABEL.search(rest)
    rest = rest[: label.start()] if label else rest
    heat = _HEAT.search(rest)
    rest = rest[: heat.start()] if heat else rest
    early = _LABEL.search(rest) if label is None else None
    title = clean(rest[: early.start()] if early else rest).strip("#").strip()
    if not title:
        return None
    found = label or early
    return HotItem(
        source=source,
        title=title,
        url=web_address(url),
        heat=parse_heat(heat[1]) if heat else None,
        heat_text=clean(heat[1], 40) if heat else "",
        label=found[1] if found else "",
        advert=bool(found and found[1] in _ADVERT_LABELS),
        external_id=title,
    )


def _is_heat(line: str) -> bool:
    found = _HEAT.match(f" {line.strip()}")
    return found is not None and parse_heat(found[1]) is not None


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
    rank, title = parse_heat(cells.get("rank")), clean(cells.get("title"))
    return HotItem(
        source=source,
        title=title,
        url=web_address(cells.get("url")),
        rank=int(rank) if rank and rank == int(rank) and rank < 10_000 else None,
        heat=parse_heat(cells.get("heat")),
        heat_text=clean(cells.get("heat"), 40),
        label=clean(cells.get("label"), 20),
        description=clean(cells.get("description"), MAX_DESCRIPTION),
        category=clean(cells.get("category"), 40),
        external_id=title,
    )
