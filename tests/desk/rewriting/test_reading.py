"""What was found by reading: titles that nobody would publish, and how they came about."""

import pytest

from copyassist.desk.rewriting.claims import find_claims, stands_alone
from copyassist.desk.rewriting.topic import find_topic
from tests.desk.rewriting.articles import ARTICLES
from tests.desk.rewriting.test_propose import desk, propose, rewrite

# Beginnings and pieces of titles that were made once.
BAD = [
    *(
        "次养猫的人",
        "悔的是",
        "：月亏了",
        "：温度，",
        "一看氨基酸",
        "摄影师：",
        "变化，记住",
        "块钱｜",
        "手机：",
        "上班族：",
    ),
    *(
        "读完：",
        "裁员：",
        "皮肤：",
        "月薪：",
        "函数：",
        "防晒霜，记住这两件事",
        "早上钟",
        "一张不绑定手机的卡，把",
        "我是每天",
    ),
    *(
        "是不是姿势不对？跑前",
        "改掉了熬夜？",
        "人均800元怎么玩：",
        "扫描，用",
        "方法其实很简单：",
        "：不用从头再来",
        "：机器人可以进去",
    ),
]


def test_no_bad_title_comes_again() -> None:
    found = [propose(article, desk(article.platform)) for article in ARTICLES]
    made = [one.title for every in found for one in (*every.variants, *every.fixes)]
    assert [title for title in made for piece in BAD if piece in title] == []


@pytest.mark.parametrize(
    "clause",
    [
        "它比想象中好用",
        "但是价格不便宜",
        "因为蛋白没打好",
        "使用之前的",
        "这个方法很管用",
        "点击链接购买",
        "记者从现场获悉",
        "一边充电一边",
        "不然会消泡",
        "把手机放下的时候",
        "好吃的",
    ],
)
def test_what_leans_on_the_rest_stands_not_alone(clause: str) -> None:
    assert not stands_alone(clause)


@pytest.mark.parametrize(
    "clause",
    [
        "烤箱一定要提前预热",
        "不要画圈搅拌",
        "每周增加的跑量不要超过10%",
        "私域的核心是复购，不是拉新",
    ],
)
def test_what_says_something_whole_does(clause: str) -> None:
    assert stands_alone(clause)


def test_ordinals_are_taken_off_and_nothing_else() -> None:
    claims = [
        one.text
        for one in find_claims(
            "第一次养猫的人最容易乱买东西。第二，先看配料表再买。最后悔的是买大了餐桌。"
        )
    ]
    assert "先看配料表再买" in claims
    assert not any(one.startswith(("次", "悔")) for one in claims)


@pytest.mark.parametrize(
    ("title", "body", "topic"),
    [
        ("戚风蛋糕不塌的四个细节", "戚风蛋糕塌了。", "戚风蛋糕"),
        ("避雷｜达拉斯这家医美千万别去", "达拉斯的一家医美。", "达拉斯医美"),
        ("跑步膝盖疼，是不是姿势不对？", "跑步的时候膝盖疼。", "跑步膝盖疼"),
        ("上班族一周便当，周日两小时全部做好", "便当每天都吃。", "上班族一周便当"),
        ("月薪五千，怎么存下第一个10万？", "毕业那年月薪五千。", ""),
        ("冬天血压容易升高", "血压高了。", "冬天血压"),
    ],
)
def test_the_topic_is_what_the_title_is_about(title: str, body: str, topic: str) -> None:
    assert find_topic(title, [], body) == topic


def test_without_a_body_only_the_title_speaks() -> None:
    found = rewrite("孩子不爱写作业，家长别再吼了，这3个方法比打骂管用", platform="toutiao")
    assert all("claim" not in one.candidate.params for one in found.variants)
    assert all("别再吼" in one.title for one in found.variants)
