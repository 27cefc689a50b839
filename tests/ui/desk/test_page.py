"""写作台, run whole: scoring, findings, several titles and platforms, kept drafts."""

import pytest
from streamlit.testing.v1 import AppTest

from copyassist.assistant import Assistant
from copyassist.types import Draft
from tests.ui.conftest import OpenPage, html_of
from tests.ui.desk.scoring import score, score_for

HOSTILE = "<img src=x onerror=alert(1)> [点](javascript:alert(1)) $x$ :material/home: 最好"
TITLE = "日常vlog｜北美租房避雷攻略！！！"


def test_a_draft_is_scored(assistant: Assistant, open_page: OpenPage) -> None:
    assistant.posts.load_demo()
    app = score(open_page(), "周末两天一夜，人均300玩转皖南")
    html = html_of(app)
    assert '<span class="num">' in html
    assert "中位数" in html
    assert "ca-meter" in html
    assert len(assistant.desk.recent_drafts()) == 1
    assert app.query_params["draft"] == str(assistant.desk.recent_drafts()[0].id)


def test_without_evidence_there_is_no_number(assistant: Assistant, open_page: OpenPage) -> None:
    app = open_page()
    app.selectbox(key="desk_platform").set_value("wechat")
    html = html_of(score(app, "周末两天一夜"))
    assert '<span class="num">' not in html
    assert "公众号还没有依据" in html


@pytest.mark.parametrize(("title", "said"), [("。。。", "没有字可评"), ("", "没有标题可评")])
def test_a_title_without_words_gets_no_number(
    title: str, said: str, assistant: Assistant, open_page: OpenPage
) -> None:
    html = html_of(score_for(open_page(), title)) if title else html_of(_score_body(open_page()))
    assert '<span class="num">' not in html
    assert said in html
    assert "还没有依据" not in html


def _score_body(app: AppTest) -> AppTest:
    app.selectbox(key="desk_platform").set_value("xiaohongshu")
    return score(app, "", "周末两天一夜，人均300玩转皖南")


def test_a_finding_is_replaced_and_taken_back(assistant: Assistant, open_page: OpenPage) -> None:
    app = score(open_page(), "周末去哪儿！！！")
    fix = next(button for button in app.button if (button.key or "").startswith("fix_"))
    fix.click().run()
    changed = app.text_area(key="desk_title").value
    assert changed != "周末去哪儿！！！"
    app.button(key="desk_undo_button").click().run()
    assert app.text_area(key="desk_title").value == "周末去哪儿！！！"
    assert app.button(key="desk_undo_button").disabled


def test_a_finding_is_ignored_once_and_always(assistant: Assistant, open_page: OpenPage) -> None:
    def cards(app: AppTest) -> int:
        return sum((button.key or "").startswith("once_") for button in app.button)

    app = score(open_page(), "周末去哪儿！！！")
    before = cards(app)
    assert before
    app.button(key="once_1").click().run()
    assert cards(app) == before - 1
    assert cards(score(app, "周末去哪儿！！！")) == before
    app.button(key="always_1").click().run()
    assert cards(app) < before
    settings = open_page("preferences")
    key = next(b.key for b in settings.button if (b.key or "").startswith("restore_"))
    settings.button(key=key).click().run()
    assert not any((b.key or "").startswith("restore_") for b in settings.button)


def test_titles_are_compared(assistant: Assistant, open_page: OpenPage) -> None:
    assistant.posts.load_demo()
    app = score(open_page(), "5道快手早餐，10分钟端上桌\n早餐\n周末两天一夜，人均300玩转皖南")
    assert "第一名胜过它的可能" in html_of(app)
    assert len(app.radio(key="desk_pick").options) == 3
    app.radio(key="desk_pick").set_value(1).run()
    assert not app.exception


def test_all_platforms_at_once(assistant: Assistant, open_page: OpenPage) -> None:
    app = open_page()
    app.selectbox(key="desk_platform").set_value("*")
    score(app, "周末两天一夜，人均300玩转皖南", "第一句\n第二句")
    assert "各平台一览" in html_of(app)
    app.segmented_control(key="desk_tab").set_value("weibo").run()
    assert "首行" in html_of(app) or "正文" in html_of(app)


def test_a_kept_draft_comes_back_from_the_address(
    assistant: Assistant, open_page: OpenPage
) -> None:
    score(open_page(), "留住的标题", "留住的正文")
    number = str(assistant.desk.recent_drafts()[0].id)
    again = open_page(draft=number)
    assert again.text_area(key="desk_title").value == "留住的标题"
    assert again.text_area(key="desk_body").value == "留住的正文"
    assert "ca-marked" in html_of(again)
    assert not open_page(draft="99999").error


def test_hostile_text_is_shown_as_text(assistant: Assistant, open_page: OpenPage) -> None:
    html = html_of(score(open_page(), f"{HOSTILE}\n第二个", HOSTILE))
    assert "<img" not in html
    assert "&lt;img src=x onerror=alert(1)&gt;" in html


@pytest.mark.parametrize("title", ["", "   ", "\x00\ud800", "\u202e\u200b", "a" * 200_000, "=1+1"])
def test_bad_titles_are_answered(assistant: Assistant, open_page: OpenPage, title: str) -> None:
    # A lone surrogate cannot cross the wire to a real page; what can is what Python makes of it.
    score(open_page(), title.encode("utf-8", "replace").decode("utf-8"), "正文")


def test_an_old_report_is_kept_with_its_draft(assistant: Assistant, open_page: OpenPage) -> None:
    score(open_page(), "留住的标题")
    kept = assistant.desk.recent_drafts()[0]
    assert kept.draft == Draft(title="留住的标题", platform=kept.draft.platform)
    assert kept.reports[0]["title"] == "留住的标题"


def test_the_demo_quotes_no_accuracy_on_the_desk(assistant: Assistant, open_page: OpenPage) -> None:
    assistant.posts.load_demo()
    html = html_of(score_for(open_page(), TITLE))
    assert "不说准不准" in html
    assert "两篇里挑对" not in html
