"""Every format in, every format out: originals kept, results added, nothing lost or half written."""

import csv
import io
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from copyassist.batch import COLUMNS as RESULTS
from copyassist.batch import BatchOptions, BatchSummary, inspect_source, make_plan, run_batch
from copyassist.batch import readers as batch_readers
from copyassist.desk.review import Desk
from copyassist.errors import InputError, UsageError
from copyassist.types import Purpose, Severity
from tests.batch.files import COLUMNS, ROWS, TITLES, read_result, write_source

MakeDesk = Callable[[str], Desk]
FORMS = ("csv", "tsv", "xlsx", "jsonl", "parquet")


def run(
    source: Path, out: Path, make_desk: MakeDesk, overwrite: bool = False, **options: object
) -> BatchSummary:
    plan = make_plan(inspect_source(source), out, BatchOptions(**options))  # type: ignore[arg-type]
    return run_batch(plan, make_desk, overwrite=overwrite)


@pytest.mark.parametrize("into", FORMS)
@pytest.mark.parametrize("form", FORMS)
def test_each_format_becomes_each_other(
    form: str, into: str, tmp_path: Path, make_desk: MakeDesk
) -> None:
    source, out = write_source(tmp_path / f"in.{form}"), tmp_path / f"out.{into}"
    summary = run(source, out, make_desk, platform_column="平台")
    rows = read_result(out)
    assert summary.finished
    assert summary.tally.rows == len(rows) == len(ROWS)
    assert [[row[name] or "" for name in COLUMNS] for row in rows] == ROWS
    assert list(rows[0]) == [*COLUMNS, *(column.name for column in RESULTS)]
    assert {row["scored_for"] for row in rows} == {"xiaohongshu"}
    assert "absolute_term" in str(rows[1]["finding_codes"])
    assert float(str(rows[0]["score"])) > 0
    assert float(str(rows[0]["length_limit"])) == 20
    assert "早餐" in str(rows[0]["keywords"])
    assert rows[3]["nearest_title"] == "阳台种番茄的三个诀窍"
    assert float(str(rows[3]["nearest_similarity"])) > 0.64


def test_a_text_file_has_one_title_a_line(tmp_path: Path, make_desk: MakeDesk) -> None:
    source = write_source(tmp_path / "in.txt")
    summary = run(source, tmp_path / "out.csv", make_desk)
    assert [row["title"] for row in read_result(summary.out)] == [t for t in TITLES if t]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("form", ["txt", "csv", "tsv", "jsonl"])
def test_encodings_are_recognised(
    form: str, encoding: str, tmp_path: Path, make_desk: MakeDesk
) -> None:
    source = write_source(tmp_path / f"in.{form}", encoding=encoding)
    run(source, tmp_path / "out.csv", make_desk)
    column = "title" if form == "txt" else "标题"
    assert read_result(tmp_path / "out.csv")[0][column] == TITLES[0]


def test_a_big5_file_is_read(tmp_path: Path, make_desk: MakeDesk) -> None:
    titles = ["巷口修鞋的人", "社區食堂第一天", "舊書店搬家了"]
    (tmp_path / "in.txt").write_bytes("".join(f"{title}\n" for title in titles).encode("big5"))
    summary = run(tmp_path / "in.txt", tmp_path / "out.csv", make_desk)
    assert [row["title"] for row in read_result(summary.out)] == titles


def test_csv_begins_with_a_byte_order_mark(tmp_path: Path, make_desk: MakeDesk) -> None:
    run(write_source(tmp_path / "in.csv"), tmp_path / "out.csv", make_desk)
    assert (tmp_path / "out.csv").read_bytes().startswith(b"\xef\xbb\xbf" + "编号".encode())


def test_a_result_column_never_covers_an_original(tmp_path: Path, make_desk: MakeDesk) -> None:
    source = write_source(tmp_path / "in.csv", [["早餐", "99", "x"]], ["标题", "Score", "score_2"])
    run(source, tmp_path / "out.csv", make_desk)
    row = read_result(tmp_path / "out.csv")[0]
    assert (row["Score"], row["score_2"]) == ("99", "x")
    assert float(str(row["score_3"])) > 0


