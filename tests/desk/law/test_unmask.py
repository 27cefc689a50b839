"""Hidden wording is read, its span lies in the raw text, and each finding comes once."""

import pytest

from copyassist.desk.law.unmask import unmask
from copyassist.text import normalize
from copyassist.types import Purpose
from tests.desk.law.test_law_rules import find_grave


@pytest.mark.parametrize(
    ("hidden", "read"),
    [
        ("最 好 用的面膜", "最好用的面膜"),
        ("保*本*保*息", "保本保息"),
        ("根/治糖尿病", "根治糖尿病"),
        ("根🌸治🌸糖尿病", "根治糖尿病"),
        ("根✨🌸治糖尿病", "根治糖尿病"),
        ("「根」「治」糖尿病", "「根治糖尿病"),
        ("根\n治糖尿病", "根治糖尿病"),
        ("zui好的面膜", "最好的面膜"),
        ("genzhi糖尿病", "根治糖尿病"),
        ("跟治糖尿病", "根治糖尿病"),
        ("氵台愈鼻炎", "治愈鼻炎"),
        ("第Ⅰ品牌", "第一品牌"),
        ("第①品牌", "第一品牌"),
        ("全网NO.1", "全网第一"),
        ("🍠搜同名", "小红书搜同名"),
        ("➕v信", "加微信"),
    ],
)
def test_masks_are_taken_off(hidden: str, read: str) -> None:
    assert read in [one.text for one in unmask(normalize(hidden)[0])]


@pytest.mark.parametrize(
    "text", ["今天天气很好", "Python 3.11 发布", "苹果、香蕉和梨", "iPhone 17 上手"]
)
def test_ordinary_text_wears_no_mask(text: str) -> None:
    assert find_grave(text, Purpose.AD) == []


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("喝茶根·治·糖·尿·病，现货", "根·治·糖·尿·病"),
        ("这款是稳❤赚❤不❤赔的项目", "稳❤赚❤不❤赔"),
        ("喝茶跟治糖尿病，现货", "跟治糖尿病"),
        ("喝茶氵台愈鼻炎，现货", "氵台愈鼻炎"),
        ("喝茶根\u200b治糖\u200b尿病，现货", "根\u200b治糖\u200b尿病"),
        ("喝茶根治糖尿病，現貨", "根治糖尿病"),
    ],
)
def test_spans_lie_in_the_raw_text(text: str, wording: str) -> None:
    grave = [f for f in find_grave(text, Purpose.AD) if f.code in ("medical", "finance")]
    assert len(grave) == 1
    assert str(grave[0].params["text"]).startswith(wording) or wording in str(
        grave[0].params["text"]
    )
