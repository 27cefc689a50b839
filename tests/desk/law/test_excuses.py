"""Excuses excuse their own span for their own reason; beside each the gravest rule still fires."""

import pytest

from copyassist.types import Purpose
from tests.desk.law.test_law_rules import find_grave

EVERY = (Purpose.AD, Purpose.UNKNOWN, Purpose.AUTO)


@pytest.mark.parametrize(
    ("excused", "beside"),
    [
        ("高血压目前不能根治，需要长期管理", "高血压不能只靠忍，三个疗程根治糖尿病"),
        ("没有稳赚不赔的投资", "没有副作用，根治糖尿病"),
        ("本品不能代替药品治疗疾病", "本品不能不试，彻底治愈鼻炎"),
        ("我们不承诺保本保息", "我们不承诺什么，只是根治糖尿病"),
        ("警惕稳赚不赔的投资骗局", "警惕骗局！我们根治糖尿病"),
        ("“包治百病”的说法是骗人的", "别人都是骗人的，我们根治糖尿病"),
        ("商家宣称艾灸治愈癌症，被罚款20万元", "商家被罚款20万元。我们的艾灸治愈癌症"),
    ],
)
def test_what_is_denied_or_warned_of(excused: str, beside: str) -> None:
    for purpose in EVERY:
        assert find_grave(excused, purpose) == []
        assert any(f.code == "medical" for f in find_grave(beside, purpose)), beside


@pytest.mark.parametrize(
    "text",
    [
        "这款茶能根治糖尿病",
        "这款茶可以治愈癌症",
        "追求健康，根治糖尿病",
        "2025年新款，根治糖尿病的茶",
        "目标是根治你的糖尿病",
        "想根治糖尿病吗？喝我家的茶",
        "“根治糖尿病”的茶，现货",
        "据说能根治糖尿病",
    ],
)
def test_no_word_buys_a_cure(text: str) -> None:
    for purpose in EVERY:
        assert any(f.code == "medical" for f in find_grave(text, purpose)), text


@pytest.mark.parametrize(
    "text",
    [
        "没有副作用，7天瘦掉10斤",
        "可以7天瘦掉10斤",
        "追求美，7天瘦掉10斤",
        "能7天瘦掉10斤吗，来试试",
    ],
)
def test_no_word_buys_a_promise_of_weight(text: str) -> None:
    assert find_grave(text, Purpose.AD), text


@pytest.mark.parametrize(
    "text", ["保证能稳赚不赔", "可以保本保息", "追求稳赚不赔的朋友进来", "2025年保本保息"]
)
def test_no_word_buys_a_return(text: str) -> None:
    for purpose in EVERY:
        assert any(f.code == "finance" for f in find_grave(text, purpose)), text


def test_only_its_truth_makes_a_question() -> None:
    assert find_grave("颈椎病能根治吗？", Purpose.UNKNOWN) == []
    assert find_grave("还在为颈椎病烦恼？根治颈椎病就用它", Purpose.UNKNOWN)


def test_a_rank_needs_source_date_and_range() -> None:
    proven = "据中国家电协会2024年数据，全国销量第一的电饭煲，现货"
    assert find_grave(proven, Purpose.AD) == []
    assert find_grave("2025年，全国销量第一的电饭煲，现货", Purpose.AD)
    assert find_grave(proven.replace("第一的电饭煲", "第一，根治糖尿病的电饭煲"), Purpose.AD)


@pytest.mark.parametrize(
    ("excused", "grave"),
    [
        ("本店卖得最好的是原味贝果", "本店卖得最好的茶根治糖尿病"),
        ("我们的目标是做行业最好的服务", "我们的目标是最好的服务，茶能根治糖尿病"),
        ("最佳赏味期是出炉后两小时", "最佳赏味期内吃，根治糖尿病"),
    ],
)
def test_superlatives_about_oneself(excused: str, grave: str) -> None:
    assert find_grave(excused, Purpose.AD) == []
    assert any(f.code == "medical" for f in find_grave(grave, Purpose.AD))
