"""`copyassist sources add`, as a user calls it."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from copyassist.cli import cli
from copyassist.commands import Session
from copyassist.news.sources.own import load_own


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["sources", *arguments], obj=Session())


def test_one_list_of_two_instances_is_two_sources(home: Path) -> None:
    for host in ("a.cn", "b.cn", "b.cn"):
        assert run("add", f"https://{host}", "weibo", "--as", "newsnow").exit_code == 0
    ids = [(table["id"], table["name_zh"]) for table in load_own(home).tables]
    assert ids == [("newsnow-weibo", "weibo（newsnow）"), ("newsnow-weibo-2", "weibo（newsnow） 2")]


def test_a_ranked_route_with_a_query_is_a_list_and_its_key_is_not_shown(home: Path) -> None:
    said = run("add", "https://a.cn", "weibo/search/hot?limit=20&key=GEHEIM", "--as", "rsshub")
    (table,) = load_own(home).tables
    assert (table["kind"], table["platform"]) == ("list", "weibo")
    assert table["url"].endswith("key=GEHEIM")
    shown = [said.output, run("--format", "json").output, run().output]
    target = home / "feeds.opml"
    run("opml", "export", str(target))
    assert [text.count("GEHEIM") for text in (*shown, target.read_text("utf-8"))] == [0] * 4


def test_every_wish_is_kept(home: Path) -> None:
    options = ["--name", "烘焙", "--every", "2h", "--account", "小灶台", "--max-mb", "16.5"]
    assert run("add", "https://a.cn/rss", *options).exit_code == 0
    (table,) = load_own(home).tables
    assert [table[key] for key in ("name_zh", "minutes", "account", "max_mb")] == [
        *("烘焙", 120.0, "小灶台", 16.5)
    ]
    (way,) = load_own(home).find(table["id"]).ways
    assert way.max_bytes == 16.5 * 2**20


@pytest.mark.parametrize("size", ["0", "-1", "65", "much"])
def test_a_size_that_is_none(home: Path, size: str) -> None:
    assert run("add", "https://a.cn/rss", "--max-mb", size).exit_code == 2
