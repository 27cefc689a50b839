"""From the rows of a laid-out table to posts. A row that cannot be read is reported, not lost."""

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from copyassist.posts.importing.preview import RejectedRow, UnreadCell
from copyassist.tables.cells import (
    Cell,
    is_missing,
    parse_duration,
    parse_id,
    parse_number,
    parse_text_cell,
    parse_time,
)
from copyassist.tables.forms import ExportForm
from copyassist.tables.headings import Column, Layout, find_heading_key
from copyassist.tables.metrics import METRICS
from copyassist.tables.table import Table
from copyassist.types import MetricValue, Post

_TOTALS = frozenset({"累计", "合计", "总计", "汇总", "小计", "平均", "平均值", "total"})
_SHOWN_CELLS = 8  # of a rejected row
_SHOWN_CHARACTERS = 80

# A metric's cells: the value, None where missing; and which rows' cells are no numbers at all.
Figures = tuple[list[MetricValue | None], set[int]]


@dataclass(frozen=True, slots=True)
class Frame:
    """What holds for all rows that do not say otherwise: the platform, "" where unknown.

    `as_of` is when the export was made, which "3天前" is counted from.
    """

    platform: str
    as_of: datetime


@dataclass(slots=True)
class ReadRows:
    """What the rows of one or more tables gave."""

    posts: list[Post] = field(default_factory=list)
    rejected: list[RejectedRow] = field(default_factory=list)
    unread: list[UnreadCell] = field(default_factory=list)
    skipped: int = 0


def read_rows(table: Table, layout: Layout, frame: Frame, into: ReadRows) -> None:
    """Adds the posts of a table to `into`."""
    rows = table.rows[layout.header + 1 :]
    lines = table.lines[layout.header + 1 :]
    figures = {
        column.name: _read_figures(rows, column, layout.form)
        for column in layout.columns
        if column.name in METRICS
    }
    fields = {column.name: column for column in layout.columns if column.name not in METRICS}
    for index, (line, row) in enumerate(zip(lines, rows, strict=True)):
        if _is_no_post(row, fields):
            into.skipped += 1
            continue
        metrics = {name: value for name, (values, _) in figures.items() if (value := values[index])}
        post = _read_post(row, fields, metrics, layout.form, frame)
        if isinstance(post, Post):
            into.posts.append(post)
            into.unread += _find_unread(layout, figures, index, line, row)
        else:
            reason, params = post
            into.rejected.append(
                RejectedRow(line=line, reason=reason, params=params, cells=_show(row))
            )


def _read_figures(rows: Sequence[Sequence[Cell]], column: Column, form: ExportForm) -> Figures:
    if METRICS[column.name] == "rate":
        return _read_rates(rows, column, form)
    parse = parse_duration if METRICS[column.name] == "seconds" else _parse_count
    values: list[MetricValue | None] = []
    unread: set[int] = set()
    for index, row in enumerate(rows):
        try:
            values.append(parse(_cell(row, column.index)))
        except ValueError:
            values.append(None)
            unread.add(index)
    return values, unread


def _read_rates(rows: Sequence[Sequence[Cell]], column: Column, form: ExportForm) -> Figures:
    numbers: list[tuple[MetricValue, bool] | None] = []
    unread: set[int] = set()
    for index, row in enumerate(rows):
        try:
            numbers.append(parse_number(_cell(row, column.index)))
        except ValueError:
            numbers.append(None)
            unread.add(index)
    bare = [number[0].value for number in numbers if number and not number[1]]
    scale = 0.01 if _are_percents(bare, column, form) else 1.0
    return [_scaled(number, scale) for number in numbers], unread


def _are_percents(bare: Sequence[float], column: Column, form: ExportForm) -> bool:
    """Whether bare numbers of a rate column are percents: decided for the column as a whole."""
    key = find_heading_key(column.heading)
    if key in form.percent or "%" in column.heading or "％" in column.heading:
        return True
    values = [value for value in bare if value]
    if not values:
        return False
    # A fraction may exceed 1 (a video watched twice over): in a form that is known to write
    # fractions, one such row does not turn the others into percents.
    return statistics.median(values) > 1 if form.fractions else max(values) > 1


def _scaled(number: tuple[MetricValue, bool] | None, scale: float) -> MetricValue | None:
    if number is None:
        return None
    value, is_percent = number
    if is_percent or scale == 1.0:
        return value
    return MetricValue(round(value.value * scale, 12), value.bound)


def _parse_count(cell: Cell) -> MetricValue | None:
    number = parse_number(cell)
    return number and number[0]


def _read_post(
    row: Sequence[Cell],
    fields: dict[str, Column],
    metrics: dict[str, MetricValue],
    form: ExportForm,
    frame: Frame,
) -> Post | tuple[str, dict[str, object]]:
    texts = {name: parse_text_cell(_cell(row, column.index)) for name, column in fields.items()}
    when = _cell(row, fields["published_at"].index) if "published_at" in fields else None
    post_id = (
        parse_id(_cell(row, fields["platform_post_id"].index))
        if "platform_post_id" in fields
        else ""
    )
    title = texts.get("title", "")
    if not metrics and is_missing(parse_text_cell(when)):
        return "no_values", {}
    if not title and not (
        form.title_optional and (post_id or not is_missing(parse_text_cell(when)))
    ):
        return "no_title", {}
    try:
        published_at = parse_time(when, frame.as_of)
    except (ValueError, OverflowError):
        return "bad_time", {"text": parse_text_cell(when)[:_SHOWN_CHARACTERS]}
    url = _address(texts)
    return Post(
        title=title,
        platform=texts.get("platform", "") or frame.platform,
        published_at=published_at,
        metrics=metrics,
        kind=_stated(texts, "kind") or (form.find_kind(url) if form.find_kind else ""),
        platform_post_id=post_id,
        url=url,
        body=texts.get("body", ""),
    )


def _is_no_post(row: Sequence[Cell], fields: dict[str, Column]) -> bool:
    """A total, or the headings once more (exports that were pasted one below the other)."""
    first = next((text for text in map(parse_text_cell, row) if text), "")
    title = fields.get("title")
    named = parse_text_cell(_cell(row, title.index)) if title else ""
    if first.lower() in _TOTALS or named.lower() in _TOTALS:
        return True
    return bool(named) and title is not None and named == title.heading


def _find_unread(
    layout: Layout, figures: dict[str, Figures], index: int, line: int, row: Sequence[Cell]
) -> Iterator[UnreadCell]:
    for column in layout.columns:
        if column.name in figures and index in figures[column.name][1]:
            text = parse_text_cell(_cell(row, column.index))
            yield UnreadCell(line=line, heading=column.heading, text=text[:_SHOWN_CHARACTERS])


def _cell(row: Sequence[Cell], index: int) -> Cell:
    return row[index] if index < len(row) else None


def _stated(texts: dict[str, str], name: str) -> str:
    text = texts.get(name, "")
    return "" if is_missing(text) else text


def _address(texts: dict[str, str]) -> str:
    # Shown as a link later on: nothing but a web address may become one.
    url = texts.get("url", "")
    return url if url.lower().startswith(("http://", "https://")) else ""


def _show(row: Sequence[Cell]) -> tuple[str, ...]:
    return tuple(parse_text_cell(cell)[:_SHOWN_CHARACTERS] for cell in row[:_SHOWN_CELLS])
