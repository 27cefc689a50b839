"""`copyassist import`, `imports`, `accounts`, `posts`, `backup`, `restore`, as a user calls them."""

import csv
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook

from copyassist.cli import cli
from copyassist.commands.session import Session
from copyassist.errors import CopyAssistError
from copyassist.i18n import say_error
from copyassist.platforms import load_platforms
from copyassist.store import Store
from copyassist.tables.metrics import FIELDS, METRICS

NOTES = (
    "笔记标题,首次发布时间,体裁,曝光,观看量,点赞\n"
    "早八人的5分钟早餐,2026年05月19日15时39分28秒,图文,20000,2400,10万+\n"
    "坏行,改天,图文,1,1,1\n"
    "一碗热汤面,2026年05月20日09时00分00秒,图文,9000,很多,40\n"
    "累计,,,29000,2400,40\n"
)


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    path = tmp_path / "笔记_20261001.csv"
    path.write_text(NOTES, "utf-8")
    return path


@pytest.fixture(autouse=True)
def _own_home(home: Path) -> None:
    """Every test has an empty data folder."""


def run(*arguments: object, stdin: str | bytes = "", lang: str = "zh") -> Result:
    """The call as `main` makes it; its exit code is what `main` would exit with."""
    result = CliRunner().invoke(
        cli,
        ["--lang", lang, *map(str, arguments)],
        obj=Session(),
        input=stdin,
        standalone_mode=False,
    )
    if isinstance(result.exception, CopyAssistError):
        result.exit_code = result.exception.exit_code
    elif result.exception is None:
        result.exit_code = result.return_value or 0
    return result


def fine(*arguments: object, stdin: str | bytes = "", lang: str = "zh") -> str:
    result = run(*arguments, stdin=stdin, lang=lang)
    assert result.exception is None, result.exception
    assert result.exit_code == 0, result.output
    return result.output


def refused(*arguments: object) -> str:
    result = run(*arguments)
    assert isinstance(result.exception, CopyAssistError)
    assert result.exception.exit_code == 2
    assert say_error("zh", result.exception) != str(result.exception)
    assert say_error("en", result.exception) != str(result.exception)
    return result.exception.code


def stored(home: Path) -> Store:
    return Store.open(home / "copyassist.db")


def test_an_import_says_what_it_understood_and_saves(notes: Path, home: Path) -> None:
    out = fine("import", notes, "--account", "小满")
    for said in (
        "小红书 笔记列表明细表",
        "平台：小红书",
        "读到 2 篇作品",
        "2026-05-19 至 2026-05-20",
        "2026-10-01（来自文件名）",
        "曝光 2 篇",
        "第 3 行：发布时间看不懂：改天",
        "第 4 行「观看量」：很多",
        "跳过 1 行",
        "新建了账号「小满」",
        "新增 2 篇，更新 0 篇",
        "copyassist imports undo 1",
    ):
        assert said in out
    with stored(home) as store:
        posts = store.posts(store.account("小满").id, "xiaohongshu")
        assert [p.title for p in posts] == ["早八人的5分钟早餐", "一碗热汤面"]
        assert posts[0].metrics["likes"].bound == "at_least"


def test_in_english(notes: Path) -> None:
    out = fine("import", notes, "--account", "小满", lang="en")
    assert "2 posts read" in out
    assert "line 3: publication time not understood" in out


def test_the_same_file_again_changes_nothing(notes: Path, home: Path) -> None:
    fine("import", notes, "--account", "小满")
    assert "之前导入过（编号 1）" in fine("import", notes)
    with stored(home) as store:
        assert len(store.imports()) == 1


def test_without_an_account_it_asks_for_one(notes: Path, home: Path) -> None:
    result = run("import", notes)
    assert result.exit_code == 2
    assert "--account" in result.output
    with stored(home) as store:
        assert store.accounts() == []


def test_a_pasted_table_and_a_platform(home: Path) -> None:
    pasted = "标题\t日期\t阅读量\n甲\t2026/5/1\t1.2万\n"
    result = run("import", "-", "--account", "小满", stdin=pasted)
    assert result.exit_code == 2
    assert "--platform" in result.output
    out = fine("import", "-", "--account", "小满", "-p", "公众号", stdin=pasted)
    assert "粘贴的表格" in out
    with stored(home) as store:
        assert store.platforms(store.account("小满").id) == {"wechat": 1}


