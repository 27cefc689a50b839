"""Collecting from a real server into a real database."""

import itertools
import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from copyassist.commands.source_text import describe_health, describe_poll
from copyassist.errors import InputError, StoreError, UsageError
from copyassist.news.brought import save_csv_list, save_pasted
from copyassist.news.collecting import (
    CollectOptions,
    SourceProgress,
    choose_sources,
    collect,
    collect_every,
    find_health,
)
from copyassist.news.sources import look
from copyassist.news.sources.aggregators import make_table
from copyassist.news.sources.fetch import Fetcher
from copyassist.news.sources.own import OwnSources, load_own
from copyassist.news.sources.source import Way
from copyassist.store import Store
from copyassist.store.hot import HotStore
from copyassist.types.news import Poll, PollOutcome
from tests.news.sources.shapes import FEED
from tests.news.sources.site import Asked, Reply, Site

PAST = datetime(2020, 1, 1, tzinfo=UTC)
QUICK = CollectOptions(force=True, pause=0.0, attempts=1, total_seconds=5.0)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[HotStore]:
    with Store.open(tmp_path / "hot.db") as opened:
        yield opened.hot


def own(folder: Path, site: Site, *ids: str, ways: int = 1, kind: str = "list") -> OwnSources:
    """Sources of our own at the site: /a, and /a/1 as its second way."""
    chosen = load_own(folder).allow("127.0.0.1")
    for name in ids or ("a",):
        table = {
            "id": name,
            "name_zh": name,
            "kind": kind,
            "ways": [
                {
                    "url": site.url(f"/{name}" + (f"/{n}" if n else "")),
                    "rows": "data",
                    "fields": {"title": "t"},
                }
                for n in range(ways)
            ],
        }
        chosen = chosen.add(table)
    return chosen


def listed(*titles: str) -> bytes:
    return json.dumps({"data": [{"t": title} for title in titles]}).encode()


def many(count: int, mark: str = "") -> bytes:
    return listed(*(f"第{n}条{mark}" for n in range(count)))


def run(
    store: HotStore, chosen: OwnSources, *names: str, options: CollectOptions = QUICK
) -> list[Poll]:
    sources = [chosen.find(name) for name in names or [str(t["id"]) for t in chosen.tables]]
    return collect(store, chosen, sources, options).polls


def test_a_clock_that_was_ahead_stops_no_source(
    site: Site, store: HotStore, tmp_path: Path
) -> None:
    site.routes["/a"] = Reply(listed("甲"), headers={"Retry-After": "900"})
    chosen = own(tmp_path, site)
    run(store, chosen)
    state = store.states()["a"]
    ahead = timedelta(days=300)
    wrong = replace(
        state,
        last_try=datetime.now(UTC) + ahead,
        next_try=datetime.now(UTC) + ahead,
        ways={url: replace(way, not_before=datetime.now(UTC) + ahead)
              for url, way in state.ways.items()},
    )  # fmt: skip
    poll = Poll(source="a", seen_at=datetime.now(UTC) + ahead, outcome=PollOutcome.SAME, rows=1)
    store.save_poll(poll, [], wrong)
    due = CollectOptions(pause=0.0, attempts=1)
    assert len(run(store, chosen, options=due)) == 1
    assert run(store, chosen, options=due) == []  # and now the clock is right again


def test_good_list_is_stored(site: Site, store: HotStore, tmp_path: Path) -> None:
    site.routes["/a"] = Reply(listed("甲", "乙"))
    (poll,) = run(store, own(tmp_path, site))
    assert (poll.outcome, poll.rows) == (PollOutcome.GOOD, 2)
    items = store.latest()["a"]
    assert [(i.title, i.rank) for i in items] == [("甲", 1), ("乙", 2)]
    assert items[0].seen_at == poll.seen_at.replace(microsecond=0)
    assert store.states()["a"].last_good is not None


