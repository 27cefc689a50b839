"""Tables as people, tools and spiders keep them: each kind with the values that a reader would take."""

import io
import json
import zipfile
from datetime import UTC, datetime, timedelta

import openpyxl
import pytest

from copyassist.posts.importing import ImportHints, ImportPreview, preview_file
from copyassist.posts.importing.short_dates import mend_days
from copyassist.reading.zones import CHINA, find_hour
from copyassist.tables.aliases import find_metric
from copyassist.tables.headings import find_heading_key, find_scale

from .exports import Rows, csv_bytes, xlsx_bytes

NOW = datetime(2026, 11, 22, 2, tzinfo=UTC)


def read(data: bytes, name: str = "a.csv", **more: object) -> ImportPreview:
    return preview_file(name, data, ImportHints(now=NOW, **more))  # type: ignore[arg-type]


def read_rows(*rows: tuple[object, ...], name: str = "a.csv") -> ImportPreview:
    return read(csv_bytes(rows), name)


def days(found: ImportPreview) -> list[str]:
    return [
        post.published_at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M") if post.published_at else ""
        for post in found.posts
    ]


# --- headings ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "metric"),
    [
        ("阅读（播放）", "views"),
        ("总阅读次数", "views"),
        ("精确播放数", "views"),
        ("小眼睛", "views"),
        ("statistics.play_count", "views"),
        ("viewd_count", "views"),
        ("阅读人数", "readers"),
        ("liked_count", "likes"),
        ("赞同数", "likes"),
        ("双击", "likes"),
        ("点赞（次）", "likes"),
        ("collected_count", "favourites"),
        ("收藏人数", "favourites"),
        ("藏", "favourites"),
        ("repin_count", "favourites"),
        ("留言", "comments"),
        ("评", "comments"),
        ("stat.reply", "comments"),
        ("share_count", "shares"),
        ("转", "shares"),
        ("reposts_count", "reposts"),
        ("投硬币枚数", "coins"),
        ("推荐（万）", "impressions"),
        ("完整阅读率", "completion"),
    ],
)
def test_a_heading_is_known_by_its_parts(heading: str, metric: str) -> None:
    found = find_metric(find_heading_key(heading))
    assert found is not None
    assert found[0] == metric


@pytest.mark.parametrize(
    "heading",
    ["粉丝阅读量", "昨日阅读", "人均播放", "播赞比", "点赞率排名", "粉丝数", "作者", "阅读量环比", "赞助商", "评级",
     "收藏夹名称", "推荐语", "user_id", "video_url", "nickname", "follower_count", "播放时长占比", "转化成本"],
)  # fmt: skip
def test_a_heading_about_something_else_is_left_alone(heading: str) -> None:
    assert find_metric(find_heading_key(heading)) is None


@pytest.mark.parametrize(
    ("heading", "scale"),
    [
        ("阅读量（万）", 10_000),
        ("播放量(w)", 10_000),
        ("播放\n（万次）", 10_000),
        ("曝光（单位：亿）", 1e8),
        ("点赞（次）", 1),
        ("点赞", None),
        ("阅读量（必填）", None),
    ],
)
def test_the_unit_of_a_heading_is_known(heading: str, scale: float | None) -> None:
    assert find_scale(heading) == scale


def test_of_two_columns_the_surer_one_is_taken() -> None:
    found = read_rows(
        ("标题", "创建时间", "发布时间", "更新时间", "喜欢", "点赞", "转发", "分享"),
        ("一篇", "2026-05-01 08:00", "2026-05-02 09:00", "2026-05-09 09:00", 3, 40, 5, 60),
    )
    (post,) = found.posts
    assert (post.exact("likes"), post.exact("shares")) == (40, 60)
    assert days(found) == ["2026-05-02 09:00"]


@pytest.mark.parametrize(
    "title", ["作品", "文章", "视频内容", "微头条内容", "片名", "动态标题", "笔记", "问题"]
)
@pytest.mark.parametrize(
    "day", ["上传时间", "发文日期", "上线时间", "合作日期", "回答时间", "日期", "投稿时间"]
)
def test_title_and_day_under_any_heading(title: str, day: str) -> None:
    found = read_rows(
        ("序号", day, title, "播放"), (1, "2026-05-01", "甲", 3), (2, "2026-05-02", "乙", 4)
    )
    assert [post.title for post in found.posts] == ["甲", "乙"]
    assert days(found)[0] == "2026-05-01 00:00"


