"""Each page, run whole against a real store, in both languages."""

import csv
import io

import pytest
from streamlit.testing.v1 import AppTest

from copyassist.assistant import Assistant
from copyassist.types import Draft
from copyassist.ui.pages import PAGES
from tests.ui.conftest import OpenPage, html_of

HOSTILE = "<img src=x onerror=alert(1)> [点](javascript:alert(1)) $x$ :material/home: 最好"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("page", [page.id for page in PAGES])
@pytest.mark.parametrize("demo", [False, True], ids=["empty", "demo"])
def test_every_page_shows(
    assistant: Assistant, open_page: OpenPage, page: str, language: str, demo: bool
) -> None:
    assistant.change_settings(language=language)
    if demo:
        assistant.posts.load_demo()
    app = open_page(page)
    assert not app.error
    assert '<div class="ca-head"><h1>' in html_of(app)
    assert ('class="ca-demo"' in html_of(app)) == (demo and page != "preferences")


def score(app: AppTest, title: str, body: str = "") -> AppTest:
    app.text_area(key="desk_title").set_value(title)
    app.text_area(key="desk_body").set_value(body)
    app.button(key="desk_score").click().run()
    assert not app.exception
    assert not app.error
    return app


def test_a_draft_is_scored(assistant: Assistant, open_page: OpenPage) -> None:
    assistant.posts.load_demo()
    app = score(open_page(), "周末两天一夜，人均300玩转皖南")
    html = html_of(app)
    assert '<span class="num">' in html
    assert "中位数" in html
    assert "ca-meter" in html
    assert len(assistant.desk.recent_drafts()) == 1
    assert app.query_params["draft"] == str(assistant.desk.recent_drafts()[0].id)


def test_without_evidence_there_is_no_number(assistant: Assistant, open_page: OpenPage) -> None:
    app = open_page()
    app.selectbox(key="desk_platform").set_value("wechat")
    html = html_of(score(app, "周末两天一夜"))
    assert '<span class="num">' not in html
    assert "公众号还没有依据" in html


def test_a_finding_is_replaced_and_taken_back(assistant: Assistant, open_page: OpenPage) -> None:
    app = score(open_page(), "周末去哪儿！！！")
    fix = next(button for button in app.button if (button.key or "").startswith("fix_"))
    fix.click().run()
    changed = app.text_area(key="desk_title").value
    assert changed != "周末去哪儿！！！"
    app.button(key="desk_undo_button").click().run()
    assert app.text_area(key="desk_title").value == "周末去哪儿！！！"
    assert app.button(key="desk_undo_button").disabled


def test_a_finding_is_ignored_once_and_always(assistant: Assistant, open_page: OpenPage) -> None:
    def cards(app: AppTest) -> int:
        return sum((button.key or "").startswith("once_") for button in app.button)

    app = score(open_page(), "周末去哪儿！！！")
    before = cards(app)
    assert before
    app.button(key="once_1").click().run()
    assert cards(app) == before - 1
    assert cards(score(app, "周末去哪儿！！！")) == before
    app.button(key="always_1").click().run()
    assert cards(app) < before
    settings = open_page("preferences")
    key = next(b.key for b in settings.button if (b.key or "").startswith("restore_"))
    settings.button(key=key).click().run()
    assert not any((b.key or "").startswith("restore_") for b in settings.button)


def test_titles_are_compared(assistant: Assistant, open_page: OpenPage) -> None:
    assistant.posts.load_demo()
    app = score(open_page(), "5道快手早餐，10分钟端上桌\n早餐\n周末两天一夜，人均300玩转皖南")
    assert "第一名胜过它的可能" in html_of(app)
    assert len(app.radio(key="desk_pick").options) == 3
    app.radio(key="desk_pick").set_value(1).run()
    assert not app.exception


def test_all_platforms_at_once(assistant: Assistant, open_page: OpenPage) -> None:
    app = open_page()
    app.selectbox(key="desk_platform").set_value("*")
    score(app, "周末两天一夜，人均300玩转皖南", "第一句\n第二句")
    assert "各平台一览" in html_of(app)
    app.segmented_control(key="desk_tab").set_value("weibo").run()
    assert "首行" in html_of(app) or "正文" in html_of(app)


