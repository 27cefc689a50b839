"""Cells: formulas are disarmed, everything else comes back as it went in."""

import csv
import io
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from copyassist.batch import BatchOptions, inspect_source, make_plan
from copyassist.batch.readers import Block, TitleRow, read_blocks
from copyassist.batch.results import COLUMNS
from copyassist.batch.writers import encode, make_writer
from copyassist.cells import disarm, show_cell
from copyassist.errors import InputError
from copyassist.i18n import say_error
from tests.batch.files import read_result, write_source

EMPTY = tuple(None for _ in COLUMNS)
CELL = st.text(max_size=40)
TABLE_CELL = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "=cmd|' /C calc'!A0",
        "+1+1",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1",
        "-",
        "＠x",
    ],
)
def test_formulas_are_disarmed(text: str) -> None:
    assert disarm(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["", "-12.5", "+3", "-1,234", "-5%", "-1e9", "早餐", "a=b", " =1", "'=1"]
)
def test_numbers_and_words_stay(text: str) -> None:
    assert disarm(text) == text


@given(CELL)
def test_a_disarmed_cell_never_starts_a_formula(text: str) -> None:
    shown = disarm(text)
    assert shown.endswith(text)
    if shown[:1] in {"=", "@", "\t", "\r"}:
        pytest.fail(repr(shown))
    if shown[:1] in {"+", "-"}:
        float(shown.replace(",", "").removesuffix("%"))


def write(folder: Path, cells: list[list[object]], form: str) -> Path:
    source = write_source(folder / "in.csv", [["x", "y"]], ["标题", "备注"])
    out = folder / f"out.{form}"
    writer = make_writer(make_plan(inspect_source(source), out, BatchOptions()))
    rows = [TitleRow(number, row) for number, row in enumerate(cells, start=2)]
    shard = folder / f"shard.{writer.suffix}"
    writer.write_shard(shard, Block(rows, 1.0), [EMPTY for _ in rows])
    writer.join([shard], out)
    return out


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(rows=st.lists(st.tuples(CELL, CELL), min_size=1, max_size=6))
@pytest.mark.parametrize("form", ["csv", "tsv", "jsonl", "parquet"])
def test_cells_come_back(form: str, rows: list[tuple[str, str]], tmp_path: Path) -> None:
    out = write(tmp_path, [list(row) for row in rows], form)
    guard = disarm if form in ("csv", "tsv") else str
    wanted = [[encode(guard(cell)).decode() for cell in row] for row in rows]
    assert [[row["标题"], row["备注"]] for row in read_result(out)] == wanted


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "http://example.com",
        "{=A1}",
        "mailto:a@b.c",
        "第一行\n第二行",
        "\x01控制",
        "🔥" * 40,
    ],
)
def test_xlsx_holds_strings_only(cell: str, tmp_path: Path) -> None:
    sheet = load_workbook(write(tmp_path, [[cell, 7]], "xlsx")).worksheets[0]
    found = sheet.cell(row=2, column=1)
    assert found.data_type == "s"
    assert found.hyperlink is None
    assert found.value == cell.replace("\x01", "\ufffd")
    assert sheet.cell(row=2, column=2).data_type == "n"


def test_a_cell_too_long_for_a_sheet_is_cut(tmp_path: Path) -> None:
    sheet = load_workbook(write(tmp_path, [["长" * 40_000, ""]], "xlsx")).worksheets[0]
    assert len(str(sheet.cell(row=2, column=1).value)) == 32_767


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (3.0, "3"),
        (3.5, "3.5"),
        ("x", "x"),
        (7, "7"),
        ([1, "二"], '[1, "二"]'),
        (1e300, "1e+300"),
        (12345678901234567890, "12345678901234567890"),
        (1.2345678901234567e19, "12345678901234567000"),
        (-1e19, "-10000000000000000000"),
        (1e15, "1000000000000000"),
        (0.00001, "0.00001"),
        (-0.0, "0"),
        (Decimal("1E+19"), "10000000000000000000"),
        (float("nan"), "nan"),
        (float("inf"), "inf"),
    ],
)
def test_values_are_shown_as_text(value: object, text: str) -> None:
    assert show_cell(value) == text


def test_what_json_does_not_know_becomes_null(tmp_path: Path) -> None:
    out = write(tmp_path, [[float("nan"), float("inf")]], "jsonl")
    record = json.loads(out.read_text("utf-8"), parse_constant=lambda name: pytest.fail(name))
    assert record["标题"] is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(rows=st.lists(st.tuples(TABLE_CELL, TABLE_CELL), min_size=1, max_size=6))
def test_any_csv_is_read_as_it_was_written(rows: list[tuple[str, str]], tmp_path: Path) -> None:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([("标题", "备注"), *rows])
    (tmp_path / "in.csv").write_bytes(text.getvalue().encode())
    source = inspect_source(tmp_path / "in.csv")
    found = [tuple(row.cells) for block in read_blocks(source) for row in block.rows]
    assert found == rows


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(data=st.binary(min_size=1, max_size=200))
@pytest.mark.parametrize("form", ["txt", "csv", "tsv", "jsonl"])
def test_any_bytes_are_read_or_refused(form: str, data: bytes, tmp_path: Path) -> None:
    path = tmp_path / f"in.{form}"
    path.write_bytes(data)
    try:
        source = inspect_source(path)
    except InputError as error:
        if say_error("zh", error) == str(error):
            raise
        return
    for block in read_blocks(source):
        assert 0 < block.read <= 1
        for row in block.rows:
            assert len(row.cells) == len(source.columns)


def test_memory_is_bounded_by_the_length_of_cells(tmp_path: Path, monkeypatch: Callable) -> None:  # type: ignore[type-arg]
    source = inspect_source(write_source(tmp_path / "in.txt", [["", "长" * 3_000_000, ""]] * 4))
    assert [len(block.rows) for block in read_blocks(source)] == [3, 1]


def test_long_numbers_keep_their_digits_in_a_sheet(tmp_path: Path) -> None:
    rows = [[12345678901234567890, ""], [123, ""]]
    sheet = load_workbook(write(tmp_path, rows, "xlsx")).worksheets[0]
    assert [sheet.cell(row=row, column=1).value for row in (2, 3)] == ["12345678901234567890", 123]
