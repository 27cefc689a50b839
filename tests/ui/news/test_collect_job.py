"""Collecting beside the pages: it ends, it stops, it goes on by itself, it tells what broke."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from copyassist.assistant import Assistant
from copyassist.news.sources.aggregators import Wishes
from copyassist.types.news import PollOutcome
from copyassist.ui.news.collect_job import CollectJob, start_collecting
from tests.news.sources.site import Reply, Site, serve

FEED = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>
<item><title>an entry</title><link>https://example.com/1</link></item></channel></rss>"""


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    with serve() as running:
        running.routes["/feed.xml"] = Reply(FEED, headers={"Content-Type": "text/xml"})
        yield running


@pytest.fixture
def ready(assistant: Assistant, site: Site) -> Assistant:
    """Only one source is on, and it is on loopback."""
    assistant.news.switch([source.id for source in assistant.news.sources()], False)
    assistant.news.allow(["127.0.0.1"])
    assistant.news.add("feed", site.url("/feed.xml"), wishes=Wishes(name="here"))
    return assistant


def wait(job: CollectJob) -> None:
    assert job.wait(60)


def test_one_round(ready: Assistant, site: Site) -> None:
    job = start_collecting(ready, 1)
    wait(job)
    assert job.error is None
    assert not job.failed
    assert [one.poll.outcome for one in job.progress.asked if one.poll] == [PollOutcome.GOOD]
    assert [view.title for view in ready.news.topics.hot_topics()] == ["an entry"]


def test_a_round_is_stopped_and_its_source_given_back(ready: Assistant, site: Site) -> None:
    site.routes["/feed.xml"] = Reply(slow=True)
    job = start_collecting(ready, 1)
    assert site.arrived.wait(60)
    job.stop()
    wait(job)
    assert job.error is None
    assert not job.failed
    assert job.progress.asked == ()
    site.routes["/feed.xml"] = Reply(FEED, headers={"Content-Type": "text/xml"})
    again = start_collecting(ready, 1, force=True)
    wait(again)
    assert [one.skipped for one in again.progress.asked] == [None]


def test_rounds_go_on_until_stopped(ready: Assistant, site: Site) -> None:
    job = start_collecting(ready, 1, timedelta(hours=1))
    assert site.arrived.wait(60)
    job.stop()
    wait(job)
    assert job.error is None


def test_a_broken_choice_of_sources_is_told(ready: Assistant) -> None:
    (ready.settings.home / "sources.toml").write_text("enabled = 3", "utf-8")
    job = start_collecting(ready, 1)
    wait(job)
    assert job.error is not None
    assert job.error.code == "sources_bad_key"


def test_rounds_go_on_after_one_that_was_not_done(ready: Assistant, site: Site) -> None:
    sources = ready.settings.home / "sources.toml"
    good = sources.read_bytes()
    sources.write_text("enabled = 3", "utf-8")
    job = start_collecting(ready, 1, timedelta(milliseconds=20))
    while job.error is None:
        assert not job.wait(0.01)
    assert job.error.code == "sources_bad_key"
    sources.write_bytes(good)
    while not job.progress.ended:
        assert not job.wait(0.01)
    job.stop()
    wait(job)
    assert job.error is None
