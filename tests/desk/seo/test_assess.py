"""Each check in each of its lights, in both languages; previews; related words; earlier posts."""

from datetime import UTC, datetime, timedelta

import pytest

from copyassist.desk.context import Context
from copyassist.desk.review import Desk, prepare, review
from copyassist.desk.scoring import load_models
from copyassist.desk.seo import SeoReport, assess_draft
from copyassist.desk.seo.previews import cut_lines
from copyassist.desk.seo.result import SeoAround, SeoCheck
from copyassist.desk.seo.wording import (
    word_check,
    word_counts,
    word_earlier,
    word_light,
    word_origin,
    word_place,
    word_preview,
)
from copyassist.i18n import LANGUAGES
from copyassist.platforms import load_platforms
from copyassist.resources import find_models
from copyassist.types import Draft, Post

NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)
FILLER = "今天天气不错，我在家里看了一会儿书。下午出门散步，路上遇到了邻居。晚上早早就睡下了。"
PARAGRAPH = "早餐要吃好，我每天都会提前想好。"


@pytest.fixture(scope="module")
def desks() -> dict[str, Desk]:
    models = load_models(find_models())
    return {
        name: prepare(Context(platform=load_platforms()[name], now=NOON), models)
        for name in ("wechat", "xiaohongshu", "zhihu", "baijiahao", "douyin")
    }


@pytest.fixture
def assess(desks):  # type: ignore[no-untyped-def]
    def run(
        title: str, body: str = "", platform: str = "wechat", *,
        around: SeoAround | None = None, keyword: str = "早餐", digest: str = "",
    ) -> SeoReport:  # fmt: skip
        draft = Draft(title=title, body=body, platform=platform, digest=digest)
        report = review(draft, desks[platform])
        return assess_draft(report, around or SeoAround(now=NOON), keyword=keyword)

    return run


def pick(seo: SeoReport, code: str) -> SeoCheck:
    return next(check for check in seo.checks if check.code == code)


def light(seo: SeoReport, code: str) -> tuple[str, str]:
    check = pick(seo, code)
    return check.outcome, check.light


@pytest.mark.parametrize(
    ("title", "keyword", "expected"),
    [
        ("早餐一周不重样的做法", "早餐", ("front", "green")),
        ("我们公司楼下的便利店里卖得最好的早餐", "早餐", ("late", "orange")),
        ("早饭一周不重样的做法", "早餐", ("synonym", "orange")),
        ("一周不重样的做法", "早餐", ("missing", "red")),
        ("收纳的三个方法，阳台也能用", "阳台收纳", ("scattered", "orange")),
        ("iPhone 17 用了一个月", "iphone17", ("missing", "red")),
        ("iPhone 17 用了一个月", "iPhone 17", ("front", "green")),
        ("ＩＰＨＯＮＥ 17 用了一个月", "iphone 17", ("front", "green")),
        ("AIGC 是什么", "AI", ("missing", "red")),
    ],
)
def test_where_the_keyword_stands_in_the_title(assess, title, keyword, expected) -> None:  # type: ignore[no-untyped-def]
    assert light(assess(title, keyword=keyword), "keyword_title") == expected


def test_the_title_check_says_where(assess) -> None:  # type: ignore[no-untyped-def]
    check = pick(assess("打工人的早餐，一周不重样的做法全在这里"), "keyword_title")
    assert (check.value, check.high) == (5, 6)
    assert [(span.start, span.end) for span in check.spans] == [(4, 6)]


def test_stuffing(assess) -> None:  # type: ignore[no-untyped-def]
    assert light(assess("早餐怎么做"), "keyword_stuffed") == ("good", "green")
    assert light(assess("早餐店的早餐怎么做"), "keyword_stuffed") == ("repeated", "orange")
    assert light(assess("早餐早餐早餐"), "keyword_stuffed") == ("repeated", "red")
    assert light(assess("早餐、食谱、做法、减脂、快手"), "keyword_stuffed") == ("listed", "orange")


def test_length_of_the_keyword(assess) -> None:  # type: ignore[no-untyped-def]
    assert light(assess("早餐"), "keyword_length") == ("good", "green")
    assert light(assess("早餐", keyword="打工人一周不重样的快手早餐"), "keyword_length") == (
        "long",
        "orange",
    )
    assert light(assess("早餐", keyword="打" * 19), "keyword_length") == ("long", "red")
    assert light(assess("早餐", keyword="我们"), "keyword_length") == ("hollow", "orange")


def test_first_paragraph(assess) -> None:  # type: ignore[no-untyped-def]
    assert light(assess("早餐", PARAGRAPH + FILLER), "keyword_intro") == ("good", "green")
    assert light(assess("早餐", "早饭要吃好。" + FILLER), "keyword_intro") == ("good", "green")
    late = (FILLER * 3 + "\n") + PARAGRAPH
    assert light(assess("早餐", late), "keyword_intro") == ("missing", "red")


