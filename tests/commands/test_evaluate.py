"""`copyassist evaluate`: the record in words, as JSON and as a page; accounts never mix."""

import json
import random
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from copyassist.assistant import Assistant
from copyassist.commands.evaluate import command
from copyassist.commands.session import Session
from copyassist.posts.record.page import write_page
from copyassist.types import Account, MetricValue, Post

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>“&"


@pytest.fixture
def session(home: Path) -> Session:
    return Session()


def save_posts(assistant: Assistant, account: Account, count: int, title: str = "阳台") -> None:
    start = datetime(2025, 1, 1, 4, tzinfo=UTC)
    posts = [
        Post(
            title=f"{title}{n}",
            platform="xiaohongshu",
            published_at=start + timedelta(days=n),
            kind=title,
            metrics={"likes": MetricValue(100.0 + 7 * (n % 11))},
        )
        for n in range(count)
    ]
    assistant.store.save_posts(posts, account.id)


def call(session: Session, *arguments: str) -> Result:
    done = CliRunner().invoke(command, arguments, obj=session)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def test_the_demo_is_shown_under_a_notice(session: Session) -> None:
    session.assistant.posts.load_demo()
    shown = call(session).stdout
    assert "都是模拟的" in shown
    assert "两篇里挑对" not in shown
    assert "这里不说准不准" in shown
    assert "做得最好的五篇" in shown
    assert "按星期" in shown


def save_days(assistant: Assistant, account: Account, count: int, clock: str = "") -> None:
    """Imports posts of a WeChat account as its back end writes them; titles say nothing of figures."""
    draw = random.Random(5)
    start = datetime(2024, 1, 1, tzinfo=UTC)
    days = [f"{start + timedelta(days=n // 2):%Y-%m-%d}{clock}" for n in range(count)]
    rows = [f"园艺第{n}则,{day},{draw.randint(200, 2000)}" for n, day in enumerate(days)]
    data = "\n".join(["标题,发布时间,阅读量", *rows]).encode()
    preview = assistant.posts.preview_import("posts.csv", data, platform="wechat")
    assistant.posts.save_import(preview, account, "wechat")


def test_posts_that_tell_nothing_have_a_record_of_a_coin(session: Session) -> None:
    account = session.assistant.posts.add_account("我的")
    save_days(session.assistant, account, 838)
    shown = call(session).stdout
    assert "还不够（" not in shown
    record = json.loads(call(session, "--format", "json").stdout)["records"][0]
    assert record["untested"] == ""
    assert 200 < record["tested"] < 300
    right = record["pairs_right"]
    assert 0.4 < right["value"] < 0.6  # titles that say nothing of figures


def test_days_without_a_time_have_no_hour(session: Session) -> None:
    account = session.assistant.posts.add_account("我的")
    save_days(session.assistant, account, 60)
    shown = call(session).stdout
    assert "按星期" in shown
    assert "按发布时段" not in shown
    assert "0–6 点" not in shown


def test_posts_with_a_time_are_grouped_by_hour(session: Session) -> None:
    account = session.assistant.posts.add_account("我的")
    save_days(session.assistant, account, 60, " 00:30")
    assert "0–6 点" in call(session).stdout


def test_few_posts_are_said_to_be_few(session: Session) -> None:
    account = session.assistant.posts.add_account("小账号")
    save_posts(session.assistant, account, 8)
    shown = call(session).stdout
    assert "至少要 34 篇" in shown
    assert "还不够多" in shown
    assert "模拟" not in shown


def test_accounts_are_never_mixed(session: Session) -> None:
    own = session.assistant.posts.add_account("我的")
    followed = session.assistant.posts.add_account("别人的", "followed")
    save_posts(session.assistant, own, 30, "我写的")
    save_posts(session.assistant, followed, 30, "别人写的")
    mine = call(session, "-a", "我的").stdout
    theirs = call(session, "-a", "别人的").stdout
    assert "别人写的" not in mine
    assert "我写的" not in theirs
    assert "对标账号「别人的」" in theirs
    assert "不混在一起" in theirs


def test_json_tells_what_was_measured(session: Session) -> None:
    account = session.assistant.posts.add_account("我的")
    save_posts(session.assistant, account, 60)
    loaded = json.loads(call(session, "--format", "json").stdout)
    assert loaded["schema"] == "copyassist.record/1"
    record = loaded["records"][0]
    assert record["account"] == "我的"
    assert record["demo"] is False
    assert record["tested"] == sum(one["posts"] for one in record["bins"])
    right = record["pairs_right"]
    assert right["low"] <= right["value"] <= right["high"]
    assert 0 <= record["coverage"] <= 1
    assert record["newest"][0]["title"] == "阳台59"


def test_the_page_stands_alone_and_escapes(session: Session, tmp_path: Path) -> None:
    account = session.assistant.posts.add_account(HOSTILE[:30])
    save_posts(
        session.assistant,
        account,
        60,
        "阳台上的小花园怎么布置才好看又省心，租房也能照着做" + HOSTILE,
    )
    path = tmp_path / "record.html"
    done = call(session, "-a", account.name, "--format", "html", "-o", str(path))
    assert str(path) in done.stderr
    page = path.read_text("utf-8")
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page
    assert "<svg" in page
    assert "prefers-color-scheme:dark" in page
    assert not re.search(r"https?://|src=[\"']|url\(|@import|<link", page)


def test_the_page_speaks_both_languages(session: Session) -> None:
    session.assistant.posts.load_demo()
    account = session.assistant.posts.accounts()[0]
    records = session.assistant.posts.records(account)
    assert len(records) == 2
    zh, en = write_page("zh", records), write_page("en", records)
    assert 'lang="zh-CN"' in zh
    assert "评分准不准" in zh
    assert "How good the score was" in en
    assert "simulated" in en


def test_nothing_to_look_back_on(session: Session) -> None:
    session.assistant.posts.add_account("空的")
    done = call(session)
    assert done.exit_code == 0
    assert "没有可以复盘的作品" in done.stderr
    assert json.loads(call(session, "--format", "json").stdout)["records"] == []


def test_an_unwritable_file_is_told(session: Session, tmp_path: Path) -> None:
    session.assistant.posts.load_demo()
    path = str(tmp_path / "no" / "such" / "folder.html")
    done = CliRunner().invoke(command, ["--format", "html", "-o", path], obj=session)
    assert getattr(done.exception, "code", "") == "file_unwritable"


def test_only_the_newest_of_many_posts_are_looked_at(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("copyassist.posts.shelf.RECORD_POSTS", 40)
    account = session.assistant.posts.add_account("我的")
    save_posts(session.assistant, account, 60)
    record = session.assistant.posts.record(account, "xiaohongshu")
    assert record.left_out == 20
    assert "只看最近 40 篇" in call(session).stdout
