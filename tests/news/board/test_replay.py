"""Two real days through importing, merging and the board."""

import itertools
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from copyassist.assistant import Assistant
from copyassist.news.board.report import report_to_html
from copyassist.news.board.views import Board, Wanted
from copyassist.news.topics.trend import TrendKind
from copyassist.settings import load_settings
from tests.news.board.lists import now
from tests.news.board.replay import import_two_days


@pytest.fixture
def assistant(home: Path, bench_data: Path, tmp_path: Path) -> Iterator[Assistant]:
    opened = Assistant(load_settings())
    assert import_two_days(opened, bench_data, tmp_path, now()) > 90
    yield opened
    opened.store.close()


def test_two_real_days_make_a_board(assistant: Assistant) -> None:
    board = assistant.news.topics.board()
    assert not board.stale
    assert 80 <= board.total <= 160
    several = [view for view in board.topics if len(view.listed) > 1]
    assert len(several) >= 5
    assert len({view.id for view in board.topics}) == board.total
    for view in board.topics:
        if view.trend.kind is TrendKind.RISING:
            assert view.trend.observations > 1
    assert len(report_to_html(board, "zh")) > 10_000


MEASURED = {"weibo", "kuaishou", "douyin"}  # of the lists of these days


def test_forecasts_are_given_for_the_measured_lists_alone(assistant: Assistant) -> None:
    board = assistant.news.topics.board()
    given = [view for view in board.topics if view.chances]
    assert len(given) >= 30
    for view in given:
        assert MEASURED & {place.source for place in view.listed}
        assert {chance.source for chance in view.chances} <= MEASURED
        assert all(0 <= chance.chance <= 1 and chance.auc > 0.5 for chance in view.chances)
        asked = {(chance.what, chance.hours) for chance in view.chances}
        assert asked >= {("still_listed", 3), ("still_listed", 6)}
    for view in board.topics:
        said = {(chance.what, chance.hours): chance.chance for chance in view.chances}
        if ("still_listed", 3) in said:
            assert said["still_listed", 6] <= said["still_listed", 3]
        if not MEASURED & {place.source for place in view.listed}:
            assert view.no_chance is not None
            assert view.no_chance.reason == "not_measured"


def test_an_old_list_gets_no_forecast(assistant: Assistant) -> None:
    board = assistant.news.topics.board(now() + timedelta(hours=5))
    assert board.stale
    assert not any(view.chances for view in board.topics)
    assert {v.no_chance.reason for v in board.topics if v.no_chance} <= {"stale", "not_measured"}


def test_hour_by_hour_most_topics_keep_their_ids(assistant: Assistant) -> None:
    moment = now()
    boards: list[Board] = [
        assistant.news.topics.board(moment - timedelta(hours=hours), wanted=Wanted())
        for hours in (6, 5, 4, 3, 2, 1, 0)
    ]
    kept = shared = 0
    for before, after in itertools.pairwise(boards):
        ids = {title: view.id for view in before.topics for title in view.titles}
        for view in after.topics:
            for title in view.titles:
                if title in ids:
                    shared += 1
                    kept += ids[title] == view.id
    assert shared > 300
    assert kept / shared >= 0.98
