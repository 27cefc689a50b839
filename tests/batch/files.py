"""A desk with a few past posts, and files in every format, written and read back."""

import csv
import io
import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import xlsxwriter
from pyarrow import parquet

from copyassist.desk.context import Context
from copyassist.desk.review import Desk, prepare
from copyassist.desk.scoring import load_models
from copyassist.platforms import find_platform, load_platforms
from copyassist.resources import find_models
from copyassist.types import Account, MetricValue, Post

NOW = datetime(2026, 11, 1, tzinfo=UTC)
COLUMNS = ["编号", "标题", "平台"]
TITLES = [
    "打工人的一周早餐，十分钟搞定",
    "全网最低价的最佳护肤品，买它！！！",
    "三百块改造出租屋，房东看了都想涨价",
    "小阳台种番茄的三个诀窍",
    "",
    "How I plan a week of lunches in one hour",
]
ROWS = [[str(number), title, "小红书"] for number, title in enumerate(TITLES, start=1)]


def build_desk(platform: str) -> Desk:
    posts = tuple(
        Post(
            title=f"阳台种菜第{number}天" if number else "阳台种番茄的三个诀窍",
            platform=platform,
            published_at=NOW - timedelta(days=100 - number),
            metrics={"views": MetricValue(1000.0 + 37 * (number % 11))},
            id=number,
        )
        for number in range(30)
    )
    profile = find_platform(load_platforms(), platform)
    assert profile is not None
    context = Context(
        platform=profile,
        now=NOW,
        account=Account(id=1, name="我"),
        posts=posts,
        history=posts,
    )
    return prepare(context, load_models(find_models()))


def write_source(
    path: Path,
    rows: Sequence[Sequence[object]] = ROWS,
    columns: Sequence[str] = COLUMNS,
    encoding: str = "utf-8",
) -> Path:
    """A file of the format that its name says."""
    form = path.suffix[1:]
    if form in ("csv", "tsv"):
        text = io.StringIO(newline="")
        writer = csv.writer(text, delimiter="\t" if form == "tsv" else ",")
        writer.writerows([columns, *rows])
        path.write_bytes(text.getvalue().encode(encoding))
    elif form == "txt":
        title = list(columns).index("标题")
        path.write_bytes("".join(f"{row[title]}\n" for row in rows).encode(encoding))
    elif form == "jsonl":
        records = [dict(zip(columns, row, strict=True)) for row in rows]
        lines = [json.dumps(record, ensure_ascii=False) + "\n" for record in records]
        path.write_bytes("".join(lines).encode(encoding))
    elif form == "parquet":
        arrays = [pa.array(list(cells)) for cells in zip(*rows, strict=True)]
        parquet.write_table(pa.table(arrays, names=list(columns)), path)
    else:
        with xlsxwriter.Workbook(str(path)) as book:
            sheet = book.add_worksheet()
            for number, row in enumerate([columns, *rows]):
                for place, cell in enumerate(row):
                    sheet.write_string(number, place, str(cell))
    return path


def read_result(path: Path) -> list[dict[str, object]]:
    """The rows of an output by column; cells of text formats as text."""
    form = path.suffix[1:]
    if form in ("csv", "tsv"):
        text = path.read_bytes().decode("utf-8-sig")
        delimiter = "\t" if form == "tsv" else ","
        return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))
    if form == "jsonl":
        return [json.loads(line) for line in path.read_bytes().decode().split("\n")[:-1]]
    if form == "parquet":
        return parquet.read_table(path).to_pylist()  # type: ignore[no-any-return]
    from openpyxl import load_workbook

    sheet = load_workbook(path).worksheets[0]
    header, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, header), row, strict=True)) for row in rows]
