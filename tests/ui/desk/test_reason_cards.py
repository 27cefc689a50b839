"""Why a title scores as it does, and which titles would score better."""

from copyassist.assistant import Assistant
from copyassist.types import Draft
from tests.ui.conftest import OpenPage, html_of
from tests.ui.desk.scoring import score_for

HOSTILE = "<img src=x onerror=alert(1)>"
TITLE = "日常vlog｜北美租房避雷攻略！！！"


def test_a_better_title_is_used_and_taken_back(assistant: Assistant, open_page: OpenPage) -> None:
    typed = f"别的标题\n{TITLE}"
    app = score_for(open_page(), typed)
    app.radio(key="desk_pick").set_value(1).run()
    html = html_of(app)
    assert "更好的标题" in html
    assert html.index("和平台上的一般标题比") < html.index("更好的标题") < html.index("相近的旧作")
    best = assistant.desk.review_edits(Draft(title=TITLE))[0][0]
    assert f"{best.gain:+.1f}" in html
    app.button(key="use_edit_1").click().run()
    assert app.text_area(key="desk_title").value == f"别的标题\n{best.title}"
    app.button(key="desk_undo_button").click().run()
    assert app.text_area(key="desk_title").value == typed


def test_findings_of_a_better_title_are_shown(assistant: Assistant, open_page: OpenPage) -> None:
    html = html_of(score_for(open_page(), TITLE))
    card = html[html.index("更好的标题") : html.index("相近的旧作")]
    assert "！！！" in card
    assert "连用" in card


def test_nothing_better_is_said_plainly(assistant: Assistant, open_page: OpenPage) -> None:
    assert "没有明显更好的" in html_of(score_for(open_page(), "北美租房避雷攻略"))


def test_without_evidence_no_title_is_better(assistant: Assistant, open_page: OpenPage) -> None:
    assert "更好的标题" not in html_of(score_for(open_page(), TITLE, "zhihu"))


def test_a_hostile_edit_is_shown_as_text(assistant: Assistant, open_page: OpenPage) -> None:
    html = html_of(score_for(open_page(), f"日常vlog｜北美租房避雷攻略{HOSTILE}"))
    assert "<img" not in html


def test_reasons_carry_their_evidence_and_sums(assistant: Assistant, open_page: OpenPage) -> None:
    html = html_of(score_for(open_page(), TITLE))
    assert "小计" in html
    assert "对，小红书，观察" in html
    assert "ca-sums" in html


def test_facts_count_where_given(assistant: Assistant, open_page: OpenPage) -> None:
    app = score_for(open_page(), TITLE)
    assert "其中补充信息" not in html_of(app)
    app.number_input(key="desk_fact_n_images").set_value(9)
    app.selectbox(key="desk_fact_weekend").set_value("1")
    app.button(key="desk_score").click().run()
    assert not app.exception
    assert "其中补充信息" in html_of(app)
    given = app.session_state["desk_result"].comparisons[0].reports[0].draft.facts
    assert given == {"n_images": 9.0, "weekend": 1.0}
