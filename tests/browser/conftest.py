"""A real headless Chromium against a real server."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from copyassist.assistant import Assistant
from copyassist.settings import load_settings
from tests.ui.server import BIN, Server, free_port, serve

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PATIENCE = 60_000  # milliseconds: nothing is timed here, a loaded machine only takes longer
INSTALL = "sudo apt-get install chromium fonts-noto-cjk"
# What a desktop browser does besides showing pages: none of it belongs into a test.
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find_chromium() -> str | None:
    """The system's Chromium, None where there is none."""
    return next((found for name in CHROMIUM_NAMES if (found := shutil.which(name))), None)


# Of a module, not of the session: while Playwright runs, no other test of this process may have an
# event loop of its own.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The browser. Without one: a skip that says how to have it, and in CI a failure."""
    path = find_chromium()
    if path is None:
        said = f"no Chromium: the browser tests do not run. Install it with: {INSTALL}"
        if os.environ.get("CI") == "true":
            pytest.fail(said)
        pytest.skip(said)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def data(home: Path) -> Assistant:
    """The assistant over the data folder that the server will use. Fill it before `server`."""
    return Assistant(load_settings())


@pytest.fixture
def server(home: Path) -> Iterator[Server]:
    """The pages as `copyassist ui` serves them, over the test's data folder."""
    port = free_port()
    command = [str(BIN / "copyassist"), "ui", "--no-browser", "--port", str(port)]
    with serve(command, port, home) as running:
        yield running


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    """A page of a fresh browser profile, which fails the test for any script error."""
    context = browser.new_context(
        base_url=server.url, viewport={"width": 1280, "height": 900}, accept_downloads=True
    )
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened = context.new_page()
    opened.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    problems: list[str] = []
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on("dialog", lambda dialog: problems.append(dialog.message))
    yield opened
    context.close()
    assert not problems, problems
