"""在写什么, the tab of what an account writes about."""

from copyassist.assistant import Assistant
from tests.ui.conftest import OpenPage, html_of


def test_the_tab_shows_bars_and_a_cloud(assistant: Assistant, open_page: OpenPage) -> None:
    assistant.posts.load_demo()
    app = open_page("posts")
    app.session_state["posts_tabs_zh"] = "在写什么"
    app.run()
    assert not app.exception
    assert not app.error
    html = html_of(app)
    assert "这个账号在写什么" in html
    assert "词云" in html
    assert len(app.get("vega_lite_chart")) == 3  # that of the posts is there too


def test_an_account_without_subjects_is_told(assistant: Assistant, open_page: OpenPage) -> None:
    assistant.posts.add_account("空的")
    app = open_page("posts")
    app.session_state["posts_tabs_zh"] = "在写什么"
    app.run()
    assert not app.exception
    assert "还没有作品" in html_of(app)
