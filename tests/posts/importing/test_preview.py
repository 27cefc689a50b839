"""Tables of no known form, odd tables, and files that are none."""

import csv
import io
import zipfile
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from copyassist.cells import RISKY
from copyassist.errors import CopyAssistError, InputError, UsageError
from copyassist.posts.importing import ImportHints, ImportPreview, preview_file, preview_text
from copyassist.store import Store
from copyassist.tables import files, table
from copyassist.types import Post

from .exports import (
    EXAMPLES,
    csv_bytes,
    douyin_rows,
    html_bytes,
    toutiao_rows,
    wechat_rows,
    xiaohongshu_rows,
    xls_bytes,
    xlsx_bytes,
)

NOW = datetime(2026, 11, 22, 2, tzinfo=UTC)


def read(data: bytes, name: str = "a.csv", **more: object) -> ImportPreview:
    return preview_file(name, data, ImportHints(now=NOW, **more))  # type: ignore[arg-type]


def refuse(data: bytes, **more: object) -> str:
    with pytest.raises(CopyAssistError) as caught:
        read(data, **more)
    return caught.value.code


# --- tables of no known form --------------------------------------------------------------------


def test_any_table_is_read_by_its_headings() -> None:
    found = preview_text(
        "文章标题\t发布时间\t阅读量\t点赞数\t备注\n第一篇\t2026/5/1\t1.2万\t30\tx\n第二篇\t2026/5/2\t900\t--\t\n",
        ImportHints(now=NOW),
    )
    assert (found.form, found.platform, found.needs_mapping) == ("generic", None, False)
    assert [(p.title, p.exact("views"), p.exact("likes")) for p in found.posts] == [
        ("第一篇", 12000, 30),
        ("第二篇", 900, None),
    ]
    assert found.columns == {
        "文章标题": "title",
        "发布时间": "published_at",
        "阅读量": "views",
        "点赞数": "likes",
    }
    assert found.unused_headings == ("备注",)
    assert found.metrics == {"views": 2, "likes": 1}
    assert (found.first, found.last) == (
        datetime(2026, 4, 30, 16, tzinfo=UTC),
        datetime(2026, 5, 1, 16, tzinfo=UTC),
    )


_UNNAMED = csv_bytes(
    [
        ("序号", "甲栏", "上线", "阅读量", "备注一栏"),
        (1, "一个很长很长的作品名字", "2026/5/1", 900, "置顶"),
        (2, "另一个很长的作品名字", "2026/5/2", 800, ""),
    ]
)


def test_without_a_title_column_it_asks_and_guesses() -> None:
    found = read(_UNNAMED)
    assert found.needs_mapping
    assert found.posts == ()
    assert found.headings == ("序号", "甲栏", "上线", "阅读量", "备注一栏")
    assert found.guess == {"title": "甲栏", "published_at": "上线", "views": "阅读量"}
    assert found.sample[0] == ("1", "一个很长很长的作品名字", "2026/5/1", "900", "置顶")


def test_the_sample_stands_under_its_headings() -> None:
    rows = [
        ("序号", "", "甲栏", "阅读量"),
        (1, "x", "一个很长的作品名字", 900),
        (2, "y", "另一个作品名"),
    ]
    found = read(csv_bytes(rows))
    assert found.headings == ("序号", "甲栏", "阅读量")
    assert found.sample == (("1", "一个很长的作品名字", "900"), ("2", "另一个作品名", ""))


def test_a_mapping_names_the_columns() -> None:
    found = read(_UNNAMED, mapping={"title": "甲栏", "published_at": "上线"}, platform="zhihu")
    assert not found.needs_mapping
    assert found.platform == "zhihu"
    assert [(p.title, p.platform, p.exact("views")) for p in found.posts] == [
        ("一个很长很长的作品名字", "zhihu", 900),
        ("另一个很长的作品名字", "zhihu", 800),
    ]


def test_a_mapping_overrides_what_headings_suggest() -> None:
    found = read(csv_bytes(douyin_rows()), mapping={"favourites": "点赞量"})
    assert found.form == "douyin_works"
    assert found.posts[0].exact("favourites") == 5400
    assert "likes" not in found.posts[0].metrics


