"""Plans: which column, which format, and what makes two plans differ."""

from dataclasses import replace
from pathlib import Path

import pytest

from copyassist.batch import BatchOptions, TitleFile, inspect_source, make_plan
from copyassist.batch.source import find_column, guess_title_column, name_columns
from copyassist.errors import InputError, UsageError
from copyassist.types import Severity
from tests.batch.files import write_source

SOURCE = TitleFile(
    path=Path("in.csv"), format="csv", size=1, sha256="00", columns=("id", "标题", "备注")
)


@pytest.mark.parametrize(
    ("columns", "title"),
    [
        (("id", "标题"), "标题"),
        (("Title", "x"), "Title"),
        (("x", " HEADLINE "), " HEADLINE "),
        (("name", "笔记标题"), "笔记标题"),
        (("text", "x"), None),
    ],
)
def test_the_title_column_is_known_by_its_name(columns: tuple[str, ...], title: str | None) -> None:
    assert guess_title_column(columns) == title


def test_a_column_is_named_or_numbered() -> None:
    assert find_column(SOURCE.columns, "备注") == "备注"
    assert find_column(SOURCE.columns, "ID") == "id"
    assert find_column(SOURCE.columns, "2") == "标题"
    assert find_column(SOURCE.columns, "0") is None
    assert find_column(SOURCE.columns, "4") is None
    assert find_column(("2", "x"), "2") == "2"


def test_without_a_title_column_the_columns_are_listed() -> None:
    with pytest.raises(InputError) as caught:
        make_plan(replace(SOURCE, columns=("a", "b")), None, BatchOptions())
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
    ("name", "code"),
    [("in.docx", "batch_format_unknown"), ("in.csv", "batch_empty"), ("in.jsonl", "batch_empty")],
)
def test_files_without_anything_are_refused(name: str, code: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"")
    with pytest.raises(InputError, match=code):
        inspect_source(tmp_path / name)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="file_not_readable"):
        inspect_source(tmp_path / "none.csv")
