"""Every known export: recognised whatever its name, named in both languages, read to the cell."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from copyassist.i18n import LANGUAGES, find_sentence
from copyassist.platforms import load_platforms
from copyassist.posts.importing import METRICS, ImportHints, ImportPreview, preview_file
from copyassist.tables.aliases import EXACT
from copyassist.tables.forms import FORMS, GENERIC, GENERIC_DAY, ExportForm, form
from copyassist.tables.forms.wechat import find_push_position
from copyassist.tables.headings import find_heading_key
from copyassist.tables.metrics import FIELDS
from copyassist.types import MetricValue

from . import exports
from .exports import EXAMPLES

NOW = datetime(2026, 11, 22, 2, tzinfo=UTC)


def preview(form_id: str, name: str | None = None) -> ImportPreview:
    file, data = EXAMPLES[form_id]
    return preview_file(name or file, data, ImportHints(now=NOW))


def test_no_form_is_forgotten() -> None:
    folder = Path(form.__file__).parent
    written = {
        value.id
        for path in folder.glob("*.py")
        for value in vars(__import__(f"copyassist.tables.forms.{path.stem}", fromlist=["x"])).values()
        if isinstance(value, ExportForm)
    }  # fmt: skip
    assert written - {GENERIC.id, GENERIC_DAY.id} == {one.id for one in FORMS}
    assert len({one.id for one in FORMS}) == len(FORMS)
    assert {one.id for one in FORMS} == set(EXAMPLES)


@pytest.mark.parametrize("one", [*FORMS, GENERIC, GENERIC_DAY], ids=lambda one: one.id)
def test_a_form_is_named_and_names_what_exists(one: ExportForm) -> None:
    for language in LANGUAGES:
        assert find_sentence(language, f"import.forms.{one.id}")
        assert find_sentence(language, f"import.kinds.{one.kind}")
    assert set(one.columns.values()) <= {*FIELDS, "platform", *METRICS}
    assert one.percent <= set(one.columns)
    assert one.platform == "" or one.platform in load_platforms()
    for heading in (*one.columns, *one.signature, *one.percent):
        assert heading == find_heading_key(heading)


def test_every_metric_and_field_is_named() -> None:
    for language in LANGUAGES:
        for metric in METRICS:
            assert find_sentence(language, f"metrics.{metric}")
        for field in (*FIELDS, "platform"):
            assert find_sentence(language, f"import.fields.{field}")
    assert set(EXACT.values()) <= {*METRICS, *FIELDS}
    for heading in EXACT:
        assert heading == find_heading_key(heading)


@pytest.mark.parametrize("form_id", EXAMPLES)
@pytest.mark.parametrize("name", [None, "x.csv", "x.xls", "无扩展名"])
def test_an_export_is_known_by_its_headings_not_its_name(form_id: str, name: str | None) -> None:
    found = preview(form_id, name)
    known = next(one for one in FORMS if one.id == form_id)
    assert (found.form, found.kind, found.platform or "") == (form_id, known.kind, known.platform)
    assert bool(found.posts) is (known.kind == "posts")
    assert found.rejected == ()


def test_wechat_articles() -> None:
    found = preview("wechat_articles_notified")
    first, second = found.posts
    assert first.title == "一碗热汤面的周末"
    assert first.published_at == datetime(2026, 4, 4, 16, tzinfo=UTC)
    assert first.exact("delivered_read_rate") == 0.0875
    assert first.exact("push_views") == 700
    assert first.exact("completion") == 0.62
    assert first.url.startswith("http://mp.weixin.qq.com/s?")
    assert second.metrics["views"] == MetricValue(100000, "at_least")
    assert second.exact("views") is None
    assert len(first.metrics) == 13
    assert first.kind == "头条"
    unsent = preview("wechat_articles").posts[0]
    assert "follows" not in unsent.metrics
    assert unsent.exact("views") == 12


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("http://mp.weixin.qq.com/s?__biz=A&mid=1&idx=1&sn=a", "头条"),
        ("http://mp.weixin.qq.com/s?__biz=A&mid=1&idx=3&sn=a", "次条"),
        ("http://mp.weixin.qq.com/s/abcdef", ""),
        ("", ""),
    ],
)
def test_the_address_says_the_place_in_the_push(url: str, kind: str) -> None:
    assert find_push_position(url) == kind


def test_xiaohongshu_keeps_notes_without_a_title() -> None:
    found = preview("xiaohongshu_notes")
    assert [(p.title, p.kind) for p in found.posts] == [("早八人的5分钟早餐", "图文"), ("", "视频")]
    assert found.posts[0].published_at == datetime(2026, 5, 19, 7, 39, 28, tzinfo=UTC)
    assert found.posts[0].exact("ctr") == 0.12
    assert found.posts[0].exact("dwell_seconds") == 14


def test_douyin_keeps_captions_and_fractions() -> None:
    first, second = preview("douyin_works").posts
    assert first.title == "五分钟学会葱油面\n#美食 #家常菜"
    assert second.title == "@老妈 的秘方"
    assert (first.exact("completion"), second.exact("completion")) == (0.21, 1.02)
    assert "ctr" not in first.metrics
    assert "follows" not in second.metrics


def test_shipinhao_percentages_and_durations() -> None:
    first, second = preview("shipinhao_works").posts
    assert (first.exact("completion"), second.exact("completion")) == (0.2, 0.185)
    assert (first.exact("dwell_seconds"), second.exact("dwell_seconds")) == (12, 72)
    assert second.exact("views") == 12000
    assert first.platform_post_id == "export/UzFfAgt"
    assert preview("shipinhao_works").encoding == "utf-16"


@pytest.mark.parametrize("form_id", ["toutiao_articles", "toutiao_videos"])
def test_toutiao_with_broken_styles(form_id: str) -> None:
    import io

    import openpyxl

    with pytest.raises(TypeError):
        openpyxl.load_workbook(io.BytesIO(EXAMPLES[form_id][1]))
    first, second = preview(form_id).posts
    assert (first.exact("ctr"), second.exact("ctr")) == (0.08, 0.045)
    assert first.exact("completion") == 0.1655
    assert "completion" not in second.metrics
    assert first.platform_post_id == "7512345678901234567"
    assert (first.exact("views"), first.exact("dwell_seconds")) == (4000, 72)


def test_bilibili_marks_what_is_hidden_or_blurred() -> None:
    found = preview("bilibili_comparison")
    second = found.posts[1]
    assert second.metrics["fan_view_rate"] == MetricValue(0.001, "at_most")
    assert "bounce_3s" not in second.metrics
    assert "ctr" not in found.metrics
    assert [(cell.line, cell.heading, cell.text) for cell in found.unread] == [
        (2, "封标点击率", "★★★")
    ]


def test_weibo_posts() -> None:
    (only,) = preview("weibo_posts").posts
    assert (only.title, only.exact("views")) == ("【周末菜单】五道快手菜 #美食#", 34000)
    assert only.published_at == datetime(2026, 5, 1, 4, 30, tzinfo=UTC)


def test_an_exported_account_comes_back() -> None:
    found = preview("copyassist_account")
    (only,) = found.posts
    assert (only.title, only.platform, found.platform) == ("=1+1 是多少", "wechat", None)
    assert only.metrics == {
        "views": MetricValue(100000, "at_least"),
        "ctr": MetricValue(0.001, "at_most"),
    }


def test_the_name_says_when_the_figures_were_true() -> None:
    found = preview("wechat_tendency")
    assert (found.as_of, found.as_of_source) == (
        datetime(2026, 4, 30, 15, 59, 59, tzinfo=UTC),
        "name",
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_text_in_every_encoding(encoding: str, delimiter: str) -> None:
    data = exports.csv_bytes(exports.douyin_rows(), encoding, delimiter)
    found = preview_file("a.xlsx", data, ImportHints(now=NOW))
    assert [p.title for p in found.posts] == [p.title for p in preview("douyin_works").posts]


@pytest.mark.parametrize(
    "write", [exports.csv_bytes, exports.xlsx_bytes, exports.xls_bytes, exports.html_bytes]
)
def test_one_table_in_every_kind_of_file(write: object) -> None:
    data = write(exports.wechat_rows())  # type: ignore[operator]
    found = preview_file("a", data, ImportHints(now=NOW))
    assert [p.metrics for p in found.posts] == [
        p.metrics for p in preview("wechat_articles_notified").posts
    ]
