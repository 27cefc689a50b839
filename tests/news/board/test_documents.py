"""The board as JSON, CSV, Markdown, HTML and RSS: valid, escaped, self-contained."""

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import feedparser
import jsonschema
import pytest
from lxml import html as lxml_html

from copyassist.assistant import Assistant
from copyassist.i18n import LANGUAGES, Language
from copyassist.news.board.document import COLUMNS, board_to_csv, board_to_json
from copyassist.news.board.feed import board_to_rss
from copyassist.news.board.report import report_to_html, report_to_markdown, report_to_text
from copyassist.news.board.views import Board, Wanted
from copyassist.resources import find_asset
from copyassist.settings import load_settings
from tests.news.board.lists import EVENT, HOSTILE, OTHERS, now, save_list, save_morning


@pytest.fixture
def board(home: Path) -> Iterator[Board]:
    assistant = Assistant(load_settings())
    save_morning(assistant.store, now())
    save_list(
        assistant.store, "baidu", now(), ["=HYPERLINK(1)", "# 一级标题 </script>", "a\u202eb"]
    )
    yield assistant.news.topics.board()
    assistant.store.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_json_follows_its_schema(board: Board, language: Language) -> None:
    schema = json.loads(find_asset("hot.schema.json").read_text("utf-8"))
    document = json.loads(json.dumps(board_to_json(board, language)))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(document, schema)
    assert document["schema"] == "copyassist.hot/1"
    assert {HOSTILE, *OTHERS[:2]} <= {topic["title"] for topic in document["topics"]}


def test_a_list_that_was_not_seen_lately_is_shown_with_its_age(home: Path) -> None:
    assistant = Assistant(load_settings())
    save_list(assistant.store, "weibo", now(), [OTHERS[0]])
    save_list(assistant.store, "zhihu", now() - timedelta(hours=11), [OTHERS[1]])
    board = assistant.news.topics.board()
    told = report_to_text(board, "zh")
    assert told.count("（11 小时前的榜单）") == 1
    assert "(11 h ago)" in report_to_text(board, "en")
    assistant.store.close()


def test_json_of_an_empty_store_follows_it_too(home: Path) -> None:
    schema = json.loads(find_asset("hot.schema.json").read_text("utf-8"))
    assistant = Assistant(load_settings())
    jsonschema.validate(board_to_json(assistant.news.topics.board(), "zh"), schema)
    assistant.store.close()


def test_csv_has_a_row_a_topic_and_no_formulas(board: Board) -> None:
    rows = list(csv.reader(io.StringIO(board_to_csv(board, "zh"))))
    assert len(rows) == 1 + len(board.topics)
    assert {len(row) for row in rows} == {len(COLUMNS)}
    titles = [row[0] for row in rows]
    assert "'=HYPERLINK(1)" in titles
    assert not [cell for row in rows for cell in row if cell[:1] in "=@" and cell]


@pytest.mark.parametrize("language", LANGUAGES)
def test_html_is_one_file_without_script_or_anything_from_elsewhere(
    board: Board, language: Language
) -> None:
    written = report_to_html(board, language)
    page = lxml_html.fromstring(written)
    assert page.xpath("//script | //link | //iframe | //img | //object") == []
    assert page.xpath("//@onerror | //@onload | //@src") == []
    assert not re.search(r"url\(|@import", written)
    assert page.xpath("//*[local-name()='svg']//*[local-name()='polyline']")
    assert page.xpath("//*[local-name()='svg' and @class='bars']")
    text = page.text_content()
    for title in (*OTHERS, "# 一级标题 </script>"):
        assert title in text
    assert {link.split(":")[0] for link in page.xpath("//a/@href")} == {"https"}


def test_markdown_shows_titles_as_text(board: Board) -> None:
    written = report_to_markdown(board, "zh")
    assert "<img" not in written.replace("\\<img", "")
    assert "](javascript" not in written
    assert "\\# 一级标题" in written
    assert written.startswith("# 热点日报")
    for title in EVENT[:1]:
        assert title in written or EVENT[1] in written or EVENT[2] in written


def test_each_topic_stands_once_in_the_report(board: Board) -> None:
    page = lxml_html.fromstring(report_to_html(board, "zh", most=100))
    assert len(page.xpath("//div[@class='t']")) == len(board.topics)


def test_text_has_no_control_characters(board: Board) -> None:
    written = report_to_text(board, "zh")
    assert all(c.isprintable() or c == "\n" for c in written)
    assert "上升" in written


def test_a_reader_reads_the_feed_back(board: Board) -> None:
    data = board_to_rss(board, "zh")
    feed = feedparser.parse(data)
    assert not feed.bozo
    assert feed.version == "rss20"
    assert [entry.title for entry in feed.entries] == [view.title for view in board.topics]
    assert len({entry.id for entry in feed.entries}) == len(board.topics)
    for entry, view in zip(feed.entries, board.topics, strict=True):
        assert entry.get("link", "") == view.url
        assert entry.published_parsed[:6] == view.trend.first_seen.timetuple()[:6]


def test_a_feed_survives_what_xml_cannot_hold(home: Path) -> None:
    assistant = Assistant(load_settings())
    save_list(assistant.store, "weibo", now(), ["甲\x00乙\x08丙\uffff<![CDATA[x]]>"])
    feed = feedparser.parse(board_to_rss(assistant.news.topics.board(wanted=Wanted()), "zh"))
    assert not feed.bozo
    assert feed.entries[0].title.startswith("甲")
    assistant.store.close()
