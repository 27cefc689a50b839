"""From the rows of a laid-out table to posts. A row that cannot be read is reported, not lost."""

import re
import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from copyassist.posts.importing.preview import RejectedRow, UnreadCell
from copyassist.posts.importing.short_dates import is_clock, join_clocks, mend_days
from copyassist.tables.cells import (
    UNCOMPUTED,
    Cell,
    is_missing,
    parse_duration,
    parse_id,
    parse_moment_cell,
    parse_number,
    parse_text_cell,
)
from copyassist.tables.forms import ExportForm
from copyassist.tables.headings import Column, Layout, find_heading_key
from copyassist.tables.metrics import METRICS
from copyassist.tables.table import Table
from copyassist.tables.totals import is_no_item
from copyassist.types import MetricValue, Post

# The other half of a time of publication, and of nothing else: not 停留时间, not 导出日期.
_EITHER_ORDER = re.compile(r"(0?[1-9]|1[0-2])[/.-](0?[1-9]|1[0-2])[/.-](\d\d){1,2}(\s.*)?")
_OTHER_HALF = re.compile(
    r"(?:发布|发表|推送|发文|投稿|发送|群发)?(?:时间|时刻|钟点|几点|日期|日|点)|(?:publish\w*|post)?_?(?:time|clock|date)"
)
_DAY_HEADINGS = frozenset({"日期", "统计日期", "数据日期", "统计时间", "数据时间", "date", "day"})
_SHOWN_CELLS = 8  # of a rejected row
_SHOWN_CHARACTERS = 80

# A metric's cells: the value, None where missing; and which rows' cells are no numbers at all.
Figures = tuple[list[MetricValue | None], set[int]]


@dataclass(frozen=True, slots=True)
class Frame:
    """What holds for all rows that do not say otherwise: the platform, "" where unknown.

    `form` is what export it is; `as_of` is when it was made, which "3天前" is counted from. `find_platform` gives the id
    of a platform by any of its names, "" for a name that is none. `year` is the one that the table
    names itself.
    """

    form: ExportForm
    platform: str
    as_of: datetime
    find_platform: Callable[[str], str] = str
    year: int | None = None


@dataclass(slots=True)
class ReadRows:
    """What the rows of one or more tables gave.

    `days` are those that the posts' figures are of, where a column says that, else None.
    """

    posts: list[Post] = field(default_factory=list)
    days: list[datetime | None] = field(default_factory=list)
    rejected: list[RejectedRow] = field(default_factory=list)
    unread: list[UnreadCell] = field(default_factory=list)
    skipped: int = 0
    counted_dates: int = 0  # dates that were counted from the export's day, or lacked their year
    unknown_platforms: set[str] = field(default_factory=set)


def read_rows(table: Table, layout: Layout, frame: Frame, into: ReadRows) -> None:
    """Adds the posts of a table to `into`."""
    rows = _write_days(table.rows[layout.header + 1 :], layout, frame)
    into.counted_dates += sum(
        one is not other for one, other in zip(rows, table.rows[layout.header + 1 :], strict=True)
    )
    lines = table.lines[layout.header + 1 :]
    figures: dict[str, Figures] = {}
    for column in layout.columns:
        if column.name in METRICS:
            found = _read_figures(rows, column, layout.form)
            known = figures.get(column.name)
            figures[column.name] = _fill_gaps(known, found) if known else found
    fields = {column.name: column for column in layout.columns if column.name not in METRICS}
    only, day = _find_only(layout), find_day_column(layout)
    for index, (line, row) in enumerate(zip(lines, rows, strict=True)):
        other = only is not None and parse_text_cell(_cell(row, only[0])) != only[1]
        if other or _is_no_post(row, fields):
            into.skipped += 1
            continue
        metrics = {name: value for name, (values, _) in figures.items() if (value := values[index])}
        post = _read_post(row, fields, metrics, frame, into)
        if isinstance(post, Post):
            into.posts.append(post)
            into.days.append(_read_day(row, day, frame))
            into.unread += _find_unread(layout, figures, index, line, row)
        else:
            reason, params = post
            into.rejected.append(
                RejectedRow(line=line, reason=reason, params=params, cells=_show(row))
            )


def _write_days(
    rows: Sequence[Sequence[Cell]], layout: Layout, frame: Frame
) -> Sequence[Sequence[Cell]]:
    """The rows with the short days of publication in full; a row without one is the very same."""
    column = layout.find("published_at")
    if column is None:
        return rows
    before = [_cell(row, column.index) for row in rows]
    after = mend_days(before, frame.as_of, frame.year)
    clock = _find_clock(rows, layout, column)
    if clock is not None:
        days = after
        if is_clock(next((cell for cell in before if cell not in (None, "")), None)):
            days, clock = [_cell(row, clock) for row in rows], column.index
        after = join_clocks(days, [_cell(row, clock) for row in rows])
    if after == before:
        return rows
    return [
        row if new is old else [*row[: column.index], new, *row[column.index + 1 :]]
        for row, old, new in zip(rows, before, after, strict=True)
    ]


def find_day_column(layout: Layout) -> int | None:
    """The place of the day that figures are of, which may be that of publication too."""
    keys = [find_heading_key(heading) for heading in layout.headings]
    return next((index for index, key in enumerate(keys) if key in _DAY_HEADINGS), None)


def _read_day(row: Sequence[Cell], column: int | None, frame: Frame) -> datetime | None:
    try:
        found = None if column is None else parse_moment_cell(_cell(row, column), frame.as_of)
    except ValueError:
        return None
    return None if found is None else found.when