@pytest.mark.parametrize(
    ("reply", "outcome", "error"),
    [
        (Reply(many(30)[:200]), PollOutcome.FORMAT, "source_format"),
        (Reply(listed()), PollOutcome.EMPTY, "source_empty"),
        (Reply(many(9, "短")), PollOutcome.SHORT, "source_short"),
        (Reply(b"<!DOCTYPE html><html>blocked</html>"), PollOutcome.FORMAT, "source_format"),
        (Reply(b'{"data": {"list": []}}'), PollOutcome.FORMAT, "source_format"),
        (Reply(b'{"data": [1, 2, 3]}'), PollOutcome.FORMAT, "source_format"),
        (Reply(status=403), PollOutcome.HTTP, "source_http"),
        (Reply(status=429, headers={"Retry-After": "3600"}), PollOutcome.HTTP, "source_http"),
        (Reply(slow=True), PollOutcome.NETWORK, "source_timeout"),
        (Reply(endless=True), PollOutcome.NETWORK, "source_too_large"),
    ],
    ids=["truncated", "empty", "short", "html", "shape", "types", "403", "429", "slow", "endless"],
)
def test_bad_answer_never_replaces_a_good_list(
    site: Site, store: HotStore, tmp_path: Path, reply: Reply, outcome: PollOutcome, error: str
) -> None:
    chosen = own(tmp_path, site)
    site.routes["/a"] = Reply(many(30))
    (first,) = run(store, chosen)
    site.routes["/a"] = reply
    options = CollectOptions(
        force=True, pause=0.0, attempts=1, total_seconds=0.5, max_bytes=300_000
    )
    (second,) = run(store, chosen, options=options)
    assert (second.outcome, second.error) == (outcome, error)
    assert len(store.latest()["a"]) == 30
    health = next(line for line in find_health(store, chosen) if line.source == "a")
    assert health.last_good == first.seen_at.replace(microsecond=0)
    assert (health.error, health.failures, health.good_rows) == (error, 1, 30)
    assert health.next_try is not None
    assert health.next_try > health.last_good


NOW_MS = int(datetime.now(UTC).timestamp() * 1000)
HOUR_MS = 3_600_000


