"""The sources: how they fare by what is stored, and with --online whether they answer now."""

from datetime import timedelta
from pathlib import Path

import pytest

from copyassist.doctor import Told
from copyassist.news.sources.own import OwnSources, load_own, save_own
from copyassist.store import Store
from copyassist.types.news import Poll, PollOutcome, SourceState, WayState
from tests.news.sources.site import Reply, Site

from .looking import NOW, codes, look, picture

HOUR = timedelta(hours=1)


def choose(home: Path, site: Site, *names: str) -> OwnSources:
    """Sources of our own at the site, the shipped ones switched off."""
    own = load_own(home).allow("127.0.0.1")
    for name in [*own.sources()]:
        own = own.switch(name, False)
    for name in names:
        way = {"url": site.url(f"/{name}"), "rows": "data", "fields": {"title": "t"}}
        own = own.add({"id": name, "name_zh": name, "ways": [way]})
    save_own(own)
    return own


def remember(store: Store, name: str, **known: object) -> None:
    state = SourceState(source=name, last_try=NOW - HOUR, **known)  # type: ignore[arg-type]
    poll = Poll(source=name, seen_at=NOW - HOUR, outcome=PollOutcome.NETWORK)
    store.hot.save_poll(poll, [], state)


def test_sources_that_were_never_asked_are_no_trouble(home: Path) -> None:
    (result,) = look(home, "sources")
    assert (result.state, result.code) == ("ok", "sources_unasked")
    assert result.values["on"] == result.values["never"]


def test_no_source_that_is_on_is_noted(home: Path, site: Site) -> None:
    choose(home, site)
    assert codes(look(home, "sources")) == [("note", "sources_none")]


def test_sources_that_fail_are_told_with_since_when(store: Store, used: Path, site: Site) -> None:
    choose(used, site, "a", "b", "c")
    remember(store, "a", last_good=NOW - HOUR)
    assert codes(look(used, "sources")) == [("ok", "sources")]
    failed = {"failures": 3, "error": "source_timeout", "params": {"host": "b.example"}}
    remember(store, "b", last_good=NOW - 9 * HOUR, **failed)
    (result,) = look(used, "sources")
    assert (result.state, result.code) == ("note", "sources_fail")
    values = result.values
    assert (values["on"], values["never"], values["failing"]) == (3, 1, 1)
    assert (values["names"], values["since"]) == (["b"], NOW - 9 * HOUR)
    assert values["last_good"] == NOW - HOUR
    assert values["reason"] == Told("source_timeout", {"host": "b.example"})


def test_all_sources_failing_is_trouble(store: Store, used: Path, site: Site) -> None:
    choose(used, site, "a", "b")
    remember(store, "a", failures=2, error="source_timeout", params={"host": "a.example"})
    (result,) = look(used, "sources")
    assert (result.state, result.values["last_good"]) == ("trouble", None)


def test_no_site_is_asked_unless_told_to(store: Store, used: Path, site: Site) -> None:
    choose(used, site, "a")
    assert look(used, "online") == []
    assert site.asked == []


def test_online_each_source_is_asked_once_and_nothing_is_stored(
    store: Store, used: Path, site: Site
) -> None:
    choose(used, site, "a", "b", "c")
    site.routes["/a"] = Reply(b'{"data": [{"t": "one"}, {"t": "two"}]}')
    site.routes["/b"] = Reply(b"{}")
    url = site.url("/c")
    remember(store, "c", ways={url: WayState(not_before=NOW + 10**4 * HOUR)})
    before = picture(used, without="-shm")  # this process shares it with the store
    results = look(used, "online", online=True)
    assert codes(results) == [
        ("note", "source_silent"),
        ("ok", "sources_waiting"),
        ("ok", "sources_answer"),
    ]
    silent, waiting, good = (one.values for one in results)
    assert (silent["source"], waiting["names"], good["count"]) == ("b", ["c"], 1)
    assert sorted(one.path for one in site.asked) == ["/a", "/b"]
    assert picture(used, without="-shm") == before


def test_online_no_answer_at_all_is_trouble(home: Path, site: Site) -> None:
    choose(home, site, "a", "b")
    (result,) = look(home, "online", online=True)
    assert (result.state, result.code) == ("trouble", "sources_silent")
    assert result.values["names"] == ["a", "b"]
    assert isinstance(result.values["reason"], Told)
    assert result.values["reason"].code == "source_http"


@pytest.mark.usefixtures("store")
def test_online_a_private_address_is_not_asked(used: Path, site: Site) -> None:
    save_own(choose(used, site, "a").allow("127.0.0.1", False))
    (result,) = look(used, "online", online=True)
    assert result.state == "trouble"
    assert site.asked == []
