"""What leaves through the terminal: nothing steers it, whatever was imported, fetched or typed."""

import ast
import io
import json
import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from copyassist.cli import main
from copyassist.commands import COMMANDS
from copyassist.commands.console import show_text
from copyassist.home import SOURCES, SUBSCRIPTIONS
from copyassist.store import Store
from copyassist.streams import tame, tame_json
from copyassist.types import MetricValue, Post
from copyassist.types.news import HotItem, Poll, PollOutcome

PACKAGE = Path(__file__).parents[2] / "copyassist"
WAY_OUT = "console.py"
# Colour, window title, bell, a C1 control, every direction mark, a carriage return.
MARKS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
EVIL = f"坏\x1b[31m题\x1b]0;owned\x07\x9b2J\x85\x08\x7f{MARKS}\r尾"
ACCOUNT = " ".join(EVIL.split())  # the name that it is kept under
STEERING = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f{MARKS}]|\r(?!\n)")
FEED = f"""
[[source]]
id = "evil"
name_zh = {json.dumps(EVIL)}
url = "http://127.0.0.1:9/list"
rows = "data"
fields = {{ title = "t" }}
"""


# --- the one way ---------------------------------------------------------------------------------


SAYING = [
    "echo",
    "secho",
    "style",
    "confirm",
    "prompt",
    "pause",
    "echo_via_pager",
    "progressbar",
    "version_option",
]
OTHER_WAYS = (
    *(f"click.{name}" for name in SAYING),
    *("print", "Console", "error.show", "rich.print", "rich.console"),
    *(f"sys.{stream}.{name}" for stream in ("stdout", "stderr") for name in ("write", "buffer")),
)


def find_other_ways(path: Path) -> Iterator[str]:
    """What a file names that writes on a stream without taming what is written."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            named = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (
                way for way in OTHER_WAYS for name in named if f"{name}.".startswith(f"{way}.")
            )
        elif isinstance(node, ast.Name | ast.Attribute) and ast.unparse(node) in OTHER_WAYS:
            yield ast.unparse(node)


@pytest.mark.parametrize(
    "path",
    [*sorted((PACKAGE / "commands").glob("*.py")), PACKAGE / "cli.py"],
    ids=lambda path: path.name,
)
def test_there_is_one_way_to_the_terminal(path: Path) -> None:
    found = set(find_other_ways(path))
    assert found == set() if path.name != WAY_OUT else found


def test_the_other_ways_would_be_found(tmp_path: Path) -> None:
    path = tmp_path / "bad.py"
    path.write_text("import click\nclick.echo(1)\nprint(1)\nsys.stdout.write('')\nerror.show()\n"
                    "from click import secho\nfrom rich.console import Console\n")  # fmt: skip
    found = {"click.echo", "print", "sys.stdout.write", "error.show", "click.secho", "rich.console"}
    assert set(find_other_ways(path)) == found


# --- taming --------------------------------------------------------------------------------------


def test_line_breaks_and_tabs_stay() -> None:
    assert tame("甲\t乙\r\n丙\n") == "甲\t乙\r\n丙\n"
    assert tame("表情👨‍👩‍👧和é") == "表情👨‍👩‍👧和é"


@pytest.mark.parametrize(("text", "shown"), [
    ("a\x1b[31mb", "a [31mb"), ("a\x07\x1b\x9bb", "a b"), ("a\rb", "a b"), ("a\r\r\nb", "a \r\nb"),
    ("a\u202eb\u2066c", "abc"), ("a\ud800b", "a\ufffdb"), ("a\u2028b", "a b"),
])  # fmt: skip
def test_what_steers_goes(text: str, shown: str) -> None:
    assert tame(text) == shown


def test_a_cell_is_one_line() -> None:
    assert show_text(" 甲\r\n乙\t丙\n") == "甲 乙 丙"
    assert not STEERING.search(show_text(EVIL))


def test_json_keeps_its_meaning() -> None:
    document = {"title": EVIL + "\ud800\U0001f600"}
    tamed = tame_json(json.dumps(document, ensure_ascii=False))
    assert json.loads(tamed) == document
    assert not STEERING.search(tamed)
    assert "\U0001f600" in tamed


# --- every command -------------------------------------------------------------------------------


@pytest.fixture
def evil(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home and a folder whose accounts, posts, lists, sources and files are all hostile."""
    monkeypatch.chdir(tmp_path)
    home.mkdir()
    SOURCES.place(home).write_text(FEED.replace("\\u007f", "\\u007F"), "utf-8")
    SUBSCRIPTIONS.place(home).write_text("[组]\n高考\n", "utf-8")
    when = datetime(2026, 5, 1, tzinfo=UTC)
    posts = [
        Post(
            title=f"{EVIL}{number}", platform="xiaohongshu", published_at=when, kind=EVIL,
            metrics={"views": MetricValue(100.0 + number)}, platform_post_id=f"p{number}",
        )
        for number in range(40)
    ]  # fmt: skip
    with Store.open(home / "copyassist.db") as store:
        store.save_posts(posts, store.add_account(EVIL, "own").id)
        poll = Poll(source="evil", seen_at=datetime.now(UTC), outcome=PollOutcome.GOOD, rows=1)
        items = [HotItem(source="evil", title=f"高考{EVIL}", rank=1, seen_at=poll.seen_at,
                         description=EVIL, category=EVIL, heat_text=EVIL, label=EVIL,
                         url="https://a.cn/1")]  # fmt: skip
        store.hot.save_poll(poll, items)
    return home


