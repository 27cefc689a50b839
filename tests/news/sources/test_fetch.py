"""Fetching against a real server: polite, conditional, bounded, and never into a private network."""

import asyncio
import gzip
import zlib
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import stamina

from copyassist.news.sources import fetch as fetching
from copyassist.news.sources.addresses import AllowList, is_public
from copyassist.news.sources.answer import Answer, Validators
from copyassist.news.sources.body import read_body
from copyassist.news.sources.fetch import Fetcher, FetchOptions
from copyassist.news.sources.source import Way
from copyassist.types.news import HotItem, PollOutcome
from tests.news.sources.site import Asked, Reply, Site


def no_rows(body: bytes) -> list[HotItem]:
    return []


def options(**changes: Any) -> FetchOptions:
    base: dict[str, Any] = {"allowed": AllowList.of(["127.0.0.1"]), "pause": 0.0, "attempts": 1}
    return FetchOptions(**{**base, **changes})


def ask(url: str, validators: Validators | None = None, **changes: Any) -> Answer:
    return ask_all([Way(url=url, parse=no_rows)], validators, **changes)[0]


def ask_all(ways: list[Way], validators: Validators | None = None, **changes: Any) -> list[Answer]:
    async def run() -> list[Answer]:
        async with Fetcher(options(**changes)) as fetcher:
            return list(await asyncio.gather(*(fetcher.fetch(way, validators) for way in ways)))

    return asyncio.run(run())


def test_page_with_address_type_and_time(site: Site) -> None:
    site.routes["/a"] = Reply("热".encode(), headers={"Content-Type": "text/plain; charset=utf-8"})
    answer = ask(site.url("/a"))
    assert answer.outcome is PollOutcome.GOOD
    assert answer.page is not None
    assert answer.page.body == "热".encode()
    assert answer.page.url == site.url("/a")
    assert answer.page.content_type == "text/plain; charset=utf-8"
    assert datetime.now(UTC) - answer.page.seen_at < timedelta(minutes=1)


def test_user_agent_is_named(site: Site) -> None:
    ask(site.url("/a"))
    assert "copyassist/" in site.asked[0].headers["user-agent"]
    assert site.asked[0].headers["accept-encoding"] == "gzip, deflate"


def test_post_with_the_time_of_asking(site: Site) -> None:
    site.routes["/rank"] = Reply(b"{}")
    way = Way(
        url=site.url("/rank"),
        parse=no_rows,
        method="POST",
        headers={"Content-Type": "application/json"},
        body='{"timestamp": {now_ms}}',
    )
    ask_all([way])
    asked = site.asked[0]
    assert asked.method == "POST"
    assert int(asked.body.decode().removeprefix('{"timestamp": ').rstrip("}")) > 1_700_000_000_000


def test_validators_go_back_byte_for_byte(site: Site) -> None:
    etag, modified = 'W/"caf\xe9, 1"', "Thu,  4 Jun 2026 03:28:22 GMT"

    def reply(asked: Asked) -> Reply:
        if asked.headers.get("if-none-match") == etag:
            return Reply(status=304)
        return Reply(b"[]", headers={"ETag": etag, "Last-Modified": modified})

    site.routes["/a"] = reply
    first = ask(site.url("/a"))
    assert first.validators == Validators(etag=etag, last_modified=modified)
    second = ask(site.url("/a"), first.validators)
    assert second.outcome is PollOutcome.SAME
    assert second.page is None
    assert site.asked[1].headers["if-modified-since"] == modified
    assert "if-none-match" not in site.asked[0].headers


@pytest.mark.parametrize("status", [400, 401, 403, 404, 418, 432, 500])
def test_refusals_are_answers(site: Site, status: int) -> None:
    site.routes["/a"] = Reply(b"<html>no</html>", status=status)
    answer = ask(site.url("/a"))
    assert answer.outcome is PollOutcome.HTTP
    assert answer.params["status"] == status


def test_retry_after_is_obeyed_and_not_tried_again(site: Site) -> None:
    site.routes["/a"] = Reply(status=429, headers={"Retry-After": "7200"})
    with stamina.set_testing(True, attempts=3):
        answer = ask(site.url("/a"), attempts=3)
    assert len(site.asked) == 1
    assert answer.not_before is not None
    wait = answer.not_before - datetime.now(UTC)
    assert timedelta(minutes=119) < wait <= timedelta(minutes=120)


