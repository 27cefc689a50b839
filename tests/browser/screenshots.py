"""Pictures of every page, both languages, wide and narrow, light and dark: to be looked at.

python -m tests.browser.screenshots FOLDER     all of them
python -m tests.browser.screenshots --readme   the README's two, into docs/
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from copyassist.assistant import Assistant
from copyassist.settings import load_settings
from tests.browser.conftest import ARGUMENTS, PATIENCE, find_chromium
from tests.ui.server import BIN, ROOT, free_port, serve

PAGES = ("desk", "hot", "batch", "posts", "preferences")
TITLES = "周末两天一夜，人均300玩转皖南\n皖南最美的秋天，全在这条路线里！！！\n皖南两日游攻略"
BODY = (
    "第一天：中午到黟县，先吃一碗臭鳜鱼面，下午走西递，傍晚住进宏村边上的民宿。\n\n"
    "第二天：早起看雾，上午爬塔川，下午返程。两天下来人均 300，车票另算。\n\n"
    "民宿老板说这是全网最低价，我们没有核实，写在这里供参考。"
)


@contextmanager
def open_pages(language: str, width: int, scheme: str) -> Iterator[tuple[Page, str]]:
    """A page over a fresh demo account."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        os.environ["COPYASSIST_HOME"] = folder
        assistant = Assistant(load_settings())
        assistant.posts.load_demo()
        assistant.change_settings(language=language)
        port = free_port()
        command = [str(BIN / "copyassist"), "ui", "--no-browser", "--port", str(port)]
        with serve(command, port, Path(folder)) as server:
            browser: Browser = playwright.chromium.launch(
                executable_path=find_chromium(), args=ARGUMENTS
            )
            page = browser.new_page(
                viewport={"width": width, "height": 900},
                color_scheme="dark" if scheme == "dark" else "light",
            )
            page.set_default_timeout(PATIENCE)
            yield page, server.url
            browser.close()


def show(page: Page, url: str, name: str) -> None:
    """Opens a page and brings it into the state worth a picture."""
    page.goto(f"{url}/{name}")
    page.locator(".ca-head h1").wait_for()
    if name == "desk":
        page.locator(".st-key-desk_title textarea").fill(TITLES)
        page.locator(".st-key-desk_body textarea").fill(BODY)
        page.locator(".st-key-desk_score button").click()
        page.locator(".st-key-card_matches").wait_for()
        page.mouse.move(0, 0)  # a button under the mouse looks pressed
    page.locator('[data-testid="stStatusWidget"]').wait_for(state="hidden")
    page.wait_for_load_state("networkidle")


def shoot(page: Page, path: Path, height: int = 0) -> None:
    """A picture of the whole page, however long, or of its first `height` pixels."""
    main = page.locator('[data-testid="stMain"]')
    full = int(main.evaluate("e => e.scrollHeight"))
    width = (page.viewport_size or {"width": 1280})["width"]
    page.set_viewport_size({"width": width, "height": height or min(full + 20, 6000)})
    page.wait_for_timeout(600)  # charts are drawn anew after a resize, without saying when
    page.screenshot(path=path)


def shoot_all(folder: Path) -> None:
    """Every page, language, width and theme."""
    folder.mkdir(parents=True, exist_ok=True)
    for language in ("zh", "en"):
        for width, scheme in ((1280, "light"), (1280, "dark"), (400, "light")):
            with open_pages(language, width, scheme) as (page, url):
                for name in PAGES:
                    page.set_viewport_size({"width": width, "height": 900})
                    show(page, url, name)
                    shoot(page, folder / f"{name}-{language}-{width}-{scheme}.png")


def shoot_readme() -> None:
    """The desk in both languages, as the READMEs show it."""
    for language in ("zh", "en"):
        with open_pages(language, 1280, "light") as (page, url):
            show(page, url, "desk")
            path = ROOT / "docs" / f"desk-{language}.png"
            shoot(page, path, height=1480)
            # Few colours on flat ground: a palette makes the file a third as large.
            Image.open(path).convert("RGB").quantize(96).save(path, optimize=True)


if __name__ == "__main__":
    if sys.argv[1:] == ["--readme"]:
        (ROOT / "docs").mkdir(exist_ok=True)
        shoot_readme()
    else:
        shoot_all(Path(sys.argv[1] if len(sys.argv) > 1 else "screenshots"))
