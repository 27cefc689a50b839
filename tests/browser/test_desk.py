"""The main job in a real browser: import, score, compare, batch, and nothing lost on the way."""

import csv
import io
import re
import sys
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, TimeoutError, expect

from copyassist.assistant import Assistant
from copyassist.types import MetricValue, Post
from tests.ui.server import Server

pytestmark = pytest.mark.browser

TITLES = "5道快手早餐，10分钟端上桌\n早餐\n周末两天一夜，人均300玩转皖南"
HOSTILE = "<img src=x onerror=alert(1)> [点](javascript:alert(1)) $x$ 最好"


def open_desk(page: Page, path: str = "/desk") -> None:
    page.goto(path)
    expect(page.locator(".ca-head h1")).to_be_visible()


def unfold(page: Page) -> None:
    """Opens what a newcomer's desk has folded away."""
    rest = page.get_by_text("加上正文，选平台")
    if rest.count():
        rest.click()


def settle(page: Page) -> None:
    """Waits until the page is drawn: a click on what is still being drawn reaches nobody."""
    idle = page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]')
    expect(idle).to_be_visible()


def score(page: Page, titles: str, body: str = "") -> None:
    page.locator(".st-key-desk_title textarea").fill(titles)
    if body:
        unfold(page)
        page.locator(".st-key-desk_body textarea").fill(body)
    page.locator(".st-key-desk_score button").click()
    expect(page.locator(".st-key-card_score")).to_be_visible()


def server_times(server: Server) -> list[tuple[int, int]]:
    """Of each scoring: milliseconds for the reports alone, and for the whole page around them."""
    times: list[tuple[int, int]] = []
    scoring = None
    for step, ms in re.findall(r"(scoring|page desk) took (\d+) ms", server.log.read_text("utf-8")):
        if step == "scoring":
            scoring = int(ms)
        elif scoring is not None:
            times.append((scoring, int(ms)))
            scoring = None
    return times


