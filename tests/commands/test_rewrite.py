"""`copyassist rewrite`, as a user calls it: proposals in words and as JSON, bad input."""

import json
from pathlib import Path

import jsonschema
import pytest

from copyassist.resources import find_asset
from tests.commands.test_score import run
from tests.desk.rewriting.articles import CAKE
from tests.desk.rewriting.llm.server import serve
from tests.desk.rewriting.llm.test_llm import ANSWER

LONG = "原来洗衣机这样清洗才干净，用了八年才知道的小技巧分享给大家"


@pytest.fixture
def body(tmp_path: Path) -> Path:
    file = tmp_path / "body.txt"
    file.write_text(CAKE.body, "utf-8")
    return file


def test_proposals_in_words(home: Path, body: Path) -> None:
    done = run("rewrite", CAKE.title, "--body", str(body), home=home)
    assert done.returncode == 0, done.stderr.decode()
    text = done.stdout.decode()
    assert "不改也行" in text
    assert "想要戚风蛋糕不塌？记住这四个细节" in text


def test_something_where_something_is_wrong(home: Path) -> None:
    text = run("--lang", "en", "rewrite", LONG, home=home).stdout.decode()
    assert "beyond the platform's limit" in text
    assert "Mended" in text
    assert "Nothing has to be changed" not in text


def test_json_follows_its_schema(home: Path, body: Path) -> None:
    done = run("rewrite", LONG, "--body", str(body), "--n", "2", "--format", "json", home=home)
    assert done.returncode == 0
    loaded = json.loads(done.stdout)
    jsonschema.validate(loaded, json.loads(find_asset("rewriting.schema.json").read_text("utf-8")))
    assert loaded["faults"][0]["code"] == "too_long"
    assert len(loaded["fixes"]) == 3
    assert len(loaded["variants"]) <= 2


def test_a_keyword_is_brought_forward(home: Path) -> None:
    done = run("rewrite", "我每天早上都会喝的燕麦拿铁", "-k", "燕麦拿铁", home=home)
    assert "燕麦拿铁｜我每天早上都会喝" in done.stdout.decode()


@pytest.mark.parametrize(
    "arguments", [("--body", "nothing.txt"), ("-p", "nowhere"), ("-a", "nobody"), ("--n", "0")]
)
def test_wrong_use_is_two(arguments: tuple[str, str], home: Path) -> None:
    assert run("rewrite", CAKE.title, *arguments, home=home).returncode == 2


def test_no_model_is_asked_unless_one_is_on(home: Path, body: Path) -> None:
    done = run("rewrite", CAKE.title, "--body", str(body), "--llm", home=home)
    assert done.returncode == 2
    assert "COPYASSIST_LLM" in done.stderr.decode()


def test_nothing_is_sent_that_was_not_agreed_to(home: Path, body: Path) -> None:
    with serve([ANSWER]) as server:
        on = {"COPYASSIST_LLM_BASE_URL": server.base_url, "COPYASSIST_LLM_MODEL": "m"}
        done = run(
            "rewrite", CAKE.title, "--body", str(body), "--llm", home=home, stdin=b"n\n", **on
        )
    assert done.returncode == 2
    assert '"topic": "戚风蛋糕"' in done.stderr.decode()
    assert server.asked == []


def test_a_model_proposes_and_helps_with_the_body(home: Path, body: Path) -> None:
    pytest.importorskip("openai", reason="the openai client is not installed")
    with serve([ANSWER]) as server:
        on = {"COPYASSIST_LLM_BASE_URL": server.base_url, "COPYASSIST_LLM_MODEL": "m"}
        asked = ("rewrite", CAKE.title, "--body", str(body), "-y")
        titles = run(*asked, "--llm", home=home, **on)
        digest = run(*asked, "--help-with", "digest", home=home, **on)
    assert "AI 辅助" in titles.stdout.decode()
    assert digest.returncode == 0
    assert body.read_text("utf-8") == CAKE.body
