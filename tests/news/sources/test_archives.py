"""Archives of hot lists in every form in which they are published."""

import gzip
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from copyassist.errors import InputError, UsageError
from copyassist.news.sources.archives import Snapshot, find_archives, load_archive

WEIBO = """date,hour,display_time,realpos,title,hot,ads,category,flag
2024-11-01,0,1730392201.0,1.0,国考,2922704,0,校园,1.0
2024-11-01,0,1730392201.0,,置顶的话题,0,0,,0.0
2024-11-01,0,1730392201.0,,某新品上市,0,1,汽车,0.0
2024-11-01,1,1730395801.0,1.0,国考缴费,806190,0,教育,16.0
2024-11-01,1,,2.0,没有时间,1,0,,
"""
ZHIHU = """commit_time,capture_time,rank,question_id,title,heat_wan,label,answers
1704069719,1704069717,1,636865441.0,为什么？,173.0,hot,583
1704069719,1704069717,2,637256711.0,如何看待？,,new,67
"""
RANKED = """commit_time,rank,id,title
1764519013,1,2322015,切尔西vs阿森纳
1764519013,2,2322265,多国最新表态
1764522613,1,2322265,多国最新表态
"""
DESCRIBED = """date,title,category,max_hot,read,discuss,description
2025-06-01,成都震感,社会,6198742,2380000000.0,428000.0,发生3.9级地震
"""

Writer = Callable[[str, str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Writer:
    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        data = text.encode()
        path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
        return path

    return write


def load(path: Path, source: str = "") -> list[Snapshot]:
    return list(load_archive(path, source))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("name", ["weibo.csv", "weibo.csv.gz", "weibo/2026-06-04.json"])
def test_archives_that_a_spreadsheet_saved_again(write: Writer, name: str, encoding: str) -> None:
    path = write(name, "")
    text = json.dumps([{"title": "国考"}], ensure_ascii=False) if ".json" in name else WEIBO
    data = text.encode(encoding)
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    assert load(path)[0].items[0].title == "国考"


@pytest.mark.parametrize("name", ["w.csv", "w.csv.gz"])
def test_weibo_hours(write: Writer, name: str) -> None:
    first, second = load(write(name, WEIBO))
    assert first.source == "weibo"
    assert first.when == datetime(2024, 10, 31, 16, 30, 1, tzinfo=UTC)
    assert [(i.title, i.rank, i.heat, i.pinned, i.advert) for i in first.items] == [
        ("国考", 1, 2922704.0, False, False),
        ("置顶的话题", None, None, True, False),
        ("某新品上市", None, None, False, True),
    ]
    assert first.items[0].category == "校园"
    assert first.items[0].label == "新"
    assert [i.label for i in second.items] == ["沸"]


def test_zhihu_hours(write: Writer) -> None:
    (snapshot,) = load(write("z.csv", ZHIHU))
    assert snapshot.source == "zhihu"
    assert snapshot.when == datetime(2024, 1, 1, 0, 41, 57, tzinfo=UTC)
    first, second = snapshot.items
    assert (first.heat, first.label, first.external_id) == (1_730_000, "热", "636865441")
    assert first.url == "https://www.zhihu.com/question/636865441"
    assert second.heat is None


def test_ranked_lists_are_named_by_their_file(write: Writer) -> None:
    first, second = load(write("douyin_hourly_rank.csv.gz", RANKED))
    assert first.source == "douyin"
    assert [(i.rank, i.external_id) for i in first.items] == [(1, "2322015"), (2, "2322265")]
    assert len(second.items) == 1
    assert load(write("x.csv", RANKED), "kuaishou")[0].source == "kuaishou"
    with pytest.raises(UsageError):
        load(write("x.csv", RANKED))


DAY = '[{"title": "甲", "url": "https://a.cn/1"}]'


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("sina-news_2026-06-04.json", "sina-news"),
        ("36kr-video/2026-06-04.json", "36kr-video"),
        ("36kr_video_2026-06-04.json", "36kr-video"),
        ("36kr-2026-06-04.json", "36kr"),
        ("weibo-hot-words 2026-06-04.json", "weibo-hot-words"),
        ("weibo-hot-words/2026-06-04/11.json", "weibo-hot-words"),
        ("weibo-hot/2026-06-04.json", "weibo"),
        ("weibo-trending-hot/raw/2026-06-04.json", "weibo"),
        ("Zhihu-Daily_2026-06-04.json", "zhihu-daily"),
        ("sspai/weibo-2026-06-04.json", "weibo"),
        ("feed-烘焙-a_2026-06-04.json", "feed-烘焙-a"),
        ("烘焙weibo/2026-06-04/11.json", "weibo"),
    ],
)
def test_the_longest_id_in_a_name_is_meant(write: Writer, name: str, source: str) -> None:
    own = ("weibo-hot-words", "feed-烘焙-a")
    found = {one.source for one in load_archive(write(f"x/{name}", DAY), own=own)}
    assert found == {source}


