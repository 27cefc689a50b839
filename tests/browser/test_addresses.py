"""Every address leads to a page, and none to a dialog that speaks English only."""

import pytest
from playwright.sync_api import Page, expect

from copyassist.assistant import Assistant
from copyassist.i18n import load_area
from copyassist.ui.pages import PAGES

pytestmark = pytest.mark.browser
NAMES = {
    "/": "写作台",
    "/desk": "写作台",
    "/hot": "今日热点",
    "/Posts/": "我的作品",
    "/batch": "批量评分",
    "/nosuch": "写作台",
    "/no/such/page": "写作台",
}


def test_addresses_lead_to_pages(page: Page, data: Assistant) -> None:
    for path, name in NAMES.items():
        page.goto(path)
        expect(page.locator(".ca-head h1")).to_have_text(name)
        expect(page.get_by_role("dialog")).to_have_count(0)


def test_every_page_is_reached_by_its_link_and_after_a_reload(page: Page, data: Assistant) -> None:
    page.goto("/")
    for spec in PAGES[::-1]:
        page.locator(f'[data-testid="stSidebarNav"] a[href$="/{spec.id}"]').click()
        page.wait_for_url(f"**/{spec.id}")
        name = load_area("zh", "ui")[f"{spec.id}.title"]
        expect(page.locator(".ca-head h1")).to_have_text(name)
        page.reload()
        expect(page.locator(".ca-head h1")).to_have_text(name)
        expect(page.get_by_role("dialog")).to_have_count(0)
