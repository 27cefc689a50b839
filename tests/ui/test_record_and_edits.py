"""Better titles and facts on the desk, and the tab that looks back."""

from datetime import UTC, datetime, timedelta

from streamlit.testing.v1 import AppTest

from copyassist.assistant import Assistant
from copyassist.types import Draft, MetricValue, Post
from copyassist.ui.desk.editing import DraftText, Judged, replace_title
from tests.ui.conftest import OpenPage, html_of

TITLE = "日常vlog｜北美租房避雷攻略！！！"
HOSTILE = "<img src=x onerror=alert(1)>"


def score(app: AppTest, title: str, platform: str = "xiaohongshu") -> AppTest:
    app.selectbox(key="desk_platform").set_value(platform)
    app.text_area(key="desk_title").set_value(title)
    app.button(key="desk_score").click().run()
    assert not app.exception
    assert not app.error
    return app


def open_record(open_page: OpenPage) -> AppTest:
    app = open_page("posts")
    app.session_state["posts_tabs_zh"] = "复盘"
    app.run()
    assert not app.exception
    assert not app.error
    return app


def test_a_better_title_is_used_and_taken_back(assistant: Assistant, open_page: OpenPage) -> None:
    typed = f"别的标题\n{TITLE}"
    app = score(open_page(), typed)
    app.radio(key="desk_pick").set_value(1).run()
    html = html_of(app)
    assert "更好的标题" in html
    assert (
        html.index("与训练集的平均标题相比") < html.index("更好的标题") < html.index("相近的旧作")
    )
    best = assistant.desk.review_edits(Draft(title=TITLE))[0][0]
    assert f"{best.gain:+.1f}" in html
    app.button(key="use_edit_1").click().run()
    assert app.text_area(key="desk_title").value == f"别的标题\n{best.title}"
    app.button(key="desk_undo_button").click().run()
    assert app.text_area(key="desk_title").value == typed


def test_findings_of_a_better_title_are_shown(assistant: Assistant, open_page: OpenPage) -> None:
    html = html_of(score(open_page(), TITLE))
    card = html[html.index("更好的标题") : html.index("相近的旧作")]
    assert "！！！" in card
    assert "连用" in card


def test_nothing_better_is_said_plainly(assistant: Assistant, open_page: OpenPage) -> None:
    assert "没有哪一种明显更好" in html_of(score(open_page(), "北美租房避雷攻略"))


def test_without_evidence_no_title_is_better(assistant: Assistant, open_page: OpenPage) -> None:
    assert "更好的标题" not in html_of(score(open_page(), TITLE, "zhihu"))


def test_a_hostile_edit_is_shown_as_text(assistant: Assistant, open_page: OpenPage) -> None:
    html = html_of(score(open_page(), f"日常vlog｜北美租房避雷攻略{HOSTILE}"))
    assert "<img" not in html


def test_a_title_is_replaced_where_it_stands() -> None:
    judged = Judged(title="旧", body="", line=1)
    assert replace_title(DraftText(title="甲\n旧"), judged, "新") == DraftText(title="甲\n新")
    assert replace_title(DraftText(title="旧\n甲"), judged, "新") == DraftText(title="新\n甲")
    assert replace_title(DraftText(title="旧\n甲\n旧"), judged, "新") is None
    assert replace_title(DraftText(title="改过"), judged, "新") is None


def test_reasons_carry_their_evidence_and_sums(assistant: Assistant, open_page: OpenPage) -> None:
    html = html_of(score(open_page(), TITLE))
    assert "小计" in html
    assert "对，小红书，观察" in html
    assert "ca-sums" in html


def test_facts_count_where_given(assistant: Assistant, open_page: OpenPage) -> None:
    app = score(open_page(), TITLE)
    assert "其中标题以外" not in html_of(app)
    app.number_input(key="desk_fact_n_images").set_value(9)
    app.selectbox(key="desk_fact_weekend").set_value("1")
    app.button(key="desk_score").click().run()
    assert not app.exception
    assert "其中标题以外" in html_of(app)
    given = app.session_state["desk_result"].comparisons[0].reports[0].draft.facts
    assert given == {"n_images": 9.0, "weekend": 1.0}


def test_the_demo_quotes_no_accuracy_on_the_desk(assistant: Assistant, open_page: OpenPage) -> None:
    assistant.posts.load_demo()
    html = html_of(score(open_page(), TITLE))
    assert "不说准不准" in html
    assert "两篇里挑对" not in html


def test_the_tab_looks_back(assistant: Assistant, open_page: OpenPage) -> None:
    assistant.posts.load_demo()
    html = html_of(open_record(open_page))
    assert "评分准不准" in html
    assert "都是模拟的" in html
    assert "看不出差别" in html
    assert "很平常" in html


def test_the_tab_is_only_drawn_when_open(assistant: Assistant, open_page: OpenPage) -> None:
    assistant.posts.load_demo()
    assert "评分准不准" not in html_of(open_page("posts"))


def test_a_followed_account_is_named_and_its_posts_escaped(
    assistant: Assistant, open_page: OpenPage
) -> None:
    account = assistant.posts.add_account("别人的", "followed")
    start = datetime(2025, 1, 1, tzinfo=UTC)
    posts = [
        Post(
            title=f"{HOSTILE}阳台上的小花园{n}",
            platform="xiaohongshu",
            published_at=start + timedelta(days=n),
            metrics={"likes": MetricValue(100.0 + 7 * (n % 11))},
        )
        for n in range(12)
    ]
    assistant.store.save_posts(posts, account.id)
    assistant.change_settings(default_account="别人的")
    html = html_of(open_record(open_page))
    assert "不混在一起" in html
    assert "&lt;img" in html
    assert "<img" not in html
    assert "还不够" in html


def test_an_empty_account_has_nothing_to_look_back_on(
    assistant: Assistant, open_page: OpenPage
) -> None:
    assistant.posts.add_account("空的")
    assert "还没有作品" in html_of(open_record(open_page))
