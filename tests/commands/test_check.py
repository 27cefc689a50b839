"""`copyassist check`, as a user calls it: places, formats, exit codes, what is written."""

import json
import re
from pathlib import Path

import jsonschema
import pytest

from copyassist.assistant import Assistant
from copyassist.settings import load_settings
from copyassist.types import Exemption
from tests.commands.test_score import run

SCHEMA = Path(__file__).parents[1] / "examples" / "sarif-schema-2.1.0.json"
BAD = (
    "# 这款面霜全网最低价,真的好\n\n他说:“用了3天”。。。**效**果很好。\n\n```\n全网最低价\n```\n\n"
    "现在下单立减50元。\n"
)


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """A folder with a bad text and a harmless one."""
    folder = tmp_path / "posts"
    folder.mkdir()
    (folder / "bad.md").write_text(BAD, "utf-8")
    (folder / "good.md").write_text("# 周末去皖南\n\n两天一夜，人均 300。\n", "utf-8")
    return folder


def check(*arguments: object, home: Path, code: int = 0, stdin: bytes = b"") -> str:
    done = run("check", *map(str, arguments), home=home, stdin=stdin)
    assert done.returncode == code, (done.stdout + done.stderr).decode()
    return done.stdout.decode()


def test_text_names_places_and_never_says_that_all_is_well(home: Path, bad: Path) -> None:
    text = check(bad, home=home)
    assert f"{bad / 'bad.md'}:1:7" in text
    assert re.search("用途：广告、带货（自动判断，依据是[^）]*“现在下单”", text)
    assert "--context" in text
    assert "查不了的：图片" in text
    assert re.search(r"按 \d+ 类规则核对过（规则截至 20\d\d-\d\d-\d\d）", text)
    assert "没有发现问题" not in text


def test_json_has_purpose_places_and_coverage(home: Path, bad: Path) -> None:
    document = json.loads(check(bad, "--format", "json", home=home))
    assert document["schema"] == "copyassist.check/1"
    assert document["coverage"]["unchecked"] == ["pictures", "proof", "licences"]
    first, second = document["files"]
    assert first["purpose"]["value"] == "ad"
    assert not first["purpose"]["given"]
    assert "现在下单" in [one["text"] for one in first["purpose"]["decided_by"]]
    found = next(one for one in first["findings"] if one["code"] == "absolute_term")
    assert (found["line"], found["column"]) == (1, 7)
    assert found["text"] == BAD[6 : found["end_column"] - 1]
    assert found["basis_text"]
    assert second["findings"] == []


def test_what_is_said_beats_what_is_found(home: Path, bad: Path) -> None:
    path = bad / "bad.md"
    found = check(path, "--format", "jsonl", "--context", "news", "-p", "公众号", home=home)
    (line,) = [json.loads(one) for one in found.splitlines()]
    assert line["purpose"] == {**line["purpose"], "value": "news", "given": True, "decided_by": []}
    assert line["platform"] == "wechat"
    assert "absolute_term" in line["packs"]


def test_sarif_follows_the_published_schema(home: Path, bad: Path) -> None:
    Assistant(load_settings()).rules.exempt(Exemption(rule="quote_straight", reason="本刊的习惯"))
    (bad / "bad.md").write_text(BAD + '\n他说"好"。\n', "utf-8")
    log = json.loads(check(bad, "--format", "sarif", home=home))
    schema = json.loads(SCHEMA.read_text("utf-8"))
    jsonschema.Draft4Validator.check_schema(schema)
    jsonschema.Draft4Validator(schema).validate(log)
    (told,) = log["runs"]
    results = told["results"]
    rules = [rule["id"] for rule in told["tool"]["driver"]["rules"]]
    assert all(rules[one["ruleIndex"]] == one["ruleId"] for one in results)
    suppressed = [one for one in results if "suppressions" in one]
    assert [one["suppressions"][0]["justification"] for one in suppressed] == ["本刊的习惯"]
    fix = next(one for one in results if one["ruleId"] == "halfwidth_punctuation")["fixes"][0]
    assert fix["artifactChanges"][0]["replacements"][0]["insertedContent"] == {"text": "，"}


def test_html_stands_alone_and_escapes(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text("全网最低价<script>alert(1)</script>\n现在下单\n", "utf-8")
    out = tmp_path / "report.html"
    check(path, "-o", out, home=home)
    page = out.read_text("utf-8")
    assert "<script" not in page
    assert "广告法" in page
    assert "图片和视频里的字" in page
    assert re.search(r"检查时间 20\d\d-\d\d-\d\d \d\d:\d\d UTC\+8", page)
    assert "http" not in page.replace("http-equiv", "")
    check(path, "-o", out, home=home, code=2)
    check(path, "-o", out, "-y", home=home)


@pytest.mark.parametrize("level", ["warning", "info"])
def test_fail_on(home: Path, bad: Path, level: str) -> None:
    check(bad, "--fail-on", level, home=home, code=1)
    check(bad / "good.md", "--fail-on", level, home=home)


def test_only_some_packs_and_a_form(home: Path, bad: Path) -> None:
    said = check(
        bad / "bad.md", "--packs", "medical,finance", "-p", "wechat", "--form", "图文", home=home
    )
    assert "绝对化用语」" not in said
    assert "已关闭" in said
    check(bad, "--packs", "no_such", home=home, code=2)
    done = run("check", str(bad), "--form", "no_such", "-p", "wechat", home=home)
    assert done.returncode == 2
    assert "article_api" in done.stderr.decode()


def test_mending_leaves_the_original_alone(home: Path, bad: Path, tmp_path: Path) -> None:
    path, out = bad / "bad.md", tmp_path / "mended.md"
    check(path, "--mend", home=home, code=2)
    done = run("check", str(path), "--mend", "-o", str(out), home=home)
    assert done.returncode == 0
    assert path.read_text("utf-8") == BAD
    mended = out.read_text("utf-8")
    assert "他说：“用了3天”……**效**果很好。" in mended
    assert mended.startswith("# 这款面霜全网最低价，真的好\n")
    assert "```\n全网最低价\n```" in mended
    assert "“。。。”→“……”" in done.stderr.decode()


def test_mending_in_place_and_into_a_folder(home: Path, bad: Path, tmp_path: Path) -> None:
    check(bad, "--mend", "-o", tmp_path / "out", home=home)
    assert "……" in (tmp_path / "out" / "bad.md").read_text("utf-8")
    check(bad / "bad.md", "--mend", "--in-place", home=home)
    assert "……" in (bad / "bad.md").read_text("utf-8")
    check("-", "--mend", "--in-place", home=home, code=2, stdin=b"x")


def test_standard_input_and_what_is_no_text(home: Path, tmp_path: Path) -> None:
    document = json.loads(check("-", "--format", "json", home=home, stdin="# 早饭\n\n面".encode()))
    assert document["files"][0]["title"] == "早饭"
    (tmp_path / "x.md").write_bytes(bytes(range(256)) * 40)
    check(tmp_path / "x.md", home=home, code=2)
    check(tmp_path / "none.md", home=home, code=2)