def test_server_errors_are_tried_again(site: Site) -> None:
    replies = iter([Reply(status=502), Reply(status=503), Reply(b"[]")])
    site.routes["/a"] = lambda asked: next(replies)
    with stamina.set_testing(True, attempts=3):
        assert ask(site.url("/a"), attempts=3).outcome is PollOutcome.GOOD
    assert len(site.asked) == 3


def test_client_errors_are_not_tried_again(site: Site) -> None:
    site.routes["/a"] = Reply(status=403)
    with stamina.set_testing(True, attempts=3):
        ask(site.url("/a"), attempts=3)
    assert len(site.asked) == 1


def test_slow_site_ends_at_the_limit(site: Site) -> None:
    site.routes["/a"] = Reply(slow=True)
    answer = ask(site.url("/a"), total_seconds=0.1)
    assert (answer.outcome, answer.error) == (PollOutcome.NETWORK, "source_timeout")


def test_endless_body_stops_at_the_limit(site: Site) -> None:
    site.routes["/a"] = Reply(endless=True)
    answer = ask(site.url("/a"), max_bytes=200_000)
    assert (answer.outcome, answer.error) == (PollOutcome.NETWORK, "source_too_large")


def test_endless_redirect_body_is_not_read(site: Site) -> None:
    site.routes["/a"] = Reply(status=302, endless=True, headers={"Location": "/b"})
    site.routes["/b"] = Reply(b"[]")
    assert ask(site.url("/a")).outcome is PollOutcome.GOOD


def test_cut_off_body_is_no_answer(site: Site) -> None:
    site.routes["/a"] = Reply(b"[1, 2", cut=True)
    answer = ask(site.url("/a"))
    assert (answer.outcome, answer.error) == (PollOutcome.NETWORK, "source_unreachable")


def test_closed_port_is_no_answer() -> None:
    with_site = Site()
    url = with_site.url("/a")
    with_site._server.server_close()
    answer = ask(url)
    assert (answer.outcome, answer.error) == (PollOutcome.NETWORK, "source_unreachable")


def raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


@pytest.mark.parametrize(
    ("name", "pack"),
    [("gzip", gzip.compress), ("deflate", zlib.compress), ("deflate", raw_deflate)],
    ids=["gzip", "zlib", "raw"],
)
def test_packed_bodies(site: Site, name: str, pack: Callable[[bytes], bytes]) -> None:
    site.routes["/a"] = Reply(pack("热榜".encode() * 100), headers={"Content-Encoding": name})
    answer = ask(site.url("/a"))
    assert answer.page is not None
    assert answer.page.body == "热榜".encode() * 100


def test_a_body_of_several_members_is_read_whole(site: Site) -> None:
    members = b"".join(gzip.compress(part) for part in (b"hot ", b"", b"list " * 500, b"end"))
    for packed in (members, members + b"\0" * 100):
        site.routes["/a"] = Reply(packed, headers={"Content-Encoding": "gzip"})
        found = ask(site.url("/a"))
        assert found.page is not None
        assert found.page.body == b"hot " + b"list " * 500 + b"end"


@pytest.mark.parametrize("size", [1, 7, 4096])
def test_members_may_come_in_any_pieces(size: int) -> None:
    packed = gzip.compress(b"one ") + gzip.compress(b"two") + b"\0\0"

    async def send() -> AsyncIterator[bytes]:
        for start in range(0, len(packed), size):
            yield packed[start : start + size]

    assert asyncio.run(read_body(send(), "gzip", 1000)) == b"one two"


def test_a_member_that_is_cut_off_is_no_answer(site: Site) -> None:
    packed = gzip.compress(b"one") + gzip.compress(b"two" * 100)[:-12]
    site.routes["/a"] = Reply(packed, headers={"Content-Encoding": "gzip"})
    assert ask(site.url("/a")).outcome is PollOutcome.NETWORK


def test_a_bomb_behind_a_member_stops_at_the_limit(site: Site) -> None:
    packed = gzip.compress(b"small") + gzip.compress(b"\0" * 3_000_000)
    site.routes["/a"] = Reply(packed, headers={"Content-Encoding": "gzip"})
    assert ask(site.url("/a"), max_bytes=100_000).error == "source_too_large"


