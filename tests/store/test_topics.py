"""What is kept of topics: ids of titles, choices, visits, the heats of a list."""

from datetime import UTC, datetime, timedelta

from copyassist.store import Store
from copyassist.store.topics import KEPT, StoredChoice
from copyassist.types.news import HotItem, Poll, PollOutcome

NOW = datetime(2026, 6, 4, 12, tzinfo=UTC)


def save_list(store: Store, hours: float, heats: list[float | None]) -> None:
    when = NOW + timedelta(hours=hours)
    rows = [
        HotItem(source="weibo", title=f"第{n}条", rank=n, heat=heat, seen_at=when)
        for n, heat in enumerate(heats, 1)
    ]
    poll = Poll(source="weibo", seen_at=when, outcome=PollOutcome.GOOD, rows=len(rows))
    store.hot.save_poll(poll, rows)


def test_ids_of_titles_are_kept_and_replaced(store: Store) -> None:
    store.topics.keep({"甲": "1", "乙": "2"}, NOW)
    store.topics.keep({"乙": "3"}, NOW + timedelta(days=1))
    assert store.topics.known() == {"甲": "1", "乙": "3"}


def test_ids_of_titles_not_seen_for_long_are_forgotten(store: Store) -> None:
    store.topics.keep({"甲": "1"}, NOW)
    store.topics.keep({"乙": "2"}, NOW + KEPT + timedelta(hours=1))
    assert store.topics.known() == {"乙": "2"}


def test_more_ids_than_one_statement_takes(store: Store) -> None:
    many = {f"标题{n}": str(n) for n in range(1500)}
    store.topics.keep(many, NOW)
    store.topics.keep(many, NOW)
    assert store.topics.known() == many


def test_a_later_choice_replaces_an_earlier_one_in_either_order(store: Store) -> None:
    store.topics.choose([StoredChoice("甲", "乙", "join")], NOW)
    store.topics.choose([StoredChoice("乙", "甲", "split"), StoredChoice("甲", "丙", "join")], NOW)
    assert {(frozenset(c[:2]), c.verdict) for c in store.topics.choices()} == {
        (frozenset("甲乙"), "split"),
        (frozenset("甲丙"), "join"),
    }
    assert store.topics.forget_choices() == 2
    assert store.topics.choices() == []


def test_looks_within_half_an_hour_are_one_visit(store: Store) -> None:
    visit = store.topics.visit
    assert visit("hot", NOW) is None
    assert visit("hot", NOW + timedelta(minutes=20)) is None
    later = NOW + timedelta(hours=5)
    assert visit("hot", later) == NOW + timedelta(minutes=20)
    assert visit("hot", later + timedelta(minutes=10)) == NOW + timedelta(minutes=20)
    assert visit("other", later) is None


def test_a_look_under_a_clock_that_was_ahead_is_forgotten(store: Store) -> None:
    store.topics.visit("hot", NOW + timedelta(days=300))
    assert store.topics.visit("hot", NOW) is None
    assert store.topics.visit("hot", NOW + timedelta(hours=5)) == NOW


def test_everything_can_be_marked_as_seen(store: Store) -> None:
    store.topics.visit("hot", NOW)
    store.topics.mark_seen("hot", NOW + timedelta(minutes=5))
    assert store.topics.visit("hot", NOW + timedelta(minutes=6)) == NOW + timedelta(minutes=5)


def test_when_a_list_was_last_seen(store: Store) -> None:
    assert store.topics.last_good(NOW) is None
    save_list(store, -3, [1])
    save_list(store, 2, [1])
    failed = Poll(source="weibo", seen_at=NOW, outcome=PollOutcome.HTTP, error="source_http")
    store.hot.save_poll(failed, [])
    assert store.topics.last_good(NOW) == NOW - timedelta(hours=3)
    assert store.topics.last_good(NOW + timedelta(hours=9)) == NOW + timedelta(hours=2)


def test_the_heats_of_a_list(store: Store) -> None:
    for hour in range(10):
        save_list(store, -hour, [100, None, 10])
    after = NOW + timedelta(seconds=1)
    found = store.topics.heats("weibo", NOW - timedelta(hours=5), after, 1000)
    assert sorted(found) == [10.0] * 6 + [100.0] * 6
    few = store.topics.heats("weibo", NOW - timedelta(days=5), after, 10)
    assert 4 <= len(few) <= 10