def test_a_mapping_that_does_not_fit_is_named() -> None:
    with pytest.raises(InputError) as missing:
        read(_UNNAMED, mapping={"title": "名字"})
    assert missing.value.code == "column_missing"
    assert missing.value.params["columns"] == "名字"
    assert "甲栏" in str(missing.value.params["known"])
    with pytest.raises(UsageError) as field:
        read(_UNNAMED, mapping={"titel": "甲栏"})
    assert field.value.code == "import_bad_field"


def test_a_table_of_days_is_never_read_as_posts() -> None:
    found = read(
        csv_bytes([("日期", "新增", "观看量"), ("2026-05-01", 3, 900), ("2026-05-02", 4, 901)])
    )
    assert (found.form, found.kind, found.posts) == ("generic_day", "account_day", ())


def test_the_users_platform_wins() -> None:
    assert read(EXAMPLES["douyin_works"][1], platform="kuaishou").platform == "kuaishou"


# --- odd tables ---------------------------------------------------------------------------------


def test_totals_notices_and_repeated_headings_are_no_posts() -> None:
    headings, first, second = xiaohongshu_rows()[1:4]
    rows = [
        ("说明",),
        headings,
        first,
        ("累计", "", "", 9, 9, 0.1, 9, 9, 9, 9, 9, 9, 9),
        headings,
        second,
    ]
    found = read(csv_bytes([*rows, ("合计",), ("数据仅供参考",)]))
    assert len(found.posts) == 2
    assert found.skipped_rows == 3
    assert [(row.line, row.reason, row.cells[0]) for row in found.rejected] == [
        (8, "no_values", "数据仅供参考")
    ]


def test_rows_that_cannot_be_read_are_reported_with_their_line() -> None:
    headings, first, _ = wechat_rows()
    bad_time = ("改天再发", "改天", *first[2:])
    untitled = ("", *first[1:])
    unread = ("有一格不是数", "20260409", "很多", *first[3:])
    found = read(csv_bytes([headings, first, bad_time, untitled, unread]))
    assert len(found.posts) == 2
    assert [(row.line, row.reason, dict(row.params)) for row in found.rejected] == [
        (3, "bad_time", {"text": "改天"}),
        (4, "no_title", {}),
    ]
    assert [(cell.line, cell.heading, cell.text) for cell in found.unread] == [
        (5, "总阅读人数", "很多")
    ]
    assert "readers" not in found.posts[1].metrics


def test_lines_are_counted_where_a_row_begins() -> None:
    text = '作品名称,发布时间,播放量\n"两行\n的标题",2026-07-18,5\n坏行,不是时间,6\n'
    found = preview_text(text, ImportHints(now=NOW))
    assert [row.line for row in found.rejected] == [4]


@pytest.mark.parametrize(
    ("cells", "fractions"),
    [
        ((0.165, 0.2), (0.165, 0.2)),
        ((16.5, 20), (0.165, 0.2)),
        ((16.5, 0.8), (0.165, 0.008)),
        (("16.5%", "20%"), (0.165, 0.2)),
        (("16.5%", 0.2), (0.165, 0.2)),
        ((1, 0), (1.0, 0.0)),
    ],
)
def test_percentages_are_decided_by_the_column(
    cells: tuple[object, object], fractions: tuple[float, float]
) -> None:
    rows = [
        ("标题", "日期", "完播率"),
        ("甲", "2026-05-01", cells[0]),
        ("乙", "2026-05-02", cells[1]),
    ]
    assert tuple(p.exact("completion") for p in read(xlsx_bytes(rows)).posts) == fractions


def test_a_heading_may_say_that_it_is_percent() -> None:
    rows = [("标题", "日期", "完播率(%)"), ("甲", "2026-05-01", 0.5), ("乙", "2026-05-02", 0.7)]
    assert [p.exact("completion") for p in read(csv_bytes(rows)).posts] == [0.005, 0.007]