def test_each_row_is_judged_for_its_platform(tmp_path: Path, make_desk: MakeDesk) -> None:
    rows = [
        ["1", "早餐", "小红书"],
        ["2", "早餐", "weibo"],
        ["3", "早餐", ""],
        ["4", "早餐", "火星网"],
    ]
    source = write_source(tmp_path / "in.csv", rows)
    summary = run(source, tmp_path / "out.csv", make_desk, platform_column="平台", platform="zhihu")
    found = read_result(tmp_path / "out.csv")
    assert [row["scored_for"] for row in found] == ["xiaohongshu", "weibo", "zhihu", "火星网"]
    assert found[3]["row_problem"] == "不认识的平台"
    assert summary.tally.unreadable == 1
    assert summary.tally.problems[0].line == 5


def test_without_evidence_the_score_is_empty(tmp_path: Path, make_desk: MakeDesk) -> None:
    source = write_source(tmp_path / "in.jsonl", [["1", "What we had for breakfast", "微博"]])
    run(source, tmp_path / "out.jsonl", make_desk, platform_column="平台")
    row = read_result(tmp_path / "out.jsonl")[0]
    assert row["score"] is None
    assert row["score_evidence"] == "none"


def test_rows_that_cannot_be_read_are_kept_and_named(tmp_path: Path, make_desk: MakeDesk) -> None:
    (tmp_path / "in.csv").write_text("标题,备注\n早餐,好\n标题里,有逗号,备注\n午餐\n", "utf-8")
    summary = run(tmp_path / "in.csv", tmp_path / "out.csv", make_desk)
    rows = read_result(tmp_path / "out.csv")
    assert [row["标题"] for row in rows] == ["早餐", "标题里", "午餐"]
    assert rows[1]["备注"] == "有逗号 | 备注"
    assert "表头" in str(rows[1]["row_problem"])
    assert rows[1]["score"] == ""
    assert [(p.line, p.code) for p in summary.tally.problems] == [(3, "too_many_cells")]
    assert summary.tally.unreadable == 1


def test_a_damaged_byte_is_replaced_and_said(tmp_path: Path, make_desk: MakeDesk) -> None:
    good = "".join(f"早餐第{n}种做法\n" for n in range(50)).encode()
    (tmp_path / "in.txt").write_bytes(good + b"\xe6\x97 broken \xff\n")
    summary = run(tmp_path / "in.txt", tmp_path / "out.csv", make_desk)
    last = read_result(tmp_path / "out.csv")[-1]
    assert "\ufffd" in str(last["title"])
    assert float(str(last["length"])) > 0
    assert last["row_problem"]
    assert [p.code for p in summary.tally.problems] == ["bad_bytes"]