def aged(name: str, made: object, count: int = 30) -> bytes:
    frame = json.loads(many(count))
    return json.dumps({name: made, "status": "cache", **frame}).encode()


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        (Reply(aged("updatedTime", NOW_MS - 72 * HOUR_MS)), PollOutcome.OLD),
        (Reply(aged("updateTime", "2020-06-04T21:44:51.339969+08:00")), PollOutcome.OLD),
        (Reply(aged("updatedTime", NOW_MS - HOUR_MS // 2)), PollOutcome.GOOD),
        (Reply(aged("updatedTime", NOW_MS + 2 * HOUR_MS)), PollOutcome.GOOD),
        (Reply(aged("updatedTime", "someday")), PollOutcome.GOOD),
        (Reply(aged("updatedTime", None)), PollOutcome.GOOD),
        (Reply(many(30), headers={"Age": "259200"}), PollOutcome.OLD),
        (Reply(many(30), headers={"Age": "60"}), PollOutcome.GOOD),
    ],
)
def test_a_list_that_says_that_it_is_old_is_not_one_of_now(
    site: Site, store: HotStore, tmp_path: Path, reply: Reply, outcome: PollOutcome
) -> None:
    chosen = own(tmp_path, site)
    site.routes["/a"] = reply
    (poll,) = run(store, chosen)
    assert poll.outcome is outcome
    (item, *_) = store.latest()["a"]
    assert (poll.seen_at - item.seen_at < timedelta(minutes=1)) is (outcome is PollOutcome.GOOD)
    if outcome is PollOutcome.OLD:
        health = next(line for line in find_health(store, chosen) if line.source == "a")
        said = describe_health("en", health)
        assert f"{poll.params['hours']} hours old" in said
        run(store, chosen)
        assert len({found.seen_at for found in store.sightings(PAST)}) == 1  # seen once, not twice


def test_the_very_same_list_grows_old(site: Site, store: HotStore, tmp_path: Path) -> None:
    chosen = own(tmp_path, site)
    site.routes["/a"] = Reply(many(30))
    run(store, chosen)
    site.routes["/a"] = Reply(many(30), headers={"Age": "99999"})
    assert [poll.outcome for poll in run(store, chosen)] == [PollOutcome.OLD]


@pytest.mark.parametrize(("kind", "outcome"), [("list", "old"), ("feed", "good")])
def test_a_ranked_feed_says_when_it_was_made(
    site: Site, store: HotStore, tmp_path: Path, kind: str, outcome: str
) -> None:
    table = {**make_table("feed", site.url("/f")), "id": "a", "kind": kind}
    chosen = load_own(tmp_path).allow("127.0.0.1").add(table)
    body = FEED.replace(
        b"<channel>", b"<channel><lastBuildDate>Thu, 04 Jun 2020 09:00:00 GMT</lastBuildDate>"
    )
    assert b"lastBuildDate" in body
    site.routes["/f"] = Reply(body)
    assert [poll.outcome for poll in run(store, chosen)] == [outcome]


def test_a_large_feed_has_a_limit_of_its_own(site: Site, store: HotStore, tmp_path: Path) -> None:
    entry = f"<item><title>第%d篇</title><description>{'面粉' * 2000}</description></item>"
    body = "".join(["<rss><channel>", *(entry % n for n in range(20))]).encode()
    site.routes["/f"] = Reply(body)
    options = replace(QUICK, max_bytes=100_000)
    table = {**make_table("feed", site.url("/f")), "id": "a"}
    chosen = load_own(tmp_path).allow("127.0.0.1").add(table)
    (poll,) = run(store, chosen, options=options)
    assert (poll.error, poll.params["limit"]) == ("source_too_large", "0.1")
    assert "max_mb" in describe_poll("zh", "a", poll)
    (poll,) = run(store, chosen.add({**table, "max_mb": 1}), options=options)
    assert (poll.outcome, poll.rows) == (PollOutcome.GOOD, 20)


def entries(*written: tuple[str, str, str]) -> Reply:
    """A feed of (title, link, guid)."""
    inside = "".join(
        f"<item><title>{title}</title><link>{link}</link>{f'<guid>{guid}</guid>' if guid else ''}</item>"
        for title, link, guid in written
    )
    return Reply(f"<rss version='2.0'><channel><title>t</title>{inside}</channel></rss>".encode())


LINK = "https://a.cn/p/1"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("泡芙入门（3 条评论）", LINK, "p1"), ("泡芙入门（16 条评论）", LINK, "p1")),
        (("泡芙入门", LINK, "p1"), ("【已更新】泡芙入门", LINK, "p1")),
        (("泡芙入门（3 条评论）", LINK, ""), ("泡芙入门（6 条评论）", LINK, "")),
        (("泡芙入门", f"{LINK}?_t=1001", ""), ("泡芙入门", f"{LINK}?_t=1002", "")),
        (("泡芙入门", f"{LINK}?t=1764300001", ""), ("泡芙入门", f"{LINK}?t=1764300099", "")),
        (("泡芙入门", f"{LINK};jsessionid=A1", ""), ("泡芙入门", f"{LINK};jsessionid=B2", "")),
        (("泡芙入门", LINK, f"{LINK}?_t=1"), ("泡芙入门（2）", LINK, f"{LINK}?_t=2")),
    ],
)
def test_an_edited_entry_is_one_entry(
    site: Site,
    store: HotStore,
    tmp_path: Path,
    first: tuple[str, str, str],
    second: tuple[str, str, str],
) -> None:
    chosen = load_own(tmp_path).allow("127.0.0.1")
    chosen = chosen.add({**make_table("feed", site.url("/f")), "id": "a"})
    for written in (first, second, first, second):
        site.routes["/f"] = entries(written, ("另一条新闻", "https://a.cn/p/9", "p9"))
        run(store, chosen)
    seen = store.sightings(PAST)
    assert sorted(item.title for item in seen) == sorted([second[0], "另一条新闻"])
    assert {item.url for item in seen} == {second[1], "https://a.cn/p/9"}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("今日一句：早", LINK, "today"), ("昨夜大雨落满山城", LINK, "today")),
        (("公告", "https://a.cn/show?id=1", ""), ("公告", "https://a.cn/show?id=2", "")),
        (("公告", "https://a.cn/show?t=1", ""), ("公告", "https://a.cn/show?t=2", "")),
        (("泡芙入门", LINK, "p1"), ("泡芙入门", LINK, "p2")),
    ],
)
def test_another_entry_stays_another(
    site: Site,
    store: HotStore,
    tmp_path: Path,
    first: tuple[str, str, str],
    second: tuple[str, str, str],
) -> None:
    chosen = load_own(tmp_path).allow("127.0.0.1")
    chosen = chosen.add({**make_table("feed", site.url("/f")), "id": "a"})
    for written in (first, second):
        site.routes["/f"] = entries(written)
        run(store, chosen)
    assert sorted(item.title for item in store.sightings(PAST)) == sorted([first[0], second[0]])