@pytest.mark.parametrize(
    "day", ["更新时间", "提交时间", "采集时间", "last_update_time", "导出时间", "统计时间"]
)
def test_the_time_of_something_else_is_no_publication(day: str) -> None:
    found = read_rows(("标题", day, "播放"), ("甲", "2026-05-01", 3), ("乙", "2026-05-02", 4))
    assert days(found) == ["", ""]
    assert "published_at" in found.missing


def test_units_make_numbers() -> None:
    found = read_rows(
        ("单位：万", "", "", "", ""),
        ("标题", "阅读量", "点赞（个）", "评论", "完播率"),
        ("甲", "1.2", 30, "0.5", 0.41),
        ("乙", "3400", 31, "1.1万", 0.5),
    )
    assert [p.exact("views") for p in found.posts] == [12_000, 34_000_000]
    assert [p.exact("likes") for p in found.posts] == [30, 31]
    assert [p.exact("comments") for p in found.posts] == [5_000, 11_000]
    assert found.posts[0].exact("completion") == 0.41


def test_a_table_of_articles_and_videos_has_views_for_both() -> None:
    found = read_rows(("标题", "阅读", "播放"), ("甲", 5, "-"), ("乙", "-", 7))
    assert [post.exact("views") for post in found.posts] == [5, 7]


def test_a_rate_beyond_one_is_a_loop_only_where_there_are_loops() -> None:
    loops = read_rows(("标题", "播放", "完播率"), ("甲", 1, 0.5), ("乙", 1, 1.2), ("丙", 1, 0.9))
    assert [post.exact("completion") for post in loops.posts] == [0.5, 1.2, 0.9]
    clicks = read_rows(("标题", "播放", "点击率"), ("甲", 1, 0.5), ("乙", 1, 1.2), ("丙", 1, 0.9))
    assert [post.exact("ctr") for post in clicks.posts] == [0.005, 0.012, 0.009]


# --- days ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (["3.6", "3.13", "12.1"], ["2026-03-06", "2026-03-13", "2025-12-01"]),
        (["8月3日", "11月22日", "11月23日"], ["2026-08-03", "2026-11-22", "2025-11-23"]),
        (["07-05 08:30", "07-06 09:00"], ["2026-07-05 08:30", "2026-07-06 09:00"]),
        (["26/6/1", "26/6/15", "25/12/3"], ["2026-06-01", "2026-06-15", "2025-12-03"]),
        (["9/7/26 8:33", "9/22/26 11:30"], ["2026-09-07 8:33", "2026-09-22 11:30"]),
        (["22/9/2026", "7/9/2026"], ["2026-09-22", "2026-09-07"]),
        (["昨天 20:15", "11-20", "2025-12-18"], ["昨天 20:15", "2026-11-20", "2025-12-18"]),
        (["6/4/26", "4/6/26"], ["6/4/26", "4/6/26"]),  # nobody can tell
        (["2.30", "3.1"], ["2.30", "2026-03-01"]),
        (["2026-05-01", "11-20"], ["2026-05-01", "11-20"]),
        ([46001.0, None, "-"], [46001.0, None, "-"]),
    ],
)
def test_short_days_are_read_by_their_column(written: list[object], expected: list[object]) -> None:
    assert mend_days(written, NOW, None) == expected  # type: ignore[arg-type]


def test_the_year_stands_in_the_sheet_or_the_files_name() -> None:
    rows = (("日期", "标题", "播放"), ("8月5日", "甲", 3), ("8月6日", "乙", 4))
    for data, name in (
        (xlsx_bytes(rows, sheet="2024年8月"), "报表.xlsx"),
        (csv_bytes((("2024年发布登记", "", ""), *rows)), "a.csv"),
        (csv_bytes(rows), "日更20240801-20240831.csv"),
    ):
        found = read(data, name)
        assert days(found) == ["2024-08-05 00:00", "2024-08-06 00:00"]
        assert found.counted_dates == 2
        assert "counted_dates" in [remark.key for remark in found.remarks]


