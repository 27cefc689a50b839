"""`copyassist dup` and `copyassist corpus`, as a user calls them."""

import json
from pathlib import Path
from typing import NamedTuple

import click
import pytest
from click.testing import CliRunner

from copyassist.cli import cli
from copyassist.commands import Session
from copyassist.errors import CopyAssistError

TITLES = (
    "三百块改造出租屋，房东都想涨价\n减脂期的早餐怎么吃\n震惊！三百块改造出租屋，房东都想涨价\n"
)
BODY = "窗台上的薄荷又长高了两寸，剪下来的枝条插在水杯里，三天就冒出了白色的根，这比买花便宜得多。"


class Done(NamedTuple):
    output: str
    exit_code: int


def run(*arguments: str, stdin: str = "") -> Done:
    done = CliRunner().invoke(
        cli, list(arguments), obj=Session(), input=stdin, standalone_mode=False
    )
    if done.exception is None:
        return Done(done.output, done.return_value or 0)
    assert isinstance(done.exception, CopyAssistError | click.ClickException), done.exception
    return Done(done.output, done.exception.exit_code)


@pytest.fixture
def files(home: Path, tmp_path: Path) -> Path:
    (tmp_path / "t.txt").write_text(TITLES, "utf-8")
    (tmp_path / "a.md").write_text(f"# 薄荷怎么养\n\n{BODY}", "utf-8")
    return tmp_path


def test_repeats_within_a_file(files: Path) -> None:
    said = run("dup", str(files / "t.txt"), "--within").output
    assert "3 个标题里有 1 组重复，多出 1 个" in said
    document = json.loads(run("dup", str(files / "t.txt"), "--within", "--format", "json").output)
    assert document["groups"] == [{"representative": 0, "repeats": [2]}]
    lines = run("dup", str(files / "t.txt"), "--within", "--format", "csv").output.splitlines()
    assert lines[1].startswith("1,1,t.txt:1,")


def test_a_text_against_a_corpus(files: Path) -> None:
    assert "新增 1 篇" in run("corpus", "add", "旧文", str(files / "a.md")).output
    assert "旧文" in run("corpus", "list").output
    text = f"新的一篇\n\n今年换了大盆。{BODY[:32]}还想再种一排迷迭香，看看谁先开花。"
    done = run("dup", "-", "--passages", "--fail", stdin=text)
    assert done.exit_code == 1
    assert "原创度" in done.output
    assert BODY[:20] in done.output
    document = json.loads(run("dup", "-", "--passages", "--format", "json", stdin=text).output)
    assert document["version"] == "copyassist.dup/1"
    assert document["texts"][0]["passages"][0]["where"].startswith("旧文")
    assert run("corpus", "remove", "旧文", "--yes").exit_code == 0
    assert run("dup", "-", "--passages", "--fail", stdin=text).exit_code == 0


@pytest.mark.parametrize("text", ["囍", "哈" * 5000, "🔥" * 300, "a1 字 абв " * 50, "", "！！！"])
def test_odd_texts_get_a_clear_answer(home: Path, text: str) -> None:
    for flags in ((), ("--passages",), ("--within",)):
        assert run("dup", "-", *flags, stdin=text).exit_code == 0


def test_a_threshold_decides(files: Path) -> None:
    run("corpus", "add", "旧文", str(files / "t.txt"))
    title = "三百块改造出租屋，房东都想涨价吗"
    assert run("dup", "-", "--fail", "--threshold", "0.3", stdin=title).exit_code == 1
    assert run("dup", "-", "--threshold", "2", stdin=title).exit_code == 2
    assert run("dup", str(files / "none.txt")).exit_code == 2
    assert run("dup", "-", "--against", "没有", stdin=title).exit_code == 2
