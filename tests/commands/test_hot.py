"""`copyassist hot`, as a user calls it."""

import json
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import feedparser
import jsonschema
import pytest
from click.testing import CliRunner, Result

from copyassist.assistant import Assistant
from copyassist.cli import cli
from copyassist.commands import Session
from copyassist.errors import CopyAssistError
from copyassist.resources import find_asset
from copyassist.settings import load_settings
from tests.news.board.lists import EVENT, OTHERS, now, save_list, save_morning


@pytest.fixture
def assistant(home: Path) -> Iterator[Assistant]:
    opened = Assistant(load_settings())
    yield opened
    opened.store.close()


def run(*arguments: str) -> Result:
    done = CliRunner().invoke(cli, list(arguments), obj=Session())
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def test_nothing_seen_says_what_to_do(assistant: Assistant) -> None:
    said = run("hot").output
    assert "还没有看到过任何榜单" in said
    assert "copyassist collect" in said


@pytest.mark.parametrize(("language", "word"), [("zh", "上升"), ("en", "rising")])
def test_text(assistant: Assistant, language: str, word: str) -> None:
    save_morning(assistant.store, now())
    said = run("--lang", language, "hot").output
    assert word in said
    assert sum(said.count(title) for title in EVENT) == 1
    assert "过期" not in said


@pytest.fixture(params=["UTC", "America/New_York"])
def _machine_zone(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """The machine is in another zone than its user."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", request.param)
        getattr(time, "tzset", lambda: None)()
        yield
    getattr(time, "tzset", lambda: None)()


@pytest.mark.usefixtures("_machine_zone")
@pytest.mark.parametrize(
    ("zone", "hours", "name"),
    [
        ("", 8, "UTC+8"),
        ("UTC", 0, "UTC"),
        ("Asia/Tokyo", 9, "UTC+9"),
        ("Asia/Kolkata", 5.5, "UTC+5:30"),
    ],
)
@pytest.mark.parametrize("command", [["hot"], ["hot", "report"], ["hot", "--format", "html"]])
def test_every_output_is_in_the_zone_of_the_settings_and_names_it(
    assistant: Assistant,
    monkeypatch: pytest.MonkeyPatch,
    command: list[str],
    zone: str,
    hours: float,
    name: str,
) -> None:
    monkeypatch.setenv("COPYASSIST_TIMEZONE", zone)
    save_morning(assistant.store, now())
    moment = assistant.news.topics.board().moment
    assert moment is not None
    shown = f"{moment + timedelta(hours=hours):%Y-%m-%d %H:%M} {name}"
    assert shown in run(*command).output.replace("\\", "")


@pytest.mark.usefixtures("_machine_zone")
def test_a_moment_is_read_in_the_zone_of_the_settings(assistant: Assistant) -> None:
    save_morning(assistant.store, now())
    later = now() + timedelta(minutes=1)
    asked = f"{later + timedelta(hours=8):%Y-%m-%dT%H:%M:%S}"
    for at in (asked, f"{asked}+08:00", f"{later:%Y-%m-%dT%H:%M:%S}Z"):
        document = json.loads(run("hot", "--format", "json", "--at", at).output)
        assert document["now"] == f"{later:%Y-%m-%dT%H:%M:%S}+00:00"


def test_old_lists_are_told_as_such(assistant: Assistant) -> None:
    save_morning(assistant.store, now() - timedelta(days=3))
    assert run("hot").output.startswith("【数据已过期】")
    assert run("--lang", "en", "hot").output.startswith("[OUT OF DATE]")


def test_json_on_standard_output(assistant: Assistant) -> None:
    save_morning(assistant.store, now())
    document = json.loads(run("hot", "--format", "json").output)
    jsonschema.validate(document, json.loads(find_asset("hot.schema.json").read_text("utf-8")))
    assert len(document["topics"]) == 1 + len(OTHERS)
    fewer = json.loads(run("hot", "--format", "json", "-n", "2", "-p", "微博热搜").output)
    assert len(fewer["topics"]) == 2


def test_since_asks_for_what_appeared(assistant: Assistant) -> None:
    save_morning(assistant.store, now() - timedelta(minutes=90))
    save_list(assistant.store, "weibo", now(), [*OTHERS, "刚刚出现的话题"])
    found = json.loads(run("hot", "--format", "json", "--since", "1h").output)["topics"]
    assert [topic["title"] for topic in found] == ["刚刚出现的话题"]
    day = (now() - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%S+00:00")
    assert len(json.loads(run("hot", "--format", "json", "--since", day).output)["topics"]) > 5


@pytest.mark.parametrize("name", ["a.json", "a.csv", "a.md", "a.html", "a.xml", "a.txt"])
def test_the_files_name_tells_the_form(assistant: Assistant, tmp_path: Path, name: str) -> None:
    save_morning(assistant.store, now())
    path = tmp_path / name
    done = run("hot", "-o", str(path))
    assert done.exit_code == 0
    starts = {
        ".json": b"{", ".csv": b"\xef\xbb\xbf", ".md": b"# ", ".html": b"<!doctype html>",
        ".xml": b"<?xml", ".txt": b"20",
    }  # fmt: skip
    assert path.read_bytes().startswith(starts[path.suffix])
    assert list(tmp_path.glob("*.new")) == []


def test_a_feed_of_my_topics(assistant: Assistant, tmp_path: Path) -> None:
    save_morning(assistant.store, now())
    path = tmp_path / "my.feed"
    run("hot", "--format", "rss", "-o", str(path))
    assert len(feedparser.parse(path.read_bytes()).entries) == 1 + len(OTHERS)


@pytest.mark.parametrize("name", ["day.md", "day.html"])
def test_the_daily_report_has_what_left_the_lists_too(
    assistant: Assistant, tmp_path: Path, name: str
) -> None:
    save_list(assistant.store, "weibo", now() - timedelta(hours=20), ["昨晚上过榜的话题"])
    save_morning(assistant.store, now())
    path = tmp_path / name
    assert run("hot", "report", "-o", str(path)).exit_code == 0
    written = path.read_text("utf-8")
    assert "昨晚上过榜的话题" in written
    assert "已经下榜" in written


def test_a_bad_line_of_the_subscriptions_is_told_and_left_out(assistant: Assistant) -> None:
    save_morning(assistant.store, now())
    (assistant.settings.home / "subscriptions.txt").write_text(
        f"[x]\n/(/\n/{EVENT[0][:4]}/\n", "utf-8"
    )
    for command in (["hot", "--mine"], ["hot", "report"]):
        done = run(*command)
        assert "第 2 行" in done.stderr
        assert "订阅：x" in done.stdout.replace("\\", "")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["-p", "没有这个平台"], "unknown_list"),
        (["--group", "没有"], "unknown_group"),
        (["--relevant-to", "没有"], "unknown_account"),
        (["report", "-o", "day.docx"], "report_form"),
        (["-o", "no/such/folder/a.md"], "file_unwritable"),
    ],
)
def test_mistakes_are_named(assistant: Assistant, arguments: list[str], code: str) -> None:
    save_morning(assistant.store, now())
    done = CliRunner().invoke(cli, ["hot", *arguments], obj=Session())
    assert isinstance(done.exception, CopyAssistError)
    assert done.exception.code == code


def test_a_moment_that_is_none(assistant: Assistant) -> None:
    assert run("hot", "--since", "2026-99-99").exit_code == 2
    assert run("hot", "--since", "soon").exit_code == 2
