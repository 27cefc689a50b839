"""Where no platform is named, the account's own is meant, and it is said which and why."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from copyassist.assistant import Assistant
from copyassist.cli import cli
from copyassist.commands.session import Session
from copyassist.settings import load_settings

TITLE = "下班后一小时，把阳台变成小花园"


@pytest.fixture(autouse=True)
def _own_home(home: Path) -> None:
    """Every test has an empty data folder."""


def fine(*arguments: object, lang: str = "zh") -> str:
    result = CliRunner().invoke(
        cli, ["--lang", lang, *map(str, arguments)], obj=Session(), standalone_mode=False
    )
    assert result.exception is None, result.exception
    return result.output


def bring_posts(tmp_path: Path, platform: str, count: int, first_day: int = 1) -> None:
    rows = (
        f"第{n}篇在{platform},2026-05-{first_day + n:02d} 12:00,{100 + n}\n" for n in range(count)
    )
    table = tmp_path / f"{platform}.csv"
    table.write_text("标题,发布时间,阅读量\n" + "".join(rows), "utf-8")
    fine("import", table, "-a", "园丁", "-p", platform, "-y")


def judged_for(*arguments: object) -> str:
    document = json.loads(fine("score", TITLE, "--format", "json", *arguments))
    return str(document["reports"][0]["platform"])


def test_score_judges_for_the_platform_that_the_account_uses_most(tmp_path: Path) -> None:
    bring_posts(tmp_path, "公众号", 25)
    bring_posts(tmp_path, "小红书", 3)
    shown = fine("score", TITLE)
    assert shown.startswith("按账号「园丁」最常用的平台：公众号")
    assert "[公众号]" in shown
    assert judged_for() == "wechat"
    assert judged_for("-p", "小红书") == "xiaohongshu"
    assert "最常用" not in fine("score", TITLE, "-p", "小红书")
    assert fine("score", TITLE, lang="en").startswith('For the platform that account "园丁" uses')


def test_of_platforms_used_equally_the_last_one_is_meant(tmp_path: Path) -> None:
    bring_posts(tmp_path, "知乎", 3, first_day=20)
    bring_posts(tmp_path, "公众号", 3)
    assert judged_for() == "zhihu"


def test_batch_says_it_too(tmp_path: Path) -> None:
    bring_posts(tmp_path, "公众号", 5)
    titles, out = tmp_path / "titles.csv", tmp_path / "out.csv"
    titles.write_text(f"标题\n{TITLE}\n", "utf-8")
    assert "按账号「园丁」最常用的平台：公众号" in fine("batch", titles, "-o", out)
    assert ",公众号," in out.read_text("utf-8-sig")
    titles.write_text(f"标题,平台\n{TITLE},知乎\n另一个标题,\n", "utf-8")
    said = fine("batch", titles, "-o", out, "-y", "--platform-col", "平台")
    assert "没写平台的行：按账号「园丁」最常用的平台：公众号" in said
    judged = out.read_text("utf-8-sig")
    assert ",知乎," in judged
    assert ",公众号," in judged


def test_without_posts_the_settings_choose(tmp_path: Path) -> None:
    assert fine("score", TITLE).startswith("没有指明平台，按小红书来评")
    Assistant(load_settings()).change_settings(platforms=("zhihu", "xiaohongshu"))
    assert fine("score", TITLE).startswith("按设置里的第一个平台：知乎")


def test_a_platform_without_posts_is_told_with_those_that_have_some(tmp_path: Path) -> None:
    bring_posts(tmp_path, "公众号", 25)
    assert "公众号" in fine("evaluate").splitlines()[1]
    said = fine("evaluate", "-p", "小红书")
    assert "在小红书还没有作品；有作品的平台：公众号" in said


def test_the_pages_ask_the_same(tmp_path: Path) -> None:
    bring_posts(tmp_path, "公众号", 2)
    posts = Assistant(load_settings()).posts
    usual = posts.usual_platform(posts.account())
    assert (usual.platform.id, usual.reason, usual.account) == ("wechat", "account", "园丁")
    assert posts.usual_platform(None).reason == "default"
