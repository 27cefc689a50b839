"""The user's own sources: a file they may edit, aggregators by address, OPML."""

from contextlib import suppress
from pathlib import Path

import pytest

from copyassist.errors import (
    CopyAssistError,
    InputError,
    SettingsError,
    SourceFormatError,
    UsageError,
)
from copyassist.news.sources.aggregators import Service, make_table
from copyassist.news.sources.decide import describe_health
from copyassist.news.sources.json_list import load_sources, read_source
from copyassist.news.sources.opml import Outline, dump_opml, parse_opml
from copyassist.news.sources.own import OwnSources, find_faults, load_own, save_own
from copyassist.news.sources.registry import shipped_sources
from copyassist.news.sources.source import Page

TABLE = {
    "id": "mine",
    "name_zh": "我的榜",
    "url": "https://a.cn/list",
    "rows": "data",
    "fields": {"title": "t"},
}


@pytest.fixture
def own(tmp_path: Path) -> OwnSources:
    return load_own(tmp_path)


def test_nothing_chosen_without_a_file(own: OwnSources) -> None:
    assert dict(own.sources()) == dict(shipped_sources())
    assert own.is_on(own.find("weibo"))
    assert not own.is_on(own.find("csdn"))


def test_choices_come_back(own: OwnSources) -> None:
    chosen = own.switch("csdn", True).switch("weibo", False).allow("10.0.0.0/8").add(TABLE)
    save_own(chosen)
    again = load_own(own.path.parent)
    assert again == chosen
    assert again.is_on(again.find("mine"))
    assert again.find("mine").from_user
    assert again.allow_list().allows("nas", "10.1.2.3")
    assert not again.allow("10.0.0.0/8", False).allow_list().allows("nas", "10.1.2.3")


def test_own_source_replaces_a_shipped_one_of_its_id(own: OwnSources) -> None:
    chosen = own.add({**TABLE, "id": "weibo"})
    assert chosen.find("weibo").name_zh == "我的榜"
    assert chosen.remove("weibo").find("weibo").name_zh == "微博热搜"


def test_unknown_ids(own: OwnSources) -> None:
    for call in (
        lambda: own.switch("no", True),
        lambda: own.find("no"),
        lambda: own.remove("weibo"),
    ):
        with pytest.raises(UsageError):
            call()


@pytest.mark.parametrize(
    "text",
    [
        "enabled = 'csdn'",
        "nonsense = []",
        "[[source",
        '[[source]]\nid = "x"\nname_zh = "x"\nurl = "ftp://a.cn/"',
        '[[source]]\nid = "x"\nname_zh = "x"\nurl = "https://a.cn/"',
        '[[source]]\nid = "x"\nname_zh = "x"\nurl = "https://a.cn/"\nfields = { titel = "t" }',
        '[[source]]\nid = "x"\nname_zh = "x"\nurl = "https://a.cn/"\nminutes = 0\nformat = "feed"',
        '[[source]]\nid = "x"\nname_zh = "x"\nurl = "https://a.cn/"\nkind = "song"\nformat = "feed"',
        '[[source]]\nid = "x"\nname_zh = "x"\nurl = "https://a.cn/"\nshape = "guess"\nformat = "feed"',
        '[[source]]\nid = "x"\nname_zh = "x"\nurl = "https://a.cn/"\nformat = "csv"',
        '[[source]]\nid = "x"\nname_zh = "x"\ntypo = 1\nurl = "https://a.cn/"\nformat = "feed"',
        '[[source]]\nname_zh = "x"\nurl = "https://a.cn/"\nformat = "feed"',
    ],
)
def test_bad_files_name_the_field(own: OwnSources, text: str) -> None:
    own.path.write_text(text, "utf-8")
    with pytest.raises(SettingsError) as caught:
        load_own(own.path.parent)
    assert caught.value.params["path"] == str(own.path)


ODD = ("7", "true", "[]", "[7]", "[[]]", "{}", "{ a = 7 }", "[{ a = [7] }]", "2026-06-04", '""')