@pytest.mark.parametrize("first", ["发布日期", "发布时间"])
def test_day_and_time_in_a_column_each(first: str) -> None:
    second = {"发布日期": "发布时间", "发布时间": "发布日期"}[first]
    cells = {"发布日期": "2026-05-01", "发布时间": "07:58"}
    found = read_rows((first, second, "标题", "播放"), (cells[first], cells[second], "甲", 3))
    assert days(found) == ["2026-05-01 07:58"]


def test_a_day_alone_has_no_hour() -> None:
    found = read_rows(("标题", "日期", "播放"), ("甲", "2026-05-01", 3))
    assert find_hour(found.posts[0].published_at) is None


def test_relative_days_are_counted_from_the_export() -> None:
    found = read_rows(
        ("标题", "发布时间", "阅读"), ("甲", "3天前", 1), ("乙", "昨天 15:28", 2),
        name="导出_20261101.csv",
    )  # fmt: skip
    assert days(found)[1] == "2026-10-31 15:28"
    assert found.counted_dates == 2


# --- rows ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("total", ["合计：", "总计(2篇)", "当日合计", "平均值", "Total", "小计"])
def test_totals_are_no_posts(total: str) -> None:
    found = read_rows(("标题", "发布时间", "阅读量"), ("甲", "2026-03-01", 10), (total, "", 30))
    assert ([post.title for post in found.posts], found.skipped_rows) == (["甲"], 1)


@pytest.mark.parametrize("title", ["汇总：今年最好的书", "总计三种做法", "平均一天三杯水"])
def test_a_title_that_begins_like_a_total_is_a_post(title: str) -> None:
    found = read_rows(("标题", "发布时间", "阅读量"), (title, "2026-03-01", 10))
    assert [post.title for post in found.posts] == [title]


DAYS: Rows = (
    ("日期", "标题", "发布时间", "阅读量"),
    ("2026-03-02", "甲", "2026-03-01 08:00", 10),
    ("2026-03-03", "甲", "2026-03-01 08:00", 4),
    ("2026-03-02", "乙", "2026-03-01 09:00", 7),
    ("2026-03-03", "乙", "2026-03-01 09:00", 2),
    ("合计", "", "", 23),
)


def test_rows_by_day_are_added_up() -> None:
    found = read_rows(*DAYS)
    assert found.by_day == "summed"
    assert [(p.title, p.exact("views")) for p in found.posts] == [("甲", 14), ("乙", 9)]
    assert days(found) == ["2026-03-01 08:00", "2026-03-01 09:00"]


def test_of_totals_by_day_the_last_is_taken() -> None:
    grown = [(*row[:3], row[3] * 5 if row[0] == "2026-03-03" else row[3]) for row in DAYS[:5]]
    found = read_rows(*grown)
    assert found.by_day == "last"
    assert [post.exact("views") for post in found.posts] == [20, 10]


def test_posts_of_one_title_are_posts() -> None:
    start = datetime(2026, 3, 1, 7)
    rows = [("早安", (start + timedelta(days=n)).isoformat(), n) for n in range(20)]
    found = read_rows(("标题", "日期", "阅读量"), *rows)
    assert (found.by_day, len(found.posts), found.merged_rows) == (None, 20, 0)


def test_rows_of_one_post_are_told() -> None:
    found = read_rows(("标题", "阅读量"), ("分享图片", 11), ("分享图片", 300), ("甲", 1))
    assert found.merged_rows == 1
    assert "merged" in [remark.key for remark in found.remarks]


def test_what_is_missing_is_told() -> None:
    found = read_rows(("标题", "发布时间", "评论"), ("甲", "2026-03-01", 1))
    assert found.missing == ("views", "likes")
    later = read_rows(("标题", "发布时间", "阅读"), ("甲", "2027-03-01", 1))
    assert later.future_posts == 1


def test_a_mark_without_its_pair_is_told() -> None:
    text = '标题,阅读量\n甲,1\n"乙,2\n丙,3\n'
    found = read(text.encode())
    assert [post.title for post in found.posts] == ["甲", '"乙', "丙"]
    assert found.stray_quotes == (3,)


