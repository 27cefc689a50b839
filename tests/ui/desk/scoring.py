"""Scoring a draft on the desk, as a writer does."""

from streamlit.testing.v1 import AppTest


def score(app: AppTest, title: str, body: str = "") -> AppTest:
    """Types a draft and presses the button; the page shows no error."""
    app.text_area(key="desk_title").set_value(title)
    app.text_area(key="desk_body").set_value(body)
    app.button(key="desk_score").click().run()
    assert not app.exception
    assert not app.error
    return app


def score_for(app: AppTest, title: str, platform: str = "xiaohongshu") -> AppTest:
    """The same on one platform."""
    app.selectbox(key="desk_platform").set_value(platform)
    return score(app, title)
