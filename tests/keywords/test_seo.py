"""Search hints and tags in each platform's own way of writing them."""

import pytest

from copyassist.i18n import LANGUAGES, say
from copyassist.keywords import SeoHint, extract_keywords, suggest_seo, suggest_tags
from copyassist.platforms import load_platforms
from copyassist.text import parse
from copyassist.types import Draft, Keyword


def suggest(title: str, body: str = "", platform: str = "xiaohongshu") -> dict[str, SeoHint]:
    parsed = parse(Draft(title=title, body=body))
    hints = suggest_seo(parsed, extract_keywords(parsed), load_platforms()[platform])
    return {hint.code: hint for hint in hints}


def test_a_body_keyword_that_the_title_lacks_is_named() -> None:
    hint = suggest("周末就这样过", "带上帐篷去山里露营。帐篷要大，帐篷要防雨，帐篷要轻。")[
        "keyword_missing"
    ]
    assert hint.params == {"keyword": "帐篷"}


def test_a_keyword_in_the_last_part_is_late() -> None:
    hint = suggest("我们今天到底应该怎么去好好地挑选螺蛳粉")["keyword_late"]
    assert hint.params["keyword"] == "螺蛳粉"
    assert hint.params["position"] == 17
    assert hint.params["length"] == 19


def test_an_early_keyword_is_fine() -> None:
    assert "keyword_late" not in suggest("螺蛳粉我们今天到底应该怎么去好好地挑选")
    assert "keyword_late" not in suggest("自制螺蛳粉")


def test_the_same_word_three_times_is_stuffing() -> None:
    hint = suggest("减肥食谱，减肥打卡，减肥误区")["keyword_stuffed"]
    assert hint.params == {"keyword": "减肥", "count": 3}
    assert "keyword_stuffed" not in suggest("慢慢来慢慢走，减肥先减压")
    assert "keyword_stuffed" not in suggest("我们我们我们的早餐")


@pytest.mark.parametrize(
    ("platform", "tag"), [("weibo", "#早餐#"), ("xiaohongshu", "#早餐"), ("zhihu", "早餐")]
)
def test_tags_follow_the_platform(platform: str, tag: str) -> None:
    assert tag in suggest("打工人的一周早餐", platform=platform)["tags"].tags


def test_a_tag_has_no_space_and_there_are_never_too_many() -> None:
    keywords = [
        Keyword(text=f"Vision Pro {n}", weight=1, in_title=True, in_body=False) for n in range(9)
    ]
    tags = suggest_tags(keywords, load_platforms()["xiaohongshu"])
    assert tags[0] == "#VisionPro0"
    assert len(tags) == 5


def test_an_empty_draft_gets_no_hints() -> None:
    assert suggest("") == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_hint_has_its_sentence(language: str) -> None:
    title = "减肥食谱到底应该怎么来安排，减肥打卡，减肥误区"
    hints = [*suggest(title).values(), *suggest("过周末", "帐篷帐篷帐篷").values()]
    assert {hint.code for hint in hints} >= {"keyword_stuffed", "keyword_missing", "tags"}
    for hint in hints:
        sentence = say(language, f"keywords.seo.{hint.code}", **hint.params)
        assert "{" not in sentence