def test_columns_that_nothing_names_are_mapped(tmp_path: Path, home: Path) -> None:
    path = tmp_path / "表.csv"
    path.write_text("甲栏,上线,阅读量\n一个很长的作品名字,2026/5/1,900\n", "utf-8")
    result = run("import", path, "--account", "小满", "-p", "zhihu")
    assert result.exit_code == 2
    assert "甲栏、上线、阅读量" in result.output
    assert "--map title=甲栏" in result.output
    fine(
        "import",
        path,
        "--account",
        "小满",
        "-p",
        "zhihu",
        "--map",
        "title=甲栏",
        "--map",
        "published_at=上线",
    )
    with stored(home) as store:
        (post,) = store.posts(store.account("小满").id)
        assert (post.title, post.exact("views")) == ("一个很长的作品名字", 900)
    path.write_text("甲栏,上线,阅读量\n下一个很长的作品名字,2026/6/1,800\n", "utf-8")
    told = fine("import", path, "--account", "小满", "-p", "zhihu")  # known from the last time
    assert "title=甲栏" in told
    assert "--map -" in told
    with stored(home) as store:
        assert len(store.posts(store.account("小满").id)) == 2


def test_named_columns_are_forgotten_when_asked(tmp_path: Path, home: Path) -> None:
    path = tmp_path / "表.csv"
    path.write_text("标题,备注,阅读量\n一篇,x,900\n", "utf-8")
    fine("import", path, "-a", "小满", "-p", "zhihu", "--map", "title=备注")
    path.write_text("标题,备注,阅读量\n二篇,y,900\n", "utf-8")
    fine("import", path, "-a", "小满", "-p", "zhihu")
    path.write_text("标题,备注,阅读量\n三篇,z,900\n", "utf-8")
    fine("import", path, "-a", "小满", "-p", "zhihu", "--map", "-")
    path.write_text("标题,备注,阅读量\n四篇,w,900\n", "utf-8")
    fine("import", path, "-a", "小满", "-p", "zhihu")
    with stored(home) as store:
        found = [post.title for post in store.posts(store.account("小满").id)]
    assert sorted(found) == ["x", "y", "三篇", "四篇"]


def test_a_table_without_headings_is_mapped_by_number(tmp_path: Path, home: Path) -> None:
    path = tmp_path / "表.csv"
    path.write_text("第一个标题,2026年3月1日,900\n第二个标题,2026年3月2日,800\n", "utf-8")
    result = run("import", path, "--account", "小满", "-p", "zhihu")
    assert "--map title=1" in result.output
    columns = ["--map", "title=1", "--map", "published_at=2", "--map", "views=3"]
    fine("import", path, "--account", "小满", "-p", "zhihu", *columns)
    with stored(home) as store:
        found = store.posts(store.account("小满").id)
        assert [(post.title, post.exact("views")) for post in found] == [
            ("第一个标题", 900),
            ("第二个标题", 800),
        ]


@pytest.mark.parametrize("pair", ["title", "=作品", "title="])
def test_a_mapping_that_says_nothing_is_named(notes: Path, pair: str) -> None:
    assert refused("import", notes, "--map", pair) == "import_bad_mapping"


def test_one_bad_file_does_not_stop_the_others(notes: Path, tmp_path: Path) -> None:
    (tmp_path / "空.csv").write_bytes(b"")
    (tmp_path / "图.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    result = run(
        "import",
        tmp_path / "空.csv",
        tmp_path / "没有.csv",
        tmp_path / "图.png",
        notes,
        "-a",
        "小满",
    )
    assert result.exit_code == 2
    for said in ("空.csv 是空的", "找不到文件", "图.png 不是文本文件", "新增 2 篇"):
        assert said in result.output
    assert "Traceback" not in result.output


