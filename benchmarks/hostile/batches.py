"""Files of titles, as `batch` reads them."""

import io
import random
import tempfile
from collections.abc import Sequence
from functools import cache, partial
from pathlib import Path

from benchmarks.hostile.files import change_zip
from benchmarks.hostile.mutations import mutate_bytes, mutate_json
from copyassist.batch import BatchOptions, inspect_source, make_plan
from copyassist.batch.readers import read_blocks
from tests.posts.importing import exports

ROWS = (("标题", "platform", "正文"), ("三步做好番茄炒蛋", "weibo", ""), ('带"引号,的', "", "x\ny"))


def load_csv() -> list[bytes]:
    """CSV, in two encodings, and plain lines."""
    table = exports.csv_bytes(ROWS)
    return [table, exports.csv_bytes(ROWS, "gb18030"), "甲\n乙\n".encode(), b'a,title\n1,"b\n2,c']


def load_lines() -> list[bytes]:
    """JSON lines."""
    return [b'{"title": "a", "n": 1}\n{"title": "b", "n": [1, {"x": null}]}\n', b'{"title": "a"}']


def change_lines(draw: random.Random, seed: bytes, others: Sequence[bytes]) -> bytes:
    """A line by its values, or the file by its bytes."""
    if draw.random() < 0.5:
        return mutate_bytes(draw, seed, others)
    lines = seed.splitlines()
    place = draw.randrange(len(lines))
    lines[place] = mutate_json(draw, lines[place], others)
    return b"\n".join(lines)


def load_workbooks() -> list[bytes]:
    """A sheet of titles."""
    return [exports.xlsx_bytes(ROWS)]


@cache
def load_parquet() -> tuple[bytes, ...]:
    """Columns of titles, with others of odd kinds beside them."""
    import pyarrow
    import pyarrow.parquet

    table = pyarrow.table({"title": ["a", None, "标题"], "n": [1, 2, 3], "b": [b"\xff", b"", None]})
    out = io.BytesIO()
    pyarrow.parquet.write_table(table, out)
    return (out.getvalue(),)


def call_titles(suffix: str, data: bytes) -> None:
    """The file is looked at, planned for and read to its end; reading may end in an OSError."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{suffix}"
        path.write_bytes(data)
        source = inspect_source(path)
        make_plan(source, path.with_name("b.csv"), BatchOptions())
        try:
            for block in read_blocks(source):
                assert 0 <= block.read <= 1
        except OSError:
            return


WAYS: Sequence[tuple[str, int, object, object, object]] = (
    ("titles, csv", 3, load_csv, mutate_bytes, partial(call_titles, ".csv")),
    ("titles, txt", 1, load_csv, mutate_bytes, partial(call_titles, ".txt")),
    ("titles, jsonl", 3, load_lines, change_lines, partial(call_titles, ".jsonl")),
    ("titles, xlsx", 2, load_workbooks, change_zip, partial(call_titles, ".xlsx")),
    ("titles, parquet", 2, load_parquet, mutate_bytes, partial(call_titles, ".parquet")),
)
