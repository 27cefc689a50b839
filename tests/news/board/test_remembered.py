"""What a run of the program leaves to the next one."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from copyassist.assistant import Assistant
from copyassist.home import CACHE
from copyassist.news.board import board as board_module
from copyassist.news.board.board import HotTopics
from copyassist.news.topics.merge import Engine
from copyassist.settings import load_settings
from tests.news.board.lists import now, save_list, save_morning


@pytest.fixture
def assistant(home: Path) -> Iterator[Assistant]:
    opened = Assistant(load_settings())
    yield opened
    opened.store.close()


def start_again(assistant: Assistant) -> HotTopics:
    return HotTopics(assistant.settings.home, assistant.store, {}, lambda _: [])


def show(hot: HotTopics) -> list[tuple[object, ...]]:
    topics = hot.hot_topics()
    return [(t.id, t.titles, t.sources, t.trend.kind, t.trend.observations) for t in topics]


def forbid_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> Engine:
        raise AssertionError("nothing new has to be compared")

    monkeypatch.setattr(board_module, "load_engine", refuse)


def test_the_next_run_compares_nothing_anew(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_morning(assistant.store, now())
    first = show(start_again(assistant))
    forbid_engine(monkeypatch)
    assert show(start_again(assistant)) == first


def test_the_next_run_adds_what_came_in(assistant: Assistant) -> None:
    save_morning(assistant.store, now() - timedelta(minutes=20))
    show(start_again(assistant))
    save_list(assistant.store, "toutiao", now(), ["一件全新的事情发生了"])
    assert any("一件全新的事情发生了" in titles for _, titles, *_ in show(start_again(assistant)))


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b'{"form": [1, "0"]}', b"\xff\x00"])
def test_an_odd_file_is_made_anew(assistant: Assistant, content: bytes) -> None:
    save_morning(assistant.store, now())
    first = show(start_again(assistant))
    (CACHE.place(assistant.settings.home) / "window.json").write_bytes(content)
    assert show(start_again(assistant)) == first


def test_a_store_that_forgot_is_believed(assistant: Assistant) -> None:
    save_morning(assistant.store, now())
    show(start_again(assistant))
    assistant.store.hot.forget_source("weibo")
    assert "weibo" not in {
        source for _, _, sources, *_ in show(start_again(assistant)) for source in sources
    }
