"""What a topic has to do with an account."""

from datetime import timedelta

import pytest

from copyassist.news.topics.merge import Engine
from copyassist.news.topics.relevance import NEEDED, Profile, weigh_result
from copyassist.types import Account, Post, RatedPost
from tests.news.topics.helpers import START

COFFEE = (
    "手冲咖啡的水温到底多少度",
    "五家适合办公的咖啡馆",
    "咖啡豆怎么保存才不会跑味",
    "在家做一杯冰拿铁",
    "第一台咖啡机怎么选",
    "喝咖啡真的会心悸吗",
)


BOARD = (
    *(
        "咖啡节开幕",
        "地铁新线开通",
        "暴雨红色预警",
        "男篮大胜对手",
        "车展发布新车",
        "高校录取分数线公布",
    ),
    *(
        "博物馆延长开放",
        "老旧小区改造",
        "马拉松报名",
        "演唱会门票售罄",
        "机场航班延误",
        "房价环比下降",
    ),
    *(
        "医院接诊流感患者",
        "警方通报诈骗案",
        "动物园熊猫产仔",
        "图书馆禁止占座",
        "大学生就业补贴",
        "夜市油烟扰民",
    ),
    *("出租车起步价调整", "龙舟赛夺冠"),
)


def post(title: str, days: float | None = 30) -> Post:
    at = None if days is None else START - timedelta(days=days)
    return Post(title=title, platform="xiaohongshu", published_at=at)


def rated(title: str, ratio: float | None = None, days: float | None = 30) -> RatedPost:
    return RatedPost(post=post(title, days), metric="likes", value=None, ratio=ratio)


def test_close_and_far(engine: Engine) -> None:
    profile = Profile(engine, [rated(title) for title in COFFEE])
    near = profile.measure(["咖啡馆里的手冲咖啡为什么越来越贵"], START)
    far = profile.measure(["男篮世预赛大胜对手二十分"], START)
    assert near.level == "close"
    assert far.level == "far"
    assert near.closeness is not None
    assert far.closeness is not None
    assert near.closeness > far.closeness
    assert "咖啡" in "".join(near.words)
    assert near.nearest[0].post.title in COFFEE


def test_words_that_any_title_has_bring_nobody_near(engine: Engine) -> None:
    own = [
        rated(f"我们可以做的一个{what}")
        for what in ("面包", "蛋糕", "饼干", "馒头", "包子", "花卷")
    ]
    profile = Profile(engine, own)
    for title in ("我们可以有一个怎样的未来", "一个可以改变我们的决定", "2026我们可以一起"):
        found = profile.measure([title], START)
        assert found.level == "far"
        assert not {"我们", "可以", "一个"} & set(found.words)


def test_close_are_a_few_per_cent_of_the_board(engine: Engine) -> None:
    board = [
        f"{place}{what}"
        for place in ("上海", "成都", "西安", "广州", "杭州", "长沙")
        for what in BOARD
    ]
    profile = Profile(engine, [rated(title, 2.0) for title in COFFEE], board=board)
    levels = [profile.measure([title], START).level for title in board]
    assert 1 <= levels.count("close") <= 0.05 * len(board)
    told = profile.measure(["上海咖啡馆里的手冲咖啡涨价"], START)
    assert told.level == "close"
    assert told.nearest[0].ratio == 2.0


def test_what_did_well_counts_more(engine: Engine) -> None:
    topic = ["手冲咖啡器具涨价"]
    well = Profile(engine, [rated(title, 5.0) for title in COFFEE]).measure(topic, START)
    badly = Profile(engine, [rated(title, 0.2) for title in COFFEE]).measure(topic, START)
    assert well.closeness is not None
    assert badly.closeness is not None
    assert well.closeness > badly.closeness
    assert weigh_result(None) == weigh_result(1.0) == 1.0
    assert 0.5 < weigh_result(0.0) < weigh_result(0.5) < 1 < weigh_result(3.0) < 1.5


def test_too_few_posts_give_no_number(engine: Engine) -> None:
    for count in range(NEEDED):
        found = Profile(engine, [rated(t) for t in COFFEE[:count]]).measure([COFFEE[0]], START)
        assert (found.level, found.closeness) == ("none", None)


def test_written_by_oneself_newest_first(engine: Engine) -> None:
    own = [
        rated("滨江大桥合龙 我去现场看了", days=3),
        rated("滨江大桥正式合龙", days=1),
        rated("滨江大桥合龙", days=None),
        *map(rated, COFFEE),
    ]
    found = Profile(engine, own).measure(["滨江大桥今日合龙", "大桥合龙"], START)
    assert [one.post.published_at for one in found.written] == [
        START - timedelta(days=1),
        START - timedelta(days=3),
        None,
    ]
    assert all(one.account is None and 0.5 <= one.chance <= 1 for one in found.written)
    assert Profile(engine, own).measure(["港口吞吐量创新高"], START).written == ()


def test_covered_by_followed_accounts_this_week(engine: Engine) -> None:
    other = Account(id=2, name="同城早报", relation="followed")
    posts = [post("滨江大桥正式合龙", 2), post("滨江大桥合龙", 30)]
    found = Profile(engine, [], {other: posts}).measure(["滨江大桥今日合龙"], START)
    assert [(one.account, one.post) for one in found.covered] == [(other, posts[0])]
    assert found.written == ()


def test_a_topic_has_titles(engine: Engine) -> None:
    with pytest.raises(ValueError, match="title"):
        Profile(engine, []).measure([], START)
    assert Profile(engine, [rated("")]).measure(["😀"], START).level == "none"
