"""批量评分, run whole."""

import csv
import io

from copyassist.assistant import Assistant
from tests.ui.conftest import OpenPage, html_of


def test_a_batch_runs_and_its_result_is_whole(assistant: Assistant, open_page: OpenPage) -> None:
    assistant.posts.load_demo()
    rows = "题目,编号\n" + "".join(f"周末第{n}次去皖南,{n}\n" for n in range(50))
    app = open_page("batch")
    app.file_uploader(key="batch_file").set_value([("t.csv", rows.encode(), "text/csv")])
    app.run()
    assert app.selectbox(key="batch_title").value == "题目"
    app.button(key="batch_run").click().run()
    job = app.session_state["batch_job"]
    assert job.wait(60)
    app.run()
    assert "评完了" in html_of(app)
    result = list(csv.DictReader(io.StringIO(job.result.out.read_text("utf-8-sig"))))
    assert len(result) == 50
    assert result[7]["编号"] == "7"
    assert result[7]["scored_for"] == "xiaohongshu"