def test_the_next_of_a_series_is_no_edit(site: Site, store: HotStore, tmp_path: Path) -> None:
    chosen = load_own(tmp_path).allow("127.0.0.1")
    chosen = chosen.add({**make_table("feed", site.url("/f")), "id": "a"})
    for day in (3, 4, 4):
        date = f"<pubDate>Thu, 0{day} Jun 2026 08:00:00 +0800</pubDate>"
        title = f"<title>早报 6月{day}日</title><guid>newest</guid>"
        site.routes["/f"] = Reply(
            f"<rss><channel><item>{title}{date}</item></channel></rss>".encode()
        )
        run(store, chosen)
    assert [item.title for item in store.sightings(PAST)] == ["早报 6月3日", "早报 6月4日"]


def test_entries_that_share_a_guid_stay_apart(site: Site, store: HotStore, tmp_path: Path) -> None:
    chosen = load_own(tmp_path).allow("127.0.0.1")
    chosen = chosen.add({**make_table("feed", site.url("/f")), "id": "a"})
    site.routes["/f"] = entries(*((f"泡芙入门之{n}", f"{LINK}{n}", "same") for n in range(3)))
    run(store, chosen)
    assert len(store.sightings(PAST)) == 3


def test_retry_after_is_kept_even_when_forced(site: Site, store: HotStore, tmp_path: Path) -> None:
    chosen = own(tmp_path, site)
    site.routes["/a"] = Reply(status=429, headers={"Retry-After": "3600"})
    run(store, chosen)
    assert run(store, chosen) == []
    assert len(site.asked) == 1


def test_source_is_not_asked_before_it_is_due(site: Site, store: HotStore, tmp_path: Path) -> None:
    site.routes["/a"] = Reply(listed("甲"))
    chosen, patient = own(tmp_path, site), CollectOptions(pause=0.0, attempts=1)
    assert len(run(store, chosen, options=patient)) == 1
    seen: list[SourceProgress] = []
    collect(store, chosen, [chosen.find("a")], patient, on_progress=seen.append)
    assert [progress.skipped for progress in seen] == ["not_due"]
    assert len(site.asked) == 1


def test_not_modified_is_the_same_list_again(site: Site, store: HotStore, tmp_path: Path) -> None:
    def reply(asked: Asked) -> Reply:
        if asked.headers.get("if-none-match") == '"1"':
            return Reply(status=304)
        return Reply(listed("甲", "乙"), headers={"ETag": '"1"'})

    site.routes["/a"] = reply
    chosen = own(tmp_path, site)
    outcomes = [run(store, chosen)[0].outcome for _ in range(3)]
    assert outcomes == [PollOutcome.GOOD, PollOutcome.SAME, PollOutcome.SAME]
    assert len(store.sightings(PAST)) == 6
    assert [poll.rows for poll in store.polls(PAST)] == [2, 2, 2]


