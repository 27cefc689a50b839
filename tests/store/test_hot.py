"""Polls, sightings and source states: whole or not at all, and the same list again is seen again."""

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import StatementError

from copyassist.store import Store
from copyassist.store.hot import HotStore
from copyassist.types.news import HotItem, Poll, PollOutcome, SourceState, WayState

NOON = datetime(2026, 6, 4, 4, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def hot(store: Store) -> HotStore:
    return store.hot


def items(*titles: str, source: str = "weibo") -> list[HotItem]:
    return [
        HotItem(source=source, title=title, rank=rank, heat=1000.0 - rank, external_id=title)
        for rank, title in enumerate(titles, start=1)
    ]


def good(at: datetime, *, source: str = "weibo", rows: int = 2) -> Poll:
    return Poll(source=source, seen_at=at, outcome=PollOutcome.GOOD, rows=rows)


def test_poll_comes_back_as_it_was_seen(hot: HotStore) -> None:
    seen = HotItem(
        source="weibo",
        title="高考今日开考",
        url="https://s.weibo.com/weibo?q=1",
        rank=3,
        heat=1136119.0,
        heat_text="剧集",
        label="爆",
        description="全国多地",
        category="社会",
        published_at=NOON - MINUTE,
        external_id="高考",
    )
    pinned = HotItem(source="weibo", title="置顶", pinned=True, label="热")
    advert = HotItem(source="weibo", title="新品", advert=True, pinned=True)
    saved = hot.save_poll(good(NOON, rows=3), [pinned, seen, advert])
    assert saved.id == hot.newest() == 1
    found = hot.sightings(NOON)
    assert [item.title for item in found] == ["置顶", "高考今日开考", "新品"]
    assert found[1].seen_at == NOON
    assert found[1].published_at == NOON - MINUTE
    assert (found[1].rank, found[1].heat, found[1].label) == (3, 1136119.0, "爆")
    assert (found[0].pinned, found[0].advert, found[2].pinned, found[2].advert) == (
        True,
        False,
        True,
        True,
    )


def test_same_answer_is_seen_again(hot: HotStore) -> None:
    hot.save_poll(good(NOON), items("甲", "乙"))
    same = Poll(source="weibo", seen_at=NOON + MINUTE, outcome=PollOutcome.SAME, rows=2)
    hot.save_poll(same, [])
    assert [(i.title, i.rank, i.seen_at) for i in hot.sightings(NOON + MINUTE)] == [
        ("甲", 1, NOON + MINUTE),
        ("乙", 2, NOON + MINUTE),
    ]


def test_failed_poll_leaves_the_last_good_list(hot: HotStore) -> None:
    hot.save_poll(good(NOON), items("甲", "乙"))
    failed = Poll(
        source="weibo",
        seen_at=NOON + MINUTE,
        outcome=PollOutcome.FORMAT,
        error="source_format",
        params={"expected": "data.realtime: list", "found": "object(ok)"},
    )
    hot.save_poll(failed, [])
    assert [i.title for i in hot.latest()["weibo"]] == ["甲", "乙"]
    assert len(hot.polls(NOON)) == 1
    kept = hot.polls(NOON, good_only=False)[1]
    assert kept.error == "source_format"
    assert kept.params == failed.params


def test_feed_keeps_only_new_entries(hot: HotStore) -> None:
    hot.save_poll(good(NOON), items("甲", "乙"), only_new=True)
    hot.save_poll(good(NOON + MINUTE, rows=3), items("丙", "甲", "乙"), only_new=True)
    assert [i.title for i in hot.sightings(NOON)] == ["甲", "乙", "丙"]
    hot.save_poll(good(NOON + 2 * MINUTE, rows=3), items("丙", "甲", "乙"), only_new=True)
    assert [i.title for i in hot.latest()["weibo"]] == ["丙"]


def test_one_row_is_stored_once_and_learns(hot: HotStore) -> None:
    hot.save_poll(good(NOON), [HotItem(source="weibo", title="甲", description="先说的")])
    hot.save_poll(good(NOON + MINUTE), [HotItem(source="weibo", title="甲", category="社会")])
    both = hot.sightings(NOON)
    assert {(i.description, i.category) for i in both} == {("先说的", "社会")}


def test_row_twice_in_one_list(hot: HotStore) -> None:
    pinned = HotItem(source="weibo", title="甲", pinned=True, external_id="甲")
    hot.save_poll(good(NOON), [pinned, *items("甲", "乙")])
    assert [(i.title, i.pinned) for i in hot.sightings(NOON)] == [
        ("甲", True),
        ("甲", False),
        ("乙", False),
    ]


def test_sightings_by_time_and_source(hot: HotStore) -> None:
    hot.save_poll(good(NOON), items("甲"))
    hot.save_poll(good(NOON + MINUTE, source="zhihu"), items("乙", source="zhihu"))
    assert [i.title for i in hot.sightings(NOON, NOON + MINUTE)] == ["甲"]
    assert [i.title for i in hot.sightings(NOON, sources=["zhihu"])] == ["乙"]
    assert set(hot.latest()) == {"weibo", "zhihu"}


def test_only_one_collector_claims_a_source(hot: HotStore) -> None:
    assert hot.claim("weibo", NOON, NOON + 2 * MINUTE) is not None
    assert hot.claim("weibo", NOON + MINUTE, NOON + 3 * MINUTE) is None
    assert hot.claim("weibo", NOON + 2 * MINUTE, NOON + 4 * MINUTE) is not None
    hot.release("weibo")
    assert hot.claim("weibo", NOON + 2 * MINUTE, NOON + 4 * MINUTE) is not None


def test_claims_at_the_same_moment(path: Path) -> None:
    start, won = threading.Barrier(6), []

    def take() -> None:
        with Store.open(path) as store:
            start.wait()
            won.append(store.hot.claim("weibo", NOON, NOON + MINUTE) is not None)

    Store.open(path).close()
    threads = [threading.Thread(target=take) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert won.count(True) == 1


def test_state_comes_back_and_ends_the_claim(hot: HotStore) -> None:
    hot.claim("weibo", NOON, NOON + MINUTE)
    state = SourceState(
        source="weibo",
        last_try=NOON,
        last_good=NOON,
        good_rows=50,
        usual_rows=51,
        failures=2,
        error="source_http",
        params={"status": 403},
        next_try=NOON + MINUTE,
        way=1,
        ways={"https://a.cn/": WayState(etag='W/"é"', last_modified="x", not_before=NOON)},
    )
    hot.save_poll(good(NOON), items("甲"), state)
    assert hot.states() == {"weibo": state}
    assert hot.claim("weibo", NOON, NOON + MINUTE) == state


def test_archive_is_loaded_once(hot: HotStore) -> None:
    hours = [(NOON + timedelta(hours=h), items("甲", f"第{h}小时")) for h in range(450)]
    assert hot.save_archive("weibo", hours) == 450
    assert hot.save_archive("weibo", hours) == 0
    assert len(hot.sightings(NOON)) == 900
    assert hot.polls(NOON)[0].outcome is PollOutcome.ARCHIVE


def test_poll_with_a_bad_row_changes_nothing(hot: HotStore) -> None:
    broken = [*items("甲"), HotItem(source="weibo", title="乙", heat=object())]  # type: ignore[arg-type]
    with pytest.raises(StatementError):
        hot.save_poll(good(NOON), broken)
    assert hot.polls(NOON, good_only=False) == []
    assert hot.newest() == 0


def test_strange_characters_are_stored(hot: HotStore) -> None:
    hot.save_poll(good(NOON), [HotItem(source="weibo", title="a\ud800b", description="x\x00y")])
    assert hot.sightings(NOON)[0].title == "a\ufffdb"


def test_forgetting(hot: HotStore) -> None:
    hot.save_poll(good(NOON), items("旧"))
    hot.save_poll(good(NOON + MINUTE), items("新"))
    assert hot.forget_before(NOON + MINUTE) == 1
    assert [i.title for i in hot.sightings(NOON)] == ["新"]
    hot.forget_source("weibo")
    assert hot.sightings(NOON) == []
    assert hot.latest() == {}


def test_accepted_length(hot: HotStore) -> None:
    hot.set_usual_rows("weibo", 20)
    assert hot.states()["weibo"].usual_rows == 20


def test_what_a_dead_collector_claimed_is_taken_over(hot: HotStore) -> None:
    def is_gone(name: str) -> bool:
        return name == "dead"

    for name, free in (("dead", True), ("living", False), ("", False)):
        hot.save_poll(good(NOON), [], SourceState(source="weibo"))  # which ends any claim
        assert hot.claim("weibo", NOON, NOON + 5 * MINUTE, name) is not None
        taken = hot.claim("weibo", NOON, NOON + 5 * MINUTE, "mine", is_gone)
        assert (taken is not None) is free


def test_a_claim_of_a_clock_that_was_ahead_does_not_bind(hot: HotStore) -> None:
    ahead = NOON + timedelta(days=300)
    assert hot.claim("weibo", ahead, ahead + 5 * MINUTE, "living") is not None
    assert hot.claim("weibo", NOON, NOON + 5 * MINUTE, "mine") is not None


def test_a_list_seen_under_a_clock_that_was_ahead_does_not_win(hot: HotStore) -> None:
    now = datetime.now(UTC)
    hot.save_poll(good(now + timedelta(days=300)), items("来自未来"))
    assert [i.title for i in hot.latest()["weibo"]] == ["来自未来"]  # for want of another
    hot.save_poll(good(now), items("现在的"))
    assert [i.title for i in hot.latest()["weibo"]] == ["现在的"]


def test_nobody_gives_back_what_is_anothers(hot: HotStore) -> None:
    assert hot.claim("weibo", NOON, NOON + MINUTE, "late") is not None
    assert hot.claim("weibo", NOON + 2 * MINUTE, NOON + 3 * MINUTE, "next") is not None
    hot.release("weibo", "late")
    assert hot.claim("weibo", NOON + 2 * MINUTE, NOON + 3 * MINUTE, "third") is None
    hot.release("weibo", "next")
    assert hot.claim("weibo", NOON + 2 * MINUTE, NOON + 3 * MINUTE, "third") is not None


def test_titles_are_found_by_words(store: Store) -> None:
    store.hot.save_poll(good(NOON - 40 * 24 * 60 * MINUTE), items("早餐店的旧闻"))
    store.hot.save_poll(good(NOON - MINUTE), items("早餐怎么吃", "别的事", "100%早餐_b"))
    store.hot.save_poll(
        good(NOON, source="zhihu"), items("早餐怎么吃", "Brunch 值得吗", source="zhihu")
    )
    since = NOON - timedelta(days=30)
    assert store.hot_titles(["早餐"], since) == [
        ("zhihu", "早餐怎么吃", NOON, 1),
        ("weibo", "100%早餐_b", NOON - MINUTE, 1),
        ("weibo", "早餐怎么吃", NOON - MINUTE, 1),
    ]
    assert [title for _, title, _, _ in store.hot_titles(["brunch", "0%早"], since)] == [
        "Brunch 值得吗",
        "100%早餐_b",
    ]
    assert store.hot_titles(["%"], since) == [("weibo", "100%早餐_b", NOON - MINUTE, 1)]
    assert store.hot_titles([], since) == []
    assert len(store.hot_titles(["早餐"], since, limit=1)) == 1
