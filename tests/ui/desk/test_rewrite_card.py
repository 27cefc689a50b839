"""The card of proposals under the title: pick one, set one beside it, take it back."""

import pytest

from copyassist.assistant import Assistant
from tests.desk.rewriting.articles import CAKE
from tests.desk.rewriting.llm.server import serve
from tests.desk.rewriting.llm.test_llm import ANSWER
from tests.ui.conftest import OpenPage, html_of
from tests.ui.desk.scoring import score, score_for

LONG = "原来洗衣机这样清洗才干净，用了八年才知道的小技巧分享给大家"


def test_a_proposal_is_picked_and_taken_back(assistant: Assistant, open_page: OpenPage) -> None:
    app = score_for(open_page(), LONG)
    html = html_of(app)
    assert "标题超出平台上限" in html
    assert "不改也行" not in html
    app.button(key="use_fix_1").click().run()
    changed = app.text_area(key="desk_title").value
    assert changed
    assert changed != LONG
    assert "标题超出平台上限" not in html_of(app)
    app.button(key="desk_undo_button").click().run()
    assert app.text_area(key="desk_title").value == LONG


def test_a_proposal_is_set_beside_the_title(assistant: Assistant, open_page: OpenPage) -> None:
    app = open_page()
    app.selectbox(key="desk_platform").set_value("xiaohongshu")
    app = score(app, CAKE.title, CAKE.body)
    assert "想要戚风蛋糕不塌？记住这四个细节" in html_of(app)
    app.button(key="beside_variant_1").click().run()
    assert not app.exception
    lines = app.text_area(key="desk_title").value.split("\n")
    assert lines[0] == CAKE.title
    assert len(lines) == 2


def test_what_was_typed_is_shown_as_text(assistant: Assistant, open_page: OpenPage) -> None:
    hostile = "<img src=x onerror=alert(1)>的四个细节，看完就懂了的家常菜做法分享给大家"
    html = html_of(score_for(open_page(), hostile))
    assert "<img src=x" not in html


def test_a_model_is_asked_only_by_the_button(
    assistant: Assistant, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("openai", reason="the openai client is not installed")
    with serve([ANSWER]) as server:
        monkeypatch.setenv("COPYASSIST_LLM_BASE_URL", server.base_url)
        monkeypatch.setenv("COPYASSIST_LLM_MODEL", "m")
        app = open_page()
        app.selectbox(key="desk_platform").set_value("xiaohongshu")
        app = score(app, CAKE.title, CAKE.body)
        assert server.asked == []
        assert any("戚风蛋糕" in code.value for code in app.code)
        app.button(key="model_send").click().run()
    assert len(server.asked) == 1
    assert "AI 辅助" in html_of(app)
