"""`copyassist batch`, as a user calls it: files, exit codes, what it says."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook

TITLES = ["下班后一小时，把阳台变成小花园", "全网最低价的最佳护肤品，买它！！！"]


@pytest.fixture
def titles(tmp_path: Path) -> Path:
    path = tmp_path / "titles.csv"
    path.write_text("编号,标题\n" + "".join(f"{n},{t}\n" for n, t in enumerate(TITLES)), "utf-8")
    return path


def run(*arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "copyassist", *arguments],
        env={**os.environ, "COPYASSIST_HOME": str(home), "PYTHONIOENCODING": "utf-8"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )


def test_a_file_is_judged_and_summed_up(titles: Path, home: Path) -> None:
    done = run("batch", str(titles), home=home)
    assert done.returncode == 0, done.stderr
    assert "完成：2 行" in done.stderr
    assert "最高" in done.stderr
    text = (titles.parent / "titles.scored.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["标题"] for row in rows] == TITLES
    assert rows[1]["最严重的问题"] in {"必改", "慎用"}


def test_the_file_is_in_words_or_in_codes(titles: Path, home: Path) -> None:
    read = {}
    for headings in ("words", "codes"):
        for form in ("csv", "jsonl"):
            out = titles.parent / f"{headings}.{form}"
            done = run("batch", str(titles), "-o", str(out), "--headings", headings, home=home)
            assert done.returncode == 0, done.stderr
            text = out.read_text("utf-8-sig")
            read[headings, form] = (
                next(csv.DictReader(io.StringIO(text)))
                if form == "csv"
                else json.loads(text.splitlines()[0])
            )
    assert read["words", "csv"]["评分平台"] == "小红书"
    assert read["words", "csv"]["得分依据"] == "平台规律"
    for codes in (read["codes", "csv"], read["words", "jsonl"], read["codes", "jsonl"]):
        assert (codes["scored_for"], codes["score_evidence"]) == ("xiaohongshu", "prior")


def test_a_sheet_can_be_filtered_and_keeps_its_headings_in_sight(titles: Path, home: Path) -> None:
    out = titles.parent / "o.xlsx"
    assert run("batch", str(titles), "-o", str(out), home=home).returncode == 0
    sheet = openpyxl.load_workbook(out).active
    assert sheet is not None
    assert sheet.freeze_panes == "A2"
    assert str(sheet.auto_filter.ref).startswith("A1:")
    assert sheet.column_dimensions["B"].width > 30  # the titles


def test_the_language_reaches_the_file(titles: Path, home: Path) -> None:
    done = run("--lang", "en", "batch", str(titles), "-o", str(titles.parent / "o.csv"), home=home)
    assert "Done: 2 rows" in done.stderr
    assert "完成" not in done.stderr


def test_findings_at_the_level_exit_with_1(titles: Path, home: Path) -> None:
    done = run("batch", str(titles), "--context", "ad", "--fail-on", "error", home=home)
    assert done.returncode == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["titles.csv", "--title-col", "nope"], ["nope", "编号、标题"]),
        (["none.csv"], ["none.csv"]),
        (["titles.csv", "-o", "out.docx"], ["out.docx", "parquet"]),
        (["titles.csv", "-o", "titles.csv"], ["titles.csv"]),
        (["titles.csv", "--platform", "火星网"], ["火星网"]),
        (["titles.csv", "--account", "谁"], ["谁"]),
        (["other.csv"], ["--title-col", "a、b"]),
    ],
)
def test_wrong_use_exits_with_2_and_one_sentence(
    arguments: list[str],
    words: list[str],
    titles: Path,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(titles.parent)
    Path("other.csv").write_text("a,b\n1,2\n", "utf-8")
    done = run("batch", *arguments, home=home)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert "Traceback" not in done.stderr
    for word in words:
        assert word in done.stderr


def test_an_output_is_only_overwritten_when_told(titles: Path, home: Path) -> None:
    out = titles.parent / "o.csv"
    out.write_text("precious")
    refused = run("batch", str(titles), "-o", str(out), home=home)
    assert refused.returncode == 2
    assert "--yes" in refused.stderr
    assert out.read_text() == "precious"
    assert run("batch", str(titles), "-o", str(out), "--yes", home=home).returncode == 0
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")


def test_the_demo_account_is_a_past_to_compare_with(titles: Path, home: Path) -> None:
    run("demo", home=home)
    done = run("batch", str(titles), "--format", "jsonl", home=home)
    assert done.returncode == 0, done.stderr
    assert (titles.parent / "titles.scored.jsonl").is_file()


def test_kinds_of_findings_are_named_in_words(titles: Path, home: Path) -> None:
    done = run("batch", str(titles), "--context", "ad", home=home)
    assert "绝对化用语" in done.stderr
    assert "absolute_term" not in done.stderr


def test_titles_without_words_are_not_scored_and_never_the_lowest(
    tmp_path: Path, home: Path
) -> None:
    source, out = tmp_path / "t.csv", tmp_path / "o.csv"
    empty = ["", "。。。", "💥", " ", "!!", "——"]
    source.write_text("编号,标题\n" + "".join(f"x,{t}\n" for t in (*empty, *TITLES)), "utf-8")
    done = run("batch", str(source), "-o", str(out), home=home)
    assert done.returncode == 0, done.stderr
    assert "有分数的 2 行" in done.stderr
    assert "重复、打乱）的 6 行，不打分" in done.stderr
    ranked = [line for line in done.stderr.splitlines() if re.match(r"  *\d+\.\d  第", line)]
    assert len(ranked) == 2  # the other cannot be published: it comes last, with the reason
    assert all(TITLES[0] in line for line in ranked)
    assert "发不出去的 1 行" in done.stderr
    assert "绝对化用语" in done.stderr.partition("发不出去的 1 行")[2]
    rows = list(csv.DictReader(io.StringIO(out.read_text("utf-8-sig"))))
    assert [row["得分"] == "" for row in rows] == [True] * 6 + [False] * 2
    assert [row["没有得分的原因"] for row in rows][:3] == [
        "没有标题",
        *["标题里只有标点或符号"] * 2,
    ]
    assert [row["没有得分的原因"] for row in rows][6:] == ["", ""]


def test_a_file_of_titles_without_words_blames_no_platform(tmp_path: Path, home: Path) -> None:
    source = tmp_path / "t.csv"
    source.write_text("编号,标题\n1,。。。\n2,\n", "utf-8")
    done = run("--lang", "en", "batch", str(source), home=home)
    assert "2 rows have no title to score" in done.stderr
    assert "No row has a score" not in done.stderr


FIGURE = 12345678901234567890


@pytest.mark.parametrize("form", ["csv", "jsonl", "xlsx"])
def test_a_title_that_is_a_long_number_stays_its_digits(
    form: str, tmp_path: Path, home: Path
) -> None:
    source, out = tmp_path / f"t.{form}", tmp_path / "o.csv"
    if form == "xlsx":
        book = Workbook()
        for row in (["编号", "标题"], ["a", FIGURE], ["b", TITLES[0]]):
            book.active.append(row)
        book.save(source)
    elif form == "csv":
        source.write_text(f"编号,标题\na,{FIGURE}\nb,{TITLES[0]}\n", "utf-8")
    else:
        lines = [{"编号": "a", "标题": FIGURE}, {"编号": "b", "标题": TITLES[0]}]
        source.write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")
    done = run("batch", str(source), "-o", str(out), "--title-col", "标题", home=home)
    assert done.returncode == 0, done.stderr
    title = next(csv.DictReader(io.StringIO(out.read_text("utf-8-sig"))))["标题"]
    # A sheet itself keeps no more than some 15 digits of a number.
    assert re.fullmatch(r"12345678901234\d{6}" if form == "xlsx" else str(FIGURE), title)
    assert "e+19" not in done.stderr
    assert "1 行，不打分" in done.stderr
    assert "标题里只有数字" in out.read_text("utf-8-sig")


def test_a_title_typed_as_a_number_is_scored_as_typed(home: Path) -> None:
    done = run("score", str(FIGURE), home=home)
    assert done.stdout.splitlines()[1].startswith(f"{FIGURE}  [")


def test_what_comes_through_a_pipe_goes_into_a_folder_that_is_made(
    tmp_path: Path, home: Path
) -> None:
    out = tmp_path / "new" / "deep" / "out.csv"
    done = subprocess.run(
        [sys.executable, "-m", "copyassist", "batch", "-", "-o", str(out)],
        env={**os.environ, "COPYASSIST_HOME": str(home)},
        input="\n".join(TITLES).encode(),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert TITLES[0] in out.read_text("utf-8-sig")
    assert [path.name for path in out.parent.iterdir()] == ["out.csv"]