def test_same_bytes_are_the_same_list(site: Site, store: HotStore, tmp_path: Path) -> None:
    site.routes["/a"] = Reply(listed("甲", "乙"))
    chosen = own(tmp_path, site)
    assert [run(store, chosen)[0].outcome for _ in range(2)] == [PollOutcome.GOOD, PollOutcome.SAME]


@pytest.mark.parametrize("first", [Reply(status=403), Reply(b"<html>"), Reply(listed())])
def test_second_way_is_taken_when_the_first_fails(
    site: Site, store: HotStore, tmp_path: Path, first: Reply
) -> None:
    site.routes |= {"/a": first, "/a/1": Reply(listed("甲"))}
    (poll,) = run(store, own(tmp_path, site, ways=2))
    assert (poll.outcome, poll.way) == (PollOutcome.GOOD, 1)


def test_first_failure_is_told_when_all_ways_fail(
    site: Site, store: HotStore, tmp_path: Path
) -> None:
    site.routes |= {"/a": Reply(status=403), "/a/1": Reply(b"<html>")}
    (poll,) = run(store, own(tmp_path, site, ways=2))
    assert (poll.error, poll.params["status"]) == ("source_http", 403)


def test_accepted_short_list_is_good(site: Site, store: HotStore, tmp_path: Path) -> None:
    chosen = own(tmp_path, site)
    for reply, outcome in ((many(30), "good"), (many(9, "新"), "short")):
        site.routes["/a"] = Reply(reply)
        assert run(store, chosen)[0].outcome == outcome
    store.set_usual_rows("a", 0)
    assert run(store, chosen)[0].outcome is PollOutcome.GOOD


def test_one_bad_source_does_not_disturb_the_others(
    site: Site, store: HotStore, tmp_path: Path
) -> None:
    names = [f"s{n}" for n in range(8)]
    site.routes |= {f"/{name}": Reply(listed(name)) for name in names}
    site.routes["/s3"] = Reply(b"nonsense")
    polls = run(store, own(tmp_path, site, *names))
    assert sorted(poll.source for poll in polls if poll.outcome.is_good) == [
        n for n in names if n != "s3"
    ]
    assert site.most_at_once == 1


def test_feed_entries_are_stored_once(site: Site, store: HotStore, tmp_path: Path) -> None:
    site.routes["/rss"] = Reply(FEED)
    table = {"id": "f", "name_zh": "f", "kind": "feed", "format": "feed", "url": site.url("/rss")}
    chosen = load_own(tmp_path).allow("127.0.0.1").add(table)
    run(store, chosen)
    site.routes["/rss"] = Reply(FEED.replace("高考今日开考".encode(), "新的一条".encode()))
    run(store, chosen)
    assert [i.title for i in store.sightings(PAST)] == [
        "油价或迎二连涨",
        "高考今日开考",
        "新的一条",
    ]


def test_private_address_is_refused_unless_allowed(
    site: Site, store: HotStore, tmp_path: Path
) -> None:
    site.routes["/a"] = Reply(listed("甲"))
    chosen = own(tmp_path, site)
    (poll,) = run(store, chosen.allow("127.0.0.1", False))
    assert (poll.outcome, poll.error) == (PollOutcome.BLOCKED, "source_blocked")
    assert site.asked == []


def test_two_collectors_share_the_work(site: Site, store: HotStore, tmp_path: Path) -> None:
    """The answer comes only once the other collector has found the source taken."""
    taken = threading.Event()

    def reply(asked: Asked) -> Reply:
        taken.wait(20)
        return Reply(listed("甲"))

    site.routes["/a"] = reply
    chosen = own(tmp_path, site)
    polls: list[Poll] = []
    first = threading.Thread(target=lambda: polls.extend(run(store, chosen)))
    first.start()
    assert site.arrived.wait(60)
    seen: list[SourceProgress] = []
    collect(store, chosen, [chosen.find("a")], QUICK, on_progress=seen.append)
    taken.set()
    first.join()
    assert [progress.skipped for progress in seen] == ["claimed"]
    assert len(polls) == 1


