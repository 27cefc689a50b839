"""The topics as browser sessions share them: looked at, pasted into and chosen from at one time."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from copyassist.assistant import Assistant
from copyassist.news.board.board import HotTopics
from copyassist.settings import load_settings
from copyassist.types import MetricValue, Post
from tests.news.board.lists import now, save_morning
from tests.threads import run_together

ROUNDS = 6


@pytest.fixture
def assistant(home: Path) -> Iterator[Assistant]:
    opened = Assistant(load_settings())
    yield opened
    opened.store.close()


def repeated(work: Callable[[int], object]) -> Callable[[], None]:
    def run() -> None:
        for number in range(ROUNDS):
            work(number)

    return run


def test_sessions_do_not_disturb_each_other(assistant: Assistant) -> None:
    save_morning(assistant.store, now())
    accounts = [assistant.posts.add_account(name) for name in ("小满", "隔壁")]
    news = assistant.news

    def post(number: int) -> None:
        metrics = {"likes": MetricValue(100.0)}
        saved = Post(title=f"探店{number}", platform="weibo", published_at=now(), metrics=metrics)
        assistant.store.save_posts([saved], accounts[number % 2].id)

    def topic(_: int) -> None:
        for view in news.topics.hot_topics()[:2]:
            news.topics.related(view.id)

    works: list[Callable[[int], object]] = [
        lambda n: news.topics.board(account=accounts[n % 2]),
        lambda n: news.topics.board(account=accounts[(n + 1) % 2]),
        lambda n: news.paste("wechat", f"粘贴来的第{n}条\n油价{n}连涨\n"),
        lambda n: news.topics.save_subscriptions(f"[第{n}组]\n油价\n"),
        lambda _: news.topics.find_groups(),
        lambda _: assistant.copy_platform("weibo"),
        post,
        topic,
    ]
    run_together([repeated(work) for work in works])
    assert news.topics.find_groups() == (f"第{ROUNDS - 1}组",)
    titles = {title for view in news.topics.board().topics for title in view.titles}
    assert f"粘贴来的第{ROUNDS - 1}条" in titles


def test_one_session_at_a_time_works_on_the_topics(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_morning(assistant.store, now())
    topics, refresh = assistant.news.topics, HotTopics._refresh
    first, second = (view.id for view in topics.hot_topics()[:2])
    inside: list[int] = []
    met: list[int] = []

    def watch(hot: HotTopics, *given: object) -> object:
        inside.append(1)
        sum(range(20_000))  # long enough for another to come in
        met.append(len(inside))
        inside.pop()
        return refresh(hot, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(HotTopics, "_refresh", watch)
    works: list[Callable[[int], object]] = [
        lambda _: topics.board(),
        lambda _: topics.topic(first),
        lambda _: topics.related(second),
    ]
    run_together([repeated(work) for work in works * 2])
    assert met == [1] * len(works) * 2 * ROUNDS


def test_topics_take_up_rules_that_were_copied(assistant: Assistant) -> None:
    news = assistant.news
    kept = news.topics
    assert news.topics is kept
    assistant.copy_platform("weibo")
    assert news.topics is not kept
    assert news.topics.profiles["weibo"].user_edited
