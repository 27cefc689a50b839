"""collect, sources and history as a user calls them."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.news.sources.shapes import FEED
from tests.news.sources.site import Reply, Site, serve


@pytest.fixture
def site() -> Iterator[Site]:
    with serve() as running:
        running.routes["/rss"] = Reply(FEED)
        yield running


def environment(home: Path) -> dict[str, str]:
    kept = {
        name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")
    }
    return {
        **kept,
        "COPYASSIST_HOME": str(home),
        "PYTHONIOENCODING": "utf-8",
        "PYTHONPATH": str(Path.cwd()),
    }


def run(*arguments: str, home: Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "copyassist", *arguments],
        input=stdin,
        env=environment(home),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def add_feed(site: Site, home: Path) -> str:
    run("sources", "allow", "127.0.0.1", home=home)
    done = run("sources", "add", site.url("/rss"), "--name", "某源", home=home)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()[1].split("（")[0]


def test_collect_once(site: Site, home: Path) -> None:
    name = add_feed(site, home)
    first = run("collect", "--once", name, home=home)
    assert first.returncode == 0, first.stderr
    assert "某源：2 条" in first.stderr
    assert first.stdout == "采集完成：1 个正常，0 个失败，0 个跳过，共 2 条\n"
    again = run("--lang", "en", "collect", name, home=home)
    assert "not due" in again.stderr
    assert len(site.asked) == 1
    forced = run("--lang", "en", "collect", "--force", name, home=home)
    assert "unchanged" in forced.stderr


def test_failure_is_told_with_its_reason(site: Site, home: Path) -> None:
    name = add_feed(site, home)
    site.routes["/rss"] = Reply(b"<!DOCTYPE html><html>blocked</html>")
    done = run("collect", name, home=home)
    assert done.returncode == 1
    assert "返回的内容变了样：应有 RSS | Atom | JSON Feed，实际是 'blocked'" in done.stderr
    listed = run("sources", home=home)
    line = next(line for line in listed.stdout.splitlines() if line.startswith(name))
    assert "还没有成功过" in line
    assert "返回的内容变了样" in line
    assert "后再试" in line


def test_nothing_but_the_lines_on_standard_error(site: Site, home: Path) -> None:
    name = add_feed(site, home)
    replies = iter([Reply(status=502), Reply(FEED)])
    site.routes["/rss"] = lambda asked: next(replies)
    assert run("collect", name, home=home).stderr == "✓ 某源：2 条\n"
    assert len(site.asked) == 2


def test_collect_every_until_stopped(site: Site, home: Path) -> None:
    name = add_feed(site, home)
    child = subprocess.Popen(
        [sys.executable, "-m", "copyassist", "collect", "--every", "10m", name],
        env=environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    )
    assert child.stdout is not None
    with child.stdout:
        assert child.stdout.readline().startswith("采集完成：1 个正常")
        child.send_signal(signal.SIGTERM)
        assert child.wait(timeout=60) == 0


def test_interrupted_collection_gives_its_sources_back(site: Site, home: Path) -> None:
    name = add_feed(site, home)
    site.routes["/rss"] = Reply(slow=True)
    child = subprocess.Popen(
        [sys.executable, "-m", "copyassist", "collect", name],
        env=environment(home),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        # A runner in the background hands its ignored signal on: here it is a user's terminal.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert site.arrived.wait(60)
    child.send_signal(signal.SIGINT)
    assert child.wait(timeout=60) == 130
    site.routes["/rss"] = Reply(FEED)
    assert "1 个正常" in run("collect", name, home=home).stdout


def test_list_says_what_is_known_of_each_shape(home: Path) -> None:
    listed = run("sources", "--all", home=home).stdout
    assert "weibo　微博热搜　实测过 · 还没有采集过" in listed
    assert "douyin　抖音热榜　未经实测" in listed
    assert "csdn　CSDN 热榜　格式是猜的 · 未启用" in listed
    assert "小红书：" in listed
    as_json = json.loads(run("sources", "--all", "--format", "json", home=home).stdout)
    assert {line["shape"] for line in as_json} == {"recorded", "documented", "unseen"}
    assert {line["source"] for line in as_json if not line["enabled"]} == {
        line["source"] for line in as_json if line["shape"] == "unseen"
    }


def test_choices(home: Path) -> None:
    run("sources", "enable", "csdn", home=home)
    run("sources", "disable", "weibo", home=home)
    lines = json.loads(run("sources", "--format", "json", home=home).stdout)
    names = {line["source"] for line in lines}
    assert "csdn" in names
    assert "weibo" not in names
    unknown = run("sources", "enable", "nothing", home=home)
    assert unknown.returncode == 2
    assert "没有「nothing」这个来源" in unknown.stderr


def test_aggregators(home: Path) -> None:
    added = run(
        "sources", "add", "https://news.example.com", "weibo", "zhihu", "--as", "newsnow", home=home
    )
    assert "newsnow-weibo" in added.stdout
    assert "newsnow-zhihu" in added.stdout
    nothing = run("sources", "add", "https://news.example.com", "--as", "newsnow", home=home)
    assert nothing.returncode == 2
    bad = run("sources", "add", "file:///etc/passwd", home=home)
    assert bad.returncode == 2
    assert run("sources", "remove", "newsnow-weibo", home=home).returncode == 0
    assert run("sources", "remove", "weibo", home=home).returncode == 2


def test_opml_there_and_back(site: Site, home: Path, tmp_path: Path) -> None:
    name = add_feed(site, home)
    file, other = tmp_path / "feeds.opml", tmp_path / "other"
    assert run("sources", "opml", "export", str(file), home=home).returncode == 0
    done = run("sources", "opml", "import", str(file), home=other)
    assert "添加 1 个订阅源" in done.stdout
    assert name in run("sources", home=other).stdout
    file.write_text("<html/>")
    assert run("sources", "opml", "import", str(file), home=home).returncode == 2


def test_pasted_list(home: Path) -> None:
    done = run("sources", "paste", "xiaohongshu", home=home, stdin="1 秋日穿搭 12万\n2 露营 新\n")
    assert done.stdout == "已存入 xiaohongshu 的榜单，共 2 条\n"
    assert run("sources", "paste", "xiaohongshu", home=home, stdin="\n").returncode == 2


def test_a_list_in_a_gbk_file(home: Path, tmp_path: Path) -> None:
    for name, text in (
        ("榜.txt", "1 秋日穿搭 2千万\n2 露营好去处 新\n"),
        ("榜.csv", "标题,热度\n秋日穿搭,2千万\n"),
    ):
        (tmp_path / name).write_bytes(text.encode("gb18030"))
        assert (
            run("sources", "paste", "xiaohongshu", str(tmp_path / name), home=home).returncode == 0
        )
        shown = run("hot", "-n", "0", "--format", "json", home=home).stdout
        assert "秋日穿搭" in shown
        assert "20000000" in shown


def test_a_list_piped_in_gbk(home: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "copyassist", "sources", "paste", "xiaohongshu"],
        input="1 秋日穿搭 2千万\n2 露营好去处\n".encode("gbk"),
        env=environment(home),
        capture_output=True,
        check=True,
    )
    assert "秋日穿搭" in run("hot", "-n", "0", home=home).stdout


def test_a_file_that_is_no_text_is_named(home: Path, tmp_path: Path) -> None:
    (tmp_path / "榜.txt").write_bytes(bytes(range(256)) * 8)
    done = run("sources", "paste", "xiaohongshu", str(tmp_path / "榜.txt"), home=home)
    assert done.returncode == 2
    assert "不是文本文件" in done.stderr


def test_history(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "weibo" / "2026-06-04"
    folder.mkdir(parents=True)
    (folder / "11.json").write_text(
        '[{"title": "甲", "hot": 12, "category": "社会", "ads": false}]'
    )
    done = run("history", "import", str(tmp_path / "weibo"), home=home)
    assert done.returncode == 0, done.stderr
    assert "新增 1 份榜单" in done.stdout
    assert "新增 0 份榜单" in run("history", "import", str(folder), home=home).stdout
    assert run("history", "import", str(tmp_path / "no"), home=home).returncode == 2
    assert "已删除 1 次" in run("history", "forget", "--older-than", "1d", home=home).stdout
