"""Whatever writes a file of the user's folder tells in a sentence that it could not."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from copyassist import home as home_module
from copyassist.assistant import Assistant
from tests.ui.conftest import OpenPage


def _load_demo(app: AppTest) -> None:
    app.button(key="demo_load").click().run()


def _remove_demo(app: AppTest) -> None:
    app.button(key="demo_remove").click().run()


def _switch_language(app: AppTest) -> None:
    app.segmented_control(key="language").set_value("en").run()


def _choose_platforms(app: AppTest) -> None:
    app.multiselect(key="my_platforms").set_value(["douyin"]).run()


def _copy_platform(app: AppTest) -> None:
    app.button(key="limits_copy").click().run()


def _switch_source(app: AppTest) -> None:
    app.toggle(key="on_weibo").set_value(False).run()


def _save_subscriptions(app: AppTest) -> None:
    app.text_area(key="subscriptions_text").set_value("[天气]\n暴雨\n")
    app.button(key="subscriptions_save").click().run()


@pytest.mark.parametrize(
    ("page", "demo", "act"),
    [
        ("preferences", False, _load_demo),
        ("desk", True, _remove_demo),
        ("preferences", False, _switch_language),
        ("preferences", False, _choose_platforms),
        ("preferences", False, _copy_platform),
        ("hot", False, _switch_source),
        ("hot", False, _save_subscriptions),
    ],
)
def test_what_cannot_be_written_is_told_on_the_page(
    page: str,
    demo: bool,
    act: Callable[[AppTest], None],
    assistant: Assistant,
    open_page: OpenPage,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if demo:
        assistant.posts.load_demo()
    app = open_page(page)

    def refuse(*_: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(home_module, "replace_whole", refuse)
    act(app)
    assert not app.exception
    (told,) = [error.value for error in app.error]
    assert "写不了" in told
    assert "这个磁盘只能读" in told