def load_or_error(path: Path) -> OwnSources | SettingsError:
    try:
        return load_own(path.parent)
    except SettingsError as error:
        return error


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize(
    "field",
    [
        *("id", "name_zh", "name_en", "platform", "kind", "minutes", "account", "ways", "url"),
        *("shape", "method", "headers", "body", "format", "after", "rows", "pinned_rows"),
        *("link", "labels", "skip", "pinned", "advert", "fields", "updated", "max_mb"),
    ],
)
def test_any_value_in_any_place_is_read_or_named(own: OwnSources, field: str, odd: str) -> None:
    table = {key: f"'{value}'" for key, value in TABLE.items() if key != "fields"}
    table |= {"fields": "{ title = 't' }", field: odd}
    text = "\n".join(f"{key} = {value}" for key, value in table.items())
    own.path.write_text(f"[[source]]\n{text}", "utf-8")
    read = load_or_error(own.path)
    if isinstance(read, SettingsError):
        assert read.params["path"] == str(own.path)
        assert read.params["field"] in {field, "url"}  # a table among the ways lacks its address
        return
    for source in read.sources().values():
        assert describe_health(source, None, enabled=own.is_on(source)).source == source.id
        for way in source.ways if source.from_user else ():
            with suppress(SourceFormatError):
                way.read(Page(body=b'{"data": [{"t": "x"}]}'))


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("key", ["source", "enabled", "disabled", "allowed"])
def test_any_value_of_any_key_is_read_or_named(own: OwnSources, key: str, odd: str) -> None:
    own.path.write_text(f"{key} = {odd}", "utf-8")
    read = load_or_error(own.path)
    if isinstance(read, SettingsError):
        assert read.params["path"] == str(own.path)
        assert read.params["field"] in {key, "id"}  # a table that is no source lacks its id
    else:
        assert not read.tables


def test_a_file_that_is_deeper_than_any_is_refused(own: OwnSources) -> None:
    own.path.write_text(f"source = {'[' * 20_000}", "utf-8")
    with pytest.raises(SettingsError):
        load_own(own.path.parent)


def test_shipped_file_is_read_whole() -> None:
    ids = [source.id for source in load_sources()]
    assert len(ids) == len(set(ids)) >= 18


# --- aggregators ---------------------------------------------------------------------------------

BODIES = {
    "newsnow": '{"status": "cache", "id": "weibo", "items": [{"id": "1", "title": "油价", "url":'
    ' "https://s.weibo.com/1", "extra": {"info": "1162万", "hover": "说明", "date": 1789038272400}}]}',
    "dailyhot": '{"code": 200, "data": [{"id": 1, "title": "油价", "url": "https://s.weibo.com/1",'
    ' "hot": 11620000, "desc": "说明", "timestamp": 1789038272400}]}',
}


@pytest.mark.parametrize("service", ["newsnow", "dailyhot"])
def test_aggregators(service: Service) -> None:
    source = read_source(make_table(service, "https://news.example.com/", "weibo"), "x")
    assert source.platform == "weibo"
    assert source.ways[0].url.startswith("https://news.example.com/")
    (item,) = source.ways[0].read(Page(body=BODIES[service].encode()))
    assert (item.title, item.heat, item.description, item.rank) == ("油价", 11_620_000, "说明", 1)
    assert item.published_at is not None
    with pytest.raises(CopyAssistError):
        source.ways[0].read(Page(body=b'{"status": 500, "message": "Invalid source id"}'))


