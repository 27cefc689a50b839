"""From a file or a pasted table to a preview. Pure: the present is handed in."""

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from copyassist.errors import InputError
from copyassist.platforms import load_platforms, name_platforms
from copyassist.posts.importing.account_file import is_account_file, parse_account
from copyassist.posts.importing.by_day import join_days
from copyassist.posts.importing.dates import find_as_of
from copyassist.posts.importing.platforms import find_by_address, find_by_headings, find_in_text
from copyassist.posts.importing.preview import ByDay, ImportPreview, PlatformSource, RejectedRow
from copyassist.posts.importing.rows import Frame, ReadRows, find_day_column, read_rows
from copyassist.posts.importing.short_dates import find_year
from copyassist.store.identity import Identity, Register
from copyassist.store.sightings import find_fields, find_keys
from copyassist.tables.cells import parse_text_cell
from copyassist.tables.files import LARGEST_FILE, Workbook, parse_text, parse_workbook
from copyassist.tables.forms import GENERIC, ExportForm
from copyassist.tables.forms.own import ACCOUNT
from copyassist.tables.headings import Layout, find_heading_key, find_layout
from copyassist.tables.metrics import METRICS
from copyassist.tables.table import Table
from copyassist.types import Post

_SAMPLE_ROWS = 5

_LONGEST_NOTE = 20  # rows of a sheet that only explains
_SLACK = timedelta(days=1)  # what is planned for today is no mistake

LaidTable = tuple[Table, Layout]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportHints:
    """What is told beside a file: the present, its platform, its columns, names of platforms.

    `now` is an aware time. `platform` overrides what the file says of itself; `mapping` {field or
    metric: heading or number of the column} names columns that the headings do not. `names` gives
    the id of a platform by each of its names, case and spaces folded.
    """

    now: datetime
    platform: str | None = None
    mapping: Mapping[str, str] | None = None
    names: Mapping[str, str] = field(default_factory=lambda: name_platforms(load_platforms()))

    def find_platform(self, name: str) -> str:
        """The id of a platform by any of its names, "" for none."""
        return self.names.get("".join(unicodedata.normalize("NFKC", name).casefold().split()), "")


def preview_file(name: str, data: bytes, told: ImportHints) -> ImportPreview:
    """What a file is understood as; nothing is saved.

    Raises InputError: file_empty, file_binary, file_unreadable, file_password, file_too_large,
    table_too_large, no_table, column_missing; UsageError import_bad_field.
    """
    if is_account_file(data):
        return _preview_account(name, data, told.now)
    return _preview(name, parse_workbook(name, data), told)