# --- sheets and other files ----------------------------------------------------------------------


def workbook(**sheets: Rows) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        if name.startswith("隐藏"):
            sheet.sheet_state = "hidden"
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


POSTS: Rows = (("标题", "发布时间", "阅读量"), ("甲", "2026-05-01", 3), ("乙", "2026-05-02", 4))
VIDEOS: Rows = (("视频标题", "上传时间", "播放量", "点赞"), ("丙", "2026-05-03", 5, 1))


def test_every_sheet_of_posts_is_read_and_no_other() -> None:
    found = read(
        workbook(
            说明=(("请每周填写",), ("平台：快手",)),
            图文=POSTS,
            粉丝=(("日期", "新增粉丝"), ("2026-05-01", 3)),
            视频=VIDEOS,
            隐藏备份=POSTS,
        ),
        "a.xlsx",
    )
    assert [post.title for post in found.posts] == ["甲", "乙", "丙"]
    assert {post.platform for post in found.posts} == {"kuaishou"}
    assert found.platform_source == "name"


def test_a_sheet_for_each_platform() -> None:
    found = read(workbook(抖音=VIDEOS, 公众号=POSTS), "月报.xlsx")
    assert {(p.title, p.platform) for p in found.posts} == {
        ("丙", "douyin"),
        ("甲", "wechat"),
        ("乙", "wechat"),
    }


def test_a_formula_without_a_value_is_told() -> None:
    found = read(workbook(表=(("标题", "阅读"), ("=A3", 1), ("甲", "=1+1"), ("乙", 5))), "a.xlsx")
    assert [(row.line, row.reason) for row in found.rejected] == [(2, "formula"), (3, "formula")]
    assert [post.title for post in found.posts] == ["乙"]


def test_objects_of_json() -> None:
    records = [
        {"aweme_id": "1", "desc": "甲 #一", "create_time": 1_777_600_000, "statistics": {"digg_count": 3}},
        {"aweme_id": "2", "desc": "乙", "create_time": 1_777_700_000, "statistics": {"digg_count": 4}},
    ]  # fmt: skip
    lines = "\n".join(json.dumps(record) for record in records)
    for text in (json.dumps(records), json.dumps({"code": 0, "data": {"list": records}}), lines):
        found = read(text.encode(), "a.json")
        assert [(p.title, p.platform, p.exact("likes")) for p in found.posts] == [
            ("甲 #一", "douyin", 3),
            ("乙", "douyin", 4),
        ]


# --- platforms -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "platform"),
    [
        ("头条", "toutiao"), ("微信", "wechat"), ("微信公众号", "wechat"), ("B站", "bilibili"),
        ("xhs", "xiaohongshu"), ("小红书", "xiaohongshu"), ("微信视频号", "shipinhao"), ("新浪微博", "weibo"),
    ],
)  # fmt: skip
def test_the_platform_of_a_row_by_any_name(name: str, platform: str) -> None:
    found = read_rows(("标题", "平台", "阅读"), ("甲", name, 1), ("乙", "火星网", 2))
    assert [post.platform for post in found.posts] == [platform, ""]
    assert found.unknown_platforms == ("火星网",)


@pytest.mark.parametrize(
    ("rows", "name", "platform", "source"),
    [
        (POSTS, "知乎文章.csv", "zhihu", "name"),
        ((("微信视频号数据", "", ""), *POSTS), "a.csv", "shipinhao", "name"),
        (POSTS, "抖音和快手.csv", None, "unknown"),
        (POSTS, "preddy.csv", None, "unknown"),
        ((("标题", "链接", "赞"), ("甲", "https://www.zhihu.com/p/1", 1)), "a.csv", "zhihu", "address"),
        ((("标题", "链接", "赞"), ("甲", "https://zhihu.com.evil.cn/p", 1)), "a.csv", None, "unknown"),
        ((("快手号", "标题", "赞"), ("某某", "甲", 1)), "a.csv", "kuaishou", "headings"),
        ((("视频号名称", "标题", "赞"), ("某某", "甲", 1)), "a.csv", "shipinhao", "headings"),
        ((("note_id", "title", "liked_count"), ("1", "甲", 1)), "a.csv", "xiaohongshu", "headings"),
        ((("视频标题", "发布时间", "视频链接", "赞"), ("甲", "2026-05-01", "https://v.douyin.com/a/", 1)),
         "a.csv", "douyin", "address"),
    ],
)  # fmt: skip
def test_the_platform_by_the_surest_sign(
    rows: Rows, name: str, platform: str | None, source: str
) -> None:
    found = read(csv_bytes(rows), name)
    assert (found.platform, found.platform_source) == (platform, source)


