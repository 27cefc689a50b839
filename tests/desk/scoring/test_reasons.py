"""Reasons that a writer can judge: whole words and ideas, few, each with what to do about it."""

import math

import pytest

from copyassist.desk.scoring.explain import SHOWN, _support
from copyassist.desk.scoring.saying import UNSAID, find_phrase, is_said
from copyassist.desk.wording import pick_reasons, word_advice, word_feature
from copyassist.text import parse_text
from copyassist.types import FeatureEvidence
from tests.desk.scoring.helpers import drafts, post, scorer

TITLES = (
    "新手第一次去芝加哥租房，这5个坑千万别踩",
    "后悔买的三样东西",
    "方面太多，特别不好说",
    "日常vlog｜普通的一天！！！！！！！",
    "没想到这家火锅这么好吃",
    "我的我的我的咖啡咖啡",
    "🇺🇸免费退税的网站推荐给大家",
)
HISTORY = [post(10 + 7 * i % 40, 100 - i, title=TITLES[i % 5]) for i in range(40)]


@pytest.mark.parametrize("history", [[], HISTORY], ids=["no posts", "own posts"])
def test_at_most_five_reasons_and_none_twice(history: list) -> None:  # type: ignore[type-arg]
    for draft, score in zip(
        drafts(*TITLES), scorer(history).score_many(drafts(*TITLES)), strict=True
    ):
        if score.value is None:
            continue
        reasons = pick_reasons(score.contributions)
        assert len(reasons) <= SHOWN
        texts = [one.text.lower() for one in reasons if one.text]
        assert len(texts) == len(set(texts))
        assert all(text in draft.title.raw.lower() for text in texts)
        assert not {one.feature for one in reasons} & UNSAID
        total = math.fsum(one.points for one in score.contributions)
        assert total == pytest.approx(score.value - 50, abs=1e-6)


def test_nothing_is_named_that_the_title_lacks() -> None:
    for score in scorer([]).score_many(drafts("没想到这家火锅这么好吃", "窗边的旧书架终于装满了")):
        features = {one.feature for one in pick_reasons(score.contributions)}
        assert not features & {"place", "numbers", "question_mark", "emoji", "exclamation"}


def test_every_reason_says_what_to_do_in_both_languages() -> None:
    for score in scorer(HISTORY).score_many(drafts(*TITLES)):
        for one in pick_reasons(score.contributions):
            assert word_advice("zh", one), one
            assert word_advice("en", one), one
            assert word_feature("zh", one)


def test_no_particle_and_no_fragment_is_a_reason() -> None:
    assert [is_said(word) for word in ("火锅", "的", "后悔买", "真的", "!", "咖啡")] == [
        *(True, False, False, False, False, True)
    ]


def test_a_class_is_shown_by_the_words_it_found_and_not_inside_others() -> None:
    title = parse_text("方面很多，第一次去芝加哥")
    assert find_phrase(title, "place", "zh") == "芝加哥"
    assert find_phrase(title, "food", "zh") is None
    assert find_phrase(title, "superlative", "zh") is None
    assert find_phrase(title, "length", "zh") == ""
    assert find_phrase(parse_text("How to cook rice"), "how_to", "en") == "How"


def test_evidence_is_shown_only_where_it_speaks_for_the_sign() -> None:
    won = FeatureEvidence(win_rate=0.61, low=0.58, high=0.64, pairs=9, platform="x", causal=False)
    even = FeatureEvidence(win_rate=0.5, low=0.45, high=0.54, pairs=9, platform="x", causal=False)
    assert _support(won, 1.0) is won
    assert _support(won, -1.0) is None
    assert _support(even, 1.0) is None
    assert _support(even, -1.0) is None
    assert _support(None, 1.0) is None
