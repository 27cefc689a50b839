"""The card of being found and read, as a writer uses it."""

from copyassist.assistant import Assistant
from tests.ui.conftest import OpenPage, html_of
from tests.ui.desk.scoring import score

TITLE = "打工人的一周早餐，五个方法不重样"
LONG = "我" + "慢慢地走着看着想着" * 6 + "。"
BODY = f"早餐要吃好，我每天都会提前想好。\n一、燕麦。\n二、鸡蛋。\n三、玉米。\n{LONG}"
HOSTILE = "<img src=x onerror=alert(1)>"


def test_problems_stand_first_with_number_and_source(
    assistant: Assistant, open_page: OpenPage
) -> None:
    html = html_of(score(open_page(), TITLE, BODY))
    card = html[html.index("好不好找，好不好读") :]
    assert "标题说“五个方法”，正文里只数到 3 个" in card
    assert card.index("ca-light red") < card.index("ca-light orange") < card.index("ca-light green")
    assert "Yoast 日语模块" in card


def test_the_keyword_is_proposed_and_changed(assistant: Assistant, open_page: OpenPage) -> None:
    app = score(open_page(), TITLE, BODY)
    field = app.text_input(key="desk_seo_keyword")
    assert field.value == ""
    assert "不填就用" in field.placeholder
    field.set_value("玉米").run()
    assert not app.exception
    assert "标题里没有“玉米”" in html_of(app)
    app.button(key="seo_focus_1").click().run()
    assert not app.exception
    chosen = app.text_input(key="desk_seo_keyword").value
    assert chosen not in ("", "玉米")
    assert f"“{chosen}”" in html_of(app)
    app.button(key="desk_new").click().run()
    assert app.session_state["desk_seo_keyword"] == ""


def test_a_digest_is_judged(assistant: Assistant, open_page: OpenPage) -> None:
    app = open_page()
    app.selectbox(key="desk_platform").set_value("wechat").run()
    score(app, TITLE, BODY)
    assert "没有填摘要" in html_of(app)
    app.text_input(key="desk_digest").set_value("字" * 130).run()
    assert "130 字，超过 120" in html_of(app)


def test_previews_and_long_sentences(assistant: Assistant, open_page: OpenPage) -> None:
    html = html_of(score(open_page(), TITLE, BODY))
    assert "<figcaption>小红书信息流卡片</figcaption>" in html
    assert "打工人的一周早餐，五个<br>方法不重样" in html
    assert f'<mark class="m-long">{LONG}</mark>' in html
    assert "超过 40 字的长句" in html


def test_earlier_posts_are_named(assistant: Assistant, open_page: OpenPage) -> None:
    assistant.posts.load_demo()
    app = score(open_page(), TITLE, BODY)
    app.text_input(key="desk_seo_keyword").set_value("早餐").run()
    html = html_of(app)
    assert "以前写过没有" in html
    assert "没有可比的数据" in html or "× " in html or "平时的" in html


def test_hostile_words_are_shown_as_text(assistant: Assistant, open_page: OpenPage) -> None:
    app = score(open_page(), f"早餐{HOSTILE}", BODY)
    app.text_input(key="desk_seo_keyword").set_value(HOSTILE).run()
    assert not app.exception
    assert "<img" not in html_of(app)
