"""复盘, the tab that looks back."""

from datetime import UTC, datetime, timedelta

from streamlit.testing.v1 import AppTest

from copyassist.assistant import Assistant
from copyassist.types import MetricValue, Post
from tests.ui.conftest import OpenPage, html_of

HOSTILE = "<img src=x onerror=alert(1)>"


def open_record(open_page: OpenPage) -> AppTest:
    app = open_page("posts")
    app.session_state["posts_tabs_zh"] = "复盘"
    app.run()
    assert not app.exception
    assert not app.error
    return app


def test_the_tab_looks_back(assistant: Assistant, open_page: OpenPage) -> None:
    assistant.posts.load_demo()
    html = html_of(open_record(open_page))
    assert "评分准不准" in html
    assert "都是模拟的" in html
    assert "看不出差别" in html
    assert "和平时差不多" in html


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
