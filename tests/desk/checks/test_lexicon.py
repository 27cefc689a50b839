"""The lexicon: each row hits and misses what it says; adverts are caught, headlines left alone."""

import csv
import gzip
import re
from collections import Counter
from pathlib import Path

import pytest

from copyassist.desk.checks import detect_purpose, find_findings
from copyassist.desk.checks.lexicon import CATEGORIES, _choose_rows, find_hits, judge
from copyassist.desk.checks.lexicon_rows import load_goods, load_lexicon, load_rows
from copyassist.desk.law.match import find_categories
from copyassist.errors import SettingsError
from copyassist.i18n import LANGUAGES, find_sentence
from copyassist.platforms import load_platforms
from copyassist.text import normalize, parse
from copyassist.types import Draft, Finding, Purpose, Severity

EXAMPLES = Path(__file__).parents[2] / "examples"
WECHAT = load_platforms()["wechat"]
ROWS = load_rows()


def read_lines(name: str) -> list[str]:
    lines = (EXAMPLES / name).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def find_risks(title: str, purpose: Purpose, body: str = "") -> list[Finding]:
    findings = find_findings(parse(Draft(title=title, body=body)), WECHAT, purpose)
    return [finding for finding in findings if finding.code in CATEGORIES]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_rows_hit_what_they_say(row):
    assert len(row.hit) >= 2
    for text in row.hit:
        norm = normalize(text)[0]
        assert find_hits(norm, [row]), text
        assert row in _choose_rows(norm, "title", Purpose.AD), f"no anchor in {text}"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_rows_miss_what_they_say(row):
    assert len(row.miss) >= 2
    for text in row.miss:
        assert not find_hits(normalize(text)[0], [row]), text


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_rows_are_whole(row):
    assert row.category in CATEGORIES
    assert 1 <= row.gravity <= 4
    assert row.basis
    assert re.fullmatch("[a-z_]+", row.id)
    for language in LANGUAGES:
        assert find_sentence(language, f"lexicon.{row.id}.why")
        assert find_sentence(language, f"lexicon.{row.id}.how")
        for basis in row.basis:
            assert find_sentence(language, f"law.{basis}")


def test_rows_have_their_own_ids():
    assert max(Counter(row.id for row in ROWS).values()) == 1
    assert {row.category for row in ROWS} | set(find_categories()) == set(CATEGORIES)


def test_sentences_belong_to_rows():
    from copyassist.i18n import load_area

    for language in LANGUAGES:
        named = {key.partition(".")[0] for key in load_area(language, "lexicon")}
        assert named == {row.id for row in ROWS}


def test_laws_are_all_cited():
    from copyassist.i18n import load_area

    cited = {basis for row in ROWS for basis in row.basis}
    assert cited <= set(load_area("zh", "law"))


def test_at_least_95_percent_of_the_advert_sentences_are_caught():
    lines = read_lines("absolute_terms_positive.txt")
    assert len(lines) >= 200
    caught = [
        line
        for line in lines
        if any(finding.code == "absolute_term" for finding in find_risks(line, Purpose.AD))
    ]
    assert len(caught) / len(lines) >= 0.95, sorted(set(lines) - set(caught))


def test_three_quarters_of_the_sentences_that_no_row_has_seen_are_caught():
    lines = read_lines("absolute_terms_held_out.txt")
    caught = [
        line
        for line in lines
        if any(finding.code == "absolute_term" for finding in find_risks(line, Purpose.AD))
    ]
    assert len(caught) / len(lines) >= 0.75


@pytest.mark.parametrize("line", read_lines("absolute_terms_negative.txt"))
def test_innocent_wording_is_left_alone_even_in_adverts(line):
    for purpose in (Purpose.AD, Purpose.UNKNOWN):
        assert find_risks(line, purpose) == []


@pytest.mark.parametrize("line", read_lines("ordinary_negative.txt"))
def test_ordinary_headlines_are_left_alone(line):
    for purpose in (Purpose.AUTO, Purpose.UNKNOWN, Purpose.NEWS):
        assert find_risks(line, purpose) == []


def warns(title: str) -> bool:
    """Whether a title is warned of as the program takes it; a hint is no alarm."""
    purpose = detect_purpose(parse(Draft(title=title)))
    return any(one.severity is not Severity.INFO for one in find_risks(title, purpose))


def test_false_alarms_on_ordinary_titles_stay_below_half_a_percent(bench_data):
    path = bench_data / "titles/ordinary_titles.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    titles = Counter(row["platform"] for row in rows)
    alerts = Counter(row["platform"] for row in rows if warns(row["title"]))
    for platform, number in titles.items():
        assert alerts[platform] / number <= 0.01, platform
    assert alerts.total() / titles.total() <= 0.005