@pytest.mark.parametrize(
    ("route", "kind", "platform"),
    [
        ("/zhihu/hotlist", "list", "zhihu"),
        ("weibo/search/hot", "list", "weibo"),
        ("/163/news/rank/whole/click/day", "list", "netease"),
        ("/weibo/user/2803301701", "feed", ""),
        ("/zhihu/hotlistx", "feed", ""),
        ("weibo/search/hot?limit=20&key=GEHEIM", "list", "weibo"),
        ("/zhihu/hot?limit=5", "list", "zhihu"),
        ("/bilibili/ranking/0?code=GEHEIM#top", "list", "bilibili"),
        ("/zhihu/hot-x?limit=5", "feed", ""),
    ],
)
def test_rsshub_routes(route: str, kind: str, platform: str) -> None:
    source = read_source(make_table("rsshub", "https://rsshub.example.com", route), "x")
    assert (source.kind, source.platform) == (kind, platform)
    assert source.ways[0].url == f"https://rsshub.example.com/{route.strip('/')}"
    assert "GEHEIM" not in source.id + source.name_zh + source.name_en


def test_a_whole_address_of_a_ranked_route_is_a_list() -> None:
    table = make_table("feed", "https://rsshub.example.com/weibo/search/hot?limit=9")
    assert (table["kind"], table["platform"]) == ("list", "weibo")
    assert make_table("feed", "https://a.cn/weibo/search/hot")["kind"] == "feed"


@pytest.mark.parametrize(
    ("service", "what", "url"),
    [
        ("newsnow", "weibo", "https://a.cn/n/api/s?id=weibo&key=K"),
        ("dailyhot", "weibo", "https://a.cn/n/weibo?key=K"),
        ("rsshub", "zhihu/hot?limit=5", "https://a.cn/n/zhihu/hot?limit=5&key=K"),
    ],
)
def test_the_key_of_an_instance_goes_along(service: Service, what: str, url: str) -> None:
    assert make_table(service, "https://a.cn/n/?key=K", what)["url"] == url


@pytest.mark.parametrize(
    ("service", "what", "first", "second"),
    [
        ("newsnow", "weibo", "https://a.cn", "https://b.cn"),
        ("dailyhot", "weibo", "https://a.cn", "https://a.cn:8443"),
        ("rsshub", "zhihu/hot", "http://a.cn", "https://a.cn"),
        ("rsshub", "zhihu/hot", "https://a.cn/?key=1", "https://a.cn/?key=2"),
        ("feed", "", "https://a.cn/x_y", "https://a.cn/x-y"),
        ("feed", "", "https://a.cn/Feed", "https://a.cn/feed"),
        ("feed", "", "http://a.cn/feed", "https://a.cn/feed"),
    ],
)
def test_two_addresses_are_two_sources(
    own: OwnSources, service: Service, what: str, first: str, second: str
) -> None:
    for address in (first, second, first, second):
        own = own.add(own.tell_apart(make_table(service, address, what)))
    one, two = own.tables
    assert one["url"] != two["url"]
    assert one["name_zh"] != two["name_zh"]
    assert two["id"] == f"{one['id']}-2"
    own = own.remove(one["id"])
    assert own.tell_apart(make_table(service, second, what))["id"] == two["id"]


def test_a_source_without_an_address_of_its_own_is_not_replaced(own: OwnSources) -> None:
    table = make_table("feed", "https://a.cn/feed")
    kept = {key: value for key, value in table.items() if key != "url"}
    own = own.add({**kept, "ways": [{"url": "https://b.cn/feed", "format": "feed"}]})
    assert own.tell_apart(table)["id"] == f"{table['id']}-2"


def test_ids_that_hide_one_another_are_told(own: OwnSources) -> None:
    text = "".join(
        f'[[source]]\nid = "x"\nname_zh = "x"\nurl = "https://{host}/"\nformat = "feed"\n'
        for host in ("a.cn", "b.cn")
    )
    own.path.write_text(text, "utf-8")
    assert [fault.code for fault in find_faults(own.path.parent)] == ["sources_double_id"]
    assert load_own(own.path.parent).tables


def test_addresses_that_cannot_be_used() -> None:
    for service, address, what in (
        ("feed", "file:///etc/passwd", ""),
        ("newsnow", "https://news.example.com", ""),
        ("rsshub", "rsshub.example.com", "/zhihu/hotlist"),
    ):
        with pytest.raises(UsageError):
            make_table(service, address, what)  # type: ignore[arg-type]