def test_bad_lines_of_json_are_kept(tmp_path: Path, make_desk: MakeDesk) -> None:
    lines = ['{"title": "早餐", "n": 1.50}', "{oops", "[1]", '{"title": "午餐"}', "{}"]
    (tmp_path / "in.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    run(tmp_path / "in.jsonl", tmp_path / "out.jsonl", make_desk)
    out = (tmp_path / "out.jsonl").read_text("utf-8").splitlines()
    assert out[0].startswith('{"title": "早餐", "n": 1.50, "scored_for"')  # untouched, 1.50 too
    records = [json.loads(line) for line in out]
    assert [record.get("unreadable") for record in records] == [None, "{oops", "[1]", None, None]
    assert records[1]["row_problem"]
    assert "empty" in records[4]["finding_codes"]


def test_types_of_parquet_stay(tmp_path: Path, make_desk: MakeDesk) -> None:
    table = pa.table(
        {
            "title": ["=早餐", None],
            "at": pa.array([datetime(2026, 1, 1), None], pa.timestamp("ns")),
            "n": pa.array([1, 2], pa.int8()),
            "tags": [["a"], []],
        }
    )
    parquet.write_table(table, tmp_path / "in.parquet")
    run(tmp_path / "in.parquet", tmp_path / "out.parquet", make_desk)
    out = parquet.read_table(tmp_path / "out.parquet")
    assert out.select(table.column_names).equals(table)
    assert str(out.schema.field("score").type) == "double"
    run(tmp_path / "in.parquet", tmp_path / "out.jsonl", make_desk)
    first = read_result(tmp_path / "out.jsonl")[0]
    assert (first["title"], first["n"], first["tags"]) == ("=早餐", 1, ["a"])


def test_quoted_cells_may_hold_line_breaks(tmp_path: Path, make_desk: MakeDesk) -> None:
    source = write_source(tmp_path / "in.csv", [["1", "早餐", "一\n二"], ["2", "午餐", 'a "b", c']])
    run(source, tmp_path / "out.csv", make_desk)
    rows = read_result(tmp_path / "out.csv")
    assert [row["平台"] for row in rows] == ["一\n二", 'a "b", c']


def test_an_existing_output_is_left_alone(tmp_path: Path, make_desk: MakeDesk) -> None:
    source, out = write_source(tmp_path / "in.csv"), tmp_path / "out.csv"
    out.write_text("precious")
    with pytest.raises(UsageError, match="batch_out_exists"):
        run(source, out, make_desk)
    assert out.read_text() == "precious"
    run(source, out, make_desk, overwrite=True)
    assert len(read_result(out)) == len(ROWS)


def test_nothing_is_left_beside_the_output(tmp_path: Path, make_desk: MakeDesk) -> None:
    run(write_source(tmp_path / "in.csv"), tmp_path / "deep" / "out.csv", make_desk)
    assert {path.name for path in tmp_path.iterdir()} == {"in.csv", "deep"}
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["out.csv"]


@pytest.mark.parametrize("into", FORMS)
def test_a_file_with_a_header_alone_gives_a_header(
    into: str, tmp_path: Path, make_desk: MakeDesk
) -> None:
    (tmp_path / "in.csv").write_text("标题,备注\n", "utf-8")
    summary = run(tmp_path / "in.csv", tmp_path / f"out.{into}", make_desk)
    assert summary.finished
    assert summary.tally.rows == 0
    assert read_result(tmp_path / f"out.{into}") == []


def test_the_summary_names_best_worst_and_kinds(tmp_path: Path, make_desk: MakeDesk) -> None:
    source = write_source(tmp_path / "in.csv")
    tally = run(source, tmp_path / "out.csv", make_desk, purpose=Purpose.AD).tally
    scores = [ranked.score for ranked in tally.best]
    assert scores == sorted(scores, reverse=True)
    assert tally.worst[0].score <= tally.best[0].score
    assert tally.findings["absolute_term"] >= 1
    assert tally.severities["error"] >= 1


def test_the_summary_knows_the_level_to_fail_on(tmp_path: Path, make_desk: MakeDesk) -> None:
    source = write_source(tmp_path / "in.csv")
    bad = run(source, tmp_path / "out.csv", make_desk, purpose=Purpose.AD)
    assert bad.reaches(Severity.ERROR)
    assert bad.reaches(Severity.INFO)
    assert not bad.reaches(None)
    good = write_source(tmp_path / "good.csv", [["1", "下班后一小时，把阳台变成小花园", ""]])
    assert not run(good, tmp_path / "o2.csv", make_desk).reaches(Severity.ERROR)


def test_small_blocks_give_the_same_file(
    tmp_path: Path, make_desk: MakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = write_source(tmp_path / "in.csv", ROWS * 5)
    run(source, tmp_path / "whole.csv", make_desk)
    monkeypatch.setattr(batch_readers, "BLOCK_ROWS", 7)
    run(source, tmp_path / "cut.csv", make_desk)
    whole, cut = read_result(tmp_path / "whole.csv"), read_result(tmp_path / "cut.csv")
    assert [row["finding_codes"] for row in whole] == [row["finding_codes"] for row in cut]
    assert [row["标题"] for row in whole] == [row["标题"] for row in cut]
    parquet_out = run(source, tmp_path / "cut.parquet", make_desk).out
    assert parquet.read_table(parquet_out).num_rows == 30


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n"])
@pytest.mark.parametrize("name", ["in.csv", "in.tsv", "in.txt"])
def test_any_line_end_ends_a_line(name: str, end: str, tmp_path: Path, make_desk: MakeDesk) -> None:
    titles = [title for title in TITLES if title]
    lines = ["title", *titles] if name != "in.txt" else titles
    source = tmp_path / name
    source.write_text(end.join(lines) + end, "utf-8", newline="")
    assert run(source, tmp_path / "out.csv", make_desk).tally.rows == len(titles)


def test_semicolons_and_short_rows_are_read(tmp_path: Path, make_desk: MakeDesk) -> None:
    (tmp_path / "in.csv").write_text("标题;备注\n早餐, 午餐;好\n晚餐\n\n", "utf-8")
    run(tmp_path / "in.csv", tmp_path / "out.csv", make_desk)
    rows = list(csv.DictReader(io.StringIO((tmp_path / "out.csv").read_text("utf-8-sig"))))
    assert [row["标题"] for row in rows] == ["早餐, 午餐", "晚餐"]


@pytest.mark.parametrize("name", ["in.xlsx", "in.parquet"])
def test_a_file_that_is_not_what_it_says_is_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"this is no such file")
    with pytest.raises(InputError, match="batch_unreadable"):
        inspect_source(tmp_path / name)
