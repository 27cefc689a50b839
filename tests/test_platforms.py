"""Platform files: what ships is complete and sourced; what a user edits is checked."""

import re
from datetime import date

import pytest

from copyassist.errors import SettingsError, UsageError
from copyassist.i18n import LANGUAGES, find_sentence, say
from copyassist.platforms import copy_platform, load_platforms
from copyassist.settings import DEFAULT_PLATFORMS
from copyassist.types import Severity

IDS = [
    "wechat",
    "weibo",
    "xiaohongshu",
    "douyin",
    "kuaishou",
    "toutiao",
    "baijiahao",
    "zhihu",
    "bilibili",
    "shipinhao",
    "dayuhao",
    "netease",
    "sohu",
    "qiehao",
    "yidian",
    "douban",
    "jianshu",
    "tieba",
    "himalaya",
    "xueqiu",
    "hupu",
    "acfun",
    "jd",
    "chejiahao",
    "yiche",
    "dongchedi",
    "taobao_guang",
    "csdn",
    "juejin",
    "smzdm",
    "upworthy",
]
METRICS = [
    "impressions",
    "views",
    "readers",
    "ctr",
    "likes",
    "comments",
    "favourites",
    "shares",
    "follows",
    "completion",
    "dwell_seconds",
    "delivered",
    "delivered_read_rate",
    "push_views",
    "first_shares",
    "share_rate",
    "danmaku",
    "coins",
    "reposts",
    "watching",
    "profile_visits",
    "bounce_2s",
    "completion_5s",
]
EVERY = list(load_platforms().values())

SMALL = """id = "mine"
name_zh = "我的站"
name_en = "My site"
target_metrics = ["views"]
mature_days = 7

[[forms]]
id = "article"
has_title = true

[[forms.limits]]
field = "title"
counter = "codepoints"
maximum = 30
"""


def test_every_platform_of_the_survey_ships():
    assert sorted(load_platforms()) == sorted(IDS)
    assert set(DEFAULT_PLATFORMS) <= set(IDS)


@pytest.mark.parametrize("platform", EVERY, ids=lambda p: p.id)
def test_shipped_limits_name_source_and_date(platform):
    for form in platform.forms:
        for limit in form.limits:
            assert limit.source, (platform.id, form.id, limit.field)
            assert limit.checked is not None
            assert date(2025, 1, 1) < limit.checked < date(2027, 1, 1)
            assert limit.maximum is not None or limit.minimum is not None


@pytest.mark.parametrize("platform", EVERY, ids=lambda p: p.id)
def test_shipped_platforms_are_whole(platform):
    assert platform.name_zh
    assert platform.name_en
    assert not re.search("[\u4e00-\u9fff]", platform.name_en)
    assert set(platform.target_metrics) <= set(METRICS)
    assert platform.mature_days > 0
    assert not platform.user_edited
    ids = [form.id for form in platform.forms]
    assert len(ids) == len(set(ids))
    for form in platform.forms:
        fields = {limit.field for limit in form.limits}
        assert ("title" in fields) == form.has_title or (platform.id, form.id) == (
            "zhihu",
            "answer",
        )
        for language in LANGUAGES:
            assert find_sentence(language, f"platforms.forms.{form.id}")
            for limit in form.limits:
                assert say(language, f"platforms.fields.{limit.field}")
                assert say(language, f"platforms.counters.{limit.counter}")
                assert say(language, f"platforms.confidence.{limit.confidence}")
    for language in LANGUAGES:
        assert say(language, f"platforms.tag_syntax.{platform.tag_syntax}")


def test_target_metrics_are_the_ones_agreed():
    shipped = load_platforms()
    assert shipped["wechat"].target_metrics[:2] == ("delivered_read_rate", "push_views")
    assert shipped["xiaohongshu"].target_metrics == ("views", "likes")
    assert shipped["toutiao"].target_metrics[:2] == ("ctr", "views")
    for name in ("douyin", "shipinhao", "bilibili", "kuaishou"):
        assert shipped[name].target_metrics[0] == "views"
    assert shipped["xiaohongshu"].mature_days == 14


def test_xiaohongshu_counts_twice():
    rules = [
        (x.counter, x.maximum, x.severity) for x in load_platforms()["xiaohongshu"].form.limits
    ]
    assert rules[:2] == [
        ("han1_other_half", 20, Severity.ERROR),
        ("nonascii1_ascii_half", 20, Severity.INFO),
    ]