@pytest.mark.parametrize("name", ["gzip", "deflate"])
def test_bomb_stops_at_the_limit(site: Site, name: str) -> None:
    pack = gzip.compress if name == "gzip" else zlib.compress
    site.routes["/a"] = Reply(pack(b"\0" * 50_000_000), headers={"Content-Encoding": name})
    answer = ask(site.url("/a"), max_bytes=1_000_000)
    assert (answer.outcome, answer.error) == (PollOutcome.NETWORK, "source_too_large")


def test_packed_body_that_is_cut_or_damaged(site: Site) -> None:
    whole = gzip.compress(b"hot" * 1000)
    for body in (whole[:-12], b"\x1f\x8b" + b"\xff" * 40):
        site.routes["/a"] = Reply(body, headers={"Content-Encoding": "gzip"})
        assert ask(site.url("/a")).error == "source_unreachable"


def test_packing_that_was_not_asked_for(site: Site) -> None:
    site.routes["/a"] = Reply(b"x", headers={"Content-Encoding": "br"})
    assert ask(site.url("/a")).error == "source_unreachable"


# --- addresses -----------------------------------------------------------------------------------


def test_private_address_is_refused(site: Site) -> None:
    answer = ask(site.url("/a"), allowed=AllowList())
    assert (answer.outcome, answer.error) == (PollOutcome.BLOCKED, "source_blocked")
    assert site.asked == []


@pytest.mark.parametrize("host", ["localhost", "127.1", "2130706433", "0x7f000001", "0"])
def test_names_of_loopback_are_refused(site: Site, host: str) -> None:
    answer = ask(site.url("/a", host=host), allowed=AllowList())
    assert answer.outcome in (PollOutcome.BLOCKED, PollOutcome.NETWORK)
    assert site.asked == []


def test_redirect_into_a_private_network_is_refused(site: Site) -> None:
    site.routes["/a"] = Reply(status=302, headers={"Location": site.url("/secret")})
    answer = ask(site.url("/a", host="localhost"), allowed=AllowList.of(["localhost"]))
    assert answer.outcome is PollOutcome.BLOCKED
    assert answer.params["host"] == "127.0.0.1"
    assert site.asked_for("/secret") == []


@pytest.mark.parametrize("where", ["file:///etc/passwd", "ftp://a.cn/", "javascript:alert(1)"])
def test_redirect_to_another_scheme_is_refused(site: Site, where: str) -> None:
    site.routes["/a"] = Reply(status=302, headers={"Location": where})
    assert ask(site.url("/a")).outcome is PollOutcome.NETWORK


def test_redirect_to_another_door_of_an_allowed_machine_is_refused(site: Site) -> None:
    for where in ("http://127.0.0.1:9/secret", "http://127.0.0.1/", "http://10.0.0.1/"):
        site.routes["/a"] = Reply(status=302, headers={"Location": where})
        assert ask(site.url("/a")).error == "source_blocked"
    site.routes["/b"] = Reply(status=302, headers={"Location": site.url("/c")})
    site.routes["/c"] = Reply(b"here")
    assert ask(site.url("/b")).outcome is PollOutcome.GOOD


def test_a_redirect_to_no_port_is_an_answer(site: Site) -> None:
    for where in ("http://127.0.0.1:99999/", "http://[::1/", "http://a b/"):
        site.routes["/a"] = Reply(status=302, headers={"Location": where})
        assert ask(site.url("/a")).outcome in (PollOutcome.NETWORK, PollOutcome.BLOCKED)


def test_endless_redirects_end(site: Site) -> None:
    site.routes["/a"] = Reply(status=302, headers={"Location": "/a"})
    assert ask(site.url("/a")).error == "source_redirects"
    assert len(site.asked) == 6


def test_public_name_with_a_private_answer_is_refused(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "resolve", answers(["127.0.0.1"]))
    answer = ask(site.url("/a", host="news.example.com"), allowed=AllowList())
    assert answer.outcome is PollOutcome.BLOCKED
    assert site.asked == []


