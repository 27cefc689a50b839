"""Standard streams that are full, closed or in another encoding: own exit codes, no trace, no loss."""

import csv
import io
import json
import os
import shlex
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from copyassist.news.sources.own import load_own
from copyassist.settings import load_settings
from copyassist.store import Store
from copyassist.types import MetricValue, Post

posix = pytest.mark.skipif(os.name != "posix", reason="streams as POSIX has them")
FULL = Path("/dev/full")
full = pytest.mark.skipif(not FULL.exists(), reason="no /dev/full on this system")
TABLE = "标题,发布时间,阅读量\n一碗热汤面,2026-05-01,100\n早餐,2026-05-02,200\n"
Streams = dict[str, object]


def start(
    *arguments: str, home: Path, encoding: str = "utf-8", **streams: object
) -> subprocess.CompletedProcess[bytes]:
    environment = {
        **os.environ,
        "COPYASSIST_HOME": str(home),
        "COPYASSIST_LANG": "zh",
        "PYTHONIOENCODING": encoding,
        "PYTHONPATH": str(Path.cwd()),
    }
    given = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.run(
        [sys.executable, "-m", "copyassist", *arguments],
        env=environment,
        check=False,
        **{**given, **streams},
    )


def shell(line: str, home: Path) -> subprocess.CompletedProcess[bytes]:
    """A line of the shell; `copyassist` in it is the program under test."""
    environment = {**os.environ, "COPYASSIST_HOME": str(home), "PYTHONPATH": str(Path.cwd())}
    program = f"{shlex.quote(sys.executable)} -m copyassist"
    return subprocess.run(
        ["bash", "-c", line.replace("copyassist ", f"{program} ")],
        env=environment,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )


@pytest.fixture
def filled(home: Path) -> Path:
    """A home with an account, ten posts and an own feed."""
    with Store.open(home / "copyassist.db") as store:
        account = store.add_account("小满", "own")
        store.save_posts(
            [
                Post(
                    title=f"第{number}碗🍜汤面",
                    platform="xiaohongshu",
                    published_at=datetime(2026, 5, number + 1, tzinfo=UTC),
                    metrics={"views": MetricValue(100.0 + number)},
                )
                for number in range(10)
            ],
            account.id,
        )
    (home / "sources.toml").write_text(
        '[[source]]\nid = "mine"\nname_zh = "我的🍜源"\nformat = "feed"\nurl = "https://a.cn/f"\n',
        "utf-8",
    )
    return home


def accounts(home: Path) -> list[str]:
    with Store.open(home / "copyassist.db") as store:
        return [account.name for account in store.accounts()]


def count_posts(home: Path, name: str = "小满") -> int:
    with Store.open(home / "copyassist.db") as store:
        found = next(account for account in store.accounts() if account.name == name)
        return len(store.posts(found.id))


# --- a full disk ---------------------------------------------------------------------------------


READING = (
    ["score", "一碗热汤面"], ["score", "一碗", "--format", "json"], ["posts", "-a", "小满"],
    ["accounts"], ["sources"], ["sources", "--format", "json"], ["hot"], ["hot", "report"],
    ["hot", "--format", "csv"], ["where"], ["platforms"], ["imports"], ["--help"],
    ["score", "--help"], ["--version"], ["evaluate", "-a", "小满"],
)  # fmt: skip


@full
@pytest.mark.parametrize("arguments", READING, ids=" ".join)
def test_a_full_disk_has_its_own_code(arguments: Sequence[str], filled: Path) -> None:
    with FULL.open("wb") as disk:
        done = start(*arguments, home=filled, stdout=disk)
    assert done.returncode == 4
    assert done.stderr.decode().splitlines()[-1].startswith("标准输出所在的磁盘满了")
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr


def restore_from(home: Path, folder: Path) -> list[str]:
    start("backup", str(folder / "all.zip"), home=home)
    start("accounts", "delete", "小满", "--yes", home=home)
    assert accounts(home) == []
    return ["restore", str(folder / "all.zip"), "--yes"]


def import_then_undo(home: Path, folder: Path) -> list[str]:
    done = start("import", str(folder / "新.csv"), "-a", "小满", "-p", "weibo", home=home)
    assert done.returncode == 0
    assert count_posts(home) == 12
    return ["imports", "undo", "2"]  # the posts of the fixture came first