def preview_text(pasted: str, told: ImportHints, *, name: str = "") -> ImportPreview:
    """What a table pasted from the clipboard is understood as. Raises as `preview_file` does."""
    if not pasted.strip():
        raise InputError("file_empty", name=name)
    if len(pasted) > LARGEST_FILE:
        raise InputError("file_too_large", name=name, limit_mb=LARGEST_FILE // 1024**2)
    book = Workbook((parse_text(name, pasted.removeprefix("\ufeff")),))
    return _preview(name, book, told)


def _preview(name: str, book: Workbook, told: ImportHints) -> ImportPreview:
    laid = find_tables(name, book.tables, told.mapping)
    table, layout = max(laid, key=_rank)
    as_of, source = find_as_of(name, table.rows[: max(layout.header, 0)], told.now)
    preview = ImportPreview(
        file=name,
        form=layout.form.id,
        platform=told.platform or layout.form.platform or None,
        platform_source="said" if told.platform else "form" if layout.form.platform else "unknown",
        kind=layout.form.kind,
        as_of=as_of,
        as_of_source=source,
        headings=tuple(heading for heading in layout.headings if heading),
        encoding=book.encoding,
        sheets=tuple(one.name for one, _ in laid) if len(book.tables) > 1 else (),
        shape=find_shape_key(layout),
        notes=_list_notes(book.tables, [one for one, _ in laid]),
        stray_quotes=tuple(line for one, _ in laid for line in one.stray),
    )
    if layout.form.kind != "posts":
        return preview
    if layout.needs_mapping:
        return _ask(preview, table, layout)
    return _read(preview, laid, told)


def find_shape_key(layout: Layout) -> str:
    """By what a table with the same headings is known again, "" without headings."""
    if layout.header < 0:
        return ""
    keys = "\n".join(map(find_heading_key, layout.headings))
    return hashlib.blake2b(keys.encode("utf-8", "replace"), digest_size=8).hexdigest()


def find_tables(
    name: str, tables: Sequence[Table], mapping: Mapping[str, str] | None
) -> list[LaidTable]:
    """The tables to read, in their order: the best understood one, and others of the same kind.

    Sheets that the spreadsheet program hides are read where no other says anything. Raises
    InputError no_table, column_missing.
    """
    laid: list[LaidTable] = []
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
    return [one for one in laid if one is best or _is_alike(one, best)]


def find_best(name: str, tables: Sequence[Table]) -> Table:
    """The best understood table. Raises InputError no_table."""
    return max(find_tables(name, tables, None), key=_rank)[0]


def _is_alike(one: LaidTable, best: LaidTable) -> bool:
    """Whether another sheet holds more posts with figures: 一月 and 二月, 图文 and 视频."""
    if one[0].hidden and not best[0].hidden:
        return False
    forms = (one[1].form, best[1].form)
    if one[1].needs_mapping or not (forms[0] is forms[1] or all(map(_is_loose, forms))):
        return False
    # Others' posts are often kept without their days beside one's own.
    dated = best[1].find("published_at") is None or one[1].find("published_at") is not None
    return dated and any(column.name in METRICS for column in one[1].columns)


def _is_loose(form: ExportForm) -> bool:
    """Whether a form's headings are anybody's."""
    return form.weak or form is GENERIC


def _rank(laid: LaidTable) -> tuple[bool, bool, bool, bool, int, int]:
    table, layout = laid
    known = not layout.form.id.startswith("generic")
    posts = layout.form.kind == "posts"
    understood = posts and not layout.needs_mapping
    return understood, not table.hidden, known, posts, len(layout.columns), len(table.rows)


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


def _read(preview: ImportPreview, laid: Sequence[LaidTable], told: ImportHints) -> ImportPreview:
    found = ReadRows()
    by_day: ByDay | None = None
    for table, layout in laid:
        year = find_year([table.name, *_list_notices(table, layout)]) or find_year([preview.file])
        sure = told.platform or ("" if layout.form.weak else layout.form.platform)
        if len(laid) > 1 and not sure:  # one sheet for each platform
            sure = find_in_text([table.name], told.names)
        frame = Frame(layout.form, sure, preview.as_of, told.find_platform, year)
        first = len(found.posts)
        read_rows(table, layout, frame, found)
        by_day = _join_days(layout, found, first) or by_day
    preview = _find_platform(preview, laid, found, told)
    posts = [
        post if post.platform else replace(post, platform=preview.platform or "")
        for post in found.posts
    ]
    columns = {c.heading: c.name for _, layout in laid for c in layout.columns}
    unused = dict.fromkeys(heading for _, layout in laid for heading in layout.unused)
    return replace(
        preview,
        posts=tuple(posts),
        rejected=tuple(found.rejected),
        unread=tuple(found.unread),
        skipped_rows=found.skipped,
        metrics=_count_metrics(posts),
        columns=columns,
        unused_headings=tuple(unused),
        unknown_platforms=tuple(sorted(found.unknown_platforms)),
        counted_dates=found.counted_dates,
        future_posts=_count_future(posts, told.now),
        merged_rows=_count_merged(posts),
        by_day=by_day,
    )


def _join_days(layout: Layout, found: ReadRows, first: int) -> ByDay | None:
    """Puts the days of each post together where the table has a row for each."""
    column, published = find_day_column(layout), layout.find("published_at")
    if column is None:
        return None
    own = published is None or published.index != column
    found.posts[first:], how = join_days(found.posts[first:], found.days[first:], own_days=own)
    del found.days[len(found.posts) :]
    return how


def _find_platform(
    preview: ImportPreview, laid: Sequence[LaidTable], found: ReadRows, told: ImportHints
) -> ImportPreview:
    """The platform by the surest sign: what was said, the form, the file's name, addresses, headings."""
    table, layout = max(laid, key=_rank)
    if told.platform:
        return preview
    if found.posts and all(post.platform for post in found.posts) and layout.find("platform"):
        return replace(preview, platform_source="column")
    notices = _list_notices(table, layout)
    by_name = find_in_text([preview.file, table.name, *notices, *preview.notes], told.names)
    if layout.form.platform and not layout.form.weak:
        return preview
    signs: tuple[tuple[PlatformSource, str], ...] = (
        ("name", by_name),
        ("address", find_by_address(found.posts)),
        ("form", layout.form.platform),
        ("headings", find_by_headings(layout.headings, told.find_platform)),
    )
    source, platform = next(((s, p) for s, p in signs if p), ("unknown", ""))
    return replace(preview, platform=platform or None, platform_source=source)


def _list_notices(table: Table, layout: Layout) -> list[str]:
    """What stands above the headings."""
    rows = table.rows[: max(layout.header, 0)]
    return [text for row in rows for text in map(parse_text_cell, row) if text]


def _list_notes(tables: Sequence[Table], read: Sequence[Table]) -> tuple[str, ...]:
    """The texts of the short sheets beside: 使用说明 and the like."""
    notes = (
        parse_text_cell(cell)
        for table in tables
        if table not in read and len(table.rows) <= _LONGEST_NOTE
        for row in table.rows
        for cell in row
        if isinstance(cell, str)
    )
    return tuple(notes)


def _count_future(posts: Sequence[Post], now: datetime) -> int:
    return sum(post.published_at is not None and post.published_at > now + _SLACK for post in posts)


def _count_merged(posts: Sequence[Post]) -> int:
    """How many rows name a post that an earlier one names, as the store will see it."""
    register, merged = Register(), 0
    for number, post in enumerate(posts):
        fields = find_fields(post)
        keys = find_keys(fields)
        identity = Identity(
            key=number,
            platform=post.platform,
            post_id=fields["platform_post_id"],
            url=keys["key_url"],
            title=keys["key_title"],
            time=keys["key_time"],
        )
        known = register.find(identity)
        if known is None:
            register.add(identity)
        else:
            merged += 1
            register.learn(known, identity)
    return merged


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