def test_a_date_merged_over_several_rows_belongs_to_each() -> None:
    rows = [("日期", "标题", "阅读量"), ("2026-05-01", "甲", 1), (None, "乙", 2), (None, "丙", 3)]
    found = read(xlsx_bytes(rows, merged=["A2:A4"]))
    assert {p.published_at for p in found.posts} == {datetime(2026, 4, 30, 16, tzinfo=UTC)}


def test_real_dates_and_durations_of_a_sheet() -> None:
    from datetime import time

    rows = [
        ("标题", "发布时间", "平均阅读时长", "阅读量"),
        ("甲", datetime(2026, 5, 1, 8, 30), time(0, 1, 12), 3),
    ]
    (only,) = read(xlsx_bytes(rows)).posts
    assert only.published_at == datetime(2026, 5, 1, 0, 30, tzinfo=UTC)
    assert only.exact("dwell_seconds") == 72


def test_the_sheet_with_posts_is_found_and_its_likes_are_joined() -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["说明", "内容"])
    for title in ("图文", "更早"):
        page = book.create_sheet(title)
        for row in toutiao_rows():
            page.append(list(row))
    out = io.BytesIO()
    book.save(out)
    found = read(out.getvalue())
    assert (found.form, len(found.posts)) == ("toutiao_articles", 4)


def test_the_rows_above_the_headings_say_the_date() -> None:
    found = read(csv_bytes([("数据统计截至 2026-11-20 24:00",), *xiaohongshu_rows()[1:]]))
    assert (found.as_of_source, found.as_of) == (
        "file",
        datetime(2026, 11, 20, 15, 59, 59, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("作品_20261001_20261031.csv", datetime(2026, 10, 31, 15, 59, 59, tzinfo=UTC)),
        ("作品 2026-11-1.csv", datetime(2026, 11, 1, 15, 59, 59, tzinfo=UTC)),
        ("导出20261031093000.xlsx", datetime(2026, 10, 31, 15, 59, 59, tzinfo=UTC)),
        ("今天 20261122.csv", NOW),
        ("明天 20261123.csv", None),
        ("20269901.csv", None),
        ("作品.csv", None),
    ],
)
def test_the_name_of_the_file_says_the_date(name: str, day: datetime | None) -> None:
    found = read(EXAMPLES["douyin_works"][1], name)
    assert (found.as_of, found.as_of_source) == (day or NOW, "name" if day else "now")


def test_only_web_addresses_become_links() -> None:
    rows = [("标题", "日期", "链接"), ("甲", "2026-05-01", "javascript:alert(1)")]
    assert read(csv_bytes(rows)).posts[0].url == ""


@pytest.mark.parametrize("limit_of_others", [131_072, 16_000_000])
def test_a_lone_quotation_mark_swallows_nothing(limit_of_others: int) -> None:
    before = csv.field_size_limit(limit_of_others)
    try:
        text = (
            "标题\t日期\t阅读量\n"
            + '甲说"好\t2026-05-01\t1\n"乙\t2026-05-02\t2\n'
            + "丙\t2026-05-03\t3\n" * 20_000
        )
        assert len(preview_text(text, ImportHints(now=NOW)).posts) > 20_000
    finally:
        csv.field_size_limit(before)


def test_broken_characters_are_mended() -> None:
    found = preview_text(
        "标题\t日期\t阅读量\n坏\ud800\x00字\t2026-05-01\t1\n", ImportHints(now=NOW)
    )
    assert found.posts[0].title == "坏\ufffd\ufffd字"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_an_html_page_in_either_encoding(encoding: str) -> None:
    page = html_bytes(wechat_rows(), encoding)
    assert len(read(page).posts) == 2
    undeclared = page.replace(f'<meta charset="{encoding}">'.encode(), b"")
    assert read(undeclared).posts[0].title == "一碗热汤面的周末"


@pytest.mark.parametrize("declared", ["utf-8", "iso-8859-1", "big5", "no-such-charset"])
def test_a_page_that_lies_about_its_encoding(declared: str) -> None:
    page = html_bytes(wechat_rows(), "gb18030").replace(b'"gb18030"', f'"{declared}"'.encode())
    assert f'charset="{declared}"'.encode() in page
    assert read(page).posts[0].title == "一碗热汤面的周末"


