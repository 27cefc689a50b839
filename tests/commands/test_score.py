"""`copyassist score`, as a user calls it: output, exit codes, the JSON contract, bad input."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from copyassist.posts.demo import DEMO_ACCOUNT
from copyassist.resources import find_asset

TITLE = "下班后一小时，把阳台变成小花园"


def run(
    *arguments: str, home: Path, stdin: bytes = b"", **environment: str
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "copyassist", *arguments],
        input=stdin,
        env={
            **os.environ,
            "COPYASSIST_HOME": str(home),
            "PYTHONIOENCODING": "utf-8",
            **environment,
        },
        capture_output=True,
        check=False,
    )


def document(*arguments: str, home: Path, stdin: bytes = b"") -> dict:  # type: ignore[type-arg]
    done = run("score", "--format", "json", *arguments, home=home, stdin=stdin)
    assert done.returncode == 0, done.stderr.decode()
    loaded = json.loads(done.stdout)
    schema = json.loads(find_asset("report.schema.json").read_text("utf-8"))
    jsonschema.validate(loaded, schema)
    return loaded  # type: ignore[no-any-return]


def test_one_title_in_words(home: Path) -> None:
    done = run("score", TITLE, home=home)
    assert done.returncode == 0
    text = done.stdout.decode()
    assert TITLE in text
    assert "得分" in text
    assert "小红书" in text


def test_english(home: Path) -> None:
    text = run("--lang", "en", "score", TITLE, home=home).stdout.decode()
    assert "Score" in text
    assert "Xiaohongshu" in text


def test_json_follows_the_schema(home: Path) -> None:
    loaded = document(TITLE, "全网最低价的最佳护肤品，买它！！！", home=home)
    first, second = loaded["reports"]
    assert 0 < first["score"]["value"] < 100
    assert second["worst"] is not None
    assert loaded["p_beats"][0][1] + loaded["p_beats"][1][0] == pytest.approx(1)


def test_a_platform_without_evidence_gets_no_number(home: Path) -> None:
    loaded = document(TITLE, "又到年底了", "--platform", "zhihu", home=home)
    score = loaded["reports"][0]["score"]
    assert score["value"] is None
    assert score["evidence"]["kind"] == "none"
    assert score["evidence"]["needed"] == 12
    assert loaded["p_beats"][0][1] is None


def test_titles_from_standard_input(home: Path) -> None:
    stdin = "第一个标题\n\n第二个标题\n".encode()
    titles = [report["title"] for report in document("-", home=home, stdin=stdin)["reports"]]
    assert titles == ["第一个标题", "第二个标题"]


def test_gb18030_standard_input(home: Path) -> None:
    loaded = document("-", home=home, stdin="阳台种菜指南\n".encode("gb18030"))
    assert loaded["reports"][0]["title"] == "阳台种菜指南"


def test_big5_standard_input(home: Path) -> None:
    loaded = document("-", home=home, stdin="社區食堂第一天\n".encode("big5"))
    assert loaded["reports"][0]["title"] == "社區食堂第一天"


def test_body_counts(home: Path, tmp_path: Path) -> None:
    body = tmp_path / "body.txt"
    body.write_text("阳台上的番茄、辣椒和薄荷，" * 20, "utf-8")
    loaded = document(TITLE, "--body", str(body), home=home)
    assert any(keyword["in_body"] for keyword in loaded["reports"][0]["keywords"])


@pytest.mark.parametrize("title", ["-5度也要出门看雪", "--不是选项--", "-"])
def test_titles_that_begin_with_a_dash(home: Path, title: str) -> None:
    loaded = document("--", title, home=home, stdin=b"from stdin\n")
    expected = "from stdin" if title == "-" else title
    assert loaded["reports"][0]["title"] == expected


@pytest.mark.parametrize(
    ("mistyped", "meant"),
    [
        ("--platfrom", "--platform"),
        ("--platfrom=小红书", "--platform"),
        ("--acount", "--account"),
        ("—platform", "--platform"),
        ("－－format", "--format"),
        ("–-fail-on", "--fail-on"),
    ],
)
def test_a_mistyped_option_is_no_title(home: Path, mistyped: str, meant: str) -> None:
    done = run("score", TITLE, mistyped, "小红书", home=home)
    assert done.returncode == 2
    assert done.stdout == b""
    said = done.stderr.decode()
    assert f"没有 '{mistyped.partition('=')[0]}' 这个选项" in said
    assert re.search(f"是不是想写 .*'{meant}'", said)
    assert f'copyassist score -- "{mistyped}"' in said
    said = run("--lang", "en", "score", TITLE, mistyped, home=home).stderr.decode()
    assert re.search(f"Did you mean .*'{meant}'", said)
    assert "begins with - goes after a --" in said


@pytest.mark.parametrize("title", ["——platform 是什么", "—", "－18℃的早晨", "-"])
def test_dashes_of_a_title_stay_dashes(home: Path, title: str) -> None:
    loaded = document(title, home=home, stdin=b"from stdin\n")
    assert loaded["reports"][0]["title"] == ("from stdin" if title == "-" else title)


@pytest.mark.parametrize(
    "title",
    [
        "",
        "   ",
        "。。。",
        "a\u200bb\u202ec",
        "💥" * 300,
        "字" * 5000,
        "\u202e反过来",
        "\udcff 孤立代理",
    ],
)
def test_defects_of_a_text_are_findings(home: Path, title: str) -> None:
    stdin = b""
    done = run("score", "--format", "json", "--", title, home=home, stdin=stdin)
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout)["reports"][0]["findings"]


def test_exit_code_says_what_was_found(home: Path) -> None:
    bad = "全网最低价的国家级最佳护肤品，下单立减"
    assert run("score", bad, home=home).returncode == 0
    assert run("score", bad, "--fail-on", "warning", home=home).returncode == 1
    assert run("score", TITLE, "--fail-on", "error", home=home).returncode == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("score",),
        ("score", TITLE, "--platform", "friendster"),
        ("score", TITLE, "--account", "没有的账号"),
        ("score", TITLE, "--body", "missing.txt"),
        ("score", TITLE, "--context", "poem"),
        ("no-such-command",),
    ],
)
def test_wrong_use_is_one_sentence(home: Path, arguments: tuple[str, ...]) -> None:
    done = run(*arguments, home=home)
    assert done.returncode == 2
    assert done.stderr.strip()
    assert b"Traceback" not in done.stderr


def test_a_console_that_cannot_print_emoji(home: Path) -> None:
    done = run("score", "今天也很开心😀", home=home, PYTHONIOENCODING="gbk")
    assert done.returncode == 0
    assert "今天也很开心" in done.stdout.decode("gbk")


def test_a_corrupt_database_is_told_and_kept(home: Path) -> None:
    home.mkdir()
    database = home / "copyassist.db"
    database.write_bytes(b"this is no database" * 100)
    done = run("score", TITLE, "--account", "我", home=home)
    assert done.returncode == 3
    assert b"Traceback" not in done.stderr
    assert database.read_bytes() == b"this is no database" * 100


def test_a_wrong_settings_file_is_told(home: Path) -> None:
    home.mkdir()
    (home / "settings.toml").write_text("language = 'fr'", "utf-8")
    done = run("score", TITLE, home=home)
    assert done.returncode == 2
    assert "settings.toml" in done.stderr.decode()


def test_where_shows_the_data_folder(home: Path) -> None:
    assert str(home) in run("where", home=home).stdout.decode()


def test_a_title_used_before_is_shown_with_its_platform(home: Path) -> None:
    assert run("demo", home=home).returncode == 0
    done = run("score", "46㎡老破小入住第一天，先拆窗帘", "-p", "xiaohongshu", home=home)
    assert done.returncode == 0, done.stderr.decode()
    assert "46㎡老破小入住第一天，先拆窗帘（小红书，相似度 100%）" in done.stdout.decode()


def test_better_titles_are_listed_and_really_scored(home: Path) -> None:
    title = "日常vlog｜北美租房避雷攻略！！！"
    first = document(title, home=home)["reports"][0]
    edit = first["edits"][0]
    again = document(edit["title"], home=home)["reports"][0]
    assert again["score"]["value"] == pytest.approx(edit["value"])
    assert edit["gain"] == pytest.approx(edit["value"] - first["score"]["value"])
    assert edit["p_better"] >= 0.55
    assert [f["code"] for f in edit["findings"]] == [f["code"] for f in again["findings"]]
    text = run("score", title, home=home).stdout.decode()
    assert "更好的标题" in text
    assert edit["title"] in text


def test_without_evidence_there_is_no_better_title(home: Path) -> None:
    report = document("日常vlog｜北美租房避雷攻略", "--platform", "知乎", home=home)["reports"][0]
    assert report["edits"] == []


def test_reasons_are_summed_by_group(home: Path) -> None:
    score = document(TITLE, home=home)["reports"][0]["score"]
    assert sum(score["groups"].values()) == pytest.approx(score["value"] - 50, abs=1e-6)
    assert "小计" in run("score", TITLE, home=home).stdout.decode()


def test_facts_are_used_where_given(home: Path) -> None:
    without = document(TITLE, home=home)["reports"][0]
    given = document(TITLE, "--fact", "n_images=9", "--fact", "n_tags=5", home=home)["reports"][0]
    assert without["facts"] == {}
    assert given["facts"] == {"n_images": 9, "n_tags": 5}
    assert "facts" not in without["score"]["groups"]
    assert given["score"]["groups"]["facts"] != 0
    assert given["score"]["value"] != without["score"]["value"]


@pytest.mark.parametrize(
    ("fact", "sentence"),
    [
        ("pictures=9", "没有 pictures 这一项"),
        ("n_images=nine", "要写数字"),
        ("n_images", "要写数字"),
        ("hour=25", "0 到 24"),
        ("n_images=nan", "0 到"),
        ("weekend=-1", "0 到 1"),
    ],
)
def test_wrong_facts_are_told(home: Path, fact: str, sentence: str) -> None:
    done = run("score", TITLE, "--fact", fact, home=home)
    assert done.returncode == 2
    assert sentence in done.stderr.decode()


def test_simulated_posts_prove_nothing(home: Path) -> None:
    account = DEMO_ACCOUNT
    assert run("demo", home=home).returncode == 0
    report = document(TITLE, "--account", account, home=home)["reports"][0]
    assert report["demo"]
    assert report["score"]["evidence"]["pairs_right"] is None
    assert "模拟" in report["score"]["evidence"]["message"]
    assert "%" not in report["score"]["evidence"]["message"]


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        ("", "title_empty"),
        (" \u3000\u200b ", "title_empty"),
        ("。。。！！！", "title_only_symbols"),
        ("💥🔥", "title_only_symbols"),
        ("———", "title_only_symbols"),
    ],
)
def test_a_title_without_words_gets_no_score(home: Path, title: str, reason: str) -> None:
    loaded = document(TITLE, "--", title, home=home)
    score = loaded["reports"][1]["score"]
    assert score["value"] is None
    assert score["evidence"]["reason"] == reason
    assert "不打分" in score["evidence"]["message"]
    assert score["contributions"] == []
    assert loaded["p_beats"][0][1] is None
    assert loaded["reports"][0]["score"]["value"] is not None
    shown = run("score", "--", title, home=home).stdout.decode()
    assert "得分" not in shown
    assert score["evidence"]["message"] in shown


def test_a_body_brings_hints_for_being_found(home: Path, tmp_path: Path) -> None:
    body = tmp_path / "body.txt"
    body.write_text("早餐要吃好。\n一、燕麦。\n二、鸡蛋。\n三、玉米，都是十分钟的事情。", "utf-8")
    title = "一周早餐，五个方法不重样"
    text = run("score", title, "--body", str(body), "-k", "早餐", home=home).stdout.decode()
    assert "关键词与搜索：早餐" in text
    assert "标题说“五个方法”，正文里只数到 3 个" in text
    assert "小红书信息流卡片：一周早餐，五个方法不重 ／ 样" in text
    loaded = document(title, "--body", str(body), "--digest", "早餐的做法", home=home)
    seo = loaded["reports"][0]["seo"]
    assert seo["checks"][0]["code"] == "promise_count"
    assert seo["checks"][0]["spans"][0]["text"] == "五个方法"
    assert seo["counts"]["red"] >= 1
    assert seo["copy"].startswith(title)
    assert "关键词与搜索" not in run("score", title, home=home).stdout.decode()
    assert "关键词与搜索：早餐" in run("score", title, "-k", "早餐", home=home).stdout.decode()
