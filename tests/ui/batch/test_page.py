"""批量评分, run whole."""

import csv
import io

import pytest
from streamlit.testing.v1 import AppTest

from copyassist.assistant import Assistant
from copyassist.ui.kit.bench import _open_bench
from tests.ui.conftest import OpenPage, html_of

LONG = "周末去皖南住两晚吃臭鳜鱼看晨雾再去宏村写生一整天"


def test_a_batch_runs_and_its_result_is_whole(assistant: Assistant, open_page: OpenPage) -> None:
    assistant.posts.load_demo()
    rows = "题目,编号\n" + "".join(f"周末第{n}次去皖南,{n}\n" for n in range(50))
    app = open_page("batch")
    app.file_uploader(key="batch_file").set_value([("t.csv", rows.encode(), "text/csv")])
    app.run()
    assert app.selectbox(key="batch_title").value == "题目"
    app.button(key="batch_run").click().run()
    job = _open_bench(str(assistant.settings.home)).jobs["batch"]
    assert job.wait(60)
    app.run()
    assert "评完了" in html_of(app)
    result = list(csv.DictReader(io.StringIO(job.result.out.read_text("utf-8-sig"))))
    assert len(result) == 50
    assert result[7]["编号"] == "7"
    assert result[7]["scored_for"] == "xiaohongshu"


def run_batch(assistant: Assistant, open_page: OpenPage, rows: str, form: str = "csv") -> AppTest:
    app = open_page("batch")
    app.file_uploader(key="batch_file").set_value([("t.csv", rows.encode(), "text/csv")])
    app.run()
    app.selectbox(key="batch_format").set_value(form)
    app.button(key="batch_run").click().run()
    assert _open_bench(str(assistant.settings.home)).jobs["batch"].wait(60)
    return app.run()


def test_a_batch_survives_a_reload(assistant: Assistant, open_page: OpenPage) -> None:
    assistant.posts.load_demo()
    run_batch(assistant, open_page, "题目\n周末去皖南\n")
    again = open_page("batch")
    assert "评完了" in html_of(again)
    assert [one.key for one in again.get("download_button")] == ["batch_download"]


@pytest.mark.parametrize("form", ["csv", "tsv", "xlsx", "jsonl", "parquet"])
def test_its_rows_are_filtered_and_taken_to_the_desk(
    assistant: Assistant, open_page: OpenPage, form: str
) -> None:
    assistant.posts.load_demo()
    rows = f"题目,内文\n周末去皖南,住了两晚\n{LONG},\n早餐吃什么,鸡蛋\n"
    app = run_batch(assistant, open_page, rows, form)
    assert not app.exception
    (table,) = app.dataframe
    assert sorted(table.value["标题"]) == sorted([LONG, "周末去皖南", "早餐吃什么"])
    app.segmented_control(key="batch_filter_kind").set_value("forbidden").run()
    (table,) = app.dataframe
    assert list(table.value["标题"]) == [LONG]
    app.segmented_control(key="batch_filter_kind").set_value("sendable").run()
    app.text_input(key="batch_filter_words").set_value("早餐").run()
    (table,) = app.dataframe
    assert list(table.value["标题"]) == ["早餐吃什么"]
    app.session_state["batch_rows_sendable_早餐"] = {
        "selection": {"rows": [0], "columns": [], "cells": []}
    }
    app.run()
    app.button(key="batch_to_desk").click().run()
    assert not app.exception
    assert app.text_area(key="desk_title").value == "早餐吃什么"
    assert app.selectbox(key="desk_platform").value == "xiaohongshu"
    assert "ca-meter" in html_of(app)