def test_a_page_in_utf8_that_says_gbk() -> None:
    page = html_bytes(wechat_rows(), "utf-8").replace(b'charset="utf-8"', b'charset="gbk"')
    assert read(page).posts[0].title == "一碗热汤面的周末"


def test_a_big5_table() -> None:
    text = "標題,發布時間,閱讀量\n社區食堂第一天,2026/5/1,1.2萬\n舊書店搬家了,2026/5/2,900\n"
    columns = {"title": "標題", "published_at": "發布時間", "views": "閱讀量"}
    found = read(text.encode("big5"), mapping=columns)
    assert [(post.title, post.exact("views")) for post in found.posts] == [
        ("社區食堂第一天", 12_000),
        ("舊書店搬家了", 900),
    ]


RELATIVE = (
    "标题,发布时间,阅读\n甲,今天 15:30,8\n乙,昨天 15:28,13\n丙,星期一 11:40,4\n丁,01月30日,16\n"
    "戊,01-23 18:05,18\n己,3天前,33\n庚,3小时前,2千万\n辛,2026-11-20 晚间8:05,1\n"
    '壬,2026-11-20 中午1:30,1\n癸,"Fri, 20 Nov 2026 03:28:22 GMT",1\n'
)


def test_times_are_counted_from_the_day_of_the_export() -> None:
    found = read(RELATIVE.encode("gb18030"))  # read on Sunday the 22nd, 10:00 in China
    times = {post.title: post.published_at for post in found.posts}
    assert found.rejected == ()
    assert times == {
        "甲": datetime(2026, 11, 22, 7, 30, tzinfo=UTC),
        "乙": datetime(2026, 11, 21, 7, 28, tzinfo=UTC),
        "丙": datetime(2026, 11, 16, 3, 40, tzinfo=UTC),
        "丁": datetime(2026, 1, 29, 16, 0, tzinfo=UTC),
        "戊": datetime(2026, 1, 23, 10, 5, tzinfo=UTC),
        "己": datetime(2026, 11, 19, 2, 0, tzinfo=UTC),
        "庚": datetime(2026, 11, 21, 23, 0, tzinfo=UTC),
        "辛": datetime(2026, 11, 20, 12, 5, tzinfo=UTC),
        "壬": datetime(2026, 11, 20, 5, 30, tzinfo=UTC),
        "癸": datetime(2026, 11, 20, 3, 28, 22, tzinfo=UTC),
    }
    assert found.posts[6].exact("views") == 20_000_000
    older = read(RELATIVE.encode(), name="导出_20260201.csv").posts
    assert older[5].published_at == datetime(2026, 1, 29, 15, 59, 59, tzinfo=UTC)


def test_the_time_of_a_text_is_found_under_its_heading() -> None:
    found = read("标题,发文时间,阅读数\n河边的三棵老树,2026/3/6 17:00,69\n".encode())
    assert found.posts[0].published_at == datetime(2026, 3, 6, 9, 0, tzinfo=UTC)


def test_spanned_cells_of_a_page_keep_their_columns() -> None:
    page = (
        "<table><tr><th>标题</th><th colspan=2>阅读量</th><th>日期</th></tr>"
        "<tr><td>甲</td><td>5</td><td>6</td><td>2026-05-01</td></tr></table>"
    )
    (only,) = read(page.encode()).posts
    assert (only.exact("views"), only.published_at) == (5, datetime(2026, 4, 30, 16, tzinfo=UTC))


# --- files that are none ------------------------------------------------------------------------


