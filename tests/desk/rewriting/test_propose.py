"""Proposals: something where something is wrong, nothing invented, nothing beyond the limit."""

import json
from datetime import timedelta

import jsonschema
import pytest

from copyassist.desk.context import Context
from copyassist.desk.review import Desk, prepare
from copyassist.desk.rewriting.candidate import Candidate, Rewriting
from copyassist.desk.rewriting.contract import rewriting_to_json
from copyassist.desk.rewriting.front import bring_forward, is_late
from copyassist.desk.rewriting.gates import make_fitting
from copyassist.desk.rewriting.guards import find_foreign, loses_meaning
from copyassist.desk.rewriting.lawful import load_wordings
from copyassist.desk.rewriting.propose import OF_A_KIND, propose
from copyassist.desk.rewriting.wording import word_did, word_why
from copyassist.i18n import LANGUAGES
from copyassist.platforms import load_platforms
from copyassist.resources import find_asset
from copyassist.types import Draft, MetricValue, Post
from tests.desk.rewriting.articles import ARTICLES, CAKE
from tests.desk.scoring.helpers import NOW, models

DESKS: dict[str, Desk] = {}


def desk(platform: str) -> Desk:
    if platform not in DESKS:
        DESKS[platform] = prepare(Context(platform=load_platforms()[platform], now=NOW), models())
    return DESKS[platform]


def rewrite(title: str, body: str = "", platform: str = "xiaohongshu", **more: object) -> Rewriting:
    draft = Draft(title=title, body=body, platform=platform)
    return propose(draft, desk(platform), **more)  # type: ignore[arg-type]


def titles(found: Rewriting) -> list[str]:
    return [one.title for one in found.variants]


@pytest.mark.parametrize("article", ARTICLES, ids=lambda one: one.title)
def test_an_article_gets_variants_that_pass_every_gate(article: Draft) -> None:
    found = propose(article, desk(article.platform))
    assert len(found.variants) >= 3
    fits, source = make_fitting(desk(article.platform), article), f"{article.title}\n{article.body}"
    for one in found.variants:
        assert fits(one.title)
        assert not loses_meaning(article.title, one.title, source)
        if one.candidate.code != "counted":  # the count is the body's own
            assert find_foreign(one.title, source) == []
        for language in LANGUAGES:
            assert word_did(language, one.candidate)
            assert word_why(language, one.candidate)


def test_no_article_gets_the_same_twice() -> None:
    for article in ARTICLES:
        found = propose(article, desk(article.platform))
        assert len({one.title for one in (*found.fixes, *found.variants)}) == len(
            [*found.fixes, *found.variants]
        )
        told = [one.candidate.params.get("sentence", one.title) for one in found.variants]
        assert len(set(told)) == len(told)
    assert OF_A_KIND == 2


@pytest.mark.parametrize(
    "title",
    [
        "成都周末两天一夜自驾游攻略，带娃必去的五个宝藏景点全部整理好了",
        "原来洗衣机这样清洗才干净，用了八年才知道的小技巧分享给大家",
        "北京周边三小时车程内适合带老人孩子一起去的温泉酒店推荐",
        "装修新房时一定要注意的水电改造细节和插座布局经验总结",
        "今天给大家分享一个超级简单又好吃的空气炸锅烤鸡翅做法教程真的绝了",
    ],
)
def test_what_is_too_long_gets_three_shorter_ones(title: str) -> None:
    found = rewrite(title)
    assert found.faults == ("too_long",)
    assert len(found.fixes) == 3
    fits = make_fitting(desk("xiaohongshu"), Draft(title=title))
    assert all(fits(one.title) and one.mends == ("too_long",) for one in found.fixes)


@pytest.mark.parametrize(
    ("title", "broken"),
    [
        ("打工人必看！早上十分钟就能做好的一周减脂早餐合集，营养又好吃", "早上钟"),
        ("今天给大家分享一个超级简单又好吃的空气炸锅烤鸡翅做法教程真的绝了", "个简单"),
        ("原来洗衣机这样清洗才干净，用了八年才知道的小技巧分享给大家", "八年小"),
    ],
)
def test_no_word_is_cut_in_two(title: str, broken: str) -> None:
    assert not any(broken in one.title for one in rewrite(title).fixes)