def _find_clock(rows: Sequence[Sequence[Cell]], layout: Layout, day: Column) -> int | None:
    """The place of the time of day, or of the day, where the two have a column each."""
    used = {column.index for column in layout.columns}
    headings = [find_heading_key(heading) for heading in layout.headings]
    alone = all(is_clock(c) for row in rows if (c := _cell(row, day.index)) not in (None, ""))
    for index, key in enumerate(headings):
        if index in used or not _OTHER_HALF.fullmatch(key):
            continue
        cells = [c for row in rows if (c := _cell(row, index)) not in (None, "")]
        if cells and (alone or all(map(is_clock, cells))):
            return index
    return None


def _find_only(layout: Layout) -> tuple[int, str] | None:
    """The place of the cell by which a row counts, and what it must say."""
    if layout.form.only is None:
        return None
    keys = [find_heading_key(heading) for heading in layout.headings]
    heading, wanted = layout.form.only
    return (keys.index(heading), wanted) if heading in keys else None


def _read_figures(rows: Sequence[Sequence[Cell]], column: Column, form: ExportForm) -> Figures:
    if METRICS[column.name] == "rate":
        return _read_rates(rows, column, form)
    is_time = METRICS[column.name] == "seconds"
    values: list[MetricValue | None] = []
    unread: set[int] = set()
    for index, row in enumerate(rows):
        cell = _cell(row, column.index)
        try:
            value = parse_duration(cell) if is_time else _parse_count(cell, column.scale)
            if value is not None and value.value < 0 and column.name != "follows":
                raise ValueError("a count below nothing")  # followers won may be followers lost
            values.append(value)
        except ValueError:
            values.append(None)
            unread.add(index)
    return values, unread


def _fill_gaps(one: Figures, other: Figures) -> Figures:
    """The figures of one column, and of another where the first has none, or 0 for what is no article."""
    values = [
        b if a is None or (b is not None and a.value == 0) else a
        for a, b in zip(one[0], other[0], strict=True)
    ]
    return values, {index for index in one[1] | other[1] if values[index] is None}


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
    if not values or max(values) <= 1:
        return False
    # A fraction may exceed 1 where a video is watched twice over: one such row does not turn the
    # others into percents. Nothing else is clicked or liked more often than it is shown.
    may_exceed = form.fractions or column.name.startswith("completion")
    return statistics.median(values) > 1 if may_exceed else True


def _scaled(number: tuple[MetricValue, bool] | None, scale: float) -> MetricValue | None:
    if number is None:
        return None
    value, is_percent = number
    if is_percent or scale == 1.0:
        return value
    return MetricValue(round(value.value * scale, 12), value.bound)


def _parse_count(cell: Cell, scale: float) -> MetricValue | None:
    """A count; bare numbers below a heading that names a unit are multiples of it."""
    number = parse_number(cell)
    if number is None or scale == 1.0 or not _is_bare(cell):
        return number and number[0]
    return MetricValue(round(number[0].value * scale, 6), number[0].bound)


def _is_bare(cell: Cell) -> bool:
    return not isinstance(cell, str) or not re.search("[十百千万亿wkWK]", cell)


def _read_post(
    row: Sequence[Cell],
    fields: dict[str, Column],
    metrics: dict[str, MetricValue],
    frame: Frame,
    into: ReadRows,
) -> Post | tuple[str, dict[str, object]]:
    form = frame.form
    texts = {name: parse_text_cell(_cell(row, column.index)) for name, column in fields.items()}
    when = _cell(row, fields["published_at"].index) if "published_at" in fields else None
    post_id = (
        parse_id(_cell(row, fields["platform_post_id"].index))
        if "platform_post_id" in fields
        else ""
    )
    title = texts.get("title", "")
    if title == UNCOMPUTED:
        return "formula", {}
    if not metrics and is_missing(parse_text_cell(when)):
        return "formula" if UNCOMPUTED in row else "no_values", {}
    named = post_id or texts.get("url") or not is_missing(parse_text_cell(when))
    if not title and not (named and (form.title_optional or post_id)):
        return "no_title", {}
    try:
        moment = parse_moment_cell(when, frame.as_of)
    except (ValueError, OverflowError):
        return _why_no_time(when), {"text": parse_text_cell(when)[:_SHOWN_CHARACTERS]}
    into.counted_dates += moment is not None and moment.origin != "written"
    url = _address(texts)
    return Post(
        title=title,
        platform=_find_platform(texts, frame, into),
        published_at=None if moment is None else moment.when,
        metrics=metrics,
        kind=_stated(texts, "kind") or (form.find_kind(url) if form.find_kind else ""),
        platform_post_id=post_id,
        url=url,
        body=texts.get("body", ""),
    )


def _why_no_time(cell: Cell) -> str:
    if isinstance(cell, int | float):
        return "time_is_number"
    return "time_of_two_readings" if _EITHER_ORDER.fullmatch(str(cell).strip()) else "bad_time"


def _find_platform(texts: dict[str, str], frame: Frame, into: ReadRows) -> str:
    said = _stated(texts, "platform")
    if not said:
        return frame.platform
    found = frame.find_platform(said)
    if not found:
        into.unknown_platforms.add(said[:_SHOWN_CHARACTERS])
    return found or frame.platform


def _is_no_post(row: Sequence[Cell], fields: dict[str, Column]) -> bool:
    title, when = fields.get("title"), fields.get("published_at")
    day = None if when is None else when.index
    return title is not None and is_no_item(row, title.index, day, title.heading)


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
