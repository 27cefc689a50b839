"""今日热点 over two real days in a real browser: list, collecting, one topic, the desk."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from copyassist.assistant import Assistant
from copyassist.news.sources.aggregators import Wishes
from copyassist.settings import load_settings
from tests.browser.screenshots import shoot
from tests.news.board.lists import HOSTILE, now
from tests.news.board.replay import import_two_days
from tests.news.sources.site import Reply, Site, serve

pytestmark = pytest.mark.browser

COLLECTED = "采集来的一条只有这里才有的消息"
FEED = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>某源</title>
<item><title>{title}</title><link>https://example.com/1</link><guid>1</guid></item>
<item><title><![CDATA[{hostile}]]></title><link>https://example.com/2</link><guid>2</guid></item>
</channel></rss>"""


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    with serve() as running:
        body = FEED.format(title=COLLECTED, hostile=HOSTILE).encode()
        running.routes["/feed.xml"] = Reply(body, headers={"Content-Type": "text/xml"})
        yield running


@pytest.fixture
def replayed(site: Site, home: Path, bench_data: Path, tmp_path: Path) -> Assistant:
    """Two days of three lists; the only source that may be asked is on loopback."""
    assistant = Assistant(load_settings())
    import_two_days(assistant, bench_data, tmp_path, now())
    assistant.news.switch([source.id for source in assistant.news.sources()], False)
    assistant.news.allow(["127.0.0.1"])
    assistant.news.add("feed", site.url("/feed.xml"), wishes=Wishes(name="本地源"))
    return assistant


def open_hot(page: Page) -> None:
    page.goto("/hot")
    expect(page.locator(".ca-topic").first).to_be_visible()


def test_from_the_list_over_a_topic_to_the_desk(
    replayed: Assistant, page: Page, tmp_path: Path
) -> None:
    open_hot(page)
    expect(page.locator('.ca-stale[role="alert"]')).to_have_count(0)
    several = page.locator('[class*="st-key-card_topic_"]').filter(has_text="微博热搜")
    several = several.filter(has_text="热榜").first
    title = several.locator(".head b").inner_text()
    expect(several.locator(".spark i")).to_have_count(1)
    several.get_by_role("button", name="详情").click()
    history = page.locator(".st-key-card_history")
    expect(history.locator("svg.marks, canvas")).to_be_visible()
    expect(history.get_by_text("微博热搜")).not_to_have_count(0)
    page.get_by_role("button", name="写这个").click()
    expect(page.locator(".st-key-desk_title textarea")).to_have_value(title)
    expect(page.locator(".st-key-card_assignment .ca-chips span").first).to_be_visible()
    shoot(page, tmp_path / "desk.png")


def test_collecting_from_the_page(replayed: Assistant, page: Page, site: Site) -> None:
    open_hot(page)
    page.get_by_role("button", name="采集一次").click()
    expect(page.locator(".st-key-card_collected")).to_contain_text("采集完成")
    assert len(site.asked_for("/feed.xml")) == 1
    page.get_by_label("标题里有").fill("只有这里才有")
    page.get_by_label("标题里有").press("Enter")
    expect(page.locator(".ca-topic")).to_have_count(1)
    expect(page.locator(".ca-topic .head b")).to_have_text(COLLECTED)
    page.get_by_label("标题里有").fill("onerror")
    page.get_by_label("标题里有").press("Enter")
    expect(page.locator(".ca-topic")).to_have_count(1)
    main = page.locator('[data-testid="stMain"]')
    expect(main.locator("img")).to_have_count(0)
    expect(main.locator(".katex")).to_have_count(0)


def test_collecting_is_stopped(replayed: Assistant, page: Page, site: Site) -> None:
    site.routes["/feed.xml"] = Reply(slow=True)
    open_hot(page)
    page.get_by_role("button", name="采集一次").click()
    page.get_by_role("button", name="停止").click()
    expect(page.locator(".st-key-card_collected")).to_contain_text("已停止")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [400, 1280])
def test_nothing_scrolls_sideways(
    replayed: Assistant, page: Page, tmp_path: Path, width: int, language: str
) -> None:
    replayed.change_settings(language=language)
    page.set_viewport_size({"width": width, "height": 900})
    open_hot(page)
    main = page.locator('[data-testid="stMain"]')
    for tab in range(3):
        page.get_by_role("tab").nth(tab).click()
        assert main.evaluate("e => e.scrollWidth - e.clientWidth") <= 1
        shoot(page, tmp_path / f"hot-{language}-{width}-{tab}.png", height=1400)
    page.get_by_role("tab").first.click()
    page.locator('[class*="st-key-open_"] button').first.click()
    expect(page.locator(".st-key-card_history")).to_be_visible()
    assert main.evaluate("e => e.scrollWidth - e.clientWidth") <= 1
    shoot(page, tmp_path / f"topic-{language}-{width}.png")


def test_a_bad_subscription_keeps_the_writer_there(page: Page, home: Path) -> None:
    page.goto("/hot")
    page.get_by_role("tab", name="订阅").click()
    field = page.locator(".st-key-subscriptions_text textarea")
    field.fill("/(/")
    page.locator(".st-key-subscriptions_save button").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_role("tab", name="订阅")).to_have_attribute("aria-selected", "true")
    expect(field).to_be_visible()
    expect(field).to_have_value("/(/")