def test_without_a_folder_only_shipped_ones(tmp_path):
    assert list(load_platforms(tmp_path / "missing")) == sorted(IDS)


def test_an_unknown_platform_is_no_key():
    shelf = load_platforms()
    assert "myspace" not in shelf
    assert len(shelf) == len(IDS)
    with pytest.raises(KeyError):
        shelf["myspace"]


def test_a_users_copy_goes_first(tmp_path):
    copy = copy_platform("sohu", tmp_path / "platforms")
    text = copy.read_text("utf-8")
    copy.write_text(text.replace("maximum = 72", "maximum = 70"), "utf-8")
    assert copy_platform("sohu", tmp_path / "platforms") == copy  # and does not overwrite it
    edited = load_platforms(copy.parent)["sohu"]
    assert edited.user_edited
    assert edited.form.limits[0].maximum == 70
    assert load_platforms()["sohu"].form.limits[0].maximum == 72


def test_copying_an_unknown_platform(tmp_path):
    with pytest.raises(UsageError) as caught:
        copy_platform("myspace", tmp_path)
    assert caught.value.code == "unknown_platform"
    assert list(tmp_path.iterdir()) == []


def test_a_platform_of_ones_own(tmp_path):
    (tmp_path / "mine.toml").write_text(SMALL, "utf-8")
    platform = load_platforms(tmp_path)["mine"]
    assert platform.form.limits[0].severity is Severity.ERROR
    assert platform.form.limits[0].checked is None
    assert platform.user_edited


@pytest.mark.parametrize(
    ("old", "new", "code", "field"),
    [
        ("maximum = 30", "maximum = '30'", "platform_field_invalid", "forms[1].limits[1].maximum"),
        ("maximum = 30", "maximum = -1", "platform_field_invalid", "forms[1].limits[1].maximum"),
        ("maximum = 30", "maximum = true", "platform_field_invalid", "forms[1].limits[1].maximum"),
        ("maximum = 30", "maxmum = 30", "platform_field_unknown", "forms[1].limits[1].maxmum"),
        (
            "maximum = 30",
            "maximum = 30\nminimum = 40",
            "platform_field_invalid",
            "forms[1].limits[1].minimum",
        ),
        ('"codepoints"', '"letters"', "platform_field_invalid", "forms[1].limits[1].counter"),
        (
            "maximum = 30",
            "severity = 'fatal'",
            "platform_field_invalid",
            "forms[1].limits[1].severity",
        ),
        ("maximum = 30", "checked = 'x'", "platform_field_invalid", "forms[1].limits[1].checked"),
        (
            "maximum = 30",
            f"maximum = 0x{'f' * 5000}",
            "platform_field_invalid",
            "forms[1].limits[1].maximum",
        ),
        ("maximum = 30", "maximum = inf", "platform_field_invalid", "forms[1].limits[1].maximum"),
        ('name_en = "My site"', "name_en = [[7]]", "platform_field_invalid", "name_en"),
        ('name_en = "My site"', f"name_en = {'[' * 9000}", "platform_file_unreadable", None),
        ("has_title = true", "", "platform_field_missing", "forms[1].has_title"),
        ("has_title = true", "has_title = 1", "platform_field_invalid", "forms[1].has_title"),
        ('name_en = "My site"', "", "platform_field_missing", "name_en"),
        ("mature_days = 7", "mature_days = 7.5", "platform_field_invalid", "mature_days"),
        ('["views"]', "[]", "platform_field_invalid", "target_metrics"),
        ('id = "mine"', 'id = "yours"', "platform_field_invalid", "id"),
        ("[[forms]]", "[form]", "platform_field_unknown", "form"),
        ('id = "mine"', "id = ", "platform_file_unreadable", None),
    ],
)
def test_a_bad_file_is_named_with_its_field(tmp_path, old, new, code, field):
    path = tmp_path / "mine.toml"
    path.write_text(SMALL.replace(old, new, 1), "utf-8")
    with pytest.raises(SettingsError) as caught:
        load_platforms(tmp_path)
    assert caught.value.params["path"] == str(path)
    assert caught.value.code == code
    assert caught.value.params.get("field") == field
    for language in LANGUAGES:
        assert str(path) in say(language, f"errors.{code}", **caught.value.params)


def test_a_file_that_is_not_text(tmp_path):
    (tmp_path / "mine.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match="platform_file_unreadable"):
        load_platforms(tmp_path)
