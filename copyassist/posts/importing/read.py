"""From a file or a pasted table to a preview. Pure: the present is handed in."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from copyassist.errors import InputError
from copyassist.posts.importing.account_file import is_account_file, parse_account
from copyassist.posts.importing.dates import find_as_of
from copyassist.posts.importing.preview import ImportPreview, RejectedRow
from copyassist.posts.importing.rows import Frame, ReadRows, read_rows
from copyassist.tables.cells import parse_text_cell
from copyassist.tables.files import (
    LARGEST_FILE,
    Workbook,
    parse_delimited,
    parse_workbook,
)
from copyassist.tables.forms.own import ACCOUNT
from copyassist.tables.headings import Layout, find_layout
from copyassist.tables.table import Table
from copyassist.types import Post

_SAMPLE_ROWS = 5

Laid = tuple[Table, Layout]


def preview_file(
    name: str,
    data: bytes,
    *,
    now: datetime,
    platform: str | None = None,
    mapping: Mapping[str, str] | None = None,
) -> ImportPreview:
    """What a file is understood as; nothing is saved. `now` is an aware time.

    `platform` overrides what the headings tell; `mapping` {field or metric: heading} names columns
    that they do not. Raises InputError: file_empty, file_binary, file_unreadable, file_password,
    file_too_large, table_too_large, no_table, column_missing; UsageError import_bad_field.
    """
    if is_account_file(data):
        return _preview_account(name, data, now)
    return _preview(name, parse_workbook(name, data), now, platform, mapping)


def preview_text(
    pasted: str,
    *,
    now: datetime,
    name: str = "",
    platform: str | None = None,
    mapping: Mapping[str, str] | None = None,
) -> ImportPreview:
    """What a table pasted from the clipboard is understood as. Raises as `preview_file` does."""
    if not pasted.strip():
        raise InputError("file_empty", name=name)
    if len(pasted) > LARGEST_FILE:
        raise InputError("file_too_large", name=name, limit_mb=LARGEST_FILE // 1024**2)
    book = Workbook((parse_delimited(name, pasted.removeprefix("\ufeff")),))
    return _preview(name, book, now, platform, mapping)


def _preview(
    name: str,
    book: Workbook,
    now: datetime,
    platform: str | None,
    mapping: Mapping[str, str] | None,
) -> ImportPreview:
    laid = _find_tables(name, book.tables, mapping)
    table, layout = laid[0]
    as_of, source = find_as_of(name, table.rows[: layout.header], now)
    preview = ImportPreview(
        file=name,
        form=layout.form.id,
        platform=platform or layout.form.platform or None,
        kind=layout.form.kind,
        as_of=as_of,
        as_of_source=source,
        headings=tuple(heading for heading in layout.headings if heading),
        encoding=book.encoding,
    )
    if layout.form.kind != "posts":
        return preview
    if layout.needs_mapping:
        return _ask(preview, table, layout)
    return _read(preview, laid, platform or layout.form.platform)


def _find_tables(
    name: str, tables: Sequence[Table], mapping: Mapping[str, str] | None
) -> list[Laid]:
    """The tables to read: the best understood one, and others of the same export."""
    laid: list[Laid] = []
    missing: InputError | None = None
    for table in tables:
        try:
            layout = find_layout(name, table, mapping)
        except InputError as error:  # the mapped columns may be on another sheet
            missing = error
            continue
        if layout is not None:
            laid.append((table, layout))
    if not laid:
        raise missing or InputError("no_table", name=name)
    best = max(laid, key=_rank)
    if best[1].form.id.startswith("generic"):
        return [best]
    return [best, *(one for one in laid if one[1].form is best[1].form and one is not best)]


def _rank(laid: Laid) -> tuple[bool, bool, bool, int]:
    table, layout = laid
    known = not layout.form.id.startswith("generic")
    posts = layout.form.kind == "posts"
    return posts and not layout.needs_mapping, known, posts, len(table.rows)


def _ask(preview: ImportPreview, table: Table, layout: Layout) -> ImportPreview:
    rows = table.rows[layout.header + 1 : layout.header + 1 + _SAMPLE_ROWS]
    named = [index for index, heading in enumerate(layout.headings) if heading]
    return replace(
        preview,
        needs_mapping=True,
        guess=layout.guess or {},
        sample=tuple(
            tuple(parse_text_cell(row[i])[:200] if i < len(row) else "" for i in named)
            for row in rows
        ),
    )


def _read(preview: ImportPreview, laid: Sequence[Laid], platform: str) -> ImportPreview:
    found = ReadRows()
    for table, layout in laid:
        read_rows(table, layout, Frame(platform, preview.as_of), found)
    columns = {c.heading: c.name for _, layout in laid for c in layout.columns}
    unused = dict.fromkeys(heading for _, layout in laid for heading in layout.unused)
    return replace(
        preview,
        posts=tuple(found.posts),
        rejected=tuple(found.rejected),
        unread=tuple(found.unread),
        skipped_rows=found.skipped,
        metrics=_count_metrics(found.posts),
        columns=columns,
        unused_headings=tuple(unused),
    )


def _preview_account(name: str, data: bytes, now: datetime) -> ImportPreview:
    posts, bad = parse_account(name, data)
    as_of, source = find_as_of(name, (), now)
    return ImportPreview(
        file=name,
        form=ACCOUNT.id,
        platform=None,
        kind="posts",
        as_of=as_of,
        as_of_source=source,
        posts=tuple(posts),
        rejected=tuple(RejectedRow(line=number, reason="bad_entry") for number in bad),
        metrics=_count_metrics(posts),
        encoding="utf-8",
    )


def _count_metrics(posts: Sequence[Post]) -> dict[str, int]:
    counted: Counter[str] = Counter()
    for post in posts:
        counted.update(post.metrics.keys())
    return dict(counted.most_common())