# Windows takes no such name for a file.
NAME = EVIL if os.name == "posix" else "坏"
TABLE = f"标题,发布时间,阅读量,{EVIL}\n甲{EVIL},2026-05-01,很多{EVIL}\n乙{EVIL},坏{EVIL},1\n丙,2026-05-02,3\n"

CALLS: dict[str, Sequence[Sequence[str]]] = {
    "score": [
        ["score", EVIL, f"国家级{EVIL}最好", "-a", ACCOUNT],
        ["score", EVIL, "-a", ACCOUNT, "--format", "json"],
        ["score", "-"],
        ["score", "甲", "--body", NAME],
        ["score", "甲", "-a", f"无{EVIL}"],
        ["score", "甲", "-p", EVIL],
        ["score", "甲", "--fact", f"{EVIL}={EVIL}"],
        ["score", "甲", "--context", EVIL],
    ],
    "batch": [["batch", f"{NAME}.csv"], ["batch", f"无{NAME}.csv"], ["batch", f"{NAME}.{NAME}"]],
    "import": [
        ["import", f"{NAME}.csv", "-a", ACCOUNT, "-p", "xiaohongshu"],
        ["import", f"{NAME}.csv", "-a", f"新{EVIL}", "-p", EVIL],
        ["import", f"无{NAME}.csv", "-a", ACCOUNT],
        ["import", "-", "-a", f"新{EVIL}", "-p", "xiaohongshu"],
        ["import", f"{NAME}.csv", "--map", f"title={EVIL}"],
    ],
    "imports": [["imports"], ["imports", "undo", "1"], ["imports", "-a", f"无{EVIL}"]],
    "posts": [
        ["posts", "-a", ACCOUNT],
        ["posts", "-a", ACCOUNT, "-n", "2"],
        ["posts", "edit", "1", "--title", EVIL],
        ["posts", "edit", "1", "--time", EVIL],
        ["posts", "delete", "1", EVIL],
    ],
    "evaluate": [
        ["evaluate", "-a", ACCOUNT],
        ["evaluate", "-a", ACCOUNT, "--format", "json"],
        ["evaluate", "-a", ACCOUNT, "--format", "html"],
        ["evaluate", "-a", ACCOUNT, "-o", f"{NAME}.html"],
    ],
    "accounts": [
        ["accounts"],
        ["accounts", "add", f"新{EVIL}"],
        ["accounts", "rename", ACCOUNT, f"新{EVIL}"],
        ["accounts", "default", ACCOUNT],
        ["accounts", "export", ACCOUNT, f"{NAME}.json"],
        ["accounts", "export", ACCOUNT, f"{NAME}.csv"],
        ["accounts", "delete", ACCOUNT],
        ["accounts", "delete", ACCOUNT, "--yes"],
    ],
    "platforms": [["platforms", EVIL], ["platforms", "weibo"], ["platforms", "weibo", "--copy"]],
    "hot": [
        *(["hot", "--format", form] for form in ("text", "json", "md", "html", "csv", "rss")),
        ["hot", "report"],
        ["hot", "report", "-o", f"{NAME}.txt"],
        ["hot", "-o", f"{NAME}.md"],
        ["hot", "--group", EVIL],
        ["hot", "--since", EVIL],
    ],
    "collect": [["collect", EVIL], ["collect", "evil"], ["collect", "--every", EVIL]],
    "sources": [
        ["sources"],
        ["sources", "--format", "json"],
        ["sources", "enable", EVIL],
        ["sources", "disable", "evil"],
        ["sources", "add", EVIL],
        ["sources", "add", "https://a.cn/f", "--name", EVIL],
        ["sources", "add", "https://a.cn", EVIL, "--as", "newsnow"],
        ["sources", "allow", EVIL],
        ["sources", "accept", EVIL],
        ["sources", "paste", EVIL],
        ["sources", "paste", "wechat", f"{NAME}.csv"],
        ["sources", "opml", "import", f"{NAME}.csv"],
        ["sources", "opml", "export", f"{NAME}.opml"],
    ],
    "history": [["history", "import", f"{NAME}.csv"], ["history", "forget", "--older-than", EVIL]],
    "ui": [["ui", "--port", EVIL], ["ui", EVIL]],
    "demo": [["demo"], ["demo", EVIL]],
    "backup": [["backup", f"{NAME}.zip"], ["backup", f"{NAME}.csv"]],
    "restore": [["restore", f"{NAME}.csv", "--yes"], ["restore", f"无{NAME}", "--yes"]],
    "where": [["where"]],
    "check": [
        *(
            ["check", f"{NAME}.csv", "--format", form]
            for form in ("text", "json", "jsonl", "sarif")
        ),
        ["check", "-"],
        ["check", f"{NAME}.csv", "-o", f"{NAME}.html"],
        ["check", f"无{NAME}"],
        ["check", "-", "--packs", EVIL],
        ["check", "-", "--form", EVIL],
    ],
    "packs": [["packs"], ["packs", "on", EVIL], ["packs", "add", f"{NAME}.csv", "--name", EVIL]],
    "allow": [["allow"], ["allow", EVIL, "--reason", EVIL], ["allow", EVIL, "--undo"]],
    "rewrite": [
        ["rewrite", f"震惊{EVIL}，阳台种菜的5个方法"],
        ["rewrite", EVIL, "--body", f"{NAME}.csv"],
        ["rewrite", f"阳台{EVIL}", "--format", "json"],
    ],
    "keywords": [
        ["keywords", "-"],
        ["keywords", f"{NAME}.csv", "--lines", "--format", "json"],
        ["keywords", f"无{NAME}"],
        ["keywords", "-", "--corpus", f"无{NAME}"],
    ],
    "dup": [
        ["dup", f"{NAME}.csv", "--within"],
        ["dup", "-", "--passages"],
        ["dup", f"{NAME}.csv", "--against", EVIL],
        ["dup", f"{NAME}.csv", "--format", "json"],
    ],
    "corpus": [
        ["corpus", "add", EVIL, f"{NAME}.csv"],
        ["corpus", "list"],
        ["corpus", "remove", EVIL, "--yes"],
    ],
    "doctor": [["doctor"], ["doctor", "--format", "json"], ["doctor", EVIL]],
    EVIL: [[EVIL], [f"--{EVIL}"], ["--lang", EVIL], ["--help"], ["--version"]],
}


