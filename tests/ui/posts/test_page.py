"""我的作品, run whole."""

from copyassist.assistant import Assistant
from tests.ui.conftest import OpenPage, html_of


def test_a_post_is_told_against_the_median(assistant: Assistant, open_page: OpenPage) -> None:
    assistant.posts.load_demo()
    html = html_of(open_page("posts"))
    assert "平时（中位数）" in html
    assert "旧作" in html
