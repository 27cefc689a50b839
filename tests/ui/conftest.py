"""An application run without a browser, page by page."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from copyassist.assistant import Assistant
from copyassist.settings import load_settings
from copyassist.ui.kit.session import _open_assistant

ROOT = Path(__file__).parent.parent.parent
TIMEOUT = 60

OpenPage = Callable[..., AppTest]


@pytest.fixture
def assistant(home: Path) -> Iterator[Assistant]:
    """The assistant of an empty data folder, as the command line would open it."""
    opened = Assistant(load_settings())
    yield opened
    if "store" in vars(opened):
        opened.store.close()


@pytest.fixture
def open_page(home: Path) -> Iterator[OpenPage]:
    """Opens a page by its id, in a fresh session over the test's data folder."""

    def open_it(page: str = "desk", **query: str) -> AppTest:
        app = AppTest.from_file(ROOT / "app_streamlit.py", default_timeout=TIMEOUT)
        app.query_params.update(query)
        # AppTest switches to pages that are files only; ours are functions, known by their address.
        app._page_hash = calc_hash(page)
        app.run()
        assert not app.exception, app.exception
        return app

    yield open_it
    _open_assistant.clear()


def html_of(app: AppTest) -> str:
    """All HTML of our own on the page."""
    return "\n".join(element.proto.body for element in app.get("html"))
