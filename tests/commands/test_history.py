"""`copyassist history import`: every file that can be read is, and each other is named."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from copyassist.assistant import Assistant
from copyassist.cli import cli
from copyassist.commands import Session
from copyassist.news.sources.aggregators import make_table
from copyassist.news.sources.own import load_own, save_own
from copyassist.settings import load_settings

DAY = json.dumps([{"title": "甲", "url": "https://a.cn/1"}])


@pytest.fixture
def folder(tmp_path: Path, home: Path) -> Path:
    place = tmp_path / "archives"
    place.mkdir()
    for name, text in (
        ("weibo-2026-06-01.json", DAY),
        ("weibo-2026-06-02.json", "{"),
        ("nobody-2026-06-03.json", DAY),
        ("weibo.json", DAY),
        ("zhihu-2026-06-04.json", DAY),
        ("zz.csv", "a,b\n1,2\n"),
    ):
        (place / name).write_text(text, "utf-8")
    return place


def run(*arguments: str) -> Result:
    return CliRunner().invoke(
        cli, ["history", "import", *arguments], obj=Session(), standalone_mode=False
    )


def test_a_file_that_cannot_be_read_does_not_stop_the_others(folder: Path) -> None:
    done = run(str(folder / "missing.csv"), str(folder), str(folder / "zhihu-2026-06-04.json"))
    assert done.return_value == 2
    assert [line.split(" → ")[0] for line in done.stdout.splitlines()[:-1]] == [
        "weibo-2026-06-01.json",
        "zhihu-2026-06-04.json",
    ]
    assert "2 个文件" in done.stdout.splitlines()[-1]
    *told, last = done.stderr.splitlines()
    names = ("missing.csv", "nobody-", "weibo-2026-06-02", "weibo.json", "zz.csv")
    assert [any(name in line for line in told) for name in names] == [True] * 5
    assert len(told) == 5
    assert "5 个" in last
    news = Assistant(load_settings()).news
    assert not any(news.store.latest().values())  # a day is no look


def test_a_file_that_adds_nothing_says_why(folder: Path) -> None:
    hour = folder / "weibo" / "2026-06-01"
    hour.mkdir(parents=True)
    (hour / "10.json").write_text(DAY, "utf-8")
    assert "其中新的 1 份" in run(str(hour / "10.json")).stdout
    assert "都已经有了" in run(str(hour / "10.json")).stdout
    (hour / "11.json").write_text("[]", "utf-8")
    assert "里面没有榜单" in run(str(hour / "11.json")).stdout
    assert "不算看过一次榜单" in run(str(folder / "weibo-2026-06-01.json")).stdout


def test_all_well(folder: Path) -> None:
    done = run(str(folder / "weibo-2026-06-01.json"))
    assert (done.return_value, done.stderr) == (0, "")


def test_an_archive_of_a_list_of_ones_own(folder: Path, home: Path) -> None:
    table = {**make_table("newsnow", "https://a.cn", "weibo"), "id": "weibo-hot-words"}
    save_own(load_own(home).add(table))
    (folder / "weibo-hot-words_2026-06-05.json").write_text(DAY, "utf-8")
    done = run(str(folder / "weibo-hot-words_2026-06-05.json"))
    assert "→ weibo-hot-words" in done.stdout