WORK = {
    "import": (
        lambda home, folder: ["import", str(folder / "新.csv"), "-a", "新号", "-p", "weibo"],
        lambda home: count_posts(home, "新号") == 2,
    ),
    "import several": (
        lambda home, folder: ["import", str(folder / "新.csv"), str(folder / "新.csv"),
                              "-a", "小满", "-p", "weibo"],
        lambda home: count_posts(home) == 12,
    ),
    "imports undo": (import_then_undo, lambda home: count_posts(home) == 10),
    "demo": (lambda home, folder: ["demo"], lambda home: len(accounts(home)) == 2),
    "accounts add": (
        lambda home, folder: ["accounts", "add", "新号"],
        lambda home: accounts(home) == ["小满", "新号"],
    ),
    "accounts rename": (
        lambda home, folder: ["accounts", "rename", "小满", "大满"],
        lambda home: accounts(home) == ["大满"],
    ),
    "accounts delete": (
        lambda home, folder: ["accounts", "delete", "小满", "--yes"],
        lambda home: accounts(home) == [],
    ),
    "accounts default": (
        lambda home, folder: ["accounts", "default", "小满"],
        lambda home: load_settings().default_account == "小满",
    ),
    "accounts export": (
        lambda home, folder: ["accounts", "export", "小满", str(folder / "out.json")],
        lambda home: len(json.loads((home.parent / "out.json").read_text("utf-8"))["posts"]) == 10,
    ),
    "posts edit": (
        lambda home, folder: ["posts", "edit", "1", "--title", "改了"],
        lambda home: "改了" in start("posts", "-a", "小满", home=home).stdout.decode(),
    ),
    "posts delete": (
        lambda home, folder: ["posts", "delete", "1", "2", "3"],
        lambda home: count_posts(home) == 7,
    ),
    "sources disable": (
        lambda home, folder: ["sources", "disable", "mine", "weibo"],
        lambda home: load_own(home).disabled == {"mine", "weibo"},
    ),
    "sources enable": (
        lambda home, folder: ["sources", "enable", "csdn"],
        lambda home: load_own(home).enabled == {"csdn"},
    ),
    "sources add": (
        lambda home, folder: ["sources", "add", "https://b.cn", "weibo", "zhihu", "--as", "newsnow"],
        lambda home: len(load_own(home).tables) == 3,
    ),
    "sources remove": (
        lambda home, folder: ["sources", "remove", "mine"],
        lambda home: load_own(home).tables == (),
    ),
    "sources allow": (
        lambda home, folder: ["sources", "allow", "192.168.1.9"],
        lambda home: load_own(home).allowed == ("192.168.1.9",),
    ),
    "sources paste": (
        lambda home, folder: ["sources", "paste", "wechat", str(folder / "榜.txt")],
        lambda home: "油价" in start("hot", home=home).stdout.decode(),
    ),
    "backup": (
        lambda home, folder: ["backup", str(folder / "b.zip")],
        lambda home: (home.parent / "b.zip").stat().st_size > 1000,
    ),
    "restore": (restore_from, lambda home: accounts(home) == ["小满"]),
    "platforms copy": (
        lambda home, folder: ["platforms", "weibo", "--copy"],
        lambda home: (home / "platforms" / "weibo.toml").is_file(),
    ),
    "collect": (
        lambda home, folder: ["collect", "mine"],
        lambda home: "没有成功" in start("sources", home=home).stdout.decode(),
    ),
}  # fmt: skip


@full
@pytest.mark.parametrize("name", WORK)
def test_what_a_full_disk_does_not_take_was_saved(name: str, filled: Path, tmp_path: Path) -> None:
    (tmp_path / "新.csv").write_text(TABLE, "utf-8")
    (tmp_path / "榜.txt").write_text("高考今日开考\n油价或迎二连涨\n", "utf-8")
    prepare, is_done = WORK[name]
    arguments = prepare(filled, tmp_path)
    with FULL.open("wb") as disk:
        done = start(*arguments, home=filled, stdout=disk)
    assert (done.returncode, b"Traceback" in done.stderr) == (4, False), done.stderr.decode()
    assert is_done(filled)


@full
def test_lost_messages_change_nothing(filled: Path) -> None:
    with FULL.open("wb") as disk:
        done = start("posts", "-a", "小满", "-n", "2", home=filled, stderr=disk)
        wrong = start("posts", "-a", "谁", home=filled, stderr=disk)
    assert (done.returncode, wrong.returncode) == (0, 2)
    assert len(done.stdout.decode().splitlines()) == 3


# --- closed streams ------------------------------------------------------------------------------


