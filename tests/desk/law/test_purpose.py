"""What a draft is taken for, by more than price words, and what decided it."""

import pytest

from copyassist.desk.law.purpose import guess_purpose
from copyassist.text import parse
from copyassist.types import Draft, Purpose


def guess(title: str, body: str = "") -> Purpose:
    return guess_purpose(parse(Draft(title=title, body=body))).purpose


@pytest.mark.parametrize(
    "title",
    [
        "我家的桑叶茶，三个月血糖就降下来了",
        "本品牌羽绒服，现货发售",
        "新盘开盘，均价两万，欢迎到售楼处",
        "小班课程招生，名额有限",
        "养生馆艾灸调理子宫肌瘤",
        "眼霜涂上当场消除眼袋",
    ],
)
def test_an_own_product_is_an_advert_without_a_price(title: str) -> None:
    assert guess(title) is Purpose.AD


@pytest.mark.parametrize(
    "title",
    [
        "这家火锅套餐两人吃刚好，味道不错，排队半小时",
        "糖尿病患者如何安排一日三餐",
        "警方通报一起保健品诈骗案",
        "油价今晚下调",
        "第一次买羽绒服，应该看哪些参数",
    ],
)
def test_what_sells_nothing_is_none(title: str) -> None:
    assert guess(title) is not Purpose.AD


def test_it_says_what_decided() -> None:
    decision = guess_purpose(parse(Draft(title="我家的桑叶茶，三个月血糖就降下来了")))
    kinds = {sign.kind for sign in decision.signs}
    assert "claim" in kinds
    assert "own" in kinds
    assert all(sign.text and sign.points > 0 for sign in decision.signs if sign.kind != "manner")


def test_the_body_counts() -> None:
    assert guess("早饭", "下单立减20") is Purpose.AD
