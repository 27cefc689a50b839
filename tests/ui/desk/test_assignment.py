"""A topic that was handed over: the desk takes it up once, and the old draft is not lost."""

from copyassist.assistant import Assistant
from copyassist.ui.kit.handover import HANDED_KEY, Assignment
from tests.ui.conftest import OpenPage, html_of
from tests.ui.desk.scoring import score

TOPIC = Assignment("t1", "台风过境", ("台风", "<b>停课</b>"), "周三登陆")


def test_it_stands_in_the_editor_and_the_old_draft_comes_back(
    assistant: Assistant, open_page: OpenPage
) -> None:
    app = score(open_page(), "旧标题", "旧正文")
    app.session_state[HANDED_KEY] = TOPIC
    app.run()
    assert app.text_area(key="desk_title").value == "台风过境"
    assert app.text_area(key="desk_body").value == ""
    html = html_of(app)
    assert "周三登陆" in html
    assert "&lt;b&gt;停课&lt;/b&gt;" in html
    assert "<b>停课</b>" not in html
    app.button(key="desk_undo_button").click().run()
    assert app.text_area(key="desk_title").value == "旧标题"
    assert app.text_area(key="desk_body").value == "旧正文"


def test_it_is_taken_up_once(assistant: Assistant, open_page: OpenPage) -> None:
    app = open_page()
    app.session_state[HANDED_KEY] = TOPIC
    app.run()
    app.text_area(key="desk_title").set_value("改过").run()
    assert app.text_area(key="desk_title").value == "改过"


def test_it_is_dropped(assistant: Assistant, open_page: OpenPage) -> None:
    app = open_page()
    app.session_state[HANDED_KEY] = TOPIC
    app.run()
    app.button(key="assignment_drop").click().run()
    assert "周三登陆" not in html_of(app)
    assert app.text_area(key="desk_title").value == "台风过境"
