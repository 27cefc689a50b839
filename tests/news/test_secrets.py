"""A feed with a login and keys in its address, through every verb: they stay where they belong."""

import base64
import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from copyassist.cli import cli
from copyassist.commands.session import Session
from copyassist.errors import CopyAssistError
from copyassist.home import SOURCES
from copyassist.i18n import say_error
from copyassist.news.sources.aggregators import Service, make_table
from copyassist.news.sources.opml import dump_opml, parse_opml
from copyassist.news.sources.own import load_own, save_own
from copyassist.news.sources.source import Way
from tests.news.sources.conftest import _no_proxy, site
from tests.news.sources.site import Reply, Site

__all__ = ["_no_proxy", "site"]

SECRETS = ("geheim-login", "geheim-pass", "geheim-token", "geheim-sign")
LOGIN, PASSWORD, TOKEN, SIGN = SECRETS
QUERY = f"/rss?x=1&token={TOKEN}&sign={SIGN}"
# A link that is relative is counted from the address of the feed, login included.
FEED = b"""<rss version="2.0"><channel><title>t</title>
<item><title>\xe9\xab\x98\xe8\x80\x83\xe4\xbb\x8a\xe6\x97\xa5\xe5\xbc\x80\xe8\x80\x83</title><link>/one</link></item>
<item><title>\xe6\xb2\xb9\xe4\xbb\xb7\xe6\x88\x96\xe8\xbf\x8e</title><link>#two</link></item>
</channel></rss>"""


def find_told(text: str) -> list[str]:
    return [secret for secret in SECRETS if secret in text.lower()]


@pytest.fixture
def run(home: Path) -> Callable[..., str]:
    """Calls the program in both languages' words; whatever it says tells none of the secrets."""

    def call(*arguments: str) -> str:
        result = CliRunner().invoke(cli, arguments, obj=Session(), standalone_mode=False)
        text = result.output
        if isinstance(result.exception, CopyAssistError):
            text += say_error("zh", result.exception) + say_error("en", result.exception)
            text += str(result.exception)
        elif result.exception is not None:
            raise result.exception
        assert find_told(text) == [], text
        return text

    return call


def find_in_files(home: Path) -> list[str]:
    """The files of the home in which a secret stands."""
    return [
        path.name
        for path in home.rglob("*")
        if path.is_file() and find_told(path.read_bytes().decode("latin-1"))
    ]


def secret_url(site: Site, path: str = QUERY) -> str:
    return site.url(path).replace("://", f"://{LOGIN}:{PASSWORD}@")


