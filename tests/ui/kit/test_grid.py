"""What the reader's browser saves of a table or a chart holds no formula."""

import ast
from pathlib import Path

import pandas as pd
import pytest

from copyassist.assistant import Assistant
from copyassist.cells import RISKY
from copyassist.types import Post
from copyassist.ui.kit.grid import disarm_rows
from tests.ui.conftest import OpenPage

UI = Path(__file__).parents[3] / "copyassist" / "ui"
SHOWN_WITH_A_DOWNLOAD = {"dataframe", "table", "data_editor", "vega_lite_chart", "altair_chart"}
WHERE = {"grid.py": {"dataframe"}, "charts.py": {"vega_lite_chart"}, "topic.py": {"altair_chart"}}


def test_texts_and_headings_are_disarmed_and_the_rest_stays() -> None:
    rows = pd.DataFrame(
        {"=标题": ["=1+1", "＝1", "早餐", None, "-12.5"], "数": [1.0, -2.0, None, 3.0, 4.0],
         "混": ["@甲", 1, None, -1, "乙"]}
    )  # fmt: skip
    safe = disarm_rows(rows)
    assert list(safe.columns) == ["'=标题", "数", "混"]
    assert list(safe["'=标题"].fillna("")) == ["'=1+1", "'＝1", "早餐", "", "-12.5"]
    assert list(safe["混"].fillna("")) == ["'@甲", 1, "", -1, "乙"]
    assert safe["数"].dtype == float
    assert rows.columns[0] == "=标题"
    csv = safe.to_csv(index=False)
    assert not any(cell[:1] in RISKY for line in csv.splitlines() for cell in line.split(",")
                   if cell not in ("-12.5", "-2.0", "-1"))  # fmt: skip


def test_two_columns_of_one_name_stay_two() -> None:
    rows = pd.DataFrame([["=a", "=b"]], columns=["甲", "甲"])
    assert disarm_rows(rows).values.tolist() == [["'=a", "'=b"]]


@pytest.mark.parametrize("path", sorted(UI.rglob("*.py")), ids=lambda path: str(path.name))
def test_tables_and_charts_have_one_way_to_the_page(path: Path) -> None:
    used = {
        node.attr
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "st"
        and (node.attr in SHOWN_WITH_A_DOWNLOAD or node.attr.endswith("_chart"))
    }
    assert used <= WHERE.get(path.name, set())


def test_the_table_of_posts_holds_no_formula(assistant: Assistant, open_page: OpenPage) -> None:
    assistant.posts.load_demo()
    account = assistant.posts.accounts()[0]
    platform = next(iter(assistant.posts.account_platforms(account)))
    post: Post = assistant.posts.of(account, platform)[-1]
    assert post.id is not None
    assistant.posts.edit_post(post.id, title="=HYPERLINK(1)", kind="@老妈")
    (shown,) = [one.value for one in open_page("posts").dataframe]
    cells = [cell for cell in shown.to_numpy().ravel() if isinstance(cell, str)]
    assert "'=HYPERLINK(1)" in cells
    assert "'@老妈" in cells
    assert not any(cell.startswith(("=", "@")) for cell in cells)