def test_a_kept_draft_comes_back_from_the_address(
    assistant: Assistant, open_page: OpenPage
) -> None:
    score(open_page(), "留住的标题", "留住的正文")
    number = str(assistant.desk.recent_drafts()[0].id)
    again = open_page(draft=number)
    assert again.text_area(key="desk_title").value == "留住的标题"
    assert again.text_area(key="desk_body").value == "留住的正文"
    assert "ca-marked" in html_of(again)
    assert not open_page(draft="99999").error


def test_hostile_text_is_shown_as_text(assistant: Assistant, open_page: OpenPage) -> None:
    html = html_of(score(open_page(), f"{HOSTILE}\n第二个", HOSTILE))
    assert "<img" not in html
    assert "&lt;img src=x onerror=alert(1)&gt;" in html


@pytest.mark.parametrize("title", ["", "   ", "\x00\ud800", "\u202e\u200b", "a" * 200_000, "=1+1"])
def test_bad_titles_are_answered(assistant: Assistant, open_page: OpenPage, title: str) -> None:
    # A lone surrogate cannot cross the wire to a real page; what can is what Python makes of it.
    score(open_page(), title.encode("utf-8", "replace").decode("utf-8"), "正文")


def test_the_demo_goes_with_one_click(assistant: Assistant, open_page: OpenPage) -> None:
    assistant.posts.load_demo()
    app = open_page("posts")
    assert "数据为模拟" in html_of(app)
    app.button(key="demo_remove").click().run()
    assert "数据为模拟" not in html_of(app)
    assert not assistant.posts.accounts()


def test_the_language_is_switched(assistant: Assistant, open_page: OpenPage) -> None:
    app = open_page()
    app.segmented_control(key="language").set_value("en").run()
    assert "Writing desk" in html_of(app)
    assert "Writing desk" in html_of(open_page())


CSV = "标题,发布时间,阅读量\n" + "".join(
    f"第{n}篇,2026-0{1 + n // 9}-{1 + n % 9:02} 08:00,{1000 + 37 * n}\n" for n in range(40)
)


def test_a_table_is_imported_and_taken_back(assistant: Assistant, open_page: OpenPage) -> None:
    account = assistant.posts.add_account("我的号")
    app = open_page("posts")
    app.file_uploader(key="import_files").set_value(
        [("数据.csv", CSV.encode("gb18030"), "text/csv")]
    )
    app.run()
    assert any("看不出是哪个平台" in warning.value for warning in app.warning)
    app.selectbox(key="import_platform").set_value("wechat").run()
    save = next(button for button in app.button if (button.key or "").startswith("save_"))
    save.click().run()
    assert len(assistant.posts.of(account)) == 40
    assert any("新增 40 篇" in said.value for said in app.success)
    undo = next(button for button in app.button if (button.key or "").startswith("undo_now_"))
    undo.click().run()
    assert not assistant.posts.of(account)


def test_an_unknown_table_is_mapped(assistant: Assistant, open_page: OpenPage) -> None:
    account = assistant.posts.add_account("我的号")
    app = open_page("posts")
    table = "甲,乙,丙\n周末去哪儿,2026-10-01,12\n早餐吃什么,2026-10-02,30\n"
    app.file_uploader(key="import_files").set_value([("x.csv", table.encode(), "text/csv")])
    app.selectbox(key="import_platform").set_value("xiaohongshu")
    app.run()
    upload = next(b.key for b in app.selectbox if (b.key or "").endswith("_title"))
    upload = upload.removeprefix("map_").removesuffix("_title")
    app.selectbox(key=f"map_{upload}_title").set_value("甲")
    app.selectbox(key=f"map_{upload}_published_at").set_value("乙")
    app.selectbox(key=f"map_{upload}_likes").set_value("丙")
    next(b for b in app.button if b.label == "按这个重新识别").click().run()
    assert not app.exception
    next(b for b in app.button if (b.key or "").startswith("save_")).click().run()
    posts = assistant.posts.of(account)
    assert [post.title for post in posts] == ["周末去哪儿", "早餐吃什么"]
    assert [post.exact("likes") for post in posts] == [12, 30]


def test_a_pasted_table_is_read(assistant: Assistant, open_page: OpenPage) -> None:
    account = assistant.posts.add_account("我的号")
    app = open_page("posts")
    app.text_area(key="import_paste").set_value("标题\t发布时间\t点赞\n一篇\t2026-10-01\t1,234\n")
    app.selectbox(key="import_platform").set_value("xiaohongshu")
    app.run()
    next(b for b in app.button if (b.key or "").startswith("save_")).click().run()
    assert assistant.posts.of(account)[0].exact("likes") == 1234