def test_every_command_is_called() -> None:
    assert set(CALLS) - {EVIL} == set(COMMANDS)


@pytest.mark.parametrize(
    "arguments",
    [call for calls in CALLS.values() for call in calls],
    ids=lambda call: ascii(" ".join(call))[:40],
)
def test_no_command_lets_anybody_steer_the_terminal(
    arguments: Sequence[str],
    evil: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    said: Callable[..., tuple[int, str]],
) -> None:
    (tmp_path / f"{NAME}.csv").write_text(TABLE, "utf-8", newline="")
    if arguments == ["imports", "undo", "1"]:
        said("import", f"{NAME}.csv", "-a", ACCOUNT, "-p", "xiaohongshu")
    if arguments == ["where"]:
        monkeypatch.setenv("COPYASSIST_HOME", str(tmp_path / NAME))
    for language in ("zh", "en"):
        _, text = said("--lang", language, *arguments, stdin=f"甲{EVIL}\n{TABLE}".encode())
        assert STEERING.search(text) is None, ascii(text)


@pytest.fixture
def said(
    capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., tuple[int, str]]:
    """Calls the program as a user does; gives its exit code and all that it said."""

    def call(*arguments: str, stdin: bytes = b"") -> tuple[int, str]:
        given = io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8")
        monkeypatch.setattr(sys, "stdin", given)
        with pytest.raises(SystemExit) as stopped:
            main(arguments)
        out, err = capfdbinary.readouterr()
        return int(stopped.value.code or 0), (out + err).decode()

    return call


def test_the_hostile_texts_are_really_shown(
    evil: Path, said: Callable[..., tuple[int, str]]
) -> None:
    for call in (["score", EVIL], ["posts", "-a", ACCOUNT], ["accounts"], ["hot"], ["sources"]):
        code, text = said(*call)
        assert (code, "owned" in text) == (0, True), text


def test_a_pasted_key_is_not_shown_with_click_s_own_mistakes(
    home: Path, said: Callable[..., tuple[int, str]]
) -> None:
    code, text = said("where", "https://me:s3cret@a.cn/feed?token=t0psecret")
    assert code == 2
    assert "s3cret" not in text
    assert "t0psecret" not in text
    assert "a.cn/feed" in text
