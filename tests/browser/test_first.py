"""From a file that a platform exported to a first report of one's own, in three actions."""

import base64
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import xlsxwriter
from playwright.sync_api import Locator, Page, expect

from copyassist.assistant import Assistant
from copyassist.settings import load_settings

pytestmark = pytest.mark.browser

DROP = """([name, bytes]) => {
  const data = new DataTransfer();
  data.items.add(new File([Uint8Array.from(atob(bytes), c => c.charCodeAt(0))], name));
  const target = document.querySelector(".ca-head h1");
  for (const kind of ["dragover", "drop"])
    target.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: data }));
}"""


def write_export(path: Path, posts: int) -> None:
    """An export of the notes of an account as 小红书 writes it: a notice row, then headings."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["最多导出排序后前1000条笔记"])
    sheet.write_row(
        1,
        0,
        [
            "笔记标题",
            "首次发布时间",
            "体裁",
            "曝光",
            "观看量",
            "封面点击率",
            "点赞",
            "评论",
            "收藏",
            "涨粉",
            "分享",
            "人均观看时长",
            "弹幕",
        ],
    )
    start = datetime(2026, 1, 5, 20, 0)
    for n in range(posts):
        day = (start + timedelta(days=5 * n)).strftime("%Y年%m月%d日%H时%M分%S秒")
        views = 900 + (n * 397) % 2600
        row = [
            f"第{n}个周末，去哪儿走走",
            day,
            "图文",
            views * 9,
            views,
            0.11,
            views // 12,
            3,
            5,
            1,
            2,
            21,
            0,
        ]
        sheet.write_row(2 + n, 0, row)
    book.close()


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "笔记列表明细表.xlsx"
    write_export(path, 60)
    return path


class Hand:
    """A visitor's hand: what it does to the page is counted."""

    def __init__(self) -> None:
        self.actions = 0

    def do(self, action: Callable[[], object]) -> None:
        self.actions += 1
        action()


def offer(page: Page) -> Locator:
    return page.locator("[class*=st-key-card_offer_]")


def drop(page: Page, file: Path) -> None:
    """Lets go of a file over the page's heading."""
    expect(page.locator(".ca-head h1")).to_be_visible()
    expect(page.locator("input[type=file]")).to_be_attached()
    expect(page.locator("[class*=st-key-drops_]")).to_be_attached()
    page.evaluate(DROP, [file.name, base64.b64encode(file.read_bytes()).decode()])


def test_from_an_exported_file_to_a_first_report_in_three_actions(
    page: Page, home: Path, export: Path
) -> None:
    hand = Hand()
    page.goto("/")
    expect(page.locator(".ca-head h1")).to_have_text("写作台")
    hand.do(lambda: page.locator("input[type=file]").set_input_files(export))
    expect(offer(page)).to_contain_text("小红书，60 篇，导入到新账号")
    expect(offer(page).locator("input")).to_have_value("我的小红书")
    hand.do(lambda: offer(page).get_by_role("button", name="导入").click())
    example = page.locator(".st-key-example_1 button")
    expect(page.locator(".st-key-account_name input")).to_have_value("我的小红书")
    expect(page.locator(".st-key-desk_platform input")).to_have_value("小红书")
    hand.do(example.click)
    expect(page.locator(".st-key-card_score")).to_contain_text("小红书 · 我的小红书")
    expect(page.locator(".st-key-card_score .num")).to_be_visible()
    assert hand.actions == 3
    assistant = Assistant(load_settings())
    (account,) = assistant.posts.accounts()
    assert len(assistant.posts.of(account, "xiaohongshu")) == 60
    page.reload()  # another session, the same account
    expect(page.locator(".st-key-card_score")).to_contain_text("小红书 · 我的小红书")


def test_an_empty_desk_names_no_terminal_and_no_other_page(page: Page, home: Path) -> None:
    page.goto("/")
    said = page.locator('[data-testid="stMain"]').inner_text()
    assert "copyassist" not in said
    expect(page.locator("textarea:visible")).to_have_count(1)


@pytest.mark.parametrize("path", ["/desk", "/posts"])
def test_a_file_may_be_dropped_anywhere(page: Page, home: Path, export: Path, path: str) -> None:
    page.goto(path)
    drop(page, export)
    expect(offer(page)).to_contain_text("小红书，60 篇")
    offer(page).locator("input").fill("山野小记")
    offer(page).get_by_role("button", name="导入").click()
    expect(page.locator(".st-key-account_name input")).to_have_value("山野小记")


def test_an_export_of_another_day_goes_into_the_chosen_account(
    page: Page, data: Assistant, export: Path
) -> None:
    data.posts.add_account("山野小记")
    data.change_settings(default_account="山野小记")
    page.goto("/posts")
    drop(page, export)
    expect(offer(page)).to_contain_text("小红书，60 篇，导入到账号")
    offer(page).get_by_role("button", name="导入").click()
    expect(page.get_by_text("新增 60 篇")).to_be_visible()
    expect(page.locator(".st-key-card_chart svg.marks, .st-key-card_chart canvas")).to_be_visible()
    assert len(data.posts.of(data.posts.accounts()[0])) == 60


def test_an_export_is_taken_after_a_first_look_too(
    page: Page, data: Assistant, export: Path
) -> None:
    data.posts.load_demo()  # as `make run` does
    page.goto("/desk")
    page.locator(".st-key-example_2 button").click()
    expect(page.locator(".st-key-card_bring")).to_be_visible()
    expect(page.locator("input[type=file]")).to_have_count(1)  # the run has ended
    drop(page, export)
    expect(offer(page)).to_contain_text("小红书，60 篇，导入到新账号")
    offer(page).get_by_role("button", name="导入").click()
    expect(page.locator(".st-key-account_name input")).to_have_value("我的小红书")
    expect(page.locator('[data-testid="stStatusWidget"]')).to_have_count(0)
    expect(page.locator(".st-key-card_score")).to_contain_text("小红书 · 我的小红书")