def test_what_was_said_goes_before_every_sign() -> None:
    found = read(csv_bytes(POSTS), "知乎文章.csv", platform="weibo")
    assert {post.platform for post in found.posts} == {"weibo"}
    assert found.platform_source == "said"


# --- what must not be taken for something else ------------------------------------------------------


@pytest.mark.parametrize("heading", ["人均观看时间", "停留时间", "更新时间", "平均播放时间"])
def test_a_clock_of_something_else_is_no_hour_of_publication(heading: str) -> None:
    found = read_rows(("标题", "发布日期", heading, "阅读量"), ("甲", "2026-01-01", "01:12", 3))
    assert days(found) == ["2026-01-01 00:00"]


def test_the_day_of_the_export_is_no_day_of_publication() -> None:
    found = read_rows(("标题", "发布时间", "导出时间", "阅读量"), ("甲", "09:30", "2026-05-01", 3))
    assert days(found) == [] or days(found) == [""]


def test_a_nought_for_what_is_no_article_hides_no_plays() -> None:
    found = read_rows(("标题", "阅读量", "播放量"), ("甲", 0, 8000), ("乙", 500, 0), ("丙", 0, 0))
    assert [post.exact("views") for post in found.posts] == [8000, 500, 0]


def test_an_empty_result_of_a_formula_is_a_result() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("标题", "阅读"), ("甲", 3)):
        sheet.append(row)
    data = io.BytesIO()
    book.save(data)
    cell = b'<c r="A3" t="str"><f>IF(B3="","",B3)</f><v></v></c>'
    edited = io.BytesIO()
    with zipfile.ZipFile(data) as old, zipfile.ZipFile(edited, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name.endswith("sheet1.xml"):
                part = part.replace(b"</sheetData>", b'<row r="3">' + cell + b"</row></sheetData>")
            new.writestr(name, part)
    found = read(edited.getvalue(), "a.xlsx")
    assert [post.title for post in found.posts] == ["甲"]
    assert found.rejected == ()


def test_series_of_one_name_are_posts() -> None:
    rows = [
        (f"2026-03-0{day}", title, 10 * day) for day in range(1, 4) for title in ("早报", "晚报")
    ]
    found = read_rows(("日期", "标题", "阅读量"), *rows)
    assert (found.by_day, len(found.posts)) == (None, 6)


def test_others_posts_beside_ones_own_are_not_ones_own() -> None:
    others = (("标题", "阅读量"), ("别人的", 999_999))
    found = read(workbook(明细=POSTS, 竞品=others), "a.xlsx")
    assert [post.title for post in found.posts] == ["甲", "乙"]
    assert found.sheets == ("明细",)


def test_a_day_that_may_be_read_in_two_ways_says_so() -> None:
    found = read_rows(
        ("标题", "发布时间", "阅读量"), ("早上好", "3/5/2026", "20"), ("晚上好", "4/6/2026", "30")
    )
    assert [row.reason for row in found.rejected] == ["time_of_two_readings"] * 2


def test_a_number_in_place_of_a_day_is_called_one() -> None:
    found = read(xlsx_bytes([("标题", "发布时间", "阅读量"), ("早上好", 3.5, 20)]), "a.xlsx")
    assert [row.reason for row in found.rejected] == ["time_is_number"]


def test_a_count_below_nothing_is_not_read_but_followers_may_be_lost() -> None:
    found = read_rows(("标题", "发布时间", "阅读量", "涨粉"), ("早上好", "2026-03-05", "-5", "-5"))
    assert {name: value.value for name, value in found.posts[0].metrics.items()} == {"follows": -5}
    assert [(cell.heading, cell.text) for cell in found.unread] == [("阅读量", "-5")]