def test_density_counts_synonyms(assess) -> None:  # type: ignore[no-untyped-def]
    check = pick(assess("早餐", PARAGRAPH + FILLER * 3 + "早饭也要吃好。"), "keyword_density")
    assert (check.outcome, check.light) == ("good", "green")
    assert (check.params["count"], check.params["exact"], check.params["others"]) == (2, 1, 1)
    assert light(assess("早餐", FILLER * 4), "keyword_density") == ("none", "red")
    assert light(assess("早餐", PARAGRAPH + FILLER * 15), "keyword_density") == ("rare", "orange")
    assert light(assess("早餐", "早餐好吃，早餐不贵。" * 15), "keyword_density") == ("dense", "red")
    assert not any(c.code == "keyword_density" for c in assess("早餐", PARAGRAPH).checks)


def test_own_synonyms_follow_a_bar(assess) -> None:  # type: ignore[no-untyped-def]
    seo = assess("早餐", "晨间的一餐要吃好。" + FILLER * 3, keyword="早餐｜晨间的一餐")
    assert seo.focus is not None
    assert "晨间的一餐" in seo.focus.synonyms
    assert not seo.focus.proposed
    assert pick(seo, "keyword_density").params["count"] == 1


def test_spread(assess) -> None:  # type: ignore[no-untyped-def]
    even = (PARAGRAPH + FILLER * 2) * 5
    assert light(assess("早餐", even), "keyword_spread") == ("good", "green")
    assert light(assess("早餐", PARAGRAPH * 3 + FILLER * 12), "keyword_spread") == ("uneven", "red")


def test_subheadings(assess) -> None:  # type: ignore[no-untyped-def]
    def body(*headings: str) -> str:
        return "\n".join(f"## {heading}\n{FILLER}" for heading in headings)

    assert light(assess("早餐", body("早餐吃什么", "多少钱")), "keyword_headings") == (
        "good",
        "green",
    )
    assert light(assess("早餐", body("吃什么", "多少钱")), "keyword_headings") == ("none", "orange")
    many = body("早餐吃什么", "早餐多少钱", "早餐在哪")
    assert light(assess("早餐", many), "keyword_headings") == ("many", "orange")


def test_digest(assess) -> None:  # type: ignore[no-untyped-def]
    given = "一周早餐的做法都在这里，照着做就行，十分钟端上桌。"
    seo = assess("早餐", FILLER, digest=given)
    assert light(seo, "keyword_digest") == ("good", "green")
    assert light(seo, "digest_length") == ("good", "green")
    assert seo.previews[0].summary == given
    assert light(assess("早餐", FILLER, digest="字" * 121), "digest_length") == ("over", "red")
    assert light(assess("早餐", FILLER, digest="看"), "digest_length") == ("under", "orange")
    assert light(assess("早餐", FILLER), "digest_length") == ("taken", "orange")
    assert not any(c.code == "digest_length" for c in assess("早餐", FILLER, "xiaohongshu").checks)


def test_lengths_of_titles(assess) -> None:  # type: ignore[no-untyped-def]
    assert light(assess("早餐", platform="xiaohongshu"), "title_length") == ("good", "green")
    assert light(assess("早" * 21, platform="xiaohongshu"), "title_length") == ("over", "red")
    assert light(assess("早" * 31), "title_baidu") == ("cut", "orange")
    assert light(assess("早" * 37), "title_weixin_search") == ("cut", "orange")


def test_text_and_paragraphs(assess) -> None:  # type: ignore[no-untyped-def]
    assert light(assess("早餐", FILLER), "text_length") == ("short", "red")
    assert light(assess("早餐", FILLER * 11), "text_length") == ("short", "orange")
    assert light(assess("早餐", FILLER * 16), "text_length") == ("good", "green")
    assert light(assess("早餐", FILLER * 2, "xiaohongshu"), "text_length") == ("good", "green")
    assert light(assess("早餐", FILLER * 16), "paragraph_length") == ("long", "red")
    assert light(assess("早餐", "\n".join([FILLER] * 16)), "paragraph_length") == ("good", "green")


def test_long_sentences_are_marked(assess) -> None:  # type: ignore[no-untyped-def]
    long = "我" + "慢慢地走着看着想着" * 6 + "。"
    check = pick(assess("早餐", f"短句。\n{long}\n短句。"), "sentence_length")
    assert (check.outcome, check.light, check.params["count"]) == ("long", "orange", 1)
    assert f"短句。\n{long}\n短句。"[check.spans[0].start : check.spans[0].end] == long