def test_collecting_again_and_again_until_stopped() -> None:
    stop, count = threading.Event(), itertools.count(1)

    def once() -> None:
        if next(count) == 3:
            stop.set()

    collect_every(timedelta(0), once, stop)
    assert next(count) == 4


def test_a_round_that_fails_is_told_and_the_next_one_comes() -> None:
    stop, told = threading.Event(), []
    rounds = iter([StoreError("store_busy", path="x"), None, StoreError("store_full", path="x")])

    def once() -> None:
        trouble = next(rounds, "end")
        if trouble == "end":
            stop.set()
        elif trouble is not None:
            raise trouble

    collect_every(timedelta(0), once, stop, on_trouble=lambda error: told.append(error.code))
    assert told == ["store_busy", "store_full"]


@pytest.mark.parametrize("failing", ["read", "fetch"])
def test_a_fault_of_one_source_is_its_own(
    site: Site, store: HotStore, tmp_path: Path, failing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.routes["/a"], site.routes["/b"] = Reply(listed("甲")), Reply(listed("乙"))
    chosen = own(tmp_path, site, "a", "b")

    def explode(*given: object) -> None:
        if any("/a" in str(getattr(one, "url", "")) for one in given):
            raise OverflowError("int too large")

    place, name = (Way, "read") if failing == "read" else (Fetcher, "fetch")
    plain = getattr(place, name)
    monkeypatch.setattr(place, name, lambda *given: explode(*given) or plain(*given))
    polls = {poll.source: poll for poll in run(store, chosen)}
    assert polls["a"].error == "source_failed"
    assert "OverflowError" in str(polls["a"].params)
    assert polls["b"].outcome is PollOutcome.GOOD
    assert [item.title for item in store.latest()["b"]] == ["乙"]


def test_an_answer_that_is_read_for_ever_is_given_up(
    site: Site, store: HotStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.routes["/a"] = Reply(many(3000))
    done = threading.Event()
    monkeypatch.setattr(look, "_SHORT_BODY", 0)
    monkeypatch.setattr(look, "READ_SECONDS", 0.05)
    monkeypatch.setattr(look, "_read", lambda *_: done.wait(60))
    chosen = own(tmp_path, site)
    try:  # the round ends while the reading still goes on
        assert [poll.error for poll in run(store, chosen)] == ["source_slow_to_read"]
        assert not done.is_set()
    finally:
        done.set()


def test_sources_to_ask(tmp_path: Path) -> None:
    chosen = load_own(tmp_path)
    names = {source.id for source in choose_sources(chosen)}
    assert "weibo" in names
    assert "csdn" not in names
    changed = chosen.switch("csdn", True).switch("weibo", False)
    names = {source.id for source in choose_sources(changed)}
    assert "csdn" in names
    assert "weibo" not in names
    assert [source.id for source in choose_sources(chosen, ["csdn", "csdn"])] == ["csdn"]
    with pytest.raises(UsageError):
        choose_sources(chosen, ["nothing"])


def test_pasted_and_csv_lists(store: HotStore) -> None:
    now = datetime(2026, 6, 4, 4, tzinfo=UTC)
    save_pasted(store, "xiaohongshu", "1 甲 12万\n2 乙 新\n", now)
    assert [(i.title, i.rank, i.heat) for i in store.latest()["xiaohongshu"]] == [
        ("甲", 1, 120_000.0),
        ("乙", 2, None),
    ]
    save_csv_list(store, "wechat", "标题,阅读量\n丙,10万+\n".encode("gbk"), now)
    assert store.latest()["wechat"][0].heat == 100_000
    with pytest.raises(UsageError):
        save_pasted(store, "wechat", " \n\n", now)
    with pytest.raises(InputError):
        save_csv_list(store, "wechat", b"a,b\n1,2\n", now, file="x.csv")