def test_every_verb_keeps_them(
    site: Site,
    home: Path,
    run: Callable[..., str],
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    site.routes[QUERY] = Reply(FEED, headers={"ETag": '"1"'})
    url = secret_url(site)
    run("sources", "allow", "127.0.0.1")
    run("sources", "add", url)
    (table,) = load_own(home).tables
    assert table["url"] == url
    name = str(table["id"])
    assert "127-0-0-1" in name
    run("sources")
    run("sources", "--format", "json")
    assert "2" in run("collect", name)
    run("collect", "--force", name)
    (first, again) = site.asked
    expected = base64.b64encode(f"{LOGIN}:{PASSWORD}".encode()).decode()
    assert first.headers["authorization"] == f"Basic {expected}"
    assert first.path == QUERY
    assert again.headers["if-none-match"] == '"1"'  # what was kept is found again
    for form in ("text", "json", "md", "html", "csv", "rss"):
        assert "高考" in run("hot", "--format", form)
    run("hot", "report")
    for verb in ("disable", "enable", "accept"):
        run("sources", verb, name)
        run("sources", verb, url)
    run("sources", "remove", url)
    run("collect", url)
    run("sources", "allow", url)
    run("sources", "allow", url, "--not")
    run("sources", "opml", "export", str(tmp_path / "feeds.opml"))
    assert find_told((tmp_path / "feeds.opml").read_text("utf-8")) == []
    run("where")
    assert find_in_files(home) == [SOURCES.pattern]
    assert find_told(caplog.text) == []
    run("sources", "remove", name)
    assert find_in_files(home) == []


@pytest.mark.parametrize("reply", [
    Reply(status=403), Reply(b"<html>no</html>"), Reply(b"{}"), Reply(cut=True, body=b"x"),
    Reply(status=302, headers={"Location": f"http://{LOGIN}:{PASSWORD}@127.0.0.1:1{QUERY}"}),
    Reply(status=302, headers={"Location": f"ftp://{LOGIN}:{PASSWORD}@a.cn{QUERY}"}),
    Reply(status=302, headers={"Location": QUERY}),
])  # fmt: skip
def test_failures_do_not_tell_them(
    reply: Reply,
    site: Site,
    home: Path,
    run: Callable[..., str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    site.routes[QUERY] = reply
    run("sources", "allow", "127.0.0.1")
    run("sources", "add", secret_url(site))
    name = str(load_own(home).tables[0]["id"])
    run("collect", name)
    assert load_own(home).tables
    run("sources")
    run("sources", "--format", "json")
    assert find_in_files(home) == [SOURCES.pattern]
    assert find_told(caplog.text) == []


@pytest.mark.parametrize("address", [
    f"ftp://{LOGIN}:{PASSWORD}@a.cn{QUERY}", f"{LOGIN}:{PASSWORD}@a.cn/rss",
    f"https://{LOGIN}:{PASSWORD}@", f"https://{LOGIN}:{PASSWORD}@[::1{QUERY}",
])  # fmt: skip
def test_an_address_that_is_none_is_told_without_them(
    address: str, run: Callable[..., str]
) -> None:
    run("sources", "add", address)
    run("sources", "add", address, "weibo", "--as", "newsnow")


def test_a_header_that_cannot_be_sent_is_not_told(home: Path, run: Callable[..., str]) -> None:
    table = {**make_table("feed", "http://127.0.0.1:1/rss"), "headers": {"Cookie": f"{TOKEN}\n"}}
    save_own(load_own(home).add(table).allow("127.0.0.1"))
    run("collect", str(table["id"]))


SERVICES: list[tuple[Service, str, str]] = [
    ("feed", f"https://{LOGIN}:{PASSWORD}@a.cn{QUERY}", ""),
    ("newsnow", f"https://{LOGIN}:{PASSWORD}@a.cn", f"weibo?token={TOKEN}"),
    ("dailyhot", f"https://{LOGIN}:{PASSWORD}@a.cn", f"weibo?key={TOKEN}"),
    ("rsshub", f"https://{LOGIN}:{PASSWORD}@a.cn", f"/zhihu/hot?key={TOKEN}&code={SIGN}"),
]


@pytest.mark.parametrize(("service", "address", "what"), SERVICES)
def test_ids_and_names_hold_none(service: Service, address: str, what: str) -> None:
    table = make_table(service, address, what)
    assert find_told(str({**table, "url": ""})) == []
    assert LOGIN in table["url"]


def test_a_ranked_route_with_a_key_stays_a_list() -> None:
    table = make_table("rsshub", "https://a.cn", f"/zhihu/hot?key={TOKEN}")
    assert (table["kind"], table["id"]) == ("list", "rsshub-zhihu-hot")
    assert table["url"] == f"https://a.cn/zhihu/hot?key={TOKEN}"


def test_two_keys_are_two_feeds(home: Path, run: Callable[..., str]) -> None:
    for key in ("one", "two", "one"):
        run("sources", "add", f"https://a.cn/rss?key={key}")
    tables = load_own(home).tables
    assert [(t["id"], t["url"][-3:]) for t in tables] == [
        ("feed-a-cn-rss-2", "two"),
        ("feed-a-cn-rss", "one"),
    ]


def test_a_way_is_kept_under_a_place_of_its_own() -> None:
    one, two, plain = (
        Way(url=f"https://a.cn/rss{end}", parse=lambda _: []) for end in ("?key=1", "?key=2", "")
    )
    assert len({one.place, two.place, plain.place}) == 3
    assert one.place.startswith("https://a.cn/rss?key=*** ")
    assert plain.place == plain.url


# --- OPML ----------------------------------------------------------------------------------------


def test_an_export_says_what_it_left_out_and_comes_back_without_doubles(
    home: Path, run: Callable[..., str], tmp_path: Path
) -> None:
    run("sources", "add", f"https://{LOGIN}:{PASSWORD}@a.cn{QUERY}")
    run("sources", "add", "https://b.cn/rss")
    file = tmp_path / "feeds.opml"
    said = run("--lang", "en", "sources", "opml", "export", str(file))
    assert (
        "Without login or key in the file, so that it can be passed on: feed-a-cn-rssx-1." in said
    )
    urls = [outline.url for outline in parse_opml(file.read_bytes(), "x")]
    assert {"https://a.cn/rss?x=1", "https://b.cn/rss"} <= set(urls)
    assert "Added 0" in run("--lang", "en", "sources", "opml", "import", str(file))
    run("sources", "remove", "feed-a-cn-rssx-1")
    said = run("--lang", "en", "sources", "opml", "export", str(file))
    assert "Without" not in said


def test_a_feed_without_a_title_is_not_named_by_its_key() -> None:
    url = f"https://{LOGIN}:{PASSWORD}@a.cn{QUERY}".replace("&", "&amp;")
    data = f'<opml><body><outline xmlUrl="{url}"/></body></opml>'.encode()
    (outline,) = parse_opml(data, "x")
    assert outline.title == "https://a.cn/rss?x=1"
    assert TOKEN in outline.url


def test_a_name_that_an_address_stands_in_for_hides_its_key(home: Path) -> None:
    table = make_table("feed", f"https://a.cn{QUERY}")
    url = str(table["url"])
    own = load_own(home).add({**table, "name_zh": url, "name_en": url})
    source = own.find(str(table["id"]))
    assert find_told(source.name_zh + source.name_en) == []
    assert find_told(dump_opml([source], "t").decode()) == []