def test_connection_goes_to_the_checked_address(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name server that changes its mind is asked only once per connection."""
    site.routes["/a"] = Reply(b"[]")
    resolve = answers(["127.0.0.1"], ["10.0.0.1"])
    monkeypatch.setattr(fetching, "resolve", resolve)
    allowed = AllowList.of(["news.example.com"])
    answer = ask(site.url("/a", host="news.example.com"), allowed=allowed)
    assert answer.outcome is PollOutcome.GOOD
    assert site.asked[0].headers["host"] == f"news.example.com:{site.port}"


def test_private_addresses_beside_public_ones_are_passed_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chosen = AllowList().choose("a.cn", ["10.0.0.1", "8.8.8.8", "127.0.0.1"])
    assert chosen == ["8.8.8.8"]


def answers(*lists: list[str]) -> Callable[[str, int], Any]:
    left = iter(lists)

    async def resolve(host: str, port: int) -> list[str]:
        return next(left)

    return resolve


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "198.18.0.1",
        "192.0.2.1",
        "192.0.0.192",
        "192.88.99.1",
        "fec0::1",
        "3fff::1",
        "5f00::1",
        "64:ff9b:1::1",
        "240.0.0.1",
        "::1",
        "::",
        "fe80::1%eth0",
        "fc00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "2002:7f00:1::",
        "64:ff9b::7f00:1",
        "2001:db8::1",
        "nonsense",
    ],
)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not AllowList().allows("host", address)


@pytest.mark.parametrize("address", ["8.8.8.8", "220.181.38.148", "2400:3200::1", "::ffff:8.8.8.8"])
def test_addresses_that_are_public(address: str) -> None:
    assert AllowList().allows("host", address)


def test_allowed_networks_and_hosts() -> None:
    allowed = AllowList.of(["198.18.0.0/15", "NAS.local", "192.168.1.7"])
    assert allowed.allows("weibo.com", "198.18.3.4")
    assert allowed.allows("nas.local.", "192.168.9.9")
    assert allowed.allows("x", "192.168.1.7")
    assert not allowed.allows("x", "192.168.1.8")
    assert not is_public(fetching_address("10.0.0.1"))


def fetching_address(text: str) -> Any:
    from ipaddress import ip_address

    return ip_address(text)


# --- politeness ----------------------------------------------------------------------------------


def test_one_request_at_a_time_within_a_host(site: Site) -> None:
    ways = [Way(url=site.url(f"/{n}"), parse=no_rows) for n in range(8)]
    ask_all(ways)
    assert len(site.asked) == 8
    assert site.most_at_once == 1


def test_hosts_are_asked_at_the_same_time() -> None:
    """Each of two sites answers only once both were asked: one after the other would hang."""
    import threading

    from tests.news.sources.site import serve

    both = threading.Barrier(2, timeout=20)

    def reply(asked: Asked) -> Reply:
        both.wait()
        return Reply(b"[]")

    with serve() as one, serve() as other:
        one.routes["/a"] = other.routes["/a"] = reply
        ways = [Way(url=place.url("/a"), parse=no_rows) for place in (one, other)]
        assert [a.outcome for a in ask_all(ways)] == [PollOutcome.GOOD, PollOutcome.GOOD]


def test_pause_between_requests_to_one_host(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    real = asyncio.sleep

    async def sleep(seconds: float) -> None:
        waited.append(seconds)
        await real(0)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    ask_all([Way(url=site.url(f"/{n}"), parse=no_rows) for n in range(2)], pause=30.0)
    assert max(waited) > 29


# --- proxies -------------------------------------------------------------------------------------


def test_proxy_of_the_environment_is_used(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.routes["http://news.example.com/a"] = Reply(b"[]")
    monkeypatch.setenv("http_proxy", site.url(""))
    monkeypatch.setattr(fetching, "resolve", answers(["8.8.8.8"]))
    assert ask("http://news.example.com/a").outcome is PollOutcome.GOOD
    assert site.asked[0].headers["host"] == "news.example.com"


def test_proxy_does_not_open_the_private_network(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", site.url(""))
    answer = ask("http://10.0.0.1/a", allowed=AllowList())
    assert answer.outcome is PollOutcome.BLOCKED
    assert site.asked == []


def test_hosts_without_proxy(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.routes["/a"] = Reply(b"[]")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    assert ask(site.url("/a")).outcome is PollOutcome.GOOD


def test_proxy_kind_that_is_not_supported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "socks5://127.0.0.1:9")
    monkeypatch.setattr(fetching, "resolve", answers(["8.8.8.8"]))
    assert ask("http://news.example.com/a").error in ("source_proxy", "source_unreachable")
