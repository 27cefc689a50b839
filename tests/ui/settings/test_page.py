"""设置, run whole: accounts, platforms, measures, rules."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from copyassist.assistant import Assistant
from copyassist.settings import load_settings
from copyassist.types import MetricValue, Post
from tests.ui.conftest import OpenPage


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
    app = open_page("preferences")
    app.multiselect(key="my_platforms").set_value(["douyin", "wechat"]).run()
    assert load_settings().platforms == ("douyin", "wechat")
    metric = app.selectbox(key="metric_wechat").options[-1]
    app.selectbox(key="metric_wechat").select(metric).run()
    assert "wechat" in load_settings().target_metrics


def test_any_metric_that_enough_posts_have_can_be_chosen(
    assistant: Assistant, open_page: OpenPage
) -> None:
    account = assistant.posts.add_account("甲号")
    start = datetime(2026, 1, 1, tzinfo=UTC)
    posts = [
        Post(
            title=f"第{n}篇",
            platform="xiaohongshu",
            published_at=start + timedelta(days=n),
            metrics={"favourites": MetricValue(10.0 + n), "likes": MetricValue(5.0)},
        )
        for n in range(12)
    ]
    assistant.store.save_posts(posts, account.id)
    app = open_page("preferences")
    assert "收藏" in app.selectbox(key="metric_xiaohongshu").options
    assert "收藏" not in app.selectbox(key="metric_wechat").options


def test_platform_rules_are_copied(assistant: Assistant, open_page: OpenPage) -> None:
    app = open_page("preferences")
    app.selectbox(key="limits_platform").set_value("weibo").run()
    app.button(key="limits_copy").click().run()
    assert (assistant.ground.platform_folder / "weibo.toml").is_file()
    assert any("weibo" in info.value for info in app.info)


def test_a_backup_is_restored(assistant: Assistant, open_page: OpenPage, tmp_path: Path) -> None:
    assistant.posts.add_account("从前的号")
    backup = tmp_path / "backup.zip"
    assistant.backup(backup)
    assistant.posts.delete_account(assistant.posts.accounts()[0])
    assistant.posts.add_account("现在的号")
    app = open_page("preferences")
    given = [("copyassist-backup.zip", backup.read_bytes(), "application/zip")]
    app.file_uploader(key="restore_file").set_value(given).run()
    assert any("不能撤销" in warning.value for warning in app.warning)
    app.button(key="restore_everything").click().run()
    assert not app.exception
    assert not app.error
    assert [one.name for one in Assistant(load_settings()).posts.accounts()] == ["从前的号"]
    app.file_uploader(key="restore_file").set_value([("x.zip", b"no zip", "application/zip")]).run()
    app.button(key="restore_everything").click().run()
    assert len(app.error) == 1


def test_packs_are_switched_and_lists_brought(assistant: Assistant, open_page: OpenPage) -> None:
    app = open_page("preferences")
    box = app.multiselect(key="packs_on")
    box.set_value([one for one in box.value if one != "superstition"]).run()
    assert assistant.rules.is_off("superstition")
    given = [("品牌.txt", "咖啡\n".encode(), "text/plain")]
    app.file_uploader(key="packs_file").set_value(given).run()
    app.button(key="pack_add").click().run()
    assert list(assistant.rules.own_packs()) == ["品牌"]
    app.button(key="pack_remove_品牌").click().run()
    assert assistant.rules.own_packs() == {}
