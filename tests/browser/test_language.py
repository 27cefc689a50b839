"""A switch of the language leaves no word of the other one: in boxes, labels, and Streamlit's own parts."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from copyassist.assistant import Assistant
from copyassist.i18n import Language, load_area
from copyassist.types import Account, MetricValue, Post
from copyassist.ui.pages import PAGES

pytestmark = pytest.mark.browser
HAN = re.compile(r"[\u4e00-\u9fff]")
FIELDS = (
    "es => es.map(e => `${e.value}|${e.placeholder || ''}|${e.getAttribute('aria-label') || ''}`)"
)
SWITCH = ("语言 / Language", "中文")
ENGLISH = re.compile(
    r"\b(choose|options?|search|select|browse|drag|limit|drop|file)\b", re.IGNORECASE
)


@pytest.fixture
def plain(data: Assistant) -> Account:
    """An account whose name and posts have no word of either language that is not ours."""
    account = data.posts.add_account("A")
    posts = [
        Post(
            title=f"{n}",
            platform="wechat",
            published_at=datetime(2026, 1, 1 + n, tzinfo=UTC),
            metrics={"views": MetricValue(100.0 + n)},
        )
        for n in range(3)
    ]
    data.store.save_posts(posts, account.id)
    data.change_settings(default_account="A")
    return account


def said(page: Page) -> list[str]:
    """Everything that can be read or heard on the page, but for the switch itself and examples."""
    lines = page.locator('[data-testid="stApp"]').inner_text().split("\n")
    values = page.eval_on_selector_all("input, textarea:not([placeholder])", FIELDS)
    return [line for line in (*lines, *values) if line.strip() and line.strip() not in SWITCH]


def go(page: Page, name: str, language: Language) -> None:
    page.locator(f'[data-testid="stSidebarNav"] a[href$="/{name}"]').click()
    page.wait_for_url(f"**/{name}*")
    expect(page.locator(".ca-head h1")).to_have_text(load_area(language, "ui")[f"{name}.title"])
    expect(page.locator('[data-testid="stStatusWidget"]')).to_have_count(0)
    expect(page.locator('[data-stale="true"]')).to_have_count(0)


def test_no_word_of_the_other_language_stays(page: Page, plain: Account) -> None:
    page.goto("/desk")
    title = page.locator(".st-key-desk_title textarea")
    title.fill("weekend trip")
    page.locator(".st-key-desk_score button").click()
    expect(page.locator(".st-key-card_score")).to_be_visible()
    for spec in PAGES:  # every box is drawn in Chinese once
        go(page, spec.id, "zh")
    page.get_by_text("English", exact=True).click()
    page.wait_for_function("document.documentElement.lang === 'en'")
    for spec in PAGES:
        go(page, spec.id, "en")
        left = [line for line in said(page) if HAN.search(line)]
        assert left == [], spec.id
    page.get_by_text("中文", exact=True).click()
    page.wait_for_function("document.documentElement.lang === 'zh-CN'")
    for spec in PAGES:
        go(page, spec.id, "zh")
        left = [line for line in said(page) if not HAN.search(line) and ENGLISH.search(line)]
        assert left == [], spec.id


def test_streamlits_own_words_are_ours(page: Page, plain: Account) -> None:
    page.goto("/desk")
    box = page.locator(".st-key-account_name input")
    box.click()
    box.fill("nothing like this")
    expect(page.get_by_text("没有找到")).to_be_visible()
    expect(page.get_by_text("No results")).to_have_count(0)


def test_a_lost_connection_is_told_in_our_words(page: Page, plain: Account) -> None:
    streams: list[WebSocketRoute] = []

    def join(stream: WebSocketRoute) -> None:
        stream.connect_to_server()
        streams.append(stream)

    page.route_web_socket(re.compile("_stcore/stream"), join)
    page.goto("/desk")
    expect(page.locator(".ca-head h1")).to_be_visible()
    page.route("**/_stcore/**", lambda route: route.abort())
    streams[-1].close(code=1001)
    expect(page.get_by_role("dialog")).to_contain_text("copyassist 可能已经停下")
    expect(page.get_by_role("dialog")).not_to_contain_text("Streamlit")