def test_a_draft_is_scored_and_mended(page: Page, server: Server, data: Assistant) -> None:
    data.posts.load_demo()
    open_desk(page)
    score(page, "周末去皖南！！！两天一夜，人均300", "全网最低价，国家级民宿。")
    expect(page.locator(".st-key-card_score .num")).to_be_visible()
    expect(page.locator(".st-key-card_reasons svg.marks")).to_be_visible()
    expect(page.locator(".ca-marked mark").first).to_be_visible()
    title = page.locator(".st-key-desk_title textarea")
    before = title.input_value()
    page.locator("[class*=st-key-fix_] button").first.click()
    expect(page.locator(".st-key-desk_undo_button button")).to_be_enabled()
    page.locator(".st-key-desk_undo_button button").click()
    expect(page.locator(".st-key-desk_undo_button button")).to_be_disabled()
    expect(title).to_have_value(before)
    page.get_by_role("button", name="复制标题", exact=True).click()
    expect(page.get_by_role("button", name="已复制")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == before
    sys.stdout.write(f"\nserver side, ms (reports, whole page): {server_times(server)}\n")
    assert server_times(server)


PLACES = ("皖南", "西湖", "洱海", "敦煌", "泉州", "喀什", "阿那亚", "平潭", "大同", "顺德")
THINGS = ("周末两日游", "人均三百", "早市怎么逛", "住哪儿好", "雨天去处", "拍照机位", "带娃攻略")


def many_posts(count: int) -> list[Post]:
    """Posts of an account that has written for eleven years, several a day."""
    first = datetime(2015, 1, 1, tzinfo=UTC)
    return [
        Post(
            title=f"{PLACES[n % 10]}{THINGS[n % 7]}，第{n}次记录",
            platform="xiaohongshu",
            published_at=first + timedelta(minutes=57 * n),
            metrics={"views": MetricValue(float(500 + n * 397 % 5000))},
        )
        for n in range(count)
    ]


def test_a_hundred_thousand_past_posts(page: Page, server: Server, data: Assistant) -> None:
    account = data.posts.add_account("大号")
    data.store.save_posts(many_posts(100_000), account.id)
    open_desk(page)
    score(page, "皖南周末两日游，人均三百")
    title = page.locator('.ca-marked[data-field="title"]')
    for n in range(5):
        page.locator(".st-key-desk_title textarea").fill(f"西湖雨天去处，第{n}回")
        page.locator(".st-key-desk_score button").click()
        expect(title).to_have_text(f"西湖雨天去处，第{n}回")
    expect(page.locator('[data-testid="stStatusWidget"]')).to_have_count(0)  # the run has ended
    cold, *warm = server_times(server)
    said = f"ms (reports, whole page) first {cold}, then {warm}"
    sys.stdout.write(f"\n100,000 posts, server side: {said}\n")
    assert len(warm) >= 4


def test_three_titles_are_compared(page: Page, data: Assistant) -> None:
    data.posts.load_demo()
    open_desk(page)
    score(page, TITLES)
    table = page.locator(".st-key-card_compare table")
    expect(table.locator("tbody tr")).to_have_count(3)
    expect(table.get_by_text("第一名", exact=True)).to_be_visible()
    assert re.search(r"\d\d%", table.inner_text())
    choices = page.locator(".st-key-desk_pick label")
    choices.filter(has_text=re.compile("^早餐$")).click()
    expect(page.locator('.ca-marked[data-field="title"]')).to_have_text("早餐")


def test_a_batch_runs_and_is_downloaded(page: Page, data: Assistant, tmp_path: Path) -> None:
    data.posts.load_demo()
    titles = tmp_path / "标题.csv"
    # More than are judged before the page is back, however slow that is.
    rows = [f"第{n}个周末，去哪儿走走" for n in range(300)]
    titles.write_text("标题,编号\n" + "".join(f"{t},{n}\n" for n, t in enumerate(rows)), "gb18030")
    open_desk(page, "/batch")
    page.locator("input[type=file]").set_input_files(titles)
    page.get_by_role("button", name="开始评分").click()
    with page.expect_download() as waiting:
        page.locator(".st-key-batch_download button").click()
    result = Path(waiting.value.path()).read_bytes()
    assert result.startswith(b"\xef\xbb\xbf")
    read = list(csv.DictReader(io.StringIO(result.decode("utf-8-sig"))))
    assert [row["标题"] for row in read] == rows
    assert all(0 <= float(row["得分"]) <= 100 for row in read)
    page.reload()
    expect(page.get_by_text("评完了")).to_be_visible()
    page.get_by_role("link", name="我的作品").click()
    expect(page.locator(".ca-head h1")).to_have_text("我的作品")
    page.get_by_role("link", name="批量评分").click()
    expect(page.locator(".st-key-batch_download button")).to_be_visible()
    table = page.locator(".st-key-batch_rows .dvn-scroller")
    to_desk = page.get_by_role("button", name="在写作台打开")
    for _ in range(
        5
    ):  # a canvas that is still being drawn takes no click, and has no roles to wait for
        table.click(position={"x": 16, "y": 52})  # the box of the first row
        with suppress(TimeoutError):
            to_desk.wait_for(timeout=10_000)
            break
    to_desk.click()
    expect(page.locator(".st-key-card_score .num")).to_be_visible()
    assert page.locator(".st-key-desk_title textarea").input_value() in rows


def test_a_batch_goes_on_while_the_page_is_left(
    page: Page, data: Assistant, tmp_path: Path
) -> None:
    data.posts.load_demo()
    titles = tmp_path / "很多标题.txt"
    # More than are judged before the page is back, however slow that is.
    titles.write_text("".join(f"第{n}个周末，去哪儿走走\n" for n in range(300_000)), "utf-8")
    open_desk(page, "/batch")
    page.locator("input[type=file]").set_input_files(titles)
    page.get_by_role("button", name="开始评分").click()
    expect(page.locator(".st-key-card_progress")).to_be_visible()
    page.reload()
    expect(page.locator(".st-key-card_progress")).to_contain_text("很多标题")
    page.get_by_role("link", name="写作台").click()
    expect(page.locator(".ca-head h1")).to_have_text("写作台")
    page.get_by_role("link", name="批量评分").click()
    settle(page)
    page.get_by_role("button", name="停下").click()
    expect(page.get_by_text("接着做不会重来")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="接着做")).to_be_visible()


def test_a_post_is_edited_deleted_and_restored(page: Page, data: Assistant) -> None:
    account, _ = data.posts.load_demo()
    newest = data.posts.of(account, "xiaohongshu")[-1]
    open_desk(page, "/posts")
    table = page.locator(".st-key-posts_table .dvn-scroller")
    expect(page.locator(".st-key-posts_export")).to_be_visible()
    table.click(position={"x": 16, "y": 52})  # the box of the first row: a canvas has no roles
    title = page.locator(f".st-key-edit_title_{newest.id} input")
    expect(title).to_have_value(newest.title)
    title.fill("改过的标题")
    page.get_by_role("button", name="保存修改").click()
    expect(page.get_by_text("已保存")).to_be_visible()
    assert data.posts.of(account, "xiaohongshu")[-1].title == "改过的标题"
    page.get_by_role("button", name="删除这篇").click()
    expect(page.get_by_role("button", name="恢复刚删除的作品")).to_be_visible()
    assert len(data.posts.of(account)) == 299
    expect(page.locator(".st-key-card_edit")).to_have_count(0)  # the next post is not ticked
    page.get_by_role("button", name="恢复刚删除的作品").click()
    expect(page.get_by_role("button", name="恢复刚删除的作品")).to_have_count(0)
    assert len(data.posts.of(account)) == 300


