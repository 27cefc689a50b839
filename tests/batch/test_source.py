"""What a file of titles is: by what it holds, read as the importer reads it."""

import io
import json
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from copyassist.batch import inspect_source
from copyassist.batch.readers import TitleRow, read_blocks
from copyassist.errors import InputError


def read(path: Path, sheet: str = "", title: int | None = None) -> list[TitleRow]:
    source = inspect_source(path, sheet)
    place = source.guess.get("title") if title is None else title
    return [row for block in read_blocks(source, place) for row in block.rows]


def titles(path: Path, sheet: str = "") -> list[object]:
    place = inspect_source(path, sheet).guess["title"]
    return [row.cells[place] for row in read(path, sheet) if row.readable]


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def write_book(path: Path, **sheets: Sequence[Sequence[object]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
        page.sheet_state = "hidden" if name.startswith("隐") else "visible"
    data = io.BytesIO()
    book.save(data)
    path.write_bytes(data.getvalue())
    return path


def test_the_table_of_titles_is_read_not_the_first_one(tmp_path: Path) -> None:
    notice = "<table><tr><td>欢迎使用</td></tr></table>"
    table = "<table><tr><td>标题</td><td>平台</td></tr><tr><td>甲乙</td><td>微博</td></tr></table>"
    path = write(tmp_path / "a.xls", f"<!-- x --><html><body>{notice}{table}</body></html>")
    assert titles(path) == ["甲乙"]


def test_lines_above_the_headings_and_other_sheets(tmp_path: Path) -> None:
    path = write_book(
        tmp_path / "a.xlsx",
        隐=[["标题"], ["旧的"]],
        说明=[["请勿外传"]],
        一=[["导出时间 2026-05-01"], ["标题", "平台"], ["甲", "微博"], ["合计", ""]],
        二=[["标题"], ["乙"]],
    )
    assert titles(path) == ["甲"]
    assert titles(path, "二") == titles(path, "3") == ["乙"]  # as counted in what is shown
    assert [row.problem for row in read(path)] == ["", "total"]
    with pytest.raises(InputError, match="batch_no_sheet"):
        inspect_source(path, "四")


def test_a_merged_cell_holds_for_all_its_rows(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", 表=[["平台", "标题"], ["抖音", "甲"], ["", "乙"]])
    book = openpyxl.load_workbook(path)
    book["表"].merge_cells("A2:A3")
    book.save(path)
    assert [row.cells[0] for row in read(path)] == ["抖音", "抖音"]


@pytest.mark.parametrize(
    "text",
    [
        "某某公司上市独家,小红书\n某某公司退市快讯,微博\n第三个标题在此,知乎\n",
        "第一条,图文\n第二条,视频\n",
        "第一条,2026-05-01\n第二条,2026-05-02\n",
    ],
)
def test_no_row_of_a_table_without_headings_is_taken_for_them(text: str, tmp_path: Path) -> None:
    source = inspect_source(write(tmp_path / "a.csv", text))
    assert source.guess == {}
    assert len(read(tmp_path / "a.csv", title=0)) == text.count("\n")


@pytest.mark.parametrize("ending", ["|视频", "|图文", ",微博", "\t文章"])
def test_a_list_of_titles_is_no_table(ending: str, tmp_path: Path) -> None:
    lines = [f"第{number}条新闻{ending}" for number in range(9)]
    path = write(tmp_path / "titles.txt", "\n".join(lines))
    assert titles(path) == lines


@pytest.mark.parametrize("name", ["a.txt", "a.csv"])
def test_titles_that_begin_with_a_bracket(name: str, tmp_path: Path) -> None:
    path = write(tmp_path / name, "[快讯]第一条\n[快讯]第二条\n")
    assert titles(path) == ["[快讯]第一条", "[快讯]第二条"]


def test_headlines_that_begin_like_totals_are_judged(tmp_path: Path) -> None:
    rows = [
        "汇总：2024年最值得看的十部电影",
        "平均 每天睡四小时的人后来怎样了",
        "Total War 新作评测",
    ]
    path = write(
        tmp_path / "a.csv", "标题,备注\n" + "".join(f"{row},x\n" for row in (*rows, "合计："))
    )
    assert titles(path) == rows


def test_the_column_that_was_named_decides(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "标题,改后文字\n合计,甲\n汇总,乙\n丙,总计\n")
    assert [row.problem for row in read(path, title=0)][:2] == ["total", "total"]
    path = write(tmp_path / "b.csv", "标题,改后文字\n甲,合计\n丙,丁\n")
    assert [row.problem for row in read(path, title=1)] == ["total", ""]
    assert [row.problem for row in read(path, title=0)] == ["", ""]


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ([{"t": "标题一"}, {"t": "标题二"}], ["标题一", "标题二"]),
        ({"data": {"list": [{"title": "标题一", "id": 1}]}}, ["标题一"]),
    ],
)
def test_objects_of_json(document: object, expected: list[str], tmp_path: Path) -> None:
    for name, text in (
        ("a.json", json.dumps(document, ensure_ascii=False)),
        ("b.json", json.dumps(document, ensure_ascii=False, indent=2)),
    ):
        assert titles(write(tmp_path / name, text)) == expected


def test_a_damaged_first_line_of_json_ends_nothing(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", '{"title": "甲\n{"title": "乙"}\n')
    assert [row.problem for row in read(path)] == ["bad_json", ""]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "|", "\t"])
def test_any_mark_between_the_cells(mark: str, encoding: str, tmp_path: Path) -> None:
    text = (
        f"sep={mark}\n标题{mark}平台\n甲乙{mark}微博\n"
        if encoding == "utf-8"
        else f"标题{mark}平台\n甲乙{mark}微博\n"
    )
    assert titles(write(tmp_path / "a.csv", text, encoding)) == ["甲乙"]


def test_a_workbook_called_csv_is_a_workbook(tmp_path: Path) -> None:
    assert titles(write_book(tmp_path / "a.csv", 表=[["标题"], ["甲"]])) == ["甲"]


def test_damaged_parquet_is_a_sentence(tmp_path: Path) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    path = tmp_path / "a.parquet"
    parquet.write_table(pa.table({"标题": [f"第{n}条" * 50 for n in range(500)]}), path)
    data = bytearray(path.read_bytes())
    data[40:400] = b"\xff" * 360
    path.write_bytes(bytes(data))
    with pytest.raises(InputError, match="batch_unreadable"):
        read(path)