def _zip(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return out.getvalue()


def _far_corner() -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"] = "标题"
    book.active["XFD1048576"] = "x"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_empty"),
        (b" \r\n\t\x00\x00 ", "file_empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 10, "file_binary"),
        (b"%PDF-1.7\n" + b"x" * 100, "file_binary"),
        (bytes(range(256)) * 40, "file_binary"),
        (b"\xff\xfe\x00\xd8", "file_binary"),
        (b"PK\x03\x04 and no more", "file_unreadable"),
        (_zip(hello_xml=b"<x/>"), "file_unreadable"),
        (_zip(xl__workbook_xml=b"<x/>"), "file_unreadable"),
        (xlsx_bytes(wechat_rows())[:-500], "file_unreadable"),
        (b"PK\x03\x04" + xlsx_bytes(wechat_rows())[900:], "file_unreadable"),  # parts before its start
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 2000, "file_unreadable"),
        (xls_bytes(wechat_rows())[:1500], "file_unreadable"),
        (_far_corner(), "table_too_large"),
        ("只有一句话，没有表格".encode(), "no_table"),
        ("一列\n两行\n三行\n".encode(), "no_table"),
        (b"<html><body>no table</body></html>", "no_table"),
        (b'{"copyassist_account": 1, "posts": 3}', "file_unreadable"),
        (b'{"copyassist_account": 9, "posts": []}', "file_unreadable"),
        (b'{"copyassist_account": ' + b"[" * 100_000, "file_unreadable"),
    ],
)  # fmt: skip
def test_a_file_that_holds_no_table_is_named(data: bytes, code: str) -> None:
    assert refuse(data) == code


def test_a_damaged_xls_cannot_end_the_program() -> None:
    # This damage makes the reader ask for terabytes, which ends the process that asks.
    rows = [("日期", "标题", "阅读量"), ("2026-05-01", "甲", 3)]
    whole = xls_bytes(rows)
    assert refuse(whole[:1590] + b"\xff" * 4 + whole[1594:]) == "file_unreadable"


def test_too_large_a_file_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LARGEST_FILE", 1000)
    assert refuse(b"x" * 1001) == "file_too_large"


def test_too_large_a_table_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "LARGEST_TABLE", 20)
    for data in (csv_bytes(douyin_rows()), xlsx_bytes(douyin_rows()), html_bytes(douyin_rows())):
        assert refuse(data) == "table_too_large"


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    from copyassist.tables import sheets

    monkeypatch.setattr(sheets, "_LARGEST_UNPACKED", 1_000_000)
    bomb = _zip(xl__workbook_xml=b"<x/>", xl__worksheets__sheet1_xml=b" " * 2_000_000)
    assert refuse(bomb) == "file_too_large"


def test_empty_pasted_text_is_named() -> None:
    with pytest.raises(InputError) as caught:
        preview_text(" \n ", ImportHints(now=NOW))
    assert caught.value.code == "file_empty"


def test_ten_megabytes_are_read() -> None:
    words = "正文" * 180
    rows = "\n".join(f"第{n}篇,2026-05-01 08:00,{n},{words}" for n in range(10_000))
    data = f"标题,发布时间,阅读量,正文\n{rows}\n".encode()
    assert len(data) > 10_000_000
    assert len(read(data).posts) == 10_000


_SEEDS = [data for _, data in EXAMPLES.values()]


@given(st.binary(max_size=400))
@example(b'"')
@example(b"\xef\xbb\xbf")
@example(b"\xff\xfe")
@example(b"<table><tr><td colspan=99999999999999999999>x</td><td>y</td></tr></table>")
@example(b"<html")
@settings(deadline=None)
def test_any_bytes_give_a_preview_or_a_named_error(data: bytes) -> None:
    with suppress(InputError):
        assert isinstance(read(data), ImportPreview)


@given(st.sampled_from(_SEEDS), st.data())
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
def test_a_damaged_export_gives_a_preview_or_a_named_error(
    seed: bytes, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(seed)))
    damage = data.draw(st.binary(max_size=20))
    damaged = seed[:start] + damage + seed[start + len(damage) :]
    with suppress(InputError):
        assert isinstance(read(damaged), ImportPreview)


@given(
    st.lists(st.lists(st.text(max_size=12), min_size=1, max_size=6), max_size=8),
    st.sampled_from(["标题,发布时间,阅读量,完播率", "作品名称,发布时间,播放量", "日期,x", ""]),
)
@settings(deadline=None)
def test_any_table_of_texts_is_read(rows: list[list[str]], headings: str) -> None:
    text = headings + "\n" + "\n".join(",".join(row) for row in rows)
    try:
        found = preview_text(text, ImportHints(now=NOW))
    except InputError:
        return
    for post in found.posts:
        post.title.encode("utf-8")


