"""The page 查重: pasted texts held against what is kept, matches side by side."""

from copyassist.assistant import Assistant
from copyassist.store import NewAccount
from copyassist.types import Post
from tests.ui.conftest import OpenPage, html_of

BODY = "窗台上的薄荷又长高了两寸，剪下来的枝条插在水杯里，三天就冒出了白色的根，这比买花便宜得多。"


def save(assistant: Assistant) -> None:
    post = Post(title="薄荷怎么养", platform="xiaohongshu", published_at=None, body=BODY)
    assistant.store.save_posts([post], NewAccount(name="我"))


def test_a_pasted_text_is_shown_beside_the_earlier_one(
    assistant: Assistant, open_page: OpenPage
) -> None:
    save(assistant)
    app = open_page("repeats")
    assert "还没有查过" in html_of(app)
    text = f"新的一篇\n\n今年换了大盆。{BODY[:32]}还想再种一排迷迭香，看看谁先开花。\n\n就这样。"
    app.text_area(key="repeats_typed").set_value(text * 3)
    app.button(key="repeats_run").click().run()
    assert not app.error
    assert "原创度" in html_of(app)
    assert html_of(app).count(BODY[:20]) >= 2


def test_a_list_of_titles_is_grouped(assistant: Assistant, open_page: OpenPage) -> None:
    save(assistant)
    app = open_page("repeats")
    titles = "薄荷怎么养！\n三百块改造出租屋，房东都想涨价\n震惊！三百块改造出租屋，房东都想涨价"
    app.text_area(key="repeats_typed").set_value(titles)
    app.button(key="repeats_run").click().run()
    assert not app.error
    assert "= 震惊！三百块改造出租屋" in html_of(app)
    assert "一模一样" in html_of(app)
