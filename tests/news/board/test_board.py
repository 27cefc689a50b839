"""The board: one event one topic, ids that stay, splits and joins, visits, what is out of date."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from copyassist.assistant import Assistant
from copyassist.errors import InputError, UsageError
from copyassist.news.board.board import HotTopics
from copyassist.news.board.views import Order, TopicView, Wanted
from copyassist.news.sources.aggregators import Wishes
from copyassist.news.topics.trend import TrendKind
from copyassist.settings import load_settings
from copyassist.types import Account, MetricValue, Post
from copyassist.types.news import HotItem, Poll, PollOutcome
from tests.news.board.lists import EVENT, OTHERS, now, save_list, save_morning


@pytest.fixture
def assistant(home: Path) -> Iterator[Assistant]:
    opened = Assistant(load_settings())
    yield opened
    opened.store.close()


def find_event(hot: HotTopics) -> TopicView:
    (found,) = [v for v in hot.hot_topics() if set(v.titles) & set(EVENT)]
    return found


def test_nothing_seen_is_an_empty_board(assistant: Assistant) -> None:
    board = assistant.news.topics.board()
    assert board.moment is None
    assert board.topics == ()
    assert not board.stale


def test_one_event_on_three_lists_is_one_topic(assistant: Assistant) -> None:
    save_morning(assistant.store, now())
    event = find_event(assistant.news.topics)
    assert set(event.titles) == set(EVENT)
    assert {place.source for place in event.listed} == {"weibo", "zhihu", "toutiao"}
    assert event.trend.kind is TrendKind.RISING
    assert event.trend.observations == 4 + 2 + 1
    assert event.category == "社会"
    assert event.keywords


def test_topics_on_several_lists_come_first(assistant: Assistant) -> None:
    save_morning(assistant.store, now())
    topics = assistant.news.topics.hot_topics()
    assert set(topics[0].titles) <= {*EVENT, *OTHERS}
    assert len(topics[0].listed) > 1
    assert len(topics[-1].listed) == 1


def test_ids_stay_from_poll_to_poll_and_over_a_restart(assistant: Assistant) -> None:
    when = now()
    save_morning(assistant.store, when - timedelta(minutes=30))
    before = {v.title: v.id for v in assistant.news.topics.hot_topics()}
    save_list(assistant.store, "weibo", when, [EVENT[2], *OTHERS])
    after = {v.title: v.id for v in assistant.news.topics.hot_topics()}
    again = HotTopics(assistant.settings.home, assistant.store, {}, lambda _: [])
    restarted = {v.title: v.id for v in again.hot_topics()}
    shared = before.keys() & after.keys()
    assert len(shared) >= len(OTHERS) - 1
    assert all(before[title] == after[title] == restarted[title] for title in shared)


def test_polls_one_by_one_give_what_all_at_once_gives(assistant: Assistant) -> None:
    when = now()
    one_by_one = assistant.news.topics
    for minutes in (40, 30, 20, 10, 0):
        save_list(
            assistant.store, "weibo", when - timedelta(minutes=minutes), OTHERS[: 6 - minutes // 20]
        )
        one_by_one.board(when)
    fresh = HotTopics(assistant.settings.home, assistant.store, {}, lambda _: [])
    first, second = one_by_one.hot_topics(when), fresh.hot_topics(when)
    assert [(v.id, v.titles, v.trend.kind, v.trend.observations) for v in first] == [
        (v.id, v.titles, v.trend.kind, v.trend.observations) for v in second
    ]
    assert [v.listed[0].looks for v in first] == [v.listed[0].looks for v in second]


def test_an_imported_past_is_taken_in(assistant: Assistant) -> None:
    save_list(assistant.store, "weibo", now(), [OTHERS[0]])
    assert assistant.news.topics.hot_topics()[0].trend.observations == 1
    rows = [HotItem(source="weibo", title=OTHERS[0], rank=3)]
    assistant.store.hot.save_archive("weibo", [(now() - timedelta(hours=1), rows)])
    assert assistant.news.topics.hot_topics()[0].trend.observations == 2


def test_a_split_is_remembered(assistant: Assistant) -> None:
    save_morning(assistant.store, now())
    event = find_event(assistant.news.topics)
    ids = assistant.news.topics.split(event.id, [EVENT[2]])
    assert len(ids) == 2
    again = HotTopics(assistant.settings.home, assistant.store, {}, lambda _: [])
    titles = [set(v.titles) for v in again.hot_topics() if set(v.titles) & set(EVENT)]
    assert sorted(titles, key=len) == [{EVENT[2]}, set(EVENT[:2])]


def test_a_join_is_remembered(assistant: Assistant) -> None:
    save_morning(assistant.store, now())
    views = {v.titles[0]: v for v in assistant.news.topics.hot_topics()}
    id = assistant.news.topics.join([views[OTHERS[3]].id, views[OTHERS[4]].id])
    again = HotTopics(assistant.settings.home, assistant.store, {}, lambda _: [])
    assert set(again.topic(id).titles) == {OTHERS[3], OTHERS[4]}
    assert assistant.news.topics.forget_choices() > 0
    assert {OTHERS[3], OTHERS[4]} not in [set(v.titles) for v in assistant.news.topics.hot_topics()]


def test_a_split_leaves_a_title_at_least(assistant: Assistant) -> None:
    save_morning(assistant.store, now())
    event = find_event(assistant.news.topics)
    for titles in ([], list(EVENT), ["不在其中"]):
        with pytest.raises(UsageError, match="split_all"):
            assistant.news.topics.split(event.id, titles)


def test_an_unknown_topic(assistant: Assistant) -> None:
    save_morning(assistant.store, now())
    with pytest.raises(UsageError, match="unknown_topic"):
        assistant.news.topics.topic("nothing")


def test_old_lists_are_shown_as_old(assistant: Assistant) -> None:
    when = now() - timedelta(days=40)
    save_morning(assistant.store, when)
    board = assistant.news.topics.board()
    assert board.stale
    assert board.moment == when
    assert board.topics
    past = assistant.news.topics.board(when)
    assert not past.stale
    assert [v.id for v in past.topics] == [v.id for v in board.topics]


def test_a_list_that_stopped_is_marked_and_weighs_less(assistant: Assistant) -> None:
    save_list(assistant.store, "zhihu", now() - timedelta(hours=9), [OTHERS[0]])
    save_list(assistant.store, "weibo", now(), [*OTHERS[1:5], OTHERS[0]])
    (view,) = [v for v in assistant.news.topics.hot_topics() if OTHERS[0] in v.titles]
    assert {place.source: place.stale for place in view.places} == {"weibo": False, "zhihu": True}


def test_adverts_are_no_topics(assistant: Assistant) -> None:
    rows = [
        HotItem(source="weibo", title="买它就对了", advert=True),
        HotItem(source="weibo", title=OTHERS[0], rank=1),
    ]
    poll = Poll(source="weibo", seen_at=now(), outcome=PollOutcome.GOOD, rows=2)
    assistant.store.hot.save_poll(poll, rows)
    assert [v.title for v in assistant.news.topics.hot_topics()] == [OTHERS[0]]


def test_an_entry_of_a_feed_stays_for_a_day(assistant: Assistant) -> None:
    (source,) = assistant.news.add(
        "feed", "https://example.com/feed.xml", wishes=Wishes(name="某账号")
    )
    save_list(assistant.store, source.id, now() - timedelta(hours=5), [OTHERS[0]])
    save_list(assistant.store, source.id, now(), [])
    (view,) = assistant.news.topics.hot_topics()
    assert view.trend.kind is not TrendKind.GONE
    save_list(assistant.store, source.id, now() + timedelta(hours=25), [])
    assert assistant.news.topics.hot_topics(now() + timedelta(hours=25)) == []


def test_an_entry_of_years_ago_is_no_news(assistant: Assistant) -> None:
    when = now()
    old = HotItem(
        source="feed", title=EVENT[1], seen_at=when, published_at=when - timedelta(days=2000)
    )
    fresh = HotItem(
        source="feed", title=OTHERS[2], seen_at=when, published_at=when - timedelta(hours=3)
    )
    poll = Poll(source="feed", seen_at=when, outcome=PollOutcome.GOOD, rows=2)
    assistant.store.hot.save_poll(poll, [old, fresh])
    save_list(assistant.store, "weibo", when, [EVENT[0]])
    found = {v.title: v for v in assistant.news.topics.hot_topics(wanted=Wanted(since=when))}
    assert set(found) == {EVENT[0], OTHERS[2]}
    assert found[EVENT[0]].titles == (EVENT[0],)


def test_filters(assistant: Assistant) -> None:
    when = now()
    save_morning(assistant.store, when)
    hot = assistant.news.topics

    def count(**asked: object) -> int:
        return len(hot.hot_topics(when, wanted=Wanted(**asked)))  # type: ignore[arg-type]

    assert count() == 1 + len(OTHERS)
    assert count(sources=frozenset({"toutiao"})) == 2
    assert count(category="社会") == 1 + len(OTHERS)
    assert count(category="体育") == 0
    assert count(words="大熊猫") == 1
    assert count(limit=3) == 3
    assert count(since=when - timedelta(minutes=30)) == 0
    assert count(since=when - timedelta(hours=4)) == 1 + len(OTHERS)


def test_orders(assistant: Assistant) -> None:
    when = now()
    save_morning(assistant.store, when - timedelta(minutes=10))
    save_list(assistant.store, "weibo", when, [*OTHERS, "最后才来的话题"])
    newest = assistant.news.topics.hot_topics(when, wanted=Wanted(order=Order.NEW))
    assert newest[0].title == "最后才来的话题"
    rising = assistant.news.topics.hot_topics(when, wanted=Wanted(order=Order.RISING))
    kinds = [view.trend.kind is TrendKind.RISING for view in rising]
    assert kinds == sorted(kinds, reverse=True)


def test_lists_are_found_by_id_and_name(assistant: Assistant) -> None:
    find = assistant.news.topics.find_sources
    assert find(["weibo", "微博热搜", "WEIBO", "小红书"]) == [
        "weibo",
        "weibo",
        "weibo",
        "xiaohongshu",
    ]
    with pytest.raises(UsageError, match="unknown_list"):
        find(["没有这个"])


def test_related_topics_are_not_the_topic_itself(assistant: Assistant) -> None:
    save_list(assistant.store, "weibo", now(), ["NBA总决赛", "NBA总决赛尼克斯夺冠", OTHERS[0]])
    for view in assistant.news.topics.hot_topics():
        related = assistant.news.topics.related(view.id)
        assert view.id not in [other.id for other, _ in related]
        assert all(0 < strength <= 1 for _, strength in related)


# --- what it has to do with the writer -----------------------------------------------------------


def add_posts(assistant: Assistant, name: str, titles: list[str], relation: str = "own") -> Account:
    account = assistant.posts.add_account(name, relation)  # type: ignore[arg-type]
    posts = [
        Post(
            platform="wechat",
            title=title,
            published_at=now() - timedelta(days=2),
            metrics={"views": MetricValue(1000.0 + n)},
        )
        for n, title in enumerate(titles)
    ]
    assistant.store.save_posts(posts, account.id)
    return account


def test_what_the_account_wrote_is_marked_and_can_be_hidden(assistant: Assistant) -> None:
    save_morning(assistant.store, now())
    account = add_posts(
        assistant, "某某气象站", ["华北多地暴雨，学校停课", *["阳台种菜的第一年"] * 4]
    )
    views = {v.titles[0]: v for v in assistant.news.topics.hot_topics(account=account)}
    event = next(v for v in views.values() if set(v.titles) & set(EVENT))
    assert [one.title for one in event.written] == ["华北多地暴雨，学校停课"]
    assert event.mine
    left = assistant.news.topics.hot_topics(account=account, wanted=Wanted(hide_written=True))
    assert event.id not in {v.id for v in left}
    assert len(left) == len(views) - 1


def test_topics_near_the_account_come_first_when_asked(assistant: Assistant) -> None:
    save_morning(assistant.store, now())
    account = add_posts(
        assistant, "动物世界", [f"大熊猫幼崽的第{n}天：动物园日记" for n in "一二三四五六"]
    )
    wanted = Wanted(order=Order.RELEVANT)
    first, *rest = assistant.news.topics.hot_topics(account=account, wanted=wanted)
    assert "大熊猫" in first.title
    assert first.closeness is not None
    assert first.closeness.words
    values = [v.closeness.value for v in (first, *rest) if v.closeness]
    assert values == sorted(values, reverse=True)


def test_without_an_account_nothing_is_claimed(assistant: Assistant) -> None:
    save_morning(assistant.store, now())
    for view in assistant.news.topics.hot_topics():
        assert view.closeness is None
        assert view.written == ()


def test_what_followed_accounts_covered_is_marked(assistant: Assistant) -> None:
    save_morning(assistant.store, now())
    mine = add_posts(assistant, "我", ["阳台种菜的第一年"])
    add_posts(assistant, "对标号", ["高考作文题公布，引发热议"], "followed")
    view = next(v for v in assistant.news.topics.hot_topics(account=mine) if OTHERS[1] in v.titles)
    assert [(one.account, one.own) for one in view.written] == [("对标号", False)]
    assert not view.mine


def test_a_followed_feed_that_carries_the_topic_has_covered_it(assistant: Assistant) -> None:
    save_morning(assistant.store, now())
    (source,) = assistant.news.add(
        "feed", "https://example.com/a.xml", wishes=Wishes(account="某大号")
    )
    save_list(assistant.store, source.id, now(), [EVENT[0]])
    assert [one.account for one in find_event(assistant.news.topics).written] == ["某大号"]


def test_subscriptions_pick_topics(assistant: Assistant) -> None:
    save_morning(assistant.store, now())
    assistant.news.topics.save_subscriptions("[天气]\n暴雨\n!高考\n\n[考试]\n高考\n@1\n")
    board = assistant.news.topics.board()
    assert board.groups == ("天气", "考试")
    assert find_event(assistant.news.topics).groups == ("天气",)
    assert len(assistant.news.topics.hot_topics(wanted=Wanted(group="考试"))) == 1
    assert len(assistant.news.topics.hot_topics(wanted=Wanted(mine=True))) == 2
    (assistant.settings.home / "subscriptions.txt").write_text("[熊猫]\n大熊猫\n", "utf-8")
    assert [v.groups for v in assistant.news.topics.hot_topics(wanted=Wanted(mine=True))] == [
        ("熊猫",)
    ]


def test_a_subscription_that_makes_no_sense_is_not_kept(assistant: Assistant) -> None:
    assistant.news.topics.save_subscriptions("暴雨\n")
    with pytest.raises(InputError):
        assistant.news.topics.save_subscriptions("/(/\n")
    assert assistant.news.topics.subscriptions == "暴雨\n"