def test_passwords_of_addresses_are_not_shown() -> None:
    table = make_table("feed", "https://me:secret@a.cn:8080/rss")
    assert table["url"] == "https://me:secret@a.cn:8080/rss"
    assert "secret" not in table["id"] + table["name_zh"]


def test_long_addresses_stay_apart() -> None:
    long = "https://a.cn/" + "x" * 200
    first, second = make_table("feed", long + "1"), make_table("feed", long + "2")
    assert first["id"] != second["id"]
    assert len(first["id"]) <= 80


# --- OPML ----------------------------------------------------------------------------------------

OPML = """<?xml version="1.0"?><opml version="1.0"><body><outline text="财经">
<outline type="rss" text="甲 &amp; 乙" xmlUrl="https://a.cn/rss"/>
<outline TEXT="丙" XMLURL="https://b.cn/rss"/></outline>
<outline text="again" xmlUrl="https://a.cn/rss"/><outline text="bad" xmlUrl="javascript:x"/>
</body></opml>"""


def test_opml_in_gbk_that_does_not_say_so() -> None:
    told = OPML.replace('<?xml version="1.0"?>', "").encode("gb18030")
    assert parse_opml(told, "x") == parse_opml(OPML.encode(), "x")
    lying = OPML.replace('"1.0"?>', '"1.0" encoding="utf-8"?>', 1).encode("gb18030")
    assert parse_opml(lying, "x") == parse_opml(OPML.encode(), "x")


def test_opml_is_read() -> None:
    assert parse_opml(OPML.encode(), "x") == [
        Outline("again", "https://a.cn/rss"),
        Outline("丙", "https://b.cn/rss", "财经"),
    ]


def test_opml_there_and_back(own: OwnSources) -> None:
    source = own.add(make_table("feed", "https://a.cn/rss?a=1&b=2", "<甲>")).sources()
    written = dump_opml(source.values(), "我的 <订阅>")
    assert Outline("<甲>", "https://a.cn/rss?a=1&b=2") in parse_opml(written, "x")


@pytest.mark.parametrize(
    "data",
    [b"", b"<html/>", b"not xml", b"\xff\xfe", b"{}", b"<a:b/>", b"<:a/>", b"<a:/>", b"<?opml ?>"],
)
def test_what_is_no_opml(data: bytes) -> None:
    with pytest.raises(InputError) as caught:
        parse_opml(data, "feeds.opml")
    assert caught.value.params["file"] == "feeds.opml"


@pytest.mark.parametrize("root", ['opml xmlns="urn:x"', "OPML", "o:opml"])
def test_opml_by_any_prefix(root: str) -> None:
    data = f'<{root}><outline xmlUrl="https://a.cn/rss"/></{root.split()[0]}>'
    assert parse_opml(data.encode(), "x") == [Outline("https://a.cn/rss", "https://a.cn/rss")]


def test_any_name_of_a_source_can_be_exported(own: OwnSources) -> None:
    table = {**make_table("feed", "https://a.cn/rss"), "name_zh": "甲\x07\x1b\ufffe<乙>"}
    written = dump_opml(own.add(table).sources().values(), "x")
    assert "甲" in {outline.title[:1] for outline in parse_opml(written, "x")}


def test_opml_entities_do_nothing(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET")
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    text = (
        f'<!DOCTYPE x [<!ENTITY e0 "lol">{bomb}<!ENTITY s SYSTEM "{secret.as_uri()}">]><opml><body>'
        '<outline text="a&e11;" xmlUrl="https://a.cn/rss"/><outline text="&s;" xmlUrl="https://b.cn/"/>'
        "</body></opml>"
    )
    try:
        found = parse_opml(text.encode(), "x")
    except InputError:
        return
    assert all(len(outline.title) <= 300 and "SECRET" not in outline.title for outline in found)