def test_severity_has_two_axes():
    rows = {row.id: row for row in ROWS}
    assert judge(rows["state_level"], Purpose.AD) is Severity.ERROR
    assert judge(rows["lowest_price"], Purpose.AD) is Severity.WARNING
    for purpose in (Purpose.NEWS, Purpose.EXPERIENCE, Purpose.RECOMMENDATION, Purpose.UNKNOWN):
        assert judge(rows["state_level"], purpose) is Severity.INFO
    assert judge(rows["deleted_soon"], Purpose.AD) is Severity.WARNING


def test_spans_show_the_raw_wording():
    (finding,) = find_risks("只有我们：全網最低價，現貨", Purpose.AD)
    assert finding.params["text"] == "全網最低價"
    assert finding.rule == "lowest_price"
    assert finding.key == "absolute_term:lowest_price"
    assert finding.basis[0] == "ad_law_9_3"


def test_overlapping_rows_of_a_category_speak_once():
    findings = find_risks("国家级品质的白酒，招代理", Purpose.AD)
    assert [finding.rule for finding in findings] == ["state_level"]


def test_title_rules_do_not_look_into_the_body():
    assert find_risks("早饭", Purpose.UNKNOWN, body="网传明年取消这项补贴") == []
    assert find_risks("早饭", Purpose.UNKNOWN, body="祖传膏药根治颈椎病") != []


def test_wording_held_apart_is_still_wording():
    for title in ("最 好 用 的面膜，点链接", "第·一·品·牌，放心选购"):
        assert find_risks(title, Purpose.AD), title
    assert find_risks("最 近 好 忙", Purpose.AD) == []


def test_outside_adverts_broad_rows_need_goods_beside_them():
    assert find_risks("最好用的卷发棒", Purpose.UNKNOWN)
    assert find_risks("最好用的方法", Purpose.UNKNOWN) == []
    assert find_risks("最好用的方法", Purpose.AD)
    assert load_goods().search("卷发棒")


@pytest.mark.parametrize(
    ("title", "purpose"),
    [
        ("这款面膜券后59元，链接在评论区", Purpose.AD),
        ("羽绒服买一送一，官方旗舰店", Purpose.AD),
        ("网红餐厅倒闭，记者调查", Purpose.NEWS),
        ("亲测一个月的洗地机，说说缺点", Purpose.EXPERIENCE),
        ("租房必备好物清单", Purpose.RECOMMENDATION),
        ("三十岁以后才明白的道理", Purpose.UNKNOWN),
        ("招商银行发布年报", Purpose.UNKNOWN),
        ("亲子酒店两晚套餐，连住再送早餐券", Purpose.AD),
        ("行李箱套装，学生价", Purpose.AD),
        ("买行李箱有什么优惠？", Purpose.UNKNOWN),
        ("", Purpose.UNKNOWN),
    ],
)
def test_purposes(title, purpose):
    assert detect_purpose(parse(Draft(title=title))) is purpose


def test_purpose_looks_at_the_body():
    assert detect_purpose(parse(Draft(title="早饭", body="下单立减20"))) is Purpose.AD


def test_a_text_full_of_faults_does_not_flood():
    findings = find_risks("早饭", Purpose.AD, body="全网最低价，" * 5_000)
    assert 1 <= len(findings) <= 45  # superlative and price, twenty each


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("gravity = 3", "gravty = 3", "gravty"),
        ("gravity = 3\n", "", "gravity"),
    ],
)
def test_a_bad_lexicon_names_file_row_and_field(tmp_path, old, new, field):
    text = (
        "[[rows]]\nid = 'a_row'\ncategory = 'medical'\ngravity = 3\nanchors = ['x']\n"
        "pattern = 'x'\nbasis = ['ad_law_17']\nhit = ['x']\nmiss = ['y']\n"
    )
    path = tmp_path / "own.toml"
    path.write_text(text, "utf-8")
    assert load_lexicon(path)[0].id == "a_row"
    path.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(SettingsError) as caught:
        load_lexicon(path)
    assert caught.value.params["path"] == str(path)
    assert field in str(caught.value.params["field"])


@pytest.mark.parametrize(
    ("title", "wording", "replacement"),
    [
        ("最好用的卷发棒", "最好用", "好用"),
        ("最優質的面料", "最優質的", "優質"),
        ("100%有效的除螨喷雾", "100%有效", "有效"),
        ("绝对正宗的大闸蟹", "绝对正宗", "正宗"),
        ("NO.1口碑面霜", "NO.1", ""),
        ("最 好 用 的面膜", "最 好 用", "好用"),
        ("国家级配方的蛋白粉", "国家级配方", None),
    ],
)
def test_what_may_stay_is_offered_instead(title, wording, replacement):
    (finding,) = find_risks(title, Purpose.AD)
    assert (finding.params["text"], finding.replacement) == (wording, replacement)
    if replacement is not None:
        assert find_risks(title.replace(wording, replacement), Purpose.AD) == []