def test_two_ids_in_a_name_are_asked_about(write: Writer) -> None:
    with pytest.raises(UsageError):
        load(write("zhihu/weibo-baidu-2026-06-04.json", DAY))


def test_an_own_list_with_the_columns_of_its_platform(write: Writer) -> None:
    path, own = write("weibo-hot-words.csv", WEIBO), ("weibo-hot-words", "mine")
    assert next(load_archive(path, own=own)).source == "weibo-hot-words"
    assert next(load_archive(write("mine.csv", WEIBO), own=own)).source == "weibo"
    assert next(load_archive(write("zhihu.csv", WEIBO), own=own)).source == "weibo"


def test_descriptions_are_no_sightings(write: Writer) -> None:
    (snapshot,) = load(write("d.csv", DESCRIBED))
    assert snapshot.describes
    assert snapshot.items[0].description == "发生3.9级地震"


def test_day_file(write: Writer) -> None:
    rows = [{"title": "甲", "url": "https://a.cn/1"}, {"title": "乙", "url": "javascript:x"}]
    (snapshot,) = load(write("zhihu/2026-06-04.json", json.dumps(rows)))
    assert (snapshot.source, snapshot.when) == (
        "zhihu",
        datetime(2026, 6, 4, 15, 59, 59, tzinfo=UTC),
    )
    assert [(i.title, i.rank, i.url) for i in snapshot.items] == [
        ("甲", None, "https://a.cn/1"),
        ("乙", None, ""),
    ]


@pytest.mark.parametrize("name", ["weibo/2026-06-04/11.json", "weibo/2026-06-04_11.json"])
def test_hour_file(write: Writer, name: str) -> None:
    rows = [
        {"title": "置顶的话题", "hot": 0, "ads": False},
        {"title": "甲", "hot": 12, "category": "社会", "ads": False},
        {"title": "某新品上市", "hot": 0, "ads": True},
        {"title": "乙", "hot": 11, "ads": False},
    ]
    (snapshot,) = load(write(name, json.dumps(rows)))
    assert snapshot.when == datetime(2026, 6, 4, 3, tzinfo=UTC)
    assert [(i.title, i.rank, i.pinned, i.advert) for i in snapshot.items] == [
        ("置顶的话题", None, True, False),
        ("甲", 1, False, False),
        ("某新品上市", None, False, True),
        ("乙", 2, False, False),
    ]


def test_hour_file_says_its_own_time(write: Writer) -> None:
    rows = [{"title": "甲", "hot": 1, "url": "https://m.weibo.cn/x?display_time%3D1787373919"}]
    (snapshot,) = load(write("weibo/2026-08-22/12.json", json.dumps(rows)))
    assert snapshot.when == datetime(2026, 8, 22, 4, 45, 19, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("weibo/2026-06-04.json", "{", "file_unreadable"),
        ("weibo/2026-06-04.json", "{}", "history_unknown_form"),
        ("weibo/list.json", '[{"title": "甲"}]', "history_without_time"),
        ("weibo/2026-13-44.json", '[{"title": "甲"}]', "history_without_time"),
        ("weibo.csv", "a,b\n1,2\n", "history_unknown_form"),
    ],
)
def test_what_is_no_archive(write: Writer, name: str, text: str, code: str) -> None:
    with pytest.raises(InputError) as caught:
        load(write(name, text))
    assert caught.value.code == code


def test_cut_off_archive(write: Writer) -> None:
    path = write("w.csv.gz", WEIBO * 50)
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(InputError) as caught:
        load(path)
    assert caught.value.code == "file_unreadable"


def test_folders_are_searched(write: Writer, tmp_path: Path) -> None:
    for name in ("weibo/2026-06-04/11.json", "weibo/2026-06-04/12.json", "weibo/readme.md"):
        write(name, "[]")
    assert [p.name for p in find_archives([tmp_path])] == ["11.json", "12.json"]
    with pytest.raises(InputError):
        find_archives([tmp_path / "no"])
    with pytest.raises(InputError):
        find_archives([tmp_path / "weibo/readme.md"])


def test_real_archives(bench_data: Path) -> None:
    first = next(load_archive(bench_data / "trends/weibo_hourly_heat.csv.gz"))
    assert first.when == datetime(2024, 10, 31, 16, 30, 1, tzinfo=UTC)
    assert first.items[0].title == "国考"
    ranks = [item.rank for item in first.items if item.ordinary]
    assert ranks == list(range(1, len(ranks) + 1))
    hour = next(load_archive(bench_data / "payloads/weibo_m_getIndex/2026-08-22_12.json"))
    assert (len(hour.items), sum(item.advert for item in hour.items)) == (53, 2)
