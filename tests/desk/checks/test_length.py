"""Lengths in each platform's own counting."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copyassist.desk.checks import find_findings, measure_lengths
from copyassist.platforms import load_platforms
from copyassist.text import count, parse
from copyassist.types import Draft, Limit, Platform, PlatformForm, Purpose, Severity

PLATFORMS = load_platforms()


def measure(platform: str, title: str, body: str = "", form: str = ""):
    parsed = parse(Draft(title=title, body=body, platform=platform, form=form))
    return measure_lengths(parsed, PLATFORMS[platform])


def test_xiaohongshu_is_counted_both_ways():
    app, web = measure("xiaohongshu", "早饭，三样，就，够" + "好" * 11)
    assert (app.value, app.maximum, app.severity) == (18.5, 20, None)
    assert (web.value, web.maximum, web.severity) == (20, 20, None)
    _, web = measure("xiaohongshu", "早饭，三样，就，够" + "好" * 12)
    assert web.severity is Severity.INFO


def test_forms_without_title_count_first_line_and_all():
    first, *body = measure("weibo", "今天的早饭", "豆浆和油条")
    assert (first.field, first.value, first.maximum) == ("first_line", 5, None)
    assert {m.field for m in body} == {"body"}
    assert {m.value for m in body} == {5 + 1 + 5}


def test_without_a_title_the_body_gives_the_first_line():
    first, *_ = measure("weibo", "", "第一行\n第二行")
    assert first.value == 3


def test_the_body_is_measured_when_there_is_one():
    assert {m.field for m in measure("wechat", "早饭")} == {"title"}
    assert {m.field for m in measure("wechat", "早饭", "豆浆")} == {"title", "body"}


def test_fields_without_limits_are_still_counted():
    title, body = measure("sohu", "周末的早饭", "豆浆")
    assert (body.field, body.value, body.maximum) == ("body", 2, None)
    assert title.maximum == 72


def test_a_named_form_has_its_own_limits():
    assert measure("wechat", "早饭", form="article_api")[0].maximum == 32
    assert measure("wechat", "早饭", form="no such form")[0].maximum == 64


def test_spaces_around_do_not_count():
    assert measure("wechat", "  早饭 \n")[0].value == 2


def test_the_gravest_broken_limit_speaks_alone():
    parsed = parse(Draft(title="好" * 81, platform="bilibili", form="article"))
    codes = [f.code for f in find_findings(parsed, PLATFORMS["bilibili"], Purpose.UNKNOWN)]
    assert codes == ["title_too_long"]


def small(**limit: object) -> Platform:
    form = PlatformForm(
        id="post",
        has_title=limit["field"] == "title",
        limits=(Limit(**{"counter": "codepoints", "maximum": None} | limit),),
    )
    return replace(PLATFORMS["wechat"], forms=(form,))


@pytest.mark.parametrize(
    ("limit", "code"),
    [
        ({"field": "first_line", "maximum": 3}, "first_line_too_long"),
        ({"field": "body", "minimum": 30}, "body_too_short"),
        ({"field": "title", "minimum": 30, "severity": Severity.INFO}, "title_short_hint"),
    ],
)
def test_limits_that_only_a_users_file_states(limit, code):
    parsed = parse(Draft(title="周末的早饭", body="豆浆"))
    assert code in [f.code for f in find_findings(parsed, small(**limit), Purpose.UNKNOWN)]


@given(
    st.text(alphabet=st.sampled_from("好a，🔥é "), min_size=1, max_size=80),
    st.sampled_from(["wechat", "xiaohongshu", "toutiao", "chejiahao", "bilibili"]),
)
def test_what_is_left_before_the_mark_fits(title, platform):
    parsed = parse(Draft(title=title, platform=platform))
    for finding in find_findings(parsed, PLATFORMS[platform], Purpose.UNKNOWN):
        if finding.code == "title_too_long" and finding.span is not None:
            limit = finding.params["limit"]
            counter = PLATFORMS[platform].form.limits[0].counter
            text = parsed.title.raw.strip()
            start = finding.span.start - (len(title) - len(title.lstrip()))
            assert count(text[:start], counter) <= limit < count(text[: start + 1], counter)