def test_sections(assess) -> None:  # type: ignore[no-untyped-def]
    long = "\n".join([FILLER] * 18)
    assert light(assess("早餐", long), "headings") == ("none", "red")
    assert light(assess("早餐", f"## 一\n{long}"), "headings") == ("long", "red")
    halves = "\n## 下\n".join(["\n".join([FILLER] * 9)] * 2)
    assert light(assess("早餐", halves), "headings") == ("good", "green")
    assert not any(c.code == "headings" for c in assess("早餐", long, "xiaohongshu").checks)


def test_links_by_platform(assess) -> None:  # type: ignore[no-untyped-def]
    linked = FILLER + "见 https://example.com/a 和 [这篇](https://example.com/b)"
    assert light(assess("早餐", linked, "zhihu"), "links") == ("good", "green")
    assert pick(assess("早餐", linked, "zhihu"), "links").value == 2
    assert light(assess("早餐", FILLER, "zhihu"), "links") == ("none", "orange")
    assert light(assess("早餐", linked), "links") == ("outside", "orange")
    assert light(assess("早餐", FILLER), "links") == ("inside", "grey")


def test_pictures_without_description(assess) -> None:  # type: ignore[no-untyped-def]
    assert light(assess("早餐", FILLER + "![](a.png)"), "pictures") == ("bare", "red")
    mixed = FILLER + '![粥](a.png)<img src="b.png" alt="">'
    assert light(assess("早餐", mixed), "pictures") == ("bare", "orange")
    assert light(assess("早餐", FILLER + '<img alt="粥" src=a>'), "pictures") == ("good", "green")


def test_reading(assess) -> None:  # type: ignore[no-untyped-def]
    plain = assess("早餐", FILLER * 2)
    for code in (
        "sentence_mean",
        "clause_mean",
        "rare_words",
        "rare_signs",
        "nested_de",
        "passive",
    ):
        assert pick(plain, code).light == "green", code
    heavy = "我的朋友的妈妈的邻居的孩子也来了。" * 5
    assert light(assess("早餐", heavy), "nested_de") == ("nested", "red")
    assert light(assess("早餐", heavy), "same_starts") == ("many", "orange")
    passive = "门被风吹开了。杯子被他打碎了。我被吵醒了。" + FILLER
    assert light(assess("早餐", passive), "passive") == ("many", "red")
    assert (
        light(assess("早餐", "被子晒了。棉被收了。被套洗了。" + FILLER * 2), "passive")[1]
        == "green"
    )
    rare = (
        "饕餮盛宴，醍醐灌顶，觥筹交错，踽踽独行，龃龉不断，蹀躞而行，囹圄之中，耄耋之年。" + FILLER
    )
    assert light(assess("早餐", rare), "rare_signs") == ("many", "red")
    long = (
        "我们在那个下着大雨又刮着大风的周末的晚上一起去看了一场谁也没有看懂的电影然后各自回家。" * 3
    )
    assert light(assess("早餐", long), "clause_mean") == ("long", "red")


def test_promises_are_checks_too(assess) -> None:  # type: ignore[no-untyped-def]
    body = "一、早餐店。\n二、便利店。\n三、自己做。" + FILLER
    broken = pick(assess("早餐的5个选择", body), "promise_count")
    assert (broken.light, broken.value, broken.low) == ("red", 3, 5)
    assert pick(assess("早餐的3个选择", body), "promise_count").light == "green"
    assert assess("早餐的5个选择", body).checks[0].code == "promise_count"


def test_earlier_posts(assess) -> None:  # type: ignore[no-untyped-def]
    def post(number: int, title: str, days: int) -> Post:
        when = NOON - timedelta(days=days)
        return Post(title=title, platform="wechat", published_at=when, id=number)

    old, new = post(1, "早餐吃什么好", 300), post(2, "打工人的早饭", 20)
    same, other = post(3, "早餐的做法", 10), post(4, "阳台种菜", 5)
    around = SeoAround(history=(old, new, same, other), ratios={1: 2.0, 2: 0.5}, now=NOON)
    seo = assess("早餐的做法", around=around)
    assert light(seo, "keyword_used") == ("recent_rated", "orange")
    assert [one.post.title for one in seo.earlier] == ["打工人的早饭", "早餐吃什么好"]
    assert pick(seo, "keyword_used").params["ratio"] == 1.25
    seo = assess("早餐的做法", around=SeoAround(history=(old,), now=NOON))
    assert light(seo, "keyword_used") == ("used", "green")
    seo = assess("早餐的做法", around=SeoAround(history=(other,), now=NOON))
    assert light(seo, "keyword_used") == ("new", "green")
    assert not any(check.code == "keyword_used" for check in assess("早餐的做法").checks)


