"""`copyassist keywords`: a draft or titles in, keywords and tags out."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from copyassist.home import WORDS
from tests.commands.test_score import run as call

DRAFT = "外婆的酒酿圆子\n糯米粉揉成圆子，水开下锅。\n酒酿圆子不要煮太久。\n"


class Done(NamedTuple):
    code: int
    out: str


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., Done]:
    def run(*arguments: str) -> Done:
        done = call(*arguments, home=tmp_path / "home")
        return Done(done.returncode, done.stdout.decode())

    return run


Run = Callable[..., Done]


@pytest.fixture
def draft(tmp_path: Path) -> str:
    path = tmp_path / "draft.txt"
    path.write_text(DRAFT, "utf-8")
    return str(path)


def test_a_draft_s_keywords_come_with_reasons_and_tags(run: Run, draft: str) -> None:
    done = run("keywords", draft, "-p", "xiaohongshu")
    assert done.code == 0
    assert "酒酿圆子" in done.out
    assert "#酒酿圆子" in done.out
    assert "来自标题" in done.out


def test_each_line_is_a_title_where_that_is_asked_for(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "titles.txt"
    path.write_text("秋梨膏怎么熬\n\n露营装备清单\n", "utf-8")
    document = json.loads(run("keywords", str(path), "--lines", "--format", "json").out)
    assert document["schema"] == "copyassist.keywords/1"
    assert [one["line"] for one in document["drafts"]] == [1, 3]
    assert document["drafts"][0]["keywords"][0]["text"] == "秋梨膏"


@pytest.mark.parametrize("method", ["own", "tfidf", "textrank"])
def test_each_method_gives_a_table(run: Run, draft: str, method: str) -> None:
    done = run("keywords", draft, "--method", method, "--format", "csv", "-k", "3")
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert 0 < len(rows) <= 3
    assert rows[0]["weight"] == "1.0"


def test_what_is_frequent_in_a_corpus_is_taken_whole(run: Run, tmp_path: Path) -> None:
    corpus, draft = tmp_path / "corpus.txt", tmp_path / "draft.txt"
    corpus.write_text("和赛博阿婆聊天\n跟赛博阿婆学做饭\n听赛博阿婆讲故事\n赛博阿婆来了\n", "utf-8")
    draft.write_text("今天又见到赛博阿婆", "utf-8")
    found = json.loads(run("keywords", str(draft), "--corpus", str(corpus), "--format", "json").out)
    keywords = {one["text"]: one["reasons"] for one in found["drafts"][0]["keywords"]}
    assert "known_corpus" in keywords["赛博阿婆"]


def test_the_user_s_own_words_are_taken_whole(run: Run, tmp_path: Path) -> None:
    home = tmp_path / "home"
    WORDS.place(home).parent.mkdir(parents=True, exist_ok=True)
    WORDS.place(home).write_text("阿喏喏的小铺\n", "utf-8")
    draft = tmp_path / "draft.txt"
    draft.write_text("阿喏喏的小铺今天上新了三款陶杯", "utf-8")
    assert "阿喏喏的小铺" in run("keywords", str(draft)).out


def test_an_empty_draft_is_told(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    path.write_text("的\n", "utf-8")
    assert run("keywords", str(path)).code == 0


def test_a_file_that_is_missing_is_a_mistake(run: Run) -> None:
    assert run("keywords", "gone.txt").code == 2
