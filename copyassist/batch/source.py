"""What a file of titles is: its format, encoding, columns and fingerprint.

One pass over the bytes gives the fingerprint that a resumed run is checked against, and says which
encoding the whole file has, not only its first page.
"""

import csv
import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, get_args

from copyassist.errors import InputError
from copyassist.reading.encodings import find_encoding

Format = Literal["txt", "csv", "tsv", "xlsx", "jsonl", "parquet"]
FORMATS: tuple[Format, ...] = get_args(Format)
TEXT_COLUMN = "title"  # the only column of a text file

_BLOCK = 1 << 20
_MOST_COLUMNS = 2_000
_ALIASES: tuple[str, ...] = (
    *("标题", "题目", "文章标题", "内容标题", "作品标题", "笔记标题", "视频标题", "作品名称"),
    *("title", "headline", "titles", "headlines", "name"),
)
_SUFFIXES = {"txt": "txt", "csv": "csv", "tsv": "tsv", "tab": "tsv", "xlsx": "xlsx"} | {
    "jsonl": "jsonl",
    "ndjson": "jsonl",
    "parquet": "parquet",
    "pq": "parquet",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleFile:
    """An inspected file. `rows` is None where only reading to the end would tell.

    `damaged` says that some bytes do not belong to the encoding; those rows are read with
    replacement characters and reported.
    """

    path: Path
    format: Format
    size: int
    sha256: str
    columns: tuple[str, ...]
    encoding: str = "utf-8"
    delimiter: str = ","
    damaged: bool = False
    rows: int | None = None


def find_format(path: Path) -> Format | None:
    """The format that a file's name says, None for an unknown one."""
    return next(
        (known for known in FORMATS if known == _SUFFIXES.get(path.suffix[1:].lower())), None
    )


def inspect_source(path: Path) -> TitleFile:
    """Look through a file. Raises InputError where it cannot be read or is of no known format."""
    form = find_format(path)
    if form is None:
        known = " ".join(FORMATS)
        raise InputError("batch_format_unknown", name=path.name, known=known)
    try:
        scan = _scan_binary(path) if form in ("xlsx", "parquet") else _scan_text(path)
        return _READERS[form](path, scan)
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError("file_not_readable", name=str(path), reason=reason) from error


def guess_title_column(columns: Sequence[str]) -> str | None:
    """The column that by its name holds the titles, None where no name says so."""
    folded = {_fold(column): column for column in reversed(columns)}
    return next((folded[alias] for alias in _ALIASES if alias in folded), None)


def find_column(columns: Sequence[str], wanted: str) -> str | None:
    """The column of a name, in any case and spacing, or of a number from 1."""
    folded = {_fold(column): column for column in reversed(columns)}
    if _fold(wanted) in folded:
        return folded[_fold(wanted)]
    number = int(wanted) if wanted.isdecimal() else 0
    return columns[number - 1] if 1 <= number <= len(columns) else None


def _fold(name: str) -> str:
    return re.sub(r"[\s_*：:]+", "", name).casefold()


# --- bytes -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Scan:
    size: int
    sha256: str
    encoding: str = "utf-8"
    damaged: bool = False


def _read_blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            yield block


def _scan_binary(path: Path) -> _Scan:
    digest, size = hashlib.sha256(), 0
    for block in _read_blocks(path):
        digest.update(block)
        size += len(block)
    return _Scan(size, digest.hexdigest())


def _scan_text(path: Path) -> _Scan:
    scan = _scan_binary(path)
    found = find_encoding(lambda: _read_blocks(path))
    return replace(scan, encoding=found.encoding, damaged=found.damaged)


# --- columns -----------------------------------------------------------------------------------


def _inspect_txt(path: Path, scan: _Scan) -> TitleFile:
    return _make_text_source(path, scan, "txt", (TEXT_COLUMN,))


def _inspect_csv(path: Path, scan: _Scan) -> TitleFile:
    with path.open(encoding=scan.encoding, errors="replace", newline="") as lines:
        head = lines.readline(_BLOCK)
    delimiter = max(",\t;", key=lambda sign: (head.count(sign), sign == ","))
    return _inspect_table(path, scan, "csv", delimiter)


def _inspect_tsv(path: Path, scan: _Scan) -> TitleFile:
    return _inspect_table(path, scan, "tsv", "\t")


def _inspect_table(path: Path, scan: _Scan, form: Format, delimiter: str) -> TitleFile:
    with path.open(encoding=scan.encoding, errors="replace", newline="") as lines:
        header = next((row for row in csv.reader(lines, delimiter=delimiter) if row), [])
    if not header:
        raise InputError("batch_empty", name=path.name)
    return _make_text_source(path, scan, form, name_columns(header), delimiter)


def _make_text_source(
    path: Path, scan: _Scan, form: Format, columns: tuple[str, ...], delimiter: str = ","
) -> TitleFile:
    if scan.size == 0:
        raise InputError("batch_empty", name=path.name)
    return TitleFile(
        path=path,
        format=form,
        size=scan.size,
        sha256=scan.sha256,
        columns=columns,
        encoding=scan.encoding,
        delimiter=delimiter,
        damaged=scan.damaged,
    )


def name_columns(header: Sequence[object]) -> tuple[str, ...]:
    """Column names that differ: an empty one gets its number, a repeated one a suffix."""
    names: list[str] = []
    for number, cell in enumerate(header, start=1):
        text = "" if cell is None else str(cell).strip().lstrip("\ufeff")
        names.append(free_name(text or f"column_{number}", names))
    return tuple(names)


def free_name(wanted: str, taken: Sequence[str]) -> str:
    """`wanted`, or the first of `wanted_2`, `wanted_3` … that is not taken, whatever the case."""
    folded = {name.casefold() for name in taken}
    name, number = wanted, 1
    while name.casefold() in folded:
        number += 1
        name = f"{wanted}_{number}"
    return name


def _inspect_jsonl(path: Path, scan: _Scan) -> TitleFile:
    keys: dict[str, None] = {}
    rows = 0
    with path.open(encoding=scan.encoding, errors="replace") as lines:
        for line in lines:
            rows += 1
            record = parse_record(line)
            if record is not None:
                keys.update(dict.fromkeys(record))
            if len(keys) > _MOST_COLUMNS:
                raise InputError("batch_too_many_columns", name=path.name, limit=_MOST_COLUMNS)
    if not keys:
        raise InputError("batch_empty", name=path.name)
    return TitleFile(
        path=path,
        format="jsonl",
        size=scan.size,
        sha256=scan.sha256,
        columns=tuple(keys),
        encoding=scan.encoding,
        damaged=scan.damaged,
        rows=rows,
    )


def parse_record(line: str) -> dict[str, Any] | None:
    """The object in one line of JSON, None where there is none."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) else None


def _inspect_xlsx(path: Path, scan: _Scan) -> TitleFile:
    rows = load_sheet(path)
    header = next((row for row in rows if any(cell not in ("", None) for cell in row)), None)
    if header is None:
        raise InputError("batch_empty", name=path.name)
    return TitleFile(
        path=path,
        format="xlsx",
        size=scan.size,
        sha256=scan.sha256,
        columns=name_columns(header),
        rows=max(sum(1 for _ in rows), 0),
    )


def load_sheet(path: Path) -> Iterator[list[Any]]:
    """The rows of the first sheet. The sheet as a whole is held in memory while it is read."""
    from python_calamine import CalamineError, CalamineWorkbook  # only for spreadsheets

    try:
        workbook = CalamineWorkbook.from_path(str(path))
        return iter(workbook.get_sheet_by_index(0).iter_rows())
    except (CalamineError, IndexError, ValueError) as error:
        raise InputError("batch_unreadable", name=path.name, reason=str(error)) from error


def _inspect_parquet(path: Path, scan: _Scan) -> TitleFile:
    import pyarrow  # only for parquet
    from pyarrow import parquet

    try:
        with parquet.ParquetFile(path) as file:
            columns, rows = tuple(file.schema_arrow.names), file.metadata.num_rows
    except pyarrow.ArrowException as error:
        raise InputError("batch_unreadable", name=path.name, reason=str(error)) from error
    return TitleFile(
        path=path, format="parquet", size=scan.size, sha256=scan.sha256, columns=columns, rows=rows
    )


_READERS = {
    "txt": _inspect_txt,
    "csv": _inspect_csv,
    "tsv": _inspect_tsv,
    "jsonl": _inspect_jsonl,
    "xlsx": _inspect_xlsx,
    "parquet": _inspect_parquet,
}