# --- with the store -----------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["csv", "json"])
def test_an_exported_account_is_read_back_whole(tmp_path: Path, ending: str) -> None:
    with Store.open(tmp_path / "a.db") as store:
        account, copy = store.add_account("甲"), store.add_account("乙")
        for form in ("wechat_articles_notified", "douyin_works", "bilibili_comparison"):
            found = preview_file(*EXAMPLES[form], ImportHints(now=NOW))
            store.save_import(found, account.id, found.platform or "")
        path = tmp_path / f"out.{ending}"
        store.export_account(account.id, path)
        again = preview_file(path.name, path.read_bytes(), ImportHints(now=NOW))
        assert again.rejected == ()
        store.save_import(again, copy.id, "")

        def shown(account_id: int) -> list[object]:
            return [(p.title, p.platform, p.published_at, p.kind, p.url, dict(p.metrics))
                    for p in store.posts(account_id)]  # fmt: skip

        assert shown(copy.id) == shown(account.id)


HOSTILE = (
    "=1+1 是多少", "+1 的快乐", "-5 度的早晨", "@老妈", "＝HYPERLINK(1)", "＋1", "－5 度", "＠老妈",
    "'=1", "''＝1", "'90 年代", "'", "-12.5", "甲\n=乙", "一\r二", "逗号,和\"引号\"", "'-",
)  # fmt: skip


@pytest.mark.parametrize("ending", ["csv", "json"])
@pytest.mark.parametrize("title", HOSTILE)
def test_no_title_is_a_formula_in_an_export_and_every_one_comes_back(
    title: str, ending: str, tmp_path: Path
) -> None:
    post = Post(title=title, platform="wechat", kind=title, body=title, published_at=NOW)
    with Store.open(tmp_path / "a.db") as store:
        account = store.add_account("甲")
        store.save_posts([post], account.id)
        path = tmp_path / f"out.{ending}"
        store.export_account(account.id, path)
    if ending == "csv":
        with path.open(encoding="utf-8-sig", newline="") as lines:
            (row,) = csv.DictReader(lines)
        shown = [cell for cell in (row["title"], row["kind"], row["body"]) if cell != "-12.5"]
        assert not any(cell[:1] in RISKY for cell in shown)
    (again,) = preview_file(path.name, path.read_bytes(), ImportHints(now=NOW)).posts
    assert (again.title, again.kind, again.body) == (title, title, title)


CR_TABLES = (
    "标题{0}日期{0}阅读量\r甲{0}2026-05-01{0}1\r乙{0}2026-05-02{0}2\r",
    "标题{0}日期{0}阅读量\r\n甲{0}2026-05-01{0}1\r乙{0}2026-05-02{0}2",
    "标题{0}日期{0}阅读量\n甲{0}2026-05-01{0}1\r\r乙{0}2026-05-02{0}2\r\r\n",
    '"标题"{0}日期{0}阅读量\r"甲"{0}2026-05-01{0}1\r"乙"{0}2026-05-02{0}2\r',
)


@pytest.mark.parametrize("mark", [",", "\t", ";"])
@pytest.mark.parametrize("text", CR_TABLES)
def test_a_lone_cr_ends_a_line(text: str, mark: str) -> None:
    table = text.format(mark)
    pasted = preview_text(table, ImportHints(now=NOW))
    from_file = preview_file("a.csv", table.encode("gb18030"), ImportHints(now=NOW))
    for found in (pasted, from_file):
        assert [post.title for post in found.posts] == ["甲", "乙"]
        assert found.rejected == ()


def test_the_same_file_twice_changes_nothing(tmp_path: Path) -> None:
    with Store.open(tmp_path / "a.db") as store:
        account = store.add_account("甲")
        for name, data in EXAMPLES.values():
            found = preview_file(name, data, ImportHints(now=NOW))
            if found.posts:
                store.save_import(found, account.id, found.platform or "")
        posts, version = store.posts(account.id), store.version()
        for name, data in EXAMPLES.values():
            found = preview_file(name, data, ImportHints(now=datetime.now(UTC)))
            if found.posts:
                assert store.save_import(found, account.id, found.platform or "").id is None
        assert store.posts(account.id) == posts
        assert store.version() == version