def test_a_table_of_days_is_named_and_not_read(tmp_path: Path) -> None:
    path = tmp_path / "日报表.xls"
    path.write_bytes(
        "日期,阅读,播放,点赞,喜欢,评论,收藏,分享\n2026-05-01,1,0,3,4,5,6,7\n".encode("gb18030")
    )
    result = run("import", path, "-a", "小满")
    assert result.exit_code == 2
    assert "知乎 日报表" in result.output
    assert "账号按天的数据" in result.output


def test_imports_are_listed_and_undone(notes: Path, home: Path) -> None:
    assert "还没有导入过" in fine("imports")
    fine("import", notes, "-a", "小满")
    headings, row = fine("imports").splitlines()
    assert headings.startswith("编号\t导入时间")
    assert row.split("\t")[2:] == [
        "小满", "xiaohongshu", "笔记_20261001.csv", "小红书 笔记列表明细表", "2/0", "2026-10-01",
    ]  # fmt: skip
    assert "移除 2 篇作品" in fine("imports", "undo", 1)
    with stored(home) as store:
        assert store.posts(store.account("小满").id) == []
    assert refused("imports", "undo", 1) == "import_unknown"


def test_posts_are_listed_corrected_deleted_and_restored(notes: Path, home: Path) -> None:
    fine("import", notes, "-a", "小满")
    headings, first, second = fine("posts").splitlines()
    assert headings.split("\t")[:4] == ["编号", "发布时间", "平台", "标题"]
    assert first.split("\t")[1:4] == ["2026-05-20 09:00", "xiaohongshu", "一碗热汤面"]
    assert "100,000+" in second
    number = first.split("\t")[0]
    fine("posts", "edit", number, "--title", "两碗热汤面", "--time", "2026-05-21 08:00")
    assert "两碗热汤面" in fine("posts", "-p", "小红书", "-n", 1)
    assert "共 2 篇" in fine("posts", "-n", 1)
    fine("posts", "delete", number)
    assert "两碗热汤面" not in fine("posts")
    fine("import", notes)
    assert "两碗热汤面" not in fine("posts")
    fine("posts", "restore", number)
    assert "两碗热汤面" in fine("posts")
    assert refused("posts", "edit", number) == "post_no_changes"
    assert refused("posts", "edit", number, "--time", "改天") == "bad_time"
    assert refused("posts", "delete", 99) == "post_unknown"


def test_deleted_posts_come_back_when_asked(notes: Path) -> None:
    fine("import", notes, "-a", "小满")
    fine("posts", "delete", 1)
    assert "恢复了 1 篇" in fine("import", notes, "--restore-deleted")
    assert len(fine("posts").splitlines()) == 3


