"""Plans: which column, which format, and what makes two plans differ."""

from dataclasses import replace
from pathlib import Path

import pytest

from copyassist.batch import BatchOptions, TitleFile, inspect_source, make_plan
from copyassist.batch.columns import find_column, name_columns
from copyassist.batch.plan import NO_COLUMN
from copyassist.errors import InputError, UsageError
from copyassist.types import Severity
from tests.batch.files import write_source

SOURCE = TitleFile(
    path=Path("in.csv"),
    format="csv",
    size=1,
    sha256="00",
    columns=("id", "标题", "备注"),
    guess={"title": 1},
)


@pytest.mark.parametrize(
    ("header", "guess"),
    [
        ("id,标题", {"title": 1}),
        ("Title,x", {"title": 0}),
        ("x, HEADLINE ", {"title": 1}),
        ("name,笔记标题,平台,正文", {"title": 1, "platform": 2, "body": 3}),
        ("作品,发布平台", {"title": 0, "platform": 1}),
        ("甲,乙", {}),
    ],
)
def test_columns_are_known_as_the_importer_knows_them(
    header: str, guess: dict[str, int], tmp_path: Path
) -> None:
    (tmp_path / "in.csv").write_text(f"{header}\n{'某某,' * 4}\n", "utf-8")
    assert inspect_source(tmp_path / "in.csv").guess == guess


def test_a_guessed_column_can_be_refused(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("标题,平台,正文\n甲,微博,乙\n", "utf-8")
    source = inspect_source(tmp_path / "in.csv")
    plan = make_plan(source, None, BatchOptions())
    assert (plan.title, plan.platform, plan.body) == (0, 1, 2)
    plan = make_plan(source, None, BatchOptions(platform_column=NO_COLUMN, body_column=NO_COLUMN))
    assert (plan.title, plan.platform, plan.body) == (0, None, None)


def test_a_column_is_named_or_numbered() -> None:
    assert find_column(SOURCE.columns, "备注") == "备注"
    assert find_column(SOURCE.columns, "ID") == "id"
    assert find_column(SOURCE.columns, "2") == "标题"
    assert find_column(SOURCE.columns, "0") is None
    assert find_column(SOURCE.columns, "4") is None
    assert find_column(("2", "x"), "2") == "2"


def test_without_a_title_column_the_columns_are_listed() -> None:
    with pytest.raises(InputError) as caught:
        make_plan(replace(SOURCE, columns=("a", "b"), guess={}), None, BatchOptions())
    assert caught.value.code == "batch_no_title_column"
    assert caught.value.params["columns"] == "a、b"


@pytest.mark.parametrize("option", ["title_column", "platform_column", "body_column"])
def test_a_column_that_is_not_there_is_named(option: str) -> None:
    with pytest.raises(InputError, match="batch_no_column"):
        make_plan(SOURCE, None, BatchOptions(**{option: "nope"}))  # type: ignore[arg-type]


def test_the_output_is_named_after_the_input() -> None:
    assert make_plan(SOURCE, None, BatchOptions()).out == Path("in.scored.csv")
    text = replace(SOURCE, path=Path("in.txt"), format="txt", columns=("title",))
    assert make_plan(text, None, BatchOptions()).out == Path("in.scored.csv")
    assert make_plan(SOURCE, None, BatchOptions(form="xlsx")).out == Path("in.scored.xlsx")
    assert make_plan(SOURCE, Path("o.parquet"), BatchOptions()).form == "parquet"


@pytest.mark.parametrize("out", ["out.txt", "out.doc", "out"])
def test_an_output_without_columns_is_refused(out: str) -> None:
    with pytest.raises(UsageError, match="batch_out_format"):
        make_plan(SOURCE, Path(out), BatchOptions())


def test_the_input_is_never_the_output() -> None:
    with pytest.raises(UsageError, match="batch_same_file"):
        make_plan(SOURCE, Path("./in.csv"), BatchOptions())


@pytest.mark.parametrize(
    ("options", "changed"),
    [
        (BatchOptions(platform="weibo"), "options"),
        (BatchOptions(account="b"), "options"),
        (BatchOptions(title_column="备注"), "options"),
        (BatchOptions(language="en"), "options"),
        (BatchOptions(basis="store 2"), "basis"),
        (BatchOptions(fail_on=Severity.ERROR), None),
    ],
)
def test_a_fingerprint_says_what_changed(options: BatchOptions, changed: str | None) -> None:
    before = make_plan(SOURCE, None, BatchOptions()).fingerprint()
    after = make_plan(SOURCE, None, options).fingerprint()
    assert [name for name in before if before[name] != after[name]] == (
        [changed] if changed else []
    )


def test_another_content_is_another_input(tmp_path: Path) -> None:
    one = inspect_source(write_source(tmp_path / "a.csv"))
    two = inspect_source(write_source(tmp_path / "b.csv", [["1", "x", "y"]]))
    assert one.sha256 != two.sha256


def test_unnamed_and_repeated_columns_get_names() -> None:
    assert name_columns(["a", "", "A", None, "a"]) == ("a", "column_2", "A_2", "column_4", "a_3")


@pytest.mark.parametrize(
    ("name", "data"),
    [("in.docx", b"PK\x03\x04"), ("in.csv", b""), ("in.jsonl", b""), ("in.pdf", b"%PDF-1.7 x")],
)
def test_files_without_titles_are_refused(name: str, data: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError, match=r"batch_empty|batch_format_unknown|file_unreadable"):
        inspect_source(tmp_path / name)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="file_not_readable"):
        inspect_source(tmp_path / "none.csv")
