"""The decisions of collecting, as a table of what happens then."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from copyassist.news.sources.answer import Answer, Validators
from copyassist.news.sources.decide import (
    MAX_BACK_OFF,
    SourceLook,
    describe_health,
    digest,
    find_validators,
    is_due,
    judge,
    make_poll,
    may_ask,
    next_state,
)
from copyassist.news.sources.source import Page, Source, Way
from copyassist.types.news import HotItem, PollOutcome, SourceState, WayState

NOW = datetime(2026, 6, 4, 4, tzinfo=UTC)
TEN = timedelta(minutes=10)


def no_rows(body: bytes) -> list[HotItem]:
    return []


SOURCE = Source(
    id="weibo",
    name_zh="微博",
    name_en="Weibo",
    ways=(
        Way(url="https://a.cn/", parse=no_rows, shape="recorded"),
        Way(url="https://b.cn/", parse=no_rows),
    ),
)
FRESH = SourceState(source="weibo")
KNOWN = SourceState(
    source="weibo",
    last_try=NOW - TEN,
    last_good=NOW - TEN,
    good_rows=50,
    usual_rows=50,
    next_try=NOW,
    ways={"https://a.cn/": WayState(etag='"1"', last_modified="x", digest=digest(b"old"))},
)


def rows(count: int) -> list[HotItem]:
    return [HotItem(source="weibo", title=f"第{n}条") for n in range(count)]


def good(count: int = 50, body: bytes = b"new", **answer: object) -> SourceLook:
    page = Page(body=body, url="https://a.cn/", seen_at=NOW)
    answers = {"https://a.cn/": Answer(outcome=PollOutcome.GOOD, page=page, **answer)}  # type: ignore[arg-type]
    return SourceLook(
        way=0, seen_at=NOW, outcome=PollOutcome.GOOD, items=rows(count), answers=answers
    )


def bad(outcome: PollOutcome = PollOutcome.HTTP, **answer: object) -> SourceLook:
    found = Answer(outcome=outcome, error="source_http", **answer)  # type: ignore[arg-type]
    return SourceLook(way=0, seen_at=NOW, outcome=outcome, error="source_http", params={"status": 403},
                answers={"https://a.cn/": found, "https://b.cn/": found})  # fmt: skip


@pytest.mark.parametrize(
    ("state", "due"),
    [
        (None, True),
        (FRESH, True),
        (KNOWN, True),
        (replace(KNOWN, next_try=NOW + TEN), False),
        (replace(KNOWN, next_try=NOW - TEN), True),
        # The answer of the round before came some seconds into it: that is no reason to wait.
        (replace(KNOWN, next_try=NOW + SOURCE.interval / 20), True),
        (replace(KNOWN, next_try=NOW + SOURCE.interval / 5), False),
        (replace(KNOWN, next_try=NOW + SOURCE.interval / 20, failures=1), False),
    ],
)
def test_due(state: SourceState | None, due: bool) -> None:
    assert is_due(SOURCE, state, NOW) is due


def test_validators_only_where_the_good_list_came_from() -> None:
    assert find_validators(SOURCE, KNOWN, 0) == Validators(etag='"1"', last_modified="x")
    assert find_validators(SOURCE, KNOWN, 1) == Validators()
    assert find_validators(SOURCE, replace(KNOWN, way=1), 0) == Validators()
    assert find_validators(SOURCE, replace(KNOWN, last_good=None), 0) == Validators()


@pytest.mark.parametrize(
    ("state", "count", "body", "outcome"),
    [
        (FRESH, 50, b"new", PollOutcome.GOOD),
        (FRESH, 1, b"new", PollOutcome.GOOD),
        (FRESH, 0, b"new", PollOutcome.EMPTY),
        (KNOWN, 0, b"new", PollOutcome.EMPTY),
        (KNOWN, 24, b"new", PollOutcome.SHORT),
        (KNOWN, 25, b"new", PollOutcome.GOOD),
        (KNOWN, 50, b"old", PollOutcome.SAME),
        (replace(KNOWN, usual_rows=4), 1, b"new", PollOutcome.GOOD),
    ],
)
def test_judgements(state: SourceState, count: int, body: bytes, outcome: PollOutcome) -> None:
    assert judge(SOURCE, state, rows(count), body) is outcome


def test_pinned_rows_and_adverts_alone_are_no_list() -> None:
    placed = [
        HotItem(source="weibo", title="置顶", pinned=True),
        HotItem(source="weibo", title="某新品", advert=True),
    ]
    assert judge(SOURCE, FRESH, placed, b"new") is PollOutcome.EMPTY


def test_a_feed_may_have_fewer_entries() -> None:
    feed = replace(SOURCE, kind="feed")
    assert judge(feed, KNOWN, rows(2), b"new") is PollOutcome.GOOD
    assert judge(feed, KNOWN, [], b"new") is PollOutcome.EMPTY


def test_good_look() -> None:
    state = next_state(SOURCE, replace(KNOWN, failures=3, error="source_http"), good(40))
    assert (state.last_good, state.last_try, state.next_try) == (NOW, NOW, NOW + TEN)
    assert (state.good_rows, state.usual_rows, state.failures, state.error) == (40, 49, 0, "")
    assert state.ways["https://a.cn/"].digest == digest(b"new")
    assert make_poll(SOURCE, KNOWN, good(40)).rows == 40


def test_failed_look_keeps_what_was_good() -> None:
    state = next_state(SOURCE, KNOWN, bad())
    assert (state.last_good, state.good_rows, state.usual_rows) == (NOW - TEN, 50, 50)
    assert (state.failures, state.error, state.params) == (1, "source_http", {"status": 403})
    assert state.ways["https://a.cn/"].etag == '"1"'


def test_back_off_doubles_up_to_six_hours() -> None:
    waits, state = [], KNOWN
    for _ in range(9):
        state = next_state(SOURCE, state, bad())
        assert state.next_try is not None
        waits.append(state.next_try - NOW)
    assert waits[:4] == [TEN, 2 * TEN, 4 * TEN, 8 * TEN]
    assert waits[-1] == MAX_BACK_OFF


def test_jitter_spreads_by_a_fifth() -> None:
    early = next_state(SOURCE, KNOWN, bad(), jitter=0.0).next_try
    late = next_state(SOURCE, KNOWN, bad(), jitter=1.0).next_try
    assert early == NOW + 0.8 * TEN
    assert late == NOW + 1.2 * TEN


def test_server_wishes_count_when_they_are_longer() -> None:
    later = NOW + timedelta(hours=2)
    assert next_state(SOURCE, KNOWN, good(not_before=later)).next_try == later
    assert next_state(SOURCE, KNOWN, good(not_before=NOW + TEN / 2)).next_try == NOW + TEN
    assert next_state(SOURCE, KNOWN, bad(not_before=later)).next_try == later


def test_one_address_that_asks_to_wait_leaves_the_other() -> None:
    later = NOW + timedelta(hours=2)
    refused = Answer(outcome=PollOutcome.HTTP, error="source_http", not_before=later)
    look = replace(good(), way=1, answers={"https://a.cn/": refused})
    state = next_state(SOURCE, KNOWN, look)
    assert state.next_try == NOW + TEN
    assert not may_ask(SOURCE, state, 0, NOW + TEN)
    assert may_ask(SOURCE, state, 1, NOW + TEN)
    assert may_ask(SOURCE, state, 0, later)


def test_health_line() -> None:
    line = describe_health(SOURCE, next_state(SOURCE, KNOWN, bad()), enabled=True)
    assert (line.shape, line.last_good, line.good_rows) == ("recorded", NOW - TEN, 50)
    assert (line.failures, line.error) == (1, "source_http")
    assert not line.is_stale(NOW)
    assert line.is_stale(NOW + timedelta(hours=1))
    assert describe_health(SOURCE, None, enabled=False).is_stale(NOW)
    assert describe_health(SOURCE, replace(KNOWN, way=1), enabled=True).shape == "documented"