def test_accounts_from_the_first_to_the_last_day(notes: Path, tmp_path: Path, home: Path) -> None:
    assert "还没有账号" in fine("accounts")
    fine("accounts", "add", "小满")
    fine("accounts", "add", "隔壁厨房", "--followed")
    fine("import", notes)
    lines = fine("accounts").splitlines()
    assert lines[1].split("\t") == ["小满", "自己的", "xiaohongshu 2", "默认"]
    assert lines[2].split("\t")[:2] == ["隔壁厨房", "对标"]
    fine("accounts", "rename", "小满", "小满的厨房")
    assert "小满的厨房" in fine("accounts", "default")
    assert "隔壁厨房" in fine("accounts", "default", "隔壁厨房")
    assert "没有默认账号" in fine("accounts", "default", "--none")
    fine("accounts", "export", "小满的厨房", tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == 2
    assert refused("accounts", "export", "小满的厨房", tmp_path / "a.csv") == "file_exists"
    fine("accounts", "export", "小满的厨房", tmp_path / "a.csv", "--yes")
    assert "没有删除" in fine("accounts", "delete", "小满的厨房", stdin="n\n")
    fine("accounts", "delete", "小满的厨房", "--yes")
    assert refused("accounts", "delete", "小满的厨房") == "unknown_account"
    assert refused("accounts", "add", "隔壁厨房") == "account_exists"
    assert refused("posts") == "import_needs_account"


def test_an_exported_account_is_imported_whole(notes: Path, tmp_path: Path, home: Path) -> None:
    fine("import", notes, "-a", "小满")
    for ending in ("csv", "json"):
        fine("accounts", "export", "小满", tmp_path / f"a.{ending}")
        fine("import", tmp_path / f"a.{ending}", "-a", f"副本 {ending}")
    with stored(home) as store:
        shown = {
            account.name: [(p.title, p.platform, p.published_at, dict(p.metrics))
                           for p in store.posts(account.id)]
            for account in store.accounts()
        }  # fmt: skip
    assert shown["小满"] == shown["副本 csv"] == shown["副本 json"]


def test_a_row_of_no_known_platform_is_refused(tmp_path: Path) -> None:
    document = {
        "copyassist_account": 1,
        "posts": [{"title": "甲", "platform": "../x", "published_at": None, "metrics": {}}],
    }
    path = tmp_path / "a.json"
    path.write_text(json.dumps(document), "utf-8")
    result = run("import", path, "-a", "小满")
    assert result.exit_code == 2
    assert "../x" in result.output


def test_everything_is_backed_up_and_restored(notes: Path, tmp_path: Path, home: Path) -> None:
    fine("import", notes, "-a", "小满")
    path = tmp_path / "全部.zip"
    assert "已备份到" in fine("backup", path)
    assert refused("backup", path) == "file_exists"
    fine("accounts", "delete", "小满", "--yes")
    assert "没有改动" in fine("restore", path, stdin="n\n")
    assert "还没有账号" in fine("accounts")
    assert "1 个账号" in fine("restore", path, "--yes")
    assert len(fine("posts").splitlines()) == 3  # the default account came back with the settings
    assert refused("restore", tmp_path / "没有.zip", "--yes") == "file_missing"
    assert refused("restore", notes, "--yes") == "backup_unreadable"


def test_titles_cannot_drive_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "表.csv"
    path.write_text("标题,日期,阅读量\n\x1b[31m红\x1b]0;x\x07,2026/5/1,900\n", "utf-8")
    fine("import", path, "-a", "小满", "-p", "wechat")
    assert "\x1b" not in fine("posts")


def test_a_day_without_a_time_is_listed_as_a_day(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("标题,发布时间,阅读量\n甲,2026-05-19,5\n乙,2026-05-20 08:30,6\n", "utf-8")
    fine("import", table, "-a", "我", "-p", "公众号", "-y")
    shown = fine("posts")
    assert "2026-05-20 08:30" in shown
    assert "2026-05-19\t" in shown
    assert "00:00" not in shown


def test_the_help_lists_what_map_can_name() -> None:
    for lang, title, views in (("zh", "标题", "阅读/播放"), ("en", "title", "views")):
        lines = [line.split() for line in fine("import", "--help", lang=lang).splitlines()]
        listed = {line[0]: " ".join(line[1:]) for line in lines if len(line) > 1}
        assert {*FIELDS, *METRICS} <= set(listed)
        assert (listed["title"], listed["views"]) == (title, views)


def test_platforms_are_listed_with_their_other_names() -> None:
    listed = {line.split("\t")[0]: line.split("\t")[1:] for line in fine("platforms").splitlines()}
    assert set(listed) == set(load_platforms())
    for platform in load_platforms().values():
        shown, *others = listed[platform.id]
        assert set(platform.names) <= {shown, *"".join(others).split("、")}
    assert "gzh" in listed["wechat"][1]
    shown = fine("platforms", "公众号").splitlines()
    assert shown[1].startswith("  也可以写作：WeChat Official Account、微信")
    assert "also known as: 公众号, 微信" in fine("platforms", "wechat", lang="en")


def test_a_title_that_a_sheet_took_for_a_number_keeps_its_digits(tmp_path: Path) -> None:
    book, path = Workbook(), tmp_path / "t.xlsx"
    for row in (["标题", "发布时间", "阅读量"], [12345678901234567890, "2026-05-19 08:30", 5]):
        book.active.append(row)
    book.save(path)
    fine("import", path, "-a", "我", "-p", "公众号", "-y")
    shown = fine("posts")
    assert re.search(r"12345678901234\d{6}\b", shown)  # a sheet keeps no more of a number
    assert "e+19" not in shown
