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
    assert "换成第一名，胜算" in html_of(app)
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


def test_a_newcomer_meets_one_field_and_an_example(
    assistant: Assistant, open_page: OpenPage
) -> None:
    app = open_page()
    assert "写个标题，或者点一个例子" in html_of(app)
    app.button(key="example_1").click().run()
    assert "ca-meter" in html_of(app)
    assert app.text_area(key="desk_title").value == "周末两天一夜，人均 300 玩转皖南"
    assert len(assistant.desk.recent_drafts()) == 1
    assert not any((button.key or "").startswith("example_") for button in app.button)


def test_another_platform_scores_anew(assistant: Assistant, open_page: OpenPage) -> None:
    app = score_for(open_page(), "周末两天一夜", "wechat")
    assert "公众号还没有依据" in html_of(app)
    app.selectbox(key="desk_platform").set_value("weibo").run()
    assert "微博还没有依据" in html_of(app)
    assert [one.draft.platform for one in assistant.desk.recent_drafts()] == ["weibo"]


def test_a_draft_is_kept_once_however_often_it_is_scored(
    assistant: Assistant, open_page: OpenPage
) -> None:
    app = score(open_page(), "周末去哪儿！！！")
    score(app, "周末去哪儿玩！！！")
    assert [one.draft.title for one in assistant.desk.recent_drafts()] == ["周末去哪儿玩！！！"]
    score(app, "三十平小家的收纳")
    titles = [one.draft.title for one in assistant.desk.recent_drafts()]
    assert titles == ["三十平小家的收纳", "周末去哪儿玩！！！"]


def test_what_undo_made_is_there_after_a_reload(assistant: Assistant, open_page: OpenPage) -> None:
    app = score(open_page(), "周末去哪儿！！！")
    fix = next(button for button in app.button if (button.key or "").startswith("fix_"))
    fix.click().run()
    changed = app.text_area(key="desk_title").value
    again = open_page(draft=app.query_params["draft"])
    assert again.text_area(key="desk_title").value == changed
    app.button(key="desk_undo_button").click().run()
    again = open_page(draft=app.query_params["draft"])
    assert again.text_area(key="desk_title").value == "周末去哪儿！！！"
    assert len(assistant.desk.recent_drafts()) == 1


def test_recent_drafts_are_searched_and_deleted(assistant: Assistant, open_page: OpenPage) -> None:
    app = open_page()
    for title in ("阳台种菜", "租房避坑指南", "周末去皖南", "早餐吃什么", "新手剪视频", "猫砂测评"):
        if app.query_params:
            app.button(key="desk_new").click().run()
        score(app, title)
    shown = [b for b in app.button if (b.key or "").startswith("recent_delete_")]
    assert len(shown) == 6
    app.text_input(key="recent_search").set_value("皖南").run()
    opened = [b for b in app.button if (b.key or "").startswith("recent_")]
    assert len(opened) == 3
    assert "周末去皖南" in opened[0].label
    assert "小红书" in opened[0].label
    next(b for b in opened if "delete" in (b.key or "")).click().run()
    assert "周末去皖南" not in [one.draft.title for one in assistant.desk.recent_drafts()]
    assert len(assistant.desk.recent_drafts()) == 5


def test_always_ignoring_is_taken_back_at_once(assistant: Assistant, open_page: OpenPage) -> None:
    def cards(app: AppTest) -> int:
        return sum((button.key or "").startswith("once_") for button in app.button)

    app = score(open_page(), "周末去哪儿！！！")
    before = cards(app)
    app.button(key="always_1").click().run()
    assert cards(app) < before
    app.button(key="desk_show_again").click().run()
    assert cards(app) == before
    assert assistant.rules.exemptions() == ()
    assert not any(button.key == "desk_show_again" for button in app.button)


def test_no_word_of_the_other_language_stays_in_a_box(
    assistant: Assistant, open_page: OpenPage
) -> None:
    app = open_page()
    app.selectbox(key="desk_platform").set_value("zhihu")
    app.selectbox(key="desk_purpose").set_value("news")
    score(app, "三十平小家的收纳")
    app.segmented_control(key="language").set_value("en").run()
    boxes = {box.key: box.value for box in app.selectbox}
    assert boxes["desk_platform_en"] == "zhihu"
    assert boxes["desk_purpose_en"] == "news"
    app.selectbox(key="desk_platform_en").set_value("weibo").run()
    app.segmented_control(key="language").set_value("zh").run()
    assert app.selectbox(key="desk_platform").value == "weibo"


def test_a_word_is_allowed_with_its_reason(assistant: Assistant, open_page: OpenPage) -> None:
    app = score(open_page(), "国家级品质的面霜，现在下单")
    app.text_input(key="reason_1").set_value("客户的商标").run()
    app.button(key="allow_1").click().run()
    (kept,) = assistant.rules.exemptions()
    assert kept.reason == "客户的商标"
    assert kept.word.startswith("国家级")
    assert kept.word in html_of(app)  # in the corner
    settings = open_page("preferences")
    assert any("客户的商标" in one.value and kept.word in one.value for one in settings.markdown)


def test_a_hint_ignored_twice_is_offered_for_silence(
    assistant: Assistant, open_page: OpenPage
) -> None:
    app = score(open_page(), "周末去哪儿？？")
    app.button(key="once_1").click().run()
    assert not any(button.key == "desk_silence" for button in app.button)
    score(app, "周末去哪儿？？")
    app.button(key="once_1").click().run()
    app.button(key="desk_silence").click().run()
    assert [one.rule for one in assistant.rules.exemptions()] == ["repeated_punctuation"]
    app.button(key="desk_show_again").click().run()
    assert assistant.rules.exemptions() == ()


def test_everything_is_mended_at_once_and_taken_back(
    assistant: Assistant, open_page: OpenPage
) -> None:
    app = score(open_page(), "周末去哪儿！！！", "他说:“好”。。。")
    app.button(key="tidy_apply").click().run()
    assert app.text_area(key="desk_title").value == "周末去哪儿！"
    assert app.text_area(key="desk_body").value == "他说：“好”……"
    app.button(key="desk_undo_button").click().run()
    assert app.text_area(key="desk_title").value == "周末去哪儿！！！"
    assert app.text_area(key="desk_body").value == "他说:“好”。。。"


def test_purpose_and_scope_are_told_and_can_be_changed(
    assistant: Assistant, open_page: OpenPage
) -> None:
    app = score(open_page(), "面霜现在下单立减50元")
    html = html_of(app)
    assert "用途：广告、带货" in html
    assert "现在下单" in html
    assert "查不了的" in html
    assert "没有发现问题" not in html
    app.button(key="purpose_news").click().run()
    assert "用途：新闻、评论（你指定的）" in html_of(app)


def test_the_form_of_post_has_its_own_limits(assistant: Assistant, open_page: OpenPage) -> None:
    app = open_page()
    app.selectbox(key="desk_platform").set_value("wechat").run()
    app.selectbox(key="desk_form_of_post").set_value("article_api").run()
    app.text_input(key="desk_digest").set_value("摘" * 129).run()
    html = html_of(score(app, "字" * 33))
    assert "超过上限 32 字" in html
    assert "超过上限 128 字" in html