@posix
@pytest.mark.parametrize("arguments", READING, ids=" ".join)
def test_a_reader_that_went_away_has_its_own_code(arguments: Sequence[str], filled: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = start(*arguments, home=filled, stdout=writer)
    finally:
        os.close(writer)
    assert done.returncode == 141
    assert b"Traceback" not in done.stderr
    assert "标准输出" not in done.stderr.decode()


@posix
def test_head_takes_what_it_wants(filled: Path) -> None:
    done = shell("copyassist posts -a 小满 | head -1; echo ${PIPESTATUS[0]}", filled)
    first, code = done.stdout.decode().splitlines()
    assert first.startswith("编号\t")
    assert code in ("0", "141")  # it may have said all before the reader went
    assert b"Traceback" not in done.stderr


@posix
@pytest.mark.parametrize(("line", "code"), [
    ("copyassist posts -a 小满 >&-", 4),
    ("copyassist accounts add 新号 >&-", 4),
    ("copyassist score 甲 --format json >&-", 4),
    ("copyassist --help >&-", 4),
    ("copyassist sources disable weibo >&- 2>&-", 4),
    ("copyassist posts -a 小满 2>&-", 0),
    ("copyassist posts -a 谁 2>&-", 2),
    ("copyassist posts --wrong 2>&-", 2),
    ("copyassist collect mine 2>&-", 1),
    ("copyassist score 甲 <&-", 0),
    ("copyassist score - <&-", 2),
    ("copyassist import - -a 小满 -p weibo <&-", 2),
    ("copyassist accounts delete 小满 <&-", 130),
    ("copyassist restore nothing.zip <&-", 130),
    ("copyassist sources paste wechat <&-", 2),
    ("copyassist accounts delete 小满 <&- >&- 2>&-", 130),
    ("copyassist batch nothing.csv <&- >&- 2>&-", 2),
])  # fmt: skip
def test_closed_streams_leave_no_trace(line: str, code: int, filled: Path) -> None:
    done = shell(line, filled)
    assert done.returncode == code, done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr
    assert accounts(filled)[0] == "小满"


@posix
def test_a_closed_output_is_said_and_the_database_is_not_written_into(filled: Path) -> None:
    done = shell("copyassist accounts add 新号 >&-", filled)
    assert done.stderr.decode().startswith("标准输出写不进去")
    assert accounts(filled) == ["小满", "新号"]


@posix
@pytest.mark.parametrize(
    "arguments", [["collect", "mine", "--force"], ["score", "-"], ["hot", "-o", "x.md"]]
)
def test_messages_that_nobody_reads_change_nothing(
    arguments: Sequence[str], filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    expected = start(*arguments, home=filled).returncode
    try:
        done = start(*arguments, home=filled, stderr=writer)
    finally:
        os.close(writer)
        Path("x.md").unlink(missing_ok=True)
    assert done.returncode == expected


# --- other encodings -----------------------------------------------------------------------------

ENCODINGS = ("gbk", "cp1252", "ascii", "utf-16")


@pytest.mark.parametrize("encoding", ENCODINGS[:3])
@pytest.mark.parametrize("arguments", [
    ["score", "一碗🍜汤面，" * 2], ["sources"], ["hot"], ["accounts", "add", "🍜"], ["where"],
    ["platforms", "weibo"], ["evaluate", "-a", "小满"], ["posts", "-a", "谁🍜"], ["--help"],
    ["posts", "--wrong🍜"], ["import", "🍜.csv"],
])  # fmt: skip
def test_text_in_a_console_that_lacks_characters(
    arguments: Sequence[str], encoding: str, filled: Path
) -> None:
    done = start(*arguments, home=filled, encoding=encoding)
    assert done.returncode in (0, 2)
    assert b"Traceback" not in done.stderr
    # Where only ASCII is left, click takes the console's word for a mistake and speaks UTF-8.
    (done.stdout + done.stderr).decode("utf-8" if encoding == "ascii" else encoding)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_documents_and_tables_are_utf8_everywhere(encoding: str, filled: Path) -> None:
    reports = start("score", "一碗🍜", "--format", "json", home=filled, encoding=encoding)
    assert json.loads(reports.stdout.decode())["reports"][0]["title"] == "一碗🍜"
    listed = start("sources", "--format", "json", home=filled, encoding=encoding)
    assert "mine" in [line["source"] for line in json.loads(listed.stdout.decode())]
    table = start("posts", "-a", "小满", home=filled, encoding=encoding).stdout.decode()
    assert len([line for line in table.splitlines() if "碗🍜汤面" in line]) == 10
    record = start("evaluate", "-a", "小满", "--format", "json", home=filled, encoding=encoding)
    assert json.loads(record.stdout.decode())["records"]


@pytest.mark.parametrize("encoding", ENCODINGS[:2])
def test_topics_are_utf8_everywhere(encoding: str, filled: Path, tmp_path: Path) -> None:
    (tmp_path / "榜.txt").write_text("高考🍜今日开考\n", "utf-8")
    start("sources", "paste", "wechat", str(tmp_path / "榜.txt"), home=filled)

    def ask(form: str) -> str:
        return start("hot", "--format", form, home=filled, encoding=encoding).stdout.decode()

    assert json.loads(ask("json"))["topics"][0]["title"] == "高考🍜今日开考"
    assert "高考🍜今日开考" in next(iter(list(csv.reader(io.StringIO(ask("csv"))))[1:]))
    assert "高考🍜今日开考" in ask("rss")
    assert "高考🍜今日开考" in ask("html")


def test_a_machine_without_a_language(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LANG", "LC_CTYPE"):
        monkeypatch.setenv(name, "C")
    done = start("posts", "-a", "小满", home=filled, encoding="")
    assert done.returncode == 0, done.stderr
    assert "碗🍜汤面" in done.stdout.decode()
    shown = start("score", "一碗🍜", home=filled, encoding="")
    assert (shown.returncode, b"Traceback" in shown.stderr) == (0, False)
