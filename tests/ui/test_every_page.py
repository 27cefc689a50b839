"""Each page, run whole against a real store, in both languages; and what all pages do alike."""

import pytest

from copyassist.assistant import Assistant
from copyassist.ui.pages import PAGES
from tests.ui.conftest import OpenPage, html_of


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("page", [page.id for page in PAGES])
@pytest.mark.parametrize("demo", [False, True], ids=["empty", "demo"])
def test_every_page_shows(
    assistant: Assistant, open_page: OpenPage, page: str, language: str, demo: bool
) -> None:
    assistant.change_settings(language=language)
    if demo:
        assistant.posts.load_demo()
    app = open_page(page)
    assert not app.error
    assert '<div class="ca-head"><h1>' in html_of(app)
    assert ('class="ca-demo"' in html_of(app)) == (demo and page != "preferences")


def test_the_demo_goes_with_one_click(assistant: Assistant, open_page: OpenPage) -> None:
    assistant.posts.load_demo()
    app = open_page("posts")
    assert "数据为模拟" in html_of(app)
    app.button(key="demo_remove").click().run()
    assert "数据为模拟" not in html_of(app)
    assert not assistant.posts.accounts()


def test_the_language_is_switched(assistant: Assistant, open_page: OpenPage) -> None:
    app = open_page()
    app.segmented_control(key="language").set_value("en").run()
    assert "Writing desk" in html_of(app)
    assert "Writing desk" in html_of(open_page())


def test_a_corrupt_store_is_one_sentence(assistant: Assistant, open_page: OpenPage) -> None:
    home = assistant.settings.home
    home.mkdir(parents=True, exist_ok=True)
    (home / "copyassist.db").write_bytes(b"this is no database" * 100)
    app = open_page()
    assert len(app.error) == 1
    assert "Traceback" not in app.error[0].value


def test_what_nobody_foresaw_is_one_sentence(
    assistant: Assistant, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    app = open_page("preferences")
    monkeypatch.setattr("copyassist.ground.save_settings", refuse)
    app.multiselect(key="my_platforms").set_value(["douyin"]).run()
    assert len(app.error) == 1
    assert not app.exception
