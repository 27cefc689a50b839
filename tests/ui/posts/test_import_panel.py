"""The import on the page: understood, mapped, pasted, taken back, or refused in one sentence."""

from streamlit.testing.v1 import AppTest

from copyassist.assistant import Assistant
from copyassist.settings import load_settings
from tests.ui.conftest import OpenPage, html_of

CSV = "标题,发布时间,阅读量\n" + "".join(
    f"第{n}篇,2026-0{1 + n // 9}-{1 + n % 9:02} 08:00,{1000 + 37 * n}\n" for n in range(40)
)


def open_import(open_page: OpenPage) -> AppTest:
    app = open_page("posts")
    app.session_state["posts_tabs_zh"] = "导入"
    return app.run()


def test_a_table_is_imported_and_taken_back(assistant: Assistant, open_page: OpenPage) -> None:
    account = assistant.posts.add_account("我的号")
    app = open_import(open_page)
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
    app = open_import(open_page)
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
    app = open_import(open_page)
    app.text_area(key="import_paste").set_value("标题\t发布时间\t点赞\n一篇\t2026-10-01\t1,234\n")
    app.selectbox(key="import_platform").set_value("xiaohongshu")
    app.run()
    next(b for b in app.button if (b.key or "").startswith("save_")).click().run()
    assert assistant.posts.of(account)[0].exact("likes") == 1234


def test_an_unreadable_file_is_one_sentence(assistant: Assistant, open_page: OpenPage) -> None:
    assistant.posts.add_account("我的号")
    app = open_import(open_page)
    app.file_uploader(key="import_files").set_value([("x.xlsx", b"\x00\x01\x02", "")])
    app.run()
    assert len(app.error) == 1
    assert "x" in app.error[0].value


def test_a_file_dropped_beside_another_tab_is_offered(
    assistant: Assistant, open_page: OpenPage
) -> None:
    account = assistant.posts.add_account("我的号")
    assistant.change_settings(default_account="我的号")
    app = open_page("posts")
    app.file_uploader(key="import_files").set_value([("数据.csv", CSV.encode(), "text/csv")]).run()
    offer = next(b for b in app.button if (b.key or "").startswith("offer_import_"))
    assert offer.disabled
    box = next(b.key for b in app.selectbox if (b.key or "").startswith("offer_platform_"))
    app.selectbox(key=box).set_value("wechat").run()
    assert any("**公众号**，40 篇，导入到账号" in one.value for one in app.markdown)
    next(b for b in app.button if b.key == offer.key).click().run()
    assert len(assistant.posts.of(account, "wechat")) == 40
    assert any("新增 40 篇" in said.value for said in app.success)


def test_without_an_account_a_file_brings_one(assistant: Assistant, open_page: OpenPage) -> None:
    app = open_page("posts")
    assert "把平台导出的表格拖进来" in html_of(app)
    table = "笔记标题,首次发布时间,体裁,观看量\n" + "".join(
        f"第{n}篇,2026年01月{n + 1:02}日08时00分00秒,图文,{900 + n}\n" for n in range(20)
    )
    app.file_uploader(key="posts_files").set_value([("笔记.csv", table.encode(), "")]).run()
    name = next(b.key for b in app.text_input if (b.key or "").startswith("offer_name_"))
    assert app.text_input(key=name).value == "我的小红书"
    app.text_input(key=name).set_value("山野小记")
    next(b for b in app.button if (b.key or "").startswith("offer_import_")).click().run()
    assert not app.exception
    assert [one.name for one in assistant.posts.accounts()] == ["山野小记"]
    assert load_settings().default_account == "山野小记"
    assert app.selectbox(key="account_name").value == "山野小记"