@pytest.mark.parametrize(
    ("title", "terms", "best"),
    [
        ("根治失眠的5个方法，100%有效", ("根治", "100%"), "改善失眠的5个方法"),
        ("稳赚不赔的副业，零风险月入过万", ("稳赚不赔", "零风险"), "稳健的副业，低门槛增加收入"),
        ("不转不是中国人！这件事必须让所有人知道", ("不转",), "这件事必须让所有人知道"),
        ("教资面试包过班，一次性通过", ("包过",), "教资面试备考班，认真备考"),
        ("国家级非遗大师手作，世界顶级紫砂壶", ("顶级",), "专业非遗大师手作，优质紫砂壶"),
    ],
)
def test_a_violation_gets_a_lawful_wording(title: str, terms: tuple[str, ...], best: str) -> None:
    found = rewrite(title, platform="wechat")
    assert "violation" in found.faults
    assert best in [one.title for one in found.fixes]
    assert not any(term in one.title for one in found.fixes for term in terms)


def test_what_is_only_reported_is_no_violation() -> None:
    assert "violation" not in rewrite("央视曝光的“0添加”酱油，到底能不能买").faults


@pytest.mark.parametrize(
    ("title", "keyword", "best"),
    [
        ("我每天早上都会喝的燕麦拿铁", "燕麦拿铁", "燕麦拿铁｜我每天早上都会喝"),
        ("新手第一次出门应该怎么挑选防晒霜", "防晒霜", "防晒霜，新手第一次出门应该怎么挑选"),
    ],
)
def test_a_late_keyword_comes_forward(title: str, keyword: str, best: str) -> None:
    found = rewrite(title, keyword=keyword)
    assert "keyword_late" in found.faults
    assert found.fixes[0].title == best
    assert not any(is_late(one.title, keyword) for one in found.fixes)


def test_a_keyword_that_is_not_there_is_brought_nowhere() -> None:
    assert bring_forward("今天阳台的花", "红烧肉") == []


def test_nothing_wrong_is_said_to_be_fine() -> None:
    found = rewrite("四个细节，戚风蛋糕不塌")
    assert found.fine
    assert found.fixes == ()
    assert not rewrite("全网最低价的家用烤箱，手慢无").fine


def test_a_warning_stays_one() -> None:
    article = next(one for one in ARTICLES if one.title.startswith("避雷"))
    found = propose(article, desk(article.platform))
    assert found.variants
    assert all("避雷" in one.title or "别" in one.title for one in found.variants)


def test_candidates_from_elsewhere_pass_the_same_gates() -> None:
    more = [
        Candidate("戚风蛋糕翻车9次后我懂了", "model", "model", weight=4.0),
        Candidate("米其林大厨教你做戚风蛋糕", "model", "model", weight=4.0),
        Candidate("戚风蛋糕为什么会塌？先看这四个细节，很长很长很长很长很长很长", "model", "model"),
        Candidate("全网最好吃的戚风蛋糕", "model", "model", weight=4.0),
        Candidate("戚风蛋糕总是不塌的秘诀", "model", "model", weight=4.0),
    ]
    found = propose(CAKE, desk("xiaohongshu"), more=more)
    passed = [one.title for one in found.variants if one.candidate.origin == "model"]
    assert passed == ["戚风蛋糕总是不塌的秘诀"]
    assert found.dropped["facts"] >= 2
    assert found.dropped["length"] >= 1


def test_the_best_posts_lend_their_skeleton() -> None:
    posts = [
        Post(
            title=title,
            platform="xiaohongshu",
            published_at=NOW - timedelta(days=20 + day),
            metrics={"likes": MetricValue(value, "exact")},
        )
        for day, (title, value) in enumerate(
            [("空气炸锅｜先预热再放菜", 9000.0)] * 4 + [("周末随手记", 100.0)] * 16
        )
    ]
    platform = load_platforms()["xiaohongshu"]
    own = prepare(Context(platform=platform, now=NOW, posts=tuple(posts)), models())
    found = propose(CAKE, own)
    assert any(one.candidate.origin == "own" and "｜" in one.title for one in found.variants)


def test_the_document_follows_its_schema() -> None:
    schema = json.loads(find_asset("rewriting.schema.json").read_text("utf-8"))
    for language in LANGUAGES:
        for draft in (CAKE, Draft(title="全网最低价的家用烤箱，手慢无！！！"), Draft(title="")):
            found = propose(draft, desk("xiaohongshu"))
            jsonschema.validate(rewriting_to_json(found, language), schema)


@pytest.mark.parametrize(
    "text", ["", " ", "。。。", "a", "【", "“", "｜｜｜", "1" * 300, "的" * 80]
)
def test_any_text_is_taken(text: str) -> None:
    rewrite(text, text * 3)
    rewrite(CAKE.title, text)
    rewrite(text, CAKE.body)


def test_no_wording_is_wrong_itself() -> None:
    alone = [one for one in load_wordings() if one.alone]
    assert len(alone) > 10
    for one in load_wordings():
        assert not any(other.pattern.search(new) for new in one.to for other in alone if new)
