"""A bad draft, clicked clean in a real browser: mended at once, allowed, ignored, taken back."""

import pytest
from playwright.sync_api import Page, expect

from copyassist.assistant import Assistant
from tests.browser.test_desk import open_desk, score, settle

pytestmark = pytest.mark.browser

TITLE = "国家级品质的面霜,真的好用！！！"
BODY = "他说:“用了3天“。。。真的,很好。现在下单立减50元。"


def test_a_bad_draft_is_clicked_clean(page: Page, data: Assistant) -> None:
    data.posts.add_account("面霜小店")
    open_desk(page)
    score(page, TITLE, BODY)
    problems = page.locator(".st-key-card_problems")
    title = page.locator(".st-key-desk_title textarea")
    body = page.locator(".st-key-desk_body textarea")
    expect(problems).to_contain_text("现在下单")  # what decided that it is an advert
    expect(problems).to_contain_text("查不了的")

    # Everything that can be mended, with a look at it first, and one step back.
    page.locator(".st-key-tidy button").first.click()
    expect(page.locator("[data-testid=stPopoverBody] .ca-list li")).not_to_have_count(0)
    page.locator(".st-key-tidy_apply button").click()
    expect(body).to_have_value("他说：“用了3天”……真的，很好。现在下单立减50元。")
    mended = title.input_value()
    assert "！！" not in mended
    page.locator(".st-key-desk_undo_button button").click()
    expect(title).to_have_value(TITLE)
    expect(body).to_have_value(BODY)
    expect(problems).to_contain_text("！！！")  # judged anew, and drawn
    expect(page.locator('[data-testid="stStatusWidget"]')).to_have_count(0)
    settle(page)
    page.locator(".st-key-tidy button").first.click()
    page.locator(".st-key-tidy_apply button").click()
    expect(title).to_have_value(mended)
    expect(problems).not_to_contain_text("。。。")  # judged anew, and drawn

    # What is left is allowed with a reason, or ignored, until nothing is.
    settle(page)
    left = page.locator("[class*=st-key-once_] button")
    page.locator(".st-key-more_1 button").first.click()
    page.locator(".st-key-reason_1 input").fill("客户的商标")
    page.locator(".st-key-always_1 button").click()
    expect(page.locator(".st-key-desk_toast")).to_contain_text("面霜小店")
    for _ in range(12):
        settle(page)
        if left.count() == 0:
            break
        left.first.click()
        expect(page.locator(".st-key-desk_toast")).to_contain_text("这次不再显示")
    expect(left).to_have_count(0)
    expect(problems).to_contain_text("没有查出要改的地方")
    expect(problems).not_to_contain_text("没有发现问题")
    (kept,) = data.rules.exemptions()
    assert (kept.account, kept.reason) == ("面霜小店", "客户的商标")

    page.goto("/preferences")
    expect(page.locator(".st-key-card_ignored")).to_contain_text("客户的商标")
    page.locator(".st-key-restore_0 button").click()
    expect(page.locator(".st-key-restore_0")).to_have_count(0)