def test_related_words_say_where_they_come_from(assess) -> None:  # type: ignore[no-untyped-def]
    titles = ("减脂早餐三款", "减脂早餐一周", "早餐摊的一天")
    history = tuple(
        Post(title=title, platform="wechat", published_at=NOON, id=n)
        for n, title in enumerate(titles)
    )
    hot = (
        ("weibo", "早餐应该怎么吃", NOON, 4),
        ("zhihu", "为什么早餐越来越贵", NOON, 9),
        ("weibo", "没有关系的一条", NOON, 2),
    )
    around = SeoAround(history=history, ratios={0: 3.0, 1: 1.0}, now=NOON, hot=hot)
    seo = assess("快手早餐的做法", "快手早餐最省时间。" + FILLER, around=around)
    found = {word.text: word for word in seo.related}
    assert found["快手早餐"].origin == "body"
    assert (found["减脂"].origin, found["减脂"].count, found["减脂"].ratio) == ("own", 2, 2.0)
    assert (found["早餐应该怎么吃"].origin, found["早餐应该怎么吃"].source) == ("search", "weibo")
    assert found["为什么早餐越来越贵"].origin == "hot"
    assert "没有关系的一条" not in found


def test_previews_cut_where_the_place_does(assess) -> None:  # type: ignore[no-untyped-def]
    title = "周末两天一夜，人均三百玩转皖南，附路线和早餐店名单，看这一篇就够了"
    shown = {preview.place: preview for preview in assess(title, FILLER).previews}
    card = shown["xiaohongshu_card"]
    assert card.lines == ("周末两天一夜，人均三百", "玩转皖南，附路线和早…")
    assert card.keyword_shown is False
    assert "".join(card.lines)[:-1] + card.hidden == title
    assert shown["wechat_list"].hidden == ""
    assert shown["baidu"].summary.startswith("今天天气不错")
    assert assess("", FILLER).previews == ()


def test_lines_are_cut_by_width() -> None:
    assert cut_lines("一二三四五", 5, 1) == (("一二三四五",), "")
    assert cut_lines("一二三四五六", 5, 1) == (("一二三四…",), "五六")
    assert cut_lines("abcdefgh", 5, 1) == (("abcdefgh",), "")
    assert cut_lines("", 5, 2) == ((), "")


def test_copying_takes_title_text_and_tags(assess) -> None:  # type: ignore[no-untyped-def]
    seo = assess("快手早餐的做法", FILLER, "xiaohongshu")
    assert seo.copy.startswith("快手早餐的做法\n\n" + FILLER)
    assert seo.tags
    assert seo.copy.endswith(" ".join(seo.tags))


def test_the_program_proposes_a_keyword(assess) -> None:  # type: ignore[no-untyped-def]
    seo = assess("帐篷怎么选", "帐篷要大，帐篷要防雨，帐篷要轻。" + FILLER, keyword="")
    assert seo.focus is not None
    assert (seo.focus.text, seo.focus.proposed) == ("帐篷", True)
    assert assess("", keyword="").focus is None
    assert assess("早餐", keyword=" | ，").focus is not None


BODIES = (
    "", "短。", FILLER, PARAGRAPH + FILLER * 16, "早餐早餐早餐。" * 40,
    "## 早餐\n" + FILLER + "![](a)\nhttps://example.com\n## 午餐\n" + FILLER,
    "一、好。\n二、也好。\n" + "我的朋友的妈妈的邻居的孩子被吵醒了。" * 6,
    "饕餮、醍醐、觥筹、踽踽、龃龉、蹀躞。" * 6,
)  # fmt: skip
TITLES = (
    "", "早餐", "早饭的5个做法，10分钟上桌，人均300", "周末" * 20, "早餐早餐早餐",
    "为什么《三体》值得看？附清单", "2026年11月3日早餐", "早、餐、做、法、食谱",
)  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_has_its_sentences(assess, language) -> None:  # type: ignore[no-untyped-def]
    for platform in ("wechat", "xiaohongshu", "zhihu", "douyin", "baijiahao"):
        for title in TITLES:
            for body in BODIES:
                seo = assess(title, body, platform)
                said = [word_counts(language, seo), *map(str, _say(seo, language))]
                assert all(text and "{" not in text for text in said)


def _say(seo: SeoReport, language) -> list[str]:  # type: ignore[no-untyped-def]
    said = []
    for check in seo.checks:
        words = word_check(language, check)
        said += [words.name, words.said, words.source, word_light(language, check.light)]
    said += [word_place(language, one) + word_preview(language, one) for one in seo.previews]
    said += [word_origin(language, one) for one in seo.related]
    return said + [word_earlier(language, one) for one in seo.earlier]


@pytest.mark.parametrize(
    "body", ["\x00" * 80, "，" * 9000, "的" * 9000, "![" * 5000, "[a](" * 5000, "早餐" * 9000]
)
def test_odd_bodies_are_answered(assess, body) -> None:  # type: ignore[no-untyped-def]
    assess("早餐" * 50, body)