def test_an_unreadable_file_is_one_sentence(assistant: Assistant, open_page: OpenPage) -> None:
    assistant.posts.add_account("我的号")
    app = open_page("posts")
    app.file_uploader(key="import_files").set_value([("x.xlsx", b"\x00\x01\x02", "")])
    app.run()
    assert len(app.error) == 1
    assert "x" in app.error[0].value


def test_a_post_is_told_against_the_median(assistant: Assistant, open_page: OpenPage) -> None:
    assistant.posts.load_demo()
    html = html_of(open_page("posts"))
    assert "平时（中位数）" in html
    assert "旧作" in html


def test_accounts_are_added_renamed_and_deleted(assistant: Assistant, open_page: OpenPage) -> None:
    app = open_page("preferences")
    app.text_input(key="new_name_preferences").set_value("甲号")
    next(b for b in app.button if b.label == "添加").click().run()
    account = assistant.posts.accounts()[0]
    assert account.name == "甲号"
    app.text_input(key=f"name_{account.id}").set_value("乙号")
    next(b for b in app.button if b.label == "改名").click().run()
    assert [a.name for a in assistant.posts.accounts()] == ["乙号"]
    app.text_input(key="new_name_preferences").set_value("乙号")
    next(b for b in app.button if b.label == "添加").click().run()
    assert len(app.error) == 1
    app.button(key=f"delete_{account.id}").click().run()
    assert not assistant.posts.accounts()


def test_settings_are_kept(assistant: Assistant, open_page: OpenPage) -> None:
    from copyassist.settings import load_settings

    app = open_page("preferences")
    app.multiselect(key="my_platforms").set_value(["douyin", "wechat"]).run()
    assert load_settings().platforms == ("douyin", "wechat")
    metric = app.selectbox(key="metric_wechat").options[-1]
    app.selectbox(key="metric_wechat").select(metric).run()
    assert "wechat" in load_settings().target_metrics


def test_platform_rules_are_copied(assistant: Assistant, open_page: OpenPage) -> None:
    app = open_page("preferences")
    app.selectbox(key="limits_platform").set_value("weibo").run()
    app.button(key="limits_copy").click().run()
    assert (assistant.ground.platform_folder / "weibo.toml").is_file()
    assert any("weibo" in info.value for info in app.info)


def test_a_corrupt_store_is_one_sentence(assistant: Assistant, open_page: OpenPage) -> None:
    home = assistant.settings.home
    home.mkdir(parents=True, exist_ok=True)
    (home / "copyassist.db").write_bytes(b"this is no database" * 100)
    app = open_page()
    assert len(app.error) == 1
    assert "Traceback" not in app.error[0].value


def test_what_nobody_foresaw_is_one_sentence(
    assistant: Assistant, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    app = open_page("preferences")
    monkeypatch.setattr("copyassist.ground.save_settings", refuse)
    app.multiselect(key="my_platforms").set_value(["douyin"]).run()
    assert len(app.error) == 1
    assert not app.exception


def test_a_batch_runs_and_its_result_is_whole(assistant: Assistant, open_page: OpenPage) -> None:
    assistant.posts.load_demo()
    rows = "题目,编号\n" + "".join(f"周末第{n}次去皖南,{n}\n" for n in range(50))
    app = open_page("batch")
    app.file_uploader(key="batch_file").set_value([("t.csv", rows.encode(), "text/csv")])
    app.run()
    assert app.selectbox(key="batch_title").value == "题目"
    app.button(key="batch_run").click().run()
    job = app.session_state["batch_job"]
    assert job.wait(60)
    app.run()
    assert "评完了" in html_of(app)
    result = list(csv.DictReader(io.StringIO(job.result.out.read_text("utf-8-sig"))))
    assert len(result) == 50
    assert result[7]["编号"] == "7"
    assert result[7]["scored_for"] == "xiaohongshu"


def test_an_old_report_is_kept_with_its_draft(assistant: Assistant, open_page: OpenPage) -> None:
    score(open_page(), "留住的标题")
    kept = assistant.desk.recent_drafts()[0]
    assert kept.draft == Draft(title="留住的标题", platform=kept.draft.platform)
    assert kept.reports[0]["title"] == "留住的标题"