def test_the_page_says_its_language(page: Page, data: Assistant) -> None:
    open_desk(page)
    page.wait_for_function("document.documentElement.lang === 'zh-CN'")
    page.get_by_text("English", exact=True).click()
    page.wait_for_function("document.documentElement.lang === 'en'")
    expect(page.get_by_text("Writing desk", exact=True).first).to_be_visible()


def test_scoring_goes_on_after_the_language_was_switched(page: Page, data: Assistant) -> None:
    open_desk(page)
    page.get_by_text("English", exact=True).click()
    page.wait_for_function("document.documentElement.lang === 'en'")
    score(page, "三十平米小家，收纳多出两平米")
    expect(page.locator(".st-key-card_score")).to_be_visible()
    page.get_by_text("中文", exact=True).click()
    page.wait_for_function("document.documentElement.lang === 'zh-CN'")
    score(page, "阳台种菜的第一百天")
    expect(page.locator(".st-key-card_score")).to_be_visible()


def test_what_is_typed_survives_a_refresh(page: Page, data: Assistant) -> None:
    open_desk(page)
    title, body = (page.locator(f".st-key-desk_{f} textarea") for f in ("title", "body"))
    unfold(page)
    # The keeper listens once the page has been drawn: it is the last thing in the left column.
    expect(page.locator(".st-key-desk_keeper")).to_be_attached()
    title.fill("还没提交的标题")
    body.fill("还没提交的正文")
    page.wait_for_function("sessionStorage.getItem('copyassist.desk')?.includes('正文')")
    page.reload()
    expect(title).to_have_value("还没提交的标题")
    expect(body).to_have_value("还没提交的正文")
    page.locator(".st-key-desk_score button").click()
    expect(page.locator(".st-key-card_score")).to_be_visible()
    page.wait_for_url("**/desk?draft=*")
    page.reload()
    expect(title).to_have_value("还没提交的标题")
    expect(page.locator(".st-key-card_score")).to_be_visible()


def test_hostile_text_stays_text(page: Page, data: Assistant) -> None:
    data.posts.load_demo()
    open_desk(page)
    score(page, f"{HOSTILE}\n第二个标题", HOSTILE)
    main = page.locator('[data-testid="stMain"]')
    page.locator(".st-key-desk_pick label", has_text="<img src=x").click()
    expect(page.locator('.ca-marked[data-field="title"]')).to_contain_text("<img src=x")
    expect(main.locator("img")).to_have_count(0)
    expect(main.locator(".katex")).to_have_count(0)
    expect(main.locator('a[href^="javascript"]')).to_have_count(0)


@pytest.mark.parametrize("width", [400, 1280])
@pytest.mark.parametrize("path", ["/desk", "/batch", "/posts", "/preferences"])
def test_no_page_scrolls_sideways(page: Page, data: Assistant, width: int, path: str) -> None:
    data.posts.load_demo()
    page.set_viewport_size({"width": width, "height": 800})
    open_desk(page, path)
    if path == "/desk":
        score(page, TITLES, "全网最低价，国家级民宿。")
    wide = page.locator('[data-testid="stMain"]').evaluate("e => e.scrollWidth - e.clientWidth")
    assert wide <= 1


def is_outdated(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.classList.contains('ca-outdated')"))


def test_a_result_of_another_text_is_grey_at_once(page: Page, data: Assistant) -> None:
    data.posts.load_demo()
    open_desk(page)
    score(page, "周末去皖南")
    note = page.locator(".ca-outdated-note")
    expect(note).to_be_hidden()
    title = page.locator(".st-key-desk_title textarea")
    title.press("End")
    title.press_sequentially("，两天一夜")
    expect(note).to_be_visible()
    expect(note).to_contain_text("按 Ctrl+Enter 更新")
    assert is_outdated(page)
    page.set_viewport_size({"width": 390, "height": 800})  # there the note is far below
    expect(page.get_by_text("文字改过了，再按一次「评分」")).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(page.get_by_text("文字改过了，再按一次「评分」")).to_be_hidden()
    look = page.locator(".st-key-card_score").evaluate("e => getComputedStyle(e).filter")
    assert "grayscale" in look
    title.press("Control+Enter")
    expect(page.locator('.ca-marked[data-field="title"]')).to_have_text("周末去皖南，两天一夜")
    expect(note).to_be_hidden()
    title.press("Backspace")
    expect(note).to_be_visible()
    title.press_sequentially("夜")  # as it was scored again
    expect(note).to_be_hidden()


def test_another_platform_is_scored_for_at_once(page: Page, data: Assistant) -> None:
    open_desk(page)
    score(page, "周末去皖南")
    page.locator(".st-key-desk_title textarea").fill("周末去皖南，两天一夜")
    page.locator(".st-key-desk_platform input").click()
    page.get_by_role("option", name="微博", exact=True).click()
    expect(page.locator(".st-key-card_score")).to_contain_text("微博")
    expect(page.locator('.ca-marked[data-field="title"]')).to_have_text("周末去皖南，两天一夜")
    expect(page.locator(".ca-outdated-note")).to_be_hidden()
